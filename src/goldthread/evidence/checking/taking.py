"""Rows of files taken in: read by the database and checked on the way, so that their text is never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from goldthread.evidence.checking.contract import Checked, compiled
from goldthread.evidence.checking.receiving import BLANK, forget, misshapen, read_out, taken_in
from goldthread.evidence.feeds import Feed
from goldthread.evidence.reading.opening import Opened
from goldthread.evidence.reading.rows import NOT_AS_IT_SEEMED, Loaded, blank, lines_of, rows_quickly


@dataclass(frozen=True)
class Taken:
    """
    Rows of files of one feed with the same headings, read and checked.

    `query` gives `file`, `line`, a `v`N for each column that is kept, and `bad`:
    0 in a good row, else a bit for each faulty column in the order of `checks`. `faulty` says whether any row
    may be bad. `rows` is how many each file has, by its number.
    """

    table: str
    checks: Sequence[Checked]
    query: str
    faulty: bool
    rows: Mapping[int, int]

    def forget(self, con: duckdb.DuckDBPyConnection) -> None:
        """Drop what the query reads."""
        con.execute(f"DROP TABLE {self.table}; {forget(self.table, self.checks)}")


def take_quickly(
    con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]], feed: Feed
) -> Taken | None:
    """
    Let the database read files, and check their rows as they pass; None when any is not what it seemed.

    `numbered` files have the same headings. What is taken in is kept in `table`.
    """
    rows, first = rows_quickly(numbered), numbered[0][1]
    if rows is None:
        return None
    checks = compiled(feed, first.headings)
    odd = f"WHEN {blank(first)} THEN {BLANK}"
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {taken_in(rows, 'nth', checks, odd)}")
    except NOT_AS_IT_SEEMED:
        return None
    seen = con.execute(f"SELECT nth, count(*), bit_or(bad) FROM {table} GROUP BY 1").fetchall()
    counted = {nth: n for nth, n, _ in seen}
    lines = lines_of(numbered, counted)
    if lines is None or any(bad & BLANK for *_, bad in seen):
        con.execute(f"DROP TABLE {table}")
        return None
    line = "f.number::INTEGER AS file, t.rowid - f.before AS line"
    rows = f"SELECT {line}, t.* FROM {table} t JOIN {lines} ON t.nth = f.nth"
    query, faulty = read_out(con, table, rows, checks, not any(bad for *_, bad in seen))
    return Taken(table, checks, query, faulty, {n: counted.get(nth, 0) for nth, (n, _) in enumerate(numbered)})


def take(con: duckdb.DuckDBPyConnection, table: str, loaded: Loaded, feed: Feed, headings: Sequence[str]) -> Taken:
    """The same from a table of text, in which every row is there, however odd."""
    checks = compiled(feed, headings)
    rows = taken_in(f"SELECT * FROM {loaded.table}", "file, line", checks, misshapen(headings))
    con.execute(f"CREATE OR REPLACE TEMP TABLE {table} AS {rows}")
    query, faulty = read_out(con, table, f"SELECT * FROM {table}", checks)
    return Taken(table, checks, query, faulty, loaded.rows)
