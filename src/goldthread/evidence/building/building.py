"""From files to one sealed evidence file: received, placed, counted, verified, and only then put in its place."""

from __future__ import annotations

import os
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import duckdb
import numpy as np

from goldthread.evidence.building import sealing
from goldthread.evidence.building.batches import Receiving
from goldthread.evidence.building.filling import said
from goldthread.evidence.building.placing import Ground
from goldthread.evidence.building.processors import on_one
from goldthread.evidence.building.published import receive_published
from goldthread.evidence.building.wanted import Received, Wanted
from goldthread.evidence.places import NoReference, UnknownArea, find_area, lsoa_table, open_reference, read_known
from goldthread.evidence.places.areas import EVERYWHERE
from goldthread.evidence.places.shapes import AreaShapes, read_shapes
from goldthread.evidence.reading import Found, find_files, open_table
from goldthread.evidence.schema import TABLES
from goldthread.evidence.trouble import BadRequest, CannotWrite, Trouble

Progress = Callable[[str, int, int], None]

BATCH_BYTES = 64 * 1024**2
AHEAD = 6  # files opened before they are received
# What the database says when a disk is full, or too slow to take what the memory could not hold.
UNWRITTEN = (duckdb.IOException, duckdb.OutOfMemoryException, duckdb.FatalException, duckdb.TransactionException)
MEMORY = "500MB"
STORAGE = "v1.3.0"  # the first layout of the database's files that presses words quickly
NO_SHAPES = AreaShapes((), np.array([], dtype=object), (), np.array([], dtype=object), ())


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress for nobody."""


def _opened(wanted: Wanted, scratch: Path, progress: Progress) -> Iterator[Received]:
    """Open every file, two at a time and a few ahead: unpacking and digesting let go of the interpreter."""
    found, _ = find_files(wanted.paths)
    waiting: deque[Future[Received]] = deque()

    def one(number: int, each: Found) -> Received:
        try:
            return Received(number, open_table(each, scratch, wanted.feed), each.name)
        except Trouble as trouble:
            return Received(number, None, each.name, str(trouble))

    with ThreadPoolExecutor(max_workers=2) as two:
        try:
            for number, each in enumerate(found):
                waiting.append(two.submit(one, number, each))
                if len(waiting) > AHEAD:
                    yield waiting.popleft().result()
                    progress("Opening files", number + 1 - AHEAD, len(found))
            while waiting:
                yield waiting.popleft().result()
                progress("Opening files", len(found) - len(waiting), len(found))
        finally:
            for left in waiting:
                left.cancel()


def _receive_all(wanted: Wanted, receiving: Receiving, scratch: Path, progress: Progress) -> list[Received]:
    """
    Receive every file, as it is opened, together with those that can be read with it.

    Those are of the same feed, with the same headings; and not too much at once.
    """
    received: list[Received] = []
    together: dict[tuple[object, ...], list[Received]] = {}
    sizes: dict[tuple[object, ...], int] = {}
    for each in _opened(wanted, scratch, progress):
        received.append(each)
        o = each.opened
        if o is None or o.feed is None:
            continue
        alike = (o.feed.name, o.headings, o.delimiter, o.heading_line, o.plain is not None)
        together.setdefault(alike, []).append(each)
        sizes[alike] = sizes.get(alike, 0) + (o.plain.stat().st_size if o.plain else o.size)
        if sizes[alike] > BATCH_BYTES:
            receiving.receive(together.pop(alike))
            del sizes[alike]
    for done, batch in enumerate(together.values(), start=1):
        receiving.receive(batch)
        progress("Checking rows", done, len(together))
    receiving.place()
    return received


def _ground(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Ground:
    try:
        reference = open_reference(wanted.reference)
        known = read_known(reference.folder)
        area = find_area(wanted.area, known)
        codes = lsoa_table(con, area, known, reference)
        # Every small area of the country is too many shapes for the few rows that only a shape can place.
        shapes = NO_SHAPES if area.kind == EVERYWHERE else read_shapes(con, reference)
        return Ground(area, known, reference, codes, shapes)
    except UnknownArea as error:
        raise BadRequest(str(error)) from error
    except NoReference as error:
        raise BadRequest(str(error)) from error


def _connect(path: Path, scratch: Path) -> duckdb.DuckDBPyConnection:
    """An empty evidence file: without a log to recover from, because what is not whole is thrown away."""
    con = duckdb.connect(config={"autoinstall_known_extensions": "false"})
    con.execute(f"SET memory_limit = '{MEMORY}'; SET temp_directory = '{scratch}'; SET preserve_insertion_order = true")
    on_one(con)
    con.execute("SET enable_progress_bar = false")  # it would get into what a program reads
    con.execute(f"ATTACH {said(str(path))} AS evidence (RECOVERY_MODE NO_WAL_WRITES, STORAGE_VERSION '{STORAGE}')")
    made = "; ".join(f"CREATE TABLE {table} ({columns})" for table, columns in TABLES.items())
    # Digests do not press: trying how best to would cost more than all else that is written.
    con.execute(
        f"USE evidence; {made.replace('reference VARCHAR', 'reference VARCHAR USING COMPRESSION uncompressed')}"
    )
    return con


def build(wanted: Wanted, to: Path, progress: Progress = silent) -> None:
    """
    Which rows of the files are evidence, and what do they count?

    Builds one sealed evidence file at `to`. Each row is held to its feed, and is
    kept, refused with its reason, or set aside as another area's; the three add
    up. The file is built beside its place, verified (every file reconciles; what was
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
                receiving = Receiving(con, ground, scratch)
                received = _receive_all(wanted, receiving, scratch, progress)
                receive_published(receiving, received, scratch)
                sizes = sealing.complete(con, received, ground, wanted, receiving.rows)
            except BaseException:
                con.interrupt()  # a question that was stopped half-way goes on by itself, and closing would wait for it
                raise
            finally:
                con.close()
            sealing.sign(part, sizes)
        os.replace(part, to)
    except (OSError, *UNWRITTEN) as error:
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
    if isinstance(error, duckdb.OutOfMemoryException):
        return "there was too little memory, and too little room on the disk to do without."
    return "the disk or folder cannot be written to."
