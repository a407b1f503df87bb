"""Rises and falls tested on matched calendar months, which allows for season and for the usual coming and going."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr, stdtrit

from goldthread.analysis.change.ratios import SMALLEST_BASE, percent_change

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# With fewer pairs of months that differ, even all of them pointing one way would happen by chance once in sixteen.
FEWEST_DIFFERING_MONTHS = 5
# One series' months say next to nothing about how far months resemble each other; several together do.
_FEWEST_SERIES_TO_LEARN_FROM = 5
# Beyond this many pairs the signs are too many to write out; the t distribution is then exact enough.
_MOST_PAIRS_WRITTEN_OUT = 12
# The written-out signs cannot give a p-value below 1 in 4,096; from here down the t distribution takes over.
_WRITTEN_OUT_DOWN_TO = 0.005


@dataclass(frozen=True)
class Change:
    """
    How much each series changed between two periods of matched months, and whether that is more than chance.

    All arrays have one value a series. `before` and `after` are counts over
    the `months` pairs that both periods have. `ratio` is of rates where
    exposures were given, otherwise of counts; `percent` and its interval are
    the ratio as a percentage, not a number where `before` is below twenty.
    `p` is two-sided and not a number where there is too little to tell
    (`enough` is false). `dispersion` is variance over mean of the month-on-month
    differences (1 is what chance alone gives); `inflation` is by how much
    months that resemble the ones before them were found to widen the
    uncertainty of a total (1 is not at all).
    """

    before: Floats
    after: Floats
    months: NDArray[np.int64]
    difference: Floats
    ratio: Floats
    low: Floats
    high: Floats
    percent: Floats
    percent_low: Floats
    percent_high: Floats
    p: Floats
    enough: Flags
    dispersion: Floats
    inflation: Floats
    confidence: float


def compare_months(
    before: ArrayLike,
    after: ArrayLike,
    *,
    exposure_before: ArrayLike = 1.0,
    exposure_after: ArrayLike = 1.0,
    confidence: float = 0.95,
) -> Change:
    """
    Has each series risen or fallen between two periods, month against the same month?

    `before` and `after` have shape (series, months), or (months,) for one, in
    the same order of calendar months; a missing month is NaN and takes its
    partner with it, so that like is compared with like. Exposures (people,
    days) broadcast against them.

    Each calendar month is compared with itself, so a season common to both
    periods cancels whatever its size. If nothing changed, each difference is as
    likely to be above nought as below; the p-value is how often random signs
    would give a total as far from nought (every pattern of signs, ties
    counting half), and for the smallest p-values the paired t-test. So nothing
    is assumed about how much counts vary from month to month, and the share of
    false alarms holds whether they are Poisson or five times as variable. The
    interval is Fieller's, from the same differences.

    Months that resemble the month before make totals less certain than the
    differences say. The resemblance is measured over all the series given
    together, when there are at least five; fewer say too little about it. So
    put a whole report's series in at once; `inflation` tells what was allowed
    for.

    At least five pairs of months must differ; with fewer, nothing can be told
    at any usual level and `p` is NaN. A change of level that lasts is called a
    change whatever caused it: what may have is the question of `real`.

    Sources: Fisher (1935), The Design of Experiments, s. 21; Fieller (1954),
    J. R. Statist. Soc. B 16, 175.
    """
    y0, y1 = np.broadcast_arrays(
        np.atleast_2d(np.asarray(before, np.float64)), np.atleast_2d(np.asarray(after, np.float64))
    )
    e0, e1 = _even_exposures(y0.shape, exposure_before, exposure_after)
    both = ~(np.isnan(y0) | np.isnan(y1))
    n = both.sum(1)
    r0, r1 = np.where(both, y0 / e0, 0.0), np.where(both, y1 / e1, 0.0)
    d = r1 - r0
    inflation = _inflation(d, both, n)
    p = _p_value(d, both, n, inflation)
    enough = (np.abs(d) > 1e-9).sum(1) >= FEWEST_DIFFERING_MONTHS
    p = np.where(enough, p, np.nan)
    total_0, total_1 = (np.where(n > 0, np.where(both, y, 0.0).sum(1), np.nan) for y in (y0, y1))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = r1.sum(1) / r0.sum(1)
        dispersion = _spread(d, both, n) * n / (r0 + r1).sum(1)
    low, high = _interval(r0, r1, n, inflation, confidence)
    low, high = _agreeing(low, high, ratio, p, 1 - confidence)
    shown = total_0 >= SMALLEST_BASE
    return Change(
        before=total_0,
        after=total_1,
        months=n.astype(np.int64),
        difference=total_1 - total_0,
        ratio=ratio,
        low=low,
        high=high,
        percent=np.where(np.isnan(percent_change(total_0, total_1)), np.nan, 100 * (ratio - 1)),
        percent_low=np.where(shown, 100 * (low - 1), np.nan),
        percent_high=np.where(shown, 100 * (high - 1), np.nan),
        p=p,
        enough=enough,
        dispersion=dispersion,
        inflation=inflation,
        confidence=confidence,
    )


def year_on_year(
    counts: ArrayLike, *, months: int = 12, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Change:
    """
    Has each series changed between the last `months` months and the same months a year before?

    `counts` has shape (series, months), oldest first, with no month left out (a
    missing month is NaN) and at least 12 + `months` of them.
    """
    return against_base_year(counts, years_back=1, months=months, exposure=exposure, confidence=confidence)


def against_base_year(
    counts: ArrayLike, *, years_back: int, months: int = 12, exposure: ArrayLike = 1.0, confidence: float = 0.95
) -> Change:
    """
    Has each series changed since the same months `years_back` years before?

    As `year_on_year`, against a base year further back, such as the year before
    the pandemic.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    if not 1 <= months <= 12 * years_back:
        raise ValueError("The two periods would overlap; compare twelve months or fewer for each year back.")
    start = y.shape[1] - 12 * years_back - months
    if start < 0:
        raise ValueError(f"{y.shape[1]} months do not reach {years_back} year(s) back for {months} months.")
    people = np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    then, now = slice(start, start + months), slice(y.shape[1] - months, None)
    return compare_months(
        y[:, then],
        y[:, now],
        exposure_before=people[:, then],
        exposure_after=people[:, now],
        confidence=confidence,
    )


def _even_exposures(shape: tuple[int, ...], before: ArrayLike, after: ArrayLike) -> tuple[Floats, Floats]:
    """Exposures scaled to average one a series, so that differences stay in counts."""
    e0 = np.broadcast_to(np.asarray(before, np.float64), shape)
    e1 = np.broadcast_to(np.asarray(after, np.float64), shape)
    if np.any(e0 <= 0) or np.any(e1 <= 0):
        raise ValueError("An exposure (people, days) must be above nought.")
    average = (e0.mean(1) + e1.mean(1))[:, None] / 2
    return e0 / average, e1 / average


def _spread(d: Floats, both: Flags, n: NDArray[np.int64]) -> Floats:
    """The variance of the differences about their mean."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = d.sum(1) / n
        centred = np.where(both, d - mean[:, None], 0.0)
        return np.asarray((centred**2).sum(1) / np.maximum(n - 1, 1), dtype=np.float64)


def _inflation(d: Floats, both: Flags, n: NDArray[np.int64]) -> Floats:
    """
    By how much does the resemblance of each month to the last raise the variance of a total?

    The lag-one correlation of the differences is averaged over every series
    with at least eight that differ, cleared of the bias of short series, and
    carried to longer lags as powers. An average within one standard error of
    nought is taken for nought, since otherwise a report of few series would
    allow for a resemblance that is not there.
    """
    speaks = ((np.abs(d) > 1e-9).sum(1) >= 8) & (n >= 8)
    if speaks.sum() < _FEWEST_SERIES_TO_LEARN_FROM:
        return np.ones(d.shape[0])
    m = n[speaks]
    centred = np.where(both[speaks], d[speaks] - (d[speaks].sum(1) / m)[:, None], 0.0)
    power = (centred**2).sum(1)
    raw = np.divide((centred[:, 1:] * centred[:, :-1]).sum(1), power, out=np.zeros(m.shape), where=power > 1e-12)
    cleared = (raw + 1 / m) / (1 - 4 / m)
    error = float(np.mean((m - 2) / (m * np.sqrt(m - 1)) / (1 - 4 / m))) / np.sqrt(m.size)
    resemblance = min(float(cleared.mean()), 0.9)
    if resemblance < error:
        return np.ones(d.shape[0])
    lags = np.arange(1, d.shape[1])
    together = np.maximum(1 - lags / np.maximum(n, 1)[:, None], 0.0) * resemblance**lags
    raised = 1 + 2 * together.sum(1)
    # The spread was itself measured from months that resemble each other, which makes it too small.
    return np.asarray(raised / (1 - (raised - 1) / np.maximum(n - 1, 1)).clip(0.1), dtype=np.float64)


def _p_value(d: Floats, both: Flags, n: NDArray[np.int64], inflation: Floats) -> Floats:
    total, spread, used = np.abs(d.sum(1)), _spread(d, both, n), np.maximum(n - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(spread > 0, total / np.sqrt(n * spread), np.where(total > 1e-9, np.inf, 0.0))
    p = 2 * stdtr(used, -t)
    if d.shape[1] <= _MOST_PAIRS_WRITTEN_OUT:
        by_signs = _by_signs(d, total)
        p = np.where(by_signs >= _WRITTEN_OUT_DOWN_TO, by_signs, np.minimum(by_signs, p))
    weaker = 2 * stdtr(used, stdtrit(used, np.maximum(p, 1e-300) / 2) / np.sqrt(inflation))
    return np.asarray(np.where(inflation > 1, weaker, p), dtype=np.float64)


@lru_cache(maxsize=12)
def _signs(pairs: int) -> Floats:
    """Every pattern of signs but for its mirror image, one a column."""
    patterns = np.arange(2 ** (pairs - 1))
    return np.array([np.where(patterns >> place & 1, -1.0, 1.0) for place in range(pairs)])


def _by_signs(d: Floats, total: Floats) -> Floats:
    out = np.empty(d.shape[0])
    signs = _signs(d.shape[1])
    for start in range(0, d.shape[0], 512):  # a block at a time, to keep the patterns in the cache
        block = slice(start, start + 512)
        reached = np.abs(d[block] @ signs)
        seen = total[block, None]
        slack = 1e-9 * (1 + seen)
        out[block] = (reached > seen + slack).mean(1) + 0.5 * (np.abs(reached - seen) <= slack).mean(1)
    return out


def _interval(
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


def _agreeing(low: Floats, high: Floats, ratio: Floats, p: Floats, level: float) -> tuple[Floats, Floats]:
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
