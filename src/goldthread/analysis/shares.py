"""What share of a whole is this, and by how much do two shares differ?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Shares:
    """Parts of wholes, as shares from 0 to 1 with their intervals. NaN where the whole is nothing."""

    part: Floats
    whole: Floats
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class ShareDifference:
    """How much larger the first share is than the second, in percentage points, with its interval."""

    points: Floats
    low: Floats
    high: Floats

    @property
    def clear(self) -> NDArray[np.bool_]:
        """Whether the interval leaves out no difference at all."""
        return (self.low > 0) | (self.high < 0)


def share_of(part: ArrayLike, whole: ArrayLike, *, confidence: float = 0.95) -> Shares:
    """
    What share is `part` of `whole`?

    The interval is Wilson's, which keeps its level for small wholes and for
    shares near 0 or 1, where the usual one fails.

    Source: Wilson (1927), J. Am. Statist. Assoc. 22, 209; Newcombe (1998), Statistics in Medicine 17, 857.
    """
    x, n = (np.array(v, float) for v in np.broadcast_arrays(part, whole))
    if np.any(x < 0) or np.any(x > n):
        raise ValueError("A part is not below nought and not more than its whole.")
    z = float(ndtri(0.5 + confidence / 2))
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.asarray(x / n, float)
        middle = (x + z**2 / 2) / (n + z**2)
        reach = z * np.sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    low, high = np.where(x == 0, 0.0, middle - reach), np.where(x == n, 1.0, middle + reach)
    nothing = n == 0
    return Shares(x, n, share, np.where(nothing, np.nan, low), np.where(nothing, np.nan, high))


def share_difference(first: Shares, second: Shares) -> ShareDifference:
    """
    How much larger is the first share than the second?

    Newcombe's hybrid score interval, made of the two Wilson intervals; the two
    wholes must have nobody in common.

    Source: Newcombe (1998), Statistics in Medicine 17, 873, method 10.
    """
    gap = first.share - second.share
    down = np.hypot(first.share - first.low, second.high - second.share)
    up = np.hypot(first.high - first.share, second.share - second.low)
    return ShareDifference(100 * gap, 100 * (gap - down), 100 * (gap + up))
