"""
How much longer does receiving files take than merely counting their rows?

Run `python -m benchmarks.receiving [rows]` from the repository, or with files of data.police.uk
`python -m benchmarks.receiving --files ../shared/data/police-uk-cleveland-2023-2024 --area Middlesbrough`
(and `--reference DIR`, to place rows by the published lookups and lay the ground that an assessment stands on).
Without `--files` it writes invented street files (gz, one a month). The same files are read in five ways, in turn,
three times:

- a bare count: `SELECT count(*) FROM read_csv([…])` for each kind of file, as one types it. DuckDB finds out by itself
  what the columns are, counts the rows and keeps nothing;
- a count of texts: told that all columns are text, the rows of each kind are counted by small area, month and type
  (searches, which have no small area, by sex, time and object). It reads three columns of twelve;
- the same, told how the files are written too, which nobody who has not looked at them can do;
- a bare copy: the same `read_csv` into one table of text in a DuckDB file, nothing looked at. No way of keeping the
  rows in such a file is quicker, so it says what part of receiving is that;
- `build`, which unpacks, digests, recognises, checks every cell, places every row, keeps it, counts, and seals and
  verifies the evidence.

Says the best of each, and receiving as a ratio of the bare count, without imports.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # the database would load it, and the product has none

import duckdb

from benchmarks.invented import country, write_street
from benchmarks.machine import memory, said, timed
from goldthread.evidence.building import Wanted, build

AREA = "E06000001"
TIMES = 3
COUNTED = {
    "Crime type": ("LSOA code", "Month", "Crime type"),
    "Outcome type": ("LSOA code", "Month", "Outcome type"),
    "Object of search": ("Gender", "Date", "Object of search"),
}


def kinds_of(files: Sequence[Path]) -> dict[tuple[str, ...], list[Path]]:
    """The files that have the same headings, by their headings."""
    kinds: dict[tuple[str, ...], list[Path]] = {}
    for path in files:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as text:
            kinds.setdefault(tuple(next(csv.reader(text))), []).append(path)
    return kinds


def _reader(headings: Sequence[str], files: Sequence[Path], told: bool = False) -> str:
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in headings)
    listed = ", ".join(f"'{path}'" for path in files)
    how = """, auto_detect=false, delim=',', quote='"', escape='"'""" if told else ""
    return f"read_csv([{listed}], columns={{{columns}}}, header=true{how})"


def bare_count(kinds: dict[tuple[str, ...], list[Path]]) -> int:
    """Count the rows and nothing else, as DuckDB reads files that it is told nothing of."""
    con = duckdb.connect()
    listed = (", ".join(f"'{path}'" for path in files) for files in kinds.values())
    counts = [con.execute(f"SELECT count(*) FROM read_csv([{each}])").fetchall()[0][0] for each in listed]
    con.close()
    return sum(counts)


def count_of_texts(kinds: dict[tuple[str, ...], list[Path]], told: bool = False) -> int:
    """
    Count the rows by small area, month and type; returns how many there are.

    `told` says whether the database is told how the files are written, or looks for itself.
    """
    con = duckdb.connect()
    total = 0
    for headings, files in kinds.items():
        by = next(columns for telling, columns in COUNTED.items() if telling in headings)
        named = ", ".join(f'"{c}"' for c in by)
        rows = con.execute(f"SELECT {named}, count(*) FROM {_reader(headings, files, told)} GROUP BY ALL").fetchall()
        total += sum(n for *_, n in rows)
    con.close()
    return total


def bare_copy(kinds: dict[tuple[str, ...], list[Path]], to: Path) -> None:
    """Copy the rows as text into a new DuckDB file, a table for each kind."""
    to.unlink(missing_ok=True)
    con = duckdb.connect(str(to))
    for number, (headings, files) in enumerate(kinds.items()):
        con.execute(f"CREATE TABLE rows_{number} AS SELECT * FROM {_reader(headings, files)}")
    con.close()


def measure(folder: Path, area: str, reference: Path | None, scratch: Path) -> None:
    """Read the gz files of a folder in the five ways, and say what each took."""
    files = sorted(folder.rglob("*.csv.gz"))
    kinds = kinds_of(files)
    size = sum(f.stat().st_size for f in files) / 1e6
    print(f"{said()}: {bare_count(kinds):,} rows in {len(files)} files, {size:.0f} MB")
    ways = {
        "bare count": lambda: bare_count(kinds),
        "count of texts": lambda: count_of_texts(kinds),
        "the same, told the dialect": lambda: count_of_texts(kinds, told=True),
        "bare copy to a DuckDB file": lambda: bare_copy(kinds, scratch / "copy.duckdb"),
        "receiving, to sealed evidence": lambda: build(
            Wanted([folder], area, None, reference), scratch / "evidence.duckdb"
        ),
    }
    took: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for _ in range(TIMES):
        for name, way in ways.items():
            took[name].append(timed(way))
    least = {name: (min(w for w, _ in times), min(c for _, c in times)) for name, times in took.items()}
    wall, cpu = least["bare count"]
    for name, (more_wall, more_cpu) in least.items():
        ratio = f"{more_wall / wall:5.1f} times, {more_cpu / cpu:5.1f} times"
        print(f"  {name:30} {more_wall:6.2f} s, {more_cpu:6.2f} s of processor: {ratio}")
    print(f"  memory at most {memory():.0f} MB")


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m benchmarks.receiving")
    asked.add_argument("rows", type=float, nargs="?", default=200_000, help="how many rows to invent")
    asked.add_argument("--files", type=Path, help="a folder of files of data.police.uk, instead of invented ones")
    asked.add_argument("--area", default=AREA, help="the area that is kept")
    asked.add_argument("--reference", type=Path, help="a folder of reference tables to place rows by")
    words = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="goldthread-receiving-") as scratch:
        folder = words.files or Path(scratch) / "files"
        if words.files is None:
            write_street(folder, country(areas=1, each=244), int(words.rows), months=60)
        measure(folder, words.area, words.reference, Path(scratch))


if __name__ == "__main__":
    main()
