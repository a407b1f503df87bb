"""How the cells of a table add up, which is what a reader can subtract with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Counts = Sequence[Sequence[int | None]]
Equation = tuple[int, tuple[int, ...]]  # a cell, and the cells it is the sum of


class NotAdditive(ValueError):
    """A table says that a cell is the sum of others, and it is not."""


@dataclass(frozen=True)
class Fact:
    """
    Something else a reader knows about a table: a weighted sum of cells, and between what it lies.

    For "31.4 % of the 51 cases were repeats", printed to one decimal place,
    weights {(row, column): 100 / 51} lie between 31.35 and 31.45.
    """

    low: float
    high: float
    weights: Mapping[tuple[int, int], float] = field(default_factory=dict)


def equations_of(
    counts: Counts,
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, Sequence[int]]] = (),
    row_sums: Sequence[tuple[int, Sequence[int]]] = (),
) -> tuple[Equation, ...]:
    """
    Which cell is the sum of which, with cells numbered along the rows from 0?

    `total_row` says the last row adds up those above it; `sums` that a column
    is the sum of others, (2, (0, 1)); `row_sums` the same of rows, for
    subtotals. A cell of None was not received: it is no part of a sum, and a
    sum that does not hold without it is not one that a reader can use.
    Raises NotAdditive when the table's own counts do not add up.
    """
    height, width = len(counts), len(counts[0]) if counts else 0
    of_rows = [*row_sums, (height - 1, range(height - 1))] if total_row and height > 1 else list(row_sums)
    found = []
    for total, parts in of_rows:
        for column in range(width):
            found.append((total * width + column, tuple(row * width + column for row in parts)))
    for total, parts in sums:
        for row in range(height):
            found.append((row * width + total, tuple(row * width + column for column in parts)))
    flat = [cell for row in counts for cell in row]
    return tuple(kept for equation in found if (kept := _usable(equation, flat, width)))


def _usable(equation: Equation, flat: Sequence[int | None], width: int) -> Equation | None:
    """The equation without cells that were not received; None when a reader cannot use it."""
    total, parts = equation
    stated, received = flat[total], [(part, flat[part]) for part in parts if flat[part] is not None]
    if stated is None or not received:
        return None
    if stated != sum(n for _, n in received if n is not None):
        if len(received) < len(parts):
            return None
        row, column = divmod(total, width)
        raise NotAdditive(
            f"Row {row + 1}, column {column + 1} of the counts is said to be a sum, and is not what it sums to: "
            "say that it is no sum, or show the part that is left out."
        )
    return total, tuple(part for part, _ in received)
