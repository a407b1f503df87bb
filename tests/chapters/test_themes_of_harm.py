"""Domestic abuse, sexual and serious violence, and what health services see: words that follow the evidence."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.chapters.themes import domestic_abuse, health, serious_violence, sexual_violence
from tests.chapters.evidence_of import evidence_of, monthly, street_rows
from tests.chapters.partner_files import BOTH, file_of, quarters, returned, rows_of
from tests.chapters.reading_themes import PERIOD, read, theme

CRIME = "police-local-crime"
BEFORE, NOW = "2024-01..2024-12", PERIOD


def crimes(to: Path, months: dict[str, int], **fixed: str) -> Path:
    return file_of(to, CRIME, rows_of(CRIME, months, **fixed))


def marac(to: Path, cases: int, repeats: int, *, women: int = 80_000) -> Path:
    each = {"Cases Discussed": str(cases), "Women Aged 16 And Over": str(women), "Repeat Cases": str(repeats)}
    each |= {"Partner Referrals": "10"}
    feed = "marac-quarterly"
    return file_of(to, feed, returned(feed, [{"Quarter": q, **each} for q in quarters("2024 Q1", "2025 Q4")]))


def test_a_doubling_of_flagged_crimes_is_a_rise_that_may_be_reporting(tmp_path: Path) -> None:
    months = monthly(BEFORE, 20, 22, 19) | monthly(NOW, 41, 43, 40)
    page = theme(domestic_abuse.write, tmp_path, crimes(tmp_path, months, Domestic_Abuse="Yes"))
    assert "Crimes flagged as domestic abuse rose by 103%" in page.titles
    assert "the record cannot say which" in page.text
    assert "More people are known to need help" in page.text


def test_ordinary_variation_of_flagged_crimes_is_no_clear_change(tmp_path: Path) -> None:
    path = crimes(tmp_path, monthly(BOTH, 30, 22, 35, 28, 40, 25, 31), Domestic_Abuse="Yes")
    page = theme(domestic_abuse.write, tmp_path, path)
    assert any(t.endswith("crimes flagged as domestic abuse, with no clear change") for t in page.titles)
    assert "the record cannot say which" not in page.text


def test_the_flag_is_counted_as_the_rows_have_it(tmp_path: Path) -> None:
    street = street_rows({"Burglary": monthly(BOTH, 4)})
    with evidence_of(tmp_path, street, crimes(tmp_path, monthly(BOTH, 12, 15)), period=PERIOD) as evidence:
        page = read(domestic_abuse.write, evidence)
        [(n,)] = evidence.rows(
            "SELECT count(*) FROM incidents WHERE feed = ? AND list_contains(string_split(flags, ','), 'domestic') "
            "AND year(month) = 2025",
            [CRIME],
        )
        [(women,)] = evidence.rows(
            "SELECT count(*) FROM incidents WHERE feed = ? AND sex = 'Female' AND year(month) = 2025 AND series IN "
            "('Police: Homicide', 'Police: Violence with injury', 'Police: Violence without injury', "
            "'Police: Stalking and harassment', 'Police: Rape', 'Police: Other sexual offences')",
            [CRIME],
        )
    assert page.figures["police-local-crime.domestic.change"].answer["after"] == n > 0
    assert page.figures["police-local-crime.women-and-girls.change"].answer["after"] == women > 0


def test_without_any_flag_nothing_is_said_to_be_nought(tmp_path: Path) -> None:
    page = theme(domestic_abuse.write, tmp_path, crimes(tmp_path, monthly(BOTH, 12), Domestic_Abuse="No"))
    assert "No crime in the police extract is flagged as domestic abuse, so none can be counted." in page.text


@pytest.mark.parametrize(
    ("cases", "said"),
    [
        (40, "Fewer were heard, which may mean that people at high risk are not being found."),
        (80, "About as many were heard as expected."),
        (120, "More were heard: more may be at risk here, or more may be found."),
    ],
)
def test_conferences_are_set_beside_forty_for_every_ten_thousand_women(tmp_path: Path, cases: int, said: str) -> None:
    page = theme(domestic_abuse.write, tmp_path, marac(tmp_path, cases, cases // 4))
    assert said in page.text
    rate = page.figures["domestic-abuse.marac-rate"].answer
    assert rate["rate"] == pytest.approx(4 * cases / 80_000 * 10_000)
    assert rate["expected"] == pytest.approx(320)
    assert page.figures["domestic-abuse.marac-repeats"].answer["share"] == pytest.approx(0.25)


def test_conferences_alone_leave_the_police_as_a_gap(tmp_path: Path) -> None:
    page = theme(domestic_abuse.write, tmp_path, marac(tmp_path, 80, 20))
    assert "Recorded crime, local extract" in page.gap_box
    assert CRIME in {gap.feed for gap in page.chapter.gaps}


def test_sexual_offences_recorded_long_after_are_told_from_this_years(tmp_path: Path) -> None:
    rows = rows_of(CRIME, monthly(BOTH, 10), Offence_Subgroup="Rape")
    for row in rows[::4]:
        row["Committed From Date"] = "05/05/2010"
    page = theme(sexual_violence.write, tmp_path, file_of(tmp_path, CRIME, rows))
    assert page.figures["sexual-violence.late"].answer["share"] == pytest.approx(0.25)
    assert "25% of sexual offences whose date is known (30) happened more than a year before" in page.text


def test_open_data_alone_cannot_tell_sexual_from_other_violence(tmp_path: Path) -> None:
    page = theme(sexual_violence.write, tmp_path)
    assert "the open data count it together with other violence" in page.chapter.missing


def test_serious_violence_without_the_local_extract_is_the_nearest_that_open_data_have(tmp_path: Path) -> None:
    street = street_rows({"Robbery": monthly(BOTH, 9), "Possession of weapons": monthly(BOTH, 5)})
    page = theme(serious_violence.write, tmp_path, street=street)
    assert "knife crime, homicide and violence with injury cannot be told apart" in page.text
    assert [row[0] for row in page.table("serious-violence.open").rows] == ["Possession of weapons", "Robbery"]


def test_what_is_counted_as_serious_is_defined_before_it_is_counted(tmp_path: Path) -> None:
    path = crimes(tmp_path, monthly(BOTH, 25), Offence_Subgroup="Violence with injury", Victim_Age_Band="18-24")
    page = theme(serious_violence.write, tmp_path, path)
    assert page.text.startswith("Counted here are recorded homicide, violence with injury and robbery")
    assert "100% of victims were under 25" in page.text


def attendances(to: Path, **fixed: str) -> Path:
    feed = "emergency-department-assaults"
    return file_of(to, feed, rows_of(feed, monthly(BOTH, 20, 24), **fixed))


def test_those_who_did_not_tell_the_police_are_counted(tmp_path: Path) -> None:
    page = theme(health.write, tmp_path, attendances(tmp_path))
    figure = page.figures["health.attendance-not-told"].answer
    assert float(figure["part"] or 0) + 66 == figure["whole"] == 264
    assert "75% of people treated after an assault were not marked as having told the police" in page.titles


def test_where_nobody_was_asked_about_the_police_nothing_is_said_of_it(tmp_path: Path) -> None:
    page = theme(health.write, tmp_path, attendances(tmp_path, Police_Informed=""))
    assert "told the police" not in page.text
    assert page.titles == ("264 people treated in hospital after an assault, with no clear change",)


def test_a_hospital_that_sends_no_place_is_not_asked_where(tmp_path: Path) -> None:
    page = theme(health.write, tmp_path, attendances(tmp_path))
    assert "To say which small areas have most, the small area (LSOA) of each is needed" in page.text
