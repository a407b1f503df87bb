"""Send a table as a partner would: CSV, TSV, XLSX or ODS by its name, with the planted bad rows in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

from example import files
from example.mistakes import spoil

# Workbooks carry the time at which they were made; this one is always the same.
MADE = datetime(2026, 1, 19, 9, 0)
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
SPACES = " ".join(f'xmlns:{name}="{OASIS}{name}:1.0"' for name in ("office", "table", "text"))
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
MANIFEST = (
    f'{XML}<manifest:manifest xmlns:manifest="{OASIS}manifest:1.0" manifest:version="1.2">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
)


def send(
    path: Path,
    columns: Mapping[str, Sequence[object]],
    *,
    encoding: str = "utf-8",
    above: Sequence[str] = (),
) -> None:
    """
    Write these columns (heading to cells) to a file, in the form that its name says.

    `above` are lines over the headings, such as a title and notes: partners' workbooks often have them.
    A name that ends in .tsv or .txt is delimited by tabs.
    """
    header = list(columns)
    rows = spoil(path.name, header, list(zip(*columns.values(), strict=True)))
    kinds = [s.lower() for s in path.suffixes]
    if ".xlsx" in kinds:
        files.write_bytes(path, _xlsx(header, rows, above))
    elif ".ods" in kinds:
        files.write_bytes(path, _ods(header, rows, above))
    else:
        tabs = "\t" if {".tsv", ".txt"} & set(kinds) else ","
        files.write_csv(path, header, rows, encoding=encoding, delimiter=tabs)


def _xlsx(header: Sequence[str], rows: Sequence[files.Row], above: Sequence[str]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": False}) as book:
        book.set_properties({"created": MADE, "author": "", "company": "Saltmarsh (invented)"})
        styles = {
            date: book.add_format({"num_format": "dd/mm/yyyy"}),
            time: book.add_format({"num_format": "hh:mm"}),
        }
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Extract")
        for number, line in enumerate(above):
            sheet.write_string(number, 0, line, bold if number == 0 else None)
        top = len(above) + bool(above)
        sheet.write_row(top, 0, header, bold)
        for number, row in enumerate(rows, start=top + 1):
            for column, cell in enumerate(row):
                if isinstance(cell, date | time):
                    sheet.write_datetime(number, column, cell, styles[type(cell)])
                elif cell != "":
                    sheet.write(number, column, cell)
    return out.getvalue()


def _ods(header: Sequence[str], rows: Sequence[files.Row], above: Sequence[str]) -> bytes:
    """
    The least that is an OpenDocument spreadsheet.

    It is written out here because odfpy names in each document what it met in
    earlier ones, so that a document's bytes would depend on what came before.
    """
    lines = [_line(cells) for cells in (*([line] for line in above), header, *rows)]
    table = f'<table:table table:name="Return">{"".join(lines)}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    document = f"{XML}<office:document-content {SPACES} office:version='1.2'>{body}</office:document-content>"
    parts = {"mimetype": ODS, "content.xml": document, "META-INF/manifest.xml": MANIFEST}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as book:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            book.writestr(entry, text)
    return out.getvalue()


def _line(cells: Sequence[object]) -> str:
    return f"<table:table-row>{''.join(_cell(cell) for cell in cells)}</table:table-row>"


def _cell(cell: object) -> str:
    kind = f'float" office:value="{cell}' if isinstance(cell, int | float) else "string"
    return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
