"""Send a table as a partner would: CSV, TSV, XLSX or ODS by its name, with the planted bad rows in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from pathlib import Path

import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from example import files
from example.mistakes import spoil

# Workbooks carry the time at which they were made; this one is always the same.
MADE = datetime(2026, 1, 19, 9, 0)


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
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Return")
    for cells in (*([line] for line in above), header, *rows):
        line = TableRow()
        for cell in cells:
            if isinstance(cell, int | float):
                box = TableCell(valuetype="float", value=str(cell))
            else:
                box = TableCell(valuetype="string")
            box.addElement(P(text=str(cell)))
            line.addElement(box)
        sheet.addElement(line)
    book.spreadsheet.addElement(sheet)
    out = io.BytesIO()
    book.write(out)
    return _without_clock(out.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same zip with every entry's time set to the same, so that its bytes never change."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for entry in old.infolist():
            again = zipfile.ZipInfo(entry.filename, (2026, 1, 19, 9, 0, 0))
            again.compress_type = entry.compress_type
            new.writestr(again, old.read(entry))
    return out.getvalue()
