"""Hotspots are places that come back, named by ward and street; without a boundary or points the chapter says so."""

from __future__ import annotations

import functools
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from goldthread.chapters import hotspots
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.draft import Draft
from goldthread.chapters.hotspots.figured import figures_of
from goldthread.chapters.hotspots.worded import foretold
from goldthread.chapters.measuring.hot_cells import measure_hot_cells
from goldthread.chapters.measuring.hot_found import HotCells
from goldthread.chapters.measuring.hot_names import KINDS, Named, plain_name
from goldthread.chapters.measuring.hot_search import steps_of, touching_groups
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.model import Chapter, Map, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.places import to_degrees
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row, street_rows

YEAR = "2025-01..2025-12"
BOTH = "2024-01..2025-12"
VIOLENCE = "Violence and sexual offences"
Rows = list[dict[str, str]]


@functools.cache
def centres() -> dict[str, tuple[float, float]]:
    """Longitude and latitude of the middle of each small area."""
    with evidence_of(Path(tempfile.mkdtemp()), street_rows({"Burglary": monthly(YEAR, 1)}), period=YEAR) as evidence:
        rows = evidence.rows("SELECT lsoa, easting, northing FROM places")
    longitude, latitude = to_degrees([r[1] for r in rows], [r[2] for r in rows])
    return {r[0]: (float(x), float(y)) for r, x, y in zip(rows, longitude, latitude, strict=True)}


def at_points(counts: dict[str, int], place: tuple[str, str], location: str = "Invented Road") -> Rows:
    """Violence in months, at the middle of one small area."""
    x, y = centres()[place[0]]
    where = {"Longitude": f"{x:.6f}", "Latitude": f"{y:.6f}", "Location": f"On or near {location}"}
    months = [month for month, n in counts.items() for _ in range(n)]
    return [street_row(i, month, VIOLENCE, place, **where) for i, month in enumerate(months)]


def everywhere(period: str, n: int = 1) -> Rows:
    return [row for place in small_areas() for row in at_points(monthly(period, n), place, f"{place[1][-4:]} Street")]


def brief_of(tmp_path: Path, rows: Rows) -> Brief:
    brief = Brief(evidence_of(tmp_path, rows, period=YEAR), read_context(None, "Saltmarsh"))
    for step in (measure_lines, measure_hot_cells):
        answer = step(brief)
        brief.measured[type(answer)] = answer
    brief.settle()
    return brief


def said(chapter: Chapter) -> str:
    figures = by_id(chapter.figures)
    return " ".join(plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph))


def test_a_place_busiest_month_after_month_is_a_lasting_hotspot_by_name(tmp_path: Path) -> None:
    rows = everywhere(YEAR) + at_points(monthly(YEAR, 15, 22), small_areas()[5], "Samphire Wharf")
    chapter = hotspots.write(brief_of(tmp_path, rows))
    text = said(chapter)
    assert "One lasting hotspot holds" in text
    assert "around Samphire Wharf" in text
    assert "12 months" in text
    [finding] = [f for f in chapter.findings if f.topic == "violence-and-sexual-offences"]
    assert "One hotspot holds" in plain(resolve(finding.statement, by_id(chapter.figures)))


def test_a_new_place_every_month_makes_no_lasting_hotspot(tmp_path: Path) -> None:
    rows = everywhere(YEAR)
    for at, month in enumerate(monthly(YEAR, 1)):
        rows += at_points({month: 25}, small_areas()[at * 7])
    chapter = hotspots.write(brief_of(tmp_path, rows))
    assert "what hotspots there are for violence and sexual offences move about" in said(chapter)
    assert not chapter.findings


def test_counts_by_square_are_those_of_the_rows(tmp_path: Path) -> None:
    rows = everywhere(YEAR) + at_points(monthly(YEAR, 3), small_areas()[5])
    found = measure_hot_cells(brief := brief_of(tmp_path / "again", rows))
    assert found.grid is not None
    line = found.by_line["violence-and-sexual-offences"]
    [(n,)] = brief.evidence.rows("SELECT count(*) FROM incidents WHERE longitude IS NOT NULL")
    assert line.n == n == len(rows)
    assert int(line.cells.sum()) <= n
    corners = dict(zip(found.corner_names(), line.cells.tolist(), strict=True))
    [(east, north)] = brief.evidence.rows("SELECT easting, northing FROM places WHERE lsoa = ?", [small_areas()[5][0]])
    assert corners[f"{int(east // 250 * 250)},{int(north // 250 * 250)}"] >= 36 + 12


def test_with_two_years_it_says_what_last_year_foretells(tmp_path: Path) -> None:
    rows = (
        everywhere(BOTH)
        + at_points(monthly(BOTH, 20), small_areas()[5])
        + at_points(monthly("2025-11..2025-12", 60), small_areas()[60], "New Hard")
    )
    brief = brief_of(tmp_path, rows)
    text = said(hotspots.write(brief))
    assert "of the next month’s" in text
    assert "Looked at month by month (24 of them)" in text
    assert "hotspots.violence-and-sexual-offences.foretold" in (brief.verdicts or {})


def test_plain_counts_are_preferred_unless_density_foretells_more(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, everywhere(BOTH) + at_points(monthly(BOTH, 20), small_areas()[5]))
    line = brief.found(HotCells).by_line["violence-and-sexual-offences"]
    draft_figures = figures_of(Draft(brief, "hotspots", ""), brief.found(HotCells), line)
    assert draft_figures.foretold is not None
    words = foretold(brief, line, draft_figures)
    better = replace(draft_figures.foretold, answer={**draft_figures.foretold.answer, "density": 1.0})
    stands = brief.stands(line.test)
    assert ("Neither is clearly better" in words) is not stands
    if stands:
        assert "The smoothed map is the better guide" in foretold(brief, line, replace(draft_figures, foretold=better))


def test_a_first_year_has_no_emerging_hotspots(tmp_path: Path) -> None:
    text = said(hotspots.write(brief_of(tmp_path, everywhere(YEAR))))
    assert "Looked at" not in text
    assert "next month" not in text


def test_a_hospital_is_pointed_out(tmp_path: Path) -> None:
    rows = everywhere(YEAR) + at_points(monthly(YEAR, 20), small_areas()[5], "Hospital")
    text = said(hotspots.write(brief_of(tmp_path, rows)))
    assert "is mapped to a hospital" in text
    assert "ask the police before planning work in the street" in text


def test_rows_without_points_have_no_hotspots_and_a_gap(tmp_path: Path) -> None:
    chapter = hotspots.write(brief_of(tmp_path, street_rows({VIOLENCE: monthly(YEAR, 30)})))
    assert "None of the police records that were supplied has a map point" in chapter.missing
    assert chapter.gaps


def test_without_a_boundary_the_chapter_says_so(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, everywhere(YEAR))
    brief.measured[HotCells] = HotCells(None, "The boundary of the area was not supplied, so no grid can be laid.")
    chapter = hotspots.write(brief)
    assert "The boundary of the area was not supplied" in chapter.missing
    assert chapter.gaps[0].owner == "Council research manager"


def test_maps_are_of_squares_and_have_tables(tmp_path: Path) -> None:
    rows = everywhere(YEAR) + at_points(monthly(YEAR, 20), small_areas()[5], "Samphire Wharf")
    chapter = hotspots.write(brief_of(tmp_path, rows))
    maps = [b for b in chapter.blocks if isinstance(b, Map)]
    assert {m.of for m in maps} == {"cells"}
    assert all(m.cell_metres == 250 and m.table is not None and m.values for m in maps)
    ids = [b.id for b in chapter.blocks if isinstance(b, Table)] + [m.table.id for m in maps if m.table]
    assert len(ids) == len(set(ids))
    ranked = next(b for b in chapter.blocks if isinstance(b, Table) and b.id.endswith("offences.ranked"))
    assert str(ranked.rows[0][2]).startswith("Samphire Wharf")


def test_quarters_are_left_out_when_a_month_of_them_did_not_come() -> None:
    monthly_counts = np.ones((30, 4), np.int64)
    came = np.ones(30, bool)
    came[4] = False
    steps, word = steps_of(monthly_counts, came)
    assert (word, steps.shape, int(steps.max())) == ("quarter", (9, 4), 3)
    steps, word = steps_of(monthly_counts[:20], came[:20])
    assert (word, steps.shape) == ("month", (19, 4))


def test_squares_that_touch_at_a_corner_are_one_place() -> None:
    inside = np.ones((4, 4), bool)
    groups = touching_groups(inside, np.array([0, 5, 3, 12]))
    assert sorted(groups) == [(0, 5), (3,), (12,)]


def test_a_place_with_no_street_is_named_by_its_kind() -> None:
    assert Named("Harbourside", (), (("Hospital", 1.0),)).said == "Harbourside, by a hospital"
    assert Named("", ("Wharf Lane",), ()).said == "around Wharf Lane"
    assert "Hospital" in KINDS


def test_the_density_is_drawn_over_a_whole_year(tmp_path: Path) -> None:
    brief = brief_of(tmp_path, everywhere(YEAR))
    found = brief.found(HotCells)
    assert found.grid is not None
    line = found.by_line["violence-and-sexual-offences"]
    total = float(line.surface.sum() * found.grid.cell_km2)
    assert 0.5 * line.n < total < 1.5 * line.n


@pytest.mark.parametrize(
    ("sent", "said_"),
    [
        ("On or near St Paul'S Place", "St Paul's Place"),
        ("On or near Queen'S Road", "Queen's Road"),
        ("On or near O'Shea Street", "O'Shea Street"),
        ("On or near ", ""),
        ("No Location", ""),
    ],
)
def test_a_street_is_called_as_one_writes_it(sent: str, said_: str) -> None:
    assert plain_name(sent) == said_
