"""Where a line rose or fell from the year before: small areas tested month against month and corrected together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, first_capital, many, said, subject
from goldthread.chapters.measuring.place_changes import PlaceChange
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.model import Column, Figure, Table
from goldthread.chapters.model.blocks import Cell

MOST_NAMED = 3
MOST_SHOWN = 5


def changed(draft: Draft, areas: SmallAreas, lines: Sequence[Line]) -> None:
    """This will say where each line rose or fell by more than chance, and show the largest differences."""
    draft.head("Change by place")
    there = [line for line in lines if line.id in areas.changes]
    if not there:
        draft.say(f"Nothing was supplied for {draft.a_year_before}, so no change by place can be given.")
        return
    for line in there:
        change = areas.changes[line.id]
        found = _figure(draft, areas, line, change)
        draft.say(_sentence(found, line, draft.a_year_before))
        draft.show(_table(areas, line, change, found.id))


def _figure(draft: Draft, areas: SmallAreas, line: Line, change: PlaceChange) -> Figure:
    difference = change.after - change.before
    up, down = change.stands & (difference > 0), change.stands & (difference < 0)
    answer: dict[str, float | int | str | None] = {
        "areas": len(areas.codes),
        "tested": change.tested,
        "up": int(up.sum()),
        "down": int(down.sum()),
        "more": int((difference > 0).sum()),
        "fewer": int((difference < 0).sum()),
    }
    for name, which in (("rose", up), ("fell", down)):
        order = sorted(np.flatnonzero(which), key=lambda i: (-abs(float(difference[i])), int(i)))[:MOST_NAMED]
        for k, i in enumerate(order, start=1):
            answer |= {
                f"{name}{k}": areas.place(line.id, int(i)).said,
                f"{name}{k}_from": float(change.before[i]),
                f"{name}{k}_to": float(change.after[i]),
            }
    return draft.figure(
        Figure(
            id=f"places.{line.id}.changed",
            asks=f"In which small areas did it rise or fall by more than chance ({line.title.lower()})?",
            question="goldthread.chapters.measuring.place_changes.chances",
            answer=answer,
            rows=line.rows(draft.brief.period),
            parameters={
                "period": str(draft.brief.period),
                "before": str(draft.brief.before),
                "corrected": "all small areas of total crime, anti-social behaviour and violence together "
                "(Benjamini and Hochberg, 5 %)",
            },
            protected=line.feed.protected,
            count_keys=tuple(key for key in answer if key.endswith(("_from", "_to"))),
            source=line.feed.title,
        )
    )


def _sentence(found: Figure, line: Line, before: str) -> str:
    name = first_capital(subject(line.id))
    if not found.answer["tested"]:
        return f"{name}: too few were recorded in each small area to say where it rose or fell from {before}."
    tested = f"{said(found, 'tested', 'n')} small areas could be tested against {before}"
    up, down = int(found.answer["up"] or 0), int(found.answer["down"] or 0)
    if not up and not down:
        return (
            f"{name}: {tested}. None rose or fell by more than chance, once all were corrected together; "
            f"{said(found, 'more', 'n')} had more than the year before and {said(found, 'fewer', 'n')} fewer."
        )
    parts = []
    for direction, number in (("rose", up), ("fell", down)):
        if number:
            named = "; ".join(
                f"{said(found, f'{direction}{k}', 'text')}, from {said(found, f'{direction}{k}_from', 'n')} to "
                f"{said(found, f'{direction}{k}_to', 'n')}"
                for k in range(1, min(number, MOST_NAMED) + 1)
            )
            most = "most of all " if number > MOST_NAMED else ""
            key = "up" if direction == "rose" else "down"
            parts.append(f"it {direction} by more than chance in {said(found, key, 'n')} ({most}{named})")
    rest = "" if up and down else f" It {'fell' if up else 'rose'} by more than chance in none."
    return f"{name}: {tested}, and {' and '.join(parts)}.{rest}"


def _table(areas: SmallAreas, line: Line, change: PlaceChange, figure: str) -> Table:
    difference = change.after - change.before
    order = [int(i) for i in np.lexsort((np.arange(difference.size), -difference))]
    up = [i for i in order if difference[i] > 0][:MOST_SHOWN]
    down = [i for i in reversed(order) if difference[i] < 0][:MOST_SHOWN]
    shown = [*up, *reversed(down)]
    rows: list[tuple[Cell, ...]] = []
    for i in shown:
        rise = "Rise" if difference[i] > 0 else "Fall"
        verdict = rise if change.stands[i] else "No clear change"
        rows.append((areas.names[i], areas.wards[i], float(change.before[i]), float(change.after[i]), verdict))
    return Table(
        id=f"places.{line.id}.changed-table",
        title=f"{first_capital(many(line.id))}: the largest differences from the year before",
        columns=(
            Column("area", "Small area"),
            Column("ward", "Ward"),
            Column("before", "Year before", "count"),
            Column("after", "This year", "count"),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=line.feed.title,
        note="The largest of many differences are large by chance as well; only a rise or a fall so called is more.",
        protected=line.feed.protected,
        figures=(figure,),
    )
