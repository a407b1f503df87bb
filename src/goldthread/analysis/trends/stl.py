"""Season, trend and remainder of monthly series (STL), as fixed matrices or robustly."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.trends.loess import Smoother, smoother, tricube

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Decomposition:
    """Series taken apart: seasonal + trend + remainder, all (series, months); `weights` are what robustness gave."""

    observed: Floats
    seasonal: Floats
    trend: Floats
    remainder: Floats
    weights: Floats

    @property
    def adjusted(self) -> Floats:
        """The series with its season taken out."""
        return self.observed - self.seasonal


@dataclass(frozen=True)
class Windows:
    """
    How STL smooths: windows in months (odd), degree of the seasonal smoother, and how many places each jumps.

    `seasonal` counts years. `trend` and `low_pass` left out take Cleveland's
    advice: the next odd number from 1.5 periods / (1 - 1.5 / seasonal), and
    the next odd number from the period.
    """

    period: int = 12
    seasonal: int = 13
    seasonal_degree: int = 1
    trend: int = 0
    low_pass: int = 0
    jumps: tuple[int, int, int] = (1, 1, 1)

    @property
    def trend_window(self) -> int:
        """The trend window in use."""
        return self.trend or _next_odd(1.5 * self.period / (1 - 1.5 / self.seasonal))

    @property
    def low_pass_window(self) -> int:
        """The low-pass window in use."""
        return self.low_pass or _next_odd(self.period)


def _next_odd(value: float) -> int:
    whole = ceil(value)
    return whole if whole % 2 else whole + 1


def periodic(months: int, period: int = 12) -> Windows:
    """This will give the windows with which the season is the same every year (R's `s.window = "periodic"`)."""
    seasonal = 10 * months + 1
    trend = _next_odd(1.5 * period / (1 - 1.5 / seasonal))
    low_pass = _next_odd(period)
    return Windows(period, seasonal, 0, trend, low_pass, (ceil(seasonal / 10), ceil(trend / 10), ceil(low_pass / 10)))


def stl(series: ArrayLike, windows: Windows | None = None, *, robust: bool = False) -> Decomposition:
    """
    What is season, what is trend and what is neither?

    `series` is (series, months), or one series, with no hole (ValueError) and
    at least two whole periods. Without `robust` the parts are fixed linear
    functions of the series, so thousands of them cost two matrix products.
    `robust` lets months that stick out count for less (fifteen rounds), for
    series with a month or two that do not belong. COVID's 2020–21 do not stick
    out, they bend the trend: leave them out or begin after them.

    Source: Cleveland, Cleveland, McRae and Terpenning (1990), J. Official
    Statistics 6, 3. Equal to R's `stl` and statsmodels' `STL` where windows,
    degrees and jumps are.
    """
    y = np.atleast_2d(np.asarray(series, np.float64))
    chosen = windows or Windows()
    if np.isnan(y).any():
        raise ValueError("A month is missing; a trend is not drawn across a hole.")
    if y.shape[1] < 2 * chosen.period:
        raise ValueError(f"{y.shape[1]} months are too few; a season needs two whole years.")
    if robust:
        return _robust(y, chosen)
    to_seasonal, to_trend = stl_operator(y.shape[1], chosen)
    seasonal, trend = y @ to_seasonal.T, y @ to_trend.T
    return Decomposition(y, seasonal, trend, y - seasonal - trend, np.ones(y.shape))


@lru_cache(maxsize=64)
def stl_operator(months: int, windows: Windows) -> tuple[Floats, Floats]:
    """Which two matrices turn a series of this many months into its season and its trend? (Two inner rounds.)"""
    parts = _parts(months, windows)
    to_trend = np.zeros((months, months))
    to_seasonal = to_trend
    for _ in range(2):
        cycle = parts.cycle.matrix @ (np.eye(months) - to_trend)
        to_seasonal = cycle[windows.period : windows.period + months] - parts.low_pass.matrix @ parts.average @ cycle
        to_trend = parts.trend.matrix @ (np.eye(months) - to_seasonal)
    return to_seasonal, to_trend


@dataclass(frozen=True)
class _Parts:
    cycle: Smoother
    average: Floats
    low_pass: Smoother
    trend: Smoother


@lru_cache(maxsize=64)
def _parts(months: int, windows: Windows) -> _Parts:
    seasonal_jump, trend_jump, low_pass_jump = windows.jumps
    return _Parts(
        _cycle_smoother(months, windows, seasonal_jump),
        _moving_averages(months, windows.period),
        smoother(months, windows.low_pass_window, jump=low_pass_jump),
        smoother(months, windows.trend_window, jump=trend_jump),
    )


def _cycle_smoother(months: int, windows: Windows, jump: int) -> Smoother:
    """Each calendar month's years smoothed by themselves, and carried one year beyond either end."""
    period, window = windows.period, windows.seasonal
    rows = months + 2 * period
    weights, offsets, nearest, spread = [], [], [], np.zeros((rows, 0))
    for phase in range(period):
        years = (months - phase - 1) // period + 1
        own = smoother(years, window, degree=windows.seasonal_degree, jump=jump)
        ends = [(0, 1, min(window, years)), (years + 1, max(1, years - window + 1), years)]
        outer = np.array([tricube(at, left, right, years, window) for at, left, right in ends])
        inner = np.zeros((own.weights.shape[0] + 2, months))
        away = np.zeros(inner.shape)
        places = phase + period * np.arange(years)
        inner[:, places] = np.vstack([outer[:1], own.weights, outer[1:]])
        numbers = np.arange(1, years + 1)
        away[:, places] = np.vstack([numbers, own.offsets, numbers - (years + 1)])
        carry = np.zeros((rows, inner.shape[0]))
        carry[phase, 0] = carry[phase + period * (years + 1), -1] = 1
        carry[phase + period * np.arange(1, years + 1), 1:-1] = own.spread
        weights.append(inner)
        offsets.append(away)
        nearest.append(places[np.r_[0, own.own, years - 1]])
        spread = np.hstack([spread, carry])
    return Smoother(np.vstack(weights), np.vstack(offsets), np.concatenate(nearest), windows.seasonal_degree, spread)


def _moving_averages(months: int, period: int) -> Floats:
    """Two averages over a period and one over three months, one after another, as a matrix."""

    def average(length: int, over: int) -> Floats:
        out = np.zeros((length - over + 1, length))
        for row in range(out.shape[0]):
            out[row, row : row + over] = 1 / over
        return out

    length = months + 2 * period
    first = average(length, period)
    second = average(length - period + 1, period)
    return np.asarray(average(months + 2, 3) @ second @ first, dtype=np.float64)


def _robust(y: Floats, windows: Windows, rounds: int = 15) -> Decomposition:
    parts = _parts(y.shape[1], windows)
    months, period = y.shape[1], windows.period
    trend, seasonal = np.zeros(y.shape), np.zeros(y.shape)
    weights: Floats | None = None
    for turn in range(rounds + 1):
        cycle = parts.cycle.apply(y - trend, weights)
        seasonal = cycle[:, period : period + months] - cycle @ (parts.low_pass.matrix @ parts.average).T
        trend = parts.trend.apply(y - seasonal, weights)
        if turn < rounds:
            weights = _bisquare(np.abs(y - seasonal - trend))
    return Decomposition(y, seasonal, trend, y - seasonal - trend, np.ones(y.shape) if weights is None else weights)


def _bisquare(away: Floats) -> Floats:
    """How much should a month count that lies this far from what was fitted? Six medians away, not at all."""
    limit = 6 * np.median(away, axis=1, keepdims=True)
    ratio = np.where(limit > 0, away / np.where(limit > 0, limit, 1.0), 0.0)
    inside = (1 - np.minimum(ratio, 1.0) ** 2) ** 2
    return np.where(ratio <= 0.001, 1.0, np.where(ratio <= 0.999, inside, 0.0))
