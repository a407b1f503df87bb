"""Each ward in the same few words: who lives there, what is recorded, what it has much of, and what moved."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from goldthread.chapters.draft import Draft, many
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.small_areas import SmallAreas, rank
from goldthread.chapters.measuring.ward_changes import WardChanges
from goldthread.chapters.model import Column, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.places.warded import FEWEST_WARDS, by_ward
from goldthread.chapters.words import listed

STANDS_OUT, SIZEABLE, MOST_NAMED = 1.5, 20.0, 3
MOST_DEPRIVED = 2  # the first two tenths are the most deprived fifth


def profiles(draft: Draft, areas: SmallAreas) -> None:
    """Show the profiles of the wards; nothing where fewer than two are known, or nobody is known to live in them."""
    people = by_ward(areas, areas.population)
    if len(people) < FEWEST_WARDS or not all(people.values()) or TOTAL not in areas.counts:
        return
    draft.show(_table(draft, areas, people))


def _table(draft: Draft, areas: SmallAreas, people: Mapping[str, float]) -> Table:
    counts, years = by_ward(areas, areas.counts[TOTAL]), max(areas.came[TOTAL], 1) / 12
    places = rank(np.array([counts[w] / people[w] for w in people]))
    deprived = _in_most_deprived(areas, people)
    compared = by_ward(areas, areas.changes[TOTAL].before) if TOTAL in areas.changes else {}
    more, moved = _more_than_its_share(draft, areas, people), _moved(draft)
    rows: list[tuple[Cell, ...]] = []
    for ward, place in zip(people, places, strict=True):
        row: list[Cell] = [ward, people[ward], *([deprived[ward]] if deprived else []), counts[ward]]
        row += [compared[ward]] if compared else []
        row += [1000 * counts[ward] / people[ward] / years, int(place), more.get(ward, "–")]
        row += [moved.get(ward, "–")] if compared else []
        rows.append(tuple(row))
    columns = [Column("ward", "Ward"), Column("people", "Residents", "number")]
    columns += [Column("deprived", "In the most deprived fifth", "percent")] if deprived else []
    columns.append(Column("n", "Recorded crimes", "count"))
    columns += [Column("before", "Year before", "count")] if compared else []
    columns += [Column("rate", "For every 1,000", "rate", ("n",)), Column("place", "Place by rate", "number")]
    columns += [Column("more", "More than its share of")]
    columns += [Column("moved", "Rose or fell by more than chance")] if compared else []
    return Table(
        id="places.ward-profiles",
        title="The wards, one by one",
        columns=tuple(columns),
        rows=tuple(rows),
        source="Street-level crime (data.police.uk); published populations and deprivation",
        note=f"More than its share: at least {SIZEABLE:.0f} crimes of a type, and {STANDS_OUT} times or more what the "
        "ward's residents would give. Rises and falls are tested ward by ward and allow for having looked at all.",
        figures=(f"places.{TOTAL}.wards",),
    )


def _in_most_deprived(areas: SmallAreas, people: Mapping[str, float]) -> dict[str, float]:
    """The percentage of each ward's residents who live in the most deprived fifth; empty where that is not known."""
    if not np.isfinite(areas.decile).any():
        return {}
    there = by_ward(areas, np.where(areas.decile <= MOST_DEPRIVED, areas.population, 0.0))
    return {ward: 100 * there[ward] / people[ward] for ward in people}


def _more_than_its_share(draft: Draft, areas: SmallAreas, people: Mapping[str, float]) -> dict[str, str]:
    """Which types each ward has far more of than its residents would give, the furthest first."""
    everybody = sum(people.values())
    found: dict[str, list[tuple[float, str]]] = {}
    for line in draft.brief.found(Lines).of_feed(STREET):
        if line.id == TOTAL or ":" in line.title or line.id not in areas.counts:
            continue
        counts = by_ward(areas, areas.counts[line.id])
        whole = sum(counts.values())
        for ward, n in counts.items():
            if n >= SIZEABLE and (times := n / whole / (people[ward] / everybody)) >= STANDS_OUT:
                found.setdefault(ward, []).append((times, many(line.id)))
    return {
        ward: listed([f"{title} ({times:.1f} times)" for times, title in sorted(said, reverse=True)[:MOST_NAMED]])
        for ward, said in found.items()
    }


def _moved(draft: Draft) -> dict[str, str]:
    """Which types rose or fell in each ward by more than chance, with the counts before and after."""
    measured = draft.brief.measured.get(WardChanges)
    if not isinstance(measured, WardChanges):
        return {}
    found: dict[str, list[str]] = {}
    for change in measured.by_line.values():
        if not draft.brief.stands(change.test):
            continue
        for ward, before, after in ((change.ward, change.before, change.after), *change.others):
            found.setdefault(ward, []).append(f"{many(change.line)} {before:,.0f} to {after:,.0f}")
    return {ward: listed(said) for ward, said in found.items()}
