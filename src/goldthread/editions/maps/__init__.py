"""Maps of small areas and hotspot cells: SVG of our own, with north, scale, classes, source and caveat."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Map
from goldthread.chapters.model.assessment import Geography, Partnership
from goldthread.editions.charts.canvas import WIDTH, Canvas, at, text_width, wrapped
from goldthread.editions.charts.palette import Palette, palette
from goldthread.editions.charts.scales import said_to_three
from goldthread.editions.maps.ground import AREAS, LAND, OUTLINE, Ground, ground_of, scale_bar

_SEA: Final = "#eaf1f5"
_LAND: Final = "#f1efea"
_INSIDE: Final = "#fbfaf8"
_SMALL: Final = 12.0
# The shapes of the assessment drawn last, by the width of the map; every map of an assessment shares them.
_LAST: Final[dict[float, Ground]] = {}


@dataclass(frozen=True)
class _Class:
    """A class of the legend: its paint, its name and how many areas are in it."""

    paint: str
    label: str
    count: int


@dataclass(frozen=True)
class _Drawn:
    """A map being drawn: what of, over which ground, and whether its shapes are on the page already."""

    map: Map
    ground: Ground
    withheld: Collection[str]
    name: str
    shared: bool

    def area(self, code: str, attributes: str, inside: str = "") -> str:
        """Write a small area, or refer to it."""
        return self._shape(f"{AREAS}-{code}", self.ground.areas[code], attributes, inside)

    def outline(self, attributes: str) -> str:
        """Write the edge of the whole area, or refer to it; its line stays as thin when the map is enlarged."""
        return self._shape(OUTLINE, self.ground.outline, f'{attributes} vector-effect="non-scaling-stroke"')

    def land(self, attributes: str) -> str:
        """Write the neighbouring land, or refer to it."""
        return self._shape(LAND, self.ground.land, attributes)

    def _shape(self, name: str, data: str, attributes: str, inside: str = "") -> str:
        if self.shared:
            return f'<use href="#{name}" {attributes}>{inside}</use>'
        return f'<path d="{data}" {attributes}>{inside}</path>'


def draw(
    map_: Map,
    geography: Geography,
    colours: Partnership | None = None,
    withheld: Collection[str] = (),
    width: float = WIDTH,
    *,
    shared: bool = False,
) -> str:
    """
    Draw a map as one SVG element in a partnership's colours, 720 wide unless told otherwise; less than 150 kB.

    `withheld` areas are hatched and counted in the legend. Where no boundaries
    were supplied, a sentence says that the table stands in for the map. A map
    that is `shared` refers to `shapes`, which must stand on the same page.
    """
    chosen = palette(colours.colour, colours.accent) if colours else palette()
    name = map_.id.replace(" ", "-")
    if not geography.outline and not geography.small_areas:
        canvas = Canvas(width, 50, chosen)
        canvas.text(0, 28, "No boundaries were supplied, so there is a table and no map.")
        return canvas.svg(name, map_.title, map_.describes)
    ground = _ground(geography, width)
    classes = _classes(map_, chosen, withheld, geography, name)
    brackets = "In brackets: how many areas are in each class." if map_.of == "lsoa" else ""
    notes = [brackets, f"Source: {map_.source.rstrip('.')}.", map_.caveat, geography.credit]
    lines = [line for note in notes if note for line in wrapped(note, width, _SMALL, most=4)]
    rows = _legend_rows(classes, width)
    top = ground.view.height + 24
    canvas = Canvas(width, top + 20 * len(rows) + 17 * len(lines) + 8, chosen)
    _window(canvas, _Drawn(map_, ground, withheld, name, shared))
    _furniture(canvas, ground)
    _legend(canvas, rows, top, map_.unit)
    for row, line in enumerate(lines):
        canvas.text(0, top + 20 * len(rows) + 10 + 17 * row, line, colour=chosen.quiet, size=_SMALL)
    return canvas.svg(name, map_.title, map_.describes)


def shapes(geography: Geography) -> str:
    """Write an SVG element that shows nothing and holds the shapes which maps that are `shared` refer to."""
    if not geography.outline and not geography.small_areas:
        return ""
    return f'<svg class="shapes" width="0" height="0" aria-hidden="true">{_ground(geography, WIDTH).defined()}</svg>'


def _ground(geography: Geography, width: float) -> Ground:
    if any(ground.geography is not geography for ground in list(_LAST.values())):
        _LAST.clear()
    if width not in _LAST:
        _LAST[width] = ground_of(geography, width)
    return _LAST[width]


def class_of(value: float, classes: Sequence[float]) -> int | None:
    """Which class does a value fall in? None when it lies below the lowest."""
    return next((at for at in range(len(classes) - 1, -1, -1) if value >= classes[at]), None)


def _classes(map_: Map, chosen: Palette, withheld: Collection[str], geography: Geography, name: str) -> list[_Class]:
    shades = chosen.steps(len(map_.classes))
    counts = [0] * len(map_.classes)
    for value in map_.values.values():
        which = class_of(value, map_.classes)
        if which is not None:
            counts[which] += 1
    found = [_Class(shade, label, n) for shade, label, n in zip(shades, map_.labels, counts, strict=True)]
    if withheld:
        found.append(_Class(f"url(#{name}-hatch)", "withheld", len(withheld)))
    empty = len(geography.small_areas) - len(map_.values) - len(withheld)
    if map_.of == "lsoa" and empty > 0:
        found.append(_Class(_INSIDE, "nothing received", empty))
    return found


def _window(canvas: Canvas, drawn: _Drawn) -> None:
    """Draw the part that pans and zooms: sea, land, areas or cells, outline and place names."""
    map_, ground, name, chosen = drawn.map, drawn.ground, drawn.name, canvas.palette
    view = ground.view
    wide, tall = at(view.width), at(view.height)
    canvas.add(
        f'<clipPath id="{name}-clip"><rect width="{wide}" height="{tall}"/></clipPath>'
        f'<g clip-path="url(#{name}-clip)">'
        f'<rect width="{wide}" height="{tall}" fill="{_SEA if ground.land else _LAND}"/>'
        f'<g data-pan="{wide} {tall}"><g transform="scale(0.5)" stroke-linejoin="round">'
    )
    if ground.land:
        canvas.add(drawn.land(f'fill="{_LAND}"'))
    canvas.add(drawn.outline(f'fill="{_INSIDE}"'))
    if map_.of == "lsoa":
        _areas(canvas, drawn)
    else:
        _cells(canvas, drawn)
    canvas.add(drawn.outline(f'fill="none" stroke="{chosen.ink}" stroke-width="1.4"'))
    for code in map_.highlights:
        if code in ground.areas:
            canvas.add(_line(ground.areas[code], "#fff", 4.5) + _line(ground.areas[code], chosen.accent, 2.4))
    canvas.add("</g>")
    _places(canvas, ground)
    canvas.add("</g></g>")
    canvas.add(f'<rect width="{wide}" height="{tall}" fill="none" stroke="{chosen.line}"/>')


def _line(path: str, colour: str, width: float) -> str:
    style = f'stroke="{colour}" stroke-width="{at(width)}" vector-effect="non-scaling-stroke"'
    return f'<path d="{path}" fill="none" {style}/>'


def _areas(canvas: Canvas, drawn: _Drawn) -> None:
    """Draw small areas from the highest value down, which is the order a reader walks them in."""
    map_, ground, withheld = drawn.map, drawn.ground, drawn.withheld
    shades = canvas.palette.steps(len(map_.classes))
    names, unit = ground.geography.names, f" {map_.unit}" if map_.unit else ""
    ranked = sorted(map_.values, key=lambda code: (-map_.values[code], code))
    said = dict(zip(ranked, said_to_three([map_.values[code] for code in ranked]), strict=True))
    canvas.add('<g stroke="#fff" stroke-width="0.7" data-areas="">')
    for code in [*ranked, *sorted(withheld)]:
        if not ground.areas.get(code):
            continue
        which = None if code in withheld else class_of(map_.values[code], map_.classes)
        paint = canvas.hatch(drawn.name) if code in withheld else shades[which] if which is not None else _INSIDE
        tells = f"{names.get(code, code)}: {'withheld' if code in withheld else said[code] + unit}"
        canvas.add(drawn.area(code, f'fill="{paint}"', f"<title>{escape(tells, quote=False)}</title>"))
    canvas.add("</g>")


def _cells(canvas: Canvas, drawn: _Drawn) -> None:
    """Draw square cells over faint small areas; cells below the lowest class are left out."""
    map_, ground = drawn.map, drawn.ground
    view, shades = ground.view, canvas.palette.steps(len(map_.classes))
    canvas.add('<g fill="none" stroke="#d8d4cb" stroke-width="1">')
    paths = "".join(f'<path d="{path}"/>' for path in ground.areas.values())
    canvas.add(f'<use href="#{AREAS}"/>' if drawn.shared else paths)
    canvas.add('</g><g stroke="#fff" stroke-width="0.7" data-areas="">')
    side = map_.cell_metres / view.metres
    ranked = sorted(map_.values, key=lambda corner: (-map_.values[corner], corner))
    said = dict(zip(ranked, said_to_three([map_.values[corner] for corner in ranked]), strict=True))
    for corner in ranked:
        which = class_of(map_.values[corner], map_.classes)
        if which is None:
            continue
        east, north = (float(part) for part in corner.split(","))
        x, y = view.x(east), view.y(north) - side
        tells = escape(f"Cell at {corner.replace(',', ', ')}: {said[corner]} {map_.unit}".rstrip(), quote=False)
        canvas.add(
            f'<rect x="{at(2 * x)}" y="{at(2 * y)}" width="{at(2 * side)}" height="{at(2 * side)}" '
            f'fill="{shades[which]}" fill-opacity="0.92"><title>{tells}</title></rect>'
        )
    canvas.add("</g>")


def _places(canvas: Canvas, ground: Ground) -> None:
    """Write place names where they do not lie over one another; those given first have first choice."""
    taken: list[tuple[float, float, float, float]] = []
    for label, east, north in ground.geography.labels:
        x, y, half = ground.view.x(east), ground.view.y(north), text_width(label, _SMALL, strong=True) / 2
        box = (x - half - 3, y - 12, x + half + 3, y + 6)
        inside = box[0] > 2 and box[2] < ground.view.width - 2 and box[1] > 2 and box[3] < ground.view.height - 2
        if inside and all(box[2] < a or c < box[0] or box[3] < b or d < box[1] for a, b, c, d in taken):
            taken.append(box)
            canvas.text(x, y + 4, label, anchor="middle", size=_SMALL, strong=True, halo=True)


def _furniture(canvas: Canvas, ground: Ground) -> None:
    """Draw the north arrow and the scale bar, which stay still when the map is moved."""
    view, ink = ground.view, canvas.palette.ink
    x = view.width - 24
    canvas.area([(x, 14), (x + 7, 32), (x, 27), (x - 7, 32)], ink)
    canvas.text(x, 46, "N", anchor="middle", size=_SMALL, strong=True, halo=True)
    pixels, said = scale_bar(view.metres)
    y = view.height - 14
    canvas.add(f'<g data-scale="{round(pixels * view.metres)}">')
    bar = f"M14,{at(y - 4)}V{at(y + 4)}M{at(14 + pixels)},{at(y - 4)}V{at(y + 4)}M14,{at(y)}H{at(14 + pixels)}"
    canvas.add(_line(bar, "#fff", 4) + _line(bar, ink, 1.6))
    canvas.text(20 + pixels, y + 4, said, size=_SMALL, halo=True)
    canvas.add("</g>")


def _legend_rows(classes: Sequence[_Class], line: float) -> list[list[tuple[_Class, str, float]]]:
    """Put the classes into rows that fit, each with its words and how wide they are."""
    rows: list[list[tuple[_Class, str, float]]] = [[]]
    used = 0.0
    for one in classes:
        text = f"{one.label} ({words.number(one.count)})"
        width = 24 + text_width(text, _SMALL) + 22
        if rows[-1] and used + width > line:
            rows.append([])
            used = 0.0
        rows[-1].append((one, text, width))
        used += width
    return rows


def _legend(canvas: Canvas, rows: list[list[tuple[_Class, str, float]]], top: float, unit: str) -> None:
    for row, items in enumerate(rows):
        x, y = 0.0, top + 20 * row - 6
        for one, text, width in items:
            canvas.rect(x, y - 10, 18, 13, one.paint, canvas.palette.line)
            canvas.text(x + 24, y + 1, text, size=_SMALL)
            x += width
