"""What is asked for follows from what was found, rests on what came, and is measured by a record that there is."""

from __future__ import annotations

from goldthread.chapters.model import Chapter, Finding
from goldthread.chapters.recommending import MOST_STEADY, ranked
from goldthread.chapters.topics import measure_of, step_of_finding, steps_for

OPEN_DATA = {"police-uk-street"}
HEALTH = OPEN_DATA | {"emergency-department-assaults"}


def found(name: str, topic: str, **other: object) -> Finding:
    known = {"harm": 0.5, "size": 0.5, "certainty": 0.85} | other
    return Finding(f"{topic}.{name}", topic, name, "", "", "", (), "", **known)  # type: ignore[arg-type]


def test_nobody_is_sent_where_the_hospital_points_until_the_hospital_has_said_where() -> None:
    without = steps_for("violence-and-sexual-offences", ("concentrated",), OPEN_DATA)[0].do
    with_health = steps_for("violence-and-sexual-offences", ("concentrated",), HEALTH)[0].do
    assert "hospital both name" in with_health
    assert "both name" not in without


def test_success_is_measured_by_a_record_that_came() -> None:
    assert "treated in hospital, in twelve months" in measure_of("violence-and-sexual-offences", HEALTH)
    assert measure_of("violence-and-sexual-offences", OPEN_DATA).startswith("violent and sexual offences recorded")
    assert measure_of("drugs", OPEN_DATA).startswith("drug offences recorded")


def test_after_a_fall_the_question_is_what_helped() -> None:
    [step] = steps_for("public-order", ("falling",), OPEN_DATA)
    assert step.do.startswith("Ask those who work on public order offences what changed where the fall was largest")


def test_a_change_of_recording_is_settled_before_anything_else_is_done() -> None:
    steps = steps_for("violence-and-sexual-offences", ("recorded-anew", "falling"), OPEN_DATA)
    assert "which months may be compared" in steps[0].do


def test_scrutiny_of_searches_is_measured_by_searches() -> None:
    step = step_of_finding("who-is-searched", "possession-of-weapons")
    assert step is not None and "searches" in step.measure and "force" in step.owner


def test_a_finding_named_for_its_place_has_the_step_of_its_kind() -> None:
    assert step_of_finding("hidden-harbourside", "violence-and-sexual-offences") == step_of_finding(
        "hidden", "violence-and-sexual-offences"
    )
    assert step_of_finding("harmless", "burglary") is None


def test_what_was_found_out_comes_before_counts_that_did_not_move() -> None:
    steady = [found("recorded", t, harm=0.9, size=0.9, steady=True) for t in ("a", "b", "c", "d", "e", "f")]
    told = [found("nights", f"topic{i}", harm=0.7) for i in range(15 - MOST_STEADY)]
    top = ranked([Chapter("x", "X", findings=(*steady, *told))])[:15]
    assert sum(f.steady for f in top) == MOST_STEADY
    assert set(told) <= set(top)


def test_a_large_change_of_a_small_and_slight_crime_stands_below_a_change_that_more_people_feel() -> None:
    slight = found("fell", "a", harm=0.05, size=0.5, change=0.66, certainty=0.95)
    felt = found("fell", "b", harm=0.6, size=0.9, change=0.2, certainty=0.95)
    assert ranked([Chapter("x", "X", findings=(slight, felt))]) == [felt, slight]
