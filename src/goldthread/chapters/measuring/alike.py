"""Where recording changed between the two years: the months recorded alike in both, compared by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from goldthread.analysis.change import Change, compare_months
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.evidence.periods import Month
from goldthread.evidence.store import Numbers

PERCENT = 20  # recorded in the earlier months, below which no percentage is given
FEWEST = 3  # matched months below which the rest of the year cannot be told from one odd month


@dataclass(frozen=True)
class Alike:
    """
    One line over the months of the period whose partner a year before was recorded in the same way.

    `first` and `last` are months of the period, `months` how many lie between
    them and came in both years. `percent` with its interval is the change over
    those alone, and `test` its place in the report's family.
    """

    line: str
    first: Month
    last: Month
    months: int
    before: float
    after: float
    percent: float
    low: float
    high: float
    p: float
    test: str


@dataclass(frozen=True)
class AlikeMonths:
    """Each line whose recording changed and of which enough months were recorded alike, by its id."""

    by_line: Mapping[str, Alike] = field(default_factory=dict)


def measure_alike(brief: Brief) -> AlikeMonths:
    """
    Did a line whose recording changed also change over the months that were recorded alike in both years?

    A month and the same month a year before are alike unless a known change of
    recording falls after the earlier and not after the later. The longest run
    of such months is compared, when it has three or more. Each is one test of
    the report's family.
    """
    lines = list(brief.found(Lines).by_id.values())
    runs = {line.id: run for line in lines if (run := _run(brief, line)) is not None}
    mates = [line for line in lines if any(line.feed.name == brief.found(Lines).by_id[i].feed.name for i in runs)]
    if not mates:
        return AlikeMonths()
    # What months have in common is learnt from every line of the feed, as it is for whole years.
    then, now = (
        np.array([_kept(line.over(p), runs.get(line.id)) for line in mates]) for p in (brief.before, brief.period)
    )
    change = compare_months(then, now)
    found = {}
    for at, line in enumerate(mates):
        if line.id in runs and bool(change.enough[at]) and change.months[at] >= FEWEST and change.before[at] >= PERCENT:
            made = _made(brief, line, runs[line.id], change, at)
            brief.enter(made.test, made.p)
            found[line.id] = made
    return AlikeMonths(found)


def _kept(counts: Numbers, run: tuple[int, int] | None) -> Numbers:
    """The counts of the run, the others as if they had not come; all where there is no run."""
    if run is None:
        return counts
    out = np.full(counts.size, np.nan)
    out[run[0] : run[1] + 1] = counts[run[0] : run[1] + 1]
    return out


def _run(brief: Brief, line: Line) -> tuple[int, int] | None:
    """The first and last position in the period of the longest run of months alike; None where all or few are."""
    changes = [c.month for c in recording_changes(brief, line)]
    if not changes or len(brief.period) > 12:
        return None
    alike = [
        not any(then < change <= now for change in changes)
        for then, now in zip(brief.before, brief.period, strict=True)
    ]
    runs, start = [], 0
    for at, same in enumerate([*alike, False]):
        if not same:
            runs.append((at - start, start, at - 1))
            start = at + 1
    length, first, last = max(runs, key=lambda r: (r[0], r[1]))
    return (first, last) if FEWEST <= length < len(alike) else None


def _made(brief: Brief, line: Line, run: tuple[int, int], change: Change, at: int) -> Alike:
    return Alike(
        line=line.id,
        first=brief.period.first + run[0],
        last=brief.period.first + run[1],
        months=int(change.months[at]),
        before=float(change.before[at]),
        after=float(change.after[at]),
        percent=float(change.percent[at]),
        low=float(change.percent_low[at]),
        high=float(change.percent_high[at]),
        p=float(change.p[at]),
        test=f"alike.{line.id}",
    )
