"""The first chapter says what was recorded, in words that differ when the evidence differs."""

from __future__ import annotations

import re
from pathlib import Path

from goldthread.chapters import overview
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.model import Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import ASB, evidence_of, monthly, street_rows

BOTH = "2024-01..2025-12"


def said(tmp_path: Path, counts: dict[str, dict[str, int]], period: str = "2025-01..2025-12") -> tuple[str, Table]:
    with evidence_of(tmp_path, street_rows(counts), period=period) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = overview.write(brief)
    figures = by_id(chapter.figures)
    texts = [plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph)]
    [table] = [b for b in chapter.blocks if isinstance(b, Table)]
    return " ".join(texts), table


def test_a_doubling_is_a_rise(tmp_path: Path) -> None:
    counts = {"Burglary": monthly("2024-01..2024-12", 10, 11, 9) | monthly("2025-01..2025-12", 20, 22, 19)}
    text, table = said(tmp_path, counts)
    assert "Police recorded 244 crimes in Saltmarsh in January to December 2025" in text
    assert "a rise of 103%" in text
    assert table.rows[0][-1] == "Rise"


def test_ordinary_variation_is_no_clear_change(tmp_path: Path) -> None:
    text, table = said(tmp_path, {"Burglary": monthly(BOTH, 30, 22, 35, 28, 40, 25, 31)})
    assert "within what chance and ordinary variation would give" in text
    assert table.rows[0][-1] == "No clear change"


def test_a_first_year_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    text, table = said(tmp_path, {"Burglary": monthly("2025-01..2025-12", 10)})
    assert "Nothing was supplied for January to December 2024" in text
    assert [column.title for column in table.columns][:2] == ["Type", "This year"]
    assert table.rows[0][1] == 120


def test_anti_social_behaviour_is_never_added_to_crime(tmp_path: Path) -> None:
    counts = {"Burglary": monthly(BOTH, 10), ASB: monthly(BOTH, 100)}
    text, table = said(tmp_path, counts)
    assert "Police recorded 120 crimes" in text
    assert "1,200 incidents of anti-social behaviour, which are not crimes" in text
    assert ASB not in [row[0] for row in table.rows]
    assert table.rows[-1][:3] == ("Total recorded crime", 120.0, 120.0)


def test_a_missing_month_takes_its_partner_with_it(tmp_path: Path) -> None:
    months = monthly(BOTH, 50)
    del months["2025-06"]
    text, _ = said(tmp_path, {"Burglary": months})
    assert "Only 11 of the 12 months came in both years" in text
    assert "against 550 a year before: the same" in text


def test_where_months_are_missing_the_counts_that_are_compared_come_before_the_change(tmp_path: Path) -> None:
    months = monthly("2024-01..2024-12", 48, 61, 43, 55) | monthly("2025-01..2025-12", 58, 44, 63, 47)
    del months["2024-02"]
    text, _ = said(tmp_path, {"Burglary": months})
    assert "In those there were 592, against 560 a year before (up 6%), which is within what chance" in text


def test_hardly_any_change_is_not_said_as_a_rise(tmp_path: Path) -> None:
    months = monthly("2024-01..2024-12", 48, 61, 43, 55) | monthly("2025-01..2025-12", 55, 44, 62, 47)
    text, _ = said(tmp_path, {"Burglary": months})
    assert "That is much as in January to December 2024 (621), and within what chance would give" in text


def test_one_crime_is_one_crime(tmp_path: Path) -> None:
    text, _ = said(tmp_path, {"Burglary": {"2025-02": 1}}, "2025-02..2025-02")
    assert "Police recorded 1 crime in Saltmarsh in February 2025." in text


def test_the_ends_of_a_range_are_figures_so_that_they_can_be_withheld(assessed: Assessed) -> None:
    blocks = [b for chapter in assessed.assessment.chapters for b in chapter.blocks if isinstance(b, Paragraph)]
    texts = [*(b.text for b in blocks), *(f.statement for f in assessed.assessment.findings)]
    assert sum(".change:low:pct}} and {{" in text for text in texts) > 20
    assert not [text for text in texts if re.search(r"between −?\d[\d,.]*% and", text)]
