"""Write files as partners write them, and the same bytes every time."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

Row = Sequence[object]


def text_of(
    header: Sequence[str], rows: Iterable[Row], *, delimiter: str = ",", quoting: int = csv.QUOTE_MINIMAL
) -> str:
    """The text of a delimited file with Windows line ends, as office software saves it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator="\r\n")  # type: ignore[arg-type]
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file, compressed without a clock in it when its name ends in .gz, making its folder first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(content, compresslevel=6, mtime=0) if path.suffix == ".gz" else content)


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Row],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    quoting: int = csv.QUOTE_MINIMAL,
) -> None:
    """Write a delimited file; `encoding` may be utf-8, utf-8-sig (with a mark at the front) or cp1252."""
    write_bytes(path, text_of(header, rows, delimiter=delimiter, quoting=quoting).encode(encoding))


def write_geojson(path: Path, features: Iterable[tuple[dict[str, str], list[list[list[list[float]]]]]]) -> None:
    """Write areas as GeoJSON multipolygons in longitude and latitude: properties, then polygons of rings."""
    collection = {
        "type": "FeatureCollection",
        "name": path.stem,
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}},
        "features": [
            {
                "type": "Feature",
                "properties": properties,
                "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            }
            for properties, polygons in features
        ],
    }
    write_bytes(path, json.dumps(collection, separators=(",", ":")).encode())
