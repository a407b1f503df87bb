"""
Rises and falls tested on matched calendar months, which allows for season and for the usual coming and going.

Each calendar month is compared with itself, so a season common to both periods
cancels whatever its size. If nothing changed, each difference is as likely to
be above nought as below; the p-value is how often random signs would give a
total as far from nought (every pattern of signs, ties counting half), and for
the smallest p-values the paired t-test. So nothing is assumed about how much
counts vary from month to month, and the share of false alarms holds whether
they are Poisson or five times as variable. The interval is Fieller's, from the
same differences.

Sources: Fisher (1935), The Design of Experiments, s. 21; Fieller (1954),
J. R. Statist. Soc. B 16, 175.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.change.interval import agreeing, fieller
from goldthread.analysis.change.ratios import SMALLEST_BASE
from goldthread.analysis.change.resemblance import inflation_of, spread_of
from goldthread.analysis.change.signs import p_of_total

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# With fewer pairs of months that differ, even all of them pointing one way would happen by chance once in sixteen.
FEWEST_DIFFERING_MONTHS = 5


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

    Months that resemble the month before make totals less certain than the
    differences say. The resemblance is measured over all the series given
    together, when there are at least five, so put a whole report's series in at
    once; `inflation` tells what was allowed for.

    At least five pairs of months must differ; with fewer, nothing can be told
    at any usual level and `p` is NaN. A change of level that lasts is called a
    change whatever caused it: what may have is the question of `real`.
    """
    y0, y1 = np.broadcast_arrays(*(np.atleast_2d(np.asarray(side, np.float64)) for side in (before, after)))
    e0, e1 = _even_exposures(y0.shape, exposure_before, exposure_after)
    both = ~(np.isnan(y0) | np.isnan(y1))
    n = both.sum(1)
    r0, r1 = np.where(both, y0 / e0, 0.0), np.where(both, y1 / e1, 0.0)
    d = r1 - r0
    spread, inflation = spread_of(d, both, n), inflation_of(d, both, n)
    enough = (np.abs(d) > 1e-9).sum(1) >= FEWEST_DIFFERING_MONTHS
    p = np.where(enough, p_of_total(d, spread, n, inflation), np.nan)
    total_0, total_1 = (np.where(n > 0, np.where(both, y, 0.0).sum(1), np.nan) for y in (y0, y1))
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = r1.sum(1) / r0.sum(1)
        dispersion = spread * n / (r0 + r1).sum(1)
    low, high = agreeing(*fieller(r0, r1, n, inflation, confidence), ratio, p, 1 - confidence)
    percent, percent_low, percent_high = (
        np.where(total_0 >= SMALLEST_BASE, 100 * (value - 1), np.nan) for value in (ratio, low, high)
    )
    return Change(
        before=total_0,
        after=total_1,
        months=n.astype(np.int64),
        difference=total_1 - total_0,
        ratio=ratio,
        low=low,
        high=high,
        percent=percent,
        percent_low=percent_low,
        percent_high=percent_high,
        p=p,
        enough=enough,
        dispersion=dispersion,
        inflation=inflation,
        confidence=confidence,
    )


def year_on_year(counts: ArrayLike, *, months: int = 12, exposure: ArrayLike = 1.0, confidence: float = 0.95) -> Change:
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
    Has each series changed since the same months of a base year?

    As `year_on_year`, against a year `years_back` years before, such as the one
    before the pandemic.
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
