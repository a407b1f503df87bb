"""Which of many series have lately gone beyond what was to be expected, with the share of false alarms held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.early_warning.farrington import reweighted, two_thirds_threshold
from goldthread.analysis.early_warning.predictive import predictive_p
from goldthread.analysis.poisson_regression import Fit, harmonics
from goldthread.analysis.significance import benjamini_hochberg

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_MONTHS = 24
# A past this rare cannot show how much its counts come in clusters; what busier series show is used instead.
RARE_A_MONTH = 2.0
# How variable rare things are taken to be when too few busy series are at hand to learn it from.
_DISPERSION_UNLESS_LEARNT = 3.0
_FEWEST_TO_LEARN_FROM = 5


@dataclass(frozen=True)
class Warnings:
    """
    The latest months of each series against what was to be expected.

    `observed` and `expected` are sums over the last `window` months, `upper`
    the bound that one in forty would pass by chance, `exceedance` is
    (observed - expected) / (upper - expected). `p` is one-sided, and `adjusted`
    the same with all series corrected together; `alarm` where that is at or
    below the level. `tested` is false, and `p` NaN, where the series is too
    short; with fewer than five events in the last three months `p` is 1.
    """

    observed: Floats
    expected: Floats
    upper: Floats
    exceedance: Floats
    p: Floats
    adjusted: Floats
    alarm: Flags
    tested: Flags
    window: int
    level: float


def warnings_across(
    counts: ArrayLike,
    *,
    window: int = 1,
    skip: int = 6,
    fewest: int = 5,
    level: float = 0.05,
    exposure: ArrayLike = 1.0,
) -> Warnings:
    """
    In which of all these series and places is there suddenly more than there should be?

    `counts` is (series, months), all of the same months, 24 or more, no hole;
    a series with one is not tested. The last `window` months are set against a
    smooth season, and a trend where there is a clear one, learnt from the months
    before, leaving out the `skip` just before the window so that a rise under way
    does not hide itself, and playing past outbreaks down. `exposure` (days,
    people) broadcasts against `counts`.

    P-values allow for what is not known about the mean and the variance. Things
    rarer than two a month are taken to be as clustered as the most clustered
    tenth of busier series here, and to be due one more cluster than was seen:
    otherwise a thousand quiet places would raise dozens of alarms a month.
    Benjamini–Hochberg over all series then holds the chance that months of
    nothing raise any alarm at `level`.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    months = y.shape[1]
    people = np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    tested = ~np.isnan(y).any(1) & (months >= FEWEST_MONTHS)
    observed = np.where(tested, y[:, -window:].sum(1), np.nan)
    expected, upper, p = np.full((3, y.shape[0]), np.nan)
    if tested.any():
        expected[tested], variance, freedom = _expected(y[tested], people[tested], window, skip)
        chance = predictive_p(observed[tested], expected[tested], variance, freedom)
        recent = y[tested, -max(window, 3) :].sum(1)
        p[tested] = np.where(recent >= fewest, chance, 1.0)
        upper[tested], _ = two_thirds_threshold(
            observed[tested], expected[tested], 0.0, variance / expected[tested], 0.025
        )
    adjusted = benjamini_hochberg(p)
    exceedance = (observed - expected) / (upper - expected)
    alarm = np.asarray(adjusted <= level, dtype=np.bool_)
    return Warnings(observed, expected, upper, exceedance, p, adjusted, alarm, tested, window, level)


def _expected(y: Floats, people: Floats, window: int, skip: int) -> tuple[Floats, Floats, int]:
    """The mean and variance to be expected of each sum, and how many degrees of freedom know the variance."""
    months = y.shape[1]
    past, now = slice(0, months - window - skip), slice(months - window, months)
    season = np.column_stack([np.ones(months), harmonics(np.arange(months))])
    rising = np.column_stack([season, (np.arange(months) - months) / 12])
    offset = np.log(people)
    flat = reweighted(y[:, past], season[past], offset=offset[:, past])
    sloped = reweighted(y[:, past], rising[past], offset=offset[:, past])
    clear = np.abs(sloped.coefficients[:, -1]) > 2 * sloped.standard_errors(floor=1.0)[:, -1]
    mean_flat, variance_flat = _predicted(flat, season[now], offset[:, now])
    mean_sloped, variance_sloped = _predicted(sloped, rising[now], offset[:, now])
    mean = np.where(clear, mean_sloped, mean_flat)
    variance = np.where(clear, variance_sloped, variance_flat)
    rare = y[:, past].mean(1) < RARE_A_MONTH
    clustered = _clustered(flat.dispersion[~rare])
    share = people[:, now].sum(1) / people[:, past].sum(1)
    one_more = (y[:, past].sum(1) + clustered) * share
    mean = np.where(rare, np.maximum(mean, one_more), mean)
    variance = np.where(rare, np.maximum(variance, clustered * mean * (1 + share)), variance)
    return mean, variance, sloped.freedom


def _predicted(model: Fit, design: Floats, offset: Floats) -> tuple[Floats, Floats]:
    """The mean of a sum of months, and its variance: that of the months, and that of the fitted mean."""
    mean = np.exp(np.clip(model.coefficients @ design.T + offset, -30, 30))
    phi = np.maximum(model.dispersion, 1.0)
    gradient = mean @ design
    of_mean = np.einsum("sp,spq,sq->s", gradient, model.covariance, gradient)
    return mean.sum(1), phi * (mean.sum(1) + of_mean)


def _clustered(dispersion: Floats) -> float:
    """How variable are the most variable tenth of these series?"""
    if dispersion.size < _FEWEST_TO_LEARN_FROM:
        return _DISPERSION_UNLESS_LEARNT
    return float(max(np.quantile(dispersion, 0.9), 1.0))
