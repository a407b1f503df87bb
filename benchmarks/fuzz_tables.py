"""The valid files that fuzzing starts from: a table of every feed, thirty rows at a time of what Saltmarsh sends."""

from __future__ import annotations

import csv
import io
import itertools
import random
import tempfile
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from example.build import build as build_example
from goldthread.evidence.feeds import Feed, all_feeds
from goldthread.evidence.reading import find_files, open_table

ROWS = 30
POOL = 3000  # rows kept of a feed, so that two files of it need not say the same


@dataclass
class Table:
    """A table as text, that mutations may change in place: its feed, headings and rows."""

    feed: str
    headings: list[str]
    rows: list[list[str]]

    def some(self, draw: random.Random) -> Table:
        """A table of thirty rows that stand together in this one, to be spoilt without harm to it."""
        start = draw.randint(0, max(len(self.rows) - ROWS, 0))
        return Table(self.feed, list(self.headings), [list(row) for row in self.rows[start : start + ROWS]])


def saltmarsh(to: Path) -> Path:
    """Build Saltmarsh's files and reference tables; gives the folder of the reference."""
    build_example(to)
    return to / "reference"


def valid_tables(built: Path) -> list[Table]:
    """One table a feed, cut from what was built at `built`; the feeds that Saltmarsh does not send are written here."""
    tables: dict[str, Table] = {}
    found, _ = find_files([built / "files"])
    with tempfile.TemporaryDirectory() as scratch:
        for each in found:
            opened = open_table(each, Path(scratch))
            if opened.feed is None or opened.feed.name in tables:
                continue
            rows = [fields for _, fields in itertools.islice(opened.records(), POOL)]
            tables[opened.feed.name] = Table(opened.feed.name, list(opened.headings), rows)
    places = sorted({cell for t in tables.values() for row in t.rows for cell in row if cell.startswith("E0199")})
    for feed in all_feeds():
        if feed.name not in tables:
            tables[feed.name] = _of_small_areas(feed, places)
    return [tables[name] for name in sorted(tables)]


def _of_small_areas(feed: Feed, places: Sequence[str]) -> Table:
    """A table of people or deprivation by small area, whose numbers stand within the feed's own limits."""
    draw = random.Random(feed.name)

    def cell(kind: str, place: str) -> str:
        return {"lsoa": place, "year": "2024", "date": "2024-06-30"}.get(kind, str(draw.randint(1, 9)))

    rows = [[cell(c.type, places[i % len(places)]) for c in feed.columns] for i in range(ROWS)]
    return Table(feed.name, [c.name for c in feed.columns], rows)


def as_text(table: Table, delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    """The table as a delimited file."""
    out = io.StringIO(newline="")
    write = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)  # type: ignore[arg-type]
    write.writerow(table.headings)
    write.writerows(table.rows)
    return out.getvalue()


def as_xlsx(table: Table) -> bytes:
    """The table as a workbook, with real dates and numbers where the text says one."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Extract")
        for number, row in enumerate([table.headings, *table.rows]):
            for column, cell in enumerate(row):
                try:
                    sheet.write_datetime(number, column, datetime.strptime(cell, "%Y-%m-%d"), day)
                except ValueError:
                    sheet.write(number, column, cell[:32_000])
    return out.getvalue()


def as_ods(table: Table) -> bytes:
    """The table as the least that is an OpenDocument spreadsheet."""
    urn = "urn:oasis:names:tc:opendocument:xmlns:"
    spaces = " ".join(f'xmlns:{name}="{urn}{name}:1.0"' for name in ("office", "table", "text"))
    lines = "".join(
        f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in [table.headings, *table.rows]
    )
    sheet = f'<table:table table:name="A">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{sheet}</office:spreadsheet></office:body>"
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2">{body}</office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr("content.xml", content)
        book.writestr("META-INF/manifest.xml", '<?xml version="1.0"?><manifest/>')
    return out.getvalue()


def _ods_cell(cell: str) -> str:
    """A cell of text; XML has no place for control characters."""
    text = escape("".join(ch for ch in cell if ch >= " " and ch not in "\ufffe\uffff"))
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
