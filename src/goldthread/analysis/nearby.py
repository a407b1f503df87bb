"""Every two points that lie close together, found by looking in the squares round each."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_AT_ONCE = 200_000  # pairs looked at together, few enough for the processor's cache


def pairs_within(easting: Floats, northing: Floats, metres: float, *, manhattan: bool = False) -> tuple[Whole, Floats]:
    """
    Which points are at most `metres` apart: their positions, (pairs, 2), and how far apart they are.

    As the crow flies, or along a street grid (`manhattan`). Each pair comes
    once, the lower position first. Points are sorted into squares as wide as
    `metres`, so that only those in a square and the eight round it need be
    compared. Raises ValueError where a point has no place.
    """
    if not (np.isfinite(easting).all() and np.isfinite(northing).all()):
        raise ValueError("Every point needs a place before pairs of them can be found.")
    if easting.size < 2:
        return np.zeros((0, 2), np.int64), np.zeros(0)
    # A hair wider than asked, so that rounding cannot put two points of one pair two squares apart.
    side = max(metres, 1e-3) * (1 + 1e-9)
    row, column = (np.floor((axis - axis.min()) / side).astype(np.int64) for axis in (northing, easting))
    wide = int(column.max()) + 3
    square = row * wide + column + 1
    order = np.argsort(square, kind="stable")
    one, other, away = (
        np.concatenate(parts)
        for parts in zip(*_close(square[order], wide, easting[order], northing[order], metres, manhattan), strict=True)
    )
    a, b = order[one], order[other]
    return np.column_stack([np.minimum(a, b), np.maximum(a, b)]), away


def _close(
    square: Whole, wide: int, east: Floats, north: Floats, metres: float, manhattan: bool
) -> Iterator[tuple[Whole, Whole, Floats]]:
    """Pairs of positions in the sorted points and how far apart they are, some at a time."""
    own = np.arange(square.size)
    # Later points of the same square and the next one, then the three squares of the row above: each pair once.
    stretches = (
        (own + 1, np.searchsorted(square, square + 1, side="right")),
        (np.searchsorted(square, square + wide - 1), np.searchsorted(square, square + wide + 1, side="right")),
    )
    yield own[:0], own[:0], east[:0]
    for first, last in stretches:
        total = np.cumsum(last - first)
        cuts = np.searchsorted(total, np.arange(_AT_ONCE, max(int(total[-1]), 1) + _AT_ONCE, _AT_ONCE)) + 1
        for start, end in zip([0, *cuts[:-1]], cuts, strict=True):
            many = last[start:end] - first[start:end]
            one = np.repeat(own[start:end], many)
            other = np.arange(one.size) + np.repeat(first[start:end] - (np.cumsum(many) - many), many)
            across, up = east[other] - east[one], north[other] - north[one]
            # Squares are quicker than roots; the few that pass, and those a hair outside, are measured.
            near = np.flatnonzero(across * across + up * up <= metres * metres * (1 + 1e-12))
            one, other, across, up = one[near], other[near], across[near], up[near]
            away = np.abs(across) + np.abs(up) if manhattan else np.hypot(across, up)
            kept = away <= metres
            yield one[kept], other[kept], away[kept]
