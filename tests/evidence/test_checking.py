"""Every cell is read by its feed, and a faulty one is told apart with a line that a person can act on."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pytest

from goldthread.evidence.checking import parsing
from goldthread.evidence.feeds import all_feeds, feed_from, recognised
from tests.chapters.evidence_of import evidence_of, small_areas, street_row

CON = duckdb.connect()


def read(kind: str, text: str) -> Any:
    return CON.execute(f"SELECT {parsing.READ[kind]('t')} FROM (SELECT ? AS t)", [text]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-04-01", date(2025, 4, 1)),
        ("01/04/2025", date(2025, 4, 1)),
        ("1/4/25", date(2025, 4, 1)),
        ("01-Apr-2025", date(2025, 4, 1)),
        ("1 April 2025", date(2025, 4, 1)),
        ("01.04.2025", date(2025, 4, 1)),
        ("2025-04-01 13:45", date(2025, 4, 1)),
        ("45748", date(2025, 4, 1)),
    ],
)
def test_dates_are_read_in_british_habits(written: str, day: date) -> None:
    assert read("date", written) == day


@pytest.mark.parametrize("written", ["04/13/2025", "31/02/2025", "yesterday", "2025", "0"])
def test_what_is_not_a_date_is_not_read_as_one(written: str) -> None:
    assert read("date", written) is None


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("month", "2025-04", date(2025, 4, 1)),
        ("month", "Apr-25", date(2025, 4, 1)),
        ("month", "14/04/2025", date(2025, 4, 1)),
        ("quarter", "2025 Q2", date(2025, 4, 1)),
        ("quarter", "Q1 2025/26", date(2025, 4, 1)),
        ("quarter", "Apr-Jun 2025", date(2025, 4, 1)),
        ("year", "2025/26", date(2025, 4, 1)),
        ("year", "2025", date(2025, 1, 1)),
        ("time", "14:30", time(14, 30)),
        ("time", "1430", time(14, 30)),
        ("time", "2:30 pm", time(14, 30)),
        ("datetime", "2025-07-01T12:00:00+00:00", datetime(2025, 7, 1, 13)),
        ("datetime", "2025-01-01T12:00:00Z", datetime(2025, 1, 1, 12)),
        ("number", "1,234.5", 1234.5),
        ("number", "nan", None),
        ("number", "inf", None),
        ("whole", "12.5", None),
        ("yes or no", "Y", True),
        ("yes or no", "perhaps", None),
        ("lsoa", "e01020482", "E01020482"),
        ("lsoa", "Bournemouth", None),
    ],
)
def test_each_type_is_read_as_people_write_it(kind: str, written: str, value: object) -> None:
    assert read(kind, written) == value


def problems(tmp_path: Path, **cells: str) -> list[tuple[Any, ...]]:
    rows = [street_row(i, "2025-01", "Burglary") for i in range(3)]
    rows[1] |= {k.replace("_", " "): v for k, v in cells.items()}
    with evidence_of(tmp_path, rows) as evidence:
        return evidence.rows("SELECT line, column_name, found, expected, whose FROM problems")


def test_a_bad_cell_says_its_line_what_was_found_what_was_expected_and_whose_it_is(tmp_path: Path) -> None:
    [(line, column, found, expected, whose)] = problems(tmp_path, LSOA_code="Bournemouth")
    assert (line, column, found) == (3, "LSOA code", "Bournemouth")
    assert "LSOA code, such as" in expected
    assert whose


def test_a_code_that_looks_right_and_does_not_exist_is_refused(tmp_path: Path) -> None:
    [(line, column, found, expected, _)] = problems(tmp_path, LSOA_code="E01000000")
    assert (line, column, found) == (3, "LSOA code", "E01000000")
    assert "exists" in expected


def test_two_bad_cells_of_a_row_are_two_problems_and_one_refusal(tmp_path: Path) -> None:
    rows = [street_row(i, "2025-01", "Burglary") for i in range(3)]
    rows[1] |= {"Month": "Janvier", "Longitude": "200"}
    with evidence_of(tmp_path, rows) as evidence:
        [(received, kept, refused, other)] = evidence.rows("SELECT rows, kept, refused, other_area FROM files")
        assert (received, kept, refused, other) == (3, 2, 1, 0)
        assert len(evidence.rows("SELECT * FROM problems")) == 2


def test_personal_cells_are_never_repeated_in_a_message() -> None:
    personal = [(f.name, c.name) for f in all_feeds() for c in f.columns if c.personal and c.becomes != "nothing"]
    assert personal, "some feeds keep a pseudonym"
    feed = feed_from(
        "invented",
        {
            "title": "Invented",
            "columns": [{"name": "Victim", "becomes": "person", "pattern": "V\\d+", "personal": True}],
        },
    )
    from goldthread.evidence.checking import compiled

    [check] = compiled(feed, ["Victim"])
    assert check.column.personal


def test_columns_that_become_nothing_are_never_stored(tmp_path: Path) -> None:
    rows = [street_row(1, "2025-01", "Burglary", **{"Falls within": "Zebedee Quillfeather"})]
    with evidence_of(tmp_path, rows) as evidence:
        for table, columns in [("incidents", "*"), ("files", "*"), ("problems", "*")]:
            assert "Quillfeather" not in str(evidence.rows(f"SELECT {columns} FROM {table}"))


def test_the_feed_that_knows_most_of_the_headings_is_chosen() -> None:
    headings = ("Crime ID", "Month", "Reported by", "Falls within", "LSOA code", "Crime type", "Context", "Longitude")
    feed = recognised((*headings, "Latitude", "Location", "LSOA name", "Last outcome category"))
    assert feed is not None
    assert feed.name == "police-uk-street"
    assert recognised(("name", "colour")) is None


def test_small_areas_are_there() -> None:
    assert len(small_areas()) > 100
