"""The boundaries of an area's LSOAs, and which of them a point is in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np

from goldthread.evidence.places.boundaries import read_boundaries
from goldthread.evidence.places.columns import Floats, Words
from goldthread.evidence.places.geometry import Geometries, shapely
from goldthread.evidence.places.reference import Reference

ELSEWHERE = "elsewhere"

# Published boundaries are generalised, so a point by the edge may fall just outside every shape.
_NEAR_ENOUGH = 100.0
_ROUND_ABOUT = 5_000.0


@dataclass(frozen=True)
class AreaShapes:
    """The boundaries of the LSOAs in an area (and of those within 5 km of it), in National Grid metres.

    `codes` and `polygons` are the area's own, by code; `around` and `polygons_around` are the neighbours';
    `without` are the LSOAs of the area that no boundary was found for. All may be empty.
    """

    codes: tuple[str, ...]
    polygons: Geometries
    around: tuple[str, ...]
    polygons_around: Geometries
    without: tuple[str, ...]

    def locate(self, easting: Floats, northing: Floats) -> Words:
        """Which LSOA is each of these points in? "elsewhere" for one that is in none; None for no point at all.

        A point in no shape and within 100 metres of one is taken to be in the nearest. When the area's own
        boundaries are not all there, a point in none of them is None: it cannot be told.
        """
        found: Words = np.full(len(easting), None, dtype=object)
        known = np.isfinite(easting) & np.isfinite(northing)
        if not len(self.codes) or not known.any():
            return found
        tree = shapely.STRtree(np.concatenate([self.polygons, self.polygons_around]))
        codes = np.array([*self.codes, *self.around], dtype=object)
        spots = shapely.points(easting[known], northing[known])
        inside = np.full(len(spots), len(codes), dtype=np.int64)
        point, polygon = tree.query(spots, predicate="intersects")
        np.minimum.at(inside, point, polygon)  # on a shared edge: the first that has it
        strays = np.flatnonzero(inside == len(codes))
        point, polygon = tree.query_nearest(spots[strays], max_distance=_NEAR_ENOUGH, all_matches=False)
        inside[strays[point]] = polygon
        found[known] = np.array([*codes, None if self.without else ELSEWHERE], dtype=object)[inside]
        return found

    def by_code(self) -> dict[str, Any]:
        """The boundary of each LSOA, in the area and round it."""
        both = [*self.polygons, *self.polygons_around]
        return dict(zip((*self.codes, *self.around), both, strict=True))

    def hectares(self) -> dict[str, float]:
        """How large is each LSOA of the area, by its boundary?"""
        return dict(zip(self.codes, (shapely.area(self.polygons) / 10_000).tolist(), strict=True))


def read_shapes(connection: duckdb.DuckDBPyConnection, reference: Reference) -> AreaShapes:
    """The boundaries of the area's LSOAs, from every boundary file of the reference; `lsoa_table` has been called."""
    rows = connection.execute("SELECT lsoa FROM lsoa_known WHERE in_area AND edition <> '2011'").fetchall()
    wanted = {lsoa for (lsoa,) in rows}
    own: dict[str, Any] = {}
    files = [read_boundaries(table) for table in reference.found.get("lsoa shapes", [])]
    for boundaries in files:
        which = [i for i, c in enumerate(boundaries.codes.tolist()) if c in wanted and c not in own]
        own |= dict(zip(boundaries.codes[which].tolist(), boundaries.shapes(which), strict=True))
    codes = tuple(sorted(own))
    polygons = np.array([own[c] for c in codes], dtype=object)
    around: dict[str, Any] = {}
    if len(codes):
        box = shapely.total_bounds(polygons) + _ROUND_ABOUT * np.array([-1, -1, 1, 1])
        for boundaries in files:
            which = [i for i in near_box(boundaries.boxes, box) if str(boundaries.codes[i]) not in own]
            around |= dict(zip(boundaries.codes[which].tolist(), boundaries.shapes(which), strict=True))
    others = tuple(sorted(around))
    beside = np.array([around[c] for c in others], dtype=object)
    return AreaShapes(codes, polygons, others, beside, tuple(sorted(wanted - set(codes))))


def near_box(boxes: Floats, box: Floats) -> list[int]:
    """Which of these boxes (x0, y0, x1, y1) meet this one?"""
    meets = (boxes[:, 0] <= box[2]) & (boxes[:, 2] >= box[0]) & (boxes[:, 1] <= box[3]) & (boxes[:, 3] >= box[1])
    return np.flatnonzero(meets).tolist()
