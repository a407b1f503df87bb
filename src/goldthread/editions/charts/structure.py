"""A structure: groups as boxes, each set in under the group that it answers to."""

from __future__ import annotations

from goldthread.chapters.model import Chart
from goldthread.editions.charts.canvas import SIZE, Canvas, wrapped
from goldthread.editions.charts.frame import SMALL
from goldthread.editions.charts.palette import Palette

IN, GAP, PAD, LINE = 30.0, 10.0, 9.0, 17.0


def structure(chart: Chart, palette: Palette, width: float) -> Canvas:
    """
    Draw the groups of the first series from the top down, `y` levels in, with lines to the group above.

    `parameters["kinds"]` is what kind of group each is, written small in its box.
    """
    [one] = chart.series[:1]
    given = chart.parameters.get("kinds")
    kinds = [str(kind) for kind in given] if isinstance(given, tuple | list) else [""] * len(one.x)
    levels = [int(level or 0) for level in one.y]
    wide = min(430.0, width - IN * max(levels, default=0) - 2)
    lines = [wrapped(str(name), wide - 2 * PAD) for name in one.x]
    heights = [PAD * 2 + LINE * len(said) + (LINE - 3 if kind else 0) for said, kind in zip(lines, kinds, strict=True)]
    canvas = Canvas(width, sum(heights) + GAP * len(heights), palette)
    y, above = 1.0, dict[int, float]()
    for level, said, kind, height in zip(levels, lines, kinds, heights, strict=True):
        x = 1 + IN * level
        if level and level - 1 in above:
            turn = x - IN + 14
            canvas.path([(turn, above[level - 1]), (turn, y + height / 2), (x, y + height / 2)], palette.quiet, 1.3)
        canvas.rect(x, y, wide, height, palette.main if level == 0 else palette.paper, palette.main)
        ink = palette.on(palette.main) if level == 0 else palette.ink
        for row, text in enumerate(said):
            canvas.text(x + PAD, y + PAD + SIZE + LINE * row - 1, text, strong=True, colour=ink)
        if kind:
            canvas.text(x + PAD, y + height - PAD, kind, size=SMALL, colour=ink if level == 0 else palette.quiet)
        above[level] = y + height
        y += height + GAP
    return canvas
