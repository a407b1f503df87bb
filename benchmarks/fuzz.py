"""
Does every file, however spoilt, either reconcile row by row or stop with one sentence?

Run `python -m benchmarks.fuzz 100000 [--seed 2025] [--processes 2]`. Files of
every feed are mutated (cells, columns, dialects, encodings, bytes, containers)
and received a few hundred at a time through the real reading, checking and
building, which is how a folder of them would be. Of each file: rows = kept +
refused + other area, the rows are as many as a plain reader finds, and no
exception but Trouble comes out. One in CHECKED goes through `goldthread check`
too, and one batch in ASSESSED on to a whole assessment. What fails is halved
until single files are left, which are kept in fuzz-out/ with their traceback.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import random
import shutil
import sys
import tempfile
import time
import traceback
import zlib
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import typer

from benchmarks.fuzz_mutations import mutated, tidy
from benchmarks.fuzz_tables import Table, as_text, saltmarsh, valid_tables
from goldthread.chapters.assembling import assess
from goldthread.chapters.context import read_context
from goldthread.cli.checking import check
from goldthread.editions.record import record_of
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.reading import find_files, open_table
from goldthread.evidence.store import Evidence
from goldthread.evidence.trouble import Trouble

BATCH = 300
FEEDS = 3  # a batch: files of one feed are read together, which is what makes this quick
CHECKED = 25
COUNTED = 5
ASSESSED = 20
OUT = Path("fuzz-out")
ENOUGH = 20  # failures of a batch: more of them would say no more


@dataclass
class Ground:
    """What every batch starts from: the reference tables, a good file, and the tables that are spoilt."""

    reference: Path
    good: Path
    tables: Sequence[Table]


@dataclass
class Told:
    """What became of the files: how many of each fate, and the names of those that failed."""

    fates: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)

    def add(self, other: Told) -> None:
        """Put another batch's numbers to these."""
        self.fates += other.fates
        self.failed += other.failed


def prepared(folder: Path) -> Ground:
    """Build Saltmarsh once, and cut its files to tables."""
    reference = saltmarsh(folder)
    tables = valid_tables(folder)
    good = folder / "good.csv"
    [street] = [t for t in tables if t.feed == "police-uk-street"]
    good.write_text(as_text(street), encoding="utf-8", newline="")
    return Ground(reference, good, tables)


def one_sentence(trouble: Trouble) -> None:
    """Hold a refusal to its form: said, short, and without a trace of the program."""
    said = str(trouble)
    assert said.strip() and len(said) < 700 and "Traceback" not in said and "\n" not in said, said


def written(folder: Path, draw: random.Random, tables: Sequence[Table], n: int) -> list[Path]:
    """Write so many mutated files of a few feeds; in one batch of three, wrong in their cells alone."""
    paths, feeds = [], draw.sample(tables, FEEDS)
    spoil = draw.choice((tidy, mutated, mutated))
    for number in range(n):
        table = feeds[number % FEEDS]
        data, ending = spoil(draw, table)
        path = folder / f"{number:04d}-{table.feed}.{ending}"
        path.write_bytes(data)
        paths.append(path)
    return paths


def readable(paths: Sequence[Path], told: Told) -> list[Path]:
    """Those that can be looked into; a zip that is damaged stops a whole build, as it should, and is set aside."""
    kept = []
    for path in paths:
        try:
            find_files([path])
            kept.append(path)
        except Trouble as trouble:
            one_sentence(trouble)
            told.fates["a zip refused"] += 1
    return kept


def received(paths: Sequence[Path], ground: Ground, *, whole: bool = False) -> Counter[str]:
    """Build evidence of these files and hold every one to what is promised; AssertionError when one breaks it."""
    fates: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="goldthread-fuzz-") as folder:
        sealed = Path(folder) / "evidence.duckdb"
        build(Wanted([*paths, ground.good], "Saltmarsh", None, ground.reference), sealed)
        with Evidence(sealed) as evidence:
            rows = evidence.rows("SELECT name, rows, kept, refused, other_area, note, feed FROM files ORDER BY file")
            if whole:
                record_of(assess(evidence, read_context(None, "Saltmarsh")))
        found, _ = find_files([*paths, ground.good])
        assert [f.name for f in found] == [r[0] for r in rows]
        for each, (name, n, kept, refused, other, note, feed) in zip(found, rows, strict=True):
            assert n == kept + refused + other and min(kept, refused, other) >= 0, (name, n, kept, refused, other)
            if zlib.crc32(name.encode()) % COUNTED == 0 and not note:
                counted = len(list(open_table(each, Path(folder)).records()))
                assert counted == n, f"{name}: a plain reader counts {counted} rows, and {n} were received"
            fates["unreadable" if note else "no feed" if feed is None else "received"] += 1
            fates["rows kept"] += kept
            fates["rows refused"] += refused
            fates["rows elsewhere"] += other
    fates["received"] -= 1  # the good file
    return fates


def checked(path: Path) -> None:
    """Hold `goldthread check` to an answer or a Trouble, whatever the file."""
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            check(path, json=True)
        except Trouble as trouble:
            one_sentence(trouble)
        except typer.Exit:
            pass


def keep(paths: Sequence[Path], seed: int, trace: str) -> str:
    """Keep what failed (a file, or several that fail only together), with its traceback, for whoever mends it."""
    OUT.mkdir(exist_ok=True)
    name = f"{seed}-{paths[0].name}" + (f"-and-{len(paths) - 1}-more" if paths[1:] else "")
    for path in paths:
        to = OUT / name if paths[1:] else OUT
        to.mkdir(exist_ok=True)
        shutil.copy(path, to / (path.name if paths[1:] else name))
    (OUT / f"{name}.trace").write_text(trace, encoding="utf-8")
    return name


def held(paths: Sequence[Path], ground: Ground, seed: int, told: Told, *, whole: bool = False) -> None:
    """Receive files together; when that fails, halve them until the fewest that fail are left."""
    try:
        told.fates += received(paths, ground, whole=whole)
        return
    except Trouble as trouble:
        one_sentence(trouble)
        stopped, trace = True, traceback.format_exc()
    except Exception:
        stopped, trace = False, traceback.format_exc()
    if stopped and len(paths) == 1:
        told.fates["stopped by a sentence"] += 1
    elif len(told.failed) < ENOUGH:
        before = (len(told.failed), told.fates["stopped by a sentence"])
        if len(paths) > 1:
            for half in (paths[: len(paths) // 2], paths[len(paths) // 2 :]):
                held(half, ground, seed, told, whole=whole)
        if before == (len(told.failed), told.fates["stopped by a sentence"]):
            told.failed.append(keep(paths, seed, trace))


def batch(seed: int, n: int, ground: Ground, *, whole: bool) -> Told:
    """Mutate, receive and check one batch of files."""
    told, draw = Told(), random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="goldthread-fuzz-") as folder:
        paths = written(Path(folder), draw, ground.tables, n)
        held(readable(paths, told), ground, seed, told, whole=whole)
        for path in paths[seed % CHECKED :: CHECKED]:
            try:
                checked(path)
                told.fates["checked"] += 1
            except Exception:
                told.failed.append(keep([path], seed, traceback.format_exc()))
    return told


def on_one_core(cores: Sequence[int]) -> None:
    """Keep this process to one core: the database then plans for one, which is quicker for small files."""
    os.sched_setaffinity(0, {cores[os.getpid() % len(cores)]})


def main() -> int:
    words = argparse.ArgumentParser(description="Spoil files and see that every row of them is accounted for.")
    words.add_argument("files", type=int, help="how many files")
    words.add_argument("--seed", type=int, default=2025)
    words.add_argument("--processes", type=int, default=1)
    asked = words.parse_args()
    total, began, done = Told(), time.perf_counter(), 0
    with tempfile.TemporaryDirectory(prefix="goldthread-fuzz-") as folder:
        ground = prepared(Path(folder))
        sizes = [min(BATCH, asked.files - at) for at in range(0, asked.files, BATCH)]
        cores = sorted(os.sched_getaffinity(0))
        with ProcessPoolExecutor(asked.processes, initializer=on_one_core, initargs=(cores,)) as pool:
            waiting = [
                pool.submit(batch, asked.seed * 1_000_000 + i, n, ground, whole=i % ASSESSED == ASSESSED - 1)
                for i, n in enumerate(sizes)
            ]
            for n, one in zip(sizes, waiting, strict=True):
                total.add(one.result())
                done += n
                rate = done / (time.perf_counter() - began)
                print(f"\r{done:,} files, {len(total.failed)} failed, {rate:.0f} a second", end="", file=sys.stderr)
    print(f"\n{done:,} files in {time.perf_counter() - began:.0f} s: {len(total.failed)} failed.")
    for fate, n in sorted(total.fates.items()):
        print(f"  {fate}: {n:,}")
    for name in total.failed:
        print(f"  FAILED {name}")
    return 1 if total.failed else 0


if __name__ == "__main__":
    sys.exit(main())
