"""Published reference values, read in place from the folder that `tests.conftest` knows."""

from __future__ import annotations

import csv

import pytest

from tests.conftest import SHARED

FOLDER = SHARED


def columns(name: str) -> dict[str, list[str]]:
    """The columns of a published example table, as text; skips the test where the table is not at hand."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"{name} is not at hand; set GOLDTHREAD_SHARED_DATA to the folder that holds it.")
    with path.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    return {key: [row[key] for row in rows] for key in rows[0]}
