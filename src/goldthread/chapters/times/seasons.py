"""Months of the year: which kinds have a season, and which months stand above or below it."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, first_capital, many, said, subject, verb
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.hours import Hours, Seasonal
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.measuring.small_areas import ASB_LINE
from goldthread.chapters.model import Chart, Column, Figure, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
MOST_DRAWN = 6
TWO = 2  # years, which agree by chance more easily than three do
STRONG = 115.0  # an index from which a high month makes a finding


def seasons(draft: Draft, found: Hours) -> None:
    """This will say which kinds have a season and when they are high; without two years it says why it cannot."""
    if not found.seasons:
        draft.say(
            "A season cannot be told from one year’s events: every month of the year must have come at least twice. "
            "How each kind ran month by month is in its own chapter."
        )
        return
    figures = {name: _figure(draft, one) for name, one in found.seasons.items()}
    standing = [one for name, one in found.seasons.items() if draft.brief.stands(one.test)]
    if not standing:
        draft.say(
            "No kind of recorded crime or anti-social behaviour has a season beyond chance in the years that came, "
            "once all tests of how things stand are corrected together."
        )
    for one in standing:
        draft.say(_sentence(figures[one.line], one))
    if standing:
        draft.show(_chart(draft, standing))
    draft.show(_table(draft, found))


def high_months(one: Seasonal) -> list[int]:
    """The months that stand above the year, by number from 0."""
    return [int(m) for m in np.flatnonzero(one.found.stands_out & (one.found.index > 100))]


def low_months(one: Seasonal) -> list[int]:
    """The months that stand below the year, by number from 0."""
    return [int(m) for m in np.flatnonzero(one.found.stands_out & (one.found.index < 100))]


def _figure(draft: Draft, one: Seasonal) -> Figure:
    line = draft.brief.found(Lines).by_id[one.line]
    highest, lowest = int(np.argmax(one.found.index)), int(np.argmin(one.found.index))
    return draft.figure(
        Figure(
            id=f"times.{one.line}.season",
            asks=f"Is there a season, and which months stand above or below the year ({line.title.lower()})?",
            question="goldthread.analysis.times.season",
            answer={
                "n": float(one.found.counts.sum()),
                "years": one.found.years,
                "highest": MONTHS[highest],
                "highest_over": float(one.found.index[highest] - 100),
                "lowest": MONTHS[lowest],
                "lowest_under": float(100 - one.found.index[lowest]),
                "high": listed([MONTHS[m] for m in high_months(one)]),
                "low": listed([MONTHS[m] for m in low_months(one)]),
                "p": one.found.p,
                "stands": int(draft.brief.stands(one.test)),
            },
            rows=line.rows(draft.brief.span),
            parameters={"index": "100 is an average day of the year"},
            protected=line.feed.protected,
            count_keys=("n",),
            source=line.feed.title,
        )
    )


def _sentence(figure: Figure, one: Seasonal) -> str:
    start = f"{first_capital(subject(one.line))} {verb(one.line)} seasonal, day for day over "
    start += f"{said(figure, 'years', 'word')} years"
    high, low = high_months(one), low_months(one)
    parts = []
    if high:
        parts.append(
            f"above the year’s average in {said(figure, 'high', 'text')}{_by(figure, high, 'highest', 'highest_over')}"
        )
    if low:
        average = "below it" if high else "below the year’s average"
        parts.append(f"{average} in {said(figure, 'low', 'text')}{_by(figure, low, 'lowest', 'lowest_under')}")
    if not parts:
        return f"{start}, though no single month stands out from the others."
    return f"{start}: {'; and '.join(parts)}."


def _by(figure: Figure, months: list[int], which: str, how_far: str) -> str:
    """By how much the month furthest from the average is off it."""
    if len(months) == 1:
        return f", by {said(figure, how_far, 'pct')}"
    return f" (most in {said(figure, which, 'text')}, by {said(figure, how_far, 'pct')})"


def _chart(draft: Draft, standing: list[Seasonal]) -> Chart:
    shown = sorted(standing, key=lambda one: one.found.p)[:MOST_DRAWN]
    lines = draft.brief.found(Lines).by_id
    short = tuple(m[:3] for m in MONTHS)
    return Chart(
        id="times.seasons",
        kind="multiples",
        title="Seasons: each month beside an average day of the year",
        describes="A small line for each kind with a season: 100 is an average day of the year, month by month from "
        "January to December.",
        series=tuple(Series(lines[one.line].title, short, tuple(one.found.index.tolist())) for one in shown),
        source=lines[shown[0].line].feed.title,
        y_title="An average day is 100",
        figures=tuple(f"times.{one.line}.season" for one in shown),
    )


def _table(draft: Draft, found: Hours) -> Table:
    lines = draft.brief.found(Lines).by_id
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.seasons.items():
        highest, lowest = int(np.argmax(one.found.index)), int(np.argmin(one.found.index))
        rows.append(
            (
                *(lines[name].title, MONTHS[highest], float(round(one.found.index[highest]))),
                *(MONTHS[lowest], float(round(one.found.index[lowest]))),
                "Has a season" if draft.brief.stands(one.test) else "No clear season",
            )
        )
    return Table(
        id="times.seasons-table",
        title="Highest and lowest months, as an index of an average day of the year",
        columns=(
            Column("line", "Type"),
            Column("highest", "Highest month"),
            Column("high", "Index", "number"),
            Column("lowest", "Lowest month"),
            Column("low", "Index", "number"),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=next(iter(lines[name].feed.title for name in found.seasons)),
        note="Days are counted, so that February is not low for being short; each year has its own level. There is "
        "always a highest month: it means something only where there is a season.",
        figures=tuple(f"times.{name}.season" for name in found.seasons),
    )


def season_finding(draft: Draft, found: Hours) -> None:
    """A finding when anti-social behaviour has a season that is strong enough to plan for."""
    one = found.seasons.get(ASB_LINE)
    if one is None or not draft.brief.stands(one.test) or not high_months(one) or one.found.index.max() < STRONG:
        return
    figure = draft.figures[f"times.{ASB_LINE}.season"]
    topic = topics()[ASB_LINE]
    draft.findings.append(
        finding(
            draft.brief,
            topic,
            "season",
            title="Anti-social behaviour rises at the same time every year"
            if one.found.years > TWO
            else "Anti-social behaviour was highest in the same months of both years",
            statement=f"Day for day over {said(figure, 'years', 'word')} years, {many(ASB_LINE)} stood above the "
            f"average in {said(figure, 'high', 'text')}{_by(figure, high_months(one), 'highest', 'highest_over')}.",
            so_what="It can be planned for: staff, lighting, events for young people and messages can be ready before "
            "the months that are high, and a rise in them is not by itself news.",
            figures=[figure.id],
            states=("concentrated",),
            harm=0.35,
            size=float(np.log10(max(float(figure.answer["n"] or 1), 1)) / 5),
            certainty=STANDS if one.found.years > TWO else ALONE,
            public="Bad behaviour in public goes up at the same time each year." if one.found.years > TWO else "",
        )
    )
