"""The small areas with most of a line: what is said of them, and the table of ten."""

from __future__ import annotations

import numpy as np

from goldthread.analysis.concentration import location_quotient
from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, first_capital, many, said, subject
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.small_areas import ASB_LINE, Place, SmallAreas, rank
from goldthread.chapters.model import MEMBER, Column, Figure, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer

FEWEST = 20  # rows below which no small area is said to have most
GATHERED = 2.5  # the busiest tenth of areas has at least so many times a tenth
FAR_ABOVE = 3.0  # a rate this many times the area's is far above it


def figure(draft: Draft, areas: SmallAreas, line: Line) -> Figure:
    """The three small areas with most of a line, and what the busiest tenth of small areas has."""
    top = areas.top(line.id, 3)
    number, held, share = areas.share_in_top(line.id)
    answer: dict[str, Answer] = {
        "n": areas.placed(line.id),
        "nowhere": areas.nowhere[line.id],
        "areas": len(areas.codes),
        "with_any": int((areas.counts[line.id] > 0).sum()),
        "top_areas": number,
        "top_n": held,
        "top_share": share,
        "area_rate": _number(areas.area_rate(line.id)),
    }
    for i, place in enumerate(top, start=1):
        answer |= {f"name{i}": place.said, f"n{i}": place.n, f"share{i}": place.share, f"rate{i}": _number(place.rate)}
    if top and areas.has_people:
        answer["times"] = _number(top[0].rate / areas.area_rate(line.id))
    counts = [f"n{i}" for i in range(1, len(top) + 1)]
    return draft.figure(
        Figure(
            id=f"places.{line.id}.busiest",
            asks=f"Which small areas have most, and how much has the busiest tenth of them ({line.title.lower()})?",
            question="goldthread.chapters.measuring.small_areas.measure_small_areas",
            answer=answer,
            rows=line.rows(draft.brief.period),
            parameters={"per": areas.per(line.id), "period": str(draft.brief.period)},
            protected=line.feed.protected,
            count_keys=("n", "nowhere", "top_n", *counts),
            source=line.feed.title,
        )
    )


def _number(value: float) -> float | None:
    return float(value) if np.isfinite(value) else None


def busiest(draft: Draft, areas: SmallAreas, line: Line) -> None:
    """This will say which small areas have most of a line, whether it is gathered there, and how their rate stands."""
    found = figure(draft, areas, line)
    draft.say(" ".join((_most(found, line), *_rate(found, areas, line, draft.brief.area))), MEMBER)


def _most(found: Figure, line: Line) -> str:
    if float(found.answer["n"] or 0) < FEWEST:
        return (
            f"There were {said(found, 'n', 'n')} {many(line.id)} with a small area, too few to say that any place has "
            "most."
        )
    first = (
        f"The small area with the most {many(line.id)} is {said(found, 'name1', 'text')}, with "
        f"{said(found, 'n1', 'n')}, {said(found, 'share1', 'share1')} of the {said(found, 'n', 'n')} with a place."
    )
    others = [
        f"{said(found, f'name{i}', 'text')} ({said(found, f'n{i}', 'n')})" for i in (2, 3) if f"n{i}" in found.answer
    ]
    if others:
        first = f"{first} {'Then comes' if len(others) == 1 else 'Then come'} {' and '.join(others)}."
    tenth = f"the busiest tenth of small areas ({said(found, 'top_areas', 'n')} of {said(found, 'areas', 'n')})"
    held = said(found, "top_share", "share")
    if float(found.answer["top_share"] or 0) >= GATHERED * 0.1:
        return f"{first} It is concentrated: {tenth} had {held} of it."
    return f"{first} It is spread: {tenth} had only {held} of it."


def _rate(found: Figure, areas: SmallAreas, line: Line, area: str) -> list[str]:
    if found.answer.get("times") is None or float(found.answer["n"] or 0) < FEWEST:
        return []
    rate = (
        f"For every 1,000 {areas.per(line.id)} a year that is {said(found, 'rate1', 'n')} in the first of them, and "
        f"{said(found, 'area_rate', 'n')} in {area} as a whole."
    )
    if line.id == TOTAL and float(found.answer["times"] or 0) >= FAR_ABOVE:
        return [
            rate,
            "A rate so far above the whole tells of people who come there as much as of those who live there.",
        ]
    return [rate]


def top_table(draft: Draft, areas: SmallAreas, line: Line) -> None:
    """This will set the ten small areas with most of a line side by side: count, share, rate, rank, quotient."""
    top = areas.top(line.id)
    columns = [Column("area", "Small area"), Column("ward", "Ward"), Column("n", "Count", "count")]
    columns.append(Column("share", "Share of all", "percent", ("n",)))
    people = areas.has_people
    if people:
        columns += [
            Column("rate", f"For every 1,000 {areas.per(line.id)} a year", "rate", ("n",)),
            Column("rank", "Rank by rate", "number", ("n",)),
            Column("quotient", f"Times its share of {areas.per(line.id)}", "ratio", ("n",)),
        ]
    if line.id == TOTAL:
        columns.append(Column("stands_out", "What stands out there"))
    ranks = rank(areas.rates(line.id).rate)
    quotient = areas.quotients(line.id).quotient if people else np.full(ranks.size, np.nan)
    rows: list[tuple[Cell, ...]] = []
    for place in top:
        at = areas.codes.index(place.code)
        row: list[Cell] = [place.name, place.ward, place.n, 100 * place.share]
        if people:
            row += [_number(place.rate), int(ranks[at]) or None, _number(float(quotient[at]))]
        if line.id == TOTAL:
            row.append(stands_out(areas, place))
        rows.append(tuple(row))
    draft.show(
        Table(
            id=f"places.{line.id}.top",
            title=f"The ten small areas with most {many(line.id)}",
            columns=tuple(columns),
            rows=tuple(rows),
            source=f"{line.feed.title}; population estimates" if people else line.feed.title,
            note=_note(areas, line),
            protected=line.feed.protected,
            figures=(f"places.{line.id}.busiest",),
        )
    )


def _note(areas: SmallAreas, line: Line) -> str:
    notes = [f"Of {len(areas.codes):,} small areas; 1 is the highest rate."] if areas.has_people else []
    if line.id == TOTAL:
        notes.append(
            "What stands out is the kind of crime whose share there is furthest above its share of all crime, with at "
            "least 20 recorded and more than chance would bring."
        )
    return " ".join(notes)


def stands_out(areas: SmallAreas, place: Place) -> str:
    """
    Which kind of crime is most over-represented in a small area, beside the mix of the whole? A dash when none is.

    Only kinds with twenty or more there, and whose location quotient lies
    above 1 with its whole 99.9 % interval, since a dozen kinds are looked at.
    """
    at = areas.codes.index(place.code)
    best, name = 1.0, "–"
    for line, counts in areas.counts.items():
        if line in (TOTAL, ASB_LINE) or "." in line or counts[at] < FEWEST:
            continue
        found = location_quotient(counts, areas.counts[TOTAL], confidence=0.999)
        if found.low[at] > 1 and found.quotient[at] > best:
            best, name = float(found.quotient[at]), first_capital(subject(line))
    return name
