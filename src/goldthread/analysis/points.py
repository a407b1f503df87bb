"""Points that many events share, carried once with their weights: exact, and far quicker."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Points:
    """
    The different points of a data set, in British National Grid metres, and which one each row is at.

    `at` has one entry a row: a position in `easting` and `northing`, or -1 for
    a row with no place. Police.uk moves each crime to one of a few thousand
    map points an area, so points are many times fewer than rows.
    """

    easting: Floats
    northing: Floats
    at: Whole

    @property
    def rows_without_place(self) -> int:
        """How many rows have no place, and so are on no map?"""
        return int(np.count_nonzero(self.at < 0))

    def weights(self, layer: NDArray[np.integer] | None = None, layers: int = 1) -> Floats:
        """
        How many rows of each layer (a series, a month) are at each point? Shape (layers, points).

        `layer` numbers the layer of each row, from 0; a negative one leaves the row out.
        """
        which = np.zeros(self.at.size, np.int64) if layer is None else np.asarray(layer, np.int64)
        counted = (self.at >= 0) & (which >= 0)
        key = which[counted] * self.easting.size + self.at[counted]
        counts = np.bincount(key, minlength=layers * self.easting.size)
        return counts.astype(np.float64).reshape(layers, self.easting.size)


def distinct(easting: Floats, northing: Floats) -> Points:
    """
    Which different points are there, and which one is each row at?

    Coordinates that agree to the centimetre are one point. Rows where either is
    NaN have no place. Points come out from south to north.
    """
    placed = np.flatnonzero(np.isfinite(easting) & np.isfinite(northing))
    east = np.rint(easting[placed] * 100).astype(np.int64)
    north = np.rint(northing[placed] * 100).astype(np.int64)
    if placed.size == 0:
        return Points(np.zeros(0), np.zeros(0), np.full(easting.size, -1))
    low = int(east.min())
    wide = int(east.max()) - low + 1
    _, first, which = np.unique(north * wide + (east - low), return_index=True, return_inverse=True)
    at = np.full(easting.size, -1, np.int64)
    at[placed] = which
    return Points(easting[placed][first], northing[placed][first], at)


def share_at_busiest(weights: Floats, of_points: float = 0.01) -> float:
    """
    What share of all events lies at the busiest 1 % of points that have any?

    A high share says that the map is drawn by a few points: usually a
    superstore, a station, a hospital or a custody suite, which should be named
    and not called a street. At least one point counts as the busiest.
    """
    used = np.sort(weights[weights > 0])[::-1]
    if not used.size:
        raise ValueError("There are no events at any point.")
    return float(used[: max(1, int(np.ceil(of_points * used.size)))].sum() / used.sum())
