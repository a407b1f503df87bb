"""Findings made the same way everywhere: how sure, how large, how harmful, how changed, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Finding
from goldthread.chapters.topics import Topic, steps_for

# How sure: the test stands among all the report's tests, would stand alone, describes a count, or is weak.
STANDS, COUNTED, ALONE, WEAK = 0.95, 0.85, 0.55, 0.3


def recommended(brief: Brief, topic: Topic, states: Sequence[str]) -> str:
    """The first thing that the evidence points to for a topic, as a sentence; the partnership may change it."""
    steps = steps_for(topic.id, [*states, "stable"])
    return f"{steps[0].do}." if steps else f"Keep {topic.subject} under review at each meeting of its group."


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
    return Finding(
        id=f"{topic.id}.{name}",
        topic=topic.id,
        title=title,
        statement=statement,
        so_what=so_what,
        recommendation=recommended(brief, topic, states),
        figures=tuple(figures),
        owner=brief.context.owner_of(topic.id, topic.owner),
        harm=min(max(harm, 0.0), 1.0),
        size=min(max(size, 0.0), 1.0),
        change=min(max(change, 0.0), 1.0),
        certainty=certainty,
        public=public,
    )
