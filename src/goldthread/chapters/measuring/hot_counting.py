"""Rows of police.uk counted by line, month and distinct map point, and laid on the grid of 250 m squares."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.hotspots import Grid, grid_over
from goldthread.chapters.brief import Brief, Line
from goldthread.evidence.periods import Period
from goldthread.evidence.places import to_grid
from goldthread.evidence.store import Numbers

CELL = 250.0
FEWEST_CELLS = 100
LONGEST = 36  # months looked back


@dataclass(frozen=True)
class Counted:
    """
    Rows by line, month and distinct point, where the points are in metres, and in which square.

    `months` run to the end of the period, without a gap; `came` says which of
    them came. `points` are longitude and latitude as one complex number, in
    order. `weights` are (lines, months, points). `of_period` are the positions
    of the period's months.
    """

    grid: Grid
    months: Period
    came: NDArray[np.bool_]
    points: NDArray[np.complex128]
    east: Numbers
    north: Numbers
    cell: NDArray[np.int64]
    weights: NDArray[np.float64]
    of_period: slice

    def by_cell(self, line: int) -> NDArray[np.int64]:
        """Counts of a line by month and square."""
        inside = np.flatnonzero(self.cell >= 0)
        months, points = np.nonzero(self.weights[line][:, inside])
        key = months * self.grid.cells + self.cell[inside[points]]
        counts = np.bincount(key, self.weights[line][months, inside[points]], len(self.months) * self.grid.cells)
        return np.rint(counts).astype(np.int64).reshape(len(self.months), self.grid.cells)

    def cell_at(self, longitude: Numbers, latitude: Numbers) -> NDArray[np.int64]:
        """In which square is each of these map points? -1 for one that is none of `points`, or outside."""
        wanted = longitude + 1j * latitude
        at = np.minimum(np.searchsorted(self.points, wanted), self.points.size - 1)
        return np.where(self.points[at] == wanted, self.cell[at], -1)

    @property
    def years(self) -> float:
        """How many years of the period came."""
        return max(int(self.came[self.of_period].sum()), 1) / 12


def grid_of(brief: Brief, lines: Sequence[Line]) -> tuple[Grid | None, str]:
    """The grid over the area's outline; or None and the reason, ready to print, why there is none."""
    if not lines:
        return None, "No police records with map points were supplied."
    ruling = may_ask("hotspots on a grid", Resolution.of_feed(lines[0].feed.resolution))
    if not ruling:
        return None, ruling.reason
    outlines = brief.evidence.rows("SELECT rings FROM shapes WHERE kind = 'outline'")
    rings = [ring for (words,) in outlines for ring in json.loads(words)]
    if not rings:
        return None, "The boundary of the area was not supplied, so no grid can be laid over it."
    grid = grid_over(rings, cell=CELL, snapped=True)
    if grid.cells < FEWEST_CELLS:
        return None, "The area is too small for squares of 250 metres to tell places in it apart."
    return grid, ""


def counted_of(brief: Brief, lines: Sequence[Line], grid: Grid) -> Counted | None:
    """The rows of these lines (of one feed) by month and map point; None when none of them has a point."""
    first = max(brief.period.last + (1 - LONGEST), brief.span.first)
    months = Period(min(first, brief.period.first), brief.period.last)
    names = list(dict.fromkeys(one for line in lines for one in line.series))
    rows = brief.evidence.columns(
        "SELECT i.longitude, i.latitude, s.i AS series, "
        "CAST(date_diff('month', CAST(? AS DATE), i.month) AS INTEGER) AS step, CAST(count(*) AS DOUBLE) AS n "
        "FROM incidents i JOIN (SELECT unnest(?::VARCHAR[]) AS series, unnest(range(?)) AS i) s "
        "ON s.series = i.series WHERE i.feed = ? AND i.month BETWEEN ? AND ? AND NOT i.superseded "
        "AND i.longitude IS NOT NULL AND i.latitude IS NOT NULL GROUP BY 1, 2, 3, 4",
        [
            *(months.first.first_day, names, len(names), lines[0].feed.name),
            *(months.first.first_day, months.last.first_day),
        ],
    )
    n = np.asarray(rows["n"], np.float64)
    if not n.size:
        return None
    at = np.asarray(rows["longitude"], np.float64) + 1j * np.asarray(rows["latitude"], np.float64)
    points, which = np.unique(at, return_inverse=True)
    table = np.zeros((len(names), len(months), points.size))
    np.add.at(table, (rows["series"], rows["step"], which), n)
    position = {name: i for i, name in enumerate(names)}
    weights = np.stack([table[[position[one] for one in line.series]].sum(axis=0) for line in lines])
    east, north = to_grid(points.real, points.imag)
    came = set(brief.evidence.months_of(lines[0].feed.name))
    return Counted(
        grid=grid,
        months=months,
        came=np.array([month in came for month in months]),
        points=points,
        east=east,
        north=north,
        cell=grid.cell_of(east, north),
        weights=weights,
        of_period=slice(len(months) - len(brief.period), len(months)),
    )
