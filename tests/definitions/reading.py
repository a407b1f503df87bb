"""Reads the definitions for their tests: as YAML and as tables, straight from the files."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from goldthread.evidence.definitions import definitions_folder, read_yaml

REFERENCE = Path(os.environ.get("GOLDTHREAD_REFERENCE") or Path(__file__).parents[2] / "../shared/data")


@cache
def words(name: str) -> Any:
    """A definition by its path below `definitions/`, without `.yaml`."""
    return read_yaml(definitions_folder() / f"{name}.yaml")


def every_definition() -> list[Path]:
    """Every YAML file below `definitions/`."""
    return sorted(definitions_folder().rglob("*.yaml"))


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table below `definitions/`, without `.csv`."""
    with (definitions_folder() / f"{name}.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


@cache
def feeds() -> dict[str, Any]:
    """Every feed as its YAML says it, by name."""
    return {p.stem: words(f"feeds/{p.stem}") for p in every_definition() if p.parent.name == "feeds"}


def texts(said: Any, besides: frozenset[str] = frozenset()) -> Iterator[str]:
    """Every text in a definition, at any depth, but not under these keys."""
    if isinstance(said, dict):
        for key, value in said.items():
            if key not in besides:
                yield from texts(value, besides)
    elif isinstance(said, list):
        for value in said:
            yield from texts(value, besides)
    elif isinstance(said, str):
        yield said
