"""
How long does every authority of the country at once take, and does ten times the rows take ten times as long?

Run `python -m benchmarks.country [rows …]` from the repository (4,000,000 rows if none are given). Writes invented
street files of 290 authorities, gz, one a force and month for two years, with a table of residents; then runs
`goldthread assess … --area all --edition none` in a process of its own and says its wall, processor time and largest
memory from start to end, and how many figures it wrote.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from benchmarks.invented import country, write_people, write_street
from benchmarks.machine import Took, alone, said

ROWS = 4_000_000
SECONDS, MEGABYTES, TEN_TIMES = 45.0, 2_000.0, 11.0


def measured(rows: int, areas: int = 290) -> Took:
    """Write so many rows, assess every authority, and say what that took."""
    with tempfile.TemporaryDirectory(prefix="goldthread-country-") as scratch:
        folder, to = Path(scratch), Path(scratch) / "country"
        places = country(areas=areas)
        write_street(folder / "files", places, rows)
        write_people(folder / "files" / "population.csv", places)
        words = ["assess", str(folder / "files"), "--area", "all", "--edition", "none", "--to", str(to), "--quiet"]
        print(f"{said()}: {rows:,} rows, {areas} authorities", flush=True)
        took = alone("goldthread", *words)
        record = json.loads((to / "assessment.json").read_text(encoding="utf-8"))
        sizes = {path.name: path.stat().st_size / 1e6 for path in to.iterdir() if path.is_file()}
    received = record["figures"]["country.received"]["answer"]
    print(
        f"  {took}; {received['rows']:,} rows in, {len(record['figures']):,} figures of {received['authorities']} areas"
    )
    print("  " + ", ".join(f"{name} {size:.0f} MB" for name, size in sorted(sizes.items())), flush=True)
    return took


def main(*rows: int) -> None:
    took = {n: measured(n) for n in rows or (ROWS,)}
    if ROWS in took:
        within = took[ROWS].wall <= SECONDS and took[ROWS].megabytes <= MEGABYTES
        print(
            f"{'Within' if within else 'Not within'} {SECONDS:.0f} s and {MEGABYTES / 1000:.0f} GB for {ROWS:,} rows."
        )
    for n, one in took.items():
        if (ten := took.get(10 * n)) is not None:
            print(
                f"Ten times {n:,} rows: {ten.wall / one.wall:.1f} times the wall, {ten.cpu / one.cpu:.1f} the processor"
            )
            print(f"  (at most {TEN_TIMES:.0f} times was promised).")


if __name__ == "__main__":
    main(*(int(float(w)) for w in sys.argv[1:]))
