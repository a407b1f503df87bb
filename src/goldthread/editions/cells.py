"""How a cell of a table is printed, by the kind of its column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model.blocks import Cell, Kind
from goldthread.editions.document import Alignment

NOTHING = words.EN_DASH
NOTHING_NOTE = f"{NOTHING} means that there is no number: nothing was received, or it does not apply."


# From here on a number or rate is said without decimals, and up to here a column of numbers is one of shares.
_LARGE, _SHARES = 1000.0, 1.0
_NUMBER: Final = re.compile(rf"[+{words.MINUS}<]?[\d,]*\.?\d+%?")


def decimals(values: Iterable[Cell], kind: Kind) -> int:
    """
    Say how many decimals the numbers of a column carry, all alike: none for whole ones, two for shares of one.

    For kinds that are printed by a rule of their own, this is not asked.
    """
    numbers = [abs(value) for value in values if isinstance(value, int | float) and abs(value) < _LARGE]
    if kind != "number" or all(float(value).is_integer() for value in numbers):
        return 0
    return 2 if max(numbers) <= _SHARES else 1


def printed(value: Cell, kind: Kind, *, coarse: bool = False, places: int | None = None) -> str:
    """
    Print a cell: 1,234 for a count, 12.3% for a percent, +12.3% for a change, – for nothing received.

    `coarse` says percentages, changes and ratios less exactly, beside counts that are rounded; `places` are the
    decimals of the column, for plain numbers. A number or rate of a thousand and more has no decimals.
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
            return words.number(value, max(0, _places(value) - coarse))
        case _:
            own = (0 if float(value).is_integer() else 1) if places is None else places
            return words.number(value, 0 if abs(value) >= _LARGE else own)


def alignment(kind: Kind) -> Alignment:
    """Set words to the left and numbers to the right."""
    return "left" if kind in ("text", "month") else "right"


def _places(rate: float) -> int:
    if abs(rate) >= _LARGE:
        return 0
    return 1 if abs(rate) >= 1 or rate == 0 else 2


def numeric(texts: Iterable[str], marks: Iterable[str]) -> bool:
    """Whether words that are printed are numbers, or ranges such as 4 to 6, but for marks in the place of one."""
    said = [text.rstrip("*") for text in texts if text not in ("", NOTHING, *marks)]
    return bool(said) and all(_NUMBER.fullmatch(part) for text in said for part in text.split(" to "))
