"""The bad rows planted in partners' files: good rows copied, one cell of each broken as people break them."""

from __future__ import annotations

from collections.abc import Sequence

from example.truths import truths

Row = Sequence[object]


def planted(name: str) -> list[tuple[str, str]]:
    """What is planted in the file of this name: the column, and what the bad row says there."""
    return [(column, said) for column, said in truths()["bad_rows"].get(name, [])]


def spoil(name: str, header: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """
    The rows of this file with its planted bad ones put in, spread evenly.

    They are added and never put in place of a good row, so that what is refused is exactly what was planted.
    """
    wrong = planted(name)
    if not wrong:
        return list(rows)
    good = [row for row in rows if all(row[header.index(column)] != "" for column, _ in wrong)]
    out: list[Row] = list(rows)
    for number, (column, said) in enumerate(wrong, start=1):
        broken = list(good[number * len(good) // (len(wrong) + 1)])
        broken[header.index(column)] = said
        out.insert(number * len(out) // (len(wrong) + 1), broken)
    return out
