"""Police recorded crime by CSP as the ONS publishes it (table C2), cleaned of what spreadsheets leave behind."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TextIO, cast

import duckdb

from goldthread.evidence.places.finding import Found
from goldthread.evidence.places.lookups import fill
from goldthread.evidence.places.reference import Reference

# Not the calendar's own, which speak the machine's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
RECORDED = """level VARCHAR, place VARCHAR, name VARCHAR, force VARCHAR, offence VARCHAR, starts DATE,
    months INTEGER, n DOUBLE"""


def recorded_crime_table(connection: duckdb.DuckDBPyConnection, reference: Reference) -> int:
    """Make the temporary table `recorded_crime`: one row a CSP (or force) and an offence. Returns how many rows.

    `level` is "csp", "force" (the force's own total) or "unassigned" (recorded by the force, in no CSP); `place` is
    the CSP's or the force's code. The year is read from the table's own title. These are police recorded crimes as
    the ONS counts them: fraud is left out, and so they are never the sum of the police.uk rows of the same place.
    A number that is not there ([x], blank) has no row. Without the table there are no rows.
    """
    table = reference.best("recorded crime")
    rows = list(_rows(table)) if table is not None else []
    fill(connection, f"recorded_crime ({RECORDED})", rows)
    return len(rows)


def _rows(table: Found) -> Iterator[tuple[str, ...]]:
    with _opened(table.path) as file:
        above = "".join(next(file) for _ in range(table.skip))
        lines = csv.reader(file)
        heading = [_plain(cell) for cell in next(lines)]
        year = _year_ending(above)
        if year is None:
            return
        where = {_plain(told): heading.index(_plain(told)) for told in table.columns.values()}
        csp, name = where[_plain(table.columns["csp"])], where[_plain(table.columns["csp_name"])]
        first = where[_plain(table.columns["total"])]
        for line in lines:
            if len(line) <= first:
                continue
            place, called, force = line[csp].strip(), _plain(line[name]), _plain(line[1])
            level = "csp" if place else "unassigned" if called else "force"
            for offence, cell in zip(heading[first:], line[first:], strict=False):
                n = _number(cell)
                if offence and n is not None:
                    code = place or line[0].strip()
                    yield (level, code, called or force, force, offence, year.isoformat(), "12", n)


def _opened(path: Path) -> TextIO:
    opener = gzip.open if path.name.endswith(".gz") else open
    return cast(TextIO, opener(path, "rt", encoding="utf-8-sig", newline=""))


def _plain(cell: str) -> str:
    """A cell without its notes and line breaks: "Shoplifting [note 5]" is Shoplifting."""
    return " ".join(re.sub(r"\[note \d+\]", " ", cell).split())


def _number(cell: str) -> str | None:
    plain = cell.replace(",", "").strip()
    return plain if re.fullmatch(r"\d+(\.\d+)?", plain) else None


def _year_ending(above: str) -> date | None:
    """The first month of the twelve that the title names: "year ending June 2025" began in July 2024."""
    told = re.search(rf"year ending ({'|'.join(MONTHS)}) (\d{{4}})", above)
    if told is None:
        return None
    ends, year = MONTHS.index(told[1]), int(told[2])
    return date(year, 1, 1) if ends == 11 else date(year - 1, ends + 2, 1)
