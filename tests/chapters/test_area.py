"""The area is described by its people, and rates say whom they are set against."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.chapters import area
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.model import Chapter, Chart, Map, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.building import Wanted, build
from goldthread.evidence.periods import period_from
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import evidence_of, monthly, street_rows, write_rows

YEAR = "2025-01..2025-12"


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    return " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


@pytest.fixture(scope="module")
def chapter(tmp_path_factory: pytest.TempPathFactory) -> Chapter:
    rows = street_rows({"Burglary": monthly(YEAR, 30)})
    with evidence_of(tmp_path_factory.mktemp("area"), rows, period=YEAR) as evidence:
        return area.write(measured(Brief(evidence, read_context(None, "Saltmarsh"))))


def test_residents_and_households_are_those_of_the_small_areas(chapter: Chapter) -> None:
    people = next(f for f in chapter.figures if f.id == "area.people")
    assert people.answer["residents"] == 188_166
    assert people.answer["households"] == 82_879
    assert "Saltmarsh has 188,166 residents (mid-2022) in 82,879 households, in 119 small areas and 14 wards." in said(
        chapter
    )


def test_wards_add_up_to_the_area(chapter: Chapter) -> None:
    [wards] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "area.wards"]
    at = [c.key for c in wards.columns].index("people")
    assert sum(float(row[at] or 0) for row in wards.rows) == pytest.approx(188_166)
    assert len(wards.rows) == 14


def test_the_effect_of_people_by_day_on_ranks_is_shown(chapter: Chapter) -> None:
    assert "By day there are 221,197 people, more than live there." in said(chapter)
    assert "change rank by two places or more" in said(chapter)


def test_deprivation_is_drawn_and_mapped(chapter: Chapter) -> None:
    [bars] = [b for b in chapter.blocks if isinstance(b, Chart)]
    assert sum(v or 0 for v in bars.series[0].y) == pytest.approx(100)
    [drawn] = [b for b in chapter.blocks if isinstance(b, Map)]
    assert len(drawn.values) == 119
    assert {0.0 <= value <= 9.0 for value in drawn.values.values()} == {True}


def test_few_authorities_make_no_rank_worth_saying(chapter: Chapter) -> None:
    assert "highest tenth of authorities" not in said(chapter)


def test_without_people_the_chapter_says_so(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly(YEAR, 3)}, ("E01012007", "Middlesbrough 012A"))
    path = write_rows(tmp_path / "street.csv", rows)
    build(Wanted([path], "Middlesbrough", period_from(YEAR), None), tmp_path / "evidence.duckdb")
    with Evidence(tmp_path / "evidence.duckdb") as evidence:
        written = area.write(measured(Brief(evidence, read_context(None, "Middlesbrough"))))
    assert written.missing and written.gaps
