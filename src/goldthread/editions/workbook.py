"""The data annex: every table of an assessment in one workbook, laid out as the Government Analysis Function asks."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

import xlsxwriter

from goldthread.chapters import words
from goldthread.chapters.model.blocks import Kind
from goldthread.editions.colours import printed_colours
from goldthread.editions.tabulated import SYMBOLS, Annex, DataFigure, DataTable
from goldthread.evidence.disclosure import Rule

_FORMATS: Final[Mapping[Kind, str]] = {
    "count": "#,##0",
    "number": "#,##0.##",
    "rate": "#,##0.0",
    "percent": '0.0"%"',
    "change": '+0.0"%";−0.0"%";0.0"%"',
    "ratio": "0.00",
    "p": "0.000",
}
_WIDEST: Final = 60
Values = Sequence[str | int | float]


@dataclass
class _Book:
    """A workbook being written, with its formats and the names its sheets have taken."""

    file: Any
    formats: dict[str, Any]
    taken: set[str] = field(default_factory=set)
    numbers: dict[Kind, Any] = field(default_factory=dict)

    def sheet(self, name: str) -> Any:
        """Add a sheet; Excel wants its name unlike all others, within 31 characters, without some of them."""
        clean = "".join(letter for letter in name if letter not in "[]:*?/\\'").strip() or "Table"
        unique, after = _within(clean, 31), 2
        while unique.casefold() in self.taken:
            ending = f" {after}"
            unique, after = _within(clean, 31 - len(ending)) + ending, after + 1
        self.taken.add(unique.casefold())
        return self.file.add_worksheet(unique)


def _within(name: str, longest: int) -> str:
    """Cut a name to a length between two words, where there are two."""
    if len(name) <= longest:
        return name
    cut = name[: longest + 1].rpartition(" ")[0] or name[:longest]
    return cut.rstrip(" ,;.–-")


def write_workbook(annex: Annex, made_on: date) -> bytes:
    """
    Write the data annex as XLSX.

    Contents, a sheet for each table (numbers as numbers, withheld cells as
    [c]), then every figure with its question and answer, and the sources. The
    first sheet says which edition's disclosure rule the data follow.
    """
    assessment = annex.assessment
    buffer = io.BytesIO()
    # Words that begin with = or http must stay words, whoever sent them.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "nan_inf_to_errors": True}
    with xlsxwriter.Workbook(buffer, options) as file:
        moment = datetime(made_on.year, made_on.month, made_on.day)
        partnership = assessment.partnership
        file.set_properties(
            {
                "title": f"{assessment.title}: data annex",
                "author": partnership.author or partnership.name,
                "company": partnership.name,
                "subject": f"{assessment.area}, {words.months(*assessment.period)}",
                "comments": f"Evidence {assessment.fingerprint}",
                "created": moment,
            }
        )
        book = _book(file, printed_colours(partnership))
        front = book.sheet("Contents")
        listed = [(_table_sheet(book, table), table.title, table.chapter) for table in annex.tables]
        listed.append((_figures_sheet(book, annex.figures), "Figures and the questions they answer", ""))
        if assessment.sources:
            listed.append((_sources_sheet(book, assessment.sources), "Where the numbers come from", ""))
        _contents(book, front, annex, listed)
    return buffer.getvalue()


def _book(file: Any, colours: Mapping[str, str]) -> _Book:
    plain = {"font_name": "Arial", "font_size": 10, "valign": "top"}
    file.formats[0].set_font_name("Arial")
    file.formats[0].set_font_size(10)
    head = {
        "bold": True,
        "text_wrap": True,
        "bg_color": colours["tint"],
        "bottom": 1,
        "bottom_color": colours["brand"],
    }
    total = {"bold": True, "top": 1, "top_color": colours["brand"]}
    book = _Book(
        file,
        {
            "title": file.add_format({**plain, "bold": True, "font_size": 14, "font_color": colours["brand"]}),
            "words": file.add_format({**plain}),
            "wrapped": file.add_format({**plain, "text_wrap": True}),
            "mark": file.add_format({**plain, "align": "right"}),
            "link": file.add_format({**plain, "font_color": colours["brand"], "underline": 1}),
            "head": file.add_format({**plain, **head}),
            "head_number": file.add_format({**plain, **head, "align": "right"}),
            "total": file.add_format({**plain, **total}),
        },
    )
    for kind, form in _FORMATS.items():
        book.numbers[kind] = file.add_format({**plain, "num_format": form})
        book.formats[f"total_{kind}"] = file.add_format({**plain, **total, "num_format": form})
    return book


def _table_sheet(book: _Book, table: DataTable) -> str:
    """Write one table: title, source, notes and figure ids above it, its header frozen."""
    sheet = book.sheet(table.title)
    above = [f"Source: {table.source}" if table.source else "", table.note]
    above.append(f"Figures: {', '.join(table.figures)}" if table.figures else "")
    sheet.write_string(0, 0, table.title, book.formats["title"])
    top = 1
    for line in filter(None, above):
        sheet.write_string(top, 0, line, book.formats["words"])
        top += 1
    for at, column in enumerate(table.columns):
        sheet.write_string(top, at, column.title, book.formats["head_number" if column.kind in _FORMATS else "head"])
    last = len(table.rows) - 1
    for down, row in enumerate(table.rows):
        total = table.total_row and down == last
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _cell(book, sheet, (top + 1 + down, at), value, column.kind, total)
    _fit(sheet, [column.title for column in table.columns], table.rows)
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    return str(sheet.name)


def _cell(book: _Book, sheet: Any, place: tuple[int, int], value: str | int | float, kind: Kind, total: bool) -> None:
    if isinstance(value, str):
        plain = "mark" if kind in _FORMATS else "words"
        sheet.write_string(*place, value, book.formats["total" if total else plain])
        return
    form = "number" if kind not in _FORMATS else kind
    if form == "number" and float(value).is_integer():
        form = "count"
    sheet.write_number(*place, value, book.formats[f"total_{form}"] if total else book.numbers[form])


def _fit(sheet: Any, titles: Sequence[str], rows: Sequence[Values]) -> None:
    """Make columns as wide as what is in them, within reason."""
    for at, title in enumerate(titles):
        heading = max((len(word) for word in title.split()), default=0)
        longest = max((len(_said(row[at])) for row in rows), default=0)
        sheet.set_column(at, at, min(max(heading, longest, 9) + 2, _WIDEST))


def _said(value: str | int | float) -> str:
    return value if isinstance(value, str) else f"{value:,.2f}" if isinstance(value, float) else f"{value:,}"


def _figures_sheet(book: _Book, figures: Sequence[DataFigure]) -> str:
    titles = ("Figure", "What it answers", "Answer", "Rows of the evidence", "Function", "Source", "Caveats")
    rows = [
        (
            one.id,
            one.asks,
            "; ".join(f"{key} = {_said(value)}" for key, value in one.answer),
            one.rows,
            one.question,
            one.source,
            " ".join(one.caveats),
        )
        for one in figures
    ]
    return _plain_sheet(book, "Figures", "Figures, the questions they answer and the rows behind them", titles, rows)


def _sources_sheet(book: _Book, sources: Sequence[Mapping[str, str]]) -> str:
    keys = list(dict.fromkeys(key for source in sources for key in source))
    titles = [key.replace("_", " ").capitalize() for key in keys]
    rows = [tuple(source.get(key, "") for key in keys) for source in sources]
    return _plain_sheet(book, "Sources", "Where the numbers come from", titles, rows)


def _plain_sheet(book: _Book, name: str, title: str, titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a sheet of words, wrapped."""
    sheet = book.sheet(name)
    sheet.write_string(0, 0, title, book.formats["title"])
    for at, heading in enumerate(titles):
        sheet.write_string(1, at, heading, book.formats["head"])
    for down, row in enumerate(rows):
        for at, value in enumerate(row):
            sheet.write_string(2 + down, at, value, book.formats["wrapped"])
    _fit(sheet, titles, rows)
    sheet.freeze_panes(2, 1)
    return str(sheet.name)


def _contents(book: _Book, sheet: Any, annex: Annex, listed: Sequence[tuple[str, str, str]]) -> None:
    """Write the first sheet: whose data this is, how small numbers are treated, and a link to every other sheet."""
    assessment = annex.assessment
    sheet.write_string(0, 0, f"{assessment.title}: data annex", book.formats["title"])
    about = [
        f"{assessment.partnership.name}. {assessment.area}, {words.months(*assessment.period)}. "
        f"Version {assessment.partnership.version}. {assessment.partnership.marking}.",
        disclosure_in_words(annex.rule),
        *(f"{mark} means {means}." for mark, means in SYMBOLS.items()),
        f"Evidence fingerprint: {assessment.fingerprint}",
    ]
    for at, line in enumerate(about, 1):
        sheet.write_string(at, 0, line, book.formats["words"])
    top = len(about) + 1
    for at, heading in enumerate(("Sheet", "What it holds", "Chapter")):
        sheet.write_string(top, at, heading, book.formats["head"])
    for down, (name, title, chapter) in enumerate(listed, top + 1):
        sheet.write_url(down, 0, f"internal:'{name}'!A1", book.formats["link"], name)
        sheet.write_string(down, 1, title, book.formats["words"])
        sheet.write_string(down, 2, chapter, book.formats["words"])
    _fit(sheet, ("Sheet", "What it holds", "Chapter"), listed)
    sheet.set_column(0, 0, 34)
    sheet.freeze_panes(top + 1, 0)


def disclosure_in_words(rule: Rule) -> str:
    """Say how small numbers about people are treated, for those who are handed the data."""
    if not rule.withholds:
        return f"Small numbers about people are shown, for the {rule.edition} edition only: do not pass this file on."
    rounding = f" and rounds the rest to the nearest {rule.round_to}" if rule.round_to > 1 else ""
    return (
        f"Small numbers about people are treated by the rule of the {rule.edition} edition, which withholds counts "
        f"below {rule.threshold} and whatever would give them away{rounding}."
    )
