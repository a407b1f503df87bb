"""How a cell of a table is printed, by the kind of its column."""

from __future__ import annotations

from goldthread.chapters import words
from goldthread.chapters.model.blocks import Cell, Kind
from goldthread.editions.document import Alignment

NOTHING = words.EN_DASH
NOTHING_NOTE = f"{NOTHING} means that nothing was received."


def printed(value: Cell, kind: Kind, *, coarse: bool = False) -> str:
    """
    Print a cell: 1,234 for a count, 12.3% for a percent, +12.3% for a change, – for nothing received.

    `coarse` says percentages, changes and ratios less exactly, beside counts that are rounded.
    """
    if value is None:
        return "" if kind == "text" else NOTHING
    if isinstance(value, str):
        return words.short_month(value) if kind == "month" else value
    match kind:
        case "count":
            return words.number(value)
        case "percent":
            return words.percent(value, 0 if coarse else 1)
        case "change":
            return f"{words.signed(value, 0 if coarse else 1)}%"
        case "ratio":
            return words.number(value, 1 if coarse else 2)
        case "p":
            return "<0.001" if value < 0.001 else words.number(value, 3)
        case "rate":
            return words.number(value, _places(value) - coarse)
        case _:
            return words.number(value, 0 if float(value).is_integer() else 1)


def alignment(kind: Kind) -> Alignment:
    """Set words to the left and numbers to the right."""
    return "left" if kind in ("text", "month") else "right"


def _places(rate: float) -> int:
    return 1 if abs(rate) >= 1 or rate == 0 else 2
