"""The places chapter names what stands highest, says what a rate is against, and differs when the evidence does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goldthread.chapters import places
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.measuring.place_changes import chances
from goldthread.chapters.measuring.small_areas import SmallAreas, measure_small_areas, rank
from goldthread.chapters.measuring.ward_changes import WardChanges, measure_ward_changes
from goldthread.chapters.model import Chapter, Map, Paragraph, Table
from goldthread.chapters.places.mapped import class_labels, round_classes
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import ASB, evidence_of, monthly, small_areas, street_rows

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"
VIOLENCE = "Violence and sexual offences"
HERE = small_areas()[7]


def brief_of(tmp_path: Path, rows: list[dict[str, str]]) -> Brief:
    brief = Brief(evidence_of(tmp_path, rows, period=YEAR), read_context(None, "Saltmarsh"))
    for step in (measure_lines, measure_small_areas):
        answer = step(brief)
        brief.measured[type(answer)] = answer
    brief.settle()
    return brief


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    return " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def even(series: str, period: str = YEAR, n: int = 40) -> list[dict[str, str]]:
    return street_rows({series: monthly(period, n)})


def test_one_place_with_a_third_of_it_is_gathered_and_named(tmp_path: Path) -> None:
    rows = even("Burglary") + street_rows({"Burglary": monthly(YEAR, 20)}, HERE)
    text = said(places.write(brief_of(tmp_path, rows)))
    assert f"(LSOA {HERE[1].split()[-1]}), with 24" in text
    assert "It is concentrated: the busiest tenth of small areas" in text


def test_an_even_spread_is_said_to_be_spread(tmp_path: Path) -> None:
    text = said(places.write(brief_of(tmp_path, even("Burglary", n=119))))
    assert "It is spread: the busiest tenth of small areas" in text
    assert "concentrated" not in text


def test_a_dozen_rows_are_too_few_to_say_where_most_is(tmp_path: Path) -> None:
    chapter = places.write(brief_of(tmp_path, even("Burglary", n=1)))
    assert "too few to say that any place has most" in said(chapter)
    assert not [b for b in chapter.blocks if isinstance(b, Map | Table)]


def test_without_police_records_the_chapter_says_so_in_one_line(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly(YEAR, 1)})
    brief = brief_of(tmp_path, rows)
    none = np.zeros(0)
    empty = SmallAreas((), (), (), none, none, none, none, {}, {}, {}, {}, {})
    brief.measured[SmallAreas] = empty
    chapter = places.write(brief)
    assert "No police records with a small area were supplied" in chapter.missing
    assert chapter.gaps


def test_counts_by_small_area_are_those_of_the_evidence(tmp_path: Path) -> None:
    rows = even("Burglary") + street_rows({ASB: monthly(YEAR, 31)}) + street_rows({VIOLENCE: monthly(YEAR, 3)}, HERE)
    brief = brief_of(tmp_path, rows)
    areas = brief.found(SmallAreas)
    for line, series in (("burglary", ["Burglary"]), ("total-crime", ["Burglary", VIOLENCE])):
        by_place = brief.evidence.by_place("police-uk-street", series, brief.period)
        found = {c: n for c, n in zip(areas.codes, areas.counts[line], strict=True) if n}
        assert found == by_place
    [top, *_] = areas.top(VIOLENCE.lower().replace(" ", "-"))
    assert (top.code, top.n, top.share) == (HERE[0], 36.0, 1.0)
    table = next(b for b in places.write(brief).blocks if isinstance(b, Table) and b.id == "places.total-crime.top")
    assert table.rows[0][:3] == (HERE[1], top.ward, areas.counts["total-crime"].max())


def test_without_residents_there_are_counts_and_no_rates(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, even("Burglary"))
    areas = brief.found(SmallAreas)
    unknown = np.full(len(areas.codes), np.nan)
    brief.measured[SmallAreas] = replace(areas, population=unknown, households=unknown, workday=unknown)
    chapter = places.write(brief)
    assert "counts are given and no rates" in said(chapter)
    top = next(b for b in chapter.blocks if isinstance(b, Table) and b.id == "places.total-crime.top")
    assert [c.key for c in top.columns] == ["area", "ward", "n", "share", "stands_out"]
    assert not [b for b in chapter.blocks if isinstance(b, Map)]


def test_anti_social_behaviour_is_in_no_count_of_crime(tmp_path: Path) -> None:
    areas = brief_of(tmp_path, even("Burglary") + even(ASB)).found(SmallAreas)
    assert areas.placed("total-crime") == areas.placed("burglary")


def test_burglary_is_against_households_and_the_rest_against_residents(tmp_path: Path) -> None:
    areas = brief_of(tmp_path, even("Burglary") + even(VIOLENCE)).found(SmallAreas)
    assert (areas.per("burglary"), areas.per("violence-and-sexual-offences")) == ("households", "residents")
    rate = 1000 * areas.placed("burglary") / areas.households.sum()
    assert areas.area_rate("burglary") == pytest.approx(rate)


def test_people_by_day_change_the_ranking_and_it_is_shown(tmp_path: Path) -> None:
    centre = next(place for place in small_areas() if place[1] == "Saltmarsh 001D")
    chapter = places.write(brief_of(tmp_path, even(VIOLENCE) + street_rows({VIOLENCE: monthly(YEAR, 9)}, centre)))
    text = said(chapter)
    assert "Against people who are there by day" in text
    assert "LSOA 001D" in text
    assert any(f.id == "places.total-crime.by-day" for f in chapter.figures)


def test_a_place_that_doubled_rises_and_nothing_else_does(tmp_path: Path) -> None:
    rows = even("Burglary", BOTH, 1190)
    rows += street_rows({"Burglary": monthly(YEAR, 10, 12, 9, 14)}, HERE)
    text = said(places.write(brief_of(tmp_path, rows)))
    assert "it rose by more than chance in 1 (" in text
    assert f"(LSOA {HERE[1].split()[-1]}), from 120 to 255" in text
    assert "It fell by more than chance in none" in text


def test_where_nothing_changed_no_place_is_said_to_have_changed(tmp_path: Path) -> None:
    text = said(places.write(brief_of(tmp_path, even("Burglary", BOTH, 590))))
    assert "None rose or fell by more than chance" in text


def test_a_first_year_has_no_change_by_place(tmp_path: Path) -> None:
    text = said(places.write(brief_of(tmp_path, even("Burglary"))))
    assert "Nothing was supplied for January to December 2024, so no change by place can be given" in text


def test_maps_hold_a_rate_for_every_small_area_and_a_table(tmp_path: Path) -> None:
    chapter = places.write(brief_of(tmp_path, even("Burglary") + even(ASB)))
    maps = [b for b in chapter.blocks if isinstance(b, Map)]
    assert [m.id for m in maps] == ["places.total-crime.map", "places.anti-social-behaviour.map"]
    for one in maps:
        assert len(one.values) == len(small_areas())
        assert len(one.classes) == len(one.labels) <= 6
        assert one.table is not None
        assert len(one.table.rows) == len(small_areas())


def test_classes_are_round_numbers_that_rise() -> None:
    ends = round_classes(np.random.default_rng(1).gamma(1.2, 60, 200))
    assert list(ends) == sorted(set(ends))
    assert ends[0] == 0
    assert all(float(e) == round(float(e), 1) for e in ends)
    assert class_labels((0.0, 12.0, 45.0)) == ("under 12", "12 to under 45", "45 or more")


def test_equal_rates_share_the_better_rank() -> None:
    assert rank(np.array([5.0, np.nan, 9.0, 5.0, 1.0])).tolist() == [2, 0, 1, 2, 4]


def test_places_where_nothing_changed_are_seldom_called_changed() -> None:
    rng = np.random.default_rng(7)
    flagged = []
    for _ in range(60):
        level = np.exp(rng.normal(2, 1, (100, 1))) * (1 + 0.3 * np.sin(np.arange(12) / 2))
        busy = 1 + rng.gamma(1, 0.7, (100, 1))  # how many times more than chance months vary, place by place
        before, after = (rng.poisson(rng.gamma(level / busy) * busy).astype(float) for _ in range(2))
        p = chances(before, after)
        flagged.append(float(np.nanmean(p < 0.05)))
    assert 0.02 < np.mean(flagged) < 0.06


def test_a_missing_month_is_left_out_of_both_years() -> None:
    rng = np.random.default_rng(3)
    before, after = rng.poisson(9.0, (40, 12)).astype(float), rng.poisson(9.0, (40, 12)).astype(float)
    gone = before.copy()
    gone[:, 4] = np.nan
    keep = [m for m in range(12) if m != 4]
    np.testing.assert_allclose(chances(gone, after), chances(before[:, keep], after[:, keep]))


def profiles(tmp_path: Path, rows: list[dict[str, str]]) -> dict[str, dict[str, object]]:
    """The ward profiles, by ward and heading."""
    brief = brief_of(tmp_path, rows)
    brief.measured[WardChanges] = measure_ward_changes(brief)
    brief.settle()
    [shown] = [b for b in places.write(brief).blocks if isinstance(b, Table) and b.id == "places.ward-profiles"]
    return {str(row[0]): dict(zip([c.title for c in shown.columns], row, strict=True)) for row in shown.rows}


def ward_of(tmp_path: Path, code: str) -> str:
    with evidence_of(tmp_path / "ward", even("Burglary"), period=YEAR) as evidence:
        return str(evidence.rows("SELECT ward_name FROM places WHERE lsoa = ?", [code])[0][0])


def test_each_ward_has_its_profile_and_the_profiles_add_up_to_the_area(tmp_path: Path) -> None:
    found = profiles(tmp_path, even("Burglary"))
    assert len(found) > 5
    assert sum(float(str(row["Recorded crimes"])) for row in found.values()) == 480
    assert sorted(int(str(row["Place by rate"])) for row in found.values())[0] == 1


def test_a_ward_with_far_more_of_a_type_than_its_residents_would_give_is_said_to_have_it(tmp_path: Path) -> None:
    ward = ward_of(tmp_path, HERE[0])
    found = profiles(
        tmp_path, even("Burglary", n=119) + even("Drugs") + street_rows({"Drugs": monthly(YEAR, 20)}, HERE)
    )
    assert "drug offences (" in str(found[ward]["More than its share of"])
    assert all("burglar" not in str(row["More than its share of"]) for row in found.values())


def test_with_one_year_nothing_is_said_of_what_moved(tmp_path: Path) -> None:
    assert "Rose or fell by more than chance" not in next(iter(profiles(tmp_path, even("Burglary")).values()))


def test_a_ward_that_rose_by_more_than_chance_is_named_with_both_counts(tmp_path: Path) -> None:
    ward = ward_of(tmp_path, HERE[0])
    rows = even("Burglary", BOTH, 119) + street_rows({"Burglary": monthly(YEAR, 30)}, HERE)
    said_ = {w: str(row["Rose or fell by more than chance"]) for w, row in profiles(tmp_path, rows).items()}
    assert said_[ward].startswith("burglaries ") and " to " in said_[ward]
    assert [w for w, words in said_.items() if words != "–"] == [ward]
