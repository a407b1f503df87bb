"""Which places lie next to each other, on a grid or among small areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.hotspots.grid import Grid, Ring

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


class Neighbourhood(Protocol):
    """Places and the neighbours of each, the place itself not among them; being a neighbour is mutual."""

    @property
    def count(self) -> Whole:
        """How many neighbours has each place?"""
        ...

    def sums(self, values: Floats) -> Floats:
        """The sum over the neighbours of each place, for values of shape (layers, places)."""
        ...


@dataclass(frozen=True)
class GridNeighbours:
    """
    The cells round each cell of a grid that lie inside the area: queen neighbours, `rings` deep.

    Sums are taken by running totals along rows and columns; no matrix is made.
    """

    grid: Grid
    rings: int = 1

    @cached_property
    def count(self) -> Whole:
        """How many neighbours has each cell? 8 inside, fewer at the edge of the area."""
        return np.asarray(np.rint(self.sums(np.ones((1, self.grid.cells)))[0]), np.int64)

    def sums(self, values: Floats) -> Floats:
        """The sum over the neighbours of each cell, for values of shape (layers, cells)."""
        flat = np.zeros((values.shape[0], self.grid.inside.size), values.dtype)
        flat[:, self._inside] = values
        box = _box(_box(flat.reshape(-1, *self.grid.inside.shape), self.rings, 1), self.rings, 2)
        return np.asarray(box.reshape(flat.shape)[:, self._inside] - values)

    @cached_property
    def _inside(self) -> Whole:
        return np.flatnonzero(self.grid.inside)


@dataclass(frozen=True)
class NeighbourLists:
    """Neighbours listed place by place: those of place i are `others[starts[i]:starts[i + 1]]`."""

    starts: Whole
    others: Whole

    @property
    def count(self) -> Whole:
        """How many neighbours has each place?"""
        return np.diff(self.starts)

    def sums(self, values: Floats) -> Floats:
        """The sum over the neighbours of each place, for values of shape (layers, places); 0 with none."""
        out = np.zeros(values.shape, values.dtype)
        has = self.count > 0
        if has.any():
            out[:, has] = np.add.reduceat(values[:, self.others], self.starts[:-1][has], axis=1)
        return out


def from_lists(lists: Sequence[Sequence[int]]) -> NeighbourLists:
    """This will take neighbours written as one list of positions a place; raises ValueError if one is not mutual."""
    starts = np.concatenate([[0], np.cumsum([len(one) for one in lists])]).astype(np.int64)
    others = np.array([other for one in lists for other in one], np.int64)
    pairs = set(zip(np.repeat(np.arange(len(lists)), np.diff(starts)).tolist(), others.tolist(), strict=True))
    for a, b in pairs:
        if (b, a) not in pairs or a == b:
            raise ValueError(f"Place {a} has {b} as a neighbour, but not the other way round.")
    return NeighbourLists(starts, others)


def touching(shapes: Sequence[Sequence[Ring]], *, to_metres: float = 1.0) -> NeighbourLists:
    """
    Which small areas touch, at an edge or a corner?

    `shapes` are the rings of each area. Areas are neighbours when they share a
    corner point, to `to_metres`; published boundaries of one edition do. An
    island has no neighbours.
    """
    area = np.repeat(np.arange(len(shapes)), [sum(len(ring) for ring in shape) for shape in shapes])
    corners = np.array([corner for shape in shapes for ring in shape for corner in ring], np.float64).reshape(-1, 2)
    key = np.rint(corners / to_metres).astype(np.int64)
    _, corner = np.unique(key, axis=0, return_inverse=True)
    once = np.unique(np.column_stack([corner.ravel(), area]), axis=0)
    pairs = []
    # Few areas meet at a point, so comparing each with the next few in the sorted list finds every pair.
    for step in range(1, int(np.bincount(once[:, 0]).max(initial=1))):
        same = once[step:, 0] == once[:-step, 0]
        pairs.append(np.column_stack([once[:-step][same, 1], once[step:][same, 1]]))
    found = np.concatenate(pairs) if pairs else np.zeros((0, 2), np.int64)
    both = np.unique(np.concatenate([found, found[:, ::-1]]), axis=0)
    starts = np.concatenate([[0], np.cumsum(np.bincount(both[:, 0], minlength=len(shapes)))])
    return NeighbourLists(starts.astype(np.int64), both[:, 1].astype(np.int64))


def _box(values: Floats, rings: int, axis: int) -> Floats:
    """The sum of each entry and of `rings` on both sides of it, along one axis of three."""
    out = values.copy()
    size = values.shape[axis]
    for step in range(1, min(rings, size - 1) + 1):
        ahead = [slice(None)] * 3
        behind = [slice(None)] * 3
        ahead[axis], behind[axis] = slice(step, None), slice(None, -step)
        out[tuple(behind)] += values[tuple(ahead)]
        out[tuple(ahead)] += values[tuple(behind)]
    return out
