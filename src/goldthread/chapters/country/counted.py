"""Every authority's counts, month by month and small area by small area, with the months that did not come as holes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.chapters.brief import slug, slugs
from goldthread.chapters.measuring.lines import ASB, STREET, TOTAL
from goldthread.evidence.building.incidents import forces_without_area
from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.store import Evidence, Numbers

# A month with less than this share of an authority's middle month, or an authority with less than this share of the
# usual rate, is not its own: it is what other forces recorded across the border.
HOLE = 0.2
BUSY = 20.0  # rows a month, below which a quiet month may be what happened
LATEST = 36  # months back that warnings learn from


@dataclass(frozen=True)
class Authority:
    """An authority: its code, name and force, and its residents (NaN when not known)."""

    code: str
    name: str
    force: str
    people: float


@dataclass(frozen=True)
class Line:
    """One thing that is counted in every authority; `series` are those of the feed that it adds up."""

    id: str
    title: str
    feed: Feed
    series: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """
    Counts by authority, line and month of `span`; a month that did not come is NaN.

    `places` has, for each line whose concentration is measured, the counts of
    the period by small area, an array an authority in the order of `authorities`;
    small areas with nothing are among them. `unserved` are authorities that no
    force of these files serves: they have stray rows, and nothing is said of them.
    """

    authorities: tuple[Authority, ...]
    lines: tuple[Line, ...]
    span: Period
    period: Period
    months: Numbers
    places: Mapping[str, Sequence[NDArray[np.int64]]]
    unserved: tuple[Authority, ...] = ()

    def over(self, period: Period) -> Numbers:
        """The counts of these months; NaN where the evidence does not reach."""
        out = np.full((*self.months.shape[:2], len(period)), np.nan)
        for i, month in enumerate(period):
            if month in self.span:
                out[:, :, i] = self.months[:, :, month - self.span.first]
        return out


def count_country(evidence: Evidence) -> Counted:
    """What was counted in every authority that rows lie in, of every open feed of incidents?"""
    period = evidence.period
    feeds = [f for f in evidence.feeds.values() if f.kind == "incident" and f.disclosure == "open"]
    everyone = _authorities(evidence)
    at = {a.code: i for i, a in enumerate(everyone)}
    first = min((evidence.months_of(f.name)[0] for f in feeds), default=period.first)
    span = Period(max(min(first, period.first), period.last + -(LATEST - 1)), period.last)
    lines: list[Line] = []
    tables: list[Numbers] = []
    for feed in feeds:
        named, table = _of_feed(evidence, feed, at, span)
        _leave_out_holes(table, np.array([a.people for a in everyone]))
        more, total = _totalled(feed, named, table)
        lines += [*more, *named]
        tables += [total, table]
    months = np.concatenate(tables, axis=1) if tables else np.zeros((len(everyone), 0, len(span)))
    kept = [i for i in range(len(everyone)) if not np.isnan(months[i]).all()]
    whole = tuple(everyone[i] for i in kept)
    unserved = tuple(a for a in everyone if a not in whole)
    places = _by_place(evidence, whole, lines, period)
    return Counted(whole, tuple(lines), span, period, months[kept], places, unserved)


def _authorities(evidence: Evidence) -> list[Authority]:
    """Those that rows lie in; their people are those of their small areas, unless only the whole is known."""
    found = evidence.rows(
        """
        SELECT c.authority, any_value(a.name), any_value(a.force),
               coalesce(any_value(p.people), any_value(a.population))
        FROM (SELECT DISTINCT authority FROM comparators) c LEFT JOIN authorities a USING (authority)
        LEFT JOIN (SELECT authority, sum(population) AS people FROM places GROUP BY 1) p USING (authority)
        GROUP BY 1 ORDER BY 1
        """
    )
    return [Authority(c, n or c, f or "", np.nan if people is None else float(people)) for c, n, f, people in found]


def _of_feed(evidence: Evidence, feed: Feed, at: Mapping[str, int], span: Period) -> tuple[list[Line], Numbers]:
    """A line for each series of a feed, and its counts; months that came of the feed begin at nought."""
    series = evidence.series_of(feed.name)
    apart = tuple(f"{name}:" for name in forces_without_area())
    series = [s for s in series if not s.startswith(apart)]
    table = np.full((len(at), len(series), len(span)), np.nan)
    table[:, :, [month - span.first for month in evidence.months_of(feed.name) if month in span]] = 0.0
    which = {s: i for i, s in enumerate(series)}
    rows = evidence.rows(
        "SELECT authority, series, month, sum(n) FROM comparators WHERE feed = ? AND month BETWEEN ? AND ? "
        "GROUP BY ALL",
        [feed.name, span.first.first_day, span.last.first_day],
    )
    for code, name, month, n in rows:
        if name in which:
            table[at[code], which[name], Month.of(month) - span.first] = float(n)
    prefix = "" if feed.name == STREET else f"{feed.name}."
    return [Line(prefix + one, s, feed, (s,)) for one, s in zip(slugs(series), series, strict=True)], table


def _leave_out_holes(table: Numbers, people: Numbers) -> None:
    """
    Put NaN where a force's month did not come, and for authorities that no force of these files serves.

    A month is missing, never nought, when an authority has less of everything
    together than a fifth of its middle month. No force serves an authority with
    less than a fifth of the rate of the authority that the middle row lies in:
    counting authorities instead would let the hundreds with a stray row each
    say what is usual.
    """
    if not table.size:
        return
    together = table.sum(axis=1)
    middle = np.nanmedian(together, axis=1, keepdims=True)
    table[((together < HOLE * middle) & (middle >= BUSY))[:, None, :].repeat(table.shape[1], axis=1)] = np.nan
    rate = middle[:, 0] / people
    known = np.flatnonzero(np.isfinite(rate))
    if known.size:
        known = known[np.argsort(rate[known], kind="stable")]
        rows = np.cumsum(np.nansum(together[known], axis=1))
        usual = rate[known[np.searchsorted(rows, rows[-1] / 2)]]
        table[rate < HOLE * usual] = np.nan


def _totalled(feed: Feed, lines: Sequence[Line], table: Numbers) -> tuple[list[Line], Numbers]:
    """All recorded crime together, where the feed is of recorded crime; ASB is not crime and is not in it."""
    crimes = [i for i, line in enumerate(lines) if line.title != ASB]
    if feed.name != STREET or not crimes:
        return [], table[:, :0]
    total = Line(TOTAL, "Total recorded crime", feed, tuple(lines[i].title for i in crimes))
    return [total], table[:, crimes].sum(axis=1, keepdims=True)


def _by_place(
    evidence: Evidence, authorities: Sequence[Authority], lines: Sequence[Line], period: Period
) -> dict[str, list[NDArray[np.int64]]]:
    """The period's counts by small area, for total crime and for ASB."""
    own = evidence.columns("SELECT lsoa, authority FROM places WHERE authority IS NOT NULL ORDER BY authority, lsoa")
    codes, whose = own["lsoa"].astype(str), own["authority"].astype(str)
    at = {code: i for i, code in enumerate(codes.tolist())}
    edges = np.searchsorted(whose, [a.code for a in authorities], "left")
    ends = np.searchsorted(whose, [a.code for a in authorities], "right")
    found: dict[str, list[NDArray[np.int64]]] = {}
    for line in lines:
        if line.id in (TOTAL, slug(ASB)):
            counts = np.zeros(len(codes), np.int64)
            by_code = evidence.by_place(line.feed.name, line.series, period)
            for code, n in by_code.items():
                if code in at:
                    counts[at[code]] = int(n)
            found[line.id] = [counts[a:b] for a, b in zip(edges, ends, strict=True)]
    return found
