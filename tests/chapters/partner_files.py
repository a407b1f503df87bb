"""Files as partners send them, made from the words of their feeds, for tests of the themes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from goldthread.evidence.feeds import Feed, FeedColumn, feed_named
from goldthread.evidence.periods import Month, period_from
from tests.chapters.evidence_of import small_areas, write_rows

BOTH = "2024-01..2025-12"
BY_MEANING: Mapping[str, Callable[[int], str]] = {
    "age_band": lambda i: ("10-17", "18-24", "25-34", "65+")[i % 4],
    "person": lambda i: f"P{i % 40:04d}",
    "category": lambda i: "104",
    "location": lambda i: f"A-{1000 + i % 9}KEY",
    "reporter": lambda i: ("Harbour Trust", "Quay Buses")[i % 2],
    "outcome": lambda i: ("1 - Charged or summonsed", "16 - Victim does not support action", "")[i % 3],
    "place": lambda i: "Saltmarsh",
}
BY_TYPE: Mapping[str, Callable[[int], str]] = {
    "yes or no": lambda i: "Yes" if i % 4 == 0 else "No",
    "lsoa": lambda i: small_areas()[i % len(small_areas())][0],
    "time": lambda i: f"{(i * 7) % 24:02d}:{i % 60:02d}",
    "number": lambda i: str(1 + i % 5),
    "whole": lambda i: str(1 + i % 5),
    "year": lambda i: "2024",
    "quarter": lambda i: "2025 Q1",
    "easting": lambda i: "540000",
    "northing": lambda i: "340000",
    "longitude": lambda i: ("1.343933", "1.383717")[i % 2],
    "latitude": lambda i: ("53.509521", "53.525087")[i % 2],
}


def _cell(column: FeedColumn, row: int, month: Month) -> str:
    if column.type == "datetime":
        return f"{month}-{1 + row % 28:02d}T12:00:00+00:00"
    if column.type in ("date", "month"):
        return f"{1 + row % 28:02d}/{month.month:02d}/{month.year}"
    if column.values:
        return list(column.values)[row % len(column.values)]
    if column.becomes in BY_MEANING and "Postcode" not in column.name and column.name != "Cause Code":
        return BY_MEANING[column.becomes](row)
    named = {"Outward Postcode": "SX1", "Cause Code": "Y04"}
    if column.name in named:
        return named[column.name]
    return BY_TYPE[column.type](row) if column.type in BY_TYPE else f"R{row:06d}"


def wanted(feed: Feed) -> list[FeedColumn]:
    """The columns a careful sender sends: those that become something, or that have to be there."""
    return [c for c in feed.columns if c.becomes != "nothing" or c.recognises or (c.required and not c.personal)]


def rows_of(feed: str, months: Mapping[str, int], **fixed: str) -> list[dict[str, str]]:
    """So many rows in each month, every column filled as its feed says; `fixed` columns have one value."""
    columns = wanted(feed_named(feed))
    rows: list[dict[str, str]] = []
    for month in months:
        first = period_from(month).first
        for _ in range(months[month]):
            at = len(rows)
            rows.append(
                {c.name: fixed.get(c.name.replace(" ", "_").replace("-", "_"), _cell(c, at, first)) for c in columns}
            )
    return rows


def file_of(to: Path, feed: str, rows: Iterable[Mapping[str, str]], name: str = "") -> Path:
    """Rows as a file of a feed; searches have their force in the name of the file alone."""
    listed = list(rows)
    name = name or {"police-uk-stop-and-search": "2025-01-saltmarsh-stop-and-search"}.get(feed, feed)
    return write_rows(to / f"{name}.csv", listed, list(dict.fromkeys(k for row in listed for k in row)))


def quarters(first: str, last: str) -> list[str]:
    """Quarters as returns write them: 2024 Q1 to 2025 Q4."""
    year, quarter = int(first[:4]), int(first[-1])
    found = []
    while (year, quarter) <= (int(last[:4]), int(last[-1])):
        found.append(f"{year} Q{quarter}")
        year, quarter = (year + 1, 1) if quarter == 4 else (year, quarter + 1)
    return found


def returned(feed: str, each: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    """Rows of a return: what is given, and a nought in every other column that must be filled."""
    columns = [c for c in feed_named(feed).columns if c.required or c.recognises]
    return [{c.name: "Saltmarsh" if c.becomes == "place" else "0" for c in columns} | dict(row) for row in each]
