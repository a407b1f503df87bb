"""Late premises beside violence on weekend nights, by small area; no premises is named."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, said
from goldthread.chapters.measuring.again import Again
from goldthread.chapters.measuring.premises import LICENCES, Premises
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.measuring.theme_lines import CRIME, VIOLENCE
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell

FEWEST_SHOWN = 5
MOST = 10
GATHERED = 2.0


def licensed(draft: Draft, found: Again) -> None:
    """This will set late premises beside violence on weekend nights; nothing is written without both."""
    if found.premises is None or not found.premises.with_late:
        return
    draft.head("Late premises and violence at night")
    figure = _figure(draft, found.premises)
    draft.say(_sentence(figure))
    draft.show(_table(draft, found.premises))


def _figure(draft: Draft, premises: Premises) -> Figure:
    areas, period = draft.brief.found(SmallAreas), draft.brief.period
    late, people = premises.late > 0, np.nan_to_num(areas.population)
    return draft.figure(
        Figure(
            id="repeats.late-premises",
            asks="How much violence on weekend nights is in the small areas with late premises?",
            question="goldthread.chapters.measuring.premises.premises_of",
            answer={
                "areas": int(late.size),
                "with_late": premises.with_late,
                "licences": float(premises.licences.sum()),
                "late": float(premises.late.sum()),
                "nights": float(premises.nights.sum()),
                "nights_there": premises.nights_with_late,
                "share": premises.nights_with_late / float(premises.nights.sum()),
                "people": float(people[late].sum() / people.sum()) if people.sum() else None,
            },
            rows=Rows("incidents", VIOLENCE, (str(period.first), str(period.last)), where={"feed": CRIME}),
            parameters={"period": str(period), "nights": "Friday and Saturday 20:00 to 04:00"},
            protected=True,
            count_keys=("nights", "nights_there"),
            source=_source(draft),
        )
    )


def _source(draft: Draft) -> str:
    feeds = draft.brief.evidence.feeds
    return f"{feeds[CRIME].title}; {feeds[LICENCES].title}"


def _sentence(figure: Figure) -> str:
    start = (
        f"{said(figure, 'with_late', 'n')} of {said(figure, 'areas', 'n')} small areas have premises that may sell "
        f"alcohol after midnight. They had {said(figure, 'share', 'share')} of violent crimes on Friday and Saturday "
        "nights"
    )
    share, people = float(figure.answer["share"] or 0), figure.answer["people"]
    if people is None:
        return f"{start}. That says where they were, and not that a premises brought them about."
    home = f"{start}, and {said(figure, 'people', 'share')} of residents live there"
    if share >= GATHERED * float(people):
        return f"{home}. Violence at night is where late premises are; that does not say that any one brings it about."
    return f"{home}: violence at night is not much more common where late premises are."


def _table(draft: Draft, premises: Premises) -> Table:
    areas = draft.brief.found(SmallAreas)
    order = np.lexsort((np.arange(premises.nights.size), -premises.nights))
    shown = [int(i) for i in order if premises.nights[i] >= FEWEST_SHOWN and premises.licences[i]][:MOST]
    rows: list[tuple[Cell, ...]] = [
        (
            *(areas.names[i], areas.wards[i], float(premises.licences[i]), float(premises.late[i])),
            float(premises.nights[i]),
        )
        for i in shown
    ]
    return Table(
        id="repeats.late-premises-table",
        title="Small areas with premises, most violence on weekend nights first",
        columns=(
            Column("area", "Small area"),
            Column("ward", "Ward"),
            Column("licences", "Licensed premises", "number"),
            Column("late", "Of them open late", "number"),
            Column("nights", "Violence on Friday and Saturday nights", "count"),
        ),
        rows=tuple(rows),
        source=_source(draft),
        note="Only small areas with five or more on those nights. A licence is not an open door: some are not used.",
        protected=True,
        figures=("repeats.late-premises",),
    )
