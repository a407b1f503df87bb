"""Whom the area is compared with: authorities whose counts came, and how like it they are."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from goldthread.analysis.similar import Similar, most_similar
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.peer_tables import TABLES, Authority, Counted, authorities, counted_in
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.store import Numbers

STREET = "police-uk-street"
GROUP = 14  # others in a group, as in the official most similar groups
SUPPLIED = 25  # a table of no more areas than this was made for the comparison
# Deprivation in crime is itself recorded crime: a group chosen by it would be alike in what is to be compared.
CIRCULAR = frozenset({"crime deprived"})
# An authority of which less than this share of the usual rows came is at the edge of another force's file.
AT_ALL, A_MONTH = 0.2, 0.2

How = Literal["supplied", "most similar", "in the table", "in the files"]


@dataclass(frozen=True)
class PeerGroup:
    """
    The others the area is compared with, and how they were chosen.

    `others` are authorities whose counts came, nearest first. `similar` says
    which areas of the country are most like this one, whether or not their
    counts came; None when nothing is known of what areas are like. `feed` is
    where the counts come from: street files (the same months as the area's own)
    or published tables (`period` is then that of their year, and `counted` what
    they count). `incomplete` are names of authorities that lack months.
    """

    subject: Authority
    others: tuple[Authority, ...]
    how: How
    feed: str
    period: Period
    similar: Similar | None
    incomplete: tuple[str, ...] = ()
    names: Mapping[str, str] | None = None
    counted: Counted | None = None

    def name_of(self, code: str) -> str:
        """An authority's name by its code."""
        return (self.names or {}).get(code, code)


def _subject(brief: Brief, known: Mapping[str, Authority]) -> Authority:
    """The area itself; its people are those of its small areas, which its own counts are placed in."""
    code = brief.evidence.provenance["area_code"]
    [(people, homes)] = brief.evidence.rows("SELECT sum(population), sum(households) FROM places")
    own = known.get(code)
    if own is not None and not np.isnan(own.people):
        return own
    return Authority(code, brief.area, np.nan if people is None else people, np.nan if homes is None else homes)


def _alike_by(brief: Brief) -> str:
    """The code whose profile is the area's: its own, or that of the one authority that a partnership wholly covers."""
    code = brief.evidence.provenance["area_code"]
    rows = brief.evidence.rows("SELECT authority FROM authorities WHERE csp = ?", [code])
    return str(rows[0][0]) if len(rows) == 1 else code


def most_like(brief: Brief, size: int = GROUP) -> Similar | None:
    """
    Which areas of the country are most like this one, in people, housing and deprivation?

    Only what is known of the area itself is used, so that a Welsh authority is
    not compared by an English index; None when too little is known.
    """
    code = _alike_by(brief)
    rows = brief.evidence.rows("SELECT authority, variable, value FROM profile WHERE value IS NOT NULL ORDER BY 1, 2")
    variables = sorted({v for a, v, _ in rows if a == code} - CIRCULAR)
    areas = sorted({a for a, _, _ in rows})
    if not variables or len(areas) < 4:
        return None
    table = np.full((len(areas), len(variables)), np.nan)
    at, of = {a: i for i, a in enumerate(areas)}, {v: i for i, v in enumerate(variables)}
    for area, variable, value in rows:
        if variable in of:
            table[at[area], of[variable]] = value
    return most_similar(areas, table, variables, code, size=min(size, len(areas) - 2))


def group_of(brief: Brief) -> PeerGroup | None:
    """
    Whom can the area be compared with?

    Published tables that name a group of at most 25 areas are taken as the
    group that was supplied; otherwise the nearest areas whose counts came, up to
    14, or all of them when nothing is known of what areas are like. Street files
    are used when more areas came in them. None when nobody's counts came.
    """
    known = authorities(brief)
    subject = _subject(brief, known)
    if np.isnan(subject.people):
        return None
    similar = most_like(brief)
    groups = [
        *(_from_table(brief, known, subject, similar, feed) for feed in TABLES),
        _from_street(brief, known, subject, similar),
    ]
    return max((g for g in groups if g), key=lambda g: min(len(g.others), GROUP), default=None)


def _from_table(
    brief: Brief, known: Mapping[str, Authority], subject: Authority, similar: Similar | None, feed: str
) -> PeerGroup | None:
    """The areas of a published table, for its year that is nearest the period."""
    counted = counted_in(brief, known, subject, feed)
    if counted is None or not counted.others or np.isnan(counted.subject.area.people):
        return None
    others = {u.area.code: u.area for u in counted.others}
    how: How = "supplied"
    chosen = _nearest_first(list(others.values()), similar)
    if len(others) > SUPPLIED:
        nearest = most_among(brief, list(others)) if similar is not None else ()
        how, chosen = ("most similar", [others[c] for c in nearest]) if nearest else ("in the table", chosen)
    names = {a.code: a.name for a in known.values()}
    return PeerGroup(
        counted.subject.area, tuple(chosen), how, feed, counted.period, similar, names=names, counted=counted
    )


def _nearest_first(others: Sequence[Authority], similar: Similar | None) -> list[Authority]:
    near = {code: i for i, code in enumerate(similar.members)} if similar else {}
    return sorted(others, key=lambda a: (near.get(a.code, len(near)), a.name))


def _from_street(
    brief: Brief, known: Mapping[str, Authority], subject: Authority, similar: Similar | None
) -> PeerGroup | None:
    """The authorities in the same street files that have every month the area has."""
    months = [m for m in brief.period if m in set(brief.evidence.months_of(STREET))]
    if not months:
        return None
    rows = brief.evidence.rows(
        "SELECT authority, month, sum(n) FROM comparators WHERE feed = ? AND month BETWEEN ? AND ? GROUP BY ALL",
        [STREET, months[0].first_day, months[-1].first_day],
    )
    counts: dict[str, Numbers] = {}
    at = {m: i for i, m in enumerate(months)}
    for code, day, n in rows:
        month = Month.of(day)
        if month in at:
            counts.setdefault(code, np.zeros(len(months)))[at[month]] = n
    own = float(np.nansum(brief.evidence.monthly(STREET, brief.evidence.series_of(STREET), brief.period)))
    rate = own / subject.people
    served = {c: n for c, n in counts.items() if c in known and n.sum() > AT_ALL * rate * known[c].people}
    whole = [c for c, n in served.items() if (n >= A_MONTH * np.median(n)).all()]
    incomplete = sorted(known[c].name for c in served if c not in whole)
    chosen = _nearest_first([known[c] for c in whole], similar)
    how: How = "in the files"
    if len(chosen) > GROUP and similar is not None:
        nearest = most_among(brief, whole)
        chosen, how = [known[c] for c in nearest], "most similar"
    names = {a.code: a.name for a in known.values()}
    if not chosen:
        return None
    return PeerGroup(subject, tuple(chosen), how, STREET, brief.period, similar, tuple(incomplete), names)


def most_among(brief: Brief, codes: Sequence[str]) -> tuple[str, ...]:
    """The areas most like this one among those whose counts came, nearest first."""
    everywhere = most_like(brief, size=10_000)
    assert everywhere is not None
    came = set(codes)
    return tuple(c for c in everywhere.members if c in came)[:GROUP]


def area_codes(brief: Brief) -> tuple[str, ...]:
    """The codes of the authorities that make up the area."""
    return tuple(json.loads(brief.evidence.provenance.get("authorities", "[]")))
