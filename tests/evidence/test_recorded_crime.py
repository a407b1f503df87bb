"""The statistics office's table of recorded crime is received as it was published, and none of its rows is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter

from example.areas import AUTHORITIES
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import ground, monthly, street_rows, write_rows
from tests.evidence.places_ground import REAL
from tests.journeys.command import goldthread

TITLE = "Table C2: Number of police recorded crimes for headline offences by CSP area, year ending {} [note 1]"
HEADS = (
    *("Police Force\nArea code", "Police Force\nArea name", "Community Safety\nPartnership code"),
    *("Community Safety\nPartnership name", "Local Authority code", "Local Authority name"),
    *("Total recorded crime\n (excluding fraud)", "Shoplifting\n[note 4]", "Robbery [note 5][note 6]"),
)


def table(ends: str = "June 2025", code: str = "", other: str = "") -> list[Sequence[str]]:
    """Table C2 as it is published, of Saltmarsh and one more partnership."""
    salt, wex = AUTHORITIES[0], AUTHORITIES[1]
    return [
        (TITLE.format(ends),),
        ("This worksheet contains one table.",),
        ("Link to Notes page",),
        HEADS,
        ("E23990001", "Saltmarsh ", "", "", "", "", "1,300 ", "60", "7"),
        ("E23990001", "Saltmarsh", code or salt.csp, "Saltmarsh [note 2]", salt.code, "Saltmarsh", "1,000 ", "50", "5"),
        ("E23990001", "Saltmarsh", other or wex.csp, "Wexcombe", wex.code, "Wexcombe", "250", "[x]", ""),
        ("E23990001", "Saltmarsh", "", "Unassigned Saltmarsh", "", "", "50", "10", "2"),
    ]


def written(to: Path, rows: Sequence[Sequence[str]]) -> Path:
    with to.open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    return to


def workbook(to: Path, sheets: dict[str, list[Sequence[str]]]) -> Path:
    with xlsxwriter.Workbook(to) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return to


def received(tmp_path: Path, *files: Path) -> Evidence:
    street = write_rows(tmp_path / "street.csv", street_rows({"Shoplifting": monthly("2025-01..2025-12", 3)}))
    build(Wanted([street, *files], "Saltmarsh", reference=ground()), tmp_path / "evidence.duckdb")
    return Evidence(tmp_path / "evidence.duckdb")


def number(cell: str) -> float:
    return float(cell.replace(",", "").strip() or 0)


def numbers(evidence: Evidence) -> list[tuple[object, ...]]:
    return evidence.rows(
        "SELECT a.name, m.measure, m.starts, m.months, m.n FROM measures m JOIN authorities a ON a.csp = m.place "
        "WHERE m.file IS NOT NULL ORDER BY ALL"
    )


TOTAL = "Total recorded crime (excluding fraud)"
FOUND = [
    ("Saltmarsh", "Robbery", date(2024, 7, 1), 12, 5.0),
    ("Saltmarsh", "Shoplifting", date(2024, 7, 1), 12, 50.0),
    ("Saltmarsh", TOTAL, date(2024, 7, 1), 12, 1000.0),
    ("Wexcombe", TOTAL, date(2024, 7, 1), 12, 250.0),
]


def test_the_table_is_known_by_its_columns_and_every_row_is_accounted_for(tmp_path: Path) -> None:
    with received(tmp_path, written(tmp_path / "download (3).csv", table())) as evidence:
        assert numbers(evidence) == FOUND
        [told] = evidence.rows(
            "SELECT feed, rows, kept, refused, other_area FROM files WHERE feed <> 'police-uk-street'"
        )
        assert told == ("recorded-crime-csp", 4, 1, 0, 3)


def test_of_a_workbook_the_sheet_of_numbers_is_read_and_not_those_of_rates_and_changes(tmp_path: Path) -> None:
    rates = [("Table C3: Rate of police recorded crimes per 1,000 population, year ending June 2025",), *table()[1:]]
    change = [("Table C4: Percentage change, year ending June 2025 compared with June 2024",), *table()[1:]]
    sheets = {"Cover": [("Recorded crime",)], "Table C2": table(), "Table C3": rates, "Table C4": change}
    with received(tmp_path, workbook(tmp_path / "csp.xlsx", sheets)) as evidence:
        assert numbers(evidence) == FOUND


@pytest.mark.parametrize(("ends", "starts"), [("December 2024", date(2024, 1, 1)), ("March 2025", date(2024, 4, 1))])
def test_the_year_is_the_one_that_the_title_names(tmp_path: Path, ends: str, starts: date) -> None:
    with received(tmp_path, written(tmp_path / "c2.csv", table(ends))) as evidence:
        assert {row[2] for row in numbers(evidence)} == {starts}


def test_two_years_alike_in_their_headings_keep_their_own_year(tmp_path: Path) -> None:
    years = [written(tmp_path / f"{e}.csv", table(f"June {e}")) for e in (2024, 2025)]
    with received(tmp_path, *years) as evidence:
        assert {row[2] for row in numbers(evidence)} == {date(2023, 7, 1), date(2024, 7, 1)}


def test_a_table_of_no_stated_year_is_refused_whole_and_says_why(tmp_path: Path) -> None:
    untitled = written(tmp_path / "c2.csv", table()[3:])
    with received(tmp_path, untitled) as evidence:
        assert numbers(evidence) == []
        [told] = evidence.rows("SELECT rows, kept, refused, other_area FROM files WHERE feed = 'recorded-crime-csp'")
        assert told == (4, 0, 4, 0)
        [(expected,)] = evidence.rows("SELECT expected FROM problems")
        assert "year ending" in expected


def test_a_table_of_no_stated_year_is_not_fit_to_send(tmp_path: Path) -> None:
    said = goldthread("check", str(written(tmp_path / "c2.csv", table()[3:])))
    assert said.code != 0
    assert "year ending" in said.out + said.err


def test_what_no_number_stands_for_is_no_number_and_no_fault(tmp_path: Path) -> None:
    with received(tmp_path, written(tmp_path / "c2.csv", table())) as evidence:
        assert evidence.rows("SELECT count(*) FROM problems") == [(0,)]
        assert ("Wexcombe", "Shoplifting") not in {row[:2] for row in numbers(evidence)}


@pytest.mark.real
def test_the_real_table_reconciles_and_adds_up_to_its_forces(tmp_path: Path) -> None:
    path = REAL / "home-office-ons-tables" / "ons_table_C2_csp_ye_june_2025.csv"
    build(Wanted([path], "all", reference=None), tmp_path / "e.duckdb")
    below = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"))))[8:]
    coded = [row for row in below if row[2].strip()]
    with Evidence(tmp_path / "e.duckdb") as evidence:
        [told] = evidence.rows("SELECT rows, kept, refused, other_area FROM files")
        assert told == (len(below), len(coded), 0, len(below) - len(coded))
        [(crimes,)] = evidence.rows("SELECT sum(n) FROM measures WHERE measure = ? AND place IS NOT NULL", [TOTAL])
        assert crimes == sum(number(row[6]) for row in coded)
        [(all_dorset,)] = evidence.rows(
            "SELECT sum(n) FROM measures WHERE measure = ? AND place IN ('E22000063', 'E22000067', 'E22000367')",
            [TOTAL],
        )
        assert all_dorset + 539 == 50_079
    # By the force's name: the published table gives one row of Gwent the code of South Wales.
    by_force: dict[str, list[list[str]]] = {}
    for row in below:
        by_force.setdefault(row[1].split("[")[0].strip(), []).append(row)
    for force in set(by_force) - {"City of London"}:
        own = by_force[force]
        [whole] = [row for row in own if not row[2].strip() and not row[3].strip()]
        assert number(whole[6]) == sum(number(row[6]) for row in own if row is not whole), force
