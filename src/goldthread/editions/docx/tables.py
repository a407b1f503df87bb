"""Tables of a Word file, written straight as XML: a whole assessment's tables in a few hundredths of a second."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.editions.columns import SIZE_NAMES, breakable, setting
from goldthread.editions.document import PreparedTable, PreparedTiles
from goldthread.editions.packing import safe

TEXT_WIDTH = 9638  # twentieths of a point: A4 less two margins of 20 mm


def table_xml(table: PreparedTable, *, annex: bool = False) -> str:
    """
    Write a table in the assessment's style: its header row repeats on every page, its rows do not break.

    The caption and notes are paragraphs of their own and are not written here.
    """
    set_as = setting(table, annex=annex)
    widths = [round(share * TEXT_WIDTH) for share in set_as.shares]
    keep = "<w:keepNext/>" if set_as.stays_together else ""
    size = SIZE_NAMES[set_as.size].capitalize()
    cells, kept = _cells(table, widths, size, ""), _cells(table, widths, size, keep)
    rows = [_row(kept, [column.title for column in table.columns], "<w:tblHeader/>")]
    rows += [_row(kept, row) for row in table.rows[:-1]]
    rows += [_row(cells, row) for row in table.rows[-1:]]
    properties = _properties("AssessmentTable", 0x0420 + 0x40 * table.total_row, table.title, sum(widths))
    return f"<w:tbl>{properties}{_grid(widths)}{''.join(rows)}</w:tbl>"


def _cells(table: PreparedTable, widths: list[int], size: str, keep: str) -> list[str]:
    """Write the beginning of a cell in each column, up to its text; `keep` holds it to the row after."""
    return [
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr><w:p><w:pPr>'
        f'<w:pStyle w:val="{"TableNumber" if column.align == "right" else "TableText"}{size}"/>{keep}</w:pPr>'
        '<w:r><w:t xml:space="preserve">'
        for width, column in zip(widths, table.columns, strict=True)
    ]


def _row(cells: list[str], values: Sequence[str], header: str = "") -> str:
    end = "</w:t></w:r></w:p></w:tc>"
    inside = "".join([f"{cell}{safe(breakable(value))}{end}" for cell, value in zip(cells, values, strict=True)])
    return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{inside}</w:tr>"


def tiles_xml(block: PreparedTiles) -> str:
    """Write the headline numbers side by side: what is counted, the number, how it changed."""
    width = TEXT_WIDTH // max(len(block.tiles), 1)
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        + _line("TileLabel", tile.label)
        + _line("TileValue", tile.value)
        + _line("TileChange", tile.change)
        + "</w:tc>"
        for tile in block.tiles
    )
    properties = _properties("TileTable", 0x0600, "Headline numbers", TEXT_WIDTH)
    row = f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"
    return f"<w:tbl>{properties}{_grid([width] * len(block.tiles))}{row}</w:tbl>"


def _properties(style: str, look: int, title: str, width: int) -> str:
    """Write a table's properties; `look` says which parts of the style apply (ECMA-376, tblLook)."""
    return (
        f'<w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{width}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look:04X}"/>'
        f'<w:tblCaption w:val="{safe(title)}"/></w:tblPr>'
    )


def _grid(widths: list[int]) -> str:
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tblGrid>{columns}</w:tblGrid>"


def _line(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{safe(text)}</w:t></w:r>'
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'
