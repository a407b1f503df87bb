"""Each line year by year, and how the period stands to the first year there is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from goldthread.analysis.change import compare_months
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import Lines, Moved
from goldthread.chapters.measuring.trend import NOT_EVENTS
from goldthread.evidence.periods import Period

MOST_YEARS = 10
BASE = 2  # a base year is at least so many years back; one year back is the change from the year before


@dataclass(frozen=True)
class Years:
    """
    The same months of each year, oldest first, and the counts of each line in them.

    A count is None where a month of that year did not come. `base` is the first
    of the years, when it lies two years back or more, and `moved` how each line
    stands to it; each of those is one test of the report's family.
    """

    periods: tuple[Period, ...]
    totals: Mapping[str, tuple[float | None, ...]] = field(default_factory=dict)
    base: Period | None = None
    moved: Mapping[str, Moved] = field(default_factory=dict)


def measure_years(brief: Brief) -> Years:
    """
    How many of each line were there in each year, and how does the period stand to the first of them?

    A year has the same calendar months as the period, so that seasons match. The
    comparison with the base year is made month against month.
    """
    lines = [v for v in brief.found(Lines).by_id.values() if v.feed.name not in NOT_EVENTS]
    length = -(-len(brief.period) // 12)
    periods = [
        Period(brief.period.first + -12 * length * back, brief.period.last + -12 * length * back)
        for back in range(MOST_YEARS)
    ]
    periods = [p for p in periods if p.first >= brief.span.first][::-1]
    totals = {
        line.id: tuple(None if np.isnan(total) else float(total) for total in (line.over(p).sum() for p in periods))
        for line in lines
    }
    if len(periods) <= BASE:
        return Years(tuple(periods), totals)
    base = periods[0]
    table = np.array([line.over(base) for line in lines]), np.array([line.over(brief.period) for line in lines])
    there = np.flatnonzero((~np.isnan(table[0]) & ~np.isnan(table[1])).all(axis=1))
    if not there.size:
        return Years(tuple(periods), totals)
    found = compare_months(table[0][there], table[1][there])
    moved = {}
    for at, i in enumerate(there):
        test = f"base.{lines[i].id}"
        brief.enter(test, float(found.p[at]))
        parts = (found.percent[at], found.percent_low[at], found.percent_high[at], found.p[at])
        percent, low, high, p = (None if np.isnan(v) else float(v) for v in parts)
        before, after, months = float(found.before[at]), float(found.after[at]), int(found.months[at])
        moved[lines[i].id] = Moved(before, after, months, percent, low, high, p, test)
    return Years(tuple(periods), totals, base, moved)
