"""Charts as an analyst would draw them: SVG of our own, with real text, that reads in grey and to a screen reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from goldthread.chapters.model import Chart
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.model.blocks import ChartKind
from goldthread.editions.charts.bars import bars, paired, stacked
from goldthread.editions.charts.canvas import WIDTH, Canvas, wrapped
from goldthread.editions.charts.curves import lorenz
from goldthread.editions.charts.dots import dots, funnel
from goldthread.editions.charts.grids import clock, matrix
from goldthread.editions.charts.lines import line, multiples, run
from goldthread.editions.charts.palette import Palette, palette
from goldthread.editions.charts.structure import structure

_KINDS: Final[Mapping[ChartKind, Callable[[Chart, Palette, float], Canvas]]] = {
    "line": line,
    "run": run,
    "multiples": multiples,
    "bars": bars,
    "stacked": stacked,
    "paired": paired,
    "dots": dots,
    "funnel": funnel,
    "clock": clock,
    "matrix": matrix,
    "lorenz": lorenz,
    "structure": structure,
}


_NOTHING: Final = "There is nothing to draw: no value was received, or every value is withheld."


def draw(chart: Chart, colours: Partnership | None = None, width: float = WIDTH) -> str:
    """
    Draw a chart as one SVG element in a partnership's colours, 720 wide unless told otherwise (not under 400).

    A chart without a single value to draw says so. The same chart gives the
    same bytes. ValueError for a kind that no one can draw.
    """
    if chart.kind not in _KINDS:
        raise ValueError(f"Chart {chart.id}: there is no chart of kind “{chart.kind}”.")
    chosen = palette(colours.colour, colours.accent) if colours else palette()
    if any(value is not None for series in chart.series for value in series.y):
        canvas = _KINDS[chart.kind](chart, chosen, width)
    else:
        canvas = Canvas(width, 60, chosen)
        for row, line_ in enumerate(wrapped(_NOTHING, width)):
            canvas.text(0, 24 + 18 * row, line_)
    return canvas.svg(chart.id.replace(" ", "-"), chart.title, chart.describes)
