"""Published boundaries (GeoJSON and TopoJSON) as polygons on the National Grid."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.places.columns import Floats
from goldthread.evidence.places.finding import Found, cache_folder
from goldthread.evidence.places.geometry import Geometries, shapely
from goldthread.evidence.places.projection import to_grid
from goldthread.evidence.trouble import BadRequest

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Boundaries:
    """Which areas does a boundary file hold, and where are their edges?

    One item a feature: its code, its name, and which of `coordinates` (eastings and northings in metres) are its
    rings. `polygon` and `ring` are where each polygon and each ring starts, as in a ragged array.
    """

    codes: NDArray[np.str_]
    names: NDArray[np.str_]
    coordinates: Floats
    rings: Ints  # ring i is coordinates[rings[i]:rings[i + 1]]
    polygons: Ints  # polygon j is rings polygons[j] to polygons[j + 1]
    features: Ints  # feature k is polygons features[k] to features[k + 1]

    @cached_property
    def boxes(self) -> Floats:
        """The least and greatest easting and northing of every feature: x0, y0, x1, y1."""
        starts = self.rings[self.polygons[self.features[:-1]]]
        if not len(starts):
            return np.empty((0, 4))
        return np.hstack([np.minimum.reduceat(self.coordinates, starts), np.maximum.reduceat(self.coordinates, starts)])

    def hectares(self) -> Floats:
        """How large is every feature, holes taken off? By the surveyor's formula, which puts up with bad boundaries."""
        x, y = self.coordinates.T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        running = np.concatenate([[0.0], np.cumsum(cross)])
        sizes = np.abs(running[self.rings[1:] - 1] - running[self.rings[:-1]]) / 2
        outer = np.full(len(sizes), -1.0)
        outer[self.polygons[:-1]] = 1.0
        totals = np.concatenate([[0.0], np.cumsum(sizes * outer)])
        return np.diff(totals[self.polygons[self.features]]) / 10_000

    def shapes(self, which: Iterable[int]) -> Geometries:
        """The multipolygons of these features; those that are not valid as published are mended."""
        chosen = [self._one(int(i)) for i in which]
        made = np.array(chosen, dtype=object)
        bad = ~shapely.is_valid(made) if len(made) else np.array([], dtype=bool)
        if bad.any():
            made[bad] = shapely.make_valid(made[bad], method="structure", keep_collapsed=False)
        return made

    def _one(self, feature: int) -> Any:
        polygons = self.polygons[self.features[feature] : self.features[feature + 1] + 1]
        rings = self.rings[polygons[0] : polygons[-1] + 1]
        offsets = (rings - rings[0], polygons - polygons[0], np.array([0, len(polygons) - 1]))
        coordinates = self.coordinates[rings[0] : rings[-1]]
        return shapely.from_ragged_array(shapely.GeometryType.MULTIPOLYGON, coordinates, offsets)[0]


def read_boundaries(table: Found) -> Boundaries:
    """The boundaries in this file, kept ready in the user's cache by size and time of change.

    Raises `BadRequest` for a file that is not what its first lines said.
    """
    kept = _kept(table)
    boundaries = _unpack(kept)
    if boundaries is None:
        boundaries = _decode(table)
        _pack(boundaries, kept)
    return boundaries


def _decode(table: Found) -> Boundaries:
    opener = gzip.open if table.path.name.endswith(".gz") else open
    try:
        with opener(table.path, "rb") as file:
            told = json.load(file)
        rows = _topology(told) if told.get("type") == "Topology" else _features(told)
        code = next(v for k, v in table.columns.items() if k in ("lsoa21", "authority"))
        return _gather(rows, code, table.columns.get("name", ""))
    except (OSError, EOFError, zlib.error, ValueError, TypeError, KeyError, IndexError) as problem:
        raise BadRequest(f"The boundary file {table.path.name} is damaged and cannot be read.") from problem


Rows = Iterable[tuple[dict[str, Any], list[list[Floats]]]]


def _features(told: dict[str, Any]) -> Rows:
    for feature in told["features"]:
        shape = feature["geometry"]
        if shape is None or shape["type"] not in ("Polygon", "MultiPolygon"):
            continue
        polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        yield feature["properties"], [[np.array(ring, float)[:, :2] for ring in polygon] for polygon in polygons]


def _topology(told: dict[str, Any]) -> Rows:
    """TopoJSON: edges are kept once, as steps from point to point, and each ring says which edges it is made of."""
    change = told.get("transform")
    arcs = [np.array(arc, float)[:, :2] for arc in told["arcs"]]
    if change:
        arcs = [np.cumsum(arc, axis=0) * change["scale"] + change["translate"] for arc in arcs]

    def ring(indices: Sequence[int]) -> Floats:
        pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([piece[:-1] for piece in pieces] + [pieces[-1][-1:]])

    for collection in told["objects"].values():
        for shape in collection.get("geometries", [collection]):
            if shape.get("type") not in ("Polygon", "MultiPolygon"):
                continue
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            yield shape["properties"], [[ring(indices) for indices in polygon] for polygon in polygons]


def _gather(rows: Rows, code: str, name: str) -> Boundaries:
    codes, names, pieces = [], [], []
    rings, polygons, features = [0], [0], [0]
    for properties, shapes in rows:
        shapes = [s for s in ([r for r in shape if len(r) >= 4] for shape in shapes) if s]
        if not shapes or not properties.get(code):
            continue
        codes.append(str(properties[code]))
        names.append(str(properties.get(name) or ""))
        for shape in shapes:
            for ring in shape:
                pieces.append(ring)
                rings.append(rings[-1] + len(ring))
            polygons.append(polygons[-1] + len(shape))
        features.append(features[-1] + len(shapes))
    coordinates = np.concatenate(pieces) if pieces else np.empty((0, 2))
    if len(coordinates) and np.abs(coordinates).max() <= 180:  # degrees, as GeoJSON wants; else it is on the grid
        coordinates = np.column_stack(to_grid(coordinates[:, 0], coordinates[:, 1]))
    ends = (np.array(rings), np.array(polygons), np.array(features))
    return Boundaries(np.array(codes, dtype=str), np.array(names, dtype=str), coordinates, *ends)


def _kept(table: Found) -> Path:
    identity = f"{table.path.resolve()}|{table.size}|{table.modified}|{sorted(table.columns.items())}"
    return cache_folder() / "boundaries" / f"{zlib.crc32(identity.encode()):08x}-{table.size:x}.npz"


_PARTS = ("codes", "names", "coordinates", "rings", "polygons", "features")


def _unpack(kept: Path) -> Boundaries | None:
    try:
        with np.load(kept, allow_pickle=False) as arrays:
            return Boundaries(*(arrays[part] for part in _PARTS))
    except (OSError, ValueError, KeyError, EOFError, zlib.error, zipfile.BadZipFile):
        return None


def _pack(boundaries: Boundaries, kept: Path) -> None:
    part = kept.with_suffix(f".{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            np.savez(file, **{name: getattr(boundaries, name) for name in _PARTS})
        part.replace(kept)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
