"""Every table of an assessment as data: numbers as numbers, and small ones withheld as its readers' rule says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Assessment, Chart, Column, Edition, Figure, Map, Table
from goldthread.chapters.model.blocks import Cell, Kind
from goldthread.editions import cells
from goldthread.editions.prepared import rows_in_words
from goldthread.editions.preparing import Preparing, table_of
from goldthread.editions.protecting import Protection, protect
from goldthread.evidence.disclosure import Ledger, Rule

# The Government Statistical Service's symbols in spreadsheets.
WITHHELD: Final = "[c]"
NOT_AVAILABLE: Final = "[x]"
SYMBOLS: Final = {
    WITHHELD: "confidential: withheld so that no one can be identified",
    NOT_AVAILABLE: "not available: nothing was received",
}
_PRINTED_NUMBER = re.compile(r"[+−-]?[\d,]*\.?\d+")


@dataclass(frozen=True)
class DataColumn:
    """A column of data: a name for machines, a title for people, and what kind of number it holds."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True)
class DataTable:
    """
    A table as data.

    A cell is a number, words, `WITHHELD` or `NOT_AVAILABLE`; a percent is 12.3
    for 12.3 %. `figures` are the ids of the figures behind it.
    """

    id: str
    title: str
    chapter: str
    columns: tuple[DataColumn, ...]
    rows: tuple[tuple[str | int | float, ...], ...]
    source: str
    note: str
    total_row: bool
    figures: tuple[str, ...]


@dataclass(frozen=True)
class DataFigure:
    """A figure as data: what was asked, of which rows, and each part of the answer."""

    id: str
    asks: str
    question: str
    rows: str
    answer: tuple[tuple[str, str | int | float], ...]
    source: str
    caveats: tuple[str, ...]


@dataclass(frozen=True)
class Annex:
    """The data of one assessment as the readers of one edition may have it."""

    assessment: Assessment
    rule: Rule
    tables: tuple[DataTable, ...]
    figures: tuple[DataFigure, ...]


def annex_of(assessment: Assessment, rule: Rule, ledger: Ledger | None = None) -> Annex:
    """
    Gather every table of an assessment, the one behind every chart and map, and every figure, each once.

    Protected tables are as the rule lets them be seen, and what is worked out
    in them is no more exact than it is in print.
    """
    preparing = Preparing(assessment, Edition.ANALYST, protect(assessment, rule, ledger))
    return Annex(assessment, rule, tuple(_tables(preparing)), tuple(_figures(preparing)))


def _tables(preparing: Preparing) -> Iterator[DataTable]:
    taken: set[str] = set()
    for chapter in preparing.assessment.chapters:
        title = preparing.plain(chapter.title)
        for block in chapter.blocks:
            if isinstance(block, Table | Chart | Map):
                table = _table_behind(block, preparing)
                data = _as_data(table, title, preparing, own=isinstance(block, Table) or block.table is not None)
                if data.id not in taken:
                    taken.add(data.id)
                    yield data


def _table_behind(block: Table | Chart | Map, preparing: Preparing) -> Table:
    if isinstance(block, Table):
        return block
    if block.table is not None:
        return block.table
    if isinstance(block, Chart):
        return table_of(preparing.chart(block).chart, block, WITHHELD)
    return _areas(block, preparing)


def _areas(block: Map, preparing: Preparing) -> Table:
    """Make the table behind a map: the code and name of each area, and its value."""
    prepared, names = preparing.map(block), preparing.assessment.geography.names
    rows: list[tuple[Cell, ...]] = []
    for code in block.values:
        value: Cell = WITHHELD if code in prepared.withheld else prepared.map.values.get(code)
        rows.append((code, names.get(code, code), value))
    place = "Area code" if block.of == "lsoa" else "South-west corner"
    columns = (Column("code", place), Column("area", "Area"), Column("value", block.unit or "Value", "number"))
    return Table(id=f"{block.id}-table", title=block.title, columns=columns, rows=tuple(rows), source=block.source)


def _as_data(table: Table, chapter: str, preparing: Preparing, *, own: bool) -> DataTable:
    shown, rule = preparing.protection.table(table), preparing.protection.rule
    careful = table.protected and rule.withholds
    coarse = careful and rule.round_to > 1

    def cell(row: int, at: int, value: Cell) -> str | int | float:
        if (row, at) in shown.hidden or value in (WITHHELD, rule.mark):
            return WITHHELD
        kind = table.columns[at].kind
        if value is None:
            return "" if kind == "text" else NOT_AVAILABLE
        if isinstance(value, str):
            return preparing.plain(value)
        value = shown.rounded.get((row, at), value)
        return _number(cells.printed(value, kind, coarse=coarse), WITHHELD) if careful else value

    rows = tuple(
        tuple(cell(row, at, value) for at, value in enumerate(values)) for row, values in enumerate(table.rows)
    )
    notes = [preparing.plain(table.note)] if table.note else []
    if shown.rounded:
        notes.append(f"Counts are rounded to the nearest {rule.round_to}, so they may not add up.")
    notes += [f"{mark} {means}." for mark, means in SYMBOLS.items() if any(mark in row for row in rows)]
    return DataTable(
        id=table.id,
        title=preparing.plain(table.title),
        chapter=chapter,
        columns=_columns(table, own),
        rows=rows,
        source=preparing.plain(table.source),
        note=" ".join(notes),
        total_row=table.total_row,
        figures=table.figures,
    )


def _columns(table: Table, own: bool) -> tuple[DataColumn, ...]:
    """Name the columns: by the chapter's keys, or by title where the table was made from a chart."""
    taken: set[str] = set()
    columns = []
    for column in table.columns:
        name = base = slug(column.key if own else column.title) or slug(column.key)
        after = 2
        while name in taken:
            name, after = f"{base}_{after}", after + 1
        taken.add(name)
        columns.append(DataColumn(name, column.title, column.kind))
    return tuple(columns)


def slug(text: str, joint: str = "_") -> str:
    """Make a name for machines: lower-case letters and digits, other characters as one joint."""
    return re.sub(r"[^a-z0-9]+", joint, text.lower()).strip(joint)


def _figures(preparing: Preparing) -> Iterator[DataFigure]:
    for figure in preparing.assessment.figures.values():
        yield DataFigure(
            id=figure.id,
            asks=figure.asks,
            question=figure.question,
            rows=rows_in_words(figure.rows),
            answer=tuple(_answers(figure, preparing.protection)),
            source=figure.source,
            caveats=tuple(preparing.plain(caveat) for caveat in figure.caveats),
        )


def _answers(figure: Figure, protection: Protection) -> Iterator[tuple[str, str | int | float]]:
    for key, value in figure.answer.items():
        if value is None:
            yield key, NOT_AVAILABLE
        elif isinstance(value, str):
            yield key, value
        else:
            instead = protection.instead_of(figure, key, "n1" if isinstance(value, float) else "n")
            yield key, value if instead is None else _number(instead, WITHHELD)


def _number(printed: str, otherwise: str) -> str | int | float:
    """Read a number back from print, such as −1,234.5, +12% or <0.001; `otherwise` when it is none."""
    digits = printed.rstrip("%").lstrip("<").replace(",", "").replace(words.MINUS, "-")
    if not _PRINTED_NUMBER.fullmatch(digits):
        return otherwise
    return float(digits) if "." in digits else int(digits)
