"""From files to one sealed evidence file: received, placed, counted, verified, and only then put in its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import groupby
from pathlib import Path

import duckdb

from goldthread.evidence.building import sealing
from goldthread.evidence.building.batches import Receiving
from goldthread.evidence.building.placing import Ground
from goldthread.evidence.building.wanted import Received, Wanted
from goldthread.evidence.places import NoReference, UnknownArea, find_area, lsoa_table, open_reference, read_known
from goldthread.evidence.places.shapes import read_shapes
from goldthread.evidence.reading import find_files, open_table
from goldthread.evidence.schema import TABLES
from goldthread.evidence.trouble import BadRequest, CannotWrite, Trouble

Progress = Callable[[str, int, int], None]

BATCH_BYTES = 64 * 1024**2
MEMORY = "500MB"


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress for nobody."""


def _open_all(wanted: Wanted, scratch: Path, progress: Progress) -> list[Received]:
    """Open every file, two at a time: unpacking and digesting let go of the interpreter."""
    found, _ = find_files(wanted.paths)

    def one(numbered: tuple[int, object]) -> Received:
        number, each = numbered
        try:
            return Received(number, open_table(each, scratch, wanted.feed), each.name)  # type: ignore[arg-type, attr-defined]
        except Trouble as trouble:
            return Received(number, None, each.name, str(trouble))  # type: ignore[attr-defined]

    received = []
    with ThreadPoolExecutor(max_workers=2) as two:
        for done in two.map(one, enumerate(found)):
            received.append(done)
            progress("Opening files", len(received), len(found))
    return received


def _batches(received: Sequence[Received]) -> list[list[Received]]:
    """Files that can be read together: the same feed, the same headings, and not too much at once."""

    def alike(r: Received) -> tuple[str, tuple[str, ...], str, int, bool]:
        o = r.opened
        assert o is not None and o.feed is not None
        return o.feed.name, o.headings, o.delimiter, o.heading_line, o.plain is not None

    readable = [r for r in received if r.opened and r.opened.feed]
    together: list[list[Received]] = []
    for _, group in groupby(sorted(readable, key=lambda r: (alike(r), r.number)), key=alike):
        size = BATCH_BYTES + 1
        for each in group:
            assert each.opened is not None
            if size > BATCH_BYTES:
                together.append([])
                size = 0
            together[-1].append(each)
            size += each.opened.plain.stat().st_size if each.opened.plain else each.opened.size
    return sorted(together, key=lambda b: b[0].number)


def _ground(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Ground:
    try:
        reference = open_reference(wanted.reference)
        known = read_known(reference.folder)
        area = find_area(wanted.area, known)
        codes = lsoa_table(con, area, known, reference)
        return Ground(area, known, reference, codes, read_shapes(con, reference))
    except UnknownArea as error:
        raise BadRequest(str(error)) from error
    except NoReference as error:
        raise BadRequest(str(error)) from error


def _connect(path: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(path), config={"autoinstall_known_extensions": "false"})
    con.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{scratch}'; SET preserve_insertion_order = true")
    con.execute("; ".join(f"CREATE TABLE {table} ({columns})" for table, columns in TABLES.items()))
    return con


def build(wanted: Wanted, to: Path, progress: Progress = silent) -> None:
    """
    Build one sealed evidence file at `to`.

    It is built beside its place, verified (every file reconciles; what was
    written reads back, and is signed with its fingerprint), made read-only, and
    swapped in whole; if anything fails nothing is left and an earlier file stays
    as it was.

    Raises BadRequest for a wrong area or period, NothingToRead and NothingKept
    when there is no evidence, and CannotWrite when the disk is full.
    """
    part = to.with_name(f".{to.name}.{os.getpid()}.part")
    try:
        with tempfile.TemporaryDirectory(prefix="goldthread-") as folder:
            scratch = Path(folder)
            con = _connect(part, scratch)
            try:
                ground = _ground(con, wanted)
                received = _open_all(wanted, scratch, progress)
                together = _batches(received)
                receiving = Receiving(con, ground, scratch, received)
                for done, batch in enumerate(together, start=1):
                    receiving.receive(batch)
                    progress("Checking rows", done, len(together))
                receiving.place()
                sizes = sealing.complete(con, received, ground, wanted, receiving.rows)
            finally:
                con.close()
            sealing.sign(part, sizes)
        os.replace(part, to)
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        raise CannotWrite(
            f"The evidence could not be written to {to.parent}: {_why(error)} Nothing was left there."
        ) from error
    finally:
        part.unlink(missing_ok=True)
        part.with_name(part.name + ".wal").unlink(missing_ok=True)


def _why(error: Exception) -> str:
    said = str(error)
    if "No space" in said or "Errno 28" in said:
        return "the disk is full."
    return "the disk or folder cannot be written to."
