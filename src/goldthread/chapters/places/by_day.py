"""People present by day beside residents: how the ranking of places changes with what a rate is against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, many, said, subject
from goldthread.chapters.measuring.small_areas import SmallAreas, rank
from goldthread.chapters.model import Chart, Column, Figure, Gap, Series, Table
from goldthread.chapters.model.blocks import Cell

TEN = 10
HARDLY = 8  # of the ten highest, so many or more still among the ten: the ranking hardly changes


def by_day(draft: Draft, areas: SmallAreas, line: Line) -> None:
    """
    This will show how the ranking of small areas changes when a rate is against people present by day.

    Without such a count it says so, and asks for it.
    """
    if not areas.has_people:
        return
    draft.head("Against people who are there by day")
    if not areas.has_workday:
        draft.bear_in_mind("residents-not-visitors")
        draft.say(
            "How many people are in each place by day was not supplied. Town centres, hospitals and campuses have few "
            "residents, so their rates look far higher than the risk to anyone who is there."
        )
        draft.gaps.append(
            Gap(
                "How many people are in each small area by day or at night",
                "Without it, rates in town centres look worse than they are and cannot be ranked fairly.",
                "Council research manager",
                "workday-population",
            )
        )
        return
    homes = areas.rates(line.id, areas.population).rate
    day = areas.rates(line.id, areas.workday).rate
    found = _figure(draft, areas, line, rank(homes), rank(day))
    draft.say(_sentence(found, line))
    draft.show(_chart(draft, areas, line, rank(homes), rank(day)))


def _figure(
    draft: Draft, areas: SmallAreas, line: Line, by_home: NDArray[np.int64], by_day_: NDArray[np.int64]
) -> Figure:
    top = np.flatnonzero((by_home > 0) & (by_home <= TEN))
    still = top[(by_day_[top] > 0) & (by_day_[top] <= TEN)]
    first = int(np.flatnonzero(by_home == 1)[0])
    by_day_first = int(np.flatnonzero(by_day_ == 1)[0])
    fallen = int(top[np.argmax(by_day_[top] - by_home[top])])
    places = {"first": first, "day_first": by_day_first, "fallen": fallen}
    return draft.figure(
        Figure(
            id=f"places.{line.id}.by-day",
            asks=f"Which small areas rank highest against people present by day, not residents ({line.title.lower()})?",
            question="goldthread.analysis.rates.crude_rate",
            answer={
                "ten": int(top.size),
                "still": int(still.size),
                **{name: areas.place(line.id, at).said for name, at in places.items()},
                "first_day_rank": int(by_day_[first]),
                "fallen_from": int(by_home[fallen]),
                "fallen_to": int(by_day_[fallen]),
                "residents": float(np.nansum(areas.population)),
                "by_day": float(np.nansum(areas.workday)),
            },
            rows=line.rows(draft.brief.period),
            parameters={"period": str(draft.brief.period)},
            protected=line.feed.protected,
            source=f"{line.feed.title}; people present by day",
        )
    )


def _sentence(found: Figure, line: Line) -> str:
    kept = f"{said(found, 'still', 'n')} of the {said(found, 'ten', 'n')} small areas with the highest rates"
    start = f"Against people who are there by day (those who work there, and residents who do not work), {kept}"
    if int(found.answer["still"] or 0) >= HARDLY:
        return (
            f"{start} by residents are still among the highest for {subject(line.id)}, so the ranking hardly depends "
            "on what the rate is against."
        )
    first = "stays first" if found.answer["first"] == found.answer["day_first"] else "is first no longer"
    instead = "" if "stays" in first else f"; {said(found, 'day_first', 'text')} is"
    return (
        f"{start} by residents are still among the highest for {subject(line.id)}: the ranking depends on it. "
        f"{said(found, 'first', 'text')} {first}{instead}. The largest fall is of {said(found, 'fallen', 'text')}, "
        f"from {said(found, 'fallen_from', 'ordinal')} to {said(found, 'fallen_to', 'ordinal')}. Counts say where the "
        "work is; neither rate alone does."
    )


def _chart(
    draft: Draft, areas: SmallAreas, line: Line, by_home: NDArray[np.int64], by_day_: NDArray[np.int64]
) -> Chart:
    shown = np.flatnonzero(((by_home > 0) & (by_home <= TEN)) | ((by_day_ > 0) & (by_day_ <= TEN)))
    shown = shown[np.argsort(by_home[shown], kind="stable")]
    homes, day = areas.rates(line.id, areas.population).rate, areas.rates(line.id, areas.workday).rate
    rows: list[tuple[Cell, ...]] = [
        (
            *(areas.names[i], areas.wards[i], float(areas.counts[line.id][i])),
            *(float(homes[i]), int(by_home[i]), float(day[i]), int(by_day_[i])),
        )
        for i in shown
    ]
    labels = tuple(areas.names[i] for i in shown)
    title = f"{line.title}: against residents, and against people there by day"
    return Chart(
        id=f"places.{line.id}.by-day-chart",
        kind="paired",
        title=title,
        describes="Bars to the left are rates against residents and bars to the right rates against people present by "
        f"day, for the small areas that are among the ten highest by either, in {draft.when}.",
        series=(
            Series("For every 1,000 residents", labels, tuple(float(homes[i]) for i in shown)),
            Series("For every 1,000 people there by day", labels, tuple(float(day[i]) for i in shown)),
        ),
        source=f"{line.feed.title}; population estimates; people present by day",
        y_title="Rate a year",
        table=Table(
            id=f"places.{line.id}.by-day-table",
            title=title,
            columns=(
                Column("area", "Small area"),
                Column("ward", "Ward"),
                Column("n", f"Count of {many(line.id)}", "count"),
                Column("rate", "For every 1,000 residents", "rate", ("n",)),
                Column("rank", "Rank", "number", ("n",)),
                Column("day_rate", "For every 1,000 there by day", "rate", ("n",)),
                Column("day_rank", "Rank by day", "number", ("n",)),
            ),
            rows=tuple(rows),
            source=f"{line.feed.title}; population estimates; people present by day",
            protected=line.feed.protected,
        ),
        protected=line.feed.protected,
        figures=(f"places.{line.id}.by-day",),
    )
