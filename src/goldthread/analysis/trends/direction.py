"""Is there a trend: calendar months set against the same months of other years, with no season to estimate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]

FEWEST_EVENTS = 10
_FEWEST_SERIES_TO_LEARN_FROM = 5


@dataclass(frozen=True)
class Direction:
    """
    The straight line through each series within calendar months: what it gains a year, with interval and p.

    `per_year` is in the series' own unit (events a month) for each year gone
    by. `p` is NaN where there were fewer than ten events or two years.
    `inflation` is what resemblance of neighbouring months added to its variance.
    """

    per_year: Floats
    low: Floats
    high: Floats
    p: Floats
    inflation: Floats


def direction(series: ArrayLike, *, confidence: float = 0.95) -> Direction:
    """
    Does each series rise or fall over the years, more than its coming and going would make it seem to?

    `series` is (series, months), no hole, at least 24 months. The same
    calendar months of different years are compared, by a straight line with a
    level of its own for each calendar month, so that no season is estimated
    and smoothed (which makes neighbouring months alike and trends appear). The
    resemblance of neighbouring months that is there is measured over all the
    series given together, as in `change.compare_months`, and allowed for.
    """
    y = np.atleast_2d(np.asarray(series, np.float64))
    n = y.shape[1]
    if np.isnan(y).any() or n < 24:
        raise ValueError("A trend needs at least 24 months, none of them missing.")
    lines = _lines(n)
    slope = y @ lines.along / (lines.along @ lines.along)
    left = y @ lines.residual
    power = (left**2).sum(1)
    inflation = _inflation(left, power, y.sum(1) >= 2 * FEWEST_EVENTS, lines)
    freedom = n - 13
    error = np.sqrt(power / freedom / (lines.along @ lines.along) * inflation)
    enough = (y.sum(1) >= FEWEST_EVENTS) & (power > 1e-9)
    t = np.divide(slope, error, out=np.zeros(slope.shape), where=error > 0)
    p = np.where(enough, 2 * stdtr(freedom, -np.abs(t)), np.nan)
    reach = stdtrit(freedom, 0.5 + confidence / 2) * error
    return Direction(12 * slope, 12 * (slope - reach), 12 * (slope + reach), p, np.full(slope.shape, inflation))


@dataclass(frozen=True)
class _Lines:
    """For series of one length: months gone by within calendar months, and what leaves residuals."""

    along: Floats
    residual: Floats


@lru_cache(maxsize=64)
def _lines(months: int) -> _Lines:
    t = np.arange(months)
    same = (t[:, None] % 12 == t[None, :] % 12).astype(np.float64)
    within = np.eye(months) - same / same.sum(1, keepdims=True)
    along = within @ t
    return _Lines(along, within - np.outer(along, along) / (along @ along))


def _inflation(left: Floats, power: Floats, busy: NDArray[np.bool_], lines: _Lines) -> float:
    """By how much does the resemblance of neighbouring months raise the variance of a slope?"""
    speaks = busy & (power > 1e-9)
    if speaks.sum() < _FEWEST_SERIES_TO_LEARN_FROM:
        return 1.0
    raw = (left[speaks, 1:] * left[speaks, :-1]).sum(1) / power[speaks]
    unrelated, per_unit = _lag_one_of_residuals(left.shape[1])
    cleared = (raw - unrelated) / per_unit
    resemblance = min(float(cleared.mean()), 0.9)
    if resemblance < float(cleared.std(ddof=1)) / np.sqrt(cleared.size):
        return 1.0
    gap = np.abs(np.subtract.outer(np.arange(left.shape[1]), np.arange(left.shape[1])))
    together = resemblance**gap
    of_slope = lines.along @ together @ lines.along / (lines.along @ lines.along)
    of_spread = np.trace(lines.residual @ together) / np.trace(lines.residual)
    return max(float(of_slope / of_spread), 1.0)


@lru_cache(maxsize=64)
def _lag_one_of_residuals(months: int) -> tuple[float, float]:
    """What lag-one correlation have residuals of unrelated months, and how much more for each unit of a true one?"""
    residual = _lines(months).residual
    step = np.eye(months, k=1) + np.eye(months, k=-1)
    products = residual @ step @ residual / 2
    total = np.trace(residual)
    unrelated = np.trace(products) / total
    per_unit = np.trace(products @ step) / total - unrelated * np.trace(residual @ step) / total
    return float(unrelated), float(per_unit)
