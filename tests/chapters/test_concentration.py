"""The concentration chapter says gathered only when chance would not do it, and whether the same places stay busy."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goldthread.chapters import concentration
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.gathered import Concentrations, measure_gathered, uneven
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.measuring.small_areas import measure_small_areas
from goldthread.chapters.model import Chapter, Chart, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row, street_rows

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"


def brief_of(tmp_path: Path, rows: list[dict[str, str]]) -> Brief:
    brief = Brief(evidence_of(tmp_path, rows, period=YEAR), read_context(None, "Saltmarsh"))
    for step in (measure_lines, measure_small_areas, measure_gathered):
        answer = step(brief)
        brief.measured[type(answer)] = answer
    brief.settle()
    return brief


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    return " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def thrown(seed: int, period: str, n: int) -> list[dict[str, str]]:
    """Burglaries that fall on any small area alike."""
    places = np.random.default_rng(seed).integers(0, len(small_areas()), 12 * 2 * n)
    months = [m for m in monthly(period, n) for _ in range(n)]
    return [street_row(i, month, "Burglary", small_areas()[places[i]]) for i, month in enumerate(months)]


def test_thrown_at_random_is_not_clearly_concentrated(tmp_path: Path) -> None:
    chapter = concentration.write(brief_of(tmp_path, thrown(4, YEAR, 60)))
    assert "not clearly concentrated" in said(chapter)
    assert not chapter.findings


def test_half_of_it_in_three_places_is_concentrated_beyond_chance(tmp_path: Path) -> None:
    rows = thrown(4, BOTH, 60)
    for place in small_areas()[:3]:
        rows += street_rows({"Burglary": monthly(BOTH, 20)}, place)
    chapter = concentration.write(brief_of(tmp_path, rows))
    assert "Recorded crime is strongly concentrated" in said(chapter)
    assert "the same places stay busy" in said(chapter)
    [finding] = chapter.findings
    assert finding.id == "burglary.few-places"
    assert "The most were in" in finding.statement


def test_other_places_each_year_are_said_to_change(tmp_path: Path) -> None:
    rows = []
    for at, period in ((10, "2024-01..2024-12"), (40, YEAR)):
        for place in small_areas()[at : at + 10]:
            rows += street_rows({"Burglary": monthly(period, 12)}, place)
    text = said(concentration.write(brief_of(tmp_path, rows + thrown(5, BOTH, 40))))
    assert "the places change, so a list of last year’s would miss most of it" in text


def test_in_a_first_year_the_two_halves_are_compared(tmp_path: Path) -> None:
    rows = thrown(4, YEAR, 30)
    for place in small_areas()[:6]:
        rows += street_rows({"Burglary": monthly(YEAR, 10)}, place)
    text = said(concentration.write(brief_of(tmp_path, rows)))
    assert "in the first half of the period" in text
    assert "in the second" in text


def test_shares_in_the_table_are_those_of_the_counts(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, thrown(4, YEAR, 60))
    chapter = concentration.write(brief)
    table = next(b for b in chapter.blocks if isinstance(b, Table))
    counts = sorted(brief.evidence.by_place("police-uk-street", ["Burglary"], brief.period).values(), reverse=True)
    tenth = (sum(counts[:11]) + 0.9 * counts[11]) / sum(counts)  # a tenth of 119 small areas is 11.9
    row = next(r for r in table.rows if r[0] == "Burglary")
    assert row[1] == sum(counts)
    assert row[5] == pytest.approx(100 * tenth)


def test_the_curve_runs_from_nothing_to_everything_above_chance(tmp_path: Path) -> None:
    rows = thrown(4, YEAR, 30) + street_rows({"Burglary": monthly(YEAR, 90)}, small_areas()[0])
    chart = next(b for b in concentration.write(brief_of(tmp_path, rows)).blocks if isinstance(b, Chart))
    own, chance = chart.series
    assert own.y[0] == 0.0
    assert [own.y[-1], chance.y[-1]] == pytest.approx([1.0, 1.0])
    assert all((a or 0) >= (b or 0) - 1e-9 for a, b in zip(own.y, chance.y, strict=True))


def test_too_few_rows_have_no_chapter_but_a_gap(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, street_rows({"Burglary": monthly(YEAR, 1)}))
    assert brief.found(Concentrations).by_line == {}
    chapter = concentration.write(brief)
    assert "Too few" in chapter.missing
    assert chapter.gaps


def test_where_every_resident_is_as_likely_the_test_keeps_its_level() -> None:
    rng = np.random.default_rng(2)
    people = rng.integers(1000, 2400, 120).astype(float)
    for events in (40, 400, 9000):
        p = [uneven(rng.multinomial(events, people / people.sum()).astype(float), people) for _ in range(800)]
        assert np.mean(np.array(p) < 0.05) == pytest.approx(0.05, abs=0.025)
