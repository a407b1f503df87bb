"""A rise or fall is held against recording, a step everywhere and one place before it is put forward."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from goldthread.analysis.real import Reading
from goldthread.chapters import crime_types, reality
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import Context, read_context
from goldthread.chapters.measuring.reality import Reality
from goldthread.chapters.model import Box, Bullets, Chapter, Paragraph
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row, write_rows

THREE, YEAR = "2023-01..2025-12", "2025-01..2025-12"


def rows_of(counts: Mapping[str, int], places: list[tuple[str, str]], start: int = 0) -> list[dict[str, str]]:
    """So many shop thefts each month, shared out over these small areas in turn."""
    months = [m for m, n in counts.items() for _ in range(n)]
    return [street_row(start + i, m, "Shoplifting", places[i % len(places)]) for i, m in enumerate(months)]


def written(
    tmp_path: Path, rows: list[dict[str, str]], context: Context | None = None
) -> tuple[Brief, Chapter, Chapter, str]:
    with evidence_of(tmp_path, rows, period=YEAR) as evidence:
        brief = measured(Brief(evidence, context or read_context(None, "Saltmarsh")))
        chapter, types = reality.write(brief), crime_types.write(brief)
    figures = by_id((*chapter.figures, *types.figures))
    texts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    texts += [item for b in chapter.blocks if isinstance(b, Bullets) for item in b.items]
    return brief, chapter, types, " ".join(plain(resolve(text, figures)) for text in texts)


def everywhere() -> list[tuple[str, str]]:
    return list(small_areas())


def stepped(month: str, times: float, *values: int) -> dict[str, int]:
    return {m: round(n * (times if m >= month else 1)) for m, n in monthly(THREE, *values).items()}


def test_a_rise_of_one_ward_is_said_to_come_from_it(tmp_path: Path) -> None:
    steady = rows_of(monthly(THREE, 119, 112, 125, 121, 115, 118, 123), everywhere())
    one = rows_of(stepped("2025-01", 40, 1), everywhere()[:1], start=10**6)
    brief, _, types, text = written(tmp_path, [*steady, *one])
    asked = brief.found(Reality).by_line["shoplifting"]
    assert asked.explanation.leading == Reading.ONE_PLACE
    assert "The change comes from one ward: " in text
    [found] = [f for f in types.findings if f.id == "shoplifting.rose"]
    assert "all from one ward" in found.title


def test_a_step_in_all_wards_at_once_asks_about_recording(tmp_path: Path) -> None:
    counts = stepped("2025-04", 2.0, 119, 112, 125, 121, 115, 118, 123)
    brief, _, types, text = written(tmp_path, rows_of(counts, everywhere()))
    assert Reading.STEP in brief.found(Reality).by_line["shoplifting"].explanation.readings
    assert "The change came as one step in April 2025, in 14 of 14 wards alike" in text
    [found] = types.findings
    assert found.certainty < 0.8


def test_a_known_recording_change_leads(tmp_path: Path) -> None:
    said = {"month": "2025-04", "feed": "police-uk-street", "series": ["Shoplifting"], "effect": "up", "what": "New."}
    context = Context(read_context(None, "Saltmarsh").partnership, recording_changes=(said,))
    counts = stepped("2025-04", 2.0, 119, 112, 125, 121, 115, 118, 123)
    brief, _, _, text = written(tmp_path, rows_of(counts, everywhere()), context)
    assert brief.found(Reality).by_line["shoplifting"].explanation.leading == Reading.RECORDING
    assert "A change in the recording, from April 2025, would move it this way." in text


def test_what_did_not_move_is_not_explained(tmp_path: Path) -> None:
    rows = rows_of(monthly(THREE, 119, 112, 125, 121, 115, 118, 123), everywhere())
    brief, chapter, _, text = written(tmp_path, rows)
    assert not brief.found(Reality).by_line
    assert "so there is nothing to explain" in text
    assert not chapter.missing


def test_what_could_not_be_asked_is_named(tmp_path: Path) -> None:
    counts = stepped("2025-04", 2.0, 119, 112, 125, 121, 115, 118, 123)
    _, _, _, text = written(tmp_path, rows_of(counts, everywhere()))
    assert "no population estimates came that tell the two years apart" in text
    assert "the partnership file names no change" in text


def peopled(to: Path, years: Mapping[int, float]) -> Path:
    """A research team's table of every small area's people at several mid-years, as parts of a thousand each."""
    rows = [
        {"LSOA Code": code, "Mid Year": str(year), "Population": str(round(1000 * times))}
        for year, times in years.items()
        for code, _ in small_areas()
    ]
    return write_rows(to / "people.csv", rows, ("LSOA Code", "Mid Year", "Population"))


def told_of(tmp_path: Path, years: Mapping[int, float]) -> tuple[Reality, str]:
    rows = rows_of(stepped("2025-01", 1.5, 119, 112, 125, 121, 115, 118, 123), everywhere())
    with evidence_of(tmp_path, rows, peopled(tmp_path, years), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = reality.write(brief)
    figures = by_id(chapter.figures)
    texts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    texts += [item for b in chapter.blocks if isinstance(b, Bullets) for item in b.items]
    return brief.found(Reality), " ".join(plain(resolve(text, figures)) for text in texts)


def test_a_rise_in_people_explains_a_rise_in_counts(tmp_path: Path) -> None:
    found, text = told_of(tmp_path, {2024: 1.0, 2025: 1.45})
    shops = found.by_line["shoplifting"].explanation
    assert found.people == (1000 * len(small_areas()), 1450 * len(small_areas()))
    assert Reading.POPULATION in shops.readings and not shops.stands
    assert shops.population is not None and shops.population.rate_ratio == pytest.approx(shops.ratio / 1.45)
    assert "which explains half of the change or more" in text


def test_people_who_hardly_change_leave_rates_to_move_as_counts_do(tmp_path: Path) -> None:
    found, text = told_of(tmp_path, {2024: 1.0, 2025: 1.01})
    assert Reading.POPULATION not in found.by_line["shoplifting"].explanation.readings
    assert "so counts and rates moved alike" in text


def test_one_estimate_for_both_years_judges_nothing(tmp_path: Path) -> None:
    found, text = told_of(tmp_path, {2022: 1.0, 2025: 1.5})
    assert found.people is None
    assert "tell the two years apart" in text


def test_with_one_year_there_is_nothing_to_explain(tmp_path: Path) -> None:
    _, chapter, _, _ = written(tmp_path, rows_of(monthly(YEAR, 50), everywhere()))
    assert chapter.missing and chapter.gaps
