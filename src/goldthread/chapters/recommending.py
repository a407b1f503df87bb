"""What the partnership is asked to do: each step owned, dated, measurable, and tied to the findings it answers."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Finding, Recommendation
from goldthread.chapters.topics import measure_of, steps_for, topics
from goldthread.chapters.words import month

MOST = 15
SOON, LATER = 6, 12  # months after the last month of data: governance and data are quicker than prevention
QUICK = {"governance", "data", "enforcement"}


def recommend(brief: Brief, findings: Sequence[Finding]) -> tuple[Recommendation, ...]:
    """
    Number what the findings ask for, the highest ranked first.

    Findings that ask for the same step share one recommendation, so that every
    one of the top findings has its answer and nothing is asked twice.
    """
    wanted: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings[:MOST]:
        wanted.setdefault((finding.topic, finding.recommendation), []).append(finding)
    made = []
    for number, ((topic, text), behind) in enumerate(wanted.items(), start=1):
        kind = _kind(topic, text)
        due = brief.period.last + (SOON if kind in QUICK else LATER)
        made.append(
            Recommendation(
                number=number,
                text=text,
                owner=behind[0].owner,
                by_when=month(str(due)),
                measure=measure_of(topic) or "A report to the Executive Board that says whether it was done",
                findings=tuple(f.id for f in behind),
                kind=kind,
            )
        )
    return tuple(made)


def _kind(topic: str, text: str) -> str:
    steps = steps_for(topic, ("rising", "high", "concentrated", "stable")) if topic in topics() else []
    return next((s.kind for s in steps if f"{s.do}." == text), "prevention")
