"""Would the same cells be hotspots, had we known where within its street each event was?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.hotspots.grid import Grid

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_STEPS = 5  # the area is looked at every fifth of a cell (50 m)
_FURTHEST = 1000.0


@dataclass(frozen=True)
class Catchments:
    """
    In which cells the events of each point may really have been, and with what chance.

    Pairs in order of point: point `point[i]` may lie in cell `cell[i]` with
    chance `chance[i]`; the chances of a point add up to 1.
    """

    point: Whole
    cell: Whole
    chance: Floats


@dataclass(frozen=True)
class Stability:
    """
    How surely each of the top cells is one.

    `cells` are the `top` busiest as mapped; `stays` is the share of draws in
    which each is still among the top. `expected` is how many of them are in the
    top of a draw on average, out of `top`.
    """

    cells: Whole
    stays: Floats
    top: int
    draws: int
    expected: float


def catchments(grid: Grid, easting: Floats, northing: Floats) -> Catchments:
    """
    Where may the events at each point really have been?

    An event is moved to the nearest map point, so it was nearer to its point
    than to any other: anywhere in the area that is, up to 1 km. Every 50 m of
    the area is given to its nearest point. A point that is nearest to nothing
    stays in its own cell.

    Only points with events are known here; the list that events were moved to
    has more, so real catchments are smaller and hotspots rather steadier.
    """
    # Imported here because it costs a tenth of a second that those who do not ask should not pay.
    from scipy.spatial import cKDTree

    inner = (np.arange(_STEPS) + 0.5) / _STEPS * grid.cell
    corner = grid.corners()
    east = (corner[:, 0, None, None] + inner[None, :, None] + np.zeros(_STEPS)).ravel()
    north = (corner[:, 1, None, None] + inner[None, None, :] + np.zeros((_STEPS, 1))).ravel()
    away, nearest = cKDTree(np.column_stack([easting, northing])).query(np.column_stack([east, north]))
    near = away <= _FURTHEST
    cell = np.repeat(np.arange(grid.cells), _STEPS**2)
    own = grid.cell_of(easting, northing)
    alone = np.flatnonzero((np.bincount(nearest[near], minlength=easting.size) == 0) & (own >= 0))
    key = np.concatenate([nearest[near] * grid.cells + cell[near], alone * grid.cells + own[alone]])
    pairs, spots = np.unique(key, return_counts=True)
    point = pairs // grid.cells
    return Catchments(point, pairs % grid.cells, spots / np.bincount(point, spots, easting.size)[point])


def stability(
    grid: Grid, easting: Floats, northing: Floats, weights: Floats, *, top: int, draws: int = 99, seed: int = 1
) -> Stability:
    """
    Would the same `top` cells be busiest, had events not been moved to the nearest map point?

    `weights` are the events at each point. In each draw every event is put
    anywhere in the catchment of its point; the answer is in what share of the
    draws each of the top cells is in the top again (a tie at the edge counts in
    proportion). Points outside the area take no part.

    What it cannot tell you: whether the events were given to the right point.
    """
    shares = catchments(grid, easting, northing)
    cell = grid.cell_of(easting, northing)
    mapped = np.bincount(cell[cell >= 0], weights[cell >= 0], grid.cells)
    if not 0 < top < grid.cells:
        raise ValueError(f"The top must be between 1 and {grid.cells - 1} cells.")
    chosen = np.argsort(-mapped, kind="stable")[:top]
    rng = np.random.default_rng(seed)
    inside = np.where(cell >= 0, np.rint(weights), 0).astype(np.int64)
    counts = _drawn(shares, inside, grid.cells, draws, rng)
    edge = np.sort(counts, axis=1)[:, grid.cells - top, None]
    above, tied = counts > edge, counts == edge
    part = (top - above.sum(axis=1)) / tied.sum(axis=1)
    in_top = above[:, chosen] + tied[:, chosen] * part[:, None]
    stays = in_top.mean(axis=0)
    return Stability(chosen, stays, top, draws, float(stays.sum()))


def _drawn(shares: Catchments, weights: Whole, cells: int, draws: int, rng: np.random.Generator) -> Whole:
    """Events by draw and cell, each point's events shared out over the cells of its catchment."""
    used = weights[shares.point] > 0
    point, cell, chance = shares.point[used], shares.cell[used], shares.chance[used]
    starts = np.flatnonzero(np.diff(point, prepend=-1))
    lengths = np.diff(starts, append=point.size)
    left = np.repeat(weights[point[starts]][None, :], draws, axis=0)
    remaining = np.ones(starts.size)
    into, many = [], []
    # Cell by cell of the catchments at once: how many of those left fall in this one?
    for step in range(int(lengths.max(initial=0))):
        on = np.flatnonzero(lengths > step)
        at = starts[on] + step
        odds = np.where(lengths[on] == step + 1, 1.0, np.clip(chance[at] / remaining[on], 0.0, 1.0))
        fell = rng.binomial(left[:, on], odds)
        left[:, on] -= fell
        remaining[on] = np.maximum(remaining[on] - chance[at], 1e-12)
        into.append((np.arange(draws)[:, None] * cells + cell[at]).ravel())
        many.append(fell.ravel())
    if not into:
        return np.zeros((draws, cells), np.int64)
    counts = np.bincount(np.concatenate(into), np.concatenate(many), draws * cells)
    return np.rint(counts).astype(np.int64).reshape(draws, cells)
