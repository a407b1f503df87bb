"""An alarm is raised by what is new and large, in the area or in a ward, and seldom by chance."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from goldthread.chapters import early_warning
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.warning import Warnings
from goldthread.chapters.model import Chapter, Paragraph
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row

THREE, YEAR = "2023-01..2025-12", "2025-01..2025-12"
LAST = ("2025-10", "2025-11", "2025-12")


def written(tmp_path: Path, rows: list[dict[str, str]]) -> tuple[Brief, Chapter, str]:
    with evidence_of(tmp_path, rows, period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = early_warning.write(brief)
    figures = by_id(chapter.figures)
    return brief, chapter, " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def spread(series: str, mean: float, seed: int, more: float = 1.0, start: int = 0) -> list[dict[str, str]]:
    """So many a month by chance, over the small areas by chance, and `more` times as many in the last three months."""
    chance, places = np.random.default_rng(seed), small_areas()
    rows: list[dict[str, str]] = []
    for month in monthly(THREE, 1):
        for _ in range(chance.poisson(mean * (more if month in LAST else 1.0))):
            rows.append(street_row(start + len(rows), month, series, places[int(chance.integers(len(places)))]))
    return rows


def test_something_new_in_the_whole_area_raises_an_alarm(tmp_path: Path) -> None:
    rows = [*spread("Robbery", 20, 1, more=2.5), *spread("Burglary", 40, 2, start=10**6)]
    brief, chapter, text = written(tmp_path, rows)
    assert [w.line.id for w in brief.found(Warnings).found if not w.ward] == ["robbery"]
    assert "One count was beyond" in text or "counts were beyond" in text
    [found] = [f for f in chapter.findings if f.topic == "robbery"]
    assert found.id == "robbery.emerging"


def test_something_new_in_one_ward_is_named_by_its_ward(tmp_path: Path) -> None:
    place = small_areas()[0]
    new = [street_row(10**7 + i, m, "Burglary", place) for m in LAST for i in range(15)]
    brief, chapter, _ = written(tmp_path, [*spread("Burglary", 28, 3), *new])
    wards = [w.ward for w in brief.found(Warnings).found]
    assert "Old Town and Quay" in wards
    assert chapter.findings or [w for w in brief.found(Warnings).found if not w.ward]


def test_months_of_nothing_raise_no_alarm(tmp_path: Path) -> None:
    rows = [*spread("Robbery", 20, 4), *spread("Burglary", 40, 5, start=10**6)]
    brief, chapter, text = written(tmp_path, rows)
    assert brief.found(Warnings).tested > 20
    assert "None was beyond what was to be expected." in text
    assert not chapter.findings


def test_under_two_years_nothing_unusual_can_be_told(tmp_path: Path) -> None:
    rows = [r for r in spread("Burglary", 20, 6) if r["Month"] >= "2024-06"]
    _, chapter, _ = written(tmp_path, rows)
    assert chapter.missing and chapter.gaps
