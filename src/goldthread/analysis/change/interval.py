"""Which ratios the matched months allow, and an interval that never contradicts the test."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri, stdtrit

Floats = NDArray[np.float64]


def fieller(
    r0: Floats, r1: Floats, n: NDArray[np.int64], inflation: Floats, confidence: float
) -> tuple[Floats, Floats]:
    """
    Which ratios would make the differences y1 - ratio × y0 average nought, as far as a t-test can tell? (Fieller.)

    Where the base is so small that no ratio can be ruled out above, the upper
    end is infinite.
    """
    count = np.maximum(n, 1)
    m0, m1 = r0.sum(1) / count, r1.sum(1) / count
    used = np.maximum(n - 1, 1)
    # Missing pairs are nought in both and stand for nothing, so sums of squares need only the mean taken out.
    s00 = ((r0**2).sum(1) - count * m0**2) / used
    s11 = ((r1**2).sum(1) - count * m1**2) / used
    s01 = ((r0 * r1).sum(1) - count * m0 * m1) / used
    reach = stdtrit(used, 0.5 + confidence / 2) ** 2 * inflation / count
    a, b, c = m0**2 - reach * s00, m0 * m1 - reach * s01, m1**2 - reach * s11
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(np.maximum(b**2 - a * c, 0.0))
        bounded = a > 1e-12
        low = np.where(bounded, (b - root) / a, np.where(c > 0, c / (b + root), 0.0))
        high = np.where(bounded, (b + root) / a, np.inf)
    known = n >= 2
    return np.where(known, np.maximum(low, 0.0), np.nan), np.where(known, high, np.nan)


def agreeing(low: Floats, high: Floats, ratio: Floats, p: Floats, level: float) -> tuple[Floats, Floats]:
    """
    The interval, made to agree with the test about whether there was a change.

    They part company in about one series in a hundred, where p is close to the
    level; the near end is then drawn in or out in proportion to how far short
    of the level the test fell.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = -ndtri(level / 2) / -ndtri(np.clip(p, 1e-300, 1.0) / 2)
        near = np.exp(np.log(ratio) * (1 - needed))
    said = p < level
    usable = np.isfinite(near) & (near > 0)
    rise, fall = usable & (ratio > 1), usable & (ratio < 1)
    disagree_low = rise & (said != (low > 1))
    disagree_high = fall & (said != (high < 1))
    return np.where(disagree_low, near, low), np.where(disagree_high, near, high)
