"""The charts and tables that set the area beside others: by type, by rank, area by area, and rate against size."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.analysis.funnels import ACTION, WARNING, poisson_limits
from goldthread.chapters import comparing
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import first_capital
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import ANALYST, Chart, Column, Edition, Series, Table
from goldthread.chapters.words import months
from goldthread.evidence.feeds import feed_named

BOARD = frozenset({Edition.ANALYST, Edition.EXECUTIVE})
NOT_PUBLIC = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})


def by_type(brief: Brief, found: Peers) -> Chart:
    """How far each type lies from the mean of the group, in per cent of it, highest first."""
    types = sorted((p for p in found.by_line.values() if p.line != TOTAL), key=lambda p: -p.comparison.distance)
    x = tuple(p.title for p in types)
    y = tuple(p.comparison.distance for p in types)
    ends = [
        tuple(float(100 * (rates[p.comparison.subject] / p.comparison.mean - 1)) for p, rates in pairs)
        for pairs in (
            [(p, p.comparison.rate_low) for p in types],
            [(p, p.comparison.rate_high) for p in types],
        )
    ]
    top, bottom = types[0], types[-1]

    return Chart(
        id="peers.by-type",
        kind="dots",
        title=f"Recorded rates in {_subject(brief)} beside the mean of the group",
        y_title="Per cent above or below the mean of the group, with 95% intervals",
        describes=(
            f"Of the types compared, {top.title.lower()} stands highest ({comparing.apart(top)}) and "
            f"{bottom.title.lower()} lowest ({comparing.apart(bottom)})."
        ),
        series=(Series(_subject(brief), x, y, ends[0], ends[1]),),
        source=_source(brief),
        parameters={"reference": 0.0, "reference_label": "Mean of the group"},
        figures=tuple(comparing.figure_id(p.line) for p in types),
        editions=BOARD,
    )


def _subject(brief: Brief) -> str:
    """The area, or those parts of it that a published table counts."""
    return comparing.group_of(brief).subject.name


def _source(brief: Brief) -> str:
    group = comparing.group_of(brief)
    return f"{feed_named(group.feed).title}, {months(str(group.period.first), str(group.period.last))}"


def ranks(brief: Brief, found: Peers) -> Table:
    """Count, rate, mean of the group, distance and rank for every type."""
    words = {
        "high": "Above the group",
        "low": "Below the group",
        "perhaps high": "Watch: perhaps above",
        "perhaps low": "Watch: perhaps below",
        "typical": "Like the group",
        "untested": "Too few to tell",
    }
    rows = []
    for p in found.by_line.values():
        c = p.comparison
        likely = f"{c.rank_low[c.subject]} to {c.rank_high[c.subject]}"
        rows.append(
            (
                p.title,
                p.per.capitalize(),
                float(c.count[c.subject]),
                float(c.rate[c.subject]),
                c.mean,
                c.distance,
                float(c.rank[c.subject]),
                likely if c.rank_low[c.subject] != c.rank_high[c.subject] else str(c.rank[c.subject]),
                words[comparing.verdict(brief, p)],
            )
        )
    return Table(
        id="peers.ranks",
        title="Rate and rank for each type, 1 being the lowest rate",
        columns=(
            Column("type", "Type"),
            Column("per", "For every 1,000"),
            Column("count", "Count", "count"),
            Column("rate", "Rate here", "rate", ("count",)),
            Column("mean", "Mean of the group", "rate"),
            Column("distance", "Distance from it", "percent", ("count",)),
            Column("rank", "Rank", "number", ("count",)),
            Column("likely", "Ranks that chance leaves possible", "text", ("count",)),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=_source(brief),
        note="The mean of the group is the mean of its members' rates, this area among them.",
        figures=tuple(comparing.figure_id(line) for line in found.by_line),
    )


def dots(brief: Brief, peered: Peered) -> Chart:
    """The rate of one type in each area, with what chance leaves of it."""
    c = peered.comparison
    order = np.argsort(-c.rate, kind="stable")
    others = [i for i in order if i != c.subject]

    def of(
        values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]], which: Sequence[int]
    ) -> tuple[float, ...]:
        return tuple(float(values[i]) for i in which)

    every = list(order)
    me = [c.subject]
    series = (
        Series(
            "Group",
            tuple(c.members[i] for i in every),
            of(c.rate, every),
            of(c.rate_low, every),
            of(c.rate_high, every),
            "peer",
        ),
        Series(
            _subject(brief), (c.members[c.subject],), of(c.rate, me), of(c.rate_low, me), of(c.rate_high, me), "subject"
        ),
    )
    shown = comparing.figure_id(peered.line)
    return Chart(
        id=f"peers.{peered.line}.dots",
        kind="dots",
        title=f"{peered.title}: recorded rate in each area",
        y_title=f"{first_capital(comparing.rate_of(brief, peered))}, with 95% intervals",
        describes=(
            f"The rate in {_subject(brief)} is {comparing.placed(peered, shown)}, {comparing.apart(peered)}; "
            f"{c.members[others[0]]} has the highest rate of the others."
        ),
        series=series,
        source=_source(brief),
        parameters={"reference": c.mean, "reference_label": "Mean of the group"},
        figures=(comparing.figure_id(peered.line),),
        editions=NOT_PUBLIC if peered.line == TOTAL else ANALYST,
    )


def funnel(brief: Brief, peered: Peered) -> Chart:
    """Rates against size, between the limits that chance and ordinary differences keep to."""
    c = peered.comparison
    sizes = np.linspace(0.5 * c.population.min(), 1.08 * c.population.max(), 40)
    expected = sizes * c.mean / c.per
    series = []
    for confidence, name in ((WARNING, "95% limits"), (ACTION, "99.8% limits")):
        wide = np.sqrt(1 + c.spread * expected)
        for end, limit in zip(("lower", "upper"), poisson_limits(expected, confidence), strict=True):
            y = np.maximum(1 + (limit / expected - 1) * wide, 0) * c.mean
            series.append(Series(f"{name}, {end}", tuple(sizes.tolist()), tuple(y.tolist()), role="limit"))
    others = [i for i in range(len(c.members)) if i != c.subject]
    series += [
        Series(
            "Group", tuple(float(c.population[i]) for i in others), tuple(float(c.rate[i]) for i in others), role="peer"
        ),
        Series(_subject(brief), (float(c.population[c.subject]),), (float(c.rate[c.subject]),), role="subject"),
    ]
    where = {
        "within": "inside the limits",
        "above": "above the 95% limit",
        "far above": "above the 99.8% limit",
        "below": "below the 95% limit",
        "far below": "below the 99.8% limit",
    }[c.position]
    return Chart(
        id="peers.funnel",
        kind="funnel",
        title=f"{peered.title}: rate against size, with control limits",
        x_title=peered.per.capitalize(),
        y_title=first_capital(comparing.rate_of(brief, peered)),
        describes=(
            f"{_subject(brief)} lies {where}. The limits allow for chance, and for as much as areas of the group "
            "differ beyond it."
        ),
        series=tuple(series),
        source=_source(brief),
        parameters={"centre": c.mean},
        table=_members(brief, peered),
        figures=(comparing.figure_id(peered.line),),
    )


def _members(brief: Brief, peered: Peered) -> Table:
    c = peered.comparison
    order = np.argsort(-c.rate, kind="stable")
    return Table(
        id=f"peers.{peered.line}.members",
        title=f"{peered.title}: the areas, from the highest rate down, with the limits for each",
        columns=(
            Column("area", "Area"),
            Column("people", peered.per.capitalize(), "number"),
            Column("count", "Count", "count"),
            Column("rate", first_capital(comparing.rate_of(brief, peered)), "rate", ("count",)),
            Column("low", "Lower 95% limit", "rate"),
            Column("high", "Upper 95% limit", "rate"),
        ),
        rows=tuple(
            (c.members[i], float(c.population[i]), *(float(v[i]) for v in (c.count, c.rate, c.low, c.high)))
            for i in order
        ),
        source=_source(brief),
        figures=(comparing.figure_id(peered.line),),
    )
