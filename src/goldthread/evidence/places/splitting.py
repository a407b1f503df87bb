"""Rows of a 2011 LSOA that was split: which of its 2021 parts is each in?"""

from __future__ import annotations

import duckdb
import numpy as np

from goldthread.evidence.places.columns import Floats, Words, floats
from goldthread.evidence.places.reference import Reference


class Splits:
    """Into which 2021 LSOAs was each 2011 LSOA split, and where do the people of each part live?

    A row goes to the part whose population-weighted centroid is nearest to the row's own point. That is an
    approximation, as the point is; `place` never moves a row to an LSOA that its own code does not lead to.
    """

    def __init__(self, parents: Words, parts: Words, easting: Floats, northing: Floats) -> None:
        """One item a pair of 2011 code and 2021 part; centroids in National Grid metres, NaN where not known."""
        order = np.lexsort((parts.astype(str), parents.astype(str)))
        parents, parts = parents[order].astype(str), parts[order].astype(str)
        self.codes, first, many = np.unique(parents, return_index=True, return_counts=True)
        most = int(many.max()) if len(many) else 0
        slot = np.arange(len(parents)) - np.repeat(first, many)
        row = np.repeat(np.arange(len(self.codes)), many)
        self._parts = np.full((len(self.codes), most), "", dtype=object)
        self._centre = np.full((2, len(self.codes), most), np.nan)
        self._parts[row, slot] = parts
        self._centre[0, row, slot], self._centre[1, row, slot] = easting[order], northing[order]

    def place(self, codes: Words, easting: Floats, northing: Floats) -> Words:
        """Which 2021 LSOA is each row in? None for a code that was not split, and for a row without a point."""
        placed = np.full(len(codes), None, dtype=object)
        if not len(self.codes) or not len(codes):
            return placed
        asked = codes.astype(str)
        where = np.minimum(np.searchsorted(self.codes, asked), len(self.codes) - 1)
        can = (self.codes[where] == asked) & np.isfinite(easting) & np.isfinite(northing)
        can &= np.isfinite(self._centre[0][where]).any(axis=1)
        if can.any():
            away = (self._centre[0][where[can]] - easting[can, None]) ** 2
            away += (self._centre[1][where[can]] - northing[can, None]) ** 2
            placed[can] = self._parts[where[can], np.nanargmin(away, axis=1)]
        return placed


def read_splits(connection: duckdb.DuckDBPyConnection, reference: Reference) -> Splits:
    """The splits (and irregular fits) of the ONS 2011 to 2021 lookup, with the 2021 centroids; empty without them."""
    changes = reference.sql("changes", ["lsoa11", "lsoa21", "change"])
    centroids = reference.sql("centroids", ["lsoa21", "easting", "northing"])
    none = np.array([], dtype=object)
    if changes is None or centroids is None:
        return Splits(none, none, np.array([]), np.array([]))
    columns = connection.execute(
        f"SELECT c.lsoa11, c.lsoa21, CAST(p.easting AS DOUBLE) easting, CAST(p.northing AS DOUBLE) northing "
        f"FROM ({changes}) c LEFT JOIN ({centroids}) p USING (lsoa21) WHERE c.change IN ('S', 'X')"
    ).fetchnumpy()
    return Splits(columns["lsoa11"], columns["lsoa21"], floats(columns["easting"]), floats(columns["northing"]))
