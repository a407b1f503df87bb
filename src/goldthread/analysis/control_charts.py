"""Is it behaving as it usually does: run charts with limits (XmR and u), and the signals on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Rule = Literal["outside", "eight on one side", "two of three near a limit", "six in one direction"]

FEWEST_POINTS = 12
# 3 / 1.128 and 3.267: three standard deviations of values and of ranges, by way of the average moving range.
LIMIT = 2.66
RANGE_LIMIT = 3.267

RULES: tuple[Rule, ...] = ("outside", "eight on one side", "two of three near a limit", "six in one direction")


@dataclass(frozen=True)
class ControlChart:
    """
    Series against the limits of their usual variation.

    (series, places): `values`, `lower`, `upper`, `moving_range` (NaN where the
    place before is missing) and, for each rule, `signals[rule]`, true at the
    place that completes the pattern. One a series: `centre`, `range_limit`
    (NaN on a u-chart) and `enough`, false below twelve points, when limits are
    NaN and nothing signals.
    """

    values: Floats
    centre: Floats
    lower: Floats
    upper: Floats
    moving_range: Floats
    range_limit: Floats
    signals: dict[Rule, Flags]
    enough: Flags

    @property
    def any_signal(self) -> Flags:
        """Where at least one rule signals, (series, places)."""
        return np.asarray(np.any(list(self.signals.values()), axis=0), dtype=np.bool_)


def xmr_chart(
    values: ArrayLike,
    *,
    baseline: int | None = None,
    rules: tuple[Rule, ...] = ("outside", "eight on one side"),
    floor: float | None = 0.0,
) -> ControlChart:
    """
    Which months are unlike the rest, judged by how much each usually differs from the one before?

    Limits are the mean ± 2.66 average moving ranges, over the first `baseline`
    places (all of them if not given); a moving range above 3.267 times the
    average signals nothing here but is limited for show. Take the season out
    first, or every summer signals. `floor` is the least a value can be (None
    where it can be negative).

    On sixty months of chance alone "outside" signals at three places in a
    thousand and "eight on one side" at five; all four rules together signal
    somewhere on two such charts in five, so the last two are not used unless
    asked for. Months that resemble the one before signal more often.

    Source: Wheeler and Chambers (1992), Understanding Statistical Process Control.
    """
    x = np.atleast_2d(np.asarray(values, np.float64))
    known = ~np.isnan(x)
    span = slice(0, baseline or x.shape[1])
    enough = known[:, span].sum(1) >= FEWEST_POINTS
    moving = _moving_range(x)
    centre = np.where(enough, _mean(x[:, span]), np.nan)
    average = np.where(enough, _mean(moving[:, span]), np.nan)
    sigma = np.repeat((LIMIT * average / 3)[:, None], x.shape[1], axis=1)
    low, high = centre[:, None] - 3 * sigma, centre[:, None] + 3 * sigma
    low = low if floor is None else np.maximum(low, floor)
    signals = _signals(x, centre, low, high, sigma, rules)
    return ControlChart(x, centre, low, high, moving, RANGE_LIMIT * average, signals, enough)


def u_chart(
    counts: ArrayLike,
    exposure: ArrayLike,
    *,
    baseline: int | None = None,
    rules: tuple[Rule, ...] = ("outside", "eight on one side"),
    allow_for_dispersion: bool = True,
) -> ControlChart:
    """
    Which months' rates are unlike the rest, when months have different numbers of people or days behind them?

    `values` of the answer are count over exposure; limits are the overall rate
    ± 3 standard errors, wider where the exposure is less. Counts of crime vary
    more than the Poisson distribution that a u-chart supposes, and then nearly
    every month signals; `allow_for_dispersion` widens the limits by what the
    moving ranges of the standardised rates show (never narrows them).

    Source: Laney (2002), Quality Engineering 14, 531.
    """
    c, n = np.broadcast_arrays(np.atleast_2d(np.asarray(counts, np.float64)), np.asarray(exposure, np.float64))
    known = ~np.isnan(c) & (n > 0)
    c, n = np.where(known, c, np.nan), np.where(known, n, np.nan)
    span = slice(0, baseline or c.shape[1])
    enough = known[:, span].sum(1) >= FEWEST_POINTS
    whole = np.nansum(n[:, span], axis=1)
    centre = np.where(enough, np.nansum(c[:, span], axis=1) / np.where(whole > 0, whole, 1.0), np.nan)
    rate = c / n
    error = np.sqrt(np.where(centre > 0, centre, np.nan)[:, None] / n)
    if allow_for_dispersion:
        standard = (rate - centre[:, None]) / error
        ranges = np.abs(np.diff(standard[:, span], axis=1))
        error = error * np.maximum(np.where(enough, _mean(ranges) / 1.128, np.nan), 1.0)[:, None]
    low, high = np.maximum(centre[:, None] - 3 * error, 0.0), centre[:, None] + 3 * error
    signals = _signals(rate, centre, low, high, error, rules)
    return ControlChart(rate, centre, low, high, _moving_range(rate), np.full(c.shape[0], np.nan), signals, enough)


def _moving_range(x: Floats) -> Floats:
    """How far is each place from the one before?"""
    return np.concatenate([np.full((x.shape[0], 1), np.nan), np.abs(np.diff(x, axis=1))], axis=1)


def _mean(values: Floats) -> Floats:
    """The mean of what is known, NaN where nothing is."""
    known = (~np.isnan(values)).sum(1)
    return np.asarray(np.where(known > 0, np.nansum(values, axis=1) / np.maximum(known, 1), np.nan), dtype=np.float64)


def _signals(
    x: Floats, centre: Floats, low: Floats, high: Floats, sigma: Floats, rules: tuple[Rule, ...]
) -> dict[Rule, Flags]:
    middle = centre[:, None]
    # Comparisons with a missing value are false, so a hole breaks every run.
    above, below = x > middle, x < middle
    rise = np.zeros(x.shape, dtype=bool)
    fall = rise.copy()
    rise[:, 1:], fall[:, 1:] = x[:, 1:] > x[:, :-1], x[:, 1:] < x[:, :-1]
    far_above, far_below = x > middle + 2 * sigma, x < middle - 2 * sigma
    every: dict[Rule, Flags] = {
        "outside": (x > high) | (x < low),
        "eight on one side": _of_last(above, 8, 8) | _of_last(below, 8, 8),
        "two of three near a limit": (far_above & _of_last(far_above, 3, 2)) | (far_below & _of_last(far_below, 3, 2)),
        # Six points one after another make five steps.
        "six in one direction": _of_last(rise, 5, 5) | _of_last(fall, 5, 5),
    }
    return {rule: every[rule] for rule in rules}


def _of_last(flags: Flags, span: int, at_least: int) -> Flags:
    """Where do at least so many of the last `span` places, this one among them, hold?"""
    running = np.concatenate([np.zeros((flags.shape[0], 1)), np.cumsum(flags, axis=1)], axis=1)
    out = np.zeros(flags.shape, dtype=bool)
    out[:, span - 1 :] = running[:, span:] - running[:, :-span] >= at_least
    return out
