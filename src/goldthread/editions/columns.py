"""How wide each column of a printed table should be, for files whose reader does not work it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
# Letters a table may be set in, against those of other tables; those of the annexes are set in the smallest.
SIZES: Final = (1.0, 0.89, 0.83)
ANNEX_SIZE: Final = SIZES[-1]
# What the styles of each size are called in files that have named styles.
SIZE_NAMES: Final = dict(zip(SIZES, ("", "small", "smallest"), strict=True))
# Smaller letters must save this share of the lines, and a narrower table this share of the width, to be worth it.
_WORTH_IT: Final = 0.75
# How far apart the columns of a table may be drawn that does not need the whole line.
_ROOMIEST: Final = 1.2
# A table of more lines than this may run on to the next page, and one of more than this is set in smaller letters.
_LONGEST_KEPT: Final = 12
_LONG: Final = 36
# One of fewer lines than this is not tried in smaller letters.
_WORTH_A_LOOK: Final = 6
_STEP: Final = 0.5
# What stays in one piece ends at a space, or after a hyphen, dash or stroke.
_PIECES = re.compile(r"[^\s\-–/\u200b]*[-–/]|[^\s\-–/\u200b]+")
# A name such as goldthread.analysis.change.rate_ratio, which has no place of its own to end a line.
_NAME = re.compile(r"\b(?=[\w.]{16})[a-z]\w*(?:\.\w+)+\b")
_AFTER = re.compile(r"([._])(?=\w)")

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


@dataclass(frozen=True)
class _Cells:
    """
    The cells of a table, measured in ems.

    `widths` are those of whole cells, row by row, `least` what each column cannot do without, and `left` what a
    line of wrapped words leaves empty at its end: half a word, long words weighing more since more lines end at them.
    """

    widths: Ems
    least: Ems
    left: Ems

    def inside(self, columns: Ems) -> Ems:
        """How much of each line wrapped words fill."""
        return np.maximum(columns - self.left, 0.4 * columns + 0.1)

    def high(self, columns: Ems) -> Ems:
        """How many lines each cell takes, and parts of lines."""
        whole = self.widths <= columns + 1e-9
        share: Ems = np.where(whole, 1.0, np.maximum(self.widths / self.inside(columns), 1.0 + 1e-6))
        return share

    def lines(self, columns: Ems) -> int:
        """How many lines the rows take together."""
        return int(np.ceil(self.high(columns).max(axis=1)).sum())


@lru_cache(maxsize=512)
def setting(table: PreparedTable, *, annex: bool = False) -> Setting:
    """
    Choose how wide the columns of a table are, and whether its letters should be smaller.

    No column is narrower than its longest word or number. What the line has
    beyond that goes, bit by bit, to the column whose growth saves most lines.
    The letters are a little smaller where that saves a quarter of the lines, and as small as they must be in a table
    of more than half a page, or where the longest words would not fit side by side. A table that does not need the
    whole line is not spread over it.
    """
    cells = _measured(table)
    best = _set(table, cells, ANNEX_SIZE if annex else SIZES[0])
    for size in () if annex else SIZES[1:]:
        if best.crowded or best.lines > _WORTH_A_LOOK:
            one = _set(table, cells, size)
            saves = one.size > ANNEX_SIZE and one.lines <= _WORTH_IT * best.lines
            if best.crowded or saves or best.lines > _LONG:
                best = one
    return best


def _set(table: PreparedTable, cells: _Cells, size: float) -> Setting:
    line, padding = LINE / size, _padding(table)
    room = line - float(padding.sum())
    most = cells.widths.max(axis=0)
    widths = most if most.sum() <= room else _grown(cells, room)
    lines = cells.lines(widths)
    columns = widths + padding
    spare = line - float(columns.sum())
    if spare >= 0:
        apart = spare / len(columns)
        columns = columns + (apart if columns.sum() > _WORTH_IT * line else min(apart, _ROOMIEST))
    else:
        columns = columns * (line / columns.sum())
    return Setting(tuple(float(column) for column in columns), size, line, lines, crowded=spare < -1e-9)


def _padding(table: PreparedTable) -> Ems:
    """Give the padding of each column."""
    numbers = [column.align == "right" for column in table.columns]
    after = [False, *(before and not here for before, here in pairwise(numbers))]
    return np.array([PADDING + APART * apart for apart in after])


def _measured(table: PreparedTable) -> _Cells:
    """Measure every cell (the heading is the first row, and may take three lines), and each column's longest piece."""
    heads = [_width(column.title, strong=True) for column in table.columns]
    words = [max((_width(word, strong=True) for word in column.title.split()), default=0.0) for column in table.columns]
    least, rows = list(words), [[max(head / 3, word) for head, word in zip(heads, words, strict=True)]]
    pieces: list[list[float]] = [[] for _ in table.columns]
    for row in table.rows:
        rows.append([_width(cell) for cell in row])
        for at, cell in enumerate(row):
            whole = table.columns[at].align == "right" or len(cell) < 5
            if not whole:
                pieces[at] += map(_width, _PIECES.findall(breakable(cell)))
            least[at] = max(least[at], rows[-1][at] if whole else max(pieces[at], default=0.0))
    left = [sum(one * one for one in column) / (2 * sum(column)) if column else 0.0 for column in pieces]
    return _Cells(np.array(rows), np.array(least), np.array(left))


@lru_cache(maxsize=20_000)
def _width(text: str, *, strong: bool = False) -> float:
    return text_width(text, 1.0, strong=strong)


def breakable(text: str) -> str:
    """Let the long name of a function end a line after any of its dots and low lines; nothing of it is seen."""
    return _NAME.sub(lambda name: _AFTER.sub("\\1\u200b", name[0]), text)


def _grown(cells: _Cells, room: float) -> Ems:
    """
    Give the room that is left to the columns, bit by bit, each time to the one that makes the table highest.

    That is the column whose growth would shorten its highest cells most, over
    the rows that are as high as they are because of it.
    """
    widths, most = cells.least.copy(), np.maximum(cells.widths.max(axis=0), cells.least)
    rows = np.arange(len(cells.widths))
    while (spare := room - float(widths.sum())) > _STEP:
        high = cells.high(widths)
        tallest = high.argmax(axis=1)
        wraps = np.where(high[rows, tallest] > 1.0, high[rows, tallest], 0.0)
        gains = np.bincount(tallest, weights=wraps / cells.inside(widths)[tallest], minlength=len(widths))
        best = int(gains.argmax())
        if gains[best] <= 0.0:
            break
        widths[best] += min(_STEP, spare, float(most[best] - widths[best]))
    return _without_needless_wraps(cells, widths, most)


def _without_needless_wraps(cells: _Cells, widths: Ems, most: Ems) -> Ems:
    """Give a column that nearly fits what it lacks, from the one with most to spare, where that saves lines."""
    for at in np.argsort(most - widths):
        lacks = float(most[at] - widths[at])
        giver = int(np.argmax(np.where(np.arange(len(widths)) == at, -1.0, widths - cells.least)))
        if lacks <= 0.0 or widths[giver] - cells.least[giver] < lacks:
            continue
        moved = widths.copy()
        moved[at] += lacks
        moved[giver] -= lacks
        if cells.lines(moved) < cells.lines(widths):
            widths = moved
    return widths
