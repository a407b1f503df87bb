"""Polygons of the invented small areas: cells grown round jittered points, clipped to a coast with an estuary."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from example.areas import WARDS

Numbers = NDArray[np.float64]

# British National Grid metres of the invented origin: open sea, some sixty kilometres off the east coast.
ORIGIN = np.array([612_000.0, 402_000.0])
CANDIDATES, ROUNDS = 600, 12


def land() -> BaseGeometry:
    """The land of both authorities, in metres: sea to the east, and an estuary that runs in from it."""
    y = np.arange(0.0, 12.2, 0.2)
    coast = np.column_stack([12.4 + 0.35 * np.sin(1.1 * y) + 0.15 * np.sin(2.7 * y + 1), y])
    x = np.arange(-4.0, 12.2, 0.5)
    north = np.column_stack([x[::-1], 12.2 + 0.2 * np.sin(x[::-1])])
    west = np.column_stack([-4.0 + 0.3 * np.sin(0.9 * y[::-1]), y[::-1]])[1:-1]
    south = np.column_stack([x, -0.1 + 0.2 * np.sin(1.3 * x)])
    outline = Polygon(np.vstack([coast, north, west, south]) * 1000 + ORIGIN)
    middle = np.arange(6.4, 14.0, 0.2)
    half = 0.04 + 0.075 * (middle - 6.4)
    line = 3.3 + 0.22 * np.sin(1.2 * middle)
    banks = np.vstack([np.column_stack([middle, line + half]), np.column_stack([middle, line - half])[::-1]])
    ground: BaseGeometry = outline.difference(Polygon(banks * 1000 + ORIGIN))
    return ground


def seeds(rng: np.random.Generator, ground: BaseGeometry) -> tuple[Numbers, NDArray[np.int64]]:
    """
    One point for each small area, and the ward it belongs to.

    Points are spread by Lloyd's method over candidates that crowd towards the
    middle of their ward, so that areas are small in town and large at its edge.
    """
    middles = np.array([[w.x, w.y] for w in WARDS]) * 1000 + ORIGIN
    west, south, east, north = ground.bounds
    points: list[Numbers] = []
    for number, ward in enumerate(WARDS):
        spread = 2600.0 if ward.kind == "rural" else 1300.0
        low = np.maximum(middles[number] - spread, [west, south])
        high = np.minimum(middles[number] + spread, [east, north])
        tried = rng.uniform(low, high, (CANDIDATES * 6, 2))
        nearest = np.argmin(((tried[:, None, :] - middles) ** 2).sum(axis=2), axis=1)
        inside = (nearest == number) & shapely.contains_xy(ground, tried[:, 0], tried[:, 1])
        away = np.hypot(*(tried - middles[number]).T)
        tried = tried[inside & (rng.random(len(tried)) < np.exp(-away / spread) + 0.1)]
        found = tried[rng.choice(len(tried), ward.lsoas, replace=False)]
        for _ in range(ROUNDS):
            mine = np.argmin(((tried[:, None, :] - found) ** 2).sum(axis=2), axis=1)
            found = np.array([tried[mine == k].mean(axis=0) for k in range(ward.lsoas)])
        points.append(found[np.lexsort((found[:, 0], found[:, 1]))])
    wards = np.repeat(np.arange(len(WARDS)), [w.lsoas for w in WARDS])
    return np.vstack(points), wards


def cells(points: Numbers, ground: BaseGeometry) -> list[Polygon]:
    """The polygon nearest to each point, clipped to the ground; a piece cut off by water joins its neighbour."""
    drawn = shapely.voronoi_polygons(MultiPoint(points), extend_to=ground.envelope.buffer(4000))
    pieces = list(drawn.geoms)
    tree = shapely.STRtree(pieces)
    home = tree.query(shapely.points(points), predicate="within")[1]
    clipped = [shapely.intersection(pieces[k], ground) for k in home]
    whole: list[Polygon] = []
    strays: list[Polygon] = []
    for shape in clipped:
        parts = sorted(getattr(shape, "geoms", [shape]), key=lambda p: -p.area)
        whole.append(parts[0])
        strays += parts[1:]
    for stray in sorted(strays, key=lambda p: -p.area):
        shared = [stray.intersection(w).length if w.distance(stray) == 0 else 0.0 for w in whole]
        taker = int(np.argmax(shared))
        whole[taker] = shapely.union(whole[taker], stray)
    return [shapely.normalize(shapely.set_precision(w, 0.01)) for w in whole]


def shared_borders(polygons: list[Polygon]) -> dict[tuple[int, int], float]:
    """How many metres of border each pair of neighbours shares (both ways round)."""
    tree = shapely.STRtree(polygons)
    first, second = tree.query(polygons, predicate="intersects")
    lengths: dict[tuple[int, int], float] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if a != b:
            metres = float(shapely.intersection(polygons[a], polygons[b]).length)
            if metres > 1:
                lengths[a, b] = metres
    return lengths
