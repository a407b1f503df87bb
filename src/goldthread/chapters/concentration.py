"""Concentration: how much is in how few places, beside what chance would bring, and whether they stay the same."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft, first_capital, many, said, subject, verb
from goldthread.chapters.findings import STANDS, finding
from goldthread.chapters.measuring.gathered import TENTH, Concentrations, Gathered
from goldthread.chapters.measuring.hot_found import HotCells
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.small_areas import ASB_LINE, VIOLENCE, SmallAreas
from goldthread.chapters.model import (
    MEMBER,
    Chapter,
    Chart,
    Column,
    Figure,
    Gap,
    Series,
    Table,
)
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed
from goldthread.evidence.store import Numbers

ID = "concentration"
TITLE = "How concentrated it is"
SHOWN = (TOTAL, ASB_LINE, VIOLENCE)
STAYS, MOVES = 0.75, 0.4  # how much of the excess over an even spread the places busiest before still hold
FAR_BEYOND = 2.0  # the busiest tenth holds this many times what chance would put there
_POINTS = 40  # points of a curve that is drawn


def write(brief: Brief) -> Chapter:
    """What share is in the busiest small areas, against chance, with the curve and what last year's places hold now."""
    found = brief.found(Concentrations)
    if not found.by_line:
        return _missing()
    draft = Draft(brief, ID, TITLE)
    draft.say(
        "Some places always have more than others by chance alone, and more so when there is little to count. So what "
        "the busiest places hold is set beside what chance would put there. Shops, stations and late bars are in few "
        "places to begin with, so some kinds could never be spread evenly."
    )
    figures = {name: _figure(draft, one) for name, one in found.by_line.items()}
    for name in (n for n in SHOWN if n in figures):
        one = found.by_line[name]
        draft.say(
            " ".join((_sentence(draft, figures[name], one), *_held_sentence(draft, figures[name], one))),
            MEMBER,
        )
    shown = next(n for n in (*SHOWN, *figures) if n in figures)
    draft.show(_curve(draft, found.by_line[shown]), _table(draft, found))
    _most_gathered(draft, found, figures)
    draft.bear_in_mind("approximate-places")
    return draft.chapter()


def _missing() -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="Too few police records with a small area were supplied to say how concentrated anything is.",
        gaps=(
            Gap(
                "How much of crime and anti-social behaviour is in how few places",
                "It says how far work in a few places could reach.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _figure(draft: Draft, one: Gathered) -> Figure:
    line = draft.brief.found(Lines).by_id[one.line]
    found = one.found
    answer: dict[str, float | int | str | None] = {
        "n": found.events,
        "places": found.places,
        "with_any": found.places_with_events,
        "gini": found.generalised,
        "low": found.low,
        "high": found.high,
        "by_chance": found.by_chance,
        "p": one.p,
        "stands": int(beyond(draft.brief, one)),
    }
    for top in found.top:
        key = f"top{round(100 * top.of_places)}"
        answer |= {key: top.share, f"{key}_chance": top.by_chance, f"{key}_n": round(top.events)}
    for k, place in enumerate(draft.brief.found(SmallAreas).top(one.line, 3), start=1):
        answer[f"name{k}"] = place.said
    if held := one.held_of(TENTH):
        answer |= {"then": held.then, "next": held.next}
    return draft.figure(
        Figure(
            id=f"concentration.{one.line}",
            asks=f"How much is in the busiest small areas, and how much would chance put there ({line.title.lower()})?",
            question="goldthread.analysis.concentration.concentration",
            answer=answer,
            rows=line.rows(draft.brief.period),
            parameters={"period": str(draft.brief.period), "chance": one.against, "confidence": 0.95},
            protected=line.feed.protected,
            count_keys=("n",),
            source=line.feed.title,
        )
    )


def beyond(brief: Brief, one: Gathered) -> bool:
    """Whether a line is more gathered than chance would have it, among all tests of the report."""
    share, chance = one.top(TENTH)
    return brief.stands(one.test) and one.found.beyond_chance and share > chance


def _sentence(draft: Draft, figure: Figure, one: Gathered) -> str:
    name = first_capital(subject(one.line))
    held = (
        f"the busiest tenth of small areas had {said(figure, 'top10', 'share')} of {many(one.line)}, where chance "
        f"alone would put {said(figure, 'top10_chance', 'share')}"
    )
    if not beyond(draft.brief, one):
        return f"{name} {verb(one.line)} not clearly concentrated: {held}, which is no more than chance might bring."
    share, chance = one.top(TENTH)
    how = "strongly" if share >= FAR_BEYOND * chance else "somewhat"
    return f"{name} {verb(one.line)} {how} concentrated: {held}."


def _held_sentence(draft: Draft, figure: Figure, one: Gathered) -> list[str]:
    held = one.held_of(TENTH)
    if held is None or not beyond(draft.brief, one):
        return []
    was, now = (
        (f"in {draft.a_year_before}", "this year")
        if one.held_from == "year"
        else ("in the first half of the period", "in the second")
    )
    then, after = said(figure, "then", "share"), said(figure, "next", "share")
    start = f"The tenth that was busiest {was} (with {then}) had {after} {now}"
    kept = (held.next - TENTH) / (held.then - TENTH) if held.then > TENTH else 0.0
    if kept >= STAYS:
        return [f"{start}: the same places stay busy, so work placed there would be well placed."]
    if kept >= MOVES:
        return [f"{start}: some of the places stay busy and some do not."]
    return [f"{start}: the places change, so a list of last year’s would miss most of it."]


def _curve(draft: Draft, one: Gathered) -> Chart:
    def thinned(across: Numbers, up: Numbers) -> tuple[tuple[float, ...], tuple[float, ...]]:
        at = np.linspace(0, 1, _POINTS + 1)
        return tuple(at.tolist()), tuple(np.interp(at, across, up).tolist())

    x, y = thinned(one.found.curve_places, one.found.curve_events)
    _, by_chance = thinned(one.chance_places, one.chance_events)
    line = draft.brief.found(Lines).by_id[one.line]
    chance = f"chance, every {'place' if one.against == 'places' else one.against[:-1]} as likely"
    return Chart(
        id=f"concentration.{one.line}.curve",
        kind="lorenz",
        title=f"What share of {many(one.line)} is in what share of small areas",
        describes=f"A curve of the share of {many(one.line)} in the busiest share of small areas, in {draft.when}, "
        "above a curve of what chance would bring. The further above, the more concentrated.",
        series=(
            Series(first_capital(subject(one.line)), x, y),
            Series(first_capital(chance), x, by_chance, role="compare"),
        ),
        source=line.feed.title,
        x_title="Share of small areas, busiest first",
        y_title=f"Share of {many(one.line)}",
        protected=line.feed.protected,
        figures=(f"concentration.{one.line}",),
    )


def _table(draft: Draft, found: Concentrations) -> Table:
    lines = draft.brief.found(Lines).by_id
    rows: list[tuple[Cell, ...]] = []
    for name, one in sorted(found.by_line.items(), key=lambda item: -item[1].found.generalised):
        shares = [100 * part for of in (0.05, 0.10, 0.20) for part in one.top(of)[:1]]
        held = one.held_of(TENTH)
        rows.append(
            (
                *(lines[name].title, one.found.events, round(one.found.generalised, 2), round(one.found.by_chance, 2)),
                *(*shares, 100 * one.top(TENTH)[1], 100 * held.next if held else None),
                "Beyond chance" if beyond(draft.brief, one) else "Not clearly beyond chance",
            )
        )
    before = "the year before" if any(one.held_from == "year" for one in found.by_line.values()) else "the first half"
    return Table(
        id="concentration.table",
        title="How concentrated each kind is, most concentrated first",
        columns=(
            Column("line", "Type"),
            Column("n", "Count", "count"),
            Column("gini", "Gini", "ratio", ("n",)),
            Column("chance", "Gini by chance", "ratio", ("n",)),
            Column("top5", "In the busiest 5%", "percent", ("n",)),
            Column("top10", "In the busiest 10%", "percent", ("n",)),
            Column("top20", "In the busiest 20%", "percent", ("n",)),
            Column("top10_chance", "Busiest 10% by chance", "percent", ("n",)),
            Column("held", f"In the 10% busiest {before}", "percent", ("n",)),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=next(iter(lines[name].feed.title for name in found.by_line)),
        note="The Gini is the generalised one (Bernasco and Steenbeek 2017), which does not rise merely because there "
        "is little to count. Where a year before did not come, the first half of the period stands for it.",
        figures=tuple(f"concentration.{name}" for name in found.by_line),
    )


def _most_gathered(draft: Draft, found: Concentrations, figures: dict[str, Figure]) -> None:
    """A finding about the kind that is most concentrated beyond chance, and about violence where it has no hotspots."""
    kinds = [
        one
        for name, one in found.by_line.items()
        if name in topics() and beyond(draft.brief, one) and one.top(TENTH)[0] >= FAR_BEYOND * one.top(TENTH)[1]
    ]
    kinds.sort(key=lambda one: one.top(TENTH)[0] - one.top(TENTH)[1], reverse=True)
    # Where there are hotspots, they name the places of violence more closely than small areas do.
    hotspots = draft.brief.measured.get(HotCells)
    by_area = not isinstance(hotspots, HotCells) or hotspots.grid is None
    named = [one for at, one in enumerate(kinds) if at == 0 or (by_area and one.line == VIOLENCE)]
    for one in named:
        figure, topic = figures[one.line], topics()[one.line]
        top = listed([said(figure, f"name{k}", "text") for k in (1, 2, 3) if f"name{k}" in figure.answer])
        draft.findings.append(
            finding(
                draft.brief,
                topic,
                "few-places",
                title=f"{first_capital(topic.subject)} {topic.verb} concentrated in few places",
                statement=f"The busiest tenth of small areas had {said(figure, 'top10', 'share')} of {topic.many}; "
                f"chance alone would put {said(figure, 'top10_chance', 'share')} there. The most were in {top}.",
                so_what=_so_what(one),
                figures=[figure.id],
                states=("concentrated",),
                harm=0.8 if one.line == VIOLENCE else 0.35,
                size=float(np.log10(one.found.events) / 4),
                certainty=STANDS,
                public=f"A few places have much of this problem: {topic.public}.",
            )
        )


def _so_what(one: Gathered) -> str:
    held = one.held_of(TENTH)
    if held and held.then > TENTH and (held.next - TENTH) / (held.then - TENTH) >= STAYS:
        since = "from the year before" if one.held_from == "year" else "all through the year"
        return f"A plan for a few places could reach much of it, and much the same places stayed busy {since}."
    return "A plan for a few places could reach much of it, if the list of places is kept up to date."
