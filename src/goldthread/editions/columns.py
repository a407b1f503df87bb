"""How wide each column of a printed table should be, for files whose reader does not work it out."""

from __future__ import annotations

from dataclasses import dataclass, replace

from goldthread.editions.document import PreparedTable

# A column of words gets no more than this many characters before it wraps.
_LONGEST_LINE = 46
# A column whose longest entry is no longer than this never needs to wrap.
_SHORT = 14
# How many characters of table text fit across a page, and how many a cell's padding takes.
_LINE = 100.0
_PADDING = 3.2
# A table of more rows than this may run on to the next page.
LONGEST_KEPT = 16


@dataclass(frozen=True)
class Width:
    """The characters a column needs; one that `stretches` takes a share of what the others leave."""

    characters: float
    stretches: bool


def widths(table: PreparedTable) -> list[Width]:
    """
    Say how wide each column wants to be.

    Numbers and short words want their longest entry, and their heading in two
    lines; longer words share what is left, by how much they say.
    """
    found = []
    for at, column in enumerate(table.columns):
        longest = max((len(row[at]) for row in table.rows), default=0)
        word = max((len(part) for part in column.title.split()), default=0)
        stretches = column.align == "left" and max(longest, word) > _SHORT
        heading = min(len(column.title) / 2, _SHORT)
        wanted = max(min(longest, _LONGEST_LINE), word, heading)
        found.append(Width(float(wanted), stretches))
    return found


def shares(table: PreparedTable) -> list[float]:
    """
    Give each column its share of the table's width, for files that hold widths; the shares add up to 1.

    Columns that need not wrap get what they want while columns of words keep
    a third of the line between them; when nothing stretches, all grow alike.
    """
    wants = widths(table)
    fixed = [0.0 if want.stretches else (want.characters + _PADDING) / _LINE for want in wants]
    words = [want.characters if want.stretches else 0.0 for want in wants]
    left = 1.0 - sum(fixed)
    if not any(words):
        return [share / sum(fixed) for share in fixed]
    if left < 1 / 3:
        fixed = [share / sum(fixed) * 2 / 3 for share in fixed]
        left = 1 / 3
    return [share + left * word / sum(words) for share, word in zip(fixed, words, strict=True)]


def stays_together(table: PreparedTable) -> bool:
    """Whether a table is short enough to be kept on one page."""
    return len(table.rows) <= LONGEST_KEPT


def folded(table: PreparedTable) -> PreparedTable:
    """
    Set a long, narrow table two or three times across, so that a list of small areas does not run for pages.

    Reading order is down the first columns, then down the next. A table that
    is wide, or short enough to be kept on a page, or that has a total, stays as it is.
    """
    across = sum(want.characters + _PADDING for want in widths(table))
    times = min(3, int(_LINE / across)) if across else 1
    if times < 2 or table.total_row or stays_together(table):
        return table
    down = -(-len(table.rows) // times)
    empty = ("",) * len(table.columns)
    parts = [table.rows[start : start + down] for start in range(0, len(table.rows), down)]
    rows = tuple(
        tuple(cell for part in parts for cell in (part[at] if at < len(part) else empty)) for at in range(down)
    )
    return replace(table, columns=table.columns * len(parts), rows=rows)
