"""When in the year is there more of it: seasonal indices, and whether there is a season at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from goldthread.analysis.poisson_regression import fit, harmonics

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Season:
    """
    A smooth season and straight (log) trend fitted to series with few events a month.

    `index` is (series, 12), January first, 100 the average month. `expected`
    and `level` are (series, months): with the season, and without. `p` asks
    whether there is a season at all.
    """

    index: Floats
    expected: Floats
    level: Floats
    p: Floats
    dispersion: Floats


def season(counts: ArrayLike, month_of_first: int, days: ArrayLike) -> Season:
    """
    Is there a season, and what is it, where there are too few events to see it month by month?

    Two pairs of sines and cosines in a quasi-Poisson regression, with a
    straight trend and the days of each month allowed for. `counts` are plain
    counts (series, months), no hole, two years or more; `month_of_first` is 1
    for January. The p-value is the F-test of the same waves fitted by least
    squares, which holds its level where counts are few and come in clusters (the
    quasi-Poisson one does not), and is NaN below 24 events.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    n = y.shape[1]
    calendar = np.arange(n) + month_of_first - 1
    years_gone = (np.arange(n) - (n - 1) / 2) / 12
    plain = np.column_stack([np.ones(n), years_gone])
    wavy = harmonics(calendar)
    offset = np.log(np.asarray(days, np.float64) / 30.4375)
    with_season = fit(y, np.column_stack([plain, wavy]), offset=offset)
    p = np.where(y.sum(1) >= 24, _any_season(y / np.exp(offset), plain, wavy), np.nan)
    waves = np.exp(with_season.coefficients[:, 2:] @ harmonics(np.arange(12)).T)
    index = np.maximum(100 * waves / waves.mean(1, keepdims=True), 1e-6)
    expected = with_season.mean / np.exp(offset)
    return Season(index, expected, expected / index[:, calendar % 12] * 100, p, with_season.dispersion)


def _any_season(y: Floats, plain: Floats, wavy: Floats) -> Floats:
    """How often would waves of chance explain as much of the variance as these do?"""

    def left_by(design: Floats) -> Floats:
        q, _ = np.linalg.qr(design)
        return np.asarray(((y - (y @ q) @ q.T) ** 2).sum(1), dtype=np.float64)

    terms, freedom = wavy.shape[1], y.shape[1] - plain.shape[1] - wavy.shape[1]
    without, with_waves = left_by(plain), left_by(np.column_stack([plain, wavy]))
    gained = (without - with_waves) / terms / np.maximum(with_waves / freedom, 1e-12)
    return np.asarray(fdtrc(terms, freedom, np.maximum(gained, 0.0)), dtype=np.float64)


def seasonal_index(seasonal: ArrayLike, level: ArrayLike, month_of_first: int) -> Floats:
    """
    How does each calendar month stand to the average, 100, when the season is so many more or fewer events?

    `seasonal` and `level` (the trend) are (series, months). Averaged over the
    years; (series, 12), January first.
    """
    up = np.atleast_2d(np.asarray(seasonal, np.float64))
    base = np.atleast_2d(np.asarray(level, np.float64))
    calendar = (np.arange(up.shape[1]) + month_of_first - 1) % 12
    which = np.eye(12)[calendar]
    mean_level = np.maximum(base.mean(1, keepdims=True), 1e-9)
    index = 100 * (1 + (up @ which) / which.sum(0) / mean_level)
    return np.asarray(np.maximum(index, 0.0), dtype=np.float64)
