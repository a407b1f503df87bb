"""Lorenz curves: how much of a problem is in how few of the places."""

from __future__ import annotations

from itertools import pairwise

from goldthread.chapters import words
from goldthread.chapters.model import Chart, Series
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import Canvas, Point, wrapped
from goldthread.editions.charts.frame import SMALL, Plot, axis_title
from goldthread.editions.charts.palette import Palette
from goldthread.editions.charts.scales import Scale, spread

_MARKED = 0.1


def lorenz(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw curves over the square of shares, the line of equal shares, and what the worst tenth of places holds."""
    side = min(290.0, 0.52 * width)
    canvas = Canvas(width, side + 84, palette)
    axis_title(canvas, chart.y_title)
    plot = Plot(48, 28, 48 + side, 28 + side)
    across, up = Scale(0, 1, plot.left, plot.right), Scale(0, 1, plot.bottom, plot.top)
    for share in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        text = words.percent(share * 100)
        canvas.line((plot.left, up(share)), (plot.right, up(share)), palette.line if share == 0 else palette.grid)
        canvas.text(plot.left - 8, up(share) + 4, text, anchor="end", colour=palette.quiet, size=SMALL)
        canvas.text(across(share), plot.bottom + 18, text, anchor="middle", colour=palette.quiet, size=SMALL)
    canvas.text(plot.left, plot.bottom + 40, chart.x_title, colour=palette.quiet, size=SMALL)
    canvas.line((plot.left, plot.bottom), (plot.right, plot.top), palette.line, 1.4, "2 4")
    notes: list[tuple[float, str, str, bool]] = []
    for one in sorted(chart.series, key=lambda one: one.role == "main"):
        points = [(across(_number(x)), up(y)) for x, y in zip(one.x, one.y, strict=True) if y is not None]
        if not points:
            continue
        main = one.role in ("main", "subject")
        colour = palette.main if main else palette.quiet
        canvas.path(points, colour, 2.6 if main else 1.6, "" if main else "6 4")
        notes.append(_note(canvas, one, (across, up), colour, main=main))
    _notes(canvas, plot, [*notes, (up(0.5), "Every place alike", palette.line, False)])
    return canvas


def _number(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _share_in_worst(series: Series) -> tuple[float, Point]:
    """Read off what the worst tenth of places holds, whichever end of the curve they stand at."""
    points = sorted((_number(x), y) for x, y in zip(series.x, series.y, strict=True) if y is not None)
    bowed_up = _at(points, 0.5) >= 0.5
    x = _MARKED if bowed_up else 1 - _MARKED
    y = _at(points, x)
    return (y if bowed_up else 1 - y), (x, y)


def _at(points: list[Point], x: float) -> float:
    """Read a curve at x, straight between its points."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x0 <= x <= x1:
            return y0 if x1 == x0 else y0 + (y1 - y0) * (x - x0) / (x1 - x0)
    return points[-1][1]


def _note(
    canvas: Canvas, series: Series, scales: tuple[Scale, Scale], colour: str, *, main: bool
) -> tuple[float, str, str, bool]:
    """Mark the worst tenth on a curve, and return the words that stand beside it."""
    share, (x, y) = _share_in_worst(series)
    across, up = scales
    if main:
        canvas.line((across(x), up(0)), (across(x), up(y)), colour, 1, "2 3")
    canvas.circle(across(x), up(y), 4.5 if main else 3.5, colour)
    name = series.name or "This curve"
    return up(y), f"{name}: 10% of places hold {words.percent(share * 100)}", colour, main


def _notes(canvas: Canvas, plot: Plot, notes: list[tuple[float, str, str, bool]]) -> None:
    """Write the notes at the right of the square, each with the paint of its curve, apart from one another."""
    x, width = plot.right + 22, canvas.width - plot.right - 22
    said = [wrapped(text, width - 34 - (6 if strong else 0), most=6) for _, text, _, strong in notes]
    tallest = max(len(lines) for lines in said)
    places = spread([note[0] for note in notes], 16.0 * tallest + 6, plot.top + 4, canvas.height - 16.0 * tallest)
    for (_, _, colour, strong), lines, y in zip(notes, said, places, strict=True):
        dash = "" if strong else ("2 4" if colour == canvas.palette.line else "6 4")
        canvas.line((x, y), (x + 24, y), colour, 2.6 if strong else 1.6, dash)
        for row, line in enumerate(lines):
            canvas.text(x + 32, y + 4.5 + row * 16, line, strong=strong)
