"""Lines over months or labels: plain, with the limits of chance, and as small multiples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldthread.chapters import words
from goldthread.chapters.model import Chart, Series
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import Anchor, Canvas, Point
from goldthread.editions.charts.frame import (
    SMALL,
    EndLabel,
    Plot,
    axis_title,
    bottom_axis,
    end_labels,
    grid,
    left_of,
    room_for,
)
from goldthread.editions.charts.palette import DASHES, Palette
from goldthread.editions.charts.scales import Scale, is_month, key, labels_of, said_to_three, scale

_HEIGHT, _LOW = 222.0, 188.0
# How many months may be named, and the least room between two that are, in pixels.
_MOST_NAMED, _APART = 6, 90.0
# Dash and whether it is drawn in a colour of its own, by the part a series plays.
_QUIET_ROLES = {"limit": "3 3", "expected": "2 3", "forecast": "6 4", "compare": "7 4", "peer": ""}


@dataclass(frozen=True)
class _Style:
    colour: str
    dash: str
    width: float


def line(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw lines with their names at their ends; where a value is missing the line is broken."""
    return _lines(chart, palette, (), width)


def run(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw a run chart: the line, its centre and limits, and the points outside them ringed and named."""
    levels = tuple(
        (name, _level(chart.parameters.get(key_), chart))
        for key_, name in (("upper", "Upper limit"), ("centre", "Mean"), ("lower", "Lower limit"))
    )
    return _lines(chart, palette, tuple((name, values) for name, values in levels if values), width)


def _level(value: object, chart: Chart) -> tuple[float | None, ...]:
    """Read a limit: one number for all, or one for each point."""
    count = len(chart.series[0].x) if chart.series else 0
    if isinstance(value, int | float):
        return (float(value),) * count
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple(None if one is None else float(one) for one in value)
    return ()


def _lines(
    chart: Chart, palette: Palette, levels: tuple[tuple[str, tuple[float | None, ...]], ...], width: float
) -> Canvas:
    labels = labels_of(chart.series)
    place = {label: at for at, label in enumerate(labels)}
    values = [v for one in chart.series for part in (one.y, one.low, one.high) for v in part]
    values += [v for _, level in levels for v in level]
    names = [one.name for one in chart.series if one.name and (len(chart.series) > 1 or levels)]
    height = _HEIGHT if width > 600 else _LOW
    upright = scale(values, height - 50, 30, zero=bool(chart.parameters.get("zero", True)))
    room = room_for([*names, *(f"{name} 1,000" for name, _ in levels)], width) if names or levels else 20.0
    plot = Plot(left_of(upright), 30, width - room, height - 50)
    canvas = Canvas(width, height, palette)
    axis_title(canvas, chart.y_title)
    _limits_band(canvas, plot, upright, levels, len(labels))
    grid(canvas, plot, upright)
    _holes(canvas, plot, chart, labels)
    ends = _levels(canvas, plot, upright, levels, place, chart)
    for one, style in zip(chart.series, styles(chart.series, palette), strict=True):
        end = _draw(canvas, plot, upright, one, style, place)
        if end is not None and names:
            ends.append(EndLabel(end, one.name, style.colour, one.role in ("main", "subject")))
    _signals(canvas, plot, upright, chart, place)
    end_labels(canvas, plot, ends, room)
    bottom_axis(canvas, plot, labels)
    return canvas


def styles(series: Sequence[Series], palette: Palette) -> list[_Style]:
    """Give each series a colour and a dash: the main ones differ in both, the others are quiet."""
    result, mains = [], 0
    for one in series:
        if one.role in _QUIET_ROLES:
            result.append(
                _Style(palette.quiet if one.role != "forecast" else palette.main, _QUIET_ROLES[one.role], 1.5)
            )
        else:
            colours = palette.series
            result.append(_Style(colours[mains % len(colours)], DASHES[mains % len(DASHES)], 2.4))
            mains += 1
    return result


def _draw(
    canvas: Canvas, plot: Plot, upright: Scale, series: Series, style: _Style, place: Mapping[Cell, int]
) -> float | None:
    """Draw one line, broken where a value is missing, and return the height at which it ends."""
    at = {place[key(x)]: position for position, x in enumerate(series.x)}
    count, last = len(place), None
    if series.low and series.high:
        for stretch in _stretches(at, series.low, series.high):
            upper = [(plot.x(slot, count), upright(series.high[p] or 0.0)) for slot, p in stretch]
            lower = [(plot.x(slot, count), upright(series.low[p] or 0.0)) for slot, p in reversed(stretch)]
            canvas.area([*upper, *lower], style.colour, 0.14)
    for stretch in _stretches(at, series.y):
        points: list[Point] = [(plot.x(slot, count), upright(series.y[p] or 0.0)) for slot, p in stretch]
        if len(points) == 1:
            canvas.circle(*points[0], 2.5, style.colour)
        else:
            canvas.path(points, style.colour, style.width, style.dash)
        last = points[-1][1]
    return last


def _stretches(at: Mapping[int, int], *values: Sequence[float | None]) -> Iterator[list[tuple[int, int]]]:
    """Yield unbroken stretches as (slot, position in the series): nothing is drawn across a hole."""
    stretch: list[tuple[int, int]] = []
    for slot in range(min(at, default=0), max(at, default=-1) + 1):
        position = at.get(slot)
        if position is not None and all(v[position] is not None for v in values):
            stretch.append((slot, position))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


def _holes(canvas: Canvas, plot: Plot, chart: Chart, labels: Sequence[Cell]) -> None:
    """Hatch the months for which the first series has nothing, between its first and its last."""
    if not chart.series or not labels or not is_month(labels[0]):
        return
    main = chart.series[0]
    known = {key(x) for x, y in zip(main.x, main.y, strict=True) if y is not None}
    slots = [at for at, label in enumerate(labels) if label in known]
    missing = [at for at in range(min(slots, default=0), max(slots, default=0)) if labels[at] not in known]
    slot = plot.width / len(labels)
    for at in missing:
        canvas.rect(plot.left + at * slot, plot.top, slot, plot.bottom - plot.top, canvas.hatch(chart.id))
    if missing:
        middle = plot.left + (missing[0] + missing[-1] + 1) / 2 * slot
        canvas.text(middle, plot.top - 4, "no data", anchor="middle", colour=canvas.palette.quiet, size=11)


def _limits_band(
    canvas: Canvas, plot: Plot, upright: Scale, levels: Sequence[tuple[str, tuple[float | None, ...]]], count: int
) -> None:
    by_name = dict(levels)
    upper, lower = by_name.get("Upper limit", ()), by_name.get("Lower limit", ())
    if not upper or len(upper) != len(lower):
        return
    edges = [plot.left, *(plot.x(at, count) for at in range(1, len(upper) - 1)), plot.right]
    edges = edges if len(edges) == len(upper) else [plot.x(at, count) for at in range(len(upper))]
    top = [(x, upright(v)) for x, v in zip(edges, upper, strict=True) if v is not None]
    base = [(x, upright(v)) for x, v in zip(edges, lower, strict=True) if v is not None]
    canvas.area([*top, *reversed(base)], canvas.palette.main, 0.06)


def _levels(
    canvas: Canvas,
    plot: Plot,
    upright: Scale,
    levels: Sequence[tuple[str, tuple[float | None, ...]]],
    place: Mapping[Cell, int],
    chart: Chart,
) -> list[EndLabel]:
    """Draw the centre and the limits, and return their labels."""
    ends = []
    for name, values in levels:
        slots = [place[key(x)] for x in chart.series[0].x]
        points = [(plot.x(at, len(place)), upright(v)) for at, v in zip(slots, values, strict=False) if v is not None]
        if not points:
            continue
        if len(set(values)) == 1:
            points = [(plot.left, points[0][1]), (plot.right, points[0][1])]
        canvas.path(points, canvas.palette.quiet, 1.2, "" if name == "Mean" else "5 4")
        said = said_to_three([v for v in values if v is not None][-1:])[0]
        ends.append(EndLabel(points[-1][1], f"{name} {said}", canvas.palette.quiet))
    return ends


def _signals(canvas: Canvas, plot: Plot, upright: Scale, chart: Chart, place: Mapping[Cell, int]) -> None:
    """Ring the points outside the limits, and name up to six of them, the latest first, where names do not meet."""
    signals = chart.parameters.get("signals", ())
    if not chart.series or not isinstance(signals, Sequence | set | frozenset):
        return
    main = chart.series[0]
    named: list[Point] = []
    for position in sorted((int(at) for at in signals), reverse=True):
        value = main.y[position] if position < len(main.y) else None
        if value is None:
            continue
        x, y = plot.x(place[key(main.x[position])], len(place)), upright(value)
        canvas.circle(x, y, 6, "none", canvas.palette.accent, 2)
        canvas.circle(x, y, 2.5, canvas.palette.accent)
        if len(signals) <= _MOST_NAMED and all(abs(x - left) > _APART or abs(y - top) > 20 for left, top in named):
            label = main.x[position]
            month = words.short_month(str(label)) if is_month(label) else str(label)
            beside: Anchor = "end" if x > plot.left + plot.width * 0.7 else "start"
            shift = -10 if beside == "end" else 10
            text = f"{month}: {said_to_three([value])[0]}"
            level = y - 6 if y > plot.top + 20 else y + 14
            canvas.text(x + shift, level, text, anchor=beside, size=SMALL, strong=True, halo=True)
            named.append((x, y))


def multiples(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw one small line for each series, each on a scale of its own from zero, which is said."""
    columns = 3 if len(chart.series) != 4 and width > 600 else 2
    rows = -(-len(chart.series) // columns)
    labels = labels_of(chart.series)
    place = {label: at for at, label in enumerate(labels)}
    wide, tall = width / columns, 104.0
    canvas = Canvas(width, 26 + rows * tall + 22, palette)
    axis_title(
        canvas, ". ".join((*([chart.y_title] if chart.y_title else []), "Each panel has its own scale, from zero."))
    )
    for at, one in enumerate(chart.series):
        left, top = (at % columns) * wide, 26 + (at // columns) * tall
        _panel(canvas, one, place, Plot(left + 40, top + 30, left + wide - 16, top + tall - 12))
    lowest = {at % columns: at // columns for at in range(len(chart.series))}
    for column, row in lowest.items():
        plot = Plot(column * wide + 40, 0, (column + 1) * wide - 16, 26 + (row + 1) * tall - 12)
        _ends_of_time(canvas, plot, labels)
    return canvas


def _panel(canvas: Canvas, series: Series, place: Mapping[Cell, int], plot: Plot) -> None:
    upright = scale(series.y, plot.bottom, plot.top, ticks=4)
    canvas.text(plot.left - 32, plot.top - 13, series.name, size=SMALL, strong=True)
    for tick in (upright.ticks[0], upright.ticks[-1]):
        y = upright(tick)
        canvas.line((plot.left, y), (plot.right, y), canvas.palette.line if tick == 0 else canvas.palette.grid)
        said = said_to_three([tick])[0]
        canvas.text(plot.left - 5, y + 4, said, anchor="end", colour=canvas.palette.quiet, size=11)
    _draw(canvas, plot, upright, series, _Style(canvas.palette.main, "", 1.8), place)


def _ends_of_time(canvas: Canvas, plot: Plot, labels: Sequence[Cell]) -> None:
    """Write only the first and the last month under a small panel."""
    if not labels:
        return
    texts = [words.short_month(str(label)) if is_month(label) else str(label) for label in (labels[0], labels[-1])]
    canvas.text(plot.left, plot.bottom + 15, texts[0], colour=canvas.palette.quiet, size=11)
    canvas.text(plot.right, plot.bottom + 15, texts[1], anchor="end", colour=canvas.palette.quiet, size=11)
