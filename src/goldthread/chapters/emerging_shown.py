"""What is gathering in one place just now: the sentences, the table and the findings of the space-time scan."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.brief import ALONE, slug
from goldthread.chapters.draft import Draft, first_capital, said
from goldthread.chapters.findings import STANDS, finding
from goldthread.chapters.measuring.emerging import LONGEST, Emerging, Gathering
from goldthread.chapters.measuring.harm import Harms
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words, listed, month, number, plural

MOST_NAMED = 3


def gathering(draft: Draft, found: Emerging) -> None:
    """This will say where more was recorded than is to be expected there and then, and what could not be looked at."""
    if found.found:
        draft.head("New clusters in place and time")
        draft.say(
            "A place that is always busy is no news, and nor is a week that is busy everywhere. Looked for here are "
            f"small areas, or circles of them, with more in the last weeks (up to {in_words(LONGEST)}) than their own "
            "past and the weeks of the whole area would give."
        )
        figures = {one.watched.id: draft.figure(_figure(draft, one)) for one in found.found}
        standing = [one for one in found.found if draft.brief.stands(one.test)]
        alone = [one for one in found.found if one not in standing and _p(draft, one) <= ALONE]
        for one in standing:
            draft.say(f"{_where(one, figures[one.watched.id])}, more than chance would give.")
            _finding(draft, one, figures[one.watched.id])
        for one in alone:
            draft.say(
                f"To be watched: {_where(one, figures[one.watched.id])}, which may be chance among all the "
                "tests in this assessment."
            )
        quiet = [one.watched.many for one in found.found if one not in standing and one not in alone]
        if quiet:
            draft.say(f"Nothing new is gathering anywhere, beyond chance, of {listed(quiet)}.")
        draft.show(_table(draft, found))
    if found.refused:
        draft.not_said("new clusters in place and time, from police.uk", found.refused)


def _p(draft: Draft, one: Gathering) -> float:
    verdicts = draft.brief.verdicts
    return verdicts[one.test].p if verdicts is not None else 1.0


def _day(day: np.datetime64) -> str:
    words = str(day.astype("datetime64[D]"))
    return f"{int(words[-2:])} {month(words)}"


def _figure(draft: Draft, one: Gathering) -> Figure:
    cluster = one.cluster
    return Figure(
        id=f"early-warning.cluster-{slug(one.watched.id)}",
        asks=f"Is something new gathering in one place just now ({one.watched.many})?",
        question="goldthread.analysis.scans.scan",
        answer={
            "looked_at": one.events,
            "events": cluster.events if cluster else None,
            "expected": cluster.expected if cluster else None,
            "times": cluster.ratio if cluster else None,
            "weeks": cluster.steps if cluster else None,
            "metres": cluster.metres if cluster else None,
            "areas": len(cluster.areas) if cluster else 0,
            "p": cluster.p if cluster else None,
            "stands": int(draft.brief.stands(one.test)),
        },
        rows=Rows(
            "incidents",
            one.watched.series,
            (str(one.first)[:7], str(one.last)[:7]),
            where={"feed": one.watched.feed},
        ),
        parameters={"from": str(one.first), "to": str(one.last), "weeks": one.weeks, "shuffled": "dates over events"},
        protected=one.feed.protected,
        count_keys=("looked_at", "events"),
        source=one.feed.title,
    )


def _where(one: Gathering, figure: Figure) -> str:
    """How many, where and when, beside what was to be expected there and then."""
    assert one.cluster is not None
    areas = len(one.cluster.areas)
    places = (
        f"in {_places(one)}"
        if areas == 1
        else f"in {in_words(areas)} small areas of {_places(one)}, within {said(figure, 'metres', 'n')} metres"
    )
    weeks = said(figure, "weeks", "count|week|weeks")
    return (
        f"{said(figure, 'events', 'n')} {one.watched.many} {places}, in the {weeks} to {_day(one.last)}, where "
        f"{said(figure, 'expected', 'n1')} would be expected there and then ({said(figure, 'times', 'ratio')} as many)"
    )


def _places(one: Gathering) -> str:
    if len(one.names) == 1:
        ward = f"{one.wards[0]} (LSOA {one.names[0].split()[-1]})" if one.wards else one.names[0]
        return ward
    more = len(one.wards) - MOST_NAMED
    named = one.wards[:MOST_NAMED] if more <= 0 else (*one.wards[:MOST_NAMED], f"{in_words(more)} more wards")
    return listed(named) if named else listed(one.names[:MOST_NAMED])


def _verdict(draft: Draft, one: Gathering) -> str:
    if draft.brief.stands(one.test):
        return "New cluster"
    return "Watch: perhaps" if _p(draft, one) <= ALONE else "Nothing beyond chance"


def _table(draft: Draft, found: Emerging) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in found.found:
        c = one.cluster
        rows.append(
            (
                first_capital(one.watched.many),
                float(one.events),
                _places(one) if c else "–",
                c.steps if c else None,
                float(c.events) if c else None,
                number(c.expected, 1) if c else "–",
                _verdict(draft, one),
            )
        )
    return Table(
        id="early-warning.clusters",
        title="The most unusual recent cluster of each kind of record",
        columns=(
            Column("kind", "Kind"),
            Column("looked_at", "In the year", "count"),
            Column("where", "Where"),
            Column("weeks", "Weeks", "number"),
            Column("events", "There and then", "count"),
            Column("expected", "Expected", "text", ("events",)),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(one.feed.title for one in found.found)),
        note="There is always a most unusual place; only one that is called new is more than chance. Circles round "
        "small areas, over whole weeks up to the last day of the data.",
        protected=any(one.feed.protected for one in found.found),
        figures=tuple(f"early-warning.cluster-{slug(one.watched.id)}" for one in found.found),
    )


def _finding(draft: Draft, one: Gathering, figure: Figure) -> None:
    assert one.cluster is not None
    topic = topics()[one.watched.topic]
    weeks = plural(one.cluster.steps, "week", "weeks")
    draft.findings.append(
        finding(
            draft.brief,
            topic,
            f"cluster-{slug(one.watched.id)}",
            title=f"New: {one.watched.many} are gathering in {_places(one)}",
            statement=f"{_where(one, figure)}, more than chance would give.",
            so_what=f"It is of the last {weeks} of the data. What is done there now costs least; if it was a series, "
            "the next is likeliest near by.",
            figures=[figure.id],
            states=("rising",),
            harm=draft.brief.found(Harms).share(topic.harm) ** 0.5 if topic.harm else 0.3,
            size=min(float(np.log10(max(one.cluster.events, 1))) / 4, 1.0),
            change=min(one.cluster.ratio / 5, 1.0),
            certainty=STANDS,
        )
    )
