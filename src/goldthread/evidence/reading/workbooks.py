"""What a workbook's sheets say, as text; refused before it is opened when it would fill the memory."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time

from python_calamine import CalamineError, CalamineWorkbook

from goldthread.evidence.reading.finding import swells
from goldthread.evidence.trouble import Trouble

ENDINGS = {".xlsx", ".xlsm", ".ods"}
MARK = b"PK\x03\x04"
OLD_MARK = b"\xd0\xcf\x11\xe0"  # the container of .xls, and of any workbook with a password

# A sheet is laid out whole, from its first cell to its last, at some 50 bytes a cell.
MOST_CELLS = 16_000_000
WIDEST_OF_TWO_LETTERS = 702

Sheet = tuple[tuple[str, ...], ...]

_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr="(\d{1,7})"')
_FAR_COLUMN = re.compile(rb'\sr="[A-Z]{3}\d')
_COLUMN = re.compile(rb'\sr="([A-Z]{1,3})\d')
_ODS_PART = re.compile(rb"<table:table-row\b([^>]*)>|<table:(?:covered-)?table-cell\b([^>]*?)(/?)>")
_ROWS_AGAIN = re.compile(rb'number-rows-repeated="(\d{1,9})"')
_CELLS_AGAIN = re.compile(rb'number-columns-repeated="(\d{1,9})"')


def is_workbook(ending: str, data: bytes) -> bool:
    """Whether a file is a workbook, by its name or by how it begins."""
    return ending in ENDINGS or data.startswith((MARK, OLD_MARK))


def sheets_of(name: str, data: bytes) -> list[Sheet]:
    """
    Every sheet of a workbook, from its first row and column, each cell as text.

    Raises Trouble for one that is damaged, has a password or an old format, or
    whose last cell stands so far out that its emptiness would fill the memory.
    """
    if data.startswith(OLD_MARK):
        raise Trouble(
            f"{name} is an old Excel workbook or has a password. Save it as .xlsx without a password and send it again."
        )
    broken = f"{name} is not a whole workbook. Open it, save it again and send it."
    try:
        for rows, columns in _extents(name, data):
            if rows * columns > MOST_CELLS:
                raise Trouble(
                    f"{name} has a sheet of {rows:,} rows and {columns:,} columns, nearly all of them empty or too "
                    "many for a workbook. Delete the empty ones, or save it as CSV, and send it again."
                )
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [_sheet(book, each) for each in book.sheet_names]
    except (CalamineError, zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError) as error:
        raise Trouble(broken) from error
    except (RuntimeError, NotImplementedError) as error:  # a part that is encrypted, or packed in a way nobody uses
        raise Trouble(broken) from error
    except BaseException as error:
        # A parser in another language reports its own panics outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise Trouble(broken) from error


def _sheet(book: CalamineWorkbook, name: str) -> Sheet:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    return tuple(tuple(map(_said, row)) for row in rows)


def _said(value: object) -> str:
    """A workbook's cell as text: dates as 2025-04-01, whole numbers without a point."""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        whole_day = value.time() == time(0)
        return value.strftime("%Y-%m-%d") if whole_day else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _extents(name: str, data: bytes) -> Iterator[tuple[int, int]]:
    """Rows and columns of each sheet up to its last cell, from the text of the file alone."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        entries = book.infolist()
        if swells(sum(e.file_size for e in entries), len(data)):
            raise Trouble(f"{name} swells as no honest workbook does when unpacked. It was not read.")
        for entry in entries:
            if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                yield _extent_of_xlsx(book.read(entry))
            elif entry.filename == "content.xml":
                yield _extent_of_ods(book.read(entry))


def _extent_of_xlsx(xml: bytes) -> tuple[int, int]:
    rows = max(map(int, _ROW.findall(xml)), default=0)
    far = _FAR_COLUMN.search(xml) is not None
    if not far and rows * WIDEST_OF_TWO_LETTERS <= MOST_CELLS:
        return rows, WIDEST_OF_TWO_LETTERS  # it cannot be too large, so it need not be measured
    letters = {found[1] for found in _COLUMN.finditer(xml)}
    return rows, max((_column(each) for each in letters), default=1)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _extent_of_ods(xml: bytes) -> tuple[int, int]:
    """Rows up to the last that has something in it, each as wide as the widest: repeats are written once and count."""
    rows = filled = widest = width = again = 0
    for found in _ODS_PART.finditer(xml):
        if found[1] is not None:
            rows, width = rows + again, 0
            again = _times(_ROWS_AGAIN, found[1])
        else:
            width += _times(_CELLS_AGAIN, found[2])
            if not found[3] or b"value" in found[2]:
                widest, filled = max(widest, width), rows + again
    return filled, widest


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
