"""What the next year may bring to each line, and whether such forecasts have beaten repeating last year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from goldthread.analysis.forecasts import forecast
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.measuring.trend import NOT_EVENTS, Courses
from goldthread.evidence.periods import Period
from goldthread.evidence.store import Numbers

AHEAD = 12
# An interval that held fewer of last year's months than this, where it promised four in five, promises nothing.
COVERED = 0.5

WhyNot = Literal["", "no better than last year", "new level", "range missed"]


@dataclass(frozen=True)
class Foreseen:
    """
    One line's next months, and how such forecasts did in the last year.

    `mean`, the ends of the intervals and `naive` (each month as a year before)
    have one value a month of `ahead`. `error` and `naive_error` are in units of
    how far a month usually is from the same month a year before; `covered` is
    the share of last year's months inside the 80 % interval. `why_not` says why
    no forecast is shown, and is empty where one is.
    """

    line: str
    ahead: Period
    mean: Numbers
    low80: Numbers
    high80: Numbers
    low95: Numbers
    high95: Numbers
    naive: Numbers
    error: float
    naive_error: float
    covered: float
    why_not: WhyNot


@dataclass(frozen=True)
class Forecasts:
    """Each line that could be forecast, and why the others could not."""

    by_line: Mapping[str, Foreseen] = field(default_factory=dict)
    refused: Mapping[str, str] = field(default_factory=dict)


def measure_forecasts(brief: Brief) -> Forecasts:
    """
    What may the next twelve months bring to each line, if things go on as they have?

    Needs 36 months in a row up to the last and two events a month. Every
    forecast is made a second time without the last year, and is kept only where
    it came nearer to that year than repeating the one before did, its range
    held most of that year's months, and the level did not change in it.
    """
    lines = [v for v in brief.found(Lines).by_id.values() if v.feed.name not in NOT_EVENTS]
    if not lines:
        return Forecasts()
    upto = Period(brief.span.first, brief.period.last)
    told = forecast(np.array([line.over(upto) for line in lines]), months=AHEAD)
    ahead = Period(brief.period.last + 1, brief.period.last + AHEAD)
    found, refused = {}, {}
    for i, line in enumerate(lines):
        if told.refused[i]:
            refused[line.id] = told.refused[i]
            continue
        found[line.id] = Foreseen(
            line.id,
            ahead,
            told.mean[i],
            told.low80[i],
            told.high80[i],
            told.low95[i],
            told.high95[i],
            told.naive[i],
            float(told.mase[i]),
            float(told.naive_mase[i]),
            float(told.covered80[i]),
            _why_not(brief, line, bool(told.kept[i]), float(told.covered80[i])),
        )
    return Forecasts(found, refused)


def _why_not(brief: Brief, line: Line, kept: bool, covered: float) -> WhyNot:
    """Why a forecast that could be made is not shown: a level that is new says little of the next year."""
    course = brief.found(Courses).by_line.get(line.id)
    if course and course.cuts and course.cuts[-1] > brief.period.last + -12:
        return "new level"
    if not kept:
        return "no better than last year"
    return "range missed" if covered < COVERED else ""
