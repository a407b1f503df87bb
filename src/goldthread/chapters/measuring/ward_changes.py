"""Which ward, if any, moved by more than chance within each line: one question a line, however many wards there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from goldthread.analysis.change.ratios import percent_change
from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.measuring.by_ward import by_ward
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.place_changes import chances
from goldthread.evidence.periods import Period
from goldthread.evidence.store import Numbers

MOST = 3  # wards of one line that are named
SIZEABLE = 20  # in the year before or after, below which a ward is not worth naming


@dataclass(frozen=True)
class WardChange:
    """
    The ward in which a line moved furthest beyond chance, whether up or down, and how many wards were asked.

    `percent` is None where the year before had fewer than twenty; `p` allows
    for having looked at every ward. `others` are further wards of which that
    holds as well, each with its counts before and after, the surest first.
    """

    line: str
    ward: str
    before: float
    after: float
    percent: float | None
    wards: int
    p: float
    test: str
    others: tuple[tuple[str, float, float], ...] = ()


@dataclass(frozen=True)
class WardChanges:
    """Each line of police.uk of which wards could be asked, by its id."""

    by_line: Mapping[str, WardChange] = field(default_factory=dict)


def measure_ward_changes(brief: Brief) -> WardChanges:
    """
    Did any one ward rise or fall by more than chance, line by line?

    Each ward's months are set against the same months of the year before (see
    `place_changes.chances`), and the least p is multiplied by the number of
    wards that were asked (Bonferroni), so that each line is one test of the
    report's family. Wards with fewer than twenty in both years are not named.
    """
    lines = [line for line in brief.found(Lines).of_feed(STREET) if ":" not in line.title and line.id != TOTAL]
    wards = by_ward(brief, lines)
    found = {}
    for line in lines:
        counts = wards.counts.get(line.id)
        if counts is None:
            continue
        before, after = (_over(brief, counts, period) for period in (brief.before, brief.period))
        p = chances(before, after)
        both = ~np.isnan(before) & ~np.isnan(after)
        was, now = (np.where(both, counted, 0.0).sum(axis=1) for counted in (before, after))
        p[np.maximum(was, now) < SIZEABLE] = np.nan
        asked = int((~np.isnan(p)).sum())
        if not asked:
            continue
        order = [int(i) for i in np.argsort(p, kind="stable") if p[i] * asked <= ALONE][:MOST]
        at = int(np.nanargmin(p))
        change = float(percent_change(was[at : at + 1], now[at : at + 1])[0])
        made = WardChange(
            line=line.id,
            ward=wards.names[at],
            before=float(was[at]),
            after=float(now[at]),
            percent=None if np.isnan(change) else change,
            wards=asked,
            p=min(1.0, float(p[at]) * asked),
            test=f"wards.{line.id}",
            others=tuple((wards.names[i], float(was[i]), float(now[i])) for i in order if i != at),
        )
        brief.enter(made.test, made.p)
        found[line.id] = made
    return WardChanges(found)


def _over(brief: Brief, counts: Numbers, period: Period) -> Numbers:
    """(wards, months of a period), NaN where the evidence does not reach."""
    out = np.full((counts.shape[0], len(period)), np.nan)
    for i, month in enumerate(period):
        if month in brief.span:
            out[:, i] = counts[:, month - brief.span.first]
    return out
