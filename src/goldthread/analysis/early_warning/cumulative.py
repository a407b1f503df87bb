"""Small shifts that last: EWMA and CUSUM charts of standardised values or of Poisson counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cumulative:
    """A statistic gathered over time, the limit it is held against, and where it passed it; all (series, places)."""

    statistic: Floats
    limit: Floats
    alarm: NDArray[np.bool_]


def ewma(standardised: ArrayLike, *, weight: float = 0.2, width: float = 2.962) -> Cumulative:
    """
    Has the average shifted a little, either way, judged by a moving average that forgets?

    `standardised` is (series, places), mean 0 and standard deviation 1 when
    nothing happens. The usual weight and width (0.2 and 2.962, or 0.1 and
    2.814) raise a false alarm about once in 500 places.

    Source: Lucas and Saccucci (1990), Technometrics 32, 1.
    """
    z = np.atleast_2d(np.asarray(standardised, np.float64))
    average = np.zeros(z.shape)
    level = np.zeros(z.shape[0])
    for place in range(z.shape[1]):
        level = weight * z[:, place] + (1 - weight) * level
        average[:, place] = level
    places = np.arange(1, z.shape[1] + 1)
    spread = np.sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * places)))
    limit = np.broadcast_to(width * spread, z.shape)
    return Cumulative(average, limit, np.abs(average) > limit)


def cusum(standardised: ArrayLike, *, slack: float = 0.5, height: float = 5.0) -> Cumulative:
    """
    Has the average risen and stayed up, judged by how far values ran above it in all?

    Starts again from nought after an alarm. With a slack of half a standard
    deviation, a height of 5 raises a false alarm about once in 930 places
    upwards (465 when both directions are watched), and of 4 once in 336 (168).

    Source: Page (1954), Biometrika 41, 100.
    """
    z = np.atleast_2d(np.asarray(standardised, np.float64))
    return _gather(z - slack, height)


def poisson_cusum(counts: ArrayLike, usual: ArrayLike, *, times: float = 2.0, height: float = 5.0) -> Cumulative:
    """
    Has a count risen to `times` what is usual and stayed there?

    `usual` is the mean to be expected at each place, and broadcasts. Every
    count beyond the reference value (times - 1) / log(times) of its mean adds
    to the sum. The reference value is optimal for that rise.

    Source: Lucas (1985), Technometrics 27, 129.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    reference = np.broadcast_to(np.asarray(usual, np.float64), y.shape) * (times - 1) / np.log(times)
    return _gather(y - reference, height)


def _gather(gained: Floats, height: float) -> Cumulative:
    statistic = np.zeros(gained.shape)
    level = np.zeros(gained.shape[0])
    for place in range(gained.shape[1]):
        level = np.maximum(level + gained[:, place], 0.0)
        statistic[:, place] = level
        level = np.where(level > height, 0.0, level)
    return Cumulative(statistic, np.full(gained.shape, height), statistic > height)
