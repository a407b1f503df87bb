"""Wards side by side: counts, rates with their likely range, and which kind each has more than its share of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from goldthread.analysis.rates import crude_rate
from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, many, said
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.model import MEMBER, Chart, Column, Figure, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.evidence.store import Numbers

FEWEST_WARDS = 2


def by_ward(areas: SmallAreas, values: Numbers) -> Mapping[str, float]:
    """Values of small areas added up by ward, in the order of ward names; areas with no ward are left out."""
    found: dict[str, float] = {}
    for ward, value in zip(areas.wards, values, strict=True):
        if ward:
            found[ward] = found.get(ward, 0.0) + float(np.nan_to_num(value))
    return dict(sorted(found.items()))


def warded(draft: Draft, areas: SmallAreas, lines: Sequence[Line]) -> None:
    """This will set the wards side by side; nothing is written where fewer than two are known."""
    people = by_ward(areas, areas.population)
    if len(people) < FEWEST_WARDS:
        return
    draft.head("Wards")
    line = lines[0]
    counts = by_ward(areas, areas.counts[line.id])
    base = np.array([people[w] for w in counts])
    n = np.array(list(counts.values()))
    rates = crude_rate(n, np.where(base > 0, base, np.nan), years=max(areas.came[line.id], 1) / 12)
    has_rates = bool((base > 0).all())
    order = np.lexsort((np.arange(n.size), -(rates.rate if has_rates else n)))
    names = [list(counts)[i] for i in order]
    found = _figure(draft, areas, line, names, n[order], rates.rate[order])
    draft.say(_sentence(found, line, draft.brief.area, has_rates), MEMBER)
    table = _table(draft, areas, lines, names, people if has_rates else {})
    if not has_rates:
        draft.show(table)
        return
    draft.show(
        Chart(
            id=f"places.{line.id}.wards-chart",
            kind="dots",
            title=f"{line.title}: for every 1,000 residents, by ward",
            describes=f"A dot and its likely range for each ward, highest first, beside the rate of {draft.brief.area} "
            f"as a whole, in {draft.when}.",
            series=(
                Series(
                    "Rate",
                    tuple(names),
                    tuple(rates.rate[order].tolist()),
                    tuple(rates.low[order].tolist()),
                    tuple(rates.high[order].tolist()),
                ),
            ),
            source=f"{line.feed.title}; population estimates",
            y_title="For every 1,000 residents a year",
            table=table,
            parameters={"reference": areas.area_rate(line.id), "reference_label": draft.brief.area},
            protected=line.feed.protected,
            figures=(found.id,),
        )
    )


def _figure(draft: Draft, areas: SmallAreas, line: Line, names: Sequence[str], n: Numbers, rate: Numbers) -> Figure:
    known = np.isfinite(rate)
    total = areas.area_rate(line.id)
    most = int(np.argmax(n))
    return draft.figure(
        Figure(
            id=f"places.{line.id}.wards",
            asks=f"Which wards have the highest and the lowest rates ({line.title.lower()})?",
            question="goldthread.analysis.rates.crude_rate",
            answer={
                "wards": len(names),
                "highest": names[0],
                "highest_n": float(n[0]),
                "highest_rate": float(rate[0]) if known[0] else None,
                "lowest": names[-1],
                "lowest_n": float(n[-1]),
                "lowest_rate": float(rate[-1]) if known[-1] else None,
                "most": names[most],
                "most_n": float(n[most]),
                "above": int((rate[known] > total).sum()) if np.isfinite(total) else None,
                "area_rate": float(total) if np.isfinite(total) else None,
            },
            rows=line.rows(draft.brief.period),
            parameters={"per": "residents", "period": str(draft.brief.period)},
            protected=line.feed.protected,
            count_keys=("highest_n", "lowest_n", "most_n"),
            source=line.feed.title,
        )
    )


def _sentence(found: Figure, line: Line, area: str, has_rates: bool) -> str:
    if not has_rates:
        return (
            f"Of the {said(found, 'wards', 'n')} wards, {said(found, 'most', 'text')} had the most {many(line.id)} "
            f"({said(found, 'most_n', 'n')}). The people of each ward were not supplied, so there are no rates."
        )
    both = found.answer["highest"] == found.answer["most"]
    most = "" if both else f" Most by count is {said(found, 'most', 'text')} ({said(found, 'most_n', 'n')})."
    return (
        f"By ward, the rate runs from {said(found, 'lowest_rate', 'n')} {many(line.id)} for every 1,000 residents in "
        f"{said(found, 'lowest', 'text')} to {said(found, 'highest_rate', 'n')} in {said(found, 'highest', 'text')}; "
        f"{said(found, 'above', 'n')} of {said(found, 'wards', 'n')} wards lie above {area} as a whole "
        f"({said(found, 'area_rate', 'n')}).{most}"
    )


def _table(
    draft: Draft, areas: SmallAreas, lines: Sequence[Line], names: Sequence[str], people: Mapping[str, float]
) -> Table:
    columns = [Column("ward", "Ward")]
    if people:
        columns.append(Column("people", "Residents", "number"))
    for line in lines:
        columns.append(Column(line.id, line.title, "count"))
        if people:
            columns.append(Column(f"{line.id}-rate", "For every 1,000", "rate", (line.id,)))
    by_line = [by_ward(areas, areas.counts[line.id]) for line in lines]
    years = [max(areas.came[line.id], 1) / 12 for line in lines]
    rows: list[tuple[Cell, ...]] = []
    for name in names:
        row: list[Cell] = [name, *([people[name]] if people else [])]
        for counts, time in zip(by_line, years, strict=True):
            row += [counts[name], *([1000 * counts[name] / people[name] / time] if people else [])]
        rows.append(tuple(row))
    return Table(
        id="places.wards-table",
        title="Wards, highest rate of recorded crime first" if people else "Wards, in order of recorded crime",
        columns=tuple(columns),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
        note="Small areas are put in the ward that most of their people live in, so a count may differ a little from "
        "the ward’s own.",
        protected=any(line.feed.protected for line in lines),
        figures=(f"places.{lines[0].id}.wards",),
    )
