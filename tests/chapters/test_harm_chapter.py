"""Volume stands beside harm, each index by itself, and what is said follows the weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.analysis.harm import category_weights
from goldthread.chapters import harm
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.harm import Harms
from goldthread.chapters.model import Chapter, Chart, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import ASB, evidence_of, monthly, street_rows

BOTH, YEAR = "2024-01..2025-12", "2025-01..2025-12"


def written(tmp_path: Path, counts: dict[str, dict[str, int]]) -> tuple[Chapter, str, Brief]:
    with evidence_of(tmp_path, street_rows(counts), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = harm.write(brief)
    figures = by_id(chapter.figures)
    return chapter, " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph)), brief


def test_the_sum_is_count_times_weight_and_anti_social_behaviour_has_none(tmp_path: Path) -> None:
    chapter, _, brief = written(
        tmp_path, {"Robbery": monthly(YEAR, 2), "Burglary": monthly(YEAR, 5), ASB: monthly(YEAR, 9)}
    )
    of = category_weights("ons-severity").of
    main = brief.found(Harms).main
    assert main is not None
    assert main.harm.total == pytest.approx(24 * of["Robbery"] + 60 * of["Burglary"])
    tables = [b for b in chapter.blocks if isinstance(b, Table)]
    assert ASB not in [row[0] for table in tables for row in table.rows]


def test_the_two_indices_are_never_in_one_table_or_chart(tmp_path: Path) -> None:
    chapter, text, _ = written(tmp_path, {"Robbery": monthly(YEAR, 2), "Burglary": monthly(YEAR, 5)})
    tables = [b for b in chapter.blocks if isinstance(b, Table)]
    assert [t.id for t in tables] == ["harm.ons-severity.types", "harm.cambridge.types"]
    [chart] = [b for b in chapter.blocks if isinstance(b, Chart)]
    assert chart.figures == ("harm.ons-severity",)
    assert "is another ruler and is never added to the first" in text


def test_a_few_grave_crimes_rise_from_volume_to_harm(tmp_path: Path) -> None:
    many = {kind: monthly(YEAR, 30) for kind in ("Shoplifting", "Other theft", "Vehicle crime", "Public order")}
    chapter, text, _ = written(
        tmp_path, {**many, "Violence and sexual offences": monthly(YEAR, 40), "Robbery": monthly(YEAR, 4)}
    )
    assert "Robbery rises furthest when harm is counted: sixth by number, second by harm." in text
    assert [f.id for f in chapter.findings] == ["violence-and-sexual-offences.harm", "robbery.harm"]


def test_when_nothing_rises_the_order_is_the_same(tmp_path: Path) -> None:
    chapter, text, _ = written(tmp_path, {"Robbery": monthly(YEAR, 9), "Burglary": monthly(YEAR, 4)})
    assert "much the same order by harm as by number" in text
    assert "robbery.harm" in [f.id for f in chapter.findings]


def test_harm_that_rose_is_said_to_have_risen(tmp_path: Path) -> None:
    before = monthly("2024-01..2024-12", 20, 26, 23, 19, 28)
    after = {m.replace("2024", "2025"): round(n * 1.7) for m, n in before.items()}
    _, text, _ = written(tmp_path, {"Violence and sexual offences": before | after})
    assert "Recorded harm rose by 7" in text or "Recorded harm rose by 6" in text


def test_harm_without_an_earlier_year_is_not_compared(tmp_path: Path) -> None:
    _, text, _ = written(tmp_path, {"Burglary": monthly(YEAR, 9)})
    assert "so it cannot be said whether harm changed" in text


def test_without_recorded_crime_the_chapter_says_so(tmp_path: Path) -> None:
    chapter, _, _ = written(tmp_path, {ASB: monthly(BOTH, 5)})
    assert chapter.missing and chapter.gaps
