"""The frame of a chart with months or labels along the bottom: grid, ticks, axis titles and labels beside lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import Canvas, shortened, text_width, wrapped
from goldthread.editions.charts.scales import Scale, is_month, month_ticks, spread, thinned

SMALL = 12.0


@dataclass(frozen=True)
class Plot:
    """The part of the sheet that data is drawn on, in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Return how wide the plot is."""
        return self.right - self.left

    def x(self, position: float, count: int) -> float:
        """Return the middle of one of `count` evenly spaced slots."""
        return self.left + (position + 0.5) * self.width / max(1, count)


def axis_title(canvas: Canvas, title: str, x: float = 0.0, y: float = 14.0) -> None:
    """Write what is measured, level, above the axis: nobody reads a sideways title."""
    canvas.text(x, y, shortened(title, canvas.width - x), colour=canvas.palette.quiet, size=SMALL)


def grid(canvas: Canvas, plot: Plot, scale: Scale, unit: str = "") -> None:
    """Draw the level lines of the y axis with their numbers; the zero line is drawn darker."""
    for tick, label in zip(scale.ticks, scale.labels, strict=True):
        y, zero = scale(tick), tick == 0
        canvas.line((plot.left, y), (plot.right, y), canvas.palette.line if zero else canvas.palette.grid)
        canvas.text(plot.left - 8, y + 4, label + unit, anchor="end", colour=canvas.palette.quiet, size=SMALL)


def left_of(scale: Scale, unit: str = "") -> float:
    """Return how much room the numbers of a y axis take at its left."""
    return max((text_width(label + unit, SMALL) for label in scale.labels), default=0.0) + 12


def bottom_axis(canvas: Canvas, plot: Plot, labels: Sequence[Cell]) -> None:
    """Write months (with the years under them) or other labels under a plot, as many as fit."""
    quiet, count = canvas.palette.quiet, len(labels)
    if labels and all(is_month(label) for label in labels):
        for at, month, year in month_ticks(labels, plot.width):
            x = plot.x(at, count)
            canvas.line((x, plot.bottom), (x, plot.bottom + 4), canvas.palette.line)
            canvas.text(x, plot.bottom + 17, month, anchor="middle", colour=quiet, size=SMALL)
            if year:
                canvas.text(x, plot.bottom + 32, year, anchor="middle", size=SMALL, strong=True)
        return
    texts = [str(label) for label in labels]
    room = plot.width / max(1, count)
    lines = [wrapped(text, room - 6, SMALL) for text in texts]
    if room > 46:
        for at, wrapped_text in enumerate(lines):
            for row, text in enumerate(wrapped_text):
                x, y = plot.x(at, count), plot.bottom + 17 + row * 14
                canvas.text(x, y, text, anchor="middle", colour=quiet, size=SMALL)
        return
    for at in thinned(texts, plot.width):
        canvas.text(plot.x(at, count), plot.bottom + 17, texts[at], anchor="middle", colour=quiet, size=SMALL)


@dataclass(frozen=True)
class EndLabel:
    """A label to the right of the plot for a line that ends at height y."""

    y: float
    text: str
    colour: str
    strong: bool = False


def end_labels(canvas: Canvas, plot: Plot, labels: Sequence[EndLabel], room: float) -> None:
    """Write labels beside the ends of lines, moved apart where they would overlap, each on a thread."""
    texts = [wrapped(label.text, room - 14, SMALL, most=2) for label in labels]
    tallest = max((len(text) for text in texts), default=1)
    places = spread([label.y for label in labels], 14.0 * tallest + 2, plot.top + 4, plot.bottom - 2)
    for label, y, lines in zip(labels, places, texts, strict=True):
        canvas.line((plot.right + 2, label.y), (plot.right + 10, y), label.colour, 1.2)
        for row, text in enumerate(lines):
            baseline = y + 4 + (row - (len(lines) - 1) / 2) * 14
            canvas.text(plot.right + 14, baseline, text, size=SMALL, strong=label.strong)


def room_for(texts: Sequence[str], width: float) -> float:
    """Return how much room to leave at the right for labels beside lines, wrapped in two when long."""
    widest = max((text_width(text, SMALL, strong=True) for text in texts), default=0.0)
    return min(0.24 * width, widest + 22)
