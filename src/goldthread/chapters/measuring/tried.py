"""What was tried: each intervention before and after, beside its control, its buffer and the rest of the area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from goldthread.analysis.change.ratios import rate_ratio
from goldthread.analysis.evaluation import (
    BeforeAfter,
    DisplacementQuotient,
    Site,
    WeightedDifference,
    before_after,
    displacement_quotient,
    picked_at_its_worst,
    weighted_displacement_difference,
)
from goldthread.analysis.interrupted import Interrupted, interrupted_series
from goldthread.chapters.brief import Brief, slugs
from goldthread.evidence.feeds import feed_named
from goldthread.evidence.periods import Month, Period, month_from
from goldthread.evidence.store import Numbers
from goldthread.evidence.trouble import BadRequest

TREATED, CONTROL, BUFFER, REST = "treated", "control", "buffer", "rest"


@dataclass(frozen=True)
class Alone:
    """Before and after with no control: the ratio with its interval, which shows no cause."""

    ratio: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Tried:
    """
    One intervention, measured; `why_not` says in a sentence why it could not be, and the rest is then empty.

    `before` and `after` are whole years where there are any, else the same
    calendar months of two years. `sites` has the counts by role; `change` is
    against the control, `alone` without one. `placebo` is the same comparison a
    year (or the same months) earlier, when nothing had begun: were it to show
    a change, treated and control were not moving alike. `worst` warns when the
    place was picked on the months before.
    """

    said: Mapping[str, Any]
    id: str
    why_not: str = ""
    feed: str = ""
    series: tuple[str, ...] = ()
    starts: Month | None = None
    before: Period | None = None
    after: Period | None = None
    areas: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    monthly: Mapping[str, Numbers] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    change: BeforeAfter | None = None
    alone: Alone | None = None
    placebo: BeforeAfter | None = None
    prevented: WeightedDifference | None = None
    moved: DisplacementQuotient | None = None
    course: Interrupted | None = None
    worst: str = ""
    tests: tuple[str, ...] = ()

    @property
    def test(self) -> str:
        """The name of its first test in the report's family: the one that the verdict rests on."""
        return self.tests[0] if self.tests else ""

    @property
    def ratio(self) -> BeforeAfter | Alone | None:
        """The comparison that the verdict rests on: against the control when there is one."""
        return self.change or self.alone


@dataclass(frozen=True)
class AllTried:
    """Every intervention that the partnership named, in its order."""

    tried: tuple[Tried, ...] = ()


def measure_tried(brief: Brief) -> AllTried:
    """
    Did what was tried change what it was meant to change, beyond what changed elsewhere?

    For each intervention two tests enter the report's family: before and after
    against the control (or alone, without one), and the interrupted series
    where there are eight months on either side.
    """
    asked = brief.context.interventions
    names = slugs(str(said.get("id") or said.get("title") or "intervention") for said in asked)
    return AllTried(tuple(_tried(brief, said, name) for said, name in zip(asked, names, strict=True)))


def _tried(brief: Brief, said: Mapping[str, Any], name: str) -> Tried:
    series = tuple(str(s) for s in said.get("series") or ())
    feed = _feed_of(brief, series)
    if not feed:
        return Tried(said, name, f"No data set that came holds {' or '.join(series) or 'a series that it names'}.")
    try:
        starts = month_from(str(said.get("start", ""))[:7])
        ends = month_from(str(said["end"])[:7]) if said.get("end") else None
    except BadRequest:
        return Tried(said, name, "Its first month was not supplied, so there is no before and after.")
    areas = _areas(brief, said)
    if not areas[TREATED]:
        return Tried(said, name, "None of the small areas that it names is in this area.")
    came = brief.evidence.months_of(feed)
    before, after = spans(starts, min(ends or came[-1], came[-1]), came)
    if before is None or after is None:
        return Tried(said, name, "There are no like months before and after it began.")
    monthly = _monthly(brief, feed, series, areas, came)
    return _measured(brief, Tried(said, name, "", feed, series, starts, before, after, areas, monthly))


def _feed_of(brief: Brief, series: Sequence[str]) -> str:
    """The feed that has these series and comes by small area; empty when none that came does."""
    for feed in brief.evidence.feeds.values():
        held = set(brief.evidence.series_of(feed.name)) if feed.kind == "incident" else set()
        if series and held.issuperset(series):
            return feed.name
    return ""


def _areas(brief: Brief, said: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The small areas of each role; the rest of the area is whatever has none."""
    every = {code for (code,) in brief.evidence.rows("SELECT lsoa FROM places")}
    wanted = {TREATED: said.get("area"), CONTROL: said.get("control"), BUFFER: said.get("buffer")}
    known = {role: tuple(sorted(every.intersection(str(c) for c in codes or ()))) for role, codes in wanted.items()}
    taken = set().union(*known.values())
    return {**known, REST: tuple(sorted(every - taken))}


def spans(starts: Month, ends: Month, came: Sequence[Month]) -> tuple[Period | None, Period | None]:
    """
    The months before and after that can be compared: whole years, else the same months of two years.

    A month that did not come ends the run, since nothing is compared across a
    hole.
    """
    there = set(came)
    later = 0
    while starts + later in there and starts + later <= ends:
        later += 1
    earlier = 0
    while starts + -(earlier + 1) in there:
        earlier += 1
    years = min(later, earlier) // 12
    if years:
        return Period(starts + -12 * years, starts + -1), Period(starts, starts + (12 * years - 1))
    if later and earlier >= 12:
        return Period(starts + -12, starts + (later - 13)), Period(starts, starts + (later - 1))
    return None, None


def _monthly(
    brief: Brief, feed: str, series: Sequence[str], areas: Mapping[str, Sequence[str]], came: Sequence[Month]
) -> dict[str, Numbers]:
    """Counts by role for every month from the first to the last that came; a month that did not come is NaN."""
    first, there = came[0], set(came)
    role_of = {code: role for role, codes in areas.items() for code in codes}
    counts = {
        role: np.array([0.0 if first + m in there else np.nan for m in range(came[-1] - first + 1)]) for role in areas
    }
    for month, lsoa, n in brief.evidence.rows(
        f"SELECT month, lsoa, sum(n) FROM counts WHERE feed = ? AND series IN ({', '.join('?' for _ in series)}) "
        "AND lsoa IS NOT NULL GROUP BY 1, 2",
        [feed, *series],
    ):
        if lsoa in role_of:
            counts[role_of[lsoa]][Month.of(month) - first] += float(n)
    return counts


def _measured(brief: Brief, tried: Tried) -> Tried:
    """The comparisons that the months and areas bear."""
    assert tried.before is not None and tried.after is not None and tried.starts is not None
    first = brief.evidence.months_of(tried.feed)[0]

    def site(role: str, before: Period, after: Period, size: float = 1.0) -> Site:
        counted = [float(tried.monthly[role][m.first - first : m.last - first + 1].sum()) for m in (before, after)]
        return Site(counted[0], counted[1], size)

    sites = {role: site(role, tried.before, tried.after) for role, codes in tried.areas.items() if codes}
    found: dict[str, Any] = {"sites": sites, "worst": _worst(tried)}
    spread = _dispersion([tried.monthly[r] for r in (TREATED, CONTROL) if tried.areas[r]], first, tried)
    tests = [f"tried.{tried.id}"]
    if CONTROL in sites:
        found["change"] = before_after(sites[TREATED], sites[CONTROL], dispersion=spread)
        found["placebo"] = _placebo(tried, first, site, spread)
        found["prevented"] = _prevented(tried, sites)
        if BUFFER in sites and sites[CONTROL].before > 0 and sites[CONTROL].after > 0:
            found["moved"] = displacement_quotient(sites[TREATED], sites[BUFFER], sites[CONTROL])
        brief.enter(tests[0], found["change"].p)
    else:
        found["alone"] = _alone(sites[TREATED], spread)
        brief.enter(tests[0], found["alone"].p)
    found["course"] = _course(tried, first, controlled=CONTROL in sites)
    if found["course"] is not None:
        tests.append(f"tried.{tried.id}.course")
        brief.enter(tests[1], found["course"].p)
    kept = {k: getattr(tried, k) for k in ("feed", "series", "starts", "before", "after", "areas", "monthly")}
    return Tried(tried.said, tried.id, **kept, **found, tests=tuple(tests))


def _dispersion(series: Sequence[Numbers], first: Month, tried: Tried) -> float:
    """How many times more monthly counts vary about the mean of their period than chance would, never below 1."""
    squares, free = 0.0, 0
    for counts in series:
        for span in (tried.before, tried.after):
            assert span is not None
            some = counts[span.first - first : span.last - first + 1]
            if some.size > 1 and some.mean() > 0:
                squares += float(((some - some.mean()) ** 2).sum() / some.mean())
                free += some.size - 1
    return max(1.0, squares / free) if free else 1.0


def _alone(site: Site, spread: float) -> Alone:
    found = rate_ratio(site.after, site.before, dispersion=spread)
    return Alone(float(found.ratio), float(found.low), float(found.high), float(found.p))


def _placebo(tried: Tried, first: Month, site: Any, spread: float) -> BeforeAfter | None:
    """The same comparison as long before, when nothing had begun; None when the months do not reach."""
    assert tried.before is not None and tried.after is not None
    shift = tried.after.first - tried.before.first
    earlier = Period(tried.before.first + -shift, tried.before.last + -shift)
    if (
        earlier.first < first
        or np.isnan(tried.monthly[TREATED][earlier.first - first : earlier.last - first + 1]).any()
    ):
        return None
    return before_after(site(TREATED, earlier, tried.before), site(CONTROL, earlier, tried.before), dispersion=spread)


def _prevented(tried: Tried, sites: Mapping[str, Site]) -> WeightedDifference:
    """
    Crimes prevented, moved ones counted: the control scaled to the number of treated areas, the rest to the buffer's.

    The buffer's control is the rest of the area, which no other comparison uses.
    """
    n = {role: len(codes) for role, codes in tried.areas.items()}
    control = Site(sites[CONTROL].before, sites[CONTROL].after, n[CONTROL] / n[TREATED])
    if BUFFER not in sites or REST not in sites:
        return weighted_displacement_difference(sites[TREATED], control)
    rest = Site(sites[REST].before, sites[REST].after, n[REST] / n[BUFFER])
    return weighted_displacement_difference(sites[TREATED], control, sites[BUFFER], rest)


def _course(tried: Tried, first: Month, *, controlled: bool) -> Interrupted | None:
    """The interrupted series; None with fewer than eight months on either side or too few crimes to fit."""
    assert tried.starts is not None and tried.after is not None
    until = tried.after.last - first + 1
    counts = tried.monthly[TREATED][:until]
    control = tried.monthly[CONTROL][:until] if controlled else None
    if np.nansum(counts) < 50 or (control is not None and np.nansum(control) < 50):
        return None
    try:
        return interrupted_series(counts, tried.starts - first, first_month=first.month, control=control)
    except ValueError:
        return None


def _worst(tried: Tried) -> str:
    """Whether the place was picked on the very months before; what was not supplied cannot be checked."""
    chosen = tried.said.get("chosen_on")
    assert tried.before is not None
    if not isinstance(chosen, Mapping):
        return (
            "It was not supplied on which months the place was chosen. If it was chosen for having been at its worst "
            "in the months before, some of any fall would have come by itself."
        )
    try:
        first, last = (month_from(str(chosen[k])[:7]) for k in ("from", "to"))
    except (KeyError, BadRequest):
        return "The months on which the place was chosen could not be read."
    return picked_at_its_worst((first.index, last.index), (tried.before.first.index, tried.before.last.index))


def source_of(tried: Tried) -> str:
    """The data set that it was measured on."""
    return feed_named(tried.feed).title
