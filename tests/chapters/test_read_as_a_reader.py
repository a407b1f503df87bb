"""What a reader would stumble over: the same thing said twice, columns of dashes, names of series, what is not sure."""

from __future__ import annotations

from pathlib import Path

from goldthread.chapters import overview
from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief
from goldthread.chapters.caveats import BOX, sentences
from goldthread.chapters.context import read_context
from goldthread.chapters.draft import in_prose
from goldthread.chapters.model import Box, Chart, Table
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, street_rows


def test_a_series_is_named_as_a_sentence_would_name_it() -> None:
    assert in_prose("Fire: Special service") == "special service (the fire service)"
    assert in_prose("Police: Public order") == "public order (the police’s own extract)"
    assert in_prose("ONS total") == "ONS total"
    assert in_prose("Shoplifting") == "shoplifting"


def test_without_an_earlier_year_the_table_has_no_columns_of_dashes(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": monthly("2025-01..2025-12", 9), "Robbery": monthly("2025-01..2025-12", 3)})
    with evidence_of(tmp_path, rows, period="2025-01..2025-12") as evidence:
        chapter = overview.write(measured(Brief(evidence, read_context(None, "Saltmarsh"))))
    [table] = [b for b in chapter.blocks if isinstance(b, Table)]
    assert table.title == "Recorded crime by type"
    assert [c.key for c in table.columns] == ["line", "after", "share"]
    assert table.rows == (("Burglary", 108.0, 75.0), ("Robbery", 36.0, 25.0), ("Total recorded crime", 144.0, 100.0))


def test_what_holds_throughout_is_said_in_one_box_and_not_in_every_chapter(assessed: Assessed) -> None:
    boxes = [b.text for c in assessed.assessment.chapters for b in c.blocks if isinstance(b, Box) and b.title == BOX]
    assert sum(sentences()["recorded-not-all"] in text for text in boxes) == 1
    assert all(boxes)


def test_what_depends_on_police_work_is_named_where_it_is_told(assessed: Assessed) -> None:
    told = sentences()["police-activity"]
    assert told.startswith("Drug offences, weapons found and searches")
    with_it = [c.id for c in assessed.assessment.chapters for b in c.blocks if isinstance(b, Box) and told in b.text]
    assert "stop-and-search" in with_it
    assert not {"area", "places", "hotspots", "road-safety"} & set(with_it)


def test_a_clock_is_drawn_once(assessed: Assessed) -> None:
    clocks = [
        (b.source, b.series)
        for c in assessed.assessment.chapters
        for b in c.blocks
        if isinstance(b, Chart) and b.kind == "clock"
    ]
    assert len(clocks) == len({str(clock) for clock in clocks})


def test_weekend_nights_have_one_share_wherever_they_are_told(assessed: Assessed) -> None:
    told = {f.id: f for f in assessed.assessment.figures.values()}
    [theme] = [f for name, f in told.items() if name.endswith("emergency-department-assaults.nights")]
    assert abs(float(theme.answer["share"] or 0) - float(told["times.ed.week"].answer["share"] or 0)) < 0.005


def test_crimes_that_two_files_hold_are_counted_as_one_rise(assessed: Assessed) -> None:
    figure = assessed.figure("changes.all") if "changes.all" in assessed.assessment.figures else None
    table = next(b for b in assessed.chapter("changes").blocks if isinstance(b, Table) and b.id == "changes.moved")
    names = [str(row[0]) for row in table.rows]
    assert "Public order" in names and "Police: Public order" not in names
    assert figure is None or float(figure.answer["rose"] or 0) <= len(names)


def test_a_town_centre_is_set_aside_before_a_rate_is_put_to_deprivation(assessed: Assessed) -> None:
    figure = assessed.figure("places.total-crime.deprivation")
    assert float(figure.answer["centres"] or 0) >= 1
    assert float(figure.answer["times_without"] or 0) != float(figure.answer["times"] or 0)
