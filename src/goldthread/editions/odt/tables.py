"""Tables of a Writer file, written straight as XML; how wide their columns are is said in automatic styles."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.editions.columns import SIZE_NAMES, breakable, setting
from goldthread.editions.document import PreparedTable, PreparedTiles
from goldthread.editions.packing import safe

_TEXT_WIDTH_CM = 17.0


@dataclass
class Tables:
    """The tables of one file as they are written, and the widths their columns have had."""

    written: int = 0
    widths: dict[int, str] = field(default_factory=dict)
    looks: dict[tuple[int, bool], str] = field(default_factory=dict)

    def table(self, table: PreparedTable, *, annex: bool = False) -> str:
        """Write a table whose header repeats on every page; its caption and notes are paragraphs elsewhere."""
        numbers = [column.align == "right" for column in table.columns]
        set_as = setting(table, annex=annex)
        columns = "".join(map(self._column, set_as.shares))
        size = f"_20_{SIZE_NAMES[set_as.size]}" if SIZE_NAMES[set_as.size] else ""
        heads = [f"Table_20_{'heading_20_number' if number else 'Heading'}{size}" for number in numbers]
        plain = [f"Table_20_{'number' if number else 'Contents'}{size}" for number in numbers]
        titles = [column.title for column in table.columns]
        header = f"<table:table-header-rows>{_row('HeadCell', heads, titles)}</table:table-header-rows>"
        last = len(table.rows) - 1
        rows = "".join(
            _row("TotalCell", heads, row)
            if table.total_row and at == last
            else _row("BandCell" if at % 2 else "Cell", plain, row)
            for at, row in enumerate(table.rows)
        )
        start = self._start(table.title, set_as.stays_together, sum(set_as.shares))
        return f"{start}{columns}{header}{rows}</table:table>"

    def tiles(self, block: PreparedTiles) -> str:
        """Write the headline numbers side by side: what is counted, the number, how it changed."""
        cells = "".join(
            '<table:table-cell table:style-name="TileCell" office:value-type="string">'
            f'<text:p text:style-name="Tile_20_label">{safe(tile.label)}</text:p>'
            f'<text:p text:style-name="Tile_20_value">{safe(tile.value)}</text:p>'
            f'<text:p text:style-name="Tile_20_change">{safe(tile.change)}</text:p></table:table-cell>'
            for tile in block.tiles
        )
        columns = "".join(self._column(1 / len(block.tiles)) for _ in block.tiles)
        return f"{self._start('Headline numbers')}{columns}<table:table-row>{cells}</table:table-row></table:table>"

    def styles(self) -> str:
        """Write the automatic styles that the tables use."""
        tables = "".join(
            f'<style:style style:name="{name}" style:family="table"><style:table-properties'
            f' style:width="{thousandths / 1000 * _TEXT_WIDTH_CM:.3f}cm"'
            f' table:align="left" fo:margin-bottom="0.1cm" table:border-model="collapsing"'
            f' style:may-break-between-rows="{str(not together).lower()}"/></style:style>'
            for (thousandths, together), name in self.looks.items()
        )
        return tables + "".join(
            f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties'
            f' style:column-width="{thousandths / 1000 * _TEXT_WIDTH_CM:.3f}cm"/></style:style>'
            for thousandths, name in self.widths.items()
        )

    def _start(self, title: str, together: bool = True, share: float = 1.0) -> str:
        self.written += 1
        look = (round(share * 1000), together)
        style = self.looks.setdefault(look, f"Table{look[0]}{'Kept' if together else ''}")
        return (
            f'<table:table table:name="Table {self.written}" table:style-name="{style}">'
            f"<table:title>{safe(title)}</table:title>"
        )

    def _column(self, share: float) -> str:
        thousandths = round(share * 1000)
        name = self.widths.setdefault(thousandths, f"Column{thousandths}")
        return f'<table:table-column table:style-name="{name}"/>'


def _row(cell: str, styles: list[str], values: list[str] | tuple[str, ...]) -> str:
    cells = [
        f'<table:table-cell table:style-name="{cell}" office:value-type="string">'
        f'<text:p text:style-name="{style}">{safe(breakable(value))}</text:p></table:table-cell>'
        for style, value in zip(styles, values, strict=True)
    ]
    return f'<table:table-row table:style-name="Row">{"".join(cells)}</table:table-row>'
