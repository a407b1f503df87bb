"""
How long does one authority take, from its files to every edition?

Run `python -m benchmarks.whole [rows]` from the repository. Builds the example partnership's reference tables, writes
invented street files of 200,000 rows over 60 months on its ground, and runs `goldthread assess` for all editions in a
process of its own, twice: the second time the machine is warm. Then the same again inside one process, to say how long
each part takes; and a bare DuckDB count of the same files beside it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from functools import wraps
from pathlib import Path
from typing import Any

sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # the database would load it, and the product has none

from benchmarks.invented import saltmarsh, write_street
from benchmarks.machine import alone, said, timed
from benchmarks.receiving import bare_count, kinds_of
from example.reference import write_reference

ROWS, MONTHS = 200_000, 60
SECONDS, STATISTICS, MEGABYTES = 10.0, 3.0, 1_000.0
PARTS = (
    ("goldthread.evidence.building", "build", "receiving"),
    ("goldthread.chapters.assembling", "measured", "statistics"),
    ("goldthread.chapters.assembling", "assess", "statistics and chapters"),
    ("goldthread.editions.writing", "write_all", "editions"),
)


def timing(parts: dict[str, tuple[float, float]]) -> None:
    """Have each part of a run say how long it took, in wall and processor seconds."""
    from importlib import import_module

    for module, name, title in PARTS:
        work = getattr(import_module(module), name)

        @wraps(work)
        def timed_work(*args: Any, work: Any = work, title: str = title, **kwargs: Any) -> Any:
            wall, cpu = time.perf_counter(), time.process_time()
            answer = work(*args, **kwargs)
            parts[title] = (time.perf_counter() - wall, time.process_time() - cpu)
            return answer

        setattr(import_module(module), name, timed_work)


def in_parts(files: Path, reference: Path, to: Path) -> dict[str, tuple[float, float]]:
    """The same run inside this process, part by part."""
    from goldthread.cli.assessing import run

    parts: dict[str, tuple[float, float]] = {}
    timing(parts)
    run([files], "Saltmarsh", to, None, "all", reference, lambda _what, _done, _of: None)
    return parts


def main(rows: int = ROWS) -> None:
    with tempfile.TemporaryDirectory(prefix="goldthread-whole-") as scratch:
        folder = Path(scratch)
        write_reference(folder / "reference")
        files = write_street(folder / "files", saltmarsh(folder / "reference"), rows, months=MONTHS)
        print(f"{said()}: {rows:,} rows, {MONTHS} months, files to all editions", flush=True)
        words = ["assess", str(files), "--area", "Saltmarsh", "--reference", str(folder / "reference"), "--quiet"]
        took = [alone("goldthread", *words, "--to", str(folder / f"to-{i}")) for i in range(2)]
        print(f"  cold  {took[0]}\n  warm  {took[1]}")
        wall, cpu = timed(lambda: bare_count(kinds_of(sorted(files.rglob("*.gz")))))
        print(f"  bare count of the same files {wall:.2f} s, {cpu:.2f} s of processor: {took[1].wall / wall:.0f} times")
        parts = in_parts(files, folder / "reference", folder / "parts")
    for title, (wall, cpu) in parts.items():
        print(f"  {title:26} {wall:6.2f} s, {cpu:6.2f} s of processor")
    within = took[1].wall <= SECONDS and parts["statistics"][0] <= STATISTICS and took[1].megabytes <= MEGABYTES
    print(f"{'Within' if within else 'Not within'} {SECONDS:.0f} s, {STATISTICS:.0f} s of statistics and 1 GB.")


if __name__ == "__main__":
    main(*(int(float(w)) for w in sys.argv[1:]))
