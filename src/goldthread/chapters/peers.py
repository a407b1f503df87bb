"""How recorded rates compare with those of other areas: who they are, where this area ranks, what stands out."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.analysis.funnels import ACTION, WARNING, poisson_limits
from goldthread.chapters import comparing, most_alike
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import said
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peer_group import PeerGroup
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import (
    ANALYST,
    Block,
    Box,
    Chapter,
    Chart,
    Column,
    Edition,
    Finding,
    Gap,
    Paragraph,
    Series,
    Table,
)
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed, months
from goldthread.evidence.feeds import feed_named

ID = "peers"
TITLE = "How the area compares with others"
VIOLENCE = "violence-and-sexual-offences"
MOST_DRAWN = 3  # types that are drawn area by area; the table has all
BOARD = frozenset({Edition.ANALYST, Edition.EXECUTIVE})
NOT_PUBLIC = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})
GAP = Gap(
    "Whether rates are high or low beside areas like this one",
    "A number alone does not say whether it is a problem here or the same everywhere.",
    "Partnership analyst",
    "comparators",
)


def write(brief: Brief) -> Chapter:
    """Who the group is, where the area ranks in it for each type, and what stands out, with a funnel if it can be."""
    found = brief.found(Peers)
    group = found.group
    if group is None or not found.by_line:
        return _alone(brief, group)
    figures = [most_alike.figure(group), *(comparing.figure(brief, p) for p in found.by_line.values())]
    blocks: list[Block] = [
        Paragraph(text=_who(brief, group), editions=BOARD),
        *_how_to_read(brief),
        Paragraph(text=_total(brief, found), editions=NOT_PUBLIC),
        Paragraph(text=_stand_out(brief, found), editions=NOT_PUBLIC),
        _by_type(brief, found),
        _ranks(brief, found),
    ]
    blocks += [_dots(brief, peered) for peered in _shown(brief, found)]
    if found.plenty and TOTAL in found.by_line:
        blocks.append(_funnel(brief, found.by_line[TOTAL]))
    blocks += most_alike.blocks(brief, group)
    gaps = () if found.plenty else (GAP,)
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), _findings(brief, found), gaps)


def _findings(brief: Brief, found: Peers) -> tuple[Finding, ...]:
    """That crime as a whole is recorded at a higher rate than elsewhere, when it is; types have their own pages."""
    total, violence = found.by_line.get(TOTAL), found.by_line.get(VIOLENCE)
    if total is None or violence is None or comparing.verdict(brief, total) != "high":
        return ()
    shown, part = comparing.figure(brief, total), comparing.figure(brief, violence)
    key, beside = ("apart", "mean") if found.plenty else ("apart_from_others", "others_rate")
    whom = "the mean of the group" if found.plenty else "the other areas in the same files taken together"
    also = ""
    if comparing.verdict(brief, violence) == "high":
        also = f" Violence and sexual offences are {said(part, key, 'pct')} above."
    return (
        finding(
            brief,
            topics()[VIOLENCE],
            "crime-rate",
            title="Crime as a whole is recorded at a higher rate than in the areas compared",
            statement=(
                f"Police recorded {said(shown, 'rate', 'n1')} crimes for every 1,000 residents, against "
                f"{said(shown, beside, 'n1')} for {whom}: {said(shown, key, 'pct')} more, and more than chance would "
                f"give.{also}"
            ),
            so_what=(
                "When nearly everything is high at once, the reason is more likely to be in the place, its people by "
                "day and night and how crime is recorded than in any one type."
            ),
            figures=[shown.id, part.id],
            states=("high",),
            harm=0.5,
            size=1.0,
            change=total.comparison.distance / 100,
            certainty=STANDS if found.plenty else ALONE,
            public=(
                f"Police recorded {said(shown, 'rate', 'n')} crimes for every 1,000 people here. That is more than in "
                "the places we compared with."
            ),
        ),
    )


def _shown(brief: Brief, found: Peers) -> list[Peered]:
    """Total crime, and the few types that stand furthest from the group."""
    standing = [p for p in found.by_line.values() if p.line != TOTAL and _stands(brief, p)]
    standing.sort(key=lambda p: -abs(p.comparison.distance))
    return [*([found.by_line[TOTAL]] if TOTAL in found.by_line else []), *standing[:MOST_DRAWN]]


def _alone(brief: Brief, group: PeerGroup | None) -> Chapter:
    lacking = "No counts of other areas came" if group is None else "Counts of too few other areas came"
    if group is None or group.similar is None:
        return Chapter(ID, TITLE, missing=f"{lacking}, so no rate can be called high or low.", gaps=(GAP,))
    text = (
        f"{lacking} ({listed([a.name for a in group.others])}), so no rate can be called high or low. A comparison "
        "needs at least two."
    )
    return Chapter(
        ID, TITLE, (Paragraph(text=text), *most_alike.blocks(brief, group)), (most_alike.figure(group),), gaps=(GAP,)
    )


def _who(brief: Brief, group: PeerGroup) -> str:
    names = listed([a.name for a in group.others])
    when = months(str(group.period.first), str(group.period.last))
    how = {
        "supplied": "the areas of the table that was supplied",
        "most similar": "the areas most like it among those whose counts came, by people, housing and deprivation",
        "in the files": "the other areas in the same police files, which are near it and need not be like it",
    }[group.how]
    left = ""
    if group.incomplete:
        be = "is" if len(group.incomplete) == 1 else "are"
        left = f" {listed(group.incomplete)} lacked months that {brief.area} has, and {be} left out."
    return f"{brief.area} is compared with {how}: {names}. All counts are for {when}.{left}"


def _how_to_read(brief: Brief) -> list[Block]:
    found = brief.found(Peers)
    if found.plenty:
        text = (
            "The group's mean is the mean of its members' rates, this area among them. A rate stands out when it is "
            "further from the others than they lie from each other, after all the tests in this assessment are "
            "corrected together. Rates are for those who live here: a place with many visitors reads high."
        )
    else:
        text = (
            f"With only {{{{{most_alike.ID}:others:word}}}} other areas it can be said whether a rate "
            "differs from theirs by more than chance, but not whether it is more than areas usually differ by. "
            "Rates are for those who live here: a place with many visitors reads high."
        )
    return [Box(kind="caveat", title="How to read the comparison", text=text)]


def _total(brief: Brief, found: Peers) -> str:
    total = found.by_line.get(TOTAL)
    if total is None:
        return ""
    return f"**All recorded crime.** {comparing.sentence(brief, total, comparing.figure(brief, total))}"


def _stands(brief: Brief, peered: Peered) -> bool:
    return comparing.verdict(brief, peered) in ("high", "low")


def _stand_out(brief: Brief, found: Peers) -> str:
    types = [p for p in found.by_line.values() if p.line != TOTAL]
    high = [p.title.lower() for p in types if comparing.verdict(brief, p) == "high"]
    low = [p.title.lower() for p in types if comparing.verdict(brief, p) == "low"]
    beyond = (
        "further above the group than its members lie from each other"
        if found.plenty
        else "above that of the others by more than chance"
    )
    under = beyond.replace("above", "below", 1)
    if not high and not low:
        return "No type stands out from the group."
    parts = [f"The recorded rate is {beyond} for {_types(high, types)}."] if high else []
    parts += [f"{'It' if high else 'The recorded rate'} is {under} for {_types(low, types)}."] if low else []
    return " ".join(parts)


def _types(some: Sequence[str], of: Sequence[Peered]) -> str:
    """Types as a sentence lists them; when nearly all are meant, the few that are not."""
    others = [p.title.lower() for p in of if p.title.lower() not in some]
    if not others:
        return "every type"
    return f"every type except {listed(others)}" if len(some) > 2 * len(others) else listed(some)


def _by_type(brief: Brief, found: Peers) -> Chart:
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
        title=f"Recorded rates in {brief.area} beside the mean of the group",
        y_title="Per cent above or below the mean of the group, with 95% intervals",
        describes=(
            f"Of the types compared, {top.title.lower()} stands highest ({comparing.apart(top)}) and "
            f"{bottom.title.lower()} lowest ({comparing.apart(bottom)})."
        ),
        series=(Series(brief.area, x, y, ends[0], ends[1]),),
        source=_source(brief),
        parameters={"reference": 0.0, "reference_label": "Mean of the group"},
        figures=tuple(comparing.figure_id(p.line) for p in types),
        editions=BOARD,
    )


def _source(brief: Brief) -> str:
    group = comparing.group_of(brief)
    return f"{feed_named(group.feed).title}, {months(str(group.period.first), str(group.period.last))}"


def _ranks(brief: Brief, found: Peers) -> Table:
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


def _dots(brief: Brief, peered: Peered) -> Chart:
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
        Series(brief.area, (c.members[c.subject],), of(c.rate, me), of(c.rate_low, me), of(c.rate_high, me), "subject"),
    )
    shown = comparing.figure_id(peered.line)
    return Chart(
        id=f"peers.{peered.line}.dots",
        kind="dots",
        title=f"{peered.title}: recorded rate in each area",
        y_title=f"For every 1,000 {peered.per}, with 95% intervals",
        describes=(
            f"The rate in {brief.area} is {comparing.placed(peered, shown)}, {comparing.apart(peered)}; "
            f"{c.members[others[0]]} has the highest rate of the others."
        ),
        series=series,
        source=_source(brief),
        parameters={"reference": c.mean, "reference_label": "Mean of the group"},
        figures=(comparing.figure_id(peered.line),),
        editions=NOT_PUBLIC if peered.line == TOTAL else ANALYST,
    )


def _funnel(brief: Brief, peered: Peered) -> Chart:
    c = peered.comparison
    sizes = np.linspace(0.5 * c.population.min(), 1.08 * c.population.max(), 40)
    expected = sizes * c.mean / c.per
    series = []
    for confidence, name in ((WARNING, "95% limits"), (ACTION, "99.8% limits")):
        wide = max(c.spread, 1.0) ** 0.5
        for end, limit in zip(("lower", "upper"), poisson_limits(expected, confidence), strict=True):
            y = np.maximum(1 + (limit / expected - 1) * wide, 0) * c.mean
            series.append(Series(f"{name}, {end}", tuple(sizes.tolist()), tuple(y.tolist()), role="limit"))
    others = [i for i in range(len(c.members)) if i != c.subject]
    series += [
        Series(
            "Group", tuple(float(c.population[i]) for i in others), tuple(float(c.rate[i]) for i in others), role="peer"
        ),
        Series(brief.area, (float(c.population[c.subject]),), (float(c.rate[c.subject]),), role="subject"),
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
        y_title=f"For every 1,000 {peered.per}",
        describes=(
            f"{brief.area} lies {where}. The limits allow for chance, and for as much as areas of the group differ "
            "beyond it."
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
            Column("rate", f"For every 1,000 {peered.per}", "rate", ("count",)),
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
