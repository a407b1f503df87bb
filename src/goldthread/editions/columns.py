"""How wide each column of a printed table should be, for files whose reader does not work it out."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from goldthread.editions.charts.canvas import text_width
from goldthread.editions.document import PreparedTable

# How many ems of Arial stand in a line of table text across a page, and how many a cell's padding takes;
# words after a number stand further off, so that the two are not read as one.
LINE: Final = 53.0
PADDING: Final = 1.15
APART: Final = 0.9
# Letters a table may be set in, against those of other tables; the tables of the annex are set in the smallest.
SIZES: Final = (1.0, 0.89, 0.78)
ANNEX_SIZE: Final = SIZES[-1]
# What the styles of each size are called in files that have named styles.
SIZE_NAMES: Final = dict(zip(SIZES, ("", "small", "smallest"), strict=True))
# Smaller letters must save this share of the lines, and a narrower table this share of the width, to be worth it.
_WORTH_IT: Final = 0.75
# How far apart the columns of a table may be drawn that does not need the whole line.
_ROOMIEST: Final = 3.0
# A table of more lines than this may run on to the next page.
_LONGEST_KEPT: Final = 26
# A list of fewer rows than this is not set twice across.
_SHORTEST_FOLDED: Final = 9
_STEP: Final = 0.5
# What stays in one piece ends at a space, or after a hyphen, dash or stroke.
_PIECES = re.compile(r"[^\s\-–/]*[-–/]|[^\s\-–/]+")

Ems = NDArray[np.float64]


@dataclass(frozen=True)
class Setting:
    """
    How a table is set: the ems of Arial that each column takes, padding and all, and the size of its letters.

    `line` is how many ems of that size the page has, `lines` how many lines the table takes. In a
    `crowded` table the longest words do not fit side by side, and are broken.
    """

    columns: tuple[float, ...]
    size: float
    line: float
    lines: int
    crowded: bool

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the line that each column takes; less than 1 in all when the table is narrower."""
        return tuple(column / self.line for column in self.columns)

    @property
    def stays_together(self) -> bool:
        """Whether the table is short enough to be kept on one page."""
        return self.lines <= _LONGEST_KEPT


@lru_cache(maxsize=512)
def setting(table: PreparedTable, *, annex: bool = False) -> Setting:
    """
    Choose how wide the columns of a table are, and whether its letters should be smaller.

    No column is narrower than its longest word or number. What the line has
    beyond that goes, bit by bit, to the column whose growth saves most lines.
    The letters are a little smaller where that saves a quarter of the lines,
    and as small as they must be where the longest words would not fit side by side. A table that does not need the
    whole line is not spread over it.
    """
    sizes = (ANNEX_SIZE,) if annex else SIZES
    best, *smaller = (_set(table, size, annex=annex) for size in sizes)
    for one in smaller:
        saves = one.size > ANNEX_SIZE and one.lines <= _WORTH_IT * best.lines
        if best.crowded or saves:
            best = one
    return best


def _set(table: PreparedTable, size: float, *, annex: bool) -> Setting:
    line, padding = LINE / size, _padding(table, annex=annex)
    room = line - float(padding.sum())
    cells, least = _measured(table)
    most = cells.max(axis=0)
    widths = most if most.sum() <= room else _grown(cells, least, room)
    lines = int(_rows_high(cells, widths).sum())
    columns = widths + padding
    spare = line - float(columns.sum())
    if spare >= 0:
        apart = spare / len(columns)
        columns = columns + (apart if columns.sum() > _WORTH_IT * line else min(apart, _ROOMIEST))
    else:
        columns = columns * (line / columns.sum())
    return Setting(tuple(float(column) for column in columns), size, line, lines, crowded=spare < -1e-9)


def _padding(table: PreparedTable, *, annex: bool = False) -> Ems:
    """Give the padding of each column; what the annex saves there lets a list stand twice across."""
    numbers = [column.align == "right" for column in table.columns]
    after = [False, *(before and not here for before, here in pairwise(numbers))]
    return np.array([(0.85 if annex else 1.0) * PADDING + APART * apart for apart in after])


def _measured(table: PreparedTable) -> tuple[Ems, Ems]:
    """Measure every cell (the heading is the first row, and may take three lines), and each column's longest piece."""
    heads = [_width(column.title, strong=True) for column in table.columns]
    words = [max((_width(word, strong=True) for word in column.title.split()), default=0.0) for column in table.columns]
    least, rows = list(words), [[max(head / 3, word) for head, word in zip(heads, words, strict=True)]]
    for row in table.rows:
        rows.append([_width(cell) for cell in row])
        for at, cell in enumerate(row):
            whole = table.columns[at].align == "right" or len(cell) < 5
            pieces = [cell] if whole else _PIECES.findall(cell)
            least[at] = max(least[at], rows[-1][at] if whole else max(map(_width, pieces), default=0.0))
    return np.array(rows), np.array(least)


@lru_cache(maxsize=20_000)
def _width(text: str, *, strong: bool = False) -> float:
    return text_width(text, 1.0, strong=strong)


def _grown(cells: Ems, least: Ems, room: float) -> Ems:
    """
    Give the room that is left to the columns, bit by bit, each time to the one that makes the table highest.

    That is the column whose growth would shorten its highest cells most, over
    the rows that are as high as they are because of it.
    """
    widths, most = least.copy(), np.maximum(cells.max(axis=0), least)
    rows = np.arange(len(cells))
    while (spare := room - float(widths.sum())) > _STEP:
        high = cells / np.maximum(widths, 0.1)
        tallest = high.argmax(axis=1)
        wraps = np.where(high[rows, tallest] > 1.0, high[rows, tallest], 0.0)
        gains = np.bincount(tallest, weights=wraps / np.maximum(widths[tallest], 0.1), minlength=len(widths))
        best = int(gains.argmax())
        if gains[best] <= 0.0:
            break
        widths[best] += min(_STEP, spare, float(most[best] - widths[best]))
    return _without_needless_wraps(cells, widths, least, most)


def _without_needless_wraps(cells: Ems, widths: Ems, least: Ems, most: Ems) -> Ems:
    """Give a column that nearly fits what it lacks, from the one with most to spare, where that saves lines."""
    for at in np.argsort(most - widths):
        lacks = float(most[at] - widths[at])
        giver = int(np.argmax(np.where(np.arange(len(widths)) == at, -1.0, widths - least)))
        if lacks <= 0.0 or widths[giver] - least[giver] < lacks:
            continue
        moved = widths.copy()
        moved[at] += lacks
        moved[giver] -= lacks
        if _rows_high(cells, moved).sum() < _rows_high(cells, widths).sum():
            widths = moved
    return widths


def _rows_high(cells: Ems, widths: Ems) -> Ems:
    """Count the lines of each row: words leave a little of each line empty, so wrapped ones need a tenth more."""
    share = (cells / np.maximum(widths, 0.1)).max(axis=1)
    lines: Ems = np.ceil(np.where(share > 1.0, share * 1.1, 1.0))
    return lines


def folded(table: PreparedTable) -> PreparedTable:
    """
    Set a long, narrow table two or three times across, so that a list of small areas does not run for pages.

    Reading order is down the first columns, then down the next. A table that
    is wide, or short, stays as it is; a total becomes the last of its rows.
    """
    if len(table.rows) < _SHORTEST_FOLDED:
        return table
    cells, _ = _measured(table)
    across = float((cells.max(axis=0) + _padding(table, annex=True)).sum()) + APART
    times = min(3, int(LINE / ANNEX_SIZE / across))
    if times < 2:
        return table
    down = -(-len(table.rows) // times)
    empty = ("",) * len(table.columns)
    starts = [*range(0, len(table.rows), down), len(table.rows)]
    parts = [table.rows[start:end] for start, end in pairwise(starts)]
    rows = tuple(
        tuple(cell for part in parts for cell in (part[at] if at < len(part) else empty)) for at in range(down)
    )
    return replace(table, columns=table.columns * len(parts), rows=rows, total_row=False)
