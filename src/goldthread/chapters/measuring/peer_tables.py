"""Areas as published tables count them: by authority, or by the community safety partnerships that make it up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.chapters.brief import Brief
from goldthread.evidence.periods import Month, Period

# Recorded crime in other areas: as an analyst lays it out, and as the statistics office publishes it.
TABLES = ("comparators", "recorded-crime-csp")


@dataclass(frozen=True)
class Authority:
    """An authority that can be compared: its name, its people and its households (NaN when not known)."""

    code: str
    name: str
    people: float
    households: float


@dataclass(frozen=True)
class Unit:
    """An area that a table has numbers of, and the codes that have to be added up for it."""

    area: Authority
    places: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """
    What a published table counts: the area itself, and every other unit of the table.

    `partly` names the partnerships that stand for the area where it has no
    number of its own, and `beyond` those that hold the rest of it together with
    other places; both are empty where the whole of it is counted. `share` is
    the share of its residents that is.
    """

    feed: str
    period: Period
    subject: Unit
    others: tuple[Unit, ...]
    partly: tuple[str, ...] = ()
    beyond: tuple[str, ...] = ()
    share: float = 1.0

    @property
    def places(self) -> dict[str, tuple[str, ...]]:
        """The table's codes by the code of the unit they add up to."""
        return {u.area.code: u.places for u in (self.subject, *self.others)}


def authorities(brief: Brief) -> dict[str, Authority]:
    """Every authority, and every partnership that is not one whole authority, by code."""
    rows = brief.evidence.rows(
        "SELECT authority, any_value(name), max(population), max(households) FROM authorities GROUP BY 1"
    )
    return {
        code: Authority(code, name or code, np.nan if people is None else people, np.nan if homes is None else homes)
        for code, name, people, homes in rows
    }


def counted_in(brief: Brief, known: Mapping[str, Authority], subject: Authority, feed: str) -> Counted | None:
    """
    Which areas does this table count, in its year that has most months of the period?

    None when it has nothing for the area, or no year of which at least half the
    period's months are in it. Of years as near, the latest.
    """
    rows = brief.evidence.rows(
        "SELECT starts, months, place, max(d) FROM measures WHERE feed = ? AND place IS NOT NULL GROUP BY ALL", [feed]
    )
    csps = _partnerships(brief)
    years = {_year(starts, months) for starts, months, *_ in rows}
    for period in sorted(years, key=lambda p: (_common(p, brief.period), p.last), reverse=True):
        residents = {place: d for starts, months, place, d in rows if _year(starts, months) == period}
        whole = _whole(csps, residents)
        found = _own(brief, csps, whole, residents, known)
        if found is None or 2 * _common(period, brief.period) < len(brief.period):
            continue
        places, partly, beyond = found
        own = Unit(_sized(subject, known, places, residents, partly), places)
        used = {p for codes in whole.values() for p in codes}
        whole |= {p: (p,) for p in residents if p not in used}
        others = [
            Unit(_sized(known.get(code, Authority(code, code, np.nan, np.nan)), known, codes, residents), codes)
            for code, codes in sorted(whole.items())
            if not set(codes) & set(places) and not _overlaps(code, subject.code, csps)
        ]
        share = own.area.people / subject.people if partly else 1.0
        return Counted(feed, period, own, tuple(u for u in others if u.area.people > 0), partly, beyond, share)
    return None


def _partnerships(brief: Brief) -> dict[str, tuple[str, ...]]:
    """The partnerships of each authority."""
    rows = brief.evidence.rows("SELECT authority, csp FROM authorities WHERE authority <> csp AND csp <> ''")
    return {authority: tuple(csp.split(",")) for authority, csp in rows}


def _whole(csps: Mapping[str, Sequence[str]], told: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """The authorities that the table's codes add up to exactly: by their own code, or by partnerships of no other."""
    shared = _shared(csps)
    found: dict[str, tuple[str, ...]] = {code: (code,) for code in csps if code in told}
    for authority, codes in csps.items():
        if authority not in found and not shared.intersection(codes) and all(c in told for c in codes):
            found[authority] = tuple(codes)
    return found


def _shared(csps: Mapping[str, Sequence[str]]) -> set[str]:
    every = [c for codes in csps.values() for c in codes]
    return {c for c in every if every.count(c) > 1}


def _own(
    brief: Brief,
    csps: Mapping[str, Sequence[str]],
    whole: Mapping[str, tuple[str, ...]],
    told: Mapping[str, object],
    known: Mapping[str, Authority],
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]] | None:
    """The codes that stand for the area; where they are a part of it, their names and those of what holds the rest."""
    code = brief.evidence.provenance["area_code"]
    if code in told:
        return (code,), (), ()
    if code in whole:
        return whole[code], (), ()
    its = [c for c in csps.get(code, ()) if c in told]
    inside = tuple(c for c in its if c not in _shared(csps))
    if not inside:
        return None
    names = [tuple(known[c].name for c in some if c in known) for some in (inside, [c for c in its if c not in inside])]
    return inside, names[0], names[1]


def _sized(
    area: Authority,
    known: Mapping[str, Authority],
    places: Sequence[str],
    residents: Mapping[str, float | None],
    partly: Sequence[str] = (),
) -> Authority:
    """The area with the people that the table itself says, before any other estimate; of its parts, theirs."""
    told = [residents.get(p) for p in places]
    people = sum(t for t in told if t) if all(told) else area.people
    if not partly:
        return Authority(area.code, area.name, people, area.households)
    parts = [known.get(p, Authority(p, p, np.nan, np.nan)) for p in places]
    people = people if all(told) else sum(p.people for p in parts)
    return Authority(area.code, " and ".join(partly), people, sum(p.households for p in parts))


def _overlaps(code: str, subject: str, csps: Mapping[str, Sequence[str]]) -> bool:
    """Whether a unit is, or holds, some of the subject's own ground."""
    return code in (subject, *csps.get(subject, ())) or subject in csps.get(code, ())


def _common(year: Period, period: Period) -> int:
    return sum(month in period for month in year)


def _year(starts: object, months: int) -> Period:
    first = Month.of(starts)  # type: ignore[arg-type]
    return Period(first, first + (months - 1))
