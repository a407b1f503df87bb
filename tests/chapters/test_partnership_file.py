"""The partnership file: read as it is written, and each fault said in one sentence that names its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from goldthread.chapters.context import read_context
from goldthread.chapters.current_priorities import on_target, verdict_of
from goldthread.evidence.trouble import BadRequest
from tests.chapters.conftest import Assessed

PRIORITY = "current_priorities:\n  - {id: a, title: Safer nights, "


def read(to: Path, text: str) -> str:
    path = to / "partnership.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadRequest) as refused:
        read_context(path, "Saltmarsh")
    return str(refused.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- a list", "does not name a partnership"),
        ("intervention: []", "Did you mean “interventions”?"),
        ("interventions: Gates", "partnership.yaml, interventions: expected a list"),
        ("interventions:\n  - Gates", "interventions, entry 1: expected names and values"),
        ("horizon:\n  - {title: One}\n  - {what: Two}", "horizon, entry 2: it has no title"),
        ("owners: [burglary]", "owners: expected names and values"),
        ("recording_changes:\n  - {month: March 2025, what: A change.}", "“March 2025” in month is not a month"),
        (f"{PRIORITY}measures: [{{title: Assaults, target: fewer}}]}}", "the target of “Assaults” is not a number"),
        (f"{PRIORITY}measures: [{{title: Assaults, baseline: {{value: many}}}}]}}", "the baseline of “Assaults”"),
        (f"{PRIORITY}actions: [{{owner: Nobody}}]}}", "each action needs a title"),
        ("partnership: {name: [unclosed", "is not YAML that can be read"),
    ],
)
def test_a_fault_is_said_with_its_place_and_what_was_expected(tmp_path: Path, text: str, says: str) -> None:
    said = read(tmp_path, text)
    assert says in said and said.startswith("partnership.yaml")


def test_an_empty_part_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    path = tmp_path / "partnership.yaml"
    path.write_text("partnership:\nhorizon:\nowners:\n", encoding="utf-8")
    context = read_context(path, "Saltmarsh")
    assert context.supplied and context.horizon == () and context.partnership.name.startswith("Saltmarsh")


def test_a_series_written_as_one_word_is_a_list_of_one(tmp_path: Path) -> None:
    path = tmp_path / "partnership.yaml"
    path.write_text("interventions:\n  - {id: a, title: Gates, series: Burglary}\n", encoding="utf-8")
    assert read_context(path, "Saltmarsh").interventions[0]["series"] == ["Burglary"]


@pytest.mark.parametrize(
    ("actions", "complete", "measured", "met", "begins"),
    [
        (2, 2, 1, 1, "Consider ending it"),
        (2, 2, 1, 0, "Change it"),
        (2, 1, 1, 1, "Keep it: on target"),
        (2, 1, 1, 0, "Keep it: not all done"),
        (0, 0, 0, 0, "Not enough was recorded"),
    ],
)
def test_what_is_proposed_for_a_priority_follows_from_what_was_done_and_met(
    actions: int, complete: int, measured: int, met: int, begins: str
) -> None:
    answer = {"actions": actions, "complete": complete, "measured": measured, "met": met}
    assert verdict_of(answer).startswith(begins)


def test_a_target_is_met_in_the_direction_that_was_promised() -> None:
    assert on_target({"target": 60, "direction": "up"}, 61.0) is True
    assert on_target({"target": 60, "direction": "down"}, 61.0) is False
    assert on_target({"target": 60}, None) is None and on_target({}, 5.0) is None


def test_the_reading_of_a_measure_is_what_the_evidence_counts(assessed: Assessed) -> None:
    [(n,)] = assessed.evidence.rows(
        "SELECT sum(n) FROM counts WHERE series = 'Burglary' AND month BETWEEN '2025-01-01' AND '2025-12-01'"
    )
    blocks = assessed.chapter("current-priorities").blocks
    rows = [r for b in blocks if getattr(b, "id", "") == "current-priorities.safer-homes.measures" for r in b.rows]  # type: ignore[attr-defined]
    assert rows == [("Burglaries in the open data", 687.0, float(n), 620.0, "Not on target")]
