"""Is it real? One rise or fall, held against everything else that could have made it."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.change import Change, compare_months
from goldthread.analysis.real.answers import (
    CategoryShift,
    Explanation,
    Population,
    Reading,
    RecordingChange,
    Way,
)
from goldthread.analysis.real.recording import category_shifts, known_changes, step_everywhere
from goldthread.analysis.real.spread import where_from

Floats = NDArray[np.float64]


def is_it_real(
    total: ArrayLike,
    first: date,
    *,
    series: str = "",
    months: int = 12,
    p: float | None = None,
    level: float = 0.05,
    season_ratio: float = 1.0,
    places: ArrayLike | None = None,
    place_names: Sequence[str] = (),
    population: tuple[float, float] | None = None,
    recording: Sequence[RecordingChange] = (),
    siblings: ArrayLike | None = None,
    sibling_names: Sequence[str] = (),
) -> Explanation:
    """
    This series rose or fell on the year before: chance, season, recording, population, one place, or real?

    `total` is the series' counts from the month of `first`, at least a year and
    `months`; the last `months` are compared with the same months a year before.
    `p` is the p-value corrected for all the report's tests (or else its own).
    Matched months have the same season and `season_ratio` stays 1; where what is
    compared does not match, it is the factor by which season alone moves the
    count. `places` are counts (places, months) over the same months,
    `population` people before and after, `siblings` categories that rows could
    have moved to or from. What is not supplied is not judged: None or empty.
    """
    y = np.asarray(total, np.float64).ravel()
    if y.size < 12 + months:
        raise ValueError(f"{y.size} months do not reach a year back for {months} months.")
    then, now = slice(y.size - 12 - months, y.size - 12), slice(y.size - months, y.size)
    change = compare_months(y[then], y[now], exposure_after=season_ratio)
    way = _way(change, season_ratio)
    found_p = float(change.p[0]) if p is None else p
    where = None if places is None else np.atleast_2d(np.asarray(places, np.float64))
    spread = None if where is None else where_from(where[:, then], where[:, now], place_names, level=level)
    step = None if where is None else step_everywhere(where, first)
    days = _day(first, then.start, False), _day(first, y.size - 1, True)
    known = known_changes(recording, series, way, *days)
    shifts = () if siblings is None else _within(category_shifts(siblings, sibling_names), then.start)
    people = None if population is None else _population(y[then], y[now], population, found_p < level, season_ratio)
    draft = Explanation(
        way=way,
        before=int(np.nan_to_num(change.before[0])),
        after=int(np.nan_to_num(change.after[0])),
        ratio=float(change.ratio[0]),
        low=float(change.low[0]),
        high=float(change.high[0]),
        p=found_p if bool(change.enough[0]) else float("nan"),
        season_ratio=season_ratio,
        known=known,
        categories=shifts,
        step=step,
        population=people,
        places=spread,
        readings=(),
    )
    return replace(draft, readings=_readings(draft, level, then.start))


def _way(change: Change, season_ratio: float) -> Way:
    ratio = float(change.ratio[0]) * season_ratio
    if np.isnan(ratio) or ratio == 1:
        return "no change"
    return "rise" if ratio > 1 else "fall"


def _day(first: date, months: int, last: bool) -> date:
    """The first or last day of the month so many after that of `first`."""
    number = first.year * 12 + first.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return date(year, month, monthrange(year, month)[1] if last else 1)


def _within(shifts: tuple[CategoryShift, ...], start: int) -> tuple[CategoryShift, ...]:
    return tuple(shift for shift in shifts if shift.at > start)


def _population(
    before: Floats, after: Floats, people: tuple[float, float], beyond_chance: bool, season_ratio: float
) -> Population:
    """Does the change go away, or shrink by half, when it is counted by the head?"""
    rate = compare_months(before, after, exposure_before=people[0], exposure_after=people[1] * season_ratio)
    of_people = float(np.log(people[1] / people[0]))
    of_count = float(np.log(float(rate.ratio[0])) + of_people) if rate.ratio[0] > 0 else np.inf
    share = of_people / of_count if of_count not in (0.0, np.inf) and np.isfinite(of_count) else 0.0
    explains = beyond_chance and share >= 0.5
    return Population(
        people[0], people[1], float(rate.ratio[0]), float(rate.low[0]), float(rate.high[0]), share, explains
    )


def _readings(draft: Explanation, level: float, start: int) -> tuple[Reading, ...]:
    """Which readings hold, in order of precedence? `start` is the position where the earlier period begins."""
    if np.isnan(draft.p):
        return (Reading.TOO_FEW,)
    if draft.p >= level or draft.way == "no change":
        left_over = abs(np.log(max(draft.ratio, 1e-9)))
        return (Reading.SEASON,) if abs(np.log(draft.season_ratio)) > left_over else (Reading.CHANCE,)
    step, people = draft.step, draft.population
    spread = draft.places.spread if draft.places is not None else "not known"
    holds = {
        Reading.CATEGORY: bool(draft.categories),
        Reading.RECORDING: bool(draft.known),
        Reading.STEP: step is not None
        and step.everywhere
        and step.at > start
        and (step.ratio > 1) == (draft.way == "rise"),
        Reading.POPULATION: people is not None and people.explains,
        Reading.ONE_PLACE: spread == "one place",
        Reading.FEW_PLACES: spread == "a few places",
        Reading.WIDESPREAD: spread == "most places",
    }
    return tuple(reading for reading, yes in holds.items() if yes) or (Reading.REAL,)
