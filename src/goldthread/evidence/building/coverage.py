"""Which months came of each feed and which did not: a missing month is missing, never zero."""

from __future__ import annotations

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.feeds import all_feeds
from goldthread.evidence.periods import Month, Period

# A file of several months with this many rows a month or more cannot have had a month with none:
# the month was left out. Below it, none may be what happened.
BUSY = 20.0


def _came(con: duckdb.DuckDBPyConnection) -> dict[str, set[Month]]:
    """Months that came of each feed: of the area's own senders' files, filled in where a quiet file spans them."""
    rows = con.execute(
        "SELECT feed, file, month, sum(n) FROM parts WHERE month IS NOT NULL AND (feed, reporter) IN "
        "(SELECT DISTINCT feed, coalesce(reporter, '') FROM incidents) GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    by_file: dict[tuple[str, int], dict[Month, int]] = {}
    for feed, file, month, n in rows:
        by_file.setdefault((feed, file), {})[Month.of(month)] = int(n)
    came: dict[str, set[Month]] = {feed: set() for feed, *_ in rows}
    for (feed, _), months in by_file.items():
        came[feed] |= set(months)
        span = Period(min(months), max(months))
        if sum(months.values()) / len(span) < BUSY:
            came[feed] |= set(span)
    return came


def note_coverage(con: duckdb.DuckDBPyConnection, period: Period) -> None:
    """
    Write down the months of each feed that came, and those expected that did not.

    Expected are, of a monthly feed, all months from the first that came to the
    last, and those of the period.
    """
    expected = {f.name for f in all_feeds() if f.expected == "monthly"}
    came = _came(con)
    fill(con, "came", [(feed, m.first_day) for feed, months in came.items() for m in sorted(months)])
    gone = [
        (feed, None, month.first_day)
        for feed, months in came.items()
        if feed in expected
        for month in Period(min(*months, period.first), max(*months, period.last))
        if month not in months
    ]
    fill(con, "missing", gone)
