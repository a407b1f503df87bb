"""The long view of each series: how it went with its season taken out, and whether it rises or falls."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.trends.calendar import days_in_months, last_unbroken_run, per_standard_month
from goldthread.analysis.trends.direction import direction
from goldthread.analysis.trends.seasons import season, seasonal_index
from goldthread.analysis.trends.stl import stl

Floats = NDArray[np.float64]
Method = Literal["decomposed", "smooth season", "none"]

FEWEST_MONTHS = 24
# Below this many a month the season is drawn as a smooth wave, because single months are mostly chance.
FEW_A_MONTH = 10
_LEAST_A_YEAR_FOR_PER_CENT = 20


@dataclass(frozen=True)
class Trend:
    """
    How each series went, over the last run of months without a hole.

    (series, months), NaN outside the run: `standard` is counts for months of
    30.4375 days, `adjusted` those with the season out, `level` the trend line
    drawn through. `index` is (series, 12), January first, 100 the average
    month. `per_year` is events a month gained with each year, with interval;
    `percent_per_year` sets it against the run's mean and is NaN below twenty
    events a year. `first` is the position where the run begins and `months`
    its length. `refused` says why there is nothing, and is empty otherwise.
    """

    counts: Floats
    standard: Floats
    adjusted: Floats
    level: Floats
    index: Floats
    per_year: Floats
    low: Floats
    high: Floats
    percent_per_year: Floats
    p: Floats
    season_p: Floats
    first: NDArray[np.int64]
    months: NDArray[np.int64]
    method: tuple[Method, ...]
    refused: tuple[str, ...]


def trend(counts: ArrayLike, first: date, *, robust: bool = False, confidence: float = 0.95) -> Trend:
    """
    Where is each series going, once the season and the length of months are taken out?

    `counts` is (series, months) from the month of `first`; NaN is a month that
    did not come. Nothing is drawn across a hole: the run since the last one is
    used, and refused when shorter than 24 months. Series with ten or more a
    month are decomposed (STL, robust if asked); rarer ones get a smooth season
    (two harmonics, quasi-Poisson). Whether there is a trend is asked of
    calendar months against themselves (`direction`), not of the smoothed line.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    starts, lengths = last_unbroken_run(y)
    standard, adjusted, level = (np.full(y.shape, np.nan) for _ in range(3))
    index = np.full((y.shape[0], 12), np.nan)
    per_year, low, high, p, season_p = np.full((5, y.shape[0]), np.nan)
    method: list[Method] = ["none"] * y.shape[0]
    for start, length in {(int(s), int(m)) for s, m in zip(starts, lengths, strict=True)}:
        if length < FEWEST_MONTHS:
            continue
        rows = np.flatnonzero((starts == start) & (lengths == length))
        run = slice(start, start + length)
        told = _describe(y[rows, run], _later(first, start), robust)
        standard[rows, run], adjusted[rows, run], level[rows, run] = told.standard, told.adjusted, told.level
        index[rows], season_p[rows] = told.index, told.season_p
        way = direction(told.standard, confidence=confidence)
        per_year[rows], low[rows], high[rows], p[rows] = way.per_year, way.low, way.high, way.p
        for row, common in zip(rows, told.common, strict=True):
            method[int(row)] = "decomposed" if common else "smooth season"
    mean = np.nansum(standard, axis=1) / np.maximum((~np.isnan(standard)).sum(1), 1)
    enough = mean * 12 >= _LEAST_A_YEAR_FOR_PER_CENT
    percent = np.where(enough, 100 * per_year / np.where(enough, mean, 1.0), np.nan)
    refused = tuple(_why_not(int(length), y.shape[1]) for length in lengths)
    return Trend(
        y,
        standard,
        adjusted,
        level,
        index,
        per_year,
        low,
        high,
        percent,
        p,
        season_p,
        starts,
        lengths,
        tuple(method),
        refused,
    )


def _later(first: date, months: int) -> date:
    number = first.year * 12 + first.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def _why_not(length: int, months: int) -> str:
    if length >= FEWEST_MONTHS:
        return ""
    if months < FEWEST_MONTHS:
        return f"{months} months are too few for a trend; it needs 24."
    return f"Only {length} months follow the last missing one; a trend needs 24 without a gap."


@dataclass(frozen=True)
class _Described:
    standard: Floats
    adjusted: Floats
    level: Floats
    index: Floats
    season_p: Floats
    common: NDArray[np.bool_]


def _describe(y: Floats, first: date, robust: bool) -> _Described:
    """How did each of these series go, over one run of months from the month of `first`?"""
    standard = per_standard_month(y, first)
    smooth = season(y, first.month, days_in_months(first, y.shape[1]))
    calendar = (np.arange(y.shape[1]) + first.month - 1) % 12
    adjusted = standard / smooth.index[:, calendar] * 100
    level, index = smooth.level.copy(), smooth.index.copy()
    common = standard.mean(1) >= FEW_A_MONTH
    if common.any():
        parts = stl(standard[common], robust=robust)
        adjusted[common], level[common] = parts.adjusted, parts.trend
        index[common] = seasonal_index(parts.seasonal, parts.trend, first.month)
    return _Described(standard, adjusted, level, index, smooth.p, common)
