"""Rows of files held to their feed: one pass that reads every cell and marks every fault."""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from goldthread.evidence.checking.contract import Checked, compiled, quoted
from goldthread.evidence.feeds import Feed
from goldthread.evidence.reading.rows import Loaded

SHAPE = 1 << 62  # the fault of a row that has too few or too many columns

# Types whose reading costs more than a look-up: each different text is read once, however often it comes.
READ_ONCE = {"date", "month", "quarter", "year", "time", "datetime", "yes or no", "lsoa"}


def _read_once(check: Checked) -> bool:
    return bool(check.column.values) or check.column.type in READ_ONCE


def _qualified(check: Checked) -> str:
    """How a cell is read, with its text said to be that of the row and not of a look-up."""
    return re.sub(rf"\bt{check.position}\b", f"r.t{check.position}", check.value)


def _learnt(table: str, check: Checked) -> str:
    """Each different text of a column and what it is read as: a small table for the rows to look it up in."""
    n = check.position
    return (
        f"read_{n} AS MATERIALIZED (SELECT t{n}, {check.value} AS v{n} "
        f"FROM (SELECT DISTINCT {check.cell} AS t{n} FROM {table}) WHERE t{n} IS NOT NULL)"
    )


def read_and_marked(loaded: Loaded, feed: Feed, headings: Sequence[str]) -> tuple[list[Checked], str]:
    """
    How every row of a table of text is read and checked, as SQL.

    The query gives `file`, `line`, `fields`, a `v`N for each column that is
    kept, and `bad`: a bit for each faulty column, 0 in a good row. With it
    comes how each column is checked, in the order of the bits.
    """
    checks = compiled(feed, headings)
    once = [c for c in checks if _read_once(c)]
    texts = "".join(f", {c.cell} AS t{c.position}" for c in checks)
    lookups = ", ".join(_learnt(loaded.table, c) for c in once)
    joins = " ".join(f"LEFT JOIN read_{c.position} ON read_{c.position}.t{c.position} = r.t{c.position}" for c in once)
    reads = (f"read_{c.position}.v{c.position}" if _read_once(c) else _qualified(c) for c in checks)
    values = "".join(f", {read} AS v{c.position}" for c, read in zip(checks, reads, strict=True))
    faulty = [f"CASE WHEN {c.fault} THEN {1 << bit}::BIGINT ELSE 0 END" for bit, c in enumerate(checks) if c.fault]
    bits = " + ".join(faulty) or "0"
    shape = f"CASE WHEN fields <> {len(headings)} THEN {SHAPE} ELSE {bits} END"
    kept = "".join(f", v{c.position}" for c in checks)
    return checks, (
        f"{'WITH ' + lookups if lookups else ''} SELECT file, line, fields{kept}, {shape} AS bad FROM "
        f"(SELECT r.*{values} FROM (SELECT file, line, fields{texts} FROM {loaded.table}) r {joins})"
    )


def hold_to_feed(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, feed: Feed, headings: Sequence[str], into: str
) -> list[Checked]:
    """
    Read and check every row of a table of text, into a table of typed values.

    The new table is what `read_and_marked` gives. Returns how each column was
    checked, in the order of the bits.
    """
    checks, query = read_and_marked(loaded, feed, headings)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {query}")
    return checks


def note_problems(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, table: str, feed: Feed, checks: Sequence[Checked], width: int
) -> None:
    """
    Write down every bad cell: file, line, column, what was found, what was expected, whose job it is.

    `table` has the `file`, `line` and `bad` of each row. A personal cell is
    never repeated: it is said to be hidden.
    """
    [seen] = con.execute(f"SELECT bit_or(bad) FROM {table}").fetchone() or [0]
    if not seen:
        return
    whose = quoted(feed.whose)
    told = []
    for bit, check in enumerate(checks):
        if seen & (1 << bit):
            hidden = check.column.personal or check.column.becomes == "person"
            found = "'(hidden)'" if hidden else f"coalesce(left({check.cell}, 60), '(empty)')"
            heading, expected = quoted(check.heading.strip()), quoted(check.expected)
            told.append(
                f"SELECT file, line, {heading}, {found}, {expected}, {whose} FROM wrong "
                f"WHERE bad < {SHAPE} AND bad & {1 << bit} <> 0"
            )
    if seen & SHAPE:
        told.append(
            f"SELECT file, line, '(the whole row)', fields || ' columns', '{width} columns, as in the heading', "
            f"{whose} FROM wrong WHERE bad = {SHAPE}"
        )
    con.execute(
        f"INSERT INTO problems WITH wrong AS MATERIALIZED (SELECT r.*, b.bad FROM {loaded.table} r "
        f"JOIN (SELECT file, line, bad FROM {table} WHERE bad <> 0) b ON b.file = r.file AND b.line = r.line) "
        + " UNION ALL ".join(told)
    )
