"""Checked rows of what happened, given the standard columns: when, where, what, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from goldthread.evidence.checking import Checked
from goldthread.evidence.definitions import table_of
from goldthread.evidence.feeds import Feed

# In the order of the `incidents` table, less place_how and superseded, plus what placing needs and the faults.
STAGED = """file INTEGER, line BIGINT, feed VARCHAR, series VARCHAR, category VARCHAR, reference VARCHAR, month DATE,
    happened_at TIMESTAMP, ended_at TIMESTAMP, lsoa VARCHAR, longitude DOUBLE, latitude DOUBLE, location VARCHAR,
    reporter VARCHAR, outcome VARCHAR, flags VARCHAR, age_band VARCHAR, sex VARCHAR, ethnicity VARCHAR,
    person VARCHAR, value DOUBLE, place_name VARCHAR, easting DOUBLE, northing DOUBLE, place VARCHAR, bad BIGINT"""

# The month a row counts in: the one it was recorded in, when the sender says so, else when it happened.
DATED = ("month", "happened_on", "happened_at", "quarter", "year")


def by_becomes(checks: Sequence[Checked]) -> dict[str, Checked]:
    """The checked columns by what they become."""
    return {c.column.becomes: c for c in checks}


def value_of(there: Mapping[str, Checked], *names: str) -> str:
    """The value of the first of these standard fields that the file has, as SQL; NULL when it has none."""
    return next((f"v{there[n].position}" for n in names if n in there), "NULL")


def _moment(there: Mapping[str, Checked], at: str, on: str, time: str, untimed: str) -> str:
    """A moment from a time stamp, or a day and a time; a day without a time is its `untimed` end."""
    stamp, day, clock = value_of(there, at), value_of(there, on), value_of(there, time)
    if on in there:
        clock = f"coalesce({clock}, TIME '{untimed}')" if time in there else f"TIME '{untimed}'"
        whole = f"(CAST({day} AS DATE) + {clock})"
        return f"coalesce(CAST({stamp} AS TIMESTAMP), {whole})" if at in there else whole
    return f"CAST({stamp} AS TIMESTAMP)"


def _end(there: Mapping[str, Checked]) -> str:
    """When it had ended at the latest; a day without a time may have been any time of it."""
    ended = _moment(there, "ended_at", "ended_on", "ended_time", "23:59:00")
    if "happened_on" not in there:
        return ended
    clock = value_of(there, "happened_time")
    all_day = f"CAST({value_of(there, 'happened_on')} AS DATE) + TIME '23:59:00'"
    return f"coalesce({ended}, CASE WHEN CAST({clock} AS TIME) IS NULL THEN {all_day} END)"


def _month(there: Mapping[str, Checked]) -> str:
    days = [f"CAST({value_of(there, n)} AS DATE)" for n in DATED if n in there]
    return f"CAST(date_trunc('month', coalesce({', '.join(days)})) AS DATE)" if days else "NULL"


def _flags(checks: Sequence[Checked]) -> str:
    words = [
        f"CASE WHEN v{c.position} THEN '{c.column.becomes.removeprefix('flag:').strip()}' END"
        for c in checks
        if c.column.becomes.startswith("flag:")
    ]
    return f"nullif(concat_ws(',', {', '.join(words)}), '')" if words else "NULL"


def series_of(feed: Feed, checks: Sequence[Checked]) -> str:
    """The name of the series a row counts in, as SQL."""
    name = _series_sent(feed, checks)
    reporter = value_of(by_becomes(checks), "reporter")
    if reporter == "NULL":
        return name
    # A force without an area of its own, such as British Transport Police, records at stations: its rows
    # are never added to the area's.
    apart = ", ".join("'" + n.replace("'", "''") + "'" for n in forces_without_area())
    return f"CASE WHEN {reporter} IN ({apart}) THEN {reporter} || ': ' || {name} ELSE {name} END"


@cache
def forces_without_area() -> tuple[str, ...]:
    """Police forces that have no area, by every name they go by."""
    rows = [r for r in table_of("areas/force-names") if r["area_force"] != "yes"]
    return tuple(name for r in rows for name in (r["name"], r["force_name"]) if name)


def _series_sent(feed: Feed, checks: Sequence[Checked]) -> str:
    told = next((c for c in checks if c.column.becomes == "series" or c.column.name == feed.series_column), None)
    prefix = feed.series_prefix.replace("'", "''")
    if told is not None:
        name = f"CAST(v{told.position} AS VARCHAR)"
        return f"'{prefix}' || {name}" if prefix else name
    return "'" + (feed.series_prefix + (feed.series_fixed or feed.title)).replace("'", "''") + "'"


def staged(query: str, feed: Feed, checks: Sequence[Checked]) -> str:
    """
    The rows that a checking query gives in the columns of STAGED, as SQL.

    A reference of a protected feed is kept only as a digest: it joins records
    and says nothing else.
    """
    there = by_becomes(checks)
    reference = value_of(there, "reference")
    if feed.protected and "reference" in there:
        reference = f"md5('{feed.name}' || {reference})"
    began = _moment(there, "happened_at", "happened_on", "happened_time", "00:00:00")
    texts = [value_of(there, n) for n in ("location", "reporter", "outcome")]
    who = [value_of(there, n) for n in ("age_band", "sex", "ethnicity", "person", "value", "place_name")]
    where = [value_of(there, n) for n in ("lsoa", "longitude", "latitude")]
    grid = [value_of(there, n) for n in ("easting", "northing", "place")]
    return (
        f"SELECT file, line, '{feed.name}', {series_of(feed, checks)}, "
        f"{value_of(there, 'category')}, {reference}, {_month(there)}, {began}, {_end(there)}, {', '.join(where)}, "
        f"{', '.join(texts[:2])}, {texts[2]}, {_flags(checks)}, {', '.join(who)}, {', '.join(grid)}, bad "
        f"FROM ({query})"
    )
