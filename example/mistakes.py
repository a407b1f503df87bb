"""The bad rows planted in partners' files: good rows copied, one cell of each broken as people break them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Row = Sequence[object]
Mistakes = Sequence[tuple[str, object]]

# By the name of the file: the column (as the file heads it), and what the bad row says there.
PLANTED: Mapping[str, Mistakes] = {
    "2025-06-saltmarsh-street.csv": (
        ("Month", "Jnue 2025"),
        ("Longitude", "1.4O2"),
        ("LSOA code", "Saltmarsh 003B"),
        ("Crime type", ""),
    ),
    "2025-02-saltmarsh-outcomes.csv": (("Crime ID", "4f2c"), ("Outcome type", "")),
    "2024-09-saltmarsh-stop-and-search.csv": (("Date", "31/09/2024 25:10"), ("Latitude", "540.12")),
}


def spoil(name: str, header: Sequence[str], rows: Sequence[Row]) -> list[Row]:
    """
    The rows of this file with its planted bad ones put in, spread evenly.

    They are added and never put in place of a good row, so that what is refused is exactly what was planted.
    """
    wrong = PLANTED.get(name, ())
    good = [row for row in rows if all(row[header.index(column)] != "" for column, _ in wrong)]
    out: list[Row] = list(rows)
    for number, (column, said) in enumerate(wrong, start=1):
        broken = list(good[number * len(good) // (len(wrong) + 1)])
        broken[header.index(column)] = said
        out.insert(number * len(out) // (len(wrong) + 1), broken)
    return out
