"""Reoffending, young people, treatment, searches and outcomes: words that follow the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.chapters.themes import outcomes, reoffending, stop_and_search, substance_misuse, young_people
from tests.chapters.evidence_of import monthly, street_row, write_rows
from tests.chapters.partner_files import BOTH, file_of, quarters, returned, rows_of
from tests.chapters.reading_themes import theme

OUTCOME = ("Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code")
CENSUS = "White - English/Welsh/Scottish/Northern Irish/British"


def cohorts(to: Path, *reoffenders: int, other: int = 0) -> Path:
    rows = [
        {"Cohort Year": f"{2021 + i}/{22 + i}", "Local Authority": place, "Offender Group": "Adult"}
        | {"Offenders In Cohort": "1000", "Reoffenders": str(n), "Reoffences": str(4 * n)}
        for i, mine in enumerate(reoffenders)
        for place, n in (("Saltmarsh", mine), *((("Thornsea", other),) if other else ()))
    ]
    return file_of(to, "proven-reoffending", rows)


def test_a_share_that_rises_by_more_than_chance_is_a_rise(tmp_path: Path) -> None:
    page = theme(reoffending.write, tmp_path, cohorts(tmp_path, 240, 250, 350))
    assert "The share of adults proved to reoffend rose in the newest cohort" in page.titles
    assert "That is 10.0 percentage points higher than in the cohort before (25.0%)" in page.text
    assert "about two years old" in page.text


def test_a_share_that_moves_a_little_is_within_chance(tmp_path: Path) -> None:
    page = theme(reoffending.write, tmp_path, cohorts(tmp_path, 240, 250, 262))
    assert "The share of adults proved to reoffend did not clearly change" in page.titles
    assert "4.0 times each on average" in page.text


def test_one_cohort_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    page = theme(reoffending.write, tmp_path, cohorts(tmp_path, 240))
    assert "No earlier cohort was supplied" in page.text


def test_other_areas_of_the_same_table_stand_beside_it(tmp_path: Path) -> None:
    page = theme(reoffending.write, tmp_path, cohorts(tmp_path, 240, 300, other=200))
    assert "In the other one area of the same table it was 20.0%, so it is higher here" in page.text


def youth(to: Path, before: int, now: int) -> Path:
    each = {q: before if q < "2025" else now for q in quarters("2023 Q1", "2025 Q4")}
    rows = [{"Quarter": q, "First Time Entrants": str(n), "Population 10 To 17": "16000"} for q, n in each.items()]
    return file_of(to, "youth-justice", returned("youth-justice", rows))


def test_first_time_entrants_are_for_every_hundred_thousand_children(tmp_path: Path) -> None:
    page = theme(young_people.write, tmp_path, youth(tmp_path, 20, 40))
    assert page.figures["young-people.entrants-rate"].answer["rate"] == pytest.approx(160 / 16_000 * 100_000)
    assert "Children new to the justice system doubled" in page.titles
    assert "No children were sentenced to custody" in page.text


def test_few_children_give_no_percentage(tmp_path: Path) -> None:
    page = theme(young_people.write, tmp_path, youth(tmp_path, 2, 3))
    assert page.titles == ("12 children new to the justice system, too few to tell a change",)
    assert "percent" not in page.figures["young-people.entrants"].answer


def test_a_quarter_that_did_not_come_takes_its_partner_with_it(tmp_path: Path) -> None:
    rows = [
        {"Quarter": q, "First Time Entrants": "30", "Population 10 To 17": "16000"}
        for q in quarters("2023 Q1", "2025 Q4")
        if q != "2024 Q2"
    ]
    page = theme(young_people.write, tmp_path, file_of(tmp_path, "youth-justice", returned("youth-justice", rows)))
    assert "Only 3 of 4 quarters came in both years" in page.text
    assert page.figures["young-people.entrants"].answer["matched"] == 90


def test_treatment_is_read_at_the_end_and_never_added_up(tmp_path: Path) -> None:
    rows = [
        {"Quarter": q, "Substance Group": "Opiates", "In Treatment": "600", "Estimated Users": "1200"}
        | {"Successful Completions": "30", "Completion Base": "600"}
        for q in quarters("2024 Q1", "2025 Q4")
    ]
    feed = "drug-alcohol-treatment"
    page = theme(substance_misuse.write, tmp_path, file_of(tmp_path, feed, returned(feed, rows)))
    assert "600 people were in treatment for drugs or alcohol in the twelve months to December 2025" in page.text
    assert "50% of those thought to need treatment for opiates get it" in page.titles
    assert "5.0% of those in treatment for opiates finished" in page.text


def searches(to: Path, white: int, black: int, **fixed: str) -> Path:
    feed = "police-uk-stop-and-search"
    rows = rows_of(feed, monthly(BOTH, white), Self_defined_ethnicity=CENSUS, Outcome="Arrest", **fixed)
    of_black = "Black/African/Caribbean/Black British - African"
    more = rows_of(feed, monthly(BOTH, black), Outcome="A no further action disposal", **fixed)
    return file_of(to, feed, rows + [row | {"Self-defined ethnicity": of_black} for row in more])


def test_a_group_searched_more_than_its_number_is_said_with_its_caveats(tmp_path: Path) -> None:
    page = theme(stop_and_search.write, tmp_path, searches(tmp_path, 40, 10))
    assert any(t.startswith("Black people are searched") for t in page.titles)
    assert "It does not by itself show why, nor that any one search was wrong." in page.text
    assert page.figures["stop-and-search.result"].answer["share"] == pytest.approx(0.8)


def test_no_difference_is_said_as_no_difference(tmp_path: Path) -> None:
    page = theme(stop_and_search.write, tmp_path, searches(tmp_path, 46, 1))
    assert "No group is clearly searched more than its number of residents would bring" in page.titles


def test_a_heading_that_is_never_used_is_not_a_group_that_is_never_searched(tmp_path: Path) -> None:
    page = theme(stop_and_search.write, tmp_path, searches(tmp_path, 40, 4))
    assert "No search is recorded of anyone in the group" in page.text
    assert "stop-and-search.other" not in page.figures


def test_searches_whose_hour_is_not_known_are_given_no_hours(tmp_path: Path) -> None:
    page = theme(stop_and_search.write, tmp_path, searches(tmp_path, 40, 4))
    assert "To say at which hours it happens, the time of day of each is needed" in page.text


def ended(to: Path, charged_before: int, charged_now: int, *, late: bool = False) -> tuple[list[dict[str, str]], Path]:
    """Twenty crimes a month, some charged in the month after (or five months after), the rest with no suspect."""
    street: list[dict[str, str]] = []
    earlier = street_row(999_999, "2023-12", "Burglary")
    dated = [{k: earlier.get(k, "") for k in OUTCOME} | {"Month": "2024-01", "Outcome type": "Local resolution"}]
    for month, n in monthly("2024-01..2025-12", 20).items():
        charged = charged_before if month < "2025" else charged_now
        for i in range(n):
            row = street_row(len(street), month, "Burglary")
            word = "Suspect charged" if i < charged else "Investigation complete; no suspect identified"
            street.append(row | {"Last outcome category": word})
            after = int(month[5:]) - 1 + (5 if late else 1)
            given = f"{int(month[:4]) + after // 12}-{after % 12 + 1:02d}"
            if given < "2026":
                dated.append({k: row.get(k, "") for k in OUTCOME} | {"Month": given, "Outcome type": word})
    headings = (*OUTCOME, "LSOA name", "Outcome type")
    return street, write_rows(to / "2025-12-saltmarsh-outcomes.csv", dated, headings)


def test_a_larger_share_charged_within_three_months_is_a_rise(tmp_path: Path) -> None:
    street, path = ended(tmp_path, 2, 8)
    page = theme(outcomes.write, tmp_path, path, street=street)
    assert "A larger share of crimes led to a charge than a year before" in page.titles
    assert page.figures["outcomes.charged-or-summonsed"].answer["share"] == pytest.approx(0.4)
    assert page.figures["outcomes.charged-or-summonsed"].answer["crimes"] == 9 * 20


def test_an_outcome_that_came_too_late_does_not_count(tmp_path: Path) -> None:
    street, path = ended(tmp_path, 5, 5, late=True)
    page = theme(outcomes.write, tmp_path, path, street=street)
    assert page.figures["outcomes.charged-or-summonsed"].answer["n"] == 0


def test_without_dates_the_years_are_not_compared(tmp_path: Path) -> None:
    street, _ = ended(tmp_path, 2, 8)
    page = theme(outcomes.write, tmp_path, street=street)
    assert "No change from the year before is given: dated outcomes were not supplied" in page.text
    assert page.figures["outcomes.charged-or-summonsed"].answer["share"] == pytest.approx(0.4)
