"""The long view of every line: trend, season, changes of level and months unlike the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from goldthread.analysis.change_points import change_points
from goldthread.analysis.control_charts import FEWEST_POINTS, LIMIT
from goldthread.analysis.trends import Trend, days_in_months, season, trend
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import Lines
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.store import Numbers

# Places with a licence are a list that grows by being kept up; that is no trend in anything.
NOT_EVENTS = frozenset({"licensed-premises"})
# Two years set against each other are the change from the year before; only a third makes a trend of them. And a
# season drawn month by month from two years takes half of the chance variation with it, so theirs is a smooth wave.
LONG = 36


@dataclass(frozen=True)
class Limits:
    """A run chart's levels for months with the season out, anew after a change of level, and the months outside."""

    centre: Numbers
    lower: Numbers
    upper: Numbers
    outside: tuple[int, ...]


@dataclass(frozen=True)
class Course:
    """
    How one line went over the months since the last one missing.

    Arrays run over the months of `run`: counts, counts for months of equal
    length with the season out, and the trend line. `per_year` is what a month
    gains with each year. `trend_test` is empty with under three years, when a
    trend would be the change from the year before under another name. `index`
    is January to December, 100 the average month, and is what was taken out;
    whether there is a season is asked in `hours`. `cuts` are months with which
    a new level began.
    """

    line: str
    run: Period
    counts: Numbers
    adjusted: Numbers
    level: Numbers
    per_year: float
    low: float
    high: float
    percent_per_year: float | None
    trend_test: str
    index: Numbers
    limits: Limits
    cuts: tuple[Month, ...]

    def levels_about(self, cut: Month) -> tuple[float, float]:
        """How many a month before and after a change of level, each up to the next change."""
        edges = [0, *(c - self.run.first for c in self.cuts), len(self.run)]
        at = edges.index(cut - self.run.first)
        return float(self.adjusted[edges[at - 1] : edges[at]].mean()), float(
            self.adjusted[edges[at] : edges[at + 1]].mean()
        )

    @property
    def largest_cut(self) -> Month | None:
        """The change of level that moved it most; None when it never changed."""
        return max(
            self.cuts, key=lambda c: abs(np.log(np.divide(*np.maximum(self.levels_about(c), 0.5)))), default=None
        )


@dataclass(frozen=True)
class Courses:
    """The course of each line that has 24 months without a hole, and why the others have none."""

    by_line: Mapping[str, Course] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def measure_trends(brief: Brief) -> Courses:
    """
    Where is each line going, is there a season, when did its level change, and which months are unlike the rest?

    Needs 24 months in a row; nothing is drawn across a missing one. Trends over
    three years or more are tests of the report's family. Levels and limits are read after the season and the length
    of months are taken out.
    """
    lines = [line for line in brief.found(Lines).by_id.values() if line.feed.name not in NOT_EVENTS]
    if not lines:
        return Courses()
    first = brief.span.first.first_day
    found = trend(np.array([line.counts for line in lines]), first)
    by_line: dict[str, Course] = {}
    for (start, months), rows in _runs(found).items():
        adjusted, level, index = _described(found, rows, start, months, brief.span)
        cuts = _cuts(found, rows, start, months, brief.span, index)
        for at, row in enumerate(rows):
            drawn = _Drawn(adjusted[at], level[at], index[at], cuts[at])
            by_line[lines[row].id] = _course(brief, lines[row], found, row, drawn)
    refused = {line.id: found.refused[i] for i, line in enumerate(lines) if found.refused[i]}
    return Courses({line.id: by_line[line.id] for line in lines if line.id in by_line}, refused)


@dataclass(frozen=True)
class _Drawn:
    """One line over its run: with the season out, its trend line, its season, and where new levels begin."""

    adjusted: Numbers
    level: Numbers
    index: Numbers
    cuts: tuple[int, ...]


def _runs(found: Trend) -> dict[tuple[int, int], list[int]]:
    """Lines with the same unbroken run together, since they can be worked on at once."""
    groups: dict[tuple[int, int], list[int]] = {}
    for i, refused in enumerate(found.refused):
        if not refused:
            groups.setdefault((int(found.first[i]), int(found.months[i])), []).append(i)
    return groups


def _described(
    found: Trend, rows: Sequence[int], start: int, months: int, span: Period
) -> tuple[Numbers, Numbers, Numbers]:
    run = slice(start, start + months)
    if months >= LONG:
        return found.adjusted[rows, run], found.level[rows, run], found.index[rows]
    first = (span.first + start).first_day
    smooth = season(found.counts[rows, run], first.month, days_in_months(first, months))
    calendar = (np.arange(months) + first.month - 1) % 12
    return found.standard[rows, run] / smooth.index[:, calendar] * 100, smooth.level, smooth.index


def _cuts(
    found: Trend, rows: Sequence[int], start: int, months: int, span: Period, index: Numbers
) -> tuple[tuple[int, ...], ...]:
    """Where new levels begin, counts being set against the season and the days of months."""
    first = (span.first + start).first_day
    calendar = (np.arange(months) + first.month - 1) % 12
    exposure = days_in_months(first, months) * np.maximum(index[:, calendar], 1.0)
    return change_points(found.counts[rows, start : start + months], exposure=exposure).starts


def _course(brief: Brief, line: Line, found: Trend, i: int, drawn: _Drawn) -> Course:
    start, months = int(found.first[i]), int(found.months[i])
    first = brief.span.first + start
    trend_test = f"trend.{line.id}" if months >= LONG else ""
    if trend_test:
        brief.enter(trend_test, float(found.p[i]))
    percent = float(found.percent_per_year[i])
    return Course(
        line=line.id,
        run=Period(first, first + (months - 1)),
        counts=found.counts[i, start : start + months],
        adjusted=drawn.adjusted,
        level=drawn.level,
        per_year=float(found.per_year[i]),
        low=float(found.low[i]),
        high=float(found.high[i]),
        percent_per_year=None if np.isnan(percent) else percent,
        trend_test=trend_test,
        index=drawn.index,
        limits=_limits(drawn),
        cuts=tuple(first + at for at in drawn.cuts),
    )


def _limits(drawn: _Drawn) -> Limits:
    """
    Limits of 2.66 average moving ranges about the mean of each stretch of one level.

    The step between two stretches is not among the moving ranges, or the change
    itself would widen the limits it is seen by.
    """
    x = drawn.adjusted
    assert x.size >= FEWEST_POINTS
    moving = np.abs(np.diff(x))
    reach = LIMIT * float(np.delete(moving, [cut - 1 for cut in drawn.cuts]).mean())
    centre = np.empty(x.size)
    for left, right in pairwise((0, *drawn.cuts, x.size)):
        centre[left:right] = x[left:right].mean()
    lower, upper = np.maximum(centre - reach, 0.0), centre + reach
    outside = np.flatnonzero((x < lower) | (x > upper))
    return Limits(centre, lower, upper, tuple(int(i) for i in outside))
