"""A chapter's blocks prepared for one edition: numbers said, small ones withheld, a table behind every picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from goldthread.chapters import words
from goldthread.chapters.model import (
    Assessment,
    Block,
    Box,
    Bullets,
    Chart,
    Column,
    Edition,
    Heading,
    Map,
    Paragraph,
    Series,
    Table,
)
from goldthread.chapters.model.blocks import Cell
from goldthread.editions import cells
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedColumn,
    PreparedHeading,
    PreparedMap,
    PreparedTable,
    PreparedText,
    Text,
)
from goldthread.editions.protecting import Protection
from goldthread.editions.withholding import without_withheld_areas, without_withheld_points


@dataclass(frozen=True)
class Preparing:
    """What every block needs while an edition is prepared: the figures it quotes and what may not be shown."""

    assessment: Assessment
    edition: Edition
    protection: Protection

    def text(self, text: str) -> Text:
        """Put figures into a sentence, with what is withheld said in their place."""
        return words.resolve(text, self.assessment.figures, self.protection.instead_of)

    def plain(self, text: str) -> str:
        """Put figures into a sentence that keeps no styles, such as a title."""
        return words.plain(self.text(text)) if "{{" in text or "**" in text else text

    def blocks(self, blocks: Iterable[Block]) -> tuple[PreparedBlock, ...]:
        """Prepare the blocks of this edition, in order."""
        return tuple(self.block(block) for block in blocks if self.edition in block.editions)

    def block(self, block: Block) -> PreparedBlock:
        """Prepare one block; TypeError for a kind of block that no edition knows."""
        match block:
            case Heading():
                return PreparedHeading(self.plain(block.text), block.level)
            case Paragraph():
                return PreparedText(self.text(block.text))
            case Bullets():
                return PreparedBullets(tuple(self.text(item) for item in block.items), block.numbered)
            case Box():
                return PreparedBox(block.kind, self.plain(block.title), self.text(block.text))
            case Table():
                return self.table(block)
            case Chart():
                return self.chart(block)
            case Map():
                return self.map(block)
        raise TypeError(f"No edition can show a {type(block).__name__}.")

    def table(self, table: Table) -> PreparedTable:
        """Print a table's cells, withhold what must be, and say so in its note."""
        shown, rule = self.protection.table(table), self.protection.rule
        coarse = table.id in self.protection.tables and rule.withholds and rule.round_to > 1
        places = [
            cells.decimals((row[at] for row in table.rows), column.kind) for at, column in enumerate(table.columns)
        ]

        def cell(row: int, at: int, value: Cell) -> str:
            if (row, at) in shown.hidden:
                return rule.mark
            value = shown.rounded.get((row, at), value)
            said = cells.printed(value, table.columns[at].kind, coarse=coarse, places=places[at])
            return self.plain(said) + ("*" if (row, at) in shown.small else "")

        rows = tuple(
            tuple(cell(row, at, value) for at, value in enumerate(values)) for row, values in enumerate(table.rows)
        )
        return PreparedTable(
            id=table.id,
            title=self.plain(table.title),
            columns=tuple(self._column(table, at, rows) for at in range(len(table.columns))),
            rows=rows,
            source=self.plain(table.source),
            note=" ".join(self._notes(table, rows)),
            total_row=table.total_row,
            figures=table.figures,
        )

    def _column(self, table: Table, at: int, rows: tuple[tuple[str, ...], ...]) -> PreparedColumn:
        """Set numbers to the right, those that came as words too; what heads the rows stays as it is."""
        align = cells.alignment(table.columns[at].kind)
        if at and cells.numeric((row[at] for row in rows), (self.protection.rule.mark,)):
            align = "right"
        return PreparedColumn(table.columns[at].title, align)

    def _notes(self, table: Table, rows: tuple[tuple[str, ...], ...]) -> list[str]:
        """List what a reader of a table must be told: its own note, and what its marks mean."""
        shown, rule = self.protection.table(table), self.protection.rule
        notes = [self.plain(table.note)] if table.note else []
        if shown.hidden or any(rule.mark in row for row in rows):
            notes.append(f"{rule.mark} means withheld so that no one can be identified.")
        if shown.small:
            notes.append("* marks a small count, which other editions withhold: do not pass it on.")
        if shown.rounded:
            notes.append(f"Counts are rounded to the nearest {rule.round_to}, so they may not add up.")
        if any(cells.NOTHING in row for row in rows):
            notes.append(cells.NOTHING_NOTE)
        return notes

    def chart(self, chart: Chart) -> PreparedChart:
        """Take withheld points out of a chart, and put a table behind it when the chapter gave none."""
        drawn, gone = without_withheld_points(chart, self.protection)
        values = "value is" if gone == 1 else "values are"
        return PreparedChart(
            id=chart.id,
            title=self.plain(chart.title),
            describes=self.plain(chart.describes),
            chart=drawn,
            table=self.table(chart.table)
            if chart.table
            else self.table(table_of(drawn, chart, self.protection.rule.mark)),
            source=self.plain(chart.source),
            note=f"{words.in_words(gone).capitalize()} small or revealing {values} withheld." if gone else "",
            figures=chart.figures,
        )

    def map(self, map_: Map) -> PreparedMap:
        """Take withheld areas out of a map, and put a table behind it when the chapter gave none."""
        drawn, gone = without_withheld_areas(map_, self.protection)
        areas = "area is" if len(gone) == 1 else "areas are"
        return PreparedMap(
            id=map_.id,
            title=self.plain(map_.title),
            describes=self.plain(map_.describes),
            map=drawn,
            table=self.table(map_.table) if map_.table else self.table(self._areas(drawn, gone)),
            source=self.plain(map_.source),
            caveat=self.plain(map_.caveat),
            withheld=gone,
            note=f"{words.in_words(len(gone)).capitalize()} {areas} withheld: numbers there are small or revealing."
            if gone
            else "",
            figures=map_.figures,
        )

    def _areas(self, map_: Map, gone: tuple[str, ...]) -> Table:
        """Make the table behind a map: its areas from the highest value down, withheld ones last."""
        names = self.assessment.geography.names
        ranked = sorted(map_.values, key=lambda code: (-map_.values[code], code))
        rows: list[tuple[Cell, ...]] = [(names.get(code, code), map_.values[code]) for code in ranked]
        rows += [(names.get(code, code), self.protection.rule.mark) for code in sorted(gone)]
        columns = (Column("area", "Area"), Column("value", map_.unit.capitalize() or "Value", "number"))
        return Table(id=f"{map_.id}-table", title=map_.title, columns=columns, rows=tuple(rows), source=map_.source)


def table_of(chart: Chart, complete: Chart, mark: str) -> Table:
    """
    Make the table behind a chart from its series: a row for each x, a column for each series.

    Points that `complete` has and `chart` has lost are printed as `mark`.

    Long curves (Lorenz) are thinned to at most 25 rows, evenly, ends kept.
    """
    labels = list(dict.fromkeys(x for series in chart.series for x in series.x))
    if chart.kind == "lorenz" and len(labels) > 25:
        labels = [labels[round(at * (len(labels) - 1) / 24)] for at in range(25)]
    months = bool(labels) and _is_month(labels[0])
    heading = "Month" if months else "Hour" if chart.kind == "clock" else "Item"
    columns = [Column("x", chart.x_title or heading, "month" if months else "text")]
    parts: list[dict[Cell, Cell]] = []
    for at, series in enumerate(chart.series):
        columns.append(Column(f"y{at}", series.name or chart.y_title or "Value", "number"))
        parts.append(_by_label(series, series.y) | _lost(series, complete.series[at], mark))
        if series.low and series.high:
            columns += [Column(f"low{at}", "Lower end", "number"), Column(f"high{at}", "Upper end", "number")]
            parts += [_by_label(series, series.low), _by_label(series, series.high)]
    rows = tuple((_said(label), *(part.get(label) for part in parts)) for label in labels)
    return Table(id=f"{chart.id}-table", title=chart.title, columns=tuple(columns), rows=rows, source=chart.source)


def _by_label(series: Series, values: tuple[float | None, ...]) -> dict[Cell, Cell]:
    return dict(zip(series.x, values, strict=False))


def _lost(series: Series, complete: Series, mark: str) -> dict[Cell, Cell]:
    pairs = zip(series.x, series.y, complete.y, strict=True)
    return {x: mark for x, kept, was in pairs if kept is None and was is not None}


def _said(label: Cell) -> Cell:
    return (
        cells.printed(label, "number", places=cells.decimals((label,), "number")) if isinstance(label, float) else label
    )


def _is_month(label: Cell) -> bool:
    return isinstance(label, str) and len(label) in (7, 10) and label[4:5] == "-" and label[:4].isdigit()
