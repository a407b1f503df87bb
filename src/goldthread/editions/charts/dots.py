"""Dots: an area among its peers with intervals, and rates against size with the limits of chance."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.model import Chart, Series
from goldthread.chapters.model.blocks import Cell
from goldthread.editions.charts.canvas import Anchor, Canvas, shortened, text_width
from goldthread.editions.charts.frame import SMALL, EndLabel, Plot, axis_title, end_labels, grid, left_of, room_for
from goldthread.editions.charts.palette import Palette
from goldthread.editions.charts.scales import Scale, said, said_to_three, scale

# How high a row is when there are few and when there are many.
_ROW, _CLOSE_ROW, _FEW = 25.0, 17.0, 8
_START: Anchor = "start"
_END: Anchor = "end"


def dots(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw a dot and its interval for each label, the subject as a diamond, and the reference as an upright line."""
    rows = _rows(chart.series)
    reference = chart.parameters.get("reference")
    line_at = float(reference) if isinstance(reference, int | float) else None
    values = [v for one in chart.series for part in (one.y, one.low, one.high) for v in part]
    numbers = said_to_three([one.y[at] for _, one, at in rows])
    left = min(0.47 * width, max(text_width(str(label)) for label, _, _ in rows) + 18)
    level = scale([*values, line_at], left + 6, width - 58, zero=_from_zero(values))
    top = 50.0 if line_at is not None else 36.0
    high = _ROW if len(rows) <= _FEW else _CLOSE_ROW
    bottom = top + high * len(rows)
    canvas = Canvas(width, bottom + 30, palette)
    axis_title(canvas, chart.y_title)
    for tick, text in zip(level.ticks, level.labels, strict=True):
        canvas.line((level(tick), top - 6), (level(tick), bottom), palette.grid)
        canvas.text(level(tick), bottom + 18, text, anchor="middle", colour=palette.quiet, size=SMALL)
    if line_at is not None:
        label = f"{chart.parameters.get('reference_label', 'Reference')}: {said_to_three([line_at])[0]}"
        _reference(canvas, level(line_at), (top - 6, bottom), label)
    for at, row in enumerate(rows):
        _dot(canvas, level, row, (top + high * (at + 0.5), high), numbers[at], chart.id)
    return canvas


def _from_zero(values: Sequence[float | None]) -> bool:
    """Start at zero unless that would press all dots against the right edge."""
    given = [value for value in values if value is not None]
    return not given or min(given) <= 0 or min(given) < 0.6 * max(given)


def _rows(series: Sequence[Series]) -> list[tuple[Cell, Series, int]]:
    """Give each label once: the subject's own series takes the place of its dot among the peers."""
    found: dict[Cell, tuple[Cell, Series, int]] = {}
    for one in series:
        for position, label in enumerate(one.x):
            if label not in found or one.role == "subject":
                found[label] = (label, one, position)
    return list(found.values())


def _dot(
    canvas: Canvas, level: Scale, row: tuple[Cell, Series, int], place: tuple[float, float], number: str, name: str
) -> None:
    (label, one, at), (y, high), palette = row, place, canvas.palette
    subject = one.role == "subject"
    colour = palette.main if subject or one.role == "main" else palette.quiet
    if subject:
        canvas.rect(0, y - high / 2 + 1, canvas.width, high - 2, palette.wash)
    text = shortened(str(label), level.start - 16)
    canvas.text(level.start - 14, y + 4.5, text, anchor="end", strong=subject)
    value = one.y[at]
    if value is None:
        canvas.rect(level.start, y - 5, 30, 10, canvas.hatch(name))
        canvas.text(level.start + 36, y + 4.5, "not shown", colour=palette.quiet, size=SMALL)
        return
    lower = one.low[at] if one.low else None
    upper = one.high[at] if one.high else None
    if lower is not None and upper is not None:
        canvas.line((level(lower), y), (level(upper), y), colour, 2.6 if subject else 1.6)
    if subject:
        canvas.diamond(level(value), y, 7, colour)
    else:
        canvas.circle(level(value), y, 4.2, colour)
    canvas.text(canvas.width - 3, y + 4.5, number, anchor="end", size=SMALL, strong=subject)


def _reference(canvas: Canvas, x: float, ends: tuple[float, float], text: str) -> None:
    canvas.line((x, ends[0]), (x, ends[1]), canvas.palette.accent, 1.5, "5 3")
    half = text_width(text, SMALL) / 2
    centre = min(max(x, half), canvas.width - half)
    canvas.text(centre, ends[0] - 5, text, anchor="middle", colour=canvas.palette.accent, size=SMALL)


def funnel(chart: Chart, palette: Palette, width: float) -> Canvas:
    """Draw rates against size between curves that say how far chance alone would take an area of each size."""
    limits = [one for one in chart.series if one.role == "limit"]
    areas = [one for one in chart.series if one.role != "limit"]
    room = room_for([one.name for one in limits] + ["Average 1,000.0"], width)
    upright = scale([v for one in chart.series for v in one.y], 250, 34, zero=bool(chart.parameters.get("zero", False)))
    plot = Plot(left_of(upright), 34, width - room, 250)
    largest = max(_number(x) for one in chart.series for x in one.x)
    ticks = tuple(tick for tick in scale([largest], 0, 1).ticks if tick <= largest)
    sideways = Scale(0, largest, plot.left, plot.right, ticks)
    canvas = Canvas(width, 294, palette)
    axis_title(canvas, chart.y_title)
    grid(canvas, plot, upright)
    for tick, text in zip(sideways.ticks, said(sideways.ticks), strict=True):
        canvas.line((sideways(tick), plot.bottom), (sideways(tick), plot.bottom + 4), palette.line)
        canvas.text(sideways(tick), plot.bottom + 18, text, anchor="middle", colour=palette.quiet, size=SMALL)
    canvas.text(plot.right, plot.bottom + 36, chart.x_title, anchor="end", colour=palette.quiet, size=SMALL)
    ends = []
    for one in limits:
        points = [(sideways(_number(x)), upright(y)) for x, y in zip(one.x, one.y, strict=True) if y is not None]
        wide = any(mark in one.name for mark in ("99", "3"))
        canvas.path(points, palette.quiet, 1.3, "" if wide else "5 4")
        ends.append(EndLabel(points[-1][1], one.name, palette.quiet))
    centre = chart.parameters.get("centre")
    if isinstance(centre, int | float):
        canvas.line((plot.left, upright(centre)), (plot.right, upright(centre)), palette.accent, 1.4)
        ends.append(EndLabel(upright(centre), f"Average {said_to_three([centre])[0]}", palette.accent))
    for one in sorted(areas, key=lambda one: one.role == "subject"):
        _areas(canvas, one, sideways, upright)
    end_labels(canvas, plot, ends, room)
    return canvas


def _areas(canvas: Canvas, series: Series, sideways: Scale, upright: Scale) -> None:
    for x, y in zip(series.x, series.y, strict=True):
        if y is None:
            continue
        across, up = sideways(_number(x)), upright(y)
        if series.role == "subject":
            canvas.diamond(across, up, 7, canvas.palette.main)
            left = across > canvas.width * 0.6
            x, anchor = (across - 11, _END) if left else (across + 11, _START)
            canvas.text(x, up - 7, series.name, anchor=anchor, strong=True, halo=True)
        else:
            canvas.circle(across, up, 4, canvas.palette.paper, canvas.palette.quiet)


def _number(value: Cell) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
