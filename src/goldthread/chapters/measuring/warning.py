"""Which counts, in the area or one of its wards, have lately gone beyond what was to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.early_warning import warnings_across
from goldthread.analysis.significance import benjamini_hochberg
from goldthread.analysis.trends import days_in_months
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.by_ward import by_ward
from goldthread.chapters.measuring.lines import TOTAL, Lines
from goldthread.chapters.measuring.trend import NOT_EVENTS
from goldthread.evidence.periods import Period
from goldthread.evidence.store import Numbers

WINDOW = 3  # the last months that are set against what was to be expected
LEVEL = 0.05
FEWEST_MONTHS = 24


@dataclass(frozen=True)
class Warning:
    """
    One count that lately went beyond what was to be expected; `ward` is empty for the whole area.

    `upper` is the bound that one in forty would pass by chance. `months` are
    the counts of the run that it was judged by.
    """

    line: Line
    ward: str
    observed: float
    expected: float
    upper: float
    p: float
    run: Period
    months: Numbers


@dataclass(frozen=True)
class Warnings:
    """
    What was looked at and what stood out, most unusual first.

    `tested` counts series (lines, and lines in wards); `window` are the months
    that were judged; `short` are lines that lack 24 months up to the last.
    """

    window: Period
    tested: int
    lines: int
    wards: int
    found: tuple[Warning, ...]
    short: tuple[Line, ...]


@dataclass(frozen=True)
class _Series:
    line: Line
    ward: str
    counts: Numbers


def measure_warnings(brief: Brief) -> Warnings:
    """
    In which counts and wards were there more in the last three months than there should have been?

    Every line that reaches the last month with 24 in a row, for the area and
    for each ward. What is expected comes from the months before, leaving out
    the half year just before the three. All are corrected together as a family
    of their own (Benjamini and Hochberg): in months of nothing the chance that
    any alarm is raised stays at 5 %. Put into the report's family, hundreds of
    quiet wards would drown the rest.
    """
    last = brief.period.last
    window = Period(last + -(WINDOW - 1), last)
    lines = [v for v in brief.found(Lines).by_id.values() if v.feed.name not in NOT_EVENTS and v.id != TOTAL]
    runs = {line.id: _run(brief, line) for line in lines}
    ready = [line for line in lines if runs[line.id] >= FEWEST_MONTHS]
    wards = by_ward(brief, ready)
    series = [_Series(line, "", line.counts) for line in ready]
    series += [
        _Series(line, name, wards.counts[line.id][i])
        for line in ready
        if line.id in wards.counts
        for i, name in enumerate(wards.names)
        if np.nansum(wards.counts[line.id][i]) > 0
    ]
    found = _judged(brief, series, runs)
    short = tuple(line for line in lines if runs[line.id] < FEWEST_MONTHS)
    return Warnings(window, len(series), len(ready), len(wards.names), tuple(found), short)


def _run(brief: Brief, line: Line) -> int:
    """How many months up to the last of the period came without a hole."""
    counts = line.over(Period(brief.span.first, brief.period.last))
    holes = np.flatnonzero(np.isnan(counts))
    return int(counts.size - 1 - holes[-1]) if holes.size else int(counts.size)


def _judged(brief: Brief, series: Sequence[_Series], runs: dict[str, int]) -> list[Warning]:
    """Judge series of one length together, and then correct all of them together."""
    end = brief.period.last - brief.span.first + 1
    seen, expected, upper, p = (np.full(len(series), np.nan) for _ in range(4))
    for months in sorted({runs[s.line.id] for s in series}):
        at = np.array([i for i, s in enumerate(series) if runs[s.line.id] == months])
        first = brief.period.last + -(months - 1)
        table = np.array([series[i].counts[end - months : end] for i in at])
        told = warnings_across(table, window=WINDOW, exposure=days_in_months(first.first_day, months) / 30.4375)
        seen[at], expected[at], upper[at], p[at] = told.observed, told.expected, told.upper, told.p
    alarm: NDArray[np.bool_] = np.asarray(benjamini_hochberg(p) <= LEVEL, dtype=np.bool_)
    found = []
    for i in np.flatnonzero(alarm):
        one = series[int(i)]
        months = runs[one.line.id]
        run = Period(brief.period.last + -(months - 1), brief.period.last)
        parts = (float(seen[i]), float(expected[i]), float(upper[i]), float(p[i]))
        found.append(Warning(one.line, one.ward, *parts, run, one.counts[end - months : end]))
    return sorted(found, key=lambda w: (w.p, w.line.id, w.ward))
