"""Grids of shaded cells: the hours of a week, and rows against columns."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.model import Chart
from goldthread.editions.charts.canvas import Canvas, shortened, text_width, wrapped
from goldthread.editions.charts.frame import SMALL, axis_title
from goldthread.editions.charts.palette import Palette
from goldthread.editions.charts.scales import labels_of, said_to_three


def clock(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw seven days by 24 hours, darker where there is more, with the totals of hours above and of days beside."""
    left, top, right = 92.0, 92.0, 62.0
    cell = (width - left - right) / 24
    tall = 23.0 if width > 600 else 19.0
    canvas = Canvas(width, top + 7 * tall + 46, palette)
    axis_title(canvas, chart.y_title)
    most = max(value for one in chart.series for value in one.y if value is not None) or 1.0
    hours = [0.0] * 24
    for day, one in enumerate(chart.series):
        y = top + day * tall
        canvas.text(left - 8, y + tall / 2 + 4.5, one.name, anchor="end")
        for hour, value in enumerate(one.y):
            _cell(canvas, chart.id, (left + hour * cell, y, cell, tall), value, most)
            hours[hour % 24] += value or 0.0
        total = sum(value for value in one.y if value is not None)
        canvas.text(width - 3, y + tall / 2 + 4.5, said_to_three([total])[0], anchor="end", size=SMALL)
    canvas.text(width - 3, top - 8, "All day", anchor="end", colour=palette.quiet, size=SMALL)
    canvas.text(left - 8, top - 8, "All week", anchor="end", colour=palette.quiet, size=SMALL)
    for hour, value in enumerate(hours):
        height = 40 * value / (max(hours) or 1.0)
        canvas.rect(left + hour * cell + 2, top - 5 - height, cell - 4, height, palette.line)
    for hour in range(0, 25, 3 if cell > 15 else 6):
        x = left + hour * cell
        canvas.line((x, top + 7 * tall), (x, top + 7 * tall + 4), palette.line)
        canvas.text(x, top + 7 * tall + 18, f"{hour % 24:02d}:00", anchor="middle", colour=palette.quiet, size=SMALL)
    _ramp(canvas, (left, top + 7 * tall + 32), most, chart.y_title.lower() or "cases")
    return canvas


def _cell(canvas: Canvas, name: str, box: tuple[float, float, float, float], value: float | None, most: float) -> None:
    x, y, width, height = box
    if value is None:
        canvas.rect(x, y, width, height, canvas.hatch(name), canvas.palette.paper)
        return
    shade = canvas.palette.shade(value / most)
    canvas.rect(x, y, width, height, shade, canvas.palette.paper)
    text = said_to_three([value])[0]
    if value and text_width(text, 10) < width - 2:
        colour = canvas.palette.on(shade)
        canvas.text(x + width / 2, y + height / 2 + 3.5, text, anchor="middle", colour=colour, size=10)


def _ramp(canvas: Canvas, place: tuple[float, float], most: float, unit: str) -> None:
    """Explain the shading: from none to the most."""
    x, y = place
    canvas.text(x, y + 9, "0", colour=canvas.palette.quiet, size=SMALL)
    for at in range(6):
        canvas.rect(x + 14 + at * 22, y, 22, 11, canvas.palette.shade(at / 5))
    text = f"{said_to_three([most])[0]} {unit}".removesuffix(" count") + " in an hour of the week"
    canvas.text(x + 152, y + 9, shortened(text, canvas.width - x - 152, SMALL), colour=canvas.palette.quiet, size=SMALL)


def matrix(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw a heat table: a row for each series, a column for each label, the number written in each cell."""
    labels = labels_of(chart.series)
    left = min(0.32 * width, max(text_width(one.name) for one in chart.series) + 16)
    cell, tall = (width - left) / max(1, len(labels)), 29.0
    size = SMALL if cell > 52 else 11.0
    heads = [wrapped(str(label), cell - 6, size, most=3) for label in labels]
    top = 30 + 15.0 * max(len(lines) for lines in heads)
    canvas = Canvas(width, top + tall * len(chart.series) + 4, palette)
    axis_title(canvas, chart.y_title)
    for at, lines in enumerate(heads):
        for row, line in enumerate(lines):
            y = top - 8 - (len(lines) - 1 - row) * 15
            canvas.text(left + (at + 0.5) * cell, y, line, anchor="middle", size=size, strong=True)
    values = [value for one in chart.series for value in one.y if value is not None]
    low, high = min(0.0, *values), max(values)
    for row, one in enumerate(chart.series):
        y = top + row * tall
        lines = wrapped(one.name, left - 14)
        for nth, line in enumerate(lines):
            canvas.text(left - 10, y + tall / 2 + 4.5 + (nth - (len(lines) - 1) / 2) * 14, line, anchor="end")
        known = dict(zip(one.x, one.y, strict=True))
        _row(canvas, chart.id, [known.get(label) for label in labels], (left, y, cell, tall), (low, high))
    return canvas


def _row(
    canvas: Canvas,
    name: str,
    values: Sequence[float | None],
    box: tuple[float, float, float, float],
    ends: tuple[float, float],
) -> None:
    left, y, cell, tall = box
    extent = (ends[1] - ends[0]) or 1.0
    said = said_to_three(values)
    for at, value in enumerate(values):
        paint = canvas.hatch(name) if value is None else canvas.palette.shade(0.85 * (value - ends[0]) / extent)
        canvas.rect(left + at * cell, y, cell, tall, paint, canvas.palette.paper)
        if value is not None:
            colour = canvas.palette.on(paint)
            canvas.text(left + (at + 0.5) * cell, y + tall / 2 + 4.5, said[at], anchor="middle", colour=colour)
