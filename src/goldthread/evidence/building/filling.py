"""Rows from Python into a table, in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import duckdb

AT_ONCE = 500


def fill(con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows; the database's own `executemany` would load a data-frame library to do it."""
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        marks = ", ".join("(" + ", ".join("?" * len(row)) + ")" for row in some)
        con.execute(f"INSERT INTO {table} VALUES {marks}", list(chain.from_iterable(some)))
