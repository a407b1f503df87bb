"""Two counts compared when nothing is known but the totals: exact ratios, the E-test and percentages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv, gammaln, ndtr, ndtri

Floats = NDArray[np.float64]

# Below this a percentage says more about the smallness of the base than about change (a rise from 2 to 5 is "150 %").
SMALLEST_BASE = 20


@dataclass(frozen=True)
class RateRatio:
    """Two counts, how long or among how many each was counted, and the ratio of their rates (after over before)."""

    before: Floats
    after: Floats
    exposure_before: Floats
    exposure_after: Floats
    ratio: Floats
    low: Floats
    high: Floats
    p: Floats
    dispersion: Floats
    confidence: float


def rate_ratio(
    after: ArrayLike,
    before: ArrayLike,
    exposure_after: ArrayLike = 1.0,
    exposure_before: ArrayLike = 1.0,
    *,
    mid_p: bool = False,
    dispersion: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> RateRatio:
    """
    By what factor did the rate change, if the two counts are all we have?

    Exact and conditional on the total: given both counts together, the later
    one is binomial. The interval is Clopper and Pearson's and the p-value sums
    every outcome no likelier than the one seen, as R's `poisson.test` does;
    `mid_p` counts the outcome itself half, which is less cautious and closer
    to the stated level when counts are small.

    Both take counts to be Poisson, and monthly counts of crime are not: they
    come and go more than that. Give `dispersion` (variance over mean, 1 or
    more) and the interval is stretched by its square root on the log scale and
    the p-value weakened to match. Where months are to be had, `compare_months`
    is the test that holds its level.

    Two counts of nothing give a ratio that is not a number, and p = 1.
    """
    x1, x0, t1, t0, phi = (
        np.array(values, dtype=np.float64)
        for values in np.broadcast_arrays(after, before, exposure_after, exposure_before, dispersion)
    )
    if np.any(x1 < 0) or np.any(x0 < 0) or np.any(t1 <= 0) or np.any(t0 <= 0) or np.any(phi < 1):
        raise ValueError("Counts are not below nought, exposures are above it, and dispersion is one or more.")
    n = x1 + x0
    share = t1 / (t1 + t0)
    p = _mid_p_value(x1, n, share) if mid_p else _exact_p_value(x1, n, share)
    low_share, high_share = _share_interval(x1, x0, confidence, mid_p)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (x1 / t1) / (x0 / t0)
        low = low_share / (1 - low_share) * t0 / t1
        high = np.where(high_share < 1, high_share / (1 - high_share), np.inf) * t0 / t1
        stretched_low = np.where(np.isinf(ratio), low / phi, ratio * (low / ratio) ** np.sqrt(phi))
        stretched_high = np.where(ratio == 0, high * phi, ratio * (high / ratio) ** np.sqrt(phi))
    wide = (phi > 1) & (n > 0)
    low = np.where(wide & (low > 0), stretched_low, low)
    high = np.where(wide & np.isfinite(high), stretched_high, high)
    p = np.where(wide, 2 * ndtr(ndtri(np.minimum(p / 2, 0.5)) / np.sqrt(phi)), p)
    return RateRatio(x0, x1, t0, t1, ratio, low, high, np.minimum(p, 1.0), phi, confidence)


def _share_interval(x1: Floats, x0: Floats, confidence: float, mid_p: bool) -> tuple[Floats, Floats]:
    """Between which shares of the total does the later count's expected share lie?"""
    tail = (1 - confidence) / 2
    if not mid_p:
        low = np.where(x1 > 0, betaincinv(np.maximum(x1, 1), x0 + 1, tail), 0.0)
        high = np.where(x0 > 0, betaincinv(x1 + 1, np.maximum(x0, 1), 1 - tail), 1.0)
        return low, high

    def upper_tail(share: Floats) -> Floats:
        at_least = np.where(x1 > 0, betainc(np.maximum(x1, 1), x0 + 1, share), 1.0)
        more = np.where(x0 > 0, betainc(x1 + 1, np.maximum(x0, 1), share), 0.0)
        return np.asarray((at_least + more) / 2, dtype=np.float64)

    low = np.where(x1 > 0, _share_where(upper_tail, tail, x1.shape), 0.0)
    high = np.where(x0 > 0, _share_where(upper_tail, 1 - tail, x1.shape), 1.0)
    return low, high


def _share_where(rising: Callable[[Floats], Floats], target: float, shape: tuple[int, ...]) -> Floats:
    """At which share does a function that rises with it reach the target? By halving, sixty times."""
    low, high = np.zeros(shape), np.ones(shape)
    for _ in range(60):
        middle = (low + high) / 2
        below = rising(middle) < target
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return (low + high) / 2


def _log_binomial(k: Floats, n: Floats, share: Floats) -> Floats:
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(ways + k * np.log(share) + (n - k) * np.log1p(-share), dtype=np.float64)


def _at_most(k: Floats, n: Floats, share: Floats) -> Floats:
    """The binomial probability of k or fewer."""
    some = betainc(np.maximum(n - k, 1), np.maximum(k, 0) + 1, 1 - share)
    return np.where(k < 0, 0.0, np.where(k >= n, 1.0, some))


def _mid_p_value(x: Floats, n: Floats, share: Floats) -> Floats:
    here = np.exp(_log_binomial(x, n, share))
    below, above = _at_most(x - 1, n, share), 1 - _at_most(x, n, share)
    return np.asarray(np.minimum(2 * np.minimum(below, above) + here, 1.0), dtype=np.float64)


def _exact_p_value(x: Floats, n: Floats, share: Floats) -> Floats:
    """
    How likely is an outcome no likelier than this one?

    Seen from whichever side puts the count below its mean, the outcomes on the
    far side that are as unlikely begin at one place, found by halving, because
    above the mean probabilities only fall.
    """
    mirrored = x > n * share
    x, share = np.where(mirrored, n - x, x), np.where(mirrored, 1 - share, share)
    # Equal probabilities may differ in the last digit; R allows the same slack.
    limit = _log_binomial(x, n, share) + np.log1p(1e-7)
    low, high = np.ceil(n * share), n + 1
    for _ in range(int(np.log2(float(n.max(initial=0)) + 2)) + 2):
        middle = np.floor((low + high) / 2)
        rare = (middle > n) | (_log_binomial(np.minimum(middle, n), n, share) <= limit)
        open_ = low < high
        low, high = np.where(open_ & ~rare, middle + 1, low), np.where(open_ & rare, middle, high)
    far = _at_most(n - low, n, 1 - share)
    at_the_mean = np.isclose(x, n * share, rtol=1e-12, atol=0) | (n == 0)
    return np.where(at_the_mean, 1.0, np.minimum(_at_most(x, n, share) + far, 1.0))


def e_test(x1: int, x2: int, exposure_1: float = 1.0, exposure_2: float = 1.0) -> float:
    """
    How often would two Poisson counts with one common rate differ by as much as these do?

    Gives the p-value. More powerful than the conditional test for a single
    pair of small counts; not for use where counts vary more than Poisson.

    Source: Krishnamoorthy and Thomson (2004), J. Statistical Planning and Inference 119, 23.
    """
    if x1 + x2 == 0:
        return 1.0
    pooled = (x1 + x2) / (exposure_1 + exposure_2)
    first = _likely_counts(pooled * exposure_1)
    second = _likely_counts(pooled * exposure_2)
    seen = _standardised_difference(np.array(float(x1)), np.array(float(x2)), exposure_1, exposure_2)
    every = _standardised_difference(first[:, None], second[None, :], exposure_1, exposure_2)
    weight = np.exp(_log_poisson(first, pooled * exposure_1)[:, None] + _log_poisson(second, pooled * exposure_2))
    return float(min(np.sum(weight[np.abs(every) >= abs(float(seen)) - 1e-9]), 1.0))


def _likely_counts(mean: float) -> Floats:
    """Every count that a Poisson variable of this mean could show, leaving out less than 1e-12."""
    reach = 8 * np.sqrt(mean) + 30
    return np.arange(max(0.0, np.floor(mean - reach)), np.ceil(mean + reach) + 1)


def _log_poisson(k: Floats, mean: float) -> Floats:
    return np.asarray(k * np.log(mean) - mean - gammaln(k + 1), dtype=np.float64)


def _standardised_difference(a: Floats, b: Floats, t1: float, t2: float) -> Floats:
    variance = a / t1**2 + b / t2**2
    return np.where(variance > 0, (a / t1 - b / t2) / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)


def percent_change(before: ArrayLike, after: ArrayLike, *, smallest_base: float = SMALLEST_BASE) -> Floats:
    """
    By how many per cent did it change? (12.3 means 12.3 % more.)

    Not a number where the base is below twenty: say the difference in numbers
    instead, because the percentage would mostly tell how small the base was.
    """
    x0, x1 = np.broadcast_arrays(np.asarray(before, np.float64), np.asarray(after, np.float64))
    enough = x0 >= smallest_base
    return np.where(enough, 100 * (x1 / np.where(enough, x0, 1.0) - 1), np.nan)
