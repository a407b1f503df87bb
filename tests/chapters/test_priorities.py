"""What comes first: scored in the open, steady or not, set aside only with a reason, never below what the law asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from goldthread.analysis.prioritisation import prioritise
from goldthread.chapters import horizon, priorities, prioritisation, triangles
from goldthread.chapters.assembling import assess, measured
from goldthread.chapters.brief import Brief
from goldthread.chapters.context import Context, as_printed, read_context
from goldthread.chapters.model import Box, Bullets, Chapter, Edition, Paragraph, Table
from goldthread.chapters.model.assessment import Partnership
from goldthread.chapters.priorities import fate
from goldthread.chapters.topics import topics
from goldthread.chapters.weighing import Weighing, weigh
from goldthread.evidence.definitions import definition
from tests.chapters.conftest import Assessed
from tests.chapters.evidence_of import evidence_of, monthly, street_row, street_rows

SAID = definition("prioritisation")


@pytest.fixture(scope="module")
def brief(assessed: Assessed) -> Brief:
    return measured(Brief(assessed.evidence, assessed.context))


@pytest.fixture(scope="module")
def weighed(brief: Brief) -> Weighing:
    return weigh(brief, ())


@pytest.fixture
def decided(brief: Brief) -> Callable[..., Weighing]:
    """Weigh anew with what the partnership decided."""

    def with_decisions(*said: Mapping[str, Any]) -> Weighing:
        other = Brief(brief.evidence, replace(brief.context, decisions=said), brief.family, brief.verdicts)
        other.measured = {k: v for k, v in brief.measured.items() if k is not Weighing}
        return weigh(other, ())

    return with_decisions


def table(chapter: Chapter, name: str) -> Table:
    return next(b for b in chapter.blocks if isinstance(b, Table) and b.id == name)


def test_scores_are_the_weighted_mean_of_what_is_known_of_each_issue(weighed: Weighing) -> None:
    weights = np.array([c["weight"] for c in SAID["criteria"]], float)
    for scored in weighed.result.issues:
        values = np.array([np.nan if v is None else v for v in scored.normalised.values()])
        known = ~np.isnan(values)
        if known.any():
            assert scored.score == pytest.approx((values[known] @ weights[known]) / weights[known].sum(), abs=1e-9)
            assert scored.coverage == pytest.approx(weights[known].sum() / weights.sum())


def test_raw_inputs_are_what_was_counted(assessed: Assessed, weighed: Weighing) -> None:
    [(n,)] = assessed.evidence.rows(
        "SELECT sum(n) FROM counts WHERE series = 'Burglary' AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    assert weighed.issues["burglary"].raw["volume"] == float(n)
    shown = table(assessed.chapter("prioritisation"), "prioritisation.inputs")
    assert next(r for r in shown.rows if r[0] == "Burglary")[3] == n
    assert shown.protected


def test_a_change_within_chance_counts_as_none_and_one_that_is_recording_is_left_out(weighed: Weighing) -> None:
    assert weighed.issues["burglary"].raw["trend"] == 0.0
    assert (weighed.issues["shoplifting"].raw["trend"] or 0) > 20
    assert weighed.issues["public-order"].raw["trend"] is None
    assert weighed.issues["public-order"].recorded_otherwise


def test_at_most_six_are_proposed_each_well_known_and_steady_and_the_law_keeps_its_own(weighed: Weighing) -> None:
    assert 0 < len(weighed.proposed) <= 6
    for scored in weighed.proposed:
        assert scored.coverage >= SAID["least_known"] and scored.top_share >= SAID["steady_share"]
    assert {s.issue for s in weighed.floor} == {t.id for t in topics().values() if t.statutory}
    kinds = [{s.issue for s in some} for some in (weighed.proposed, weighed.floor, weighed.watch)]
    assert sum(len(k) for k in kinds) == len(set.union(*kinds))


def test_what_residents_want_first_is_at_least_watched(weighed: Weighing) -> None:
    listed = {s.issue for s in (*weighed.proposed, *weighed.floor, *weighed.watch)}
    assert weighed.wanted and set(weighed.wanted) <= listed


def test_a_rank_set_with_a_reason_is_printed_beside_the_score_and_one_without_is_refused(
    decided: Callable[..., Weighing],
) -> None:
    told = {"topic": "road-safety", "rank": 2, "reason": "Two deaths since December.", "by": "Executive Board"}
    moved = decided(told)
    scored = moved.scored("road-safety")
    assert scored.final_rank == 2 and scored.rank > 2
    assert "road-safety" in {s.issue for s in moved.proposed}
    assert "set by Executive Board: Two deaths since December" in priorities.reasons(moved, scored)
    for lacking in ({"reason": ""}, {"by": ""}, {"rank": 99}, {"topic": "piracy"}):
        refused = decided({**told, **lacking})
        assert len(refused.refused) == 1 and "so its score stands" in refused.refused[0]
        assert refused.scored("road-safety").final_rank == refused.scored("road-safety").rank


@pytest.mark.parametrize(
    ("topic", "done", "begins"),
    [
        ("shoplifting", "Keep it: not all done", "Keep: it stands among those proposed"),
        ("shoplifting", "Change it: done, and not on target", "Change: it stands among those proposed"),
        ("shoplifting", "Consider ending it: done, and on target", "Keep, with new aims"),
        ("domestic-abuse", "Keep it: not all done", "Keep: the law keeps it in view"),
        ("anti-social-behaviour", "Keep it: not all done", "Change: not among those proposed, but to be watched"),
        ("burglary", "Keep it: not all done", "End as a priority"),
        ("not-an-issue", "Keep it: not all done", "End as a priority"),
    ],
)
def test_a_current_priority_is_kept_changed_or_ended_by_what_was_done_and_where_it_stands(
    weighed: Weighing, topic: str, done: str, begins: str
) -> None:
    assert fate(weighed, topic, done).startswith(begins)


def test_current_priorities_that_are_not_kept_are_put_to_the_board(assessed: Assessed) -> None:
    [asked] = [r for r in assessed.assessment.recommendations if r.text.startswith("Decide which current")]
    assert "Safer homes" in asked.text and "Safer nights out" not in asked.text
    assert any("burglary" in name for name in asked.findings)


def test_every_proposed_and_statutory_priority_names_its_findings_by_their_ids(assessed: Assessed) -> None:
    rests = table(assessed.chapter("priorities"), "priorities.rests-on")
    known = {f.id for f in assessed.assessment.findings}
    for row in rests.rows:
        if row[1] != "No finding of its own":
            assert any(f"({name})" in str(row[1]) for name in known)


def test_the_public_is_told_in_one_paragraph_what_comes_first(assessed: Assessed) -> None:
    told = [b for b in assessed.chapter("priorities").blocks if Edition.PUBLIC in b.editions]
    assert len(told) == 1 and isinstance(told[0], Paragraph) and "stealing from shops" in told[0].text


def test_nothing_that_can_be_scored_gives_no_order_and_says_so(tmp_path: Path) -> None:
    brief = Brief(evidence_of(tmp_path, [street_row(1, "2025-06", "Burglary")]), Context(Partnership("Saltmarsh")))
    nothing = {t: i for t, i in weigh(brief, ()).issues.items()}
    assert set(nothing) == {t.id for t in topics().values() if t.statutory}
    assert prioritisation.write(brief, ()).missing and priorities.write(brief, ()).missing


def test_one_year_of_open_data_still_gives_an_order_without_a_change(tmp_path: Path) -> None:
    counts = {"Burglary": monthly("2025-01..2025-12", 20), "Robbery": monthly("2025-01..2025-12", 4)}
    with evidence_of(tmp_path, street_rows(counts), period="2025-01..2025-12") as evidence:
        assessment = assess(evidence, read_context(None, "Saltmarsh"))
    chapter = next(c for c in assessment.chapters if c.id == "prioritisation")
    inputs = {r[0]: r for r in table(chapter, "prioritisation.inputs").rows}
    assert inputs["Burglary"][3] == 240 and inputs["Burglary"][4] is None


def test_a_plain_second_version_puts_two_issues_in_the_same_order() -> None:
    from goldthread.analysis.prioritisation import Criterion

    found = prioritise(["a", "b"], [Criterion("harm", 1.0), Criterion("volume", 1.0)], [[1.0, 5.0], [2.0, np.nan]])
    assert [(s.issue, s.score) for s in found.issues] == [("b", 1.0), ("a", 0.25)]


def test_a_side_of_the_triangle_has_its_figure_or_the_question_to_ask(assessed: Assessed) -> None:
    chapter = assessed.chapter("triangles")
    complete = {r[0]: r for r in table(chapter, "triangles.completeness").rows}
    assert complete["Shop theft"][1] == "To be asked" and complete["Shop theft"][3] == "Known"
    items = [i for b in chapter.blocks if isinstance(b, Bullets) for i in b.items]
    assert any("Which shops lose the most" in i and "{{" not in i for i in items)
    for figure in chapter.figures:
        assert figure.protected or figure.id.endswith("-place")
    known = sum(1 for r in complete.values() for cell in r[1:4] if cell == "Known")
    assert known == len(chapter.figures)


def test_places_of_the_triangle_are_what_the_evidence_counts(assessed: Assessed) -> None:
    [(n,)] = assessed.evidence.rows(
        "SELECT sum(n) FROM counts JOIN places USING (lsoa) WHERE series = 'Shoplifting' "
        "AND ward_name = 'Old Town and Quay' AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    assert assessed.number("triangles.shoplifting-place", "in_ward") == float(n)


def test_with_no_priority_there_is_no_triangle(tmp_path: Path, weighed: Weighing) -> None:
    brief = Brief(evidence_of(tmp_path, [street_row(1, "2025-06", "Burglary")]), Context(Partnership("Saltmarsh")))
    brief.measured[Weighing] = replace(weighed, result=replace(weighed.result, issues=()))
    assert triangles.write(brief, ()).missing


@pytest.mark.parametrize(
    ("likelihood", "impact", "score", "band"),
    [(5, 4, 20, "extreme"), (4, 3, 12, "high"), (3, 3, 9, "moderate"), (2, 2, 4, "low"), (6, 1, None, "not scored")],
)
def test_what_is_coming_is_scored_by_likelihood_times_impact(
    likelihood: int, impact: int, score: int | None, band: str
) -> None:
    found = horizon.score({"likelihood": likelihood, "impact": impact})
    assert (found, horizon.band(found)) == (score, band)


def test_the_horizon_is_in_order_of_score_and_touches_current_priorities(assessed: Assessed) -> None:
    shown = table(assessed.chapter("horizon"), "horizon.table")
    scores = [row[6] for row in shown.rows]
    assert scores == sorted(scores, key=lambda s: -float(s or 0))
    assert any("(a current priority)" in str(row[8]) for row in shown.rows)


def test_braces_in_the_partnership_file_are_printed_and_not_taken_for_figures() -> None:
    assert as_printed({"said": ["{{burglary.change:n:n}} **here**"]}) == {"said": ["{burglary.change:n:n} *here*"]}


def test_the_grid_says_how_sure_it_is_beside_and_not_inside_the_score(assessed: Assessed) -> None:
    grid = table(assessed.chapter("prioritisation"), "prioritisation.grid")
    for row in grid.rows:
        assert row[3] == int(str(row[1])) * int(str(row[2]))
    abuse = next(r for r in grid.rows if r[0] == "Domestic abuse")
    assert abuse[4] == "Very high" and abuse[5] == "Low"


def test_what_the_score_does_not_know_is_said(assessed: Assessed) -> None:
    boxes = [b.text for b in assessed.chapter("prioritisation").blocks if isinstance(b, Box)]
    assert any("less than half of what is scored is known" in b for b in boxes)
    assert any("The change of public order offences is left out" in b for b in boxes)
