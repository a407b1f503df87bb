"""Every line the assessment follows, and whether each rose or fell between the period and the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.change import Change, compare_months
from goldthread.chapters.brief import Brief, Line, slugs
from goldthread.evidence.building.incidents import forces_without_area
from goldthread.evidence.feeds import Feed

STREET = "police-uk-street"
ASB = "Anti-social behaviour"
TOTAL = "total-crime"


@dataclass(frozen=True)
class Moved:
    """
    How one line changed between the two periods, like months with like.

    `percent` and its ends are None where the earlier count is below twenty.
    `p` is None where too few months differ to tell. `test` names the test in
    the report's family.
    """

    before: float
    after: float
    months: int
    percent: float | None
    low: float | None
    high: float | None
    p: float | None
    test: str


@dataclass(frozen=True)
class Lines:
    """Every line by id, and how each moved; a line with no earlier months is not in `moved`."""

    by_id: Mapping[str, Line]
    moved: Mapping[str, Moved]

    def of_feed(self, feed: str) -> list[Line]:
        """The lines of one feed, most rows in the evidence first."""
        mine = [line for line in self.by_id.values() if line.feed.name == feed]
        return sorted(mine, key=lambda line: (-float(np.nansum(line.counts)), line.id))


def _lines_of(brief: Brief, feed: Feed) -> list[Line]:
    """A line for each series of a feed; police.uk's have the plain names, because every report uses them."""
    evidence, span = brief.evidence, brief.span
    series = evidence.series_of(feed.name)
    counts = evidence.monthly(feed.name, series, span)
    prefix = "" if feed.name == STREET else f"{feed.name}."
    named = zip(slugs(series), series, counts, strict=True)
    lines = [Line(prefix + one, s, feed, (s,), span, n) for one, s, n in named]
    if feed.name != STREET:
        return lines
    apart = tuple(f"{name}:" for name in forces_without_area())
    crimes = [line for line in lines if line.title != ASB and not line.title.startswith(apart)]
    if not crimes:
        return lines
    total = np.sum([line.counts for line in crimes], axis=0)
    return [Line(TOTAL, "Total recorded crime", feed, tuple(line.title for line in crimes), span, total), *lines]


def _one(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _moved(changes: Change, at: int, test: str) -> Moved:
    return Moved(
        float(changes.before[at]),
        float(changes.after[at]),
        int(changes.months[at]),
        _one(changes.percent[at]),
        _one(changes.percent_low[at]),
        _one(changes.percent_high[at]),
        _one(changes.p[at]),
        test,
    )


def measure_lines(brief: Brief) -> Lines:
    """
    How did each line change from the same months a year before?

    All lines are compared at once, because what months have in common is
    learnt from all of them; each is one test of the report's family. A line
    without matching earlier months is not compared.
    """
    feeds = [f for f in brief.evidence.feeds.values() if f.kind == "incident"]
    lines = [line for feed in feeds for line in _lines_of(brief, feed)]
    moved = compare(brief, lines, "change")
    return Lines({line.id: line for line in lines}, moved)


def compare(brief: Brief, lines: Sequence[Line], named: str) -> dict[str, Moved]:
    """Compare these lines with the year before, each entered in the family as `named`.`id`."""
    if not lines:
        return {}
    before = np.array([line.over(brief.before) for line in lines])
    after = np.array([line.over(brief.period) for line in lines])
    matched = ~np.isnan(before) & ~np.isnan(after)
    there = [i for i in range(len(lines)) if matched[i].any()]
    if not there:
        return {}
    changes = compare_months(before[there], after[there])
    moved = {}
    for at, i in enumerate(there):
        test = f"{named}.{lines[i].id}"
        brief.enter(test, float(changes.p[at]))
        moved[lines[i].id] = _moved(changes, at, test)
    return moved
