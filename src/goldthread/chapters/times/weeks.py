"""Hours of the week: heat clocks of each source, weekend nights, and the busiest stretch."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, first_capital, said
from goldthread.chapters.findings import STANDS, finding
from goldthread.chapters.measuring.hours import USUAL, WINDOW, Clock, Hours
from goldthread.chapters.model import ANALYST, MEMBER, Chart, Column, Figure, Rows, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STAND_OUT = 2.0  # times an even share from which weekend nights make a finding
ABOUT_VIOLENCE = ("violence", "ambulance", "ed")
# Clocks that a theme draws from the same rows; the same picture twice would be looked at twice.
DRAWN_ELSEWHERE = frozenset({"asb", "ambulance", "ed", "fires"})


def stretch(begins: int) -> str:
    """The busiest hours in words, from the hour of the week in which they begin: Friday 21:00 to 01:00."""
    day, hour = divmod(begins, 24)
    ends = (hour + WINDOW) % 24
    return f"{DAYS[day]} {hour:02d}:00 to {f'{ends:02d}:00' if ends else 'midnight'}"


def weeks(draft: Draft, found: Hours) -> None:
    """This will draw a clock for each source, and say of each whether weekend nights stand out."""
    draft.say(
        "Each source counts something else: the police when a crime was committed, or when a call came; the ambulance "
        "when it was called; the hospital when someone arrived. Where only a window is known, the record is spread "
        "over its hours (aoristic). The weeks of partners’ records are drawn in their own chapters."
    )
    draft.show(_table(draft, found))
    for clock in found.clocks:
        figure = _figure(draft, clock)
        draft.say(_sentence(draft, figure, clock), MEMBER if clock.wanted.id == "violence" else ANALYST)
        if clock.wanted.id not in DRAWN_ELSEWHERE:
            draft.show(_chart(draft, clock, figure))
        if clock.midnight:
            draft.bear_in_mind("clock-unknown")


def _figure(draft: Draft, clock: Clock) -> Figure:
    brief, spread = draft.brief, clock.spread
    answer: dict[str, Answer] = {
        "rows": clock.rows,
        "timed": spread.events,
        "windows": spread.windowed,
        "nights": round(clock.nights),
        "share": clock.nights_share,
        "rest": 1 - clock.nights_share,
        "even": USUAL,
        "times": clock.nights_share / USUAL,
        "peak": stretch(clock.peak),
        "peak_share": clock.peak_share,
        "stand_out": int(clock.clock.high.sum()),
        "p": clock.p,
        "stands": int(brief.stands(clock.test)),
        "placed": clock.placed,
    }
    for at, (ward, n) in enumerate(clock.wards, start=1):
        answer |= {f"ward{at}": ward, f"ward{at}_n": n, f"ward{at}_share": n / clock.placed}
    return draft.figure(
        Figure(
            id=f"times.{clock.wanted.id}.week",
            asks=f"At which hours of the week is it, and how much on Friday and Saturday nights "
            f"({clock.wanted.title.lower()})?",
            question="goldthread.analysis.times.aoristic",
            answer=answer,
            rows=_rows(draft, clock),
            parameters={"period": str(brief.period), "nights": "Friday and Saturday 20:00 to 04:00"},
            protected=clock.feed.protected,
            count_keys=("rows", "timed", "windows", "nights", "placed", *(k for k in answer if k.endswith("_n"))),
            source=clock.feed.title,
        )
    )


def _rows(draft: Draft, clock: Clock) -> Rows:
    period = draft.brief.period
    return Rows(
        "incidents",
        clock.wanted.series,
        (str(period.first), str(period.last)),
        where={"feed": clock.wanted.feed},
    )


def _sentence(draft: Draft, figure: Figure, clock: Clock) -> str:
    name = first_capital(clock.wanted.many)
    share = said(figure, "share", "share")
    windows = ""
    if clock.spread.windowed > 0.2 * clock.spread.events:
        windows = f" {said(figure, 'windows', 'n')} of {said(figure, 'timed', 'n')} have only a window of time."
    if not draft.brief.stands(clock.test):
        return (
            f"{name}: Friday and Saturday nights (eight to four) had {share}, which is not clearly different from "
            f"their share of the week ({said(figure, 'even', 'share')}).{windows}"
        )
    busiest = (
        f" The busiest four hours are {said(figure, 'peak', 'text')}, with {said(figure, 'peak_share', 'share')}."
        if clock.clock.high.any()
        else ""
    )
    if clock.nights_share < USUAL:
        return (
            f"{name}: Friday and Saturday nights (eight to four) had {share}, less than their share of the week "
            f"({said(figure, 'even', 'share')}).{busiest}{windows}"
        )
    how = "stand out" if clock.nights_share >= STAND_OUT * USUAL else "are somewhat busier than others"
    return (
        f"{name}: Friday and Saturday nights (eight to four) {how}, with {share} in {said(figure, 'even', 'share')} of "
        f"the week.{busiest}{windows}"
    )


def _chart(draft: Draft, clock: Clock, figure: Figure) -> Chart:
    labels = tuple(f"{hour:02d}:00" for hour in range(24))
    return Chart(
        id=f"times.{clock.wanted.id}.clock",
        kind="clock",
        title=f"{clock.wanted.title}: hour of the week",
        describes=f"A grid of seven days by 24 hours, darker where there were more {clock.wanted.many}, in "
        f"{draft.when}.",
        series=tuple(
            Series(day, labels, tuple(float(n) for n in np.round(row, 1)))
            for day, row in zip(DAYS, clock.clock.counts, strict=True)
        ),
        source=clock.feed.title,
        y_title=first_capital(clock.wanted.many),
        protected=clock.feed.protected,
        figures=(figure.id,),
    )


def _table(draft: Draft, found: Hours) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            *(clock.wanted.title, clock.feed.title, clock.spread.events, round(clock.nights)),
            *(100 * clock.nights_share, stretch(clock.peak), int(clock.clock.high.sum())),
        )
        for clock in found.clocks
    ]
    return Table(
        id="times.sources",
        title="Friday and Saturday nights, and the busiest four hours, by source",
        columns=(
            Column("what", "What"),
            Column("source", "Source"),
            Column("n", "With a time", "count"),
            Column("nights", "On those nights", "count"),
            Column("share", "Share", "percent", ("n", "nights")),
            Column("peak", "Busiest four hours"),
            Column("hours", "Hours of the week that stand out", "number"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(clock.feed.title for clock in found.clocks)),
        note="Nights are from 20:00 to 04:00 and are a tenth of the week. Hours that stand out are more than chance, "
        "of 168 looked at together.",
        protected=any(clock.feed.protected for clock in found.clocks),
        figures=tuple(f"times.{clock.wanted.id}.week" for clock in found.clocks),
    )


def nights_finding(draft: Draft, found: Hours) -> None:
    """A finding when violence stands out on weekend nights, from the first source of violence that came."""
    about = [clock for name in ABOUT_VIOLENCE if (clock := found.clock(name)) is not None]
    standing = [c for c in about if draft.brief.stands(c.test) and c.nights_share >= STAND_OUT * USUAL]
    if not standing:
        return
    first = standing[0]
    figure = draft.figures[f"times.{first.wanted.id}.week"]
    topic = topics()["violence-and-sexual-offences"]
    others = [draft.figures[f"times.{c.wanted.id}.week"] for c in standing[1:]]
    draft.findings.append(
        finding(
            draft.brief,
            topic,
            "nights",
            title="Violence peaks on Friday and Saturday nights",
            statement=f"{_where(first, figure)}{_agree(standing[1:], others)}",
            so_what="Staff, transport, door staff and support that are in place in these hours would meet much of it. "
            f"The other {said(figure, 'rest', 'share')} is at other hours and needs other work.",
            figures=[figure.id, *(other.id for other in others)],
            states=("concentrated",),
            harm=0.75,
            size=float(np.log10(max(first.nights, 1)) / 4),
            certainty=STANDS,
            public="People are hurt most on Friday and Saturday nights.",
        )
    )


def _where(clock: Clock, figure: Figure) -> str:
    start = (
        f"{said(figure, 'share', 'share')} of {clock.wanted.many} with a time were on Friday and Saturday nights "
        f"(eight to four), which are {said(figure, 'even', 'share')} of the week. The busiest four hours were "
        f"{said(figure, 'peak', 'text')}."
    )
    if not clock.wards or clock.wards[0][1] < 0.2 * clock.placed:
        return start
    return f"{start} On those nights {said(figure, 'ward1_share', 'share')} were in {said(figure, 'ward1', 'text')}."


def _agree(clocks: list[Clock], figures: list[Figure]) -> str:
    if not clocks:
        return ""
    parts = [f"{c.wanted.many} ({said(f, 'share', 'share')})" for c, f in zip(clocks, figures, strict=True)]
    return f" So were many {listed(parts)}."
