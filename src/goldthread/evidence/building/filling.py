"""Rows from Python into a table, written out as SQL: the database loads a data-frame library to bind values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import islice

import duckdb

Value = str | int | float | bool | date | None

AT_ONCE = 1_000


def said(value: Value) -> str:
    """A value as SQL says it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"'{value!r}'::DOUBLE"
    if isinstance(value, date):
        return f"DATE '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


def rows_said(rows: Iterable[Sequence[Value]]) -> str:
    """Rows as SQL says them: what stands after VALUES."""
    return ", ".join("(" + ", ".join(map(said, row)) + ")" for row in rows)


def fill(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[Sequence[Value]]) -> None:
    """Insert rows, in few statements."""
    waiting = iter(rows)
    while some := list(islice(waiting, AT_ONCE)):
        con.execute(f"INSERT INTO {table} VALUES {rows_said(some)}")
