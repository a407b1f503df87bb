"""When it happens: hour of the week, also when only a window is known, and time of year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, fdtrc, ndtr, stdtr, stdtrit

from goldthread.analysis.significance import benjamini_hochberg

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Moments = NDArray[np.datetime64]

WEEK = 168
_WEEK_MINUTES = 7 * 24 * 60
_MONDAY = np.datetime64("1969-12-29T00:00", "m")


@dataclass(frozen=True)
class Aoristic:
    """
    Events spread over the hours of the week in which they may have happened.

    `weights` are 168, from Monday 00:00, and add up to `events`. `dated` had one
    moment, or only a start; `windowed` had a window; `backwards` ended before
    they started and count at their start; `too_wide` had a window of more than
    the longest that was allowed and count equally in every hour; `undated` had
    no start and count nowhere.
    """

    weights: Floats
    events: int
    dated: int
    windowed: int
    backwards: int
    too_wide: int
    undated: int


@dataclass(frozen=True)
class HeatClock:
    """
    Seven days by twenty-four hours: what was counted, what was expected, and where they part.

    All arrays are (7, 24), Monday first. `residual` is in standard deviations;
    `p` is NaN where too little was expected to test; `high` and `low` stand out
    after allowing for 168 looks.
    """

    counts: Floats
    expected: Floats
    residual: Floats
    p: Floats
    high: NDArray[np.bool_]
    low: NDArray[np.bool_]
    against: str


@dataclass(frozen=True)
class Season:
    """
    Twelve calendar months, January first: an index of 100 is an average day of the year.

    `counts` and `days` are what the index rests on. `low` and `high` bound the
    index; `stands_out` is after allowing for twelve looks. `p` asks whether
    there is any season at all. `dispersion` is how many times more the months
    vary than chance alone would make them; it needs two years, and is 1 with less.
    """

    counts: Floats
    days: Floats
    index: Floats
    low: Floats
    high: Floats
    stands_out: NDArray[np.bool_]
    p: float
    dispersion: float
    years: int


def hour_of_week(when: Moments) -> Whole:
    """In which hour of the week, 0 (Monday 00:00) to 167, did each happen? Local clock time; no time is -1."""
    minutes = (when.astype("datetime64[m]") - _MONDAY).astype(np.int64)
    return np.where(np.isnat(when), -1, minutes % _WEEK_MINUTES // 60)


def hour_of_week_counts(when: Moments) -> Whole:
    """How many happened in each of the 168 hours of the week, from Monday 00:00? Those with no time are left out."""
    hours = hour_of_week(when)
    return np.bincount(hours[hours >= 0], minlength=WEEK)


def aoristic(start: Moments, end: Moments, *, longest_hours: float = WEEK) -> Aoristic:
    """
    In which hours of the week did they happen, when only a window is known?

    Each event has a weight of 1, spread evenly over the minutes from `start` to
    `end` (local clock time, `end` not included). With no `end`, or one that is
    not after `start`, it counts in the hour of its start; one that lies before
    `start` is counted as backwards, so that the sender can be told. A window
    over `longest_hours` (at most a week) says nothing of the hour and counts
    1/168 everywhere.

    Limits: a burglary found after a fortnight's holiday is not a night-time
    burglary; try a shorter `longest_hours` and see whether the peak moves.
    Needs times to the minute. Ratcliffe (2002), Aoristic signatures and the
    spatio-temporal analysis of high volume crime patterns, JQC 18:23.
    """
    if not 0 < longest_hours <= WEEK:
        raise ValueError(f"The longest window must be over 0 and at most {WEEK} hours, not {longest_hours:g}.")
    has_start = ~np.isnat(start)
    first = (start[has_start].astype("datetime64[m]") - _MONDAY).astype(np.int64)
    closed = ~np.isnat(end[has_start])
    last = np.where(closed, (end[has_start].astype("datetime64[m]") - _MONDAY).astype(np.int64), first)
    backwards = last < first
    span = np.where(backwards, 0, last - first)
    wide = span > longest_hours * 60
    weights = np.full(WEEK, wide.sum() / WEEK) + _spread(first[~wide] % _WEEK_MINUTES, span[~wide])
    return Aoristic(
        weights,
        int(first.size),
        int(np.count_nonzero((span == 0) & ~backwards)),
        int(np.count_nonzero((span > 0) & ~wide)),
        int(np.count_nonzero(backwards)),
        int(np.count_nonzero(wide)),
        int(start.size - first.size),
    )


def _spread(first: Whole, span: Whole) -> Floats:
    """Weights of windows by hour of the week: part of the first and last hour, all of those between."""
    last = first + span
    opens, closes = first // 60, last // 60
    within = opens == closes
    one = np.bincount(opens[within], minlength=WEEK)[:WEEK].astype(np.float64)
    first, last, opens, closes = first[~within], last[~within], opens[~within], closes[~within]
    minute = 1.0 / (last - first)
    bins = 2 * WEEK + 2
    hours = np.bincount(opens, (60 - first % 60) * minute, bins) + np.bincount(closes, last % 60 * minute, bins)
    rises = np.bincount(opens + 1, 60 * minute, bins) - np.bincount(closes, 60 * minute, bins)
    hours += np.cumsum(rises)
    folded = hours[:WEEK] + hours[WEEK : 2 * WEEK]
    return np.asarray(one + np.maximum(folded, 0.0))


def heat_clock(
    hours: ArrayLike,
    *,
    days: ArrayLike | None = None,
    against: Literal["an even week", "day and hour"] = "an even week",
    rate: float = 0.05,
) -> HeatClock:
    """
    Which hours of the week stand out?

    `hours` are 168 counts or aoristic weights. `days` is how many Mondays,
    Tuesdays … the period had (they are rarely equal). Against "an even week",
    each hour should have its share of the period. Against "day and hour", it
    should have what its day and its hour have separately, so that what stands
    out is the combination (Friday night beyond Fridays and beyond nights).

    Tests are binomial (mid-p) against an even week; adjusted chi-square
    residuals where at least 5 are expected against day and hour (Haberman
    1973). Both allow for many looks (Benjamini–Hochberg at `rate`). Aoristic
    weights are smoother than counts, so tests on them miss rather than invent.
    """
    counts = np.asarray(hours, np.float64).reshape(7, 24)
    total = counts.sum()
    if total <= 0:
        raise ValueError("There are no events, so there is no week to draw.")
    by_day = np.ones(7) if days is None else np.asarray(days, np.float64)
    if against == "an even week":
        share = np.repeat(by_day / by_day.sum() / 24, 24).reshape(7, 24)
        spread = 1 - share
        below, above = _binomial_tails(counts, total, share)
        p = np.minimum(1.0, 2 * np.minimum(below, above))
    else:
        row, column = counts.sum(1, keepdims=True) / total, counts.sum(0, keepdims=True) / total
        share, spread = row * column, (1 - row) * (1 - column)
        p = np.full((7, 24), np.nan)
    expected = total * share
    with np.errstate(invalid="ignore", divide="ignore"):
        residual = np.nan_to_num((counts - expected) / np.sqrt(expected * spread))
    if against == "day and hour":
        p = np.where(expected >= 5, 2 * ndtr(-np.abs(residual)), np.nan)
    named = benjamini_hochberg(p) <= rate
    return HeatClock(counts, expected, residual, p, named & (residual > 0), named & (residual < 0), against)


def _binomial_tails(counts: Floats, total: float, share: Floats) -> tuple[Floats, Floats]:
    """The chance of this many or fewer, and of this many or more, half of a tie in each."""
    at_least = np.where(counts > 0, betainc(np.maximum(counts, 1e-9), total - counts + 1, share), 1.0)
    rest = np.maximum(total - counts, 1e-9)
    more = np.where(counts < total, betainc(counts + 1, rest, share), 0.0)
    middle = (at_least + more) / 2
    return 1 - middle, middle


def season(
    counts: ArrayLike, first_month: str, *, observed: ArrayLike | None = None, confidence: float = 0.95
) -> Season:
    """
    Is there a season, and which months stand above or below the year?

    `counts` run month by month from `first_month` ("2024-01"); `observed` is
    false where a month did not come, which is missing and not zero. Months are
    compared by the day, so February is not low for being short, and each year
    has its own level, so a rise is not taken for a season. Needs every calendar
    month at least once; with under two years a season cannot be told from that
    one year's events, and `dispersion` is taken to be 1.

    A Poisson model of level times season, fitted by iterative scaling; interval
    and tests widened by the dispersion (quasi-Poisson), with t and F tests.
    """
    y = np.asarray(counts, np.float64)
    start = np.datetime64(first_month, "M")
    months = start + np.arange(y.size)
    days = ((months + 1).astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.float64)
    seen = np.ones(y.size, bool) if observed is None else np.asarray(observed, bool)
    which, year = months.astype(np.int64) % 12, np.arange(y.size) // 12
    y, days = np.where(seen, y, 0.0), np.where(seen, days, 0.0)
    if np.any(np.bincount(which, days, 12) == 0):
        raise ValueError("A season needs every calendar month at least once.")
    if y.sum() <= 0:
        raise ValueError("There are no events, so there is no season.")
    level, shape = _level_and_shape(y, days, which, year)
    fitted = np.where(seen, days * level[year] * shape[which], 0.0)
    years = int(np.count_nonzero(np.bincount(year, seen) > 0))
    return _judged(y, days, which, fitted, level[year], shape, years, int(seen.sum()), confidence)


def _level_and_shape(y: Floats, days: Floats, which: Whole, year: Whole) -> tuple[Floats, Floats]:
    """Daily level of each year and shape of the months, which averages 1 over the days of a year."""
    lengths = np.array([31, 28.25, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) / 365.25
    shape = np.ones(12)
    by_year = np.bincount(year, y)
    by_month = np.bincount(which, y, 12)
    level = np.zeros(by_year.size)
    for _ in range(200):
        level = by_year / np.maximum(np.bincount(year, days * shape[which]), 1e-12)
        new = by_month / np.maximum(np.bincount(which, days * level[year], 12), 1e-12)
        new = new / (new @ lengths)
        done = np.abs(new - shape).max() < 1e-12
        shape = new
        if done:
            break
    return by_year / np.maximum(np.bincount(year, days * shape[which]), 1e-12), shape


def _judged(
    y: Floats,
    days: Floats,
    which: Whole,
    fitted: Floats,
    level: Floats,
    shape: Floats,
    years: int,
    seen: int,
    confidence: float,
) -> Season:
    """The season with its interval and tests."""
    ok = fitted > 0
    freedom = float(seen - years - 11)
    known = freedom >= 11
    dispersion = float(((y - fitted)[ok] ** 2 / fitted[ok]).sum()) / freedom if known else 1.0
    dispersion, freedom = max(dispersion, 1e-9), freedom if known else 1e9
    expected = np.bincount(which, days * level, 12)
    apart = np.bincount(which, y, 12) - expected
    share = expected / expected.sum()
    z = apart / np.sqrt(dispersion * expected * (1 - share))
    p = float(fdtrc(11, freedom, float((apart**2 / expected).sum()) / 11 / dispersion))
    spread = np.sqrt(dispersion * (1 - share) / np.maximum(np.bincount(which, y, 12), 0.5))
    reach = float(stdtrit(freedom, (1 + confidence) / 2)) * spread
    stands = benjamini_hochberg(2 * stdtr(freedom, -np.abs(z))) <= 1 - confidence
    low, high = 100 * shape * np.exp(-reach), 100 * shape * np.exp(reach)
    happened, lasted = np.bincount(which, y, 12).astype(np.float64), np.bincount(which, days, 12).astype(np.float64)
    return Season(happened, lasted, 100 * shape, low, high, stands, p, dispersion, years)
