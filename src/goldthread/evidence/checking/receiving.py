"""Rows of files held to their feed: one pass that reads every cell and marks every fault."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from goldthread.evidence.checking.contract import Checked, compiled, quoted
from goldthread.evidence.feeds import Feed
from goldthread.evidence.reading.rows import Loaded

SHAPE = 1 << 62  # the fault of a row that has too few or too many columns

BLANK = 1 << 61  # the fault of a row that may be none

# Types whose reading costs more than a look-up: each different text is read once, however often it comes.
READ_ONCE = {"date", "month", "quarter", "year", "time", "datetime", "yes or no", "lsoa"}


def _read_once(check: Checked) -> bool:
    return bool(check.column.values) or check.column.type in READ_ONCE


def taken_in(rows: str, keys: str, checks: Sequence[Checked], odd: str = "") -> str:
    """
    How rows of text are taken in, as SQL: what costs little is read and checked, what is read once is left as text.

    `rows` is SQL that gives them, `keys` what says which row it is, and `odd` the fault of a
    row as a whole. Gives the keys, a `v`N for each column read, a `c`N for each left, and
    `bad`: a bit for each faulty column, in the order of `checks`; 0 in a good row.
    """
    now = [c for c in checks if not _read_once(c)]
    left = "".join(f", c{c.position}" for c in checks if _read_once(c))
    texts = "".join(f", {c.cell} AS t{c.position}" for c in now)
    values = "".join(f", {c.value} AS v{c.position}" for c in now)
    kept = "".join(f", v{c.position}" for c in now)
    faults = [(f"({c.fault})", f"CASE WHEN {c.fault} THEN {1 << i}::BIGINT ELSE 0 END") for i, c in _faulty(checks)]
    # Which column it is matters in few rows, so that is asked only of those in which any is at fault.
    bad = f"CASE WHEN {' OR '.join(f for f, _ in faults)} THEN {' + '.join(b for _, b in faults)} ELSE 0 END"
    marks = f"CASE {odd or ''} ELSE {bad if faults else '0'} END" if odd else bad if faults else "0::BIGINT"
    return f"SELECT {keys}{kept}{left}, {marks} AS bad FROM (SELECT *{values} FROM (SELECT *{texts} FROM ({rows})))"


def _faulty(checks: Sequence[Checked]) -> list[tuple[int, Checked]]:
    """The columns that may be at fault and are read at once, with their bits."""
    return [(bit, c) for bit, c in enumerate(checks) if c.fault and not _read_once(c)]


def _learnt(name: str, table: str, check: Checked) -> str:
    """Each different text of a column, what it is read as, and whether that is a fault: a small table to look up in."""
    n = check.position
    return (
        f"CREATE OR REPLACE TEMP TABLE {name} AS SELECT c{n}, v{n}, coalesce({check.fault or 'false'}, false) AS bad "
        f"FROM (SELECT *, {check.value} AS v{n} FROM (SELECT c{n}, {check.cell} AS t{n} "
        f"FROM (SELECT DISTINCT c{n} FROM {table})))"
    )


def read_out(
    con: duckdb.DuckDBPyConnection, table: str, rows: str, checks: Sequence[Checked], known_good: bool = False
) -> tuple[str, bool]:
    """
    Read what `taken_in` left as text. How the rows are then read, as SQL, and whether any is at fault.

    `table` holds what was taken in, `rows` gives it with `file` and `line`, and `known_good`
    says that none was at fault so far. The query gives `file`, `line`, a `v`N for each column
    that is kept, and `bad`. It looks texts up in small tables, made here, called `table`_N; a column whose
    every text is read as it stands needs none.
    """
    once = [(bit, c) for bit, c in enumerate(checks) if _read_once(c)]
    if once:
        con.execute("; ".join(_learnt(f"{table}_{c.position}", table, c) for _, c in once))
    same = {c.position: f"v{c.position} IS NOT DISTINCT FROM c{c.position}" for _, c in once if _words(c)}
    told = " UNION ALL ".join(
        f"SELECT {c.position}, bool_or(bad), bool_and({same.get(c.position, 'false')}) FROM {table}_{c.position}"
        for _, c in once
    )
    learnt = {n: (bool(bad), bool(alike)) for n, bad, alike in con.execute(told).fetchall()} if told else {}
    needed = [(bit, c.position) for bit, c in once if learnt[c.position] != (False, True)]
    joins = " ".join(f"LEFT JOIN {table}_{n} ON {table}_{n}.c{n} IS NOT DISTINCT FROM r.c{n}" for _, n in needed)
    looked = {n: f"{table}_{n}.v{n}" for _, n in needed}
    as_is = {c.position: f"r.c{c.position}" for _, c in once}
    values = "".join(
        f", {looked.get(c.position) or as_is.get(c.position) or f'r.v{c.position}'} AS v{c.position}" for c in checks
    )
    more = [f"CASE WHEN {table}_{n}.bad THEN {1 << bit}::BIGINT ELSE 0 END" for bit, n in needed if learnt[n][0]]
    if known_good and not more:
        return f"SELECT r.file, r.line{values}, 0::BIGINT AS bad FROM ({rows}) r {joins}", False
    bad = f"CASE WHEN r.bad >= {BLANK} THEN r.bad ELSE {' + '.join(['r.bad', *more])} END"
    return f"SELECT r.file, r.line{values}, {bad} AS bad FROM ({rows}) r {joins}", True


def _words(check: Checked) -> bool:
    return bool(check.column.values) or check.column.type == "lsoa"


def hold_to_feed(
    con: duckdb.DuckDBPyConnection, loaded: Loaded, feed: Feed, headings: Sequence[str], into: str
) -> list[Checked]:
    """
    Read and check every row of a table of text, into a table of typed values.

    The new table is what `read_out` gives. Returns how each column was
    checked, in the order of the bits.
    """
    checks = compiled(feed, headings)
    taken = taken_in(f"SELECT * FROM {loaded.table}", "file, line", checks, misshapen(headings))
    con.execute(f"CREATE OR REPLACE TEMP VIEW {into}_taken AS {taken}")
    query, _ = read_out(con, f"{into}_taken", f"SELECT * FROM {into}_taken", checks)
    con.execute(f"CREATE OR REPLACE TEMP TABLE {into} AS {query}")
    con.execute(f"DROP VIEW {into}_taken; {forget(f'{into}_taken', checks)}")
    return checks


def misshapen(headings: Sequence[str]) -> str:
    """The fault of a row with more or fewer columns than the heading, for `taken_in`."""
    return f"WHEN fields <> {len(headings)} THEN {SHAPE}"


def forget(table: str, checks: Sequence[Checked]) -> str:
    """Drop the small tables that `read_out` made, as SQL."""
    return "; ".join(f"DROP TABLE IF EXISTS {table}_{c.position}" for c in checks if _read_once(c))


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
