"""Square cells laid over an area, and how many events fall into each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import LEAST_METRES_WHEN_SNAPPED

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Ring = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class Grid:
    """
    The square cells whose centres lie in an area, in British National Grid metres.

    `inside` has a row for each step north and a column for each step east;
    results on a grid are lists with one entry a cell inside, row by row from
    the south-west. Corners fall on whole multiples of the cell, so that a cell
    has the same name in every assessment.
    """

    west: float
    south: float
    cell: float
    inside: NDArray[np.bool_]

    @cached_property
    def number(self) -> Whole:
        """The number of the cell at each row and column, or -1 outside the area."""
        out = np.full(self.inside.shape, -1, np.int64)
        out[self.inside] = np.arange(self.cells)
        return out

    @cached_property
    def cells(self) -> int:
        """How many cells lie inside the area?"""
        return int(np.count_nonzero(self.inside))

    @property
    def cell_km2(self) -> float:
        """The area of one cell in square kilometres."""
        return (self.cell / 1000) ** 2

    @property
    def centre_eastings(self) -> Floats:
        """The easting of the centre of each column."""
        return np.asarray(self.west + (np.arange(self.inside.shape[1]) + 0.5) * self.cell, np.float64)

    @property
    def centre_northings(self) -> Floats:
        """The northing of the centre of each row."""
        return np.asarray(self.south + (np.arange(self.inside.shape[0]) + 0.5) * self.cell, np.float64)

    def corners(self) -> Whole:
        """The easting and northing of the south-west corner of each cell inside, one row a cell."""
        rows, columns = np.nonzero(self.inside)
        corner = np.column_stack([self.west + columns * self.cell, self.south + rows * self.cell])
        return np.rint(corner).astype(np.int64)

    def name(self, cell: int) -> str:
        """The name of a cell on a map: "easting,northing" of its south-west corner."""
        east, north = self.corners()[cell]
        return f"{east},{north}"

    def cell_of(self, easting: Floats, northing: Floats) -> Whole:
        """In which cell is each point? -1 where it is in none: outside the area, or with no place."""
        rows, columns = self.inside.shape
        with np.errstate(invalid="ignore"):
            column = np.nan_to_num(np.floor((easting - self.west) / self.cell), nan=-1).astype(np.int64)
            row = np.nan_to_num(np.floor((northing - self.south) / self.cell), nan=-1).astype(np.int64)
        within = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        return np.where(within, self.number[np.where(within, row, 0), np.where(within, column, 0)], -1)

    def spread(self, values: NDArray[np.generic]) -> Floats:
        """Values by cell laid out on the map, (layers, rows, columns), NaN outside the area."""
        layers = np.atleast_2d(values)
        out = np.full((layers.shape[0], *self.inside.shape), np.nan)
        out[:, self.inside] = layers
        return out


@dataclass(frozen=True)
class Cells:
    """Events by layer and cell, (layers, cells), with how many of each layer fell in no cell."""

    counts: Whole
    elsewhere: Whole


def grid_over(rings: Sequence[Ring], *, cell: float = 250.0, snapped: bool = True) -> Grid:
    """
    Which square cells have their centre inside this boundary?

    `rings` are the rings of the boundary, holes and islands alike (a point is
    inside when an odd number of them go round it; neighbouring small areas may
    be given instead of one outline). Points that were moved to a nearby street
    bear nothing smaller than 250 m: with `snapped`, less raises ValueError.
    """
    if snapped and cell < LEAST_METRES_WHEN_SNAPPED:
        raise ValueError(f"These points are approximate: cells of {cell:g} m would be finer than they are (250 m).")
    outline = [np.asarray(ring, np.float64) for ring in rings if len(ring) >= 3]
    if not outline:
        raise ValueError("There is no boundary to lay a grid over.")
    corners = np.concatenate(outline)
    west, south = np.floor(corners.min(axis=0) / cell) * cell
    columns, rows = (np.ceil(corners.max(axis=0) / cell) - np.floor(corners.min(axis=0) / cell)).astype(int)
    inside = _centres_inside(outline, float(west), float(south), cell, max(int(rows), 1), max(int(columns), 1))
    return Grid(float(west), float(south), cell, inside)


def whole_grid(west: float, south: float, cell: float, rows: int, columns: int) -> Grid:
    """A grid with every cell inside, for an area that is a rectangle."""
    return Grid(west, south, cell, np.ones((rows, columns), bool))


def count_cells(grid: Grid, cell_of_row: Whole, layer: NDArray[np.integer], layers: int) -> Cells:
    """
    How many events of each layer (a series, a month) are in each cell?

    Every row is counted once: in its cell, or as elsewhere when its cell is -1.
    A negative layer leaves the row out.
    """
    which = np.asarray(layer, np.int64)
    wanted = which >= 0
    cell, which = cell_of_row[wanted], which[wanted]
    inside = cell >= 0
    key = which[inside] * grid.cells + cell[inside]
    counts = np.bincount(key, minlength=layers * grid.cells).reshape(layers, grid.cells)
    return Cells(counts, np.bincount(which[~inside], minlength=layers))


def _centres_inside(
    outline: list[Floats], west: float, south: float, cell: float, rows: int, columns: int
) -> NDArray[np.bool_]:
    """Even-odd rule along each row of centres: how many edges lie to the west of each centre?"""
    start = np.concatenate(outline)
    end = np.concatenate([np.roll(ring, -1, axis=0) for ring in outline])
    low, high = np.minimum(start[:, 1], end[:, 1]), np.maximum(start[:, 1], end[:, 1])
    # A row of centres crosses an edge when low <= its northing < high, so that corners count once.
    first = np.ceil((low - south) / cell - 0.5).astype(np.int64)
    last = np.ceil((high - south) / cell - 0.5).astype(np.int64)
    many = last - first
    edge = np.repeat(np.arange(start.shape[0]), many)
    row = np.arange(edge.size) - np.repeat(np.cumsum(many) - many, many) + first[edge]
    rise = end[edge] - start[edge]
    along = (south + (row + 0.5) * cell - start[edge, 1]) / rise[:, 1]
    east = start[edge, 0] + along * rise[:, 0]
    column = np.clip(np.ceil((east - west) / cell - 0.5).astype(np.int64), 0, columns)
    crossings = np.bincount(row * (columns + 1) + column, minlength=rows * (columns + 1))
    passed = np.cumsum(crossings.reshape(rows, columns + 1), axis=1)[:, :columns]
    return np.asarray(passed % 2 == 1)
