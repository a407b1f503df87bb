"""From values to places on a chart, and the ticks that a reader can count by."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Series
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import text_width

_STEPS: Final = (1.0, 2.0, 2.5, 5.0, 10.0)


@dataclass(frozen=True)
class Scale:
    """A straight scale from values `low` to `high` onto pixels `start` to `end`, with its ticks."""

    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...] = ()

    def __call__(self, value: float) -> float:
        """Return where a value stands, in pixels."""
        if self.high == self.low:
            return self.start
        return self.start + (value - self.low) / (self.high - self.low) * (self.end - self.start)

    @property
    def labels(self) -> tuple[str, ...]:
        """Say the ticks, all to the same number of places."""
        return said(self.ticks)


def scale(values: Iterable[float | None], start: float, end: float, *, zero: bool = True, ticks: int = 5) -> Scale:
    """Make a scale that holds all values, begins at zero unless told not to, and ends on a tick."""
    given = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(given), max(given)) if given else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if high <= low:
        low, high = (0.0, max(1.0, high)) if zero and low >= 0 else (low - 1, low + 1)
    step = tick_step(high - low, ticks)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    marks = tuple(round(at * step, 10) for at in range(first, last + 1))
    return Scale(marks[0], marks[-1], start, end, marks)


def tick_step(extent: float, ticks: int) -> float:
    """Choose a step of 1, 2, 2.5 or 5 times a power of ten that gives about `ticks` steps."""
    rough = extent / ticks
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in _STEPS if step * power >= rough * 0.999)


def said(values: Sequence[float | None]) -> tuple[str, ...]:
    """Say numbers alike: to as many places (two at most) as tell them apart; nothing for None."""
    given = [value for value in values if value is not None]
    near = 1e-6 * max((abs(value) for value in given), default=1.0)
    places = next((places for places in (0, 1) if all(abs(v - round(v, places)) <= near for v in given)), 2)
    return tuple("" if value is None else words.number(value, places) for value in values)


def said_to_three(values: Sequence[float | None]) -> tuple[str, ...]:
    """Say measured numbers alike: whole ones whole, others to about three figures."""
    given = [abs(value) for value in values if value is not None]
    whole = all(float(value).is_integer() for value in given)
    places = 0 if whole or not given or max(given) >= 100 else 1 if max(given) >= 1.5 else 2
    return tuple("" if value is None else words.number(value, places) for value in values)


def labels_of(series: Iterable[Series]) -> list[Cell]:
    """
    List the x labels of several series, each once, in order.

    Months are sorted and those between the first and the last are all there,
    so that a month nobody sent is a gap and not a shorter year.
    """
    labels = list(dict.fromkeys(x for one in series for x in one.x))
    if labels and all(is_month(label) for label in labels):
        return list(_every_month(sorted(str(label)[:7] for label in labels)))
    if labels and all(isinstance(label, int | float) for label in labels):
        return sorted(labels, key=lambda label: float(label) if isinstance(label, int | float) else 0.0)
    return labels


def is_month(label: Cell) -> bool:
    """Whether a label is a month, as 2025-01 or 2025-01-01."""
    return (
        isinstance(label, str)
        and len(label) in (7, 10)
        and label[4] == "-"
        and label[:4].isdigit()
        and label[5:7].isdigit()
    )


def key(label: Cell) -> Cell:
    """Return the label a point is looked up by: a month without its day."""
    return label[:7] if isinstance(label, str) and is_month(label) else label


def _every_month(months: Sequence[str]) -> Iterable[str]:
    year, month = int(months[0][:4]), int(months[0][5:])
    while f"{year:04d}-{month:02d}" <= months[-1]:
        yield f"{year:04d}-{month:02d}"
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)


def month_ticks(labels: Sequence[Cell], width: float) -> list[tuple[int, str, str]]:
    """
    Choose the months to print under an axis: (position, month, year or nothing).

    Every 1, 2, 3, 6 or 12 months, counted from January, as closely as fits;
    the year stands under the first one printed of each year.
    """
    room = width / max(1, len(labels))
    step = next((step for step in (1, 2, 3, 6, 12) if room * step >= 34), 12)
    ticks: list[tuple[int, str, str]] = []
    year = ""
    for at, label in enumerate(labels):
        if (int(str(label)[5:7]) - 1) % step == 0:
            name, its_year = words.short_month(str(label)).split()
            ticks.append((at, name if step < 12 else its_year, its_year if its_year != year and step < 12 else ""))
            year = its_year
    if not ticks and labels:
        name, year = words.short_month(str(labels[0])).split()
        ticks.append((0, name, year))
    return ticks


def thinned(labels: Sequence[str], width: float) -> list[int]:
    """Choose which of evenly spaced labels to print so that none overlap: every one, or every second, third…"""
    room = width / max(1, len(labels))
    widest = max((text_width(label) for label in labels), default=0.0) + 8
    return list(range(0, len(labels), max(1, math.ceil(widest / room))))


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Move labels apart along a line so that each keeps `gap` to the next, near to where it is wanted."""
    order = sorted(range(len(wanted)), key=lambda at: wanted[at])
    placed = [min(max(wanted[at], low), high) for at in order]
    for at in range(1, len(placed)):
        placed[at] = max(placed[at], placed[at - 1] + gap)
    overflow = placed[-1] - high if placed else 0.0
    if overflow > 0:
        placed[-1] = high
        for at in range(len(placed) - 2, -1, -1):
            placed[at] = min(placed[at], placed[at + 1] - gap)
    result = [0.0] * len(wanted)
    for position, at in zip(placed, order, strict=True):
        result[at] = position
    return result
