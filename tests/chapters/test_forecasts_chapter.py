"""A forecast is given only where it has beaten repeating last year, and it says what it does not know."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from goldthread.chapters import forecasts
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.measuring.forecast import Forecasts
from goldthread.chapters.model import Box, Chapter, Chart, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, street_rows

THREE, YEAR = "2023-01..2025-12", "2025-01..2025-12"


def written(tmp_path: Path, counts: dict[str, dict[str, int]]) -> tuple[Brief, Chapter, str]:
    with evidence_of(tmp_path, street_rows(counts), period=YEAR) as evidence:
        brief = measured(Brief(evidence, read_context(None, "Saltmarsh")))
        chapter = forecasts.write(brief)
    figures = by_id(chapter.figures)
    texts = [plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    return brief, chapter, " ".join(texts)


def by_chance(mean: float, seed: int) -> dict[str, int]:
    chance = np.random.default_rng(seed)
    return {m: int(chance.poisson(mean)) for m in monthly(THREE, 1)}


@pytest.fixture(scope="module")
def steady(tmp_path_factory: pytest.TempPathFactory) -> tuple[Brief, Chapter, str]:
    counts = {"Burglary": by_chance(40, 1), "Robbery": by_chance(25, 2), "Drugs": by_chance(30, 3)}
    return written(tmp_path_factory.mktemp("steady"), counts)


def test_chance_about_a_level_is_forecast_better_by_the_level(steady: tuple[Brief, Chapter, str]) -> None:
    brief, chapter, text = steady
    kept = [f for f in brief.found(Forecasts).by_line.values() if not f.why_not]
    assert kept and all(f.error < f.naive_error for f in kept)
    assert "If things go on as they have there would be about" in text
    assert "it knows nothing of what partners will do" in text
    [table] = [b for b in chapter.blocks if isinstance(b, Table)]
    assert len(table.rows) == len(kept)


def test_a_forecast_stands_beside_repeating_last_year(steady: tuple[Brief, Chapter, str]) -> None:
    _, chapter, _ = steady
    chart = next(b for b in chapter.blocks if isinstance(b, Chart))
    assert [s.role for s in chart.series] == ["main", "forecast", "compare"]
    assert chart.series[2].y == chart.series[0].y[-12:]


def test_a_level_that_is_new_is_not_forecast(tmp_path: Path) -> None:
    counts = {m: n * (2 if m >= "2025-07" else 1) for m, n in by_chance(40, 4).items()}
    brief, _, text = written(tmp_path, {"Public order": counts, "Burglary": by_chance(40, 5)})
    assert brief.found(Forecasts).by_line["public-order"].why_not == "new level"
    assert "too little has been seen of the new one" in text


def test_two_years_are_too_few(tmp_path: Path) -> None:
    _, chapter, _ = written(tmp_path, {"Burglary": monthly("2024-01..2025-12", 30, 26, 33)})
    assert "24 months are too few for a forecast" in chapter.missing
    assert chapter.gaps
