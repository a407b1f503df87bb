"""
How much longer does receiving files take than merely counting their rows?

Run `python -m benchmarks.receiving [rows]` from the repository. Writes invented street files (gz, one a month) and
reads the same files in two ways, in turn, three times: a bare DuckDB `read_csv`, all twelve columns as text, grouped
by LSOA, month and type; and `build`, which unpacks, digests, recognises, checks every cell, places every row, keeps
it, counts, and seals and verifies the evidence. Says the best of each and their ratio, without imports.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # the database would load it, and the product has none

import duckdb

from benchmarks.invented import country, write_street
from benchmarks.machine import memory, said, timed
from goldthread.evidence.building import Wanted, build
from tests.chapters.evidence_of import STREET

AREA = "E06000001"
TIMES = 3


def bare_count(files: list[Path]) -> int:
    """Count the rows by LSOA, month and type; returns how many there are."""
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in STREET)
    listed = ", ".join(f"'{path}'" for path in files)
    con = duckdb.connect(config={"temp_directory": tempfile.gettempdir()})
    rows = con.execute(
        f'SELECT "LSOA code", "Month", "Crime type", count(*) FROM read_csv([{listed}], columns={{{columns}}}, '
        "header=true) GROUP BY ALL"
    ).fetchall()
    con.close()
    return sum(n for *_, n in rows)


def main(rows: int = 200_000) -> None:
    with tempfile.TemporaryDirectory(prefix="goldthread-receiving-") as scratch:
        folder = Path(scratch)
        write_street(folder / "files", country(areas=1, each=244), rows, months=60)
        files = sorted((folder / "files").rglob("*.gz"))
        print(f"{said()}: {rows:,} rows in {len(files)} files, {sum(f.stat().st_size for f in files) / 1e6:.0f} MB")
        counted, received = [], []
        for _ in range(TIMES):
            counted.append(timed(lambda: bare_count(files)))
            received.append(timed(lambda: build(Wanted([folder / "files"], AREA), folder / "evidence.duckdb")))
        least = [tuple(min(column) for column in zip(*times, strict=True)) for times in (counted, received)]
        for name, (wall, cpu) in zip(("bare count", "receiving, to sealed evidence"), least, strict=True):
            print(f"  {name:30} {wall:6.2f} s, {cpu:6.2f} s of processor")
        (wall, cpu), (more_wall, more_cpu) = least
        print(f"  {'ratio':30} {more_wall / wall:6.1f}    {more_cpu / cpu:6.1f}   memory at most {memory():.0f} MB")


if __name__ == "__main__":
    main(*(int(float(w)) for w in sys.argv[1:]))
