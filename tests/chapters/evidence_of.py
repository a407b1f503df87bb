"""Small invented evidence for tests: rows as partners send them, through the real build, on Saltmarsh's ground."""

from __future__ import annotations

import csv
import functools
import gzip
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from example.reference import write_reference
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.periods import Period, period_from
from goldthread.evidence.store import Evidence

STREET = (
    *("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code"),
    *("LSOA name", "Crime type", "Last outcome category", "Context"),
)
FORCE = "Saltmarsh Police"
ASB = "Anti-social behaviour"


@functools.cache
def ground() -> Path:
    """Saltmarsh's reference tables, written once for the run."""
    folder = Path(tempfile.mkdtemp(prefix="goldthread-ground-"))
    write_reference(folder)
    return folder


@functools.cache
def small_areas() -> tuple[tuple[str, str], ...]:
    """The codes and names of Saltmarsh's small areas, in order."""
    [lookup] = ground().rglob("LSOA_(2021)_to_Electoral_Ward*")
    with gzip.open(lookup, "rt", encoding="utf-8-sig", newline="") as rows:
        found = [(r["LSOA21CD"], r["LSOA21NM"]) for r in csv.DictReader(rows) if r["LAD24NM"] == "Saltmarsh"]
    return tuple(sorted(found))


def street_row(
    number: int, month: str, series: str, place: tuple[str, str] | None = None, **other: str
) -> dict[str, str]:
    """One row of a street file: ASB without an ID, anything else with its own."""
    code, name = place or small_areas()[number % len(small_areas())]
    row = dict.fromkeys(STREET, "") | {"Month": month, "Reported by": FORCE, "Falls within": FORCE}
    row |= {"LSOA code": code, "LSOA name": name, "Crime type": series, "Location": "On or near Invented Road"}
    if series != ASB:
        row["Crime ID"] = f"{number:064x}"
        row["Last outcome category"] = "Under investigation"
    return row | other


def street_rows(counts: Mapping[str, Mapping[str, int]], place: tuple[str, str] | None = None) -> list[dict[str, str]]:
    """Rows for so many of each series in each month: {"Burglary": {"2025-01": 12}}."""
    wanted = [(month, series) for series, months in counts.items() for month, n in months.items() for _ in range(n)]
    return [street_row(i, month, series, place) for i, (month, series) in enumerate(wanted)]


def monthly(period: str, *values: int) -> dict[str, int]:
    """So many in each month of a period, the values taken in turn."""
    return {str(month): values[i % len(values)] for i, month in enumerate(period_from(period))}


def write_rows(path: Path, rows: Iterable[Mapping[str, str]], headings: Sequence[str] = STREET) -> Path:
    """Write rows as a CSV that a partner might send."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as out:
        write = csv.DictWriter(out, headings)
        write.writeheader()
        write.writerows(rows)
    return path


def evidence_of(
    to: Path, rows: Iterable[Mapping[str, str]], *others: Path, period: Period | str | None = None
) -> Evidence:
    """Evidence built of street rows (and of other files), for the whole of Saltmarsh."""
    path = write_rows(to / "street.csv", rows)
    wanted = period_from(period) if isinstance(period, str) else period
    build(Wanted([path, *others], "Saltmarsh", wanted, ground()), to / "evidence.duckdb")
    return Evidence(to / "evidence.duckdb")
