"""Bars: level ones for ranked things, stacked columns over time, and pairs that face each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.chapters.model import Chart, Series
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import SIZE, Anchor, Canvas, text_width, wrapped
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
from goldthread.editions.charts.palette import Palette
from goldthread.editions.charts.scales import Scale, key, labels_of, said_to_three, scale

# Dark and light take turns, so that neighbours in a stack differ in grey as well as in hue.
_STACK = ("#e69f00", "#0072b2", "#a9d6ef", "#d55e00", "#d9dee1", "#8b4f73", "#f0cf7a")
# More labels than this, each of one line, stand closer.
_FEW = 9


def bars(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw a level bar for each label, its number at its end; a second series is a thinner, hollow bar below."""
    labels, left = labels_of(chart.series), min(190.0, 0.32 * width)
    lines = max((len(wrapped(str(label), left - 12)) for label in labels), default=1)
    row = (4.0 if lines == 1 and len(labels) > _FEW else 10.0) + 16 * len(chart.series)
    top = 24.0 + (22 if len(chart.series) > 1 else 0)
    canvas = Canvas(width, top + row * len(labels) + 6, palette)
    axis_title(canvas, chart.y_title)
    if len(chart.series) > 1:
        _key(canvas, chart.series, (left, 36))
    ends = [value for one in chart.series for part in (one.y, one.low, one.high) for value in part]
    said = {at: said_to_three(one.y) for at, one in enumerate(chart.series)}
    widest = max(text_width(text, SMALL) for texts in said.values() for text in texts) + 14
    least = min((value for value in ends if value is not None), default=0.0)
    level = scale(ends, left + (widest if least < 0 else 0), width - widest)
    for at, label in enumerate(labels):
        y = top + at * row
        _row_label(canvas, str(label), y + row / 2, left - 12)
        for nth, one in enumerate(chart.series):
            if label not in one.x:
                continue
            position = one.x.index(label)
            _bar(
                canvas,
                level,
                one,
                position,
                said[nth][position],
                (nth, y + (row - 16 * len(chart.series)) / 2 + 1 + nth * 16),
                chart.id,
            )
    canvas.line((level(0), top), (level(0), top + row * len(labels)), palette.quiet)
    return canvas


def _bar(
    canvas: Canvas, level: Scale, series: Series, position: int, said: str, place: tuple[int, float], name: str
) -> None:
    """Draw one bar with its interval, if it has one, and its number; say so when there is none."""
    (nth, y), value, zero = place, series.y[position], level(0)
    height = 14.0 if nth == 0 else 10.0
    if value is None:
        canvas.rect(zero, y, 34, height, canvas.hatch(name))
        canvas.text(zero + 40, y + height - 2, "not shown", colour=canvas.palette.quiet, size=SMALL)
        return
    hollow = nth > 0
    fill, edge = (mixed(canvas.palette, nth), canvas.palette.quiet) if hollow else (canvas.palette.main, "")
    canvas.rect(min(zero, level(value)), y, abs(level(value) - zero), height, fill, edge)
    end = level(value)
    if series.low and series.high and (low := series.low[position]) is not None:
        high = series.high[position]
        if high is not None:
            ends = (level(low), y + height / 2), (level(high), y + height / 2)
            canvas.line(*ends, canvas.palette.paper, 4)
            canvas.line(*ends, canvas.palette.ink, 1.4)
            end = level(high) if value >= 0 else level(low)
    x, anchor = (end + 6, "start") if value >= 0 else (end - 6, "end")
    beside: Anchor = "end" if anchor == "end" else "start"
    colour = canvas.palette.quiet if hollow else canvas.palette.ink
    canvas.text(x, y + height - 2, said, anchor=beside, colour=colour, size=11 if hollow else SMALL, strong=not hollow)


def mixed(palette: Palette, nth: int) -> str:
    """Give the fill of a second or later bar: lighter than the first, and edged."""
    return (palette.paper, palette.shade(0.3), palette.shade(0.55))[(nth - 1) % 3]


def _key(canvas: Canvas, series: Sequence[Series], place: tuple[float, float]) -> None:
    x, y = place
    for nth, one in enumerate(series):
        fill, edge = (canvas.palette.main, "") if nth == 0 else (mixed(canvas.palette, nth), canvas.palette.quiet)
        canvas.rect(x, y - 9, 18, 10, fill, edge)
        canvas.text(x + 24, y, one.name, size=SMALL, strong=nth == 0)
        x += 24 + text_width(one.name, SMALL, strong=True) + 22


def _row_label(canvas: Canvas, text: str, middle: float, width: float, *, strong: bool = False) -> None:
    lines = wrapped(text, width)
    for at, line in enumerate(lines):
        y = middle + 4.5 + (at - (len(lines) - 1) / 2) * 13
        canvas.text(width, y, line, anchor="end", strong=strong, size=SMALL if len(lines) > 1 else SIZE)


def stacked(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw stacked columns, the parts named beside the last; a column that lacks a part is hatched on top."""
    labels = labels_of(chart.series)
    parts = [dict(zip((key(x) for x in one.x), one.y, strict=True)) for one in chart.series]
    totals = [sum(part.get(label) or 0.0 for part in parts) for label in labels]
    room = room_for([one.name for one in chart.series], width)
    upright = scale(totals, 240, 34)
    plot = Plot(left_of(upright), 34, width - room, 240)
    canvas = Canvas(width, 284, palette)
    axis_title(canvas, chart.y_title)
    grid(canvas, plot, upright)
    colours = stack_colours(palette, len(parts))
    thick = min(46.0, plot.width / max(1, len(labels)) * 0.72)
    ends: dict[int, EndLabel] = {}
    for at, label in enumerate(labels):
        x, below = plot.x(at, len(labels)) - thick / 2, 0.0
        for nth, part in enumerate(parts):
            value = part.get(label)
            if value is None:
                continue
            high = upright(below + value)
            canvas.rect(x, high, thick, upright(below) - high, colours[nth], palette.paper)
            ends[nth] = EndLabel((high + upright(below)) / 2, chart.series[nth].name, palette.line)
            below += value
        if any(part.get(label) is None for part in parts):
            _incomplete(canvas, chart.id, (x, upright(below), thick), whole=below == 0)
    # The paint stands beside the name, because a part may be too thin to show in the last column.
    end_labels(canvas, plot, [ends[nth] for nth in sorted(ends, reverse=True)], room)
    _swatches(canvas, plot, ends, colours)
    bottom_axis(canvas, plot, labels)
    return canvas


def _incomplete(canvas: Canvas, name: str, column: tuple[float, float, float], *, whole: bool) -> None:
    """Cap a column that lacks a part, so that it is not read as a fall."""
    x, y, width = column
    canvas.rect(x, y - 12, width, 12, canvas.hatch(name))
    if whole:
        canvas.text(x + width / 2, y - 16, "no data", anchor="middle", colour=canvas.palette.quiet, size=10)


def _swatches(canvas: Canvas, plot: Plot, ends: Mapping[int, EndLabel], colours: Sequence[str]) -> None:
    for nth, end in ends.items():
        canvas.rect(plot.right - 4, end.y - 5, 8, 10, colours[nth], canvas.palette.paper)


def stack_colours(palette: Palette, count: int) -> list[str]:
    """Give the colours of the parts of a stack, from the bottom."""
    others = (*_STACK, *palette.series)
    return [palette.main, *(others[at % len(others)] for at in range(count - 1))]


def paired(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw two series as bars that face away from the labels in the middle: volume to the left, harm to the right."""
    left, right = chart.series[0], chart.series[1]
    labels: list[Cell] = labels_of(chart.series)
    wide = max(110.0, min(0.27 * width, max(text_width(str(label)) for label in labels) + 20))
    longest = max(len(wrapped(str(label), wide - 10)) for label in labels)
    row, top, middle = 22.0 if longest == 1 and len(labels) > _FEW else 27.0, 54.0, width / 2
    canvas = Canvas(width, top + row * len(labels) + 4, palette)
    axis_title(canvas, chart.y_title)
    said_left, said_right = said_to_three(left.y), said_to_three(right.y)
    level = scale([*left.y, *right.y], 0, middle - wide / 2 - 50)
    canvas.text(middle - wide / 2, 40, left.name, anchor="end", strong=True)
    canvas.text(middle + wide / 2, 40, right.name, strong=True)
    for at, label in enumerate(labels):
        y = top + at * row
        lines = wrapped(str(label), wide - 10)
        for nth, line in enumerate(lines):
            canvas.text(middle, y + 14 + (nth - (len(lines) - 1) / 2) * 14, line, anchor="middle", size=SMALL)
        sides = ((left, said_left, -1, palette.shade(0.45)), (right, said_right, 1, palette.main))
        for one, said, side, colour in sides:
            edge = middle + side * wide / 2
            position = one.x.index(label) if label in one.x else -1
            value = one.y[position] if position >= 0 else None
            length = level(value) if value is not None else 20.0
            paint = colour if value is not None else canvas.hatch(chart.id)
            canvas.rect(edge if side > 0 else edge - length, y, length, 20, paint)
            x = edge + side * (length + 6)
            text = said[position] if value is not None else "not shown"
            canvas.text(x, y + 14, text, anchor="start" if side > 0 else "end", size=SMALL, strong=value is not None)
    return canvas
