"""Checked rows that are numbers or answers: returns, surveys and population tables, given standard columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from goldthread.evidence.building.filling import said
from goldthread.evidence.building.incidents import by_becomes, value_of
from goldthread.evidence.checking import Checked
from goldthread.evidence.feeds import Feed

MONTHS_IN = {"month": 1, "monthly": 1, "quarter": 3, "quarterly": 3, "year": 12, "yearly": 12}

PLACE = ("place", "lsoa", "place_name")


def places_returned(table: str, checks: Sequence[Checked]) -> str:
    """The file, line and place of each good row of a checked table, as SQL."""
    place = value_of(by_becomes(checks), *PLACE)
    return f"SELECT file, line, CAST({place} AS VARCHAR) AS place FROM {table} WHERE bad = 0"


def _starts(checks: Sequence[Checked], titled: Mapping[int, date]) -> str:
    if titled:
        said_by_file = " ".join(f"WHEN {file} THEN {said(first)}" for file, first in titled.items())
        return f"CASE file {said_by_file} END"
    there = by_becomes(checks)
    names = ("quarter", "month", "year", "happened_on", "happened_at")
    return f"CAST({value_of(there, *names)} AS DATE)"


def _length(feed: Feed, checks: Sequence[Checked]) -> int:
    there = by_becomes(checks)
    told = next((MONTHS_IN[n] for n in ("month", "quarter", "year") if n in there), None)
    return told or MONTHS_IN.get(feed.resolution.get("time", ""), 12)


def stage_measures(
    con: duckdb.DuckDBPyConnection, table: str, feed: Feed, checks: Sequence[Checked], titled: Mapping[int, date]
) -> None:
    """
    Copy the numbers of a checked table into `measures`: one row a number.

    A long return names its measure in a column; a wide one has a column a
    measure, with its denominator in an `out of` column of the same name.
    `titled` is the first month of each file whose title alone says the year.
    """
    there = by_becomes(checks)
    place = value_of(there, *PLACE)
    fixed = f"{_starts(checks, titled)}, {_length(feed, checks)}, {place}"
    breakdown = value_of(there, "breakdown", "category")
    if "n" in there or "value" in there:
        measure = f"CAST({value_of(there, 'measure', 'series')} AS VARCHAR)"
        name = f"coalesce({measure}, {said(feed.series_fixed or feed.title)})"
        name = f"{said(feed.series_prefix)} || {name}" if feed.series_prefix else name
        con.execute(
            f"INSERT INTO measures SELECT file, line, '{feed.name}', {name}, {breakdown}, {fixed}, "
            f"{value_of(there, 'n', 'value')}, {value_of(there, 'd')} FROM {table} WHERE bad = 0"
        )
    for check in checks:
        if check.column.becomes.startswith("measure:"):
            name = check.column.becomes.removeprefix("measure:").strip()
            outof = next((f"v{c.position}" for c in checks if c.column.becomes == f"out of: {name}"), "NULL")
            con.execute(
                f"INSERT INTO measures SELECT file, line, '{feed.name}', {said(name)}, {breakdown}, {fixed}, "
                f"v{check.position}, {outof} FROM {table} WHERE bad = 0 AND v{check.position} IS NOT NULL"
            )


def stage_answers(con: duckdb.DuckDBPyConnection, table: str, feed: Feed, checks: Sequence[Checked]) -> None:
    """
    Copy a survey into `answers`: one row a question answered, with the respondent's weight.

    Respondents are numbered afresh by file and line; a sender's own number is
    not kept.
    """
    there = by_becomes(checks)
    weight = f"coalesce({value_of(there, 'weight')}, 1.0)"
    wave = f"CAST({value_of(there, 'wave', 'year', 'quarter', 'month')} AS VARCHAR)"
    who = ", ".join(value_of(there, n) for n in ("age_band", "sex"))
    place = value_of(there, "lsoa", "place")
    asked = [
        f"SELECT file, line, '{feed.name}', {wave}, file || '.' || line, "
        f"{said(check.column.becomes.removeprefix('question:').strip())}, CAST(v{check.position} AS VARCHAR), "
        f"{weight}, {who}, {place} FROM {table} WHERE bad = 0 AND v{check.position} IS NOT NULL"
        for check in checks
        if check.column.becomes.startswith("question:")
    ]
    if asked:
        con.execute(f"INSERT INTO answers {' UNION ALL '.join(asked)}")


def stage_people(con: duckdb.DuckDBPyConnection, table: str, feed: Feed, checks: Sequence[Checked]) -> None:
    """Copy a table of small areas into `people`: population, households, workday population, deprivation decile."""
    there = by_becomes(checks)
    numbers = ", ".join(
        f"CAST({value_of(there, n)} AS DOUBLE)" for n in ("population", "households", "workday", "imd_decile")
    )
    year = f"CAST({value_of(there, 'year', 'month', 'happened_on')} AS DATE)"
    con.execute(
        f"INSERT INTO people SELECT file, line, {value_of(there, 'lsoa', 'place')}, {year}, {numbers} "
        f"FROM {table} WHERE bad = 0"
    )
