"""Findings made the same way everywhere: how sure, how large, how harmful, how changed, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Finding
from goldthread.chapters.topics import Step, Topic, step_of_finding, steps_for

# How sure: the test stands among all the report's tests, would stand alone, describes a count, or is weak.
STANDS, COUNTED, ALONE, WEAK = 0.95, 0.85, 0.55, 0.3


def step_to_take(brief: Brief, topic: Topic, name: str, states: Sequence[str]) -> Step | None:
    """What a finding asks for: by its name where that has a step, else by the states of its evidence."""
    mine = step_of_finding(name, topic.id)
    if mine is not None and mine.makes_sense(brief.evidence.feeds):
        return mine
    return next(iter(steps_for(topic.id, [*states, "stable"], brief.evidence.feeds)), None)


def finding(
    brief: Brief,
    topic: Topic,
    name: str,
    *,
    title: str,
    statement: str,
    so_what: str,
    figures: Sequence[str],
    states: Sequence[str] = (),
    harm: float = 0.0,
    size: float = 0.0,
    change: float = 0.0,
    certainty: float = COUNTED,
    public: str = "",
) -> Finding:
    """
    A finding about a topic, with the step that its evidence points to and the role that answers for it.

    `name` is unique within the topic: the id is `topic.name`. `states` are those
    of the evidence (rising, high, concentrated). `harm`, `size` and `change` run
    from 0 to 1.
    """
    step = step_to_take(brief, topic, name, states)
    return Finding(
        id=f"{topic.id}.{name}",
        topic=topic.id,
        title=title,
        statement=statement,
        so_what=so_what,
        recommendation=f"{step.do}." if step else f"Keep {topic.subject} under review at each meeting of its group.",
        figures=tuple(figures),
        owner=(step.owner if step else "") or brief.context.owner_of(topic.id, topic.owner),
        harm=min(max(harm, 0.0), 1.0),
        size=min(max(size, 0.0), 1.0),
        change=min(max(change, 0.0), 1.0),
        certainty=certainty,
        public=public,
    )
