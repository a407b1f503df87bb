"""Is each rise or fall real: chance, recording, a step everywhere at once, or one place?"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from goldthread.analysis.real import Explanation, RecordingChange, is_it_real
from goldthread.chapters.brief import ALONE, Brief, Line
from goldthread.chapters.measuring.by_ward import ByWard, by_ward
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.chapters.measuring.trend import NOT_EVENTS, Courses
from goldthread.evidence.periods import Month, Period


@dataclass(frozen=True)
class Asked:
    """What was found of one rise or fall, and the month that position 0 of the explanation stands for."""

    line: str
    explanation: Explanation
    first: Month

    def month(self, at: int) -> Month:
        """The month at a position."""
        return self.first + at


@dataclass(frozen=True)
class Reality:
    """
    Each line that moved by more than chance would usually give, and what may lie behind it.

    `by_place` is what places are: wards. A line whose feed does not know the
    place is read without them. `people` are the residents in the year before
    and in the period; None where no two estimates tell them apart.
    """

    by_line: Mapping[str, Asked] = field(default_factory=dict)
    people: tuple[float, float] | None = None


def measure_reality(brief: Brief) -> Reality:
    """
    For each rise or fall: is it chance, recording, a step in all wards, a category that came or went, or one place?

    Asked of every line that a test standing alone would call changed; whether
    it stands among all tests is for `changes.verdict`. Population is judged where
    estimates of two mid-years came, each nearest to one of the two years.
    """
    lines = brief.found(Lines)
    if len(brief.period) > 12:
        return Reality()
    asked = [
        line
        for line in lines.by_id.values()
        if line.feed.name not in NOT_EVENTS and _moved(brief, line) and not _holed(line, brief)
    ]
    if not asked:
        return Reality()
    wards = by_ward(brief, asked)
    people = people_of(brief)
    return Reality({line.id: _ask(brief, line, wards, people) for line in asked}, people)


def people_of(brief: Brief) -> tuple[float, float] | None:
    """
    Residents in the year before and in the period; None where the same estimate is the nearest to both.

    An estimate is of the middle of its year; one further than a year from the
    middle of what it stands for is none.
    """
    told = {int(y): float(n) for y, n in json.loads(brief.evidence.provenance.get("residents", "{}")).items()}
    nearest = []
    for period in (brief.before, brief.period):
        middle = period.first.year + (period.first.month - 1 + len(period) / 2) / 12
        near = min(told, key=lambda year: abs(year + 0.5 - middle), default=None)
        if near is None or abs(near + 0.5 - middle) > 1:
            return None
        nearest.append(near)
    return (told[nearest[0]], told[nearest[1]]) if nearest[0] != nearest[1] else None


def _moved(brief: Brief, line: Line) -> bool:
    moved = brief.found(Lines).moved.get(line.id)
    return moved is not None and moved.p is not None and moved.p <= ALONE and moved.percent not in (None, 0)


def _holed(line: Line, brief: Brief) -> bool:
    """Whether no month came in both years at all."""
    return bool(np.isnan(line.over(brief.before) + line.over(brief.period)).all())


def _window(brief: Brief, line: Line) -> Period:
    """The months to look at: the run without a hole if it reaches the year before, and that year at least."""
    course = brief.found(Courses).by_line.get(line.id)
    first = course.run.first if course and course.run.first < brief.before.first else brief.before.first
    return Period(first, brief.period.last)


def _ask(brief: Brief, line: Line, wards: ByWard, people: tuple[float, float] | None) -> Asked:
    window = _window(brief, line)
    moved = brief.found(Lines).moved[line.id]
    siblings = _siblings(brief, line)
    places = wards.counts.get(line.id)
    if places is not None:
        places = places[:, window.first - brief.span.first : window.last - brief.span.first + 1]
    explanation = is_it_real(
        line.over(window),
        window.first.first_day,
        series=line.title,
        months=len(brief.period),
        p=moved.p,
        places=places,
        place_names=wards.names if places is not None else (),
        population=people,
        recording=[_as_asked(c.month, c.what, c.effect) for c in recording_changes(brief, line)],
        siblings=np.array([s.over(window) for s in siblings]) if siblings else None,
        sibling_names=[s.title for s in siblings],
    )
    return Asked(line.id, explanation, window.first)


def _as_asked(month: Month, what: str, effect: str) -> RecordingChange:
    on = date(month.year, month.month, 1)
    if effect == "up":
        return RecordingChange(on, what, makes="rise")
    return RecordingChange(on, what, makes="fall") if effect == "down" else RecordingChange(on, what)


def _siblings(brief: Brief, line: Line) -> Sequence[Line]:
    """The other series of the same feed, to or from which rows could have moved; none for a total of them."""
    if line.id == TOTAL:
        return ()
    mine = brief.found(Lines).of_feed(line.feed.name)
    return [s for s in mine if len(s.series) == 1 and (s.feed.name != STREET or ":" not in s.title)]
