"""Rows into the database: by the database's own reader where a file is well-behaved, else one by one."""

from __future__ import annotations

import csv
from collections.abc import Sequence
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
    as text in the order of the headings. `rows` is by file number.
    """

    table: str
    rows: dict[int, int]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _reader(paths: Sequence[Path], opened: Opened, skip: int, columns: int) -> str:
    names = ", ".join(f"'c{i}': 'VARCHAR'" for i in range(columns))
    files = ", ".join(_quoted(str(p)) for p in paths)
    return (
        f"read_csv([{files}], columns={{{names}}}, header=false, skip={skip}, delim={_quoted(opened.delimiter)}, "
        "quote='\"', escape='\"', strict_mode=true, null_padding=false, auto_detect=false, "
        "parallel=true, filename=true, nullstr='\x01')"
    )


def _load_quickly(con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]]) -> bool:
    """Let the database read the files; False when any is not what it seemed, and nothing is kept."""
    first = numbered[0][1]
    width = len(first.headings)
    paths = [o.plain for _, o in numbered if o.plain is not None]
    cells = ", ".join(f"c{i}" for i in range(width))
    try:
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE {table}_read AS SELECT filename, {cells} "
            f"FROM {_reader(paths, first, first.heading_line, width)}"
        )
    except duckdb.Error:
        return False
    counted = dict(
        con.execute(
            f"SELECT filename, struct_pack(n := count(*), a := min(rowid)) FROM {table}_read GROUP BY 1"
        ).fetchall()
    )
    numbers = []
    for number, opened in numbered:
        seen = counted.get(str(opened.plain), {"n": 0, "a": 0})
        if seen["n"] != opened.plain_lines - opened.heading_line:
            return False  # a blank line, or a row over several lines: the line numbers would be wrong
        numbers.append((str(opened.plain), number, seen["a"] - opened.heading_line - 1))
    values = ", ".join(f"({_quoted(p)}, {n}, {a})" for p, n, a in numbers)
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT f.number::INTEGER AS file, r.rowid - f.before AS line, "
        f"{width} AS fields, {cells} FROM {table}_read r JOIN (VALUES {values}) f(path, number, before) "
        "ON r.filename = f.path"
    )
    return True


def _load_one_by_one(
    con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]], scratch: Path
) -> None:
    """Rewrite rows with their own line numbers, so that nothing depends on how odd the file is."""
    width = len(numbered[0][1].headings)
    path = scratch / f"{table}.csv"
    most = LONGEST_LINE // (2 * width + 8)  # doubled, should every character be a quote
    with path.open("w", encoding="utf-8", newline="", errors="replace") as out:
        write = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        for number, opened in numbered:
            for line, fields in opened.records():
                cells = [f[:most].replace("\r", " ").replace("\n", " ") for f in fields[:width]]
                beyond = any(f.strip() for f in fields[width:])
                seen = len(fields) if beyond or len(fields) < width else width
                write.writerow([number, line, seen, *cells, *[""] * (width - len(cells))])
    names = ", ".join(
        ["'file': 'INTEGER'", "'line': 'BIGINT'", "'fields': 'INTEGER'"]
        + [f"'c{i}': 'VARCHAR'" for i in range(width)]
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {table}_read AS SELECT * FROM read_csv({_quoted(str(path))}, "
        f"columns={{{names}}}, header=false, delim=',', quote='\"', escape='\"', auto_detect=false, nullstr='\x01')"
    )
    con.execute(f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * FROM {table}_read")
    path.unlink()


def load_rows(
    con: duckdb.DuckDBPyConnection, table: str, numbered: Sequence[tuple[int, Opened]], scratch: Path
) -> Loaded:
    """
    Read files with the same headings into one table, each row with its file and line.

    Every row of every file is there, however odd: rows over several lines,
    rows with too few columns, quotes that never close.
    """
    if not all(o.plain is not None for _, o in numbered) or not _load_quickly(con, table, numbered):
        _load_one_by_one(con, table, numbered, scratch)
    rows = dict(con.execute(f"SELECT file, count(*) FROM {table} GROUP BY 1").fetchall())
    return Loaded(table, {number: rows.get(number, 0) for number, _ in numbered})
