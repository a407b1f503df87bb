"""Where events are densest: kernel density, in events per square kilometre per year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.admissibility import LEAST_METRES_WHEN_SNAPPED
from goldthread.analysis.hotspots.grid import Grid

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Edge = Literal["none", "uniform", "diggle"]

DEFAULT_METRES = 400.0
_REACH = 7.5  # bandwidths; what lies further off is under a million-millionth of the peak
_LEAST_INSIDE = 0.05  # a point with less of its kernel inside the area does not belong to it
_PATCH = 7.0  # bandwidths: the side of the squares in which points are taken together
_AT_ONCE = 1024  # points worked on at a time, few enough for the processor's cache


@dataclass(frozen=True)
class Bandwidth:
    """How far the density is smoothed, in metres (the kernel's standard deviation), and why, in words."""

    metres: float
    rule: str
    words: str


@dataclass(frozen=True)
class Density:
    """
    Density of each layer in each cell, (layers, cells), in events per km2 per year.

    `events` are those it was made from, by layer, and `left_out` those that lie
    so far outside the area that under a twentieth of their kernel is inside
    (edge rule "diggle" alone). The same bandwidth, edge rule and years hold for
    every layer, so that surfaces can be compared.
    """

    surface: Floats
    events: Floats
    left_out: Floats
    bandwidth: float
    edge: Edge
    years: float


def choose_bandwidth(
    easting: Floats, northing: Floats, weights: Floats, *, snapped: bool, metres: float | None = None
) -> Bandwidth:
    """
    How far should the density be smoothed?

    400 m unless `metres` is given: about a town centre, and the same on every
    map so that maps compare. On points moved to a nearby street never under
    250 m, since the points themselves are no finer. The words also give
    Scott's rule (standard deviation times n to the power -1/6) for comparison:
    it grows with the size of the area and hides hotspots in a large one. Rules
    that look at the nearest neighbours cannot be used on snapped points, whose
    nearest neighbour is at no distance.
    """
    n = float(weights.sum())
    if n <= 1:
        raise ValueError("A bandwidth needs at least two events.")
    centre = np.array([weights @ easting, weights @ northing]) / n
    squares = weights @ (easting - centre[0]) ** 2 + weights @ (northing - centre[1]) ** 2
    scott = float(np.sqrt(squares / (2 * (n - 1)))) * n ** (-1 / 6)
    wanted = DEFAULT_METRES if metres is None else float(metres)
    raised = snapped and wanted < LEAST_METRES_WHEN_SNAPPED
    used = LEAST_METRES_WHEN_SNAPPED if raised else wanted
    rule = "raised to the minimum" if raised else ("default" if metres is None else "chosen")
    why = {
        "default": f"Smoothed over {used:,.0f} m, about a town centre and the same on every map",
        "chosen": f"Smoothed over {used:,.0f} m, as chosen for this assessment and the same on every map",
        "raised to the minimum": f"Smoothed over {used:,.0f} m and not the {wanted:,.0f} m asked for",
    }[rule]
    approximate = ", because the points are approximate and bear nothing finer than 250 m" if raised else ""
    return Bandwidth(used, rule, f"{why}{approximate} (Scott's rule would give {scott:,.0f} m).")


def density(
    grid: Grid,
    easting: Floats,
    northing: Floats,
    weights: ArrayLike,
    bandwidth: float,
    *,
    years: float = 1.0,
    edge: Edge = "uniform",
) -> Density:
    """
    How many events per km2 per year are there round the centre of each cell?

    `weights` are events at each point, (layers, points) or one layer: duplicate
    points are given once. The kernel is Gaussian. Near the edge of the area,
    part of each event's weight would fall outside: "uniform" divides the
    density of a cell by the part of a kernel there that lies inside (an even
    spread stays even); "diggle" divides each event by the part of its own
    kernel that lies inside, so that cells times their area add up to exactly
    the events; "none" lets it go. Diggle (1985), Applied Statistics 34:138.

    What it cannot tell you: anything finer than the bandwidth, or whether a
    peak is more than chance (see `gi_star`).
    """
    layers = np.atleast_2d(np.asarray(weights, np.float64))
    placed = np.flatnonzero(np.isfinite(easting) & np.isfinite(northing) & (layers.sum(axis=0) > 0))
    order, starts = _patches(grid, easting[placed], northing[placed], _PATCH * bandwidth)
    order = placed[order]
    east, north, weight = easting[order], northing[order], layers[:, order]
    total = np.zeros((layers.shape[0], *grid.inside.shape))
    left_out = np.zeros(layers.shape[0])
    for start, end in pairwise([*starts.tolist(), order.size]):
        for first in range(start, end, _AT_ONCE):
            some = slice(first, min(first + _AT_ONCE, end))
            left_out += _add(total, grid, east[some], north[some], weight[:, some], bandwidth, edge)
    surface = total[:, grid.inside]
    if edge == "uniform":
        surface /= mass_inside(grid, bandwidth)
    surface *= 1e6 / years
    return Density(surface, weight.sum(axis=1) - left_out, left_out, bandwidth, edge, years)


def density_at(
    grid: Grid,
    easting: Floats,
    northing: Floats,
    weights: Floats,
    bandwidth: float,
    at: tuple[Floats, Floats],
    *,
    edge: Edge = "uniform",
) -> Floats:
    """The same density, per square metre and not by year, at any places `at` (eastings, northings)."""
    weight = weights / _point_mass(grid, easting, northing, bandwidth) if edge == "diggle" else weights
    across, up = _kernel(at[0], easting, bandwidth), _kernel(at[1], northing, bandwidth)
    out = (across * up) @ weight
    return np.asarray(out / _point_mass(grid, *at, bandwidth) if edge == "uniform" else out)


def mass_inside(grid: Grid, bandwidth: float) -> Floats:
    """What part of a kernel at the centre of each cell lies inside the area? By cell, from 0 to 1."""
    across = _kernel(grid.centre_eastings, grid.centre_eastings, bandwidth)
    up = _kernel(grid.centre_northings, grid.centre_northings, bandwidth)
    return np.asarray((up @ grid.inside.astype(np.float64) @ across)[grid.inside] * grid.cell**2)


def _patches(grid: Grid, easting: Floats, northing: Floats, side: float) -> tuple[Whole, Whole]:
    """The order of points square by square, and where in it each square begins."""
    row, column = (np.floor((v - low) / side) for v, low in ((northing, grid.south), (easting, grid.west)))
    order = np.lexsort((column, row))
    new = (np.diff(row[order], prepend=np.nan) != 0) | (np.diff(column[order], prepend=np.nan) != 0)
    return order, np.flatnonzero(new)


def _add(
    total: Floats, grid: Grid, east: Floats, north: Floats, weight: Floats, bandwidth: float, edge: Edge
) -> Floats:
    """Add the kernels of points that lie together to the rows and columns they reach; returns events left out."""
    reach, (height, width) = _REACH * bandwidth, grid.inside.shape
    rows = _within(north.min() - reach - grid.south, north.max() + reach - grid.south, grid.cell, height)
    columns = _within(east.min() - reach - grid.west, east.max() + reach - grid.west, grid.cell, width)
    up = _kernel(north, grid.centre_northings[rows], bandwidth)
    across = _kernel(east, grid.centre_eastings[columns], bandwidth)
    left_out = np.zeros(weight.shape[0])
    if edge == "diggle":
        mass = ((up @ grid.inside[rows, columns].astype(np.float64)) * across).sum(axis=1) * grid.cell**2
        outside = mass < _LEAST_INSIDE
        left_out = weight[:, outside].sum(axis=1)
        weight = np.where(outside, 0.0, weight / np.where(outside, 1.0, mass))
    layer, point = np.nonzero(weight)
    up, across = up[point] * weight[layer, point, None], across[point]
    edges = np.searchsorted(layer, np.arange(weight.shape[0] + 1)).tolist()
    for own, (start, end) in enumerate(pairwise(edges)):
        if end > start:
            total[own, rows, columns] += up[start:end].T @ across[start:end]
    return left_out


def _within(low: float, high: float, cell: float, cells: int) -> slice:
    """The rows (or columns) that reach into this stretch, in metres from the first."""
    first, last = int(np.floor(low / cell)), int(np.ceil(high / cell))
    return slice(max(first, 0), max(min(last, cells), 0))


def _kernel(at: Floats, of: Floats, bandwidth: float) -> Floats:
    """The Gaussian of one coordinate, (places, points), per metre."""
    steps = (at[:, None] - of[None, :]) / bandwidth
    return np.asarray(np.exp(-0.5 * steps * steps) / (bandwidth * np.sqrt(2 * np.pi)))


def _point_mass(grid: Grid, easting: Floats, northing: Floats, bandwidth: float) -> Floats:
    """What part of a kernel at each place lies inside the area, its cells taken at their centres?"""
    across = _kernel(easting, grid.centre_eastings, bandwidth)
    up = _kernel(northing, grid.centre_northings, bandwidth)
    return np.asarray(((up @ grid.inside.astype(np.float64)) * across).sum(axis=1) * grid.cell**2)
