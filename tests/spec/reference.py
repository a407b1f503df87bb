"""Where published reference values are: beside the repository, or where GOLDTHREAD_REFERENCE says."""

from __future__ import annotations

import csv
import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("GOLDTHREAD_REFERENCE") or Path(__file__).parents[2] / "../shared/data")


def columns(name: str) -> dict[str, list[str]]:
    """The columns of a published example table, as text; skips the test where the table is not at hand."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand; set GOLDTHREAD_REFERENCE to the folder that holds it.")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {key: [row[key] for row in rows] for key in rows[0]}
