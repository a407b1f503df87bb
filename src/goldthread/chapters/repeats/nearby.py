"""Near repeats: whether one burglary is soon followed by another near by, more than chance would have it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from goldthread.chapters.draft import Draft, said
from goldthread.chapters.findings import STANDS, finding
from goldthread.chapters.measuring.again import PLACED, Again, NearRepeats
from goldthread.chapters.measuring.theme_lines import CRIME
from goldthread.chapters.model import MEMBER, Chart, Column, Figure, Rows, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import steps_for, topics


def nearby(draft: Draft, found: Again) -> None:
    """This will say whether near repeats are more than chance, with the bands; or why it could not be asked."""
    near = found.near
    if near is None:
        if draft.brief.has(CRIME):
            draft.not_said(
                "near repeats",
                [
                    "To say whether one burglary is soon followed by another near by, the exact point of nearly all of "
                    f"at least fifty is needed; fewer than {PLACED:.0%} of these came with one."
                ],
            )
        return
    draft.head("Near by and soon after")
    figure = _figure(draft, near)
    stands = draft.brief.stands(near.test)
    draft.say(_sentence(figure, near, stands=stands), MEMBER)
    draft.show(_chart(draft, near))
    if stands and near.pairs[0] > near.pairs[1]:
        _finding(draft, near, figure)


def _figure(draft: Draft, near: NearRepeats) -> Figure:
    pairs, usual, p = near.pairs
    period = draft.brief.period
    return draft.figure(
        Figure(
            id=f"repeats.{near.kind.id}.near",
            asks=f"Is one soon followed by another near by, more often than chance ({near.kind.title.lower()})?",
            question="goldthread.analysis.repeats.knox",
            answer={
                "pairs": pairs,
                "usual": usual,
                "ratio": pairs / usual if usual else None,
                "p": p,
                "following": near.following,
                "events": near.events,
                "share": near.following / near.events,
                "stands": int(draft.brief.stands(near.test)),
            },
            rows=Rows(
                "incidents",
                near.kind.series,
                (str(period.first), str(period.last)),
                where={"feed": near.feed.name},
            ),
            parameters={"metres": 200, "days": 14, "shuffles": near.close.shuffles, "period": str(period)},
            protected=near.feed.protected,
            count_keys=("pairs", "following", "events"),
            source=near.feed.title,
        )
    )


def _sentence(figure: Figure, near: NearRepeats, *, stands: bool) -> str:
    start = (
        f"{said(figure, 'pairs', 'n')} pairs of {near.kind.many} were at different addresses less than 200 metres and "
        f"a fortnight apart, where {said(figure, 'usual', 'n')} would be usual had they fallen on other days"
    )
    if not stands:
        return f"{start}: no more than chance would bring."
    if near.pairs[0] < near.pairs[1]:
        return f"{start}: fewer than chance would bring."
    return (
        f"{start}: {said(figure, 'ratio', 'ratio')} as many, which is more than chance. "
        f"{said(figure, 'following', 'n')} of {said(figure, 'events', 'n')} ({said(figure, 'share', 'share')}) had "
        "another that near in the fortnight before."
    )


def _chart(draft: Draft, near: NearRepeats) -> Chart:
    found = near.found
    days = tuple(f"{int(a)} to {int(b) - 1} days" for a, b in zip(found.days[:-1], found.days[1:], strict=True))
    far = [f"{int(a)} to {int(b)} m" for a, b in zip(found.metres[:-1], found.metres[1:], strict=True)]
    far[0] = "Same place"
    rows: list[tuple[Cell, ...]] = []
    for i, name in enumerate(far):
        for j, when in enumerate(days):
            p = float(found.adjusted[i, j])
            rows.append(
                (
                    *(name, when, int(found.observed[i, j]), float(found.usual[i, j])),
                    None if np.isnan(p) else p,
                )
            )
    ratio = found.ratio
    return Chart(
        id=f"repeats.{near.kind.id}.near-chart",
        kind="matrix",
        title=f"{near.kind.title}: how many times the usual number of pairs",
        describes="A grid of distance by time: each cell says how many times more pairs there were than is usual when "
        f"dates are shuffled, in {draft.when}. One is what chance would bring.",
        series=tuple(
            Series(name, days, tuple(None if np.isnan(v) else round(float(v), 2) for v in ratio[i]))
            for i, name in enumerate(far)
        ),
        source=near.feed.title,
        y_title="Times the usual number of pairs",
        table=Table(
            id=f"repeats.{near.kind.id}.near-table",
            title=f"{near.kind.title}: pairs by distance and time",
            columns=(
                Column("distance", "Distance"),
                Column("time", "Apart"),
                Column("pairs", "Pairs", "count"),
                Column("usual", "Usual by chance", "number"),
                Column("p", "p, corrected", "p", ("pairs",)),
            ),
            rows=tuple(rows),
            source=near.feed.title,
            note="p is corrected for all cells of this table together.",
            protected=near.feed.protected,
        ),
        protected=near.feed.protected,
        figures=(f"repeats.{near.kind.id}.near",),
    )


def _finding(draft: Draft, near: NearRepeats, figure: Figure) -> None:
    topic = topics()["burglary"]
    made = finding(
        draft.brief,
        topic,
        "near-repeats",
        title="One burglary is soon followed by another near by",
        statement=f"{said(figure, 'pairs', 'n')} pairs of {near.kind.many} were less than 200 metres and a fortnight "
        f"apart, {said(figure, 'ratio', 'ratio')} what chance would bring. {said(figure, 'following', 'n')} of "
        f"{said(figure, 'events', 'n')} had another that near in the fortnight before.",
        so_what="After a burglary, the homes around it are at greater risk for about two weeks. That is when a visit, "
        "a word to neighbours and a patrol can prevent the next one.",
        figures=[figure.id],
        states=("concentrated",),
        harm=0.5,
        size=float(np.log10(max(near.events, 1)) / 4),
        certainty=STANDS,
        public="After a break-in, homes close by are at more risk for two weeks.",
    )
    visits = [
        step for step in steps_for("burglary", ("rising",), draft.brief.evidence.feeds) if "neighbours" in step.do
    ]
    draft.findings.append(replace(made, recommendation=f"{visits[0].do}.") if visits else made)
