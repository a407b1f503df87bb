"""What was tried: compared with its control, called no more than the evidence bears, and refused when it cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from goldthread.chapters import interventions
from goldthread.chapters.brief import Brief
from goldthread.chapters.context import Context
from goldthread.chapters.measuring.tried import AllTried, Tried, measure_tried, spans
from goldthread.chapters.model import Box, Chapter, Paragraph, Table
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.periods import Month, period_from
from goldthread.evidence.store import Evidence
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_row, street_rows

THERE, CONTROL, NEXT_DOOR = small_areas()[:3]
PAID = {
    "id": "gates",
    "title": "Gates",
    "topic": "burglary",
    "series": ["Burglary"],
    "start": "2025-01",
    "area": [THERE[0]],
    "control": [CONTROL[0]],
    "cost": 5000,
}


def evidence(to: Path, there: int, control: int, next_door: int = 12) -> Evidence:
    """Twelve burglaries a month in each of three small areas in 2024, and so many in 2025."""
    rows = []
    for place, later in ((THERE, there), (CONTROL, control), (NEXT_DOOR, next_door)):
        counts = {**monthly("2023-01..2024-12", 12, 15, 9), **monthly("2025-01..2025-12", later, later + 1, later - 1)}
        rows += street_rows({"Burglary": counts}, place)
    return evidence_of(to, rows, period="2025-01..2025-12")


def measured(evidence: Evidence, *said: Mapping[str, Any]) -> Brief:
    brief = Brief(evidence, Context(Partnership("Saltmarsh"), interventions=said))
    brief.measured[AllTried] = measure_tried(brief)
    brief.settle()
    return brief


def text(chapter: Chapter) -> str:
    figures = {f.id: f for f in chapter.figures}
    parts = [b.text for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    return " ".join(plain(resolve(p, figures)) for p in parts)


@pytest.fixture(scope="module")
def fell(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence(tmp_path_factory.mktemp("fell"), there=4, control=12)


@pytest.fixture(scope="module")
def level(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    return evidence(tmp_path_factory.mktemp("level"), there=11, control=12)


def test_a_fall_beyond_the_control_is_said_with_its_range_and_never_as_a_cause(fell: Evidence) -> None:
    chapter = interventions.write(measured(fell, PAID))
    said = text(chapter)
    assert "burglary went from 144 in January to December 2024 to 48 in January to December 2025" in said
    assert "a fall of 67% against the control" in said and "what one would see had it worked" in said
    assert "Net of the control there were 96 fewer" in said and "were it the cause" in said
    assert [f.certainty for f in chapter.findings] == [0.95]
    assert "caused" not in chapter.findings[0].statement


def test_no_difference_is_said_to_show_no_effect_and_to_rule_none_out(level: Evidence) -> None:
    chapter = interventions.write(measured(level, PAID))
    assert "no effect is shown, and none is ruled out" in text(chapter)
    assert chapter.findings[0].certainty < 0.5 and not chapter.findings[0].public


def test_without_a_control_a_fall_shows_no_cause_and_the_figure_says_so(fell: Evidence) -> None:
    alone = {k: v for k, v in PAID.items() if k != "control"}
    chapter = interventions.write(measured(fell, alone))
    assert "without a control it shows no cause" in text(chapter)
    assert "not-causal" in chapter.figures[0].caveats
    assert chapter.figures[0].question.endswith("rate_ratio")


def test_what_moved_next_door_is_asked_only_where_a_place_beside_it_was_named(fell: Evidence) -> None:
    assert "No places beside it were named" in text(interventions.write(measured(fell, PAID)))
    beside = {**PAID, "buffer": [NEXT_DOOR[0]]}
    assert "Next door there were 144 before" in text(interventions.write(measured(fell, beside)))


def test_a_place_picked_on_the_months_before_carries_the_warning(fell: Evidence) -> None:
    picked = {**PAID, "chosen_on": {"from": "2024-06", "to": "2024-12"}}
    assert "a place picked at its worst" in text(interventions.write(measured(fell, picked)))
    early = {**PAID, "chosen_on": {"from": "2022-06", "to": "2022-12"}}
    assert "at its worst" not in text(interventions.write(measured(fell, early)))
    assert "It was not supplied on which months" in text(interventions.write(measured(fell, PAID)))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"series": ["Fly-tipping"]}, "No data set that came holds Fly-tipping"),
        ({"start": ""}, "first month was not supplied"),
        ({"area": ["E01000001"]}, "None of the small areas that it names is in this area"),
        ({"start": "2023-01"}, "no like months before and after"),
    ],
)
def test_what_cannot_be_measured_says_why_and_is_a_gap(fell: Evidence, change: dict[str, Any], why: str) -> None:
    chapter = interventions.write(measured(fell, {**PAID, **change}))
    assert why in text(chapter)
    assert len(chapter.gaps) == 1 and not chapter.findings
    [table] = [b for b in chapter.blocks if isinstance(b, Table)]
    assert table.rows[0][-1] == "Could not be measured"


def test_months_are_compared_in_whole_years_or_month_for_month_and_never_across_a_hole() -> None:
    came = list(period_from("2022-01..2025-12"))
    before, after = spans(Month(2024, 7), Month(2025, 12), came)
    assert (str(before), str(after)) == ("2023-07..2024-06", "2024-07..2025-06")
    before, after = spans(Month(2025, 10), Month(2025, 12), came)
    assert (str(before), str(after)) == ("2024-10..2024-12", "2025-10..2025-12")
    holed = [m for m in came if m != Month(2024, 11)]
    assert spans(Month(2025, 10), Month(2025, 12), holed) == (None, None)


def test_with_nothing_tried_the_chapter_says_so(tmp_path: Path) -> None:
    with evidence_of(tmp_path, [street_row(1, "2025-06", "Burglary")], period="2025-01..2025-12") as few:
        chapter = interventions.write(measured(few))
    assert chapter.missing == "No intervention was named in the partnership file." and len(chapter.gaps) == 1


def test_counts_in_the_table_are_what_the_evidence_file_counts(assessed: Assessed) -> None:
    said = next(i for i in assessed.context.interventions if i["id"] == "gated-alleys")
    marks = ", ".join("?" for _ in said["area"])
    [(n,)] = assessed.evidence.rows(
        f"SELECT sum(n) FROM counts WHERE series = 'Burglary' AND lsoa IN ({marks}) "
        "AND month BETWEEN '2025-01-01' AND '2025-12-01'",
        said["area"],
    )
    assert assessed.number("interventions.gated-alleys", "treated_after") == float(n)


def test_every_comparison_is_a_test_of_the_report(fell: Evidence) -> None:
    brief = measured(fell, PAID)
    [tried] = brief.found(AllTried).tried
    assert isinstance(tried, Tried) and tried.tests == ("tried.gates", "tried.gates.course")
    assert brief.verdicts is not None and set(tried.tests) <= set(brief.verdicts)
