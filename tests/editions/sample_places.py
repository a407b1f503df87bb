"""An invented coast, cut into small areas, with two maps over it."""

from __future__ import annotations

import math
import random
from functools import cache

from shapely import MultiPoint, Point, Polygon, voronoi_polygons
from shapely.geometry.base import BaseGeometry

from goldthread.chapters.model import Column, Edition, Map, Table
from goldthread.chapters.model.assessment import Geography, Ring

EAST, NORTH = 410_000.0, 95_000.0


def _wobbly(cx: float, cy: float, radius: float, seed: int, points: int = 240) -> Polygon:
    """A blob with a shore: a circle whose edge wanders by a few sine waves."""
    chance = random.Random(seed)
    waves = [(chance.uniform(0.02, 0.11), n, chance.uniform(0, math.tau)) for n in (2, 3, 5, 9, 17, 31)]
    ring = []
    for at in range(points):
        angle = math.tau * at / points
        r = radius * (1 + sum(size / math.sqrt(n) * math.sin(n * angle + phase) for size, n, phase in waves))
        ring.append((cx + r * 1.35 * math.cos(angle), cy + r * math.sin(angle)))
    return Polygon(ring)


def _rings(shape: BaseGeometry) -> tuple[Ring, ...]:
    parts = getattr(shape, "geoms", [shape])
    return tuple(
        tuple((round(x, 1), round(y, 1)) for x, y in part.exterior.coords)
        for part in parts
        if isinstance(part, Polygon)
    )


@cache
def _areas() -> tuple[tuple[str, BaseGeometry], ...]:
    coast = _wobbly(EAST, NORTH, 6500, 3)
    chance = random.Random(11)
    seeds = []
    while len(seeds) < 86:
        spread = 2000 if len(seeds) < 40 else 6500
        point = Point(EAST + chance.gauss(0, spread * 1.2), NORTH + chance.gauss(0, spread))
        if coast.contains(point) and all(point.distance(other) > 330 for other in seeds):
            seeds.append(point)
    cells = voronoi_polygons(MultiPoint(seeds), extend_to=coast.envelope).geoms
    shapes = [cell.intersection(coast) for cell in cells]
    shapes.sort(key=lambda shape: (shape.centroid.y, shape.centroid.x))
    return tuple((f"X010{at:05d}", shape) for at, shape in enumerate(shapes, 1))


@cache
def geography() -> Geography:
    """Shapes of 86 invented small areas, their outline, land to the north, and five place names."""
    coast = _wobbly(EAST, NORTH, 6500, 3)
    north = Polygon(
        [
            (EAST - 14000, NORTH + 1200),
            (EAST + 14000, NORTH + 2200),
            (EAST + 14000, NORTH + 14000),
            (EAST - 14000, NORTH + 14000),
        ]
    )
    return Geography(
        small_areas={code: _rings(shape) for code, shape in _areas()},
        names={code: f"Saltmarsh {at // 7 + 1:03d}{'ABCDEFG'[at % 7]}" for at, (code, _) in enumerate(_areas())},
        outline=_rings(coast),
        land=_rings(north),
        labels=(
            ("Saltmarsh", EAST, NORTH),
            ("Heron Quay", EAST + 4500, NORTH - 1500),
            ("Sedge End", EAST - 5200, NORTH + 600),
            ("Coldharbour", EAST + 1500, NORTH + 4200),
            ("Mudlark Bay", EAST - 2500, NORTH - 3900),
        ),
        credit="Invented boundaries.",
    )


def maps(editions: frozenset[Edition]) -> tuple[Map, Map]:
    """A protected choropleth of counts by small area, and a map of hotspot cells."""
    chance = random.Random(5)
    centre = Point(EAST, NORTH)
    values = {
        code: float(round(90 * math.exp(-shape.centroid.distance(centre) / 2500) * chance.uniform(0.4, 1.6)))
        for code, shape in _areas()
    }
    top = sorted(values, key=lambda code: -values[code])[:5]
    names = geography().names
    rows = tuple((names[code], values[code]) for code in sorted(values, key=lambda code: (-values[code], code))[:10])
    table = Table(
        id="asb-top",
        title="Ten areas with the most anti-social behaviour",
        columns=(Column("area", "Area"), Column("n", "Reports", "count")),
        rows=rows,
        source="Saltmarsh District Council",
    )
    cells = {}
    for at in range(90):
        east = EAST - 3000 + (at % 10) * 500
        north = NORTH - 2500 + (at // 10) * 500
        cells[f"{east:.0f},{north:.0f}"] = 9 * math.exp(-math.hypot(east - EAST, north - NORTH) / 1500)
    return (
        Map(
            id="asb-map",
            title="Anti-social behaviour reported to the council, by small area, 2025",
            describes="Reports are densest in the town centre and thin out from it; five areas hold a fifth of them.",
            values=values,
            classes=(0, 5, 15, 30, 60),
            labels=("0 to 4", "5 to 14", "15 to 29", "30 to 59", "60 or more"),
            source="Saltmarsh District Council, 2025",
            caveat="Areas hold about 1,500 residents each; visitors are not counted.",
            highlights=tuple(top),
            unit="reports",
            table=table,
            protected=True,
            editions=editions,
        ),
        Map(
            id="hotspots",
            title="Hotspots of violence in squares of 500 metres",
            describes="Violence is significantly concentrated in squares around the harbour and station.",
            values=cells,
            classes=(0, 1.96, 2.58, 3.29),
            labels=("not a hotspot", "95% sure", "99% sure", "99.9% sure"),
            source="police.uk, 2025",
            caveat="Points are approximate: police.uk moves each to a nearby street.",
            of="cells",
            cell_metres=500.0,
            unit="z score",
        ),
    )
