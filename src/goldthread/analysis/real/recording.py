"""Traces that a change of recording leaves: steps in all places at once, categories that come and go, dated changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.change_points import change_points, neighbour_dispersion
from goldthread.analysis.real.answers import CategoryShift, Moved, RecordingChange, Step, Way
from goldthread.analysis.trends.calendar import days_in_months
from goldthread.analysis.trends.seasons import season

Floats = NDArray[np.float64]

# A category is gone (or new) when chance would keep it at nought so long less often than this.
_HARDLY_EVER = 1e-6
_FEWEST_A_SIDE = 10
_ABRUPT = 0.6
# How much better than any slope of half a year or longer a step must fit, in units of the months' own variance.
_CLEARLY_A_STEP = 4.0
_SLOPES = (6, 9, 12, 18)
_TOGETHER = 0.85
_FEWEST_PLACES = 5


def known_changes(
    changes: Sequence[RecordingChange], series: str, way: Way, first: date, last: date
) -> tuple[RecordingChange, ...]:
    """
    Which of the recording changes supplied could have made this series move this way, between these dates?

    `first` and `last` are days: the first of the earlier period and the last of the later.
    """
    return tuple(
        change
        for change in changes
        if first <= change.on <= last
        and (not change.series or series in change.series)
        and change.makes in ("either", way)
    )


def category_shifts(counts: ArrayLike, names: Sequence[str]) -> tuple[CategoryShift, ...]:
    """
    Which categories came or went for good while the others went on?

    `counts` is (categories, months). A category has vanished when it has had
    nothing for its last two months or more, and chance, at the rate and with the
    clustering it had before, would do that less than once in a million times;
    appeared, the same from the other end.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    if len(names) != y.shape[0]:
        raise ValueError(f"There are {len(names)} names for {y.shape[0]} categories.")
    found: list[CategoryShift] = []
    ways: tuple[tuple[Moved, Floats], ...] = (("vanished", y), ("appeared", y[:, ::-1]))
    for row, name in enumerate(names):
        for moved, series in ways:
            own = series[row][~np.isnan(series[row])]
            active = np.flatnonzero(own)
            if active.size == 0:
                continue
            lived, silent = int(active[-1]) + 1, int(own.size - active[-1] - 1)
            a_month = float(own[:lived].mean())
            spread = float(neighbour_dispersion(own[:lived])[0]) if lived > 1 else 1.0
            if silent >= 2 and np.exp(-a_month * silent / spread) < _HARDLY_EVER:
                at = lived if moved == "vanished" else y.shape[1] - lived
                found.append(CategoryShift(name, moved, at, a_month))
    return tuple(found)


def step_everywhere(places: ArrayLike, first: date) -> Step | None:
    """
    Did the total take a sudden step within the last two years, and did nearly all places take it together?

    `places` is (places, months) from the month of `first`, 24 months or more
    without a hole; otherwise, and where the total never stepped, the answer is
    None. A real rise seldom comes to every place in the same month; a change of
    recording does. So does a lockdown: the step is a reason to ask, not an answer.
    """
    y = np.atleast_2d(np.asarray(places, np.float64))
    months = y.shape[1]
    if months < 24 or np.isnan(y).any():
        return None
    total = y.sum(0)
    index = season(total, first.month, days_in_months(first, months)).index[0] / 100
    shape = np.maximum(index[(np.arange(months) + first.month - 1) % 12], 0.05)
    cut = change_points(total, exposure=shape)
    starts = [start for start in cut.starts[0] if start >= months - 24]
    if not starts:
        return None
    level = cut.level[0]
    at = max(starts, key=lambda start: abs(float(np.log(max(level[start], 1e-9) / max(level[start - 1], 1e-9)))))
    rate = total / shape
    change = level[at] - level[at - 1]
    abrupt = float((rate[at : at + 3].mean() - rate[at - 3 : at].mean()) / change)
    edges = [0, *cut.starts[0], months]
    left, right = edges[edges.index(at) - 1], edges[edges.index(at) + 1]
    compared, together = _moved_together(y, shape, left, at, right, bool(change > 0))
    sudden = abrupt >= _ABRUPT and _better_than_a_slope(rate[left:right], at - left) > _CLEARLY_A_STEP
    everywhere = sudden and compared >= _FEWEST_PLACES and together >= _TOGETHER * compared
    return Step(at, float(level[at] / level[at - 1]), abrupt, compared, together, everywhere)


def _better_than_a_slope(rate: Floats, at: int) -> float:
    """By how much is the squared error of a step less than that of the best slope, in units of the step's variance?"""
    t = np.arange(rate.size)

    def left_by(shape: Floats) -> float:
        design = np.column_stack([np.ones(rate.size), shape])
        found, *_ = np.linalg.lstsq(design, rate, rcond=None)
        return float(((rate - design @ found) ** 2).sum())

    step = left_by((t >= at).astype(np.float64))
    slopes = [
        left_by(np.clip((t + 0.5 - middle) / width + 0.5, 0.0, 1.0)) for width in _SLOPES for middle in range(rate.size)
    ]
    return (min(slopes) - step) / max(step / max(rate.size - 2, 1), 1e-12)


def _moved_together(y: Floats, shape: Floats, left: int, at: int, right: int, up: bool) -> tuple[int, int]:
    """Of the places with enough events either side of the step, how many moved the same way?"""
    before, after = y[:, left:at].sum(1), y[:, at:right].sum(1)
    enough = before + after >= 2 * _FEWEST_A_SIDE
    moved_up = after / shape[at:right].sum() > before / shape[left:at].sum()
    return int(enough.sum()), int((enough & (moved_up == up)).sum())
