"""Repeat victims: how many people suffer more than once, what share they bear, and how soon it happens again."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, first_capital, said
from goldthread.chapters.findings import COUNTED, finding
from goldthread.chapters.measuring.again import Again, RepeatVictims
from goldthread.chapters.model import ANALYST, MEMBER, Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.topics import topics

TOPICS = {"domestic": "domestic-abuse", "violence": "violence-and-sexual-offences", "callers": "anti-social-behaviour"}
HARMS = {"domestic": 0.9, "violence": 0.8, "callers": 0.4}
MUCH = 0.2  # the share of events that repeat victims bear, from which it is a finding
MORE_THAN_EVEN = 1.2  # times as many repeat victims as chance would make of the same people
TWO_PEOPLES = 10.0  # times the repeat share of addresses over that of people, from which pseudonyms are in doubt
A_FEW = 2.5  # times each that repeat victims came up, on average, below which they are no chronic few
MORE_THAN_CHANCE = 1.1  # times what chance would bring, up to which repeats are no news


def people(draft: Draft, found: Again) -> None:
    """This will say how much is suffered by the same people, kind by kind, and put forward the most telling."""
    if not found.victims:
        return
    draft.head("The same people")
    figures = {one.kind.id: _figure(draft, one) for one in found.victims}
    for at, one in enumerate(found.victims):
        draft.say(_sentence(figures[one.kind.id], one), MEMBER if at == 0 else ANALYST)
    draft.show(_table(found))
    _doubt(draft, found)
    telling = [one for one in found.victims if one.kind.id in TOPICS and _beyond_even(one)]
    if telling:
        _finding(draft, max(telling, key=lambda one: one.found.suffered_by_repeat_victims), figures)


def _beyond_even(one: RepeatVictims) -> bool:
    """Whether repeat victims bear much of it, and are more than chance would make of the same people."""
    v = one.found
    return v.suffered_by_repeat_victims >= MUCH and v.repeat_victims > MORE_THAN_EVEN * float(v.expected[1:].sum())


def who(one: RepeatVictims) -> tuple[str, str]:
    """What the people of a kind are called, one and many."""
    return ("caller", "callers") if one.kind.id == "callers" else ("victim", "victims")


def _figure(draft: Draft, one: RepeatVictims) -> Figure:
    v, period = one.found, draft.brief.period
    top = dict(v.top_shares)
    answer: dict[str, Answer] = {
        "victims": v.victims,
        "events": v.events,
        "unidentified": v.unidentified,
        "once": int(v.people[0]),
        "again": v.repeat_victims,
        "again_share": v.repeat_victim_share,
        "suffered": v.suffered_by_repeat_victims,
        "if_even": round(float(v.expected[1:].sum())),
        "each": v.concentration,
        "top1": top[0.01],
        "top5": top[0.05],
        "top10": top[0.10],
    }
    if one.soon is not None:
        answer |= {"in_six_months": float(one.soon.by_then[5]), "in_a_year": float(one.soon.by_then[11])}
    return draft.figure(
        Figure(
            id=f"repeats.{one.kind.id}.victims",
            asks=f"How many {who(one)[1]} came back within the period, and what share do they bear "
            f"({one.kind.title.lower()})?",
            question="goldthread.analysis.repeats.victimisation",
            answer=answer,
            rows=Rows(
                "incidents",
                one.kind.series,
                (str(period.first), str(period.last)),
                where={"feed": one.feed.name} | ({"flag": one.kind.flag} if one.kind.flag else {}),
            ),
            parameters={"period": str(period)},
            protected=one.feed.protected,
            count_keys=("victims", "events", "unidentified", "once", "again"),
            source=one.feed.title,
        )
    )


def _sentence(figure: Figure, one: RepeatVictims) -> str:
    single, many = who(one)
    made = "made" if one.kind.id == "callers" else "suffered"
    if one.found.repeat_victims == 0:
        return f"{first_capital(one.kind.many)}: no {single} of {said(figure, 'victims', 'n')} came up more than once."
    v = one.found
    each = v.suffered_by_repeat_victims * v.events / v.repeat_victims
    if v.repeat_victims <= MORE_THAN_CHANCE * float(v.expected[1:].sum()) and each < A_FEW:
        return (
            f"{first_capital(one.kind.many)}: {said(figure, 'again', 'n')} of {said(figure, 'victims', 'n')} {many} "
            f"({said(figure, 'again_share', 'share1')}) came up more than once, no more than the "
            f"{said(figure, 'if_even', 'n')} or so that chance alone would bring."
        )
    start = (
        f"{first_capital(one.kind.many)}: {said(figure, 'again', 'n')} of {said(figure, 'victims', 'n')} {many} "
        f"({said(figure, 'again_share', 'share1')}) came up more than once and {made} "
        f"{said(figure, 'suffered', 'share1')} of it"
    )
    against = f"; were it chance which of these {many} it was, about {said(figure, 'if_even', 'n')} would have."
    if one.soon is None:
        return f"{start}{against}"
    return (
        f"{start}{against} Of {one.kind.many}, {said(figure, 'in_six_months', 'share1')} were followed by another to "
        f"the same person within six months and {said(figure, 'in_a_year', 'share1')} within a year."
    )


def _table(found: Again) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in found.victims:
        v = one.found
        top = dict(v.top_shares)
        rows.append(
            (
                *(one.kind.title, v.victims, v.events, v.repeat_victims),
                *(100 * v.repeat_victim_share, 100 * v.suffered_by_repeat_victims, 100 * top[0.10]),
                100 * float(one.soon.by_then[11]) if one.soon is not None else None,
            )
        )
    return Table(
        id="repeats.victims-table",
        title="Repeat victims and callers",
        columns=(
            Column("kind", "Kind"),
            Column("victims", "People", "count"),
            Column("events", "Events with a person", "count"),
            Column("again", "People with more than one", "count"),
            Column("share", "Share of people", "percent", ("victims", "again")),
            Column("suffered", "Share of events they bear", "percent", ("victims", "events", "again")),
            Column("top10", "Borne by the most affected 10%", "percent", ("victims", "events")),
            Column("year", "Followed by another within a year", "percent", ("events",)),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(one.feed.title for one in found.victims)),
        note="People are told apart by a pseudonym. If one person has several, repeats are too few. The last column "
        "allows for those whose year was not over when the data end.",
        protected=any(one.feed.protected for one in found.victims),
        figures=tuple(f"repeats.{one.kind.id}.victims" for one in found.victims),
    )


def _doubt(draft: Draft, found: Again) -> None:
    """A word of warning when addresses come back far more often than the people there seem to."""
    shares = {one.kind.id: one.found.suffered_by_repeat_victims for one in found.victims}
    odd = [one for one in found.places if shares.get(one.kind.id, 1.0) * TWO_PEOPLES < one.share]
    if odd:
        draft.say(
            f"For {odd[0].kind.many} the same address comes back far more often than the same pseudonym. Either "
            "several people are harmed at one address, or one person is given a new pseudonym each time: ask the "
            "force which, because in the second case repeat victims are many more than these."
        )


def _finding(draft: Draft, one: RepeatVictims, figures: dict[str, Figure]) -> None:
    figure, topic = figures[one.kind.id], topics()[TOPICS[one.kind.id]]
    _, many = who(one)
    draft.findings.append(
        finding(
            draft.brief,
            topic,
            "repeat-people",
            title=f"A few {many} come up again and again for {topic.subject}",
            statement=f"{said(figure, 'again_share', 'share')} of {many} ({said(figure, 'again', 'n')} of "
            f"{said(figure, 'victims', 'n')}) came up more than once and account for "
            f"{said(figure, 'suffered', 'share')} of {one.kind.many}; chance would bring about "
            f"{said(figure, 'if_even', 'n')} of them.",
            so_what="These people are known to at least one partner. Help for them after the second time would reach "
            "much of the harm.",
            figures=[figure.id],
            states=("stable",),
            harm=HARMS[one.kind.id],
            size=float(np.log10(max(one.found.repeat_victims, 1)) / 4),
            certainty=COUNTED,
            public=f"Some people go through this again and again: {topic.public}.",
        )
    )
