"""From British National Grid metres to the sheet: where things stand, and rings made small without slivers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from goldthread.chapters.model.assessment import Geography, Ring

# What the shapes are called on a page that holds them once.
AREAS, OUTLINE, LAND = "ground-areas", "ground-outline", "ground-land"
MARGIN: Final = 14.0
# How high the window of a map may be, as a share of its width.
TALLEST: Final = 0.78
# Coordinates are whole numbers of this many to a pixel, so that neighbours stay joined.
_FINE: Final = 2
_MOST_CHARACTERS: Final = 100_000


@dataclass(frozen=True)
class View:
    """The window of a map: how metres become pixels. `metres` is how many metres a pixel is."""

    west: float
    north: float
    metres: float
    width: float
    height: float

    def x(self, easting: float) -> float:
        """Return pixels from the left of the window."""
        return (easting - self.west) / self.metres

    def y(self, northing: float) -> float:
        """Return pixels from the top of the window."""
        return (self.north - northing) / self.metres


def view_of(rings: Iterable[Ring], width: float) -> View:
    """Fit rings into a window of this width, and no taller than a page can hold; ValueError with no rings."""
    points = [point for ring in rings for point in ring]
    if not points:
        raise ValueError("There are no boundaries to draw a map of.")
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    wide, tall = max(east - west, 100.0), max(north - south, 100.0)
    tallest = TALLEST * width
    metres = max(wide / (width - 2 * MARGIN), tall / (tallest - 2 * MARGIN))
    height = min(tallest, tall / metres + 2 * MARGIN)
    spare = (width - wide / metres) / 2
    return View(west - spare * metres, north + (height - tall / metres) / 2 * metres, metres, width, height)


@dataclass
class Ground:
    """The shapes of one assessment as the data of SVG paths, made once and used by all its maps of one width."""

    geography: Geography
    view: View
    areas: Mapping[str, str] = field(default_factory=dict)
    outline: str = ""
    land: str = ""

    def defined(self) -> str:
        """Write the shapes once, for a page on which several maps refer to them by name."""
        areas = "".join(f'<path id="{AREAS}-{code}" d="{data}"/>' for code, data in self.areas.items() if data)
        line = f'<path id="{OUTLINE}" d="{self.outline}" vector-effect="non-scaling-stroke"/>'
        land = f'<path id="{LAND}" d="{self.land}"/>' if self.land else ""
        return f'<defs><g id="{AREAS}">{areas}</g>{line}{land}</defs>'


def ground_of(geography: Geography, width: float) -> Ground:
    """Make paths of all shapes, as fine as the eye can see and a page can carry."""
    rings = [ring for shapes in geography.small_areas.values() for ring in shapes]
    view = view_of([*geography.outline, *rings], width)
    for grain in (1, 2, 3, 4, 6):
        areas = {code: path(shapes, view, grain) for code, shapes in geography.small_areas.items()}
        if sum(map(len, areas.values())) < _MOST_CHARACTERS:
            break
    land = [clipped for ring in geography.land if (clipped := _clipped(ring, view))]
    return Ground(geography, view, areas, path(geography.outline, view, 1), path(land, view, 2))


def path(rings: Sequence[Ring], view: View, grain: int) -> str:
    """
    Write rings as one path of whole numbers, `_FINE` to a pixel.

    Every point moves to the nearest node of one grid, `grain` steps wide, so
    that a border shared by two areas stays shared; then points that add
    nothing are left out.
    """
    parts = []
    for ring in rings:
        scale = _FINE / grain
        nodes = [(round(view.x(x) * scale) * grain, round(view.y(y) * scale) * grain) for x, y in ring]
        kept = _without_needless(nodes)
        if len(kept) < 3:
            continue
        steps = [f"M{kept[0][0]} {kept[0][1]}l"]
        steps += [f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in itertools.pairwise(kept)]
        parts.append(f"{steps[0]}{' '.join(steps[1:])}z".replace(" -", "-"))
    return "".join(parts)


def _without_needless(nodes: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Leave out points that repeat the one before or lie straight between their neighbours."""
    kept: list[tuple[int, int]] = []
    for node in nodes[:-1] if nodes and nodes[0] == nodes[-1] else nodes:
        if kept and kept[-1] == node:
            continue
        while len(kept) > 1 and _between(kept[-2], kept[-1], node):
            kept.pop()
        kept.append(node)
    return kept


def _between(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    straight = (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
    onward = (b[0] - a[0]) * (c[0] - b[0]) + (b[1] - a[1]) * (c[1] - b[1]) >= 0
    return straight and onward


def _clipped(ring: Ring, view: View) -> Ring:
    """Cut a ring of neighbouring land to a little more than the window (Sutherland and Hodgman 1974)."""
    edge = 30 * view.metres
    west, north = view.west - edge, view.north + edge
    east, south = view.west + view.width * view.metres + edge, view.north - view.height * view.metres - edge
    points = list(ring)
    for axis, limit, sign in ((0, west, 1), (0, east, -1), (1, south, 1), (1, north, -1)):
        cut = []
        for at, here in enumerate(points):
            before = points[at - 1]
            inside, was_inside = sign * (here[axis] - limit) >= 0, sign * (before[axis] - limit) >= 0
            if inside != was_inside:
                share = (limit - before[axis]) / (here[axis] - before[axis])
                cut.append((before[0] + share * (here[0] - before[0]), before[1] + share * (here[1] - before[1])))
            if inside:
                cut.append(here)
        points = cut
    return tuple(points)


def scale_bar(metres: float, most: float = 130.0) -> tuple[float, str]:
    """Choose a round length that is at most `most` pixels long: (pixels, words)."""
    longest = metres * most
    power = 10 ** math.floor(math.log10(longest))
    length = max(step * power for step in (1, 2, 5) if step * power <= longest)
    said = f"{length / 1000:g} km" if length >= 1000 else f"{length:g} metres"
    return length / metres, said
