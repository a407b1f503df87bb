"""What cannot be placed is said to be that, and not said to be elsewhere; without lookups places keep their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.evidence.building import Wanted, build
from goldthread.evidence.store import Evidence
from goldthread.evidence.trouble import NothingKept
from tests.chapters.evidence_of import ground, monthly, street_row, street_rows, write_rows

COLLISIONS = ("accident_index", "longitude", "latitude", "accident_severity", "number_of_casualties", "date", "time")
PLACE = ("E01015330", "Bournemouth, Christchurch and Poole 003A")


@pytest.fixture(autouse=True)
def without_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOLDTHREAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GOLDTHREAD_REFERENCE", raising=False)


def collisions(to: Path, longitude: str = "-1.88", latitude: str = "50.72") -> Path:
    row = ("A1", longitude, latitude, "Slight", "1", "11/08/2025", "12:29")
    return write_rows(to / "collisions.csv", [dict(zip(COLLISIONS, row, strict=True))] * 3, COLLISIONS)


def test_points_alone_without_boundaries_are_not_said_to_be_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(NothingKept) as refused:
        build(Wanted([collisions(tmp_path)], "E06000058"), tmp_path / "e.duckdb")
    assert "have a point and no small area, and no boundaries" in str(refused.value)
    assert "goldthread fetch reference" in str(refused.value)


def test_beside_other_files_the_register_says_why_none_of_them_was_used(tmp_path: Path) -> None:
    street = write_rows(tmp_path / "street.csv", street_rows({"Burglary": monthly("2025-01..2025-03", 2)}, PLACE))
    build(Wanted([street, collisions(tmp_path)], "E06000058"), tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        [(kept, other, note)] = evidence.rows("SELECT kept, other_area, note FROM files WHERE feed = 'road-collisions'")
    assert (kept, other) == (0, 3)
    assert note.startswith("collisions.csv: 3 rows have a point and no small area, and could not be placed")


def test_with_boundaries_points_that_lie_in_none_are_elsewhere(tmp_path: Path) -> None:
    with pytest.raises(NothingKept, match="All 3 rows lie outside Saltmarsh"):
        build(Wanted([collisions(tmp_path)], "Saltmarsh", reference=ground()), tmp_path / "e.duckdb")


def test_without_lookups_a_small_area_is_called_what_its_rows_call_it(tmp_path: Path) -> None:
    rows = [street_row(i, "2025-01", "Burglary", PLACE) for i in range(3)]
    rows.append(street_row(9, "2025-01", "Burglary", ("E01015331", PLACE[1].replace("003A", "003B"))))
    build(Wanted([write_rows(tmp_path / "street.csv", rows)], "E06000058"), tmp_path / "e.duckdb")
    with Evidence(tmp_path / "e.duckdb") as evidence:
        assert evidence.rows("SELECT lsoa, name FROM places ORDER BY 1") == [
            PLACE,
            ("E01015331", "Bournemouth, Christchurch and Poole 003B"),
        ]
