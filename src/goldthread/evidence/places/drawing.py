"""What a map of the area is drawn from: simplified boundaries, outline, the land round it, and names."""

from __future__ import annotations

import json
from typing import Any

import duckdb
import numpy as np

from goldthread.evidence.places.areas import EVERYWHERE, Area
from goldthread.evidence.places.boundaries import read_boundaries
from goldthread.evidence.places.columns import Floats, floats
from goldthread.evidence.places.geometry import Geometries, shapely
from goldthread.evidence.places.lookups import fill
from goldthread.evidence.places.reference import Reference
from goldthread.evidence.places.shapes import AreaShapes, near_box

# Labels stand at least a ninth of the map's width apart, and there are never more than this.
_LABELS_ACROSS = 9.0
_MOST_LABELS = 14


def shapes_table(connection: duckdb.DuckDBPyConnection, area: Area, reference: Reference, shapes: AreaShapes) -> int:
    """Make the temporary table `area_shapes`, as the evidence table `shapes`. Returns how many rows it has.

    `places_table` has been called. `rings` is JSON: a list of rings, each a list of [easting, northing] in whole
    metres, holes and islands alike (what an odd number of rings encloses is inside); a label is one ring of one
    point. Kinds: "lsoa", simplified with shared edges kept; "outline", the edge of the whole; "land", authorities
    in and round the area, clipped; "label", the names of wards. For the whole country none are made.
    """
    rows: list[tuple[str, ...]] = []
    if area.kind != EVERYWHERE:
        width = _width(area, reference, shapes)
        drawn = shapely.coverage_simplify(shapes.polygons, _tolerance(width)) if len(shapes.codes) else shapes.polygons
        names = dict(connection.execute("SELECT lsoa, coalesce(name, lsoa) FROM area_places").fetchall())
        rows += [("lsoa", c, names.get(c, c), as_rings(p)) for c, p in zip(shapes.codes, drawn, strict=True)]
        outline = _outline(area, reference, shapes, drawn)
        if outline is not None:
            rows.append(("outline", area.code, area.name, as_rings(outline)))
            rows += [("land", c, n, as_rings(p)) for c, n, p in _land(reference, shapely.bounds(outline), width)]
        rows += [("label", c, n, json.dumps([[[x, y]]])) for c, n, x, y in _labels(connection, width)]
    fill(connection, "area_shapes (kind VARCHAR, code VARCHAR, name VARCHAR, rings VARCHAR)", rows)
    return len(rows)


def as_rings(shape: Any) -> str:
    """This polygon's rings in whole metres, as JSON; rings too small to be drawn in whole metres are left out."""
    polygons = [p for p in shapely.get_parts(shape) if p.geom_type == "Polygon"]
    edges = [edge for p in polygons for edge in (p.exterior, *p.interiors)]
    rings = []
    for edge in edges:
        corners = np.rint(shapely.get_coordinates(edge)).astype(int)
        moved = np.concatenate([[True], (corners[1:] != corners[:-1]).any(axis=1)])
        if moved.sum() >= 4:
            rings.append(corners[moved].tolist())
    return json.dumps(rings, separators=(",", ":"))


def _tolerance(width: float) -> float:
    """How much a boundary may be simplified: half a dot of a map a thousand dots wide, between 2 and 100 metres."""
    return float(np.clip(width / 2_000, 2, 100))


def _own(area: Area, reference: Reference) -> Geometries:
    """The published boundaries of the area's own authorities."""
    table = reference.best("authority shapes")
    if table is None:
        return np.array([], dtype=object)
    boundaries = read_boundaries(table)
    return boundaries.shapes(np.flatnonzero(np.isin(boundaries.codes, area.authorities)))


def _width(area: Area, reference: Reference, shapes: AreaShapes) -> float:
    polygons = shapes.polygons if len(shapes.codes) else _own(area, reference)
    if not len(polygons):
        return 0.0
    x0, y0, x1, y1 = shapely.total_bounds(polygons)
    return float(max(x1 - x0, y1 - y0))


def _outline(area: Area, reference: Reference, shapes: AreaShapes, drawn: Geometries) -> Any:
    """The edge of the area: of its LSOAs where all are there, else of its authorities; None when neither is."""
    if len(shapes.codes) and not shapes.without:
        return shapely.union_all(drawn)
    own = _own(area, reference)
    if not len(own) or area.former:
        return shapely.union_all(drawn) if len(drawn) else None
    whole = shapely.union_all(own)
    return shapely.simplify(whole, _tolerance(_width(area, reference, shapes)))


def _land(reference: Reference, bounds: Floats, width: float) -> list[tuple[str, str, Any]]:
    """The authorities in a box a sixth wider than the area all round, cut to it.

    The area's own are among them: authorities are published in more detail than LSOAs, and lie under the gaps.
    """
    table = reference.best("authority shapes")
    if table is None:
        return []
    boundaries = read_boundaries(table)
    box = np.asarray(bounds) + max(width / 6, 1.0) * np.array([-1, -1, 1, 1])
    which = near_box(boundaries.boxes, box)
    cut = shapely.clip_by_rect(boundaries.shapes(which), *box) if which else np.array([], dtype=object)
    drawn = shapely.simplify(cut, _tolerance(width))
    return [
        (str(boundaries.codes[i]), str(boundaries.names[i]), shape)
        for i, shape in zip(which, drawn, strict=True)
        if not shape.is_empty and shape.area > 0
    ]


def _labels(connection: duckdb.DuckDBPyConnection, width: float) -> list[tuple[str, str, int, int]]:
    """Ward names where their people live: the most peopled first, as many as stand clear of one another."""
    wards = connection.execute(
        """SELECT ward, any_value(ward_name) AS name, sum(easting * population) / sum(population) AS x,
            sum(northing * population) / sum(population) AS y FROM area_places
        WHERE ward_name IS NOT NULL AND population > 0 AND easting IS NOT NULL
        GROUP BY ward ORDER BY sum(population) DESC, ward"""
    ).fetchnumpy()
    x, y = floats(wards["x"]), floats(wards["y"])
    kept: list[int] = []
    for i in range(len(x)):
        clear = np.hypot(x[kept] - x[i], y[kept] - y[i]) >= width / _LABELS_ACROSS
        if clear.all() and len(kept) < _MOST_LABELS:
            kept.append(i)
    return [(str(wards["ward"][i]), str(wards["name"][i]), round(x[i]), round(y[i])) for i in kept]
