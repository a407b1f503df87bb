"""The chart of a type of crime by month, and the table that sets all types side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.chapters import changes
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.draft import said
from goldthread.chapters.model import Chart, Column, Figure, Series, Table
from goldthread.chapters.words import in_words, plural, short_month

STANDING = {
    "high": "Above the group",
    "low": "Below the group",
    "perhaps high": "Perhaps above",
    "perhaps low": "Perhaps below",
    "typical": "Like the group",
    "untested": "Too few to tell",
    "": "–",
}
CHANGED = {
    "rise": "Rise",
    "fall": "Fall",
    "perhaps": "Perhaps a change",
    "unclear": "No clear change",
    "too-few": "Too few to tell",
    "same": "No change",
    "nothing": "–",
}


def by_month(kind: CrimeType, change: Figure, course: Figure | None) -> Chart:
    """A run chart with limits where 24 months came in a row; otherwise the months as recorded."""
    if kind.course is None or course is None:
        return _plain(kind, change)
    found = kind.course
    months = tuple(str(m) for m in found.run)
    outside = [short_month(months[i]) for i in found.limits.outside]
    told = "No month lies outside the limits."
    if outside:
        many = plural(len(outside), "month lies", "months lie")
        named = f": {', '.join(outside[-4:])}" if len(outside) <= 4 else f", the last in {outside[-1]}"
        told = f"{said(course, 'outside', 'Word')} {many} outside the limits{named}."
    anew = " The limits are drawn anew where the level changed." if found.cuts else ""
    return Chart(
        id=f"crime-types.{kind.line.id}.run",
        kind="run",
        title=f"{kind.topic.title} by month, with the season out and the limits of usual variation",
        describes=f"{told}{anew}",
        series=(
            Series("Season out", months, tuple(float(v) for v in found.adjusted)),
            Series("As recorded", months, tuple(float(v) for v in found.counts), role="compare"),
        ),
        y_title="A month of 30.4 days",
        source=kind.line.feed.title,
        parameters={
            "centre": tuple(float(v) for v in found.limits.centre),
            "lower": tuple(float(v) for v in found.limits.lower),
            "upper": tuple(float(v) for v in found.limits.upper),
            "signals": found.limits.outside,
        },
        protected=kind.line.feed.protected,
        figures=(course.id, change.id),
    )


def _plain(kind: CrimeType, change: Figure) -> Chart:
    months = tuple(str(m) for m in kind.brief.span)
    y = tuple(None if np.isnan(v) else float(v) for v in kind.line.over(kind.brief.span))
    came = [(v, m) for v, m in zip(y, months, strict=True) if v is not None]
    top, bottom = max(came), min(came)
    return Chart(
        id=f"crime-types.{kind.line.id}.months",
        kind="line",
        title=f"{kind.topic.title} by month, as recorded",
        describes=f"The highest month was {short_month(top[1])} and the lowest {short_month(bottom[1])}.",
        series=(Series(kind.topic.title, months, y),),
        y_title="A month",
        source=kind.line.feed.title,
        protected=kind.line.feed.protected,
        figures=(change.id,),
    )


def side_by_side(kinds: Sequence[CrimeType]) -> Table:
    """Every type in one table: count, change, rate and where it stands, part of harm."""
    rows = []
    for kind in kinds:
        moved, peered, weighed = kind.moved, kind.peered, kind.weighed
        standing = weighed.of(kind.line.title) if weighed else None
        rows.append(
            (
                kind.topic.title,
                kind.n,
                moved.percent if moved else None,
                CHANGED[kind.verdict],
                float(peered.comparison.rate[peered.comparison.subject]) if peered else None,
                STANDING[kind.standing],
                100 * standing.volume_share if standing else None,
                100 * standing.harm_share if standing else None,
            )
        )
    return Table(
        id="crime-types.summary",
        title=f"The {in_words(len(kinds))} types of recorded crime side by side",
        columns=(
            Column("type", "Type"),
            Column("n", "Recorded", "count"),
            Column("percent", "Change", "percent", ("n",)),
            Column("verdict", "What can be said of the change"),
            Column("rate", "Rate", "rate", ("n",)),
            Column("standing", "Beside other areas"),
            Column("volume", "Share of crimes", "percent", ("n",)),
            Column("harm", "Share of harm", "percent", ("n",)),
        ),
        rows=tuple(rows),
        source=kinds[0].line.feed.title,
        note="Rates are for every 1,000 residents; burglary for every 1,000 households.",
        protected=any(kind.line.feed.protected for kind in kinds),
        figures=tuple(changes.figure_id(kind.line.id) for kind in kinds),
    )
