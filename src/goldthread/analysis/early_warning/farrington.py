"""Is the latest count beyond what the same time of earlier years leads one to expect? (Farrington flexible.)"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri, stdtr

from goldthread.analysis.early_warning.predictive import chance_beyond, count_quantile
from goldthread.analysis.poisson_regression import Fit, fit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Threshold = Literal["two thirds", "negative binomial"]


@dataclass(frozen=True)
class Settings:
    """
    How far back Farrington's method looks, and how it judges. Times are in places of the series.

    `years` back, `half_window` about the same time in each, `levels` of the
    season (1 uses the windows alone, as in 1996), `skip` of the latest places,
    `outlying` residual above which a past count is played down, `trend_level`
    the p-value below which a trend is kept (1 always), `alpha` one-sided,
    `fewest` events in the last `recent` places for an alarm.
    """

    period: int = 52
    years: int = 4
    half_window: int = 3
    levels: int = 10
    skip: int = 26
    outlying: float = 2.58
    trend_level: float = 1.0
    alpha: float = 0.05
    threshold: Threshold = "two thirds"
    fewest: int = 5
    recent: int = 4


# As first published, and as improved; and the improved one for months.
ORIGINAL_1996 = Settings(levels=1, skip=3, outlying=1.0, trend_level=0.05)
FLEXIBLE_2013 = Settings(threshold="negative binomial")
MONTHLY = Settings(period=12, years=4, half_window=1, levels=10, skip=6, threshold="negative binomial", recent=3)


@dataclass(frozen=True)
class Exceedance:
    """
    Each series' count at one place against what was to be expected there.

    `exceedance` is (observed - expected) / (upper - expected): an alarm above
    1, given enough events. `p` is the chance of so many or more.
    """

    observed: Floats
    expected: Floats
    upper: Floats
    exceedance: Floats
    p: Floats
    dispersion: Floats
    trend: Flags
    alarm: Flags


def farrington(series: ArrayLike, settings: Settings = FLEXIBLE_2013, *, at: int | None = None) -> Exceedance:
    """
    Which series are beyond their upper bound at place `at` (the last, if not given)?

    `series` is (series, places), no hole, and must reach `years` back. A
    quasi-Poisson regression on a trend and a season in steps, fitted twice so
    that past outbreaks count for less; all series are fitted in step. Made for
    weeks with dates; for months use `MONTHLY`, and for many series at once
    `warnings_across`, which holds the share of false alarms.

    Source: Farrington et al. (1996), J. R. Statist. Soc. A 159, 547; Noufaily
    et al. (2013), Statistics in Medicine 32, 1206.
    """
    y = np.atleast_2d(np.asarray(series, np.float64))
    now = y.shape[1] - 1 if at is None else at
    blocks = season_blocks(y.shape[1], now, settings)
    used = np.flatnonzero(blocks >= 0)
    used = used[(used < now - settings.skip) | (used > now)]
    seasons = _indicators(blocks[used])
    today = _indicators(np.r_[blocks[used], settings.levels - 1])[-1]
    past = y[:, used]
    flat = np.column_stack([np.ones(used.size), seasons])
    rising = np.column_stack([flat, (used - now) / settings.period])
    x_flat, x_rising = np.r_[1.0, today], np.r_[1.0, today, 0.0]
    with_trend = reweighted(past, rising, settings.outlying)
    keep = _trend_kept(with_trend, past, x_rising, settings)
    without = reweighted(past, flat, settings.outlying)
    log_mean = np.where(keep, with_trend.coefficients @ x_rising, without.coefficients @ x_flat)
    phi = np.maximum(np.where(keep, with_trend.dispersion, without.dispersion), 1.0)
    variance = phi * np.where(keep, _quadratic(with_trend, x_rising), _quadratic(without, x_flat))
    mean = np.exp(log_mean)
    return _judge(y, now, mean, mean**2 * variance, phi, keep, settings)


def season_blocks(places: int, now: int, settings: Settings) -> NDArray[np.int64]:
    """
    Which step of the season is each place in, seen from `now`? (-1 is none: it is not used.)

    The windows about the same time of earlier years are the last step; what
    lies between two windows is shared out evenly over the other steps.
    """
    w, steps = settings.half_window, settings.levels
    first = now - settings.period * settings.years
    if first - w < 0 or now >= places:
        raise ValueError(f"The series does not reach {settings.years} years back.")
    blocks = np.full(places, -1, dtype=np.int64)
    blocks[now - w : now + 1] = steps - 1
    for back in range(1, settings.years + 1):
        centre = now - settings.period * back
        blocks[centre - w : centre + w + 1] = steps - 1
        between = settings.period - 2 * w - 1
        if steps > 1:
            lengths = np.full(steps - 1, between // (steps - 1))
            lengths[: between % (steps - 1)] += 1
            blocks[centre + w + 1 : centre + w + 1 + between] = np.repeat(np.arange(steps - 1), lengths)
    return blocks


def _indicators(blocks: NDArray[np.int64]) -> Floats:
    """Columns of noughts and ones for every step but the first that occurs."""
    kinds = np.unique(blocks)[1:]
    return np.asarray(blocks[:, None] == kinds[None, :], dtype=np.float64)


def reweighted(counts: Floats, design: Floats, outlying: float = 2.58, *, offset: ArrayLike = 0.0) -> Fit:
    """This will fit, play past outbreaks down by their Anscombe residuals, and fit again."""
    first = fit(counts, design, offset=offset)
    phi = np.maximum(first.dispersion, 1.0)
    mu = np.maximum(first.mean, 1e-10)
    leverage = mu * np.einsum("np,spq,nq->sn", design, first.covariance, design)
    raw = 1.5 * (counts ** (2 / 3) * mu ** (-1 / 6) - np.sqrt(mu))
    residual = raw / np.sqrt(phi[:, None] * np.maximum(1 - leverage, 1e-9))
    return fit(counts, design, weights=outbreak_weights(residual, outlying), offset=offset)


def outbreak_weights(residual: ArrayLike, outlying: float) -> Floats:
    """How much should each past count weigh, given its residual? Beyond `outlying`, by the inverse of its square."""
    s = np.atleast_2d(np.asarray(residual, np.float64))
    weight = np.where(s > outlying, 1 / np.where(s > outlying, s, 1.0) ** 2, 1.0)
    return np.asarray(weight * s.shape[1] / weight.sum(1, keepdims=True), dtype=np.float64)


def _quadratic(model: Fit, x: Floats) -> Floats:
    return np.asarray(np.einsum("p,spq,q->s", x, model.covariance, x), dtype=np.float64)


def _trend_kept(model: Fit, past: Floats, today: Floats, settings: Settings) -> Flags:
    """A trend is kept when significant, three years long, and not leading beyond anything seen."""
    t = model.coefficients[:, -1] / np.maximum(model.standard_errors()[:, -1], 1e-12)
    significant = 2 * stdtr(max(model.freedom, 1), -np.abs(t)) < settings.trend_level
    expected = np.exp(np.clip(model.coefficients @ today, -30, 30))
    kept = significant & (expected <= past.max(1)) & (settings.years >= 3)
    return np.asarray(kept, dtype=np.bool_)


def _judge(
    y: Floats, now: int, mean: Floats, mean_variance: Floats, phi: Floats, trend: Flags, settings: Settings
) -> Exceedance:
    seen = y[:, now]
    if settings.threshold == "two thirds":
        upper, p = two_thirds_threshold(seen, mean, mean_variance, phi, settings.alpha)
    else:
        upper, p = negative_binomial_threshold(seen, mean, phi, settings.alpha)
    beyond = np.maximum(upper - mean, 1e-12)
    enough = y[:, max(now - settings.recent + 1, 0) : now + 1].sum(1) >= settings.fewest
    score = (seen - mean) / beyond
    return Exceedance(seen, mean, upper, score, p, phi, trend, enough & (score > 1) & (seen > 0))


def two_thirds_threshold(
    seen: ArrayLike, mean: ArrayLike, mean_variance: ArrayLike, phi: ArrayLike, alpha: float
) -> tuple[Floats, Floats]:
    """What is the upper bound, and the chance of so many or more, when counts to the power 2/3 are normal?"""
    mu = np.asarray(mean, np.float64)
    spread = np.sqrt(4 / 9 * np.cbrt(mu) * (np.asarray(phi) + np.asarray(mean_variance) / mu))
    middle = mu ** (2 / 3)
    upper = (middle - ndtri(alpha) * spread) ** 1.5
    p = ndtr(-(np.asarray(seen, np.float64) ** (2 / 3) - middle) / spread)
    return np.asarray(upper, dtype=np.float64), np.asarray(p, dtype=np.float64)


def negative_binomial_threshold(
    seen: ArrayLike, mean: ArrayLike, phi: ArrayLike, alpha: float
) -> tuple[Floats, Floats]:
    """What is the upper bound, and the chance of so many or more, for a count of this mean and dispersion?"""
    y = np.asarray(seen, np.float64)
    return count_quantile(1 - alpha, mean, phi), chance_beyond(y - 1, mean, phi)
