"""Rows into the database: by the database's own reader where a file is well-behaved, else one by one."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from goldthread.evidence.reading.opening import Opened

LONGEST_LINE = 2_000_000  # what the database reads as one line; a longer cell is cut, and no feed admits one


@dataclass(frozen=True)
class Loaded:
    """
    A table in the database with the rows of some files that have the same headings.

    Columns: `file` (its number), `line` (where the row begins), `fields` (how
    many columns the row had; equal to the heading's in good rows), and c0, c1 …
    as text by the position of their heading, without those that become nothing.
    `rows` is by file number.
    """

    table: str
    rows: dict[int, int]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _kept(opened: Opened) -> list[int]:
    """The positions of the columns that are read: those that become nothing never leave the file."""
    if opened.feed is None:
        return list(range(len(opened.headings)))
    known = [opened.feed.column_for(heading) for heading in opened.headings]
    return [i for i, column in enumerate(known) if column is not None and column.becomes != "nothing"]


def _reader(paths: Sequence[Path], opened: Opened) -> str:
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(len(opened.headings)))
    files = ", ".join(_quoted(str(p)) for p in paths)
    return (
        f"read_csv([{files}], columns={{{names}}}, header=false, skip={opened.heading_line}, "
        f"delim={_quoted(opened.delimiter)}, quote='\"', escape='\"', strict_mode=true, null_padding=false, "
        "auto_detect=false, parallel=true, nullstr='\x01')"
    )


def rows_quickly(numbered: Sequence[tuple[int, Opened]]) -> str | None:
    """
    The rows of files as the database itself reads them, as SQL: `nth` file, and c0, c1 … that are kept.

    None when a file needs more care than that. Rows are in their order; whether they are what
    they seemed is for `lines_of` to say once they were read.
    """
    if not all(o.plain is not None for _, o in numbered):
        return None
    first = numbered[0][1]
    cells = "".join(f", c{i}" for i in _kept(first))
    return f"SELECT file_index AS nth{cells} FROM {_reader([o.plain for _, o in numbered if o.plain], first)}"


def blank(opened: Opened) -> str:
    """
    Whether a row may be none, as SQL: every cell that is kept is empty or starts with a space.

    A row of nothing but commas is no row, and only whoever reads one by one can tell.
    """
    return " AND ".join(f"c{i} < '!'" for i in _kept(opened)) or "true"


def lines_of(numbered: Sequence[tuple[int, Opened]], counted: Mapping[int, int]) -> str | None:
    """
    Where each file's rows begin, as SQL, when each of its lines was a row: `nth`, `number`, and what `before` is.

    `counted` is how many rows of each file were read, one after another, into a table: a row's line is its
    `rowid` there less `before`. None when there are more or fewer than lines: a blank line, or
    a row over several lines, and the line numbers would be wrong.
    """
    before, places = 0, []
    for nth, (number, opened) in enumerate(numbered):
        if counted.get(nth, 0) != opened.plain_lines - opened.heading_line:
            return None
        places.append(f"({nth}, {number}, {before - opened.heading_line - 1})")
        before += counted.get(nth, 0)
    return f"(VALUES {', '.join(places)}) f(nth, number, before)"


# What the database says when it cannot read a file; its own words may quote a cell cut in the middle of a character.
NOT_AS_IT_SEEMED = (duckdb.Error, UnicodeDecodeError)


def load_quickly(con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]]) -> Loaded | None:
    """Let the database read the files into the table that `load_rows` says; None when any is not what it seemed."""
    rows, first = rows_quickly(numbered), numbered[0][1]
    if rows is None:
        return None
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE {table}_read AS {rows}")
    except NOT_AS_IT_SEEMED:
        return None
    seen = con.execute(f"SELECT nth, count(*), bool_or({blank(first)}) FROM {table}_read GROUP BY 1").fetchall()
    counted = {nth: n for nth, n, _ in seen}
    lines = lines_of(numbered, counted)
    if lines is None or any(empty for *_, empty in seen):
        return None
    cells = "".join(f", c{i}" for i in _kept(first))
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT f.number::INTEGER AS file, r.rowid - f.before AS line, "
        f"{len(first.headings)} AS fields{cells} FROM {table}_read r JOIN {lines} ON r.nth = f.nth"
    )
    return Loaded(table, {number: counted.get(nth, 0) for nth, (number, _) in enumerate(numbered)})


def _load_one_by_one(
    con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]], scratch: Path
) -> dict[int, int]:
    """Rewrite rows with their own line numbers, so that nothing depends on how odd the file is; how many each has."""
    width = len(numbered[0][1].headings)
    rows = dict.fromkeys((number for number, _ in numbered), 0)
    path = scratch / f"{table}.csv"
    most = LONGEST_LINE // (2 * width + 8)  # doubled, should every character be a quote
    with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
        write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for number, opened in numbered:
            for line, fields in opened.records():
                cells = [f[:most].replace("\r", " ").replace("\n", " ") for f in fields[:width]]
                beyond = any(f.strip() for f in fields[width:])
                seen = len(fields) if beyond or len(fields) < width else width
                rows[number] += 1
                write.writerow([number, line, seen, *cells, *[""] * (width - len(cells))])
    kept = "".join(f", c{i}" for i in _kept(numbered[0][1]))
    names = ", ".join(
        ["'file': 'INTEGER'", "'line': 'BIGINT'", "'fields': 'INTEGER'"] + [f"'c{i}': 'VARCHAR'" for i in range(width)]
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_read AS SELECT file, line, fields{kept} FROM read_csv("
        f"{_quoted(str(path))}, "
        f"columns={{{names}}}, header=false, delim=',', quote='\"', escape='\"', auto_detect=false, nullstr='\x01')"
    )
    con.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM {table}_read")
    path.unlink()
    return rows


def load_rows(
    con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]], scratch: Path
) -> Loaded:
    """
    Read files with the same headings into one table, each row with its file and line.

    Every row of every file is there, however odd: rows over several lines,
    rows with too few columns, quotes that never close.
    """
    loaded = load_quickly(con, table, numbered)
    return loaded or Loaded(table, _load_one_by_one(con, table, numbered, scratch))
