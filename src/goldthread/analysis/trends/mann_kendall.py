"""Does a series go one way, judged by order alone: Mann–Kendall, Hamed and Rao's correction, Theil–Sen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

Floats = NDArray[np.float64]
_BLOCK = 512  # series at a time, so that the table of pairs stays small


@dataclass(frozen=True)
class MannKendall:
    """
    Kendall's score, its variance, z, p and tau for each of the `series`.

    `correction` is what Hamed and Rao multiply the variance by (1 when not asked for).
    """

    series: Floats
    score: Floats
    variance: Floats
    z: Floats
    p: Floats
    tau: Floats
    correction: Floats

    @cached_property
    def slope(self) -> Floats:
        """Theil–Sen's slope of each series, per place."""
        return theil_sen(self.series)


def mann_kendall(series: ArrayLike, *, hamed_rao: bool = False) -> MannKendall:
    """
    Does each series rise or fall more steadily than a shuffled one would?

    `series` is (series, places) with no hole. For yearly figures and other
    series without a season. Not for a series from which a season has been
    estimated and taken out: the smoothing leaves neighbours alike, and on sixty
    seasonally adjusted months of nothing this test cries trend in one series in
    seven, on twenty-four in nearly all. `trend` holds its level there.

    `hamed_rao` widens or narrows the variance by the correlations of the
    detrended ranks that stand out at 5 %.

    Sources: Kendall (1975), Rank Correlation Methods; Hamed and Rao (1998),
    J. Hydrology 204, 182.
    """
    y = np.atleast_2d(np.asarray(series, np.float64))
    if np.isnan(y).any():
        raise ValueError("A place is missing; a trend is not drawn across a hole.")
    n = y.shape[1]
    score = _score(y)
    cubes, alike = _ties(y)
    variance = (n * (n - 1) * (2 * n + 5) - cubes) / 18
    correction = _hamed_rao(y, theil_sen(y)) if hamed_rao else np.ones(y.shape[0])
    used = np.where(variance > 0, variance, 1.0) * correction
    z = np.where(variance > 0, (score - np.sign(score)) / np.sqrt(used), 0.0)
    pairs = n * (n - 1) / 2
    comparable = np.sqrt(pairs * (pairs - alike))
    tau = np.divide(score, comparable, out=np.zeros(score.shape), where=comparable > 0)
    return MannKendall(y, score, variance * correction, z, 2 * ndtr(-np.abs(z)), tau, correction)


def theil_sen(series: ArrayLike) -> Floats:
    """How steep is each series: the median of the slopes between every two places, per place?"""
    y = np.atleast_2d(np.asarray(series, np.float64))
    earlier, later = np.triu_indices(y.shape[1], 1)
    blocks = [y[at : at + _BLOCK] for at in range(0, y.shape[0], _BLOCK)]
    return np.concatenate([np.median((b[:, later] - b[:, earlier]) / (later - earlier), axis=1) for b in blocks])


def _score(y: Floats) -> Floats:
    """How many pairs of places rise, less how many fall, in each series."""
    by_place = np.ascontiguousarray(y.T)
    score = np.zeros(y.shape[0])
    for lag in range(1, y.shape[1]):
        score += np.sign(by_place[lag:] - by_place[:-lag]).sum(axis=0)
    return score


def _ties(y: Floats) -> tuple[Floats, Floats]:
    """Sums over groups of t equal values in each series: of t (t - 1)(2t + 5), and of their pairs, t (t - 1)/2."""
    ordered = np.sort(y, axis=1)
    new = np.ones(y.shape, bool)
    new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    first = np.flatnonzero(new)
    t = np.diff(first, append=y.size)
    whose = first // y.shape[1]
    cubes, pairs = (np.bincount(whose, w, y.shape[0]) for w in (t * (t - 1) * (2 * t + 5), t * (t - 1) / 2))
    return cubes.astype(np.float64), pairs.astype(np.float64)


def _hamed_rao(y: Floats, slope: Floats) -> Floats:
    n = y.shape[1]
    level = y - slope[:, None] * np.arange(n)
    ranks = (level[:, None, :] < level[:, :, None]).sum(2) + (level[:, None, :] == level[:, :, None]).sum(2) / 2
    centred = ranks - ranks.mean(1, keepdims=True)
    power = (centred**2).sum(1)
    bound = -ndtri(0.025) / np.sqrt(n)
    total = np.zeros(y.shape[0])
    for lag in range(1, n - 1):
        alike = (centred[:, lag:] * centred[:, :-lag]).sum(1)
        r = np.divide(alike, power, out=np.zeros(power.shape), where=power > 0)
        total += (n - lag) * (n - lag - 1) * (n - lag - 2) * np.where(np.abs(r) > bound, r, 0.0)
    corrected = 1 + 2 * total / (n * (n - 1) * (n - 2))
    return np.asarray(np.where(corrected > 0, corrected, 1.0), dtype=np.float64)
