"""Something new that gathers in one place is told from a place that is always busy, by records that know the day."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from goldthread.chapters import early_warning
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.emerging import Emerging
from goldthread.chapters.model import Box, Chapter, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_rows
from tests.chapters.partner_files import file_of, rows_of

YEAR = "2025-01..2025-12"


def scattered(rows: list[dict[str, str]], seed: int, place: str = "") -> list[dict[str, str]]:
    """Rows on days of their month, and in small areas, by chance; or all in one place."""
    chance, places = np.random.default_rng(seed), small_areas()
    made = []
    for i, row in enumerate(rows):
        there = place or places[int(chance.integers(len(places)))][0]
        day = f"{int(chance.integers(1, 29)):02d}{row['Incident Date'][2:]}"
        made.append(row | {"LSOA Code": there, "Incident Date": day, "Incident Number": f"N{seed}-{i:05d}"})
    return made


def written(tmp_path: Path, more: int, *, always: bool = False, street: bool = True) -> tuple[Brief, Chapter, str]:
    """Calls about anti-social behaviour all over, and `more` in one small area: in December alone, or in each month."""
    months = monthly(YEAR, more) if always else {"2025-12": more}
    rows = scattered(rows_of("police-local-asb", monthly(YEAR, 40)), 1)
    rows += scattered(rows_of("police-local-asb", months), 2, small_areas()[12][0])
    path = file_of(tmp_path, "police-local-asb", rows)
    crimes = {"Burglary": monthly("2024-01..2025-12", 9) if street else {"2025-01": 1}}
    with evidence_of(tmp_path, street_rows(crimes), path, period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = early_warning.write(brief)
    figures = by_id(chapter.figures)
    return brief, chapter, " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def test_what_gathers_in_one_place_in_the_last_weeks_is_found_and_named(tmp_path: Path) -> None:
    brief, chapter, text = written(tmp_path, 30)
    [found] = brief.found(Emerging).found
    assert brief.stands(found.test) and found.cluster is not None and found.cluster.events >= 25
    assert "calls about anti-social behaviour in " in text and "would be expected there and then" in text
    [made] = [f for f in chapter.findings if f.id == "anti-social-behaviour.cluster-asb"]
    assert made.title.startswith("New: calls about anti-social behaviour are gathering in ")


def test_a_place_that_is_always_busy_is_nothing_new(tmp_path: Path) -> None:
    brief, chapter, text = written(tmp_path, 12, always=True)
    [found] = brief.found(Emerging).found
    assert not brief.stands(found.test)
    assert not [f for f in chapter.findings if ".cluster-" in f.id]
    assert "Nothing new is gathering anywhere, beyond chance, of calls about anti-social behaviour" in text


def test_months_of_points_moved_to_a_street_are_refused_with_the_reason(tmp_path: Path) -> None:
    _, chapter, _ = written(tmp_path, 0)
    [box] = [b for b in chapter.blocks if isinstance(b, Box) and "clusters" in b.title]
    assert "the day of each is needed; these data have only the month" in box.text


def test_the_table_counts_what_the_records_hold_and_is_protected(tmp_path: Path) -> None:
    _, chapter, _ = written(tmp_path, 30)
    [table] = [b for b in chapter.blocks if isinstance(b, Table) and b.id == "early-warning.clusters"]
    assert table.protected
    [row] = table.rows
    assert 450 <= float(str(row[1])) <= 510 and row[-1] == "New cluster"
    figure = by_id(chapter.figures)["early-warning.cluster-asb"]
    assert figure.protected and figure.count_keys == ("looked_at", "events")


def test_two_years_of_months_are_not_needed_to_look_for_a_cluster(tmp_path: Path) -> None:
    _, chapter, text = written(tmp_path, 30, street=False)
    assert not chapter.missing and "would be expected there and then" in text
    assert "counts were looked at" not in text
