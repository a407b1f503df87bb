"""Where the words that govern numbers are kept, and how they are read."""

from __future__ import annotations

import csv
import os
from functools import cache
from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


def definitions_folder() -> Path:
    """Where `definitions/` is: beside the source, or where GOLDTHREAD_DEFINITIONS says."""
    told = os.environ.get("GOLDTHREAD_DEFINITIONS")
    return Path(told) if told else Path(__file__).resolve().parents[3] / "definitions"


def read_yaml(path: Path) -> Any:
    """What a YAML file says, with dates as dates."""
    with path.open(encoding="utf-8") as words:
        return yaml.load(words, Loader)


@cache
def definition(name: str) -> Any:
    """A definition by its name, such as `glossary` for `definitions/glossary.yaml`."""
    return read_yaml(definitions_folder() / f"{name}.yaml")


@cache
def table_of(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a small published table, such as `areas/authorities` for its CSV."""
    with (definitions_folder() / f"{name}.csv").open(encoding="utf-8-sig", newline="") as rows:
        return tuple(csv.DictReader(rows))
