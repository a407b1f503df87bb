"""What kind of table a file holds: its text, its heading row, its feed, and how its rows can be read."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from goldthread.evidence.feeds import Feed, recognised
from goldthread.evidence.reading.finding import Found
from goldthread.evidence.reading.unpacking import content_of
from goldthread.evidence.reading.workbooks import Sheet, is_workbook, sheets_of
from goldthread.evidence.trouble import Trouble

DELIMITERS = (",", "\t", ";", "|")
NOTES_ABOVE = 40  # how many lines of notes a heading may stand below
MOST_FIELD = 10_000_000

csv.field_size_limit(MOST_FIELD)

Record = tuple[int, list[str]]


@dataclass(frozen=True)
class Opened:
    """
    A file, recognised and ready to be read into rows.

    `plain` is the path of a well-behaved UTF-8 file that the database may try
    to read itself; `records` gives the same rows one by one, with the line each
    begins on, and always works. `heading_line` counts from 1.
    """

    found: Found
    feed: Feed | None
    headings: tuple[str, ...]
    heading_line: int
    encoding: str
    sha256: str
    size: int
    delimiter: str = ","
    plain: Path | None = None
    plain_lines: int = 0
    sheet: tuple[tuple[str, ...], ...] | None = None

    def records(self) -> Iterator[Record]:
        """Each row below the heading that is not blank, with the line it begins on."""
        for line, fields in self._every():
            if line > self.heading_line and any(field.strip(" ") for field in fields):
                yield line, list(fields)

    def above(self) -> Iterator[str]:
        """Each line above the heading, its cells in one: titles and notes."""
        for line, fields in self._every():
            if line >= self.heading_line:
                return
            yield " ".join(" ".join(fields).split())

    def _every(self) -> Iterable[tuple[int, Sequence[str]]]:
        if self.sheet is not None:
            return enumerate(self.sheet, start=1)
        # Read again rather than kept: a hundred open files would not fit in memory.
        return _records(text_of(content_of(self.found)[0])[0], self.delimiter)


def decoded(data: bytes) -> tuple[str, str]:
    """A file's text and the encoding it was in: UTF-8 with or without a mark, UTF-16, or Windows-1252."""
    if data.startswith(codecs.BOM_UTF8):
        return data[3:].decode("utf-8", errors="replace"), "UTF-8 with a byte-order mark"
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace"), "Windows-1252"


def text_of(data: bytes) -> tuple[str, str]:
    """A file's text as it is read: decoded, without nulls, its lines ended in one way."""
    text, encoding = decoded(data)
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text.replace("\x00", "") if "\x00" in text else text, encoding


def _records(text: str, delimiter: str) -> Iterator[Record]:
    """Rows by the line they begin on; a quote that is never closed ends its row at the end of its line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    line = 1
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error:
            fields = ["\ufffd"]  # what cannot be read is a row all the same, and is refused as one
        yield line, fields
        line = reader.line_num + 1


def _heading(rows: Iterable[Record], feed: Feed | None) -> tuple[int, list[str], Feed | None]:
    """The line of the heading row, its cells, and the feed it is of; line 0 when there is none."""
    best: tuple[int, int, list[str]] = (1, 0, [])
    first: tuple[int, list[str]] = (0, [])
    for line, cells in itertools.islice(rows, NOTES_ABOVE):
        if not any(c.strip() for c in cells):
            continue
        first = first if first[0] else (line, cells)
        if feed is None and (seen := recognised(cells)):
            return line, cells, seen
        if feed is not None:
            known = len({feed.column_for(c) for c in cells if c.strip()} - {None})
            best = max(best, (known, line, cells), key=lambda b: b[0])
    if feed is not None and best[1]:
        return best[1], best[2], feed
    return first[0], first[1], None


def _titled(heading: tuple[int, list[str], Feed | None], sheet: Sheet) -> bool:
    """Whether the lines above a sheet's heading say what its feed's titles say."""
    line, _, feed = heading
    if feed is None or not feed.title_says:
        return True
    return feed.year_told(" ".join(row) for row in sheet[: line - 1]) is not None


def _open_workbook(found: Found, data: bytes, digest: str, size: int, feed: Feed | None) -> Opened:
    opened = [(_heading(((i, list(r)) for i, r in enumerate(s, 1)), feed), s) for s in sheets_of(found.name, data)]
    of_a_feed = [o for o in opened if o[0][2]]
    if len(of_a_feed) > 1:  # counts, rates and changes may stand on sheets alike but for their titles
        of_a_feed = [o for o in of_a_feed if _titled(*o)] or of_a_feed
    if len(of_a_feed) > 1:
        raise Trouble(
            f"{found.name} holds {len(of_a_feed)} sheets of rows, and only one can be read from a workbook. "
            "Save each sheet as a file of its own and send them all."
        )
    (line, cells, known), rows = next(iter([*of_a_feed, *opened]), ((0, [], None), ()))
    return Opened(found, known, tuple(cells), line, "workbook", digest, size, sheet=rows)


def _delimited(text: str, feed: Feed | None) -> tuple[int, list[str], Feed | None, str]:
    start = text[:200_000]
    tries = []
    for delimiter in DELIMITERS:
        tried = (*_heading(_records(start, delimiter), feed), delimiter)
        if feed is None and tried[2]:
            return tried  # its columns are a feed's: nothing that another delimiter says could be better
        tries.append(tried)
    return max([t for t in tries if t[2]] or tries, key=lambda t: len(t[1]))


def _as_plain(found: Found, data: bytes, text: str, encoding: str, scratch: Path) -> Path | None:
    """A path whose bytes the database can read as they are, or None when the text needs care."""
    if b"\x00" in data or "\ufffd" in text or ("\r" in text and text.count("\r") != text.count("\r\n")):
        return None
    if encoding == "UTF-8" and not found.member and not found.gzipped:
        return found.path
    handle, path = tempfile.mkstemp(".csv", dir=scratch)
    with os.fdopen(handle, "wb") as plain:
        plain.write(data if encoding == "UTF-8" else text.encode("utf-8"))
    return Path(path)


def open_table(found: Found, scratch: Path, feed: Feed | None = None) -> Opened:
    """
    Open a file, find its heading row, and recognise its feed by its columns.

    `feed`, when given, is the feed it is said to be. Raises Trouble when the
    file is damaged. A file that no feed fits comes back with `feed` None, so
    that its rows can still be counted.
    """
    data, digest, size = content_of(found)
    if is_workbook(found.ending, data):
        return _open_workbook(found, data, digest, size, feed)
    text, encoding = text_of(data)
    line, cells, known, delimiter = _delimited(text, feed)
    plain = _as_plain(found, data, text, encoding, scratch) if known else None
    lines = text.count("\n") + (not text.endswith("\n"))
    return Opened(found, known, tuple(cells), line, encoding, digest, size, delimiter, plain, lines)
