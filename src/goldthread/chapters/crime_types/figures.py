"""The figures of a type of crime beside its change and its rate: its part of the whole, its course, its places."""

from __future__ import annotations

import numpy as np

from goldthread.analysis.outcomes import UNAVAILABLE
from goldthread.analysis.rates import crude_rate
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.measuring.ended import CHARGED, NO_SUSPECT
from goldthread.chapters.measuring.gathered import TENTH, spread_of
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.model import Figure
from goldthread.chapters.model.figures import Answer
from goldthread.evidence.periods import Period

CALENDAR = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
KEYS = ("before", "after")
FEWEST_PLACED = 50  # rows below which nothing is said of small areas


def part(kind: CrimeType) -> Figure:
    """What part of recorded crime it is, by number and by harm."""
    brief, lines = kind.brief, kind.brief.found(Lines)
    total = lines.by_id.get(TOTAL)
    whole = float(np.nansum(total.over(brief.period))) if total and kind.line.feed.name == STREET else None
    answer: dict[str, Answer] = {"n": kind.n, "whole": whole, "share": kind.n / whole if whole else None}
    weighed = kind.weighed
    standing = weighed.of(kind.line.title) if weighed else None
    if weighed and standing:
        answer |= {
            "harm": standing.harm,
            "harm_share": standing.harm_share,
            "harm_rank": standing.harm_rank,
            "volume_rank": standing.volume_rank,
            "kinds": len(weighed.standings),
            "weight": weighed.weights.of[kind.line.title],
        }
    return Figure(
        id=f"{kind.line.id}.part",
        asks=f"What part of all recorded crime is it, by number and by harm ({kind.line.title.lower()})?",
        question="goldthread.analysis.harm.standings",
        answer=answer,
        rows=kind.line.rows(brief.period),
        parameters={"index": weighed.weights.index, "taken_on": weighed.weights.date} if weighed else {},
        caveats=("harm-band",) if weighed else (),
        protected=kind.line.feed.protected,
        count_keys=("n", "whole"),
        source=kind.line.feed.title,
    )


def rate(kind: CrimeType) -> Figure | None:
    """Its rate for every 1,000 residents or households a year, where nobody was there to compare with."""
    areas = kind.areas
    if kind.peered is not None or areas is None or not areas.has_people or not kind.n:
        return None
    base = areas.base(kind.line.id)
    people = float(base[base > 0].sum())
    months = int((~np.isnan(kind.line.over(kind.brief.period))).sum())
    found = crude_rate(kind.n, people, years=max(months, 1) / 12)
    return Figure(
        id=f"{kind.line.id}.rate",
        asks=f"How many were recorded for every 1,000 who live here, a year ({kind.line.title.lower()})?",
        question="goldthread.analysis.rates.crude_rate",
        answer={
            "n": kind.n,
            "people": people,
            "rate": float(found.rate),
            "low": float(found.low),
            "high": float(found.high),
        },
        rows=kind.line.rows(kind.brief.period),
        parameters={"per": f"1,000 {areas.per(kind.line.id)}", "period": str(kind.brief.period)},
        caveats=("residents-not-visitors",),
        protected=kind.line.feed.protected,
        count_keys=("n",),
        source=kind.line.feed.title,
    )


def course(kind: CrimeType) -> Figure | None:
    """Its trend, its season and the last change of its level, over the months since the last one missing."""
    found = kind.course
    if found is None:
        return None
    seasonal = kind.seasonal
    index = seasonal.found.index if seasonal else found.index
    top, bottom = int(np.argmax(index)), int(np.argmin(index))
    answer: dict[str, Answer] = {
        "months": len(found.run),
        "per_year": found.per_year,
        "percent_per_year": found.percent_per_year,
        "per_year_apart": abs(found.percent_per_year) if found.percent_per_year is not None else None,
        "peak": CALENDAR[top],
        "peak_above": float(index[top]) - 100,
        "trough": CALENDAR[bottom],
        "trough_below": 100 - float(index[bottom]),
        "outside": len(found.limits.outside),
    }
    if (cut := found.largest_cut) is not None:
        before, after = found.levels_about(cut)
        answer |= {"cut": str(cut), "level_before": before, "level_after": after}
    return Figure(
        id=f"{kind.line.id}.course",
        asks=f"How did it go month by month, and when did its level change ({kind.line.title.lower()})?",
        question="goldthread.analysis.trends.trend",
        answer=answer,
        rows=kind.line.rows(found.run),
        parameters={"run": str(found.run), "months_of": "30.4375 days"},
        protected=kind.line.feed.protected,
        source=kind.line.feed.title,
    )


def where(kind: CrimeType) -> Figure | None:
    """How much the busiest tenth of small areas has, beside what chance alone would give, and the wards with most."""
    areas = kind.areas
    if areas is None or areas.placed(kind.line.id) < FEWEST_PLACED or len(areas.codes) < 10:
        return None
    counts = areas.counts[kind.line.id]
    found = spread_of(kind.brief, areas, kind.line.id)
    names, of_ward = np.unique(np.array(areas.wards), return_inverse=True)
    by_ward = np.bincount(of_ward, counts, len(names))
    order = [int(i) for i in np.lexsort((np.arange(len(names)), -by_ward)) if names[i]][:2]
    tenth = next(t for t in found.top if t.of_places == TENTH)
    answer: dict[str, Answer] = {
        "n": float(counts.sum()),
        "areas": found.places,
        "top_areas": tenth.places,
        "top_n": tenth.events,
        "top_share": tenth.share,
        "by_chance": tenth.by_chance,
        "beyond_chance": int(found.beyond_chance),
    }
    for i, at in enumerate(order, start=1):
        answer |= {
            f"ward{i}": str(names[at]),
            f"n{i}": float(by_ward[at]),
            f"share{i}": float(by_ward[at] / counts.sum()),
        }
    return Figure(
        id=f"{kind.line.id}.where",
        asks=f"How much is in the busiest tenth of small areas, and which wards have most ({kind.line.title.lower()})?",
        question="goldthread.analysis.concentration.concentration",
        answer=answer,
        rows=kind.line.rows(kind.brief.period),
        caveats=("approximate-places",),
        protected=kind.line.feed.protected,
        count_keys=("n", "top_n", *(f"n{i}" for i in range(1, len(order) + 1))),
        source=kind.line.feed.title,
    )


def ended(kind: CrimeType) -> Figure | None:
    """What became of them: the shares that led to a charge, and that ended with no suspect."""
    if kind.ended is None or kind.ended[0].crimes < FEWEST_PLACED:
        return None
    cohort, months = kind.ended
    return Figure(
        id=f"{kind.line.id}.ended",
        asks=f"What became of those that are at least three months old ({kind.line.title.lower()})?",
        question="goldthread.analysis.outcomes.cohort",
        answer={
            "crimes": cohort.crimes,
            "charged": cohort.counts.get(CHARGED, 0),
            "charged_share": cohort.share(CHARGED),
            "no_suspect": cohort.counts.get(NO_SUSPECT, 0),
            "no_suspect_share": cohort.share(NO_SUSPECT),
            "unavailable": cohort.unavailable,
            "unavailable_share": cohort.share(UNAVAILABLE),
        },
        rows=kind.line.rows(months),
        parameters={"months": str(months), "age": cohort.age, "dated": cohort.dated},
        caveats=("outcomes-take-time",),
        protected=kind.line.feed.protected,
        count_keys=("crimes", "charged", "no_suspect", "unavailable"),
        source=kind.line.feed.title,
    )


def alike(kind: CrimeType) -> Figure | None:
    """How the months moved that were recorded alike in both years."""
    found = kind.alike
    if found is None:
        return None
    return Figure(
        id=f"{kind.line.id}.alike",
        asks=f"How did the months recorded alike in both years compare ({kind.line.title.lower()})?",
        question="goldthread.chapters.measuring.alike.measure_alike",
        answer={
            "before": found.before,
            "after": found.after,
            "months": found.months,
            "percent": found.percent,
            "low": found.low,
            "high": found.high,
            "p": found.p,
            "stands": int(kind.brief.stands(found.test)),
        },
        rows=kind.line.rows(Period(found.first, found.last)),
        parameters={"first": str(found.first), "last": str(found.last), "confidence": 0.95},
        caveats=("recorded-not-all",),
        protected=kind.line.feed.protected,
        count_keys=("before", "after"),
        source=kind.line.feed.title,
    )


def warded(kind: CrimeType) -> Figure | None:
    """The one ward that moved by more than chance."""
    found = kind.warded
    if found is None:
        return None
    return Figure(
        id=f"{kind.line.id}.ward",
        asks=f"Did one ward move by more than chance ({kind.line.title.lower()})?",
        question="goldthread.chapters.measuring.ward_changes.measure_ward_changes",
        answer={
            "ward": found.ward,
            "before": found.before,
            "after": found.after,
            "percent": found.percent,
            "wards": found.wards,
            "p": found.p,
            **{f"ward{k}": name for k, (name, _, _) in enumerate(found.others, 2)},
            **{f"before{k}": was for k, (_, was, _) in enumerate(found.others, 2)},
            **{f"after{k}": now for k, (_, _, now) in enumerate(found.others, 2)},
        },
        rows=kind.line.rows(kind.brief.period),
        parameters={"period": str(kind.brief.period), "before": str(kind.brief.before)},
        caveats=("approximate-places", "many-tests"),
        protected=kind.line.feed.protected,
        count_keys=("before", "after", *(f"{key}{k + 2}" for k in range(len(found.others)) for key in KEYS)),
        source=kind.line.feed.title,
    )
