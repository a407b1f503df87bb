"""Which months came of each feed and which did not: a missing month is missing, never zero."""

from __future__ import annotations

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.feeds import all_feeds
from goldthread.evidence.periods import Month, Period

# A file of several months with this many rows a month or more cannot have had a month with none:
# the month was left out. Below it, none may be what happened.
BUSY = 20.0


def _came(con: duckdb.DuckDBPyConnection, feed: str) -> set[Month]:
    """Months that came: those of the area's own senders' files, filled in where a quiet file spans them."""
    ours = "SELECT DISTINCT coalesce(reporter, '') FROM incidents WHERE feed = ?"
    rows = con.execute(
        f"SELECT file, month, count(*) FROM seen WHERE feed = ? AND month IS NOT NULL AND reporter IN ({ours}) "
        "GROUP BY 1, 2",
        [feed, feed],
    ).fetchall()
    by_file: dict[int, dict[Month, int]] = {}
    for file, month, n in rows:
        by_file.setdefault(file, {})[Month.of(month)] = n
    came: set[Month] = set()
    for months in by_file.values():
        came |= set(months)
        span = Period(min(months), max(months))
        if sum(months.values()) / len(span) < BUSY:
            came |= set(span)
    return came


def note_coverage(con: duckdb.DuckDBPyConnection, period: Period) -> None:
    """
    Write down the months of each feed that came, and those expected that did not.

    Expected are, of a monthly feed, all months from the first that came to the
    last, and those of the period.
    """
    feeds = {f.name: f for f in all_feeds()}
    for (name,) in con.execute("SELECT DISTINCT feed FROM incidents ORDER BY 1").fetchall():
        came = _came(con, name)
        fill(con, "came", [[name, m.first_day] for m in sorted(came)])
        if came and feeds[name].expected == "monthly":
            expected = set(Period(min(*came, period.first), max(*came, period.last)))
            gone = [[name, None, m.first_day] for m in sorted(expected - came)]
            if gone:
                fill(con, "missing", gone)
