"""Which files of a folder are published reference tables, told from their first lines."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from goldthread.evidence.places.tables import Kind, kinds_of

_HEAD_BYTES = 65_536
_NOTE_LINES = 12  # ONS puts up to eight lines of notes above a heading
_SUFFIXES = {".csv": "csv", ".parquet": "parquet", ".geojson": "json", ".json": "json", ".topojson": "json"}


@dataclass(frozen=True, slots=True)
class Found:
    """Where is a reference table, what form is it in, and which heading holds what?"""

    path: Path
    form: str  # "csv", "parquet" or "json"
    heading: tuple[str, ...]
    skip: int  # lines of notes above the heading
    size: int
    modified: int
    columns: dict[str, str] = field(default_factory=dict)

    @property
    def newest_year(self) -> int:
        """The last year that its headings speak of (LAD24CD is 2024), to choose between editions."""
        years = [int(y) for y in re.findall(r"(?<!\d)(?:20)?(\d\d)(?!\d)", " ".join(self.columns.values()))]
        return max((y for y in years if y < 60), default=0)


def find_tables(folder: Path) -> dict[str, list[Found]]:
    """Which reference tables does this folder (and those inside it) hold? By kind, the newest edition first.

    Only the first 64 kB of a file are read, and only of CSV, Parquet, GeoJSON and TopoJSON (also with .gz). What was
    seen is remembered in the user's cache by size and time of change; the cache is never needed.
    """
    remembered = _remembered(folder)
    heads: dict[str, Head] = {}
    found: dict[str, list[Found]] = {}
    for path, form in _candidates(folder):
        stat = path.stat()
        key = str(path)
        head = remembered.get(key)
        if head is None or head[:2] != (stat.st_size, stat.st_mtime_ns):
            head = (stat.st_size, stat.st_mtime_ns, _headings(path, form))
        heads[key] = head
        for skip, heading in head[2]:
            kinds = kinds_of(heading)
            for kind, columns in kinds:
                table = Found(path, form, heading, skip, stat.st_size, stat.st_mtime_ns, columns)
                if _can_be(kind, form):
                    found.setdefault(kind.name, []).append(table)
            if kinds:
                break
    if heads != remembered:
        _remember(folder, heads)
    for tables in found.values():
        tables.sort(key=lambda t: (-t.newest_year, -t.size, str(t.path)))
    return found


Head = tuple[int, int, tuple[tuple[int, tuple[str, ...]], ...]]


def _can_be(kind: Kind, form: str) -> bool:
    return ("geometry" in kind.needs) == (form == "json")


def _candidates(folder: Path) -> Iterator[tuple[Path, str]]:
    for here, inside, files in os.walk(folder):
        inside[:] = sorted(d for d in inside if not d.startswith("."))
        for name in sorted(files):
            form = _SUFFIXES.get(Path(name.removesuffix(".gz")).suffix.lower())
            if form is not None and not name.startswith("."):
                yield Path(here, name), form


def _headings(path: Path, form: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """What may be the headings of this file: each with the lines above it. Empty for what cannot be read."""
    try:
        if form == "parquet":
            return ((0, tuple(duckdb.read_parquet(str(path)).columns)),)
        opener = gzip.open if path.name.endswith(".gz") else open
        with opener(path, "rb") as file:
            text = file.read(_HEAD_BYTES).decode("utf-8-sig", "replace")
    except (OSError, EOFError, zlib.error, duckdb.Error):
        return ()
    return _json_headings(text) if form == "json" else _csv_headings(text)


def _csv_headings(text: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    reader = csv.reader(io.StringIO(text))
    rows: list[tuple[int, tuple[str, ...]]] = []
    above = 0
    try:
        for row in reader:
            if any(row):
                rows.append((above, tuple(row)))
            above = reader.line_num
            if len(rows) > _NOTE_LINES:
                break
    except csv.Error:
        pass
    matching = [row for row in rows if kinds_of(row[1])]
    return tuple(matching[:1] or rows[:1])


def _json_headings(text: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """The properties of the first feature: {"LSOA21CD": …} has the headings LSOA21CD and geometry."""
    first = re.search(r'"properties"\s*:\s*(\{[^{}]*"(?:[^"\\]|\\.)*"[^{}]*?\})', text)
    if first is None or ("FeatureCollection" not in text and "Topology" not in text):
        return ()
    for start in re.finditer(r'"properties"\s*:\s*(?=\{)', text):
        try:
            properties, _ = json.JSONDecoder().raw_decode(text, start.end())
        except ValueError:
            continue
        if isinstance(properties, dict) and any(re.search(r"cd$|code$", str(k).lower()) for k in properties):
            return ((0, (*map(str, properties), "geometry")),)
    return ()


def cache_folder() -> Path:
    """Where this user's downloads and remembered headings are kept: safe to delete at any time."""
    base = os.environ.get("GOLDTHREAD_CACHE") or os.environ.get("XDG_CACHE_HOME")
    home = Path(base) if base else Path.home() / ".cache"
    return home / "goldthread"


def _memory(folder: Path) -> Path:
    name = f"{zlib.crc32(str(folder.resolve()).encode()):08x}"
    return cache_folder() / "headings" / f"{name}.json"


def _remembered(folder: Path) -> dict[str, Head]:
    try:
        kept = json.loads(_memory(folder).read_text(encoding="utf-8"))
        return {
            path: (int(size), int(when), tuple((int(skip), tuple(heading)) for skip, heading in rows))
            for path, (size, when, rows) in kept.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(folder: Path, heads: dict[str, Head]) -> None:
    memory = _memory(folder)
    try:
        memory.parent.mkdir(parents=True, exist_ok=True)
        part = memory.with_suffix(f".{os.getpid()}")
        part.write_text(json.dumps(heads), encoding="utf-8")
        part.replace(memory)
    except OSError:
        return
