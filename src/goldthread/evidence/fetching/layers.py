"""Tables and boundaries that are published a page at a time (ArcGIS layers, Nomis), brought page by page."""

from __future__ import annotations

import csv
import gzip
import io
import json
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO
from urllib.parse import urlencode

from goldthread.evidence.fetching.asking import PATIENT, DownloadFailed, Passing, Patience, host_of, read_page
from goldthread.evidence.fetching.downloads import Progress, cannot_write, no_progress


@dataclass(frozen=True)
class Paged:
    """What is asked of a publisher that answers in pages.

    `columns` maps what a column is called there to what it is called in the file; for a layer with shapes it is
    the properties that are kept. `order` makes the pages of a layer follow on from each other. `size` is how many
    rows a page may have, and `least` how few rows the whole may have to be believed.
    """

    address: str
    columns: Mapping[str, str]
    order: str = ""
    where: str = "1=1"
    size: int = 2000
    least: int = 1
    points: bool = False  # a layer of points, whose eastings and northings become the columns x and y
    shapes: bool = False  # a layer of boundaries, which becomes GeoJSON
    settings: Mapping[str, str] = field(default_factory=dict)


def fetch_layer(
    paged: Paged,
    to: Path,
    patience: Patience = PATIENT,
    progress: Progress = no_progress,
) -> int:
    """Bring a layer of an ArcGIS server into one CSV, or GeoJSON when it has shapes. Returns how many rows came.

    The server says first how many rows there are, and the file takes its name only when so many have come. Pages
    lie in the folder `NAME.part` until then, and a later call goes on after the last whole one.
    """
    query = f"{paged.address.rstrip('/')}/query?"
    count = {"where": paged.where, "returnCountOnly": "true", "f": "json"}
    asked = {
        "where": paged.where,
        "outFields": ",".join(paged.columns),
        "orderByFields": paged.order,
        "returnGeometry": str(paged.points or paged.shapes).lower(),
        "outSR": "27700" if paged.points else "4326",
        "f": "geojson" if paged.shapes else "json",
        "resultRecordCount": str(paged.size),
        **({"geometryPrecision": "6"} if paged.shapes else {}),
        **paged.settings,
    }

    def whole() -> int:
        told = _answer(query + urlencode(count), patience).get("count")
        if not isinstance(told, int):
            raise Passing(f"{host_of(paged.address)} did not say how many rows there are")
        return told

    def page(offset: int) -> list[dict[str, Any]]:
        rows = _answer(query + urlencode({**asked, "resultOffset": str(offset)}), patience).get("features")
        if not isinstance(rows, list):
            raise Passing(f"{host_of(paged.address)} sent a page that is not a list of rows")
        return [_row(r, paged) for r in rows]

    return _gather(patience.through(to.name, whole), page, paged, to, patience, progress)


def fetch_nomis(
    paged: Paged,
    to: Path,
    patience: Patience = PATIENT,
    progress: Progress = no_progress,
) -> int:
    """Bring a table of Nomis into one CSV. Returns how many rows came; as for `fetch_layer`.

    Nomis gives at most 25,000 rows at once and says on every row how many there are in all (RECORD_COUNT).
    """

    def ask_for(offset: int) -> list[dict[str, str]]:
        words = {**paged.settings, "recordoffset": str(offset), "recordlimit": str(paged.size)}
        text = read_page(f"{paged.address}?{urlencode(words)}", patience).decode("utf-8-sig", "replace")
        rows = list(csv.DictReader(io.StringIO(text)))
        if not rows or not {*paged.columns, "RECORD_COUNT"} <= {*rows[0]}:
            raise Passing(f"{host_of(paged.address)} sent a page without the columns that were asked for")
        return rows

    def whole() -> int:
        told = ask_for(0)[0]["RECORD_COUNT"]
        if not told.isdigit():
            raise Passing(f"{host_of(paged.address)} did not say how many rows there are")
        return int(told)

    def page(offset: int) -> list[dict[str, Any]]:
        return [{name: row[there] for there, name in paged.columns.items()} for row in ask_for(offset)]

    return _gather(patience.through(to.name, whole), page, paged, to, patience, progress)


def _answer(address: str, patience: Patience) -> dict[str, Any]:
    """The JSON object at this address; ArcGIS says "error" with a status of 200."""
    try:
        told = json.loads(read_page(address, patience))
    except ValueError as problem:
        raise Passing(f"{host_of(address)} sent something that is not JSON") from problem
    if not isinstance(told, dict) or "error" in told:
        raise Passing(f"{host_of(address)} answered with an error")
    return told


def _row(feature: Mapping[str, Any], paged: Paged) -> dict[str, Any]:
    """One row of a page: the columns as they are to be called, and its shape or its point."""
    try:
        there = feature["properties" if paged.shapes else "attributes"]
        row = {name: there[column] for column, name in paged.columns.items()}
        if paged.shapes:
            return {"type": "Feature", "properties": row, "geometry": feature["geometry"]}
        if paged.points:
            row |= {"x": feature["geometry"]["x"], "y": feature["geometry"]["y"]}
    except (KeyError, TypeError) as problem:
        raise Passing("the publisher sent a row without the columns that were asked for") from problem
    return row


def _gather(
    whole: int,
    page: Callable[[int], list[dict[str, Any]]],
    paged: Paged,
    to: Path,
    patience: Patience,
    progress: Progress,
) -> int:
    """Bring page after page until all rows are there, then write them as one file."""
    if whole < paged.least:
        raise DownloadFailed(
            f"{host_of(paged.address)} offers only {whole:,} rows of {to.name}, where at least {paged.least:,} were "
            "expected. The publisher may have changed it; see definitions/sources.yaml."
        )
    pages = to.with_name(to.name + ".part")
    try:
        pages.mkdir(parents=True, exist_ok=True)
        done = _already(pages, whole)
        progress(to.name, done, whole)
        while done < whole:
            rows = patience.through(to.name, lambda offset=done: page(offset))  # type: ignore[misc]
            if not rows:
                raise DownloadFailed(f"{to.name} stops at {done:,} of {whole:,} rows. Try again later.")
            _keep(pages / f"{done:09d}.json", rows)
            done += len(rows)
            progress(to.name, done, whole)
        if done != whole:
            shutil.rmtree(pages)
            raise DownloadFailed(
                f"{to.name} changed while it was being fetched ({done:,} rows, not {whole:,}). Fetch again."
            )
        _write(pages, paged, to)
        shutil.rmtree(pages)
    except OSError as problem:
        raise cannot_write(to, problem) from problem
    return done


def _already(pages: Path, whole: int) -> int:
    """How many rows had come before, in pages that follow on from each other; others are thrown away."""
    done = 0
    for path in sorted(pages.iterdir()):
        try:
            rows = json.loads(path.read_text(encoding="utf-8"))
        except ValueError:
            rows = []
        if path.name == f"{done:09d}.json" and rows and done + len(rows) <= whole:
            done += len(rows)
        else:
            path.unlink()
    return done


def _keep(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    part = path.with_suffix(".half")
    part.write_text(json.dumps(rows, separators=(",", ":")), encoding="utf-8")
    part.replace(path)


def _rows(pages: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(pages.glob("*.json")):
        yield from json.loads(path.read_text(encoding="utf-8"))


def _write(pages: Path, paged: Paged, to: Path) -> None:
    """All pages as one file, which takes its name when it is whole."""
    half = to.with_name(to.name + ".half")
    opener = gzip.open if to.name.endswith(".gz") else open
    with opener(half, "wt", encoding="utf-8", newline="") as file:
        if paged.shapes:
            _write_shapes(pages, file)
        else:
            rows = _rows(pages)
            first = next(rows)
            table = csv.DictWriter(file, list(first))
            table.writeheader()
            table.writerow(first)
            table.writerows(rows)
    half.replace(to)


def _write_shapes(pages: Path, file: TextIO) -> None:
    file.write('{"type":"FeatureCollection","features":[\n')
    for number, feature in enumerate(_rows(pages)):
        file.write(("," if number else "") + json.dumps(feature, separators=(",", ":")) + "\n")
    file.write("]}\n")
