"""Maps of a line's rate by small area, shaded in classes of round numbers."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, first_capital, many, subject
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.model import ANALYST, MEMBER, Column, Map, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import in_words, number
from goldthread.evidence.store import Numbers

SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)  # of small areas below each class but the first; the top class is the top 5 %
HIGHLIGHTED = 5


def round_classes(values: Numbers, shares: tuple[float, ...] = SHARES) -> tuple[float, ...]:
    """
    Lower ends of shading classes: 0, then quantiles rounded to what a reader can hold, each above the last.

    Rounded to one or two figures (12, 45, 130); fewer classes when many areas are alike.
    """
    ends = [0.0]
    for quantile in np.quantile(values[np.isfinite(values)], shares):
        size = 10.0 ** max(np.floor(np.log10(max(float(quantile), 1e-9))) - 1, -2)
        step = size * (5 if quantile / size >= 20 else 1)
        rounded = float(np.round(quantile / step) * step)
        if rounded > ends[-1]:
            ends.append(rounded)
    return tuple(ends)


def class_labels(ends: tuple[float, ...]) -> tuple[str, ...]:
    """What each class holds, in words: under 12, 12 to under 45, 45 or more."""
    said = [number(e, 0 if float(e).is_integer() else 1 if round(e, 1) == e else 2) for e in ends]
    if len(ends) == 1:
        return ("any",)
    first, last = f"under {said[1]}", f"{said[-1]} or more"
    return (first, *(f"{said[i]} to under {said[i + 1]}" for i in range(1, len(ends) - 1)), last)


def has_shapes(draft: Draft) -> bool:
    """Whether boundaries of small areas came, so that maps can be drawn."""
    return bool(draft.brief.evidence.rows("SELECT 1 FROM shapes WHERE kind = 'lsoa' LIMIT 1"))


def rate_map(draft: Draft, areas: SmallAreas, line: Line) -> None:
    """This will map a line's rate by small area; nothing is drawn without boundaries or people."""
    if not has_shapes(draft) or not areas.has_people or areas.placed(line.id) == 0:
        return
    rates = areas.rates(line.id).rate
    known = [(areas.codes[i], float(rates[i])) for i in np.flatnonzero(np.isfinite(rates))]
    ends = round_classes(rates)
    highest = sorted(known, key=lambda one: (-one[1], one[0]))[:HIGHLIGHTED]
    unit = f"for every 1,000 {areas.per(line.id)} a year"
    draft.show(
        Map(
            id=f"places.{line.id}.map",
            title=f"{first_capital(subject(line.id))} {unit}, by small area",
            describes=f"A map of {draft.brief.area}: the darker a small area, the more {many(line.id)} {unit} in "
            f"{draft.when}. The {in_words(len(highest))} with the highest rates are outlined.",
            values=dict(known),
            classes=ends,
            labels=class_labels(ends),
            source=f"{line.feed.title}; population estimates",
            caveat="Places are approximate, and rates are for those who live there; many more people may be there by "
            "day or at night.",
            highlights=tuple(code for code, _ in highest),
            unit=unit,
            table=_table(areas, line),
            protected=line.feed.protected,
            figures=(f"places.{line.id}.busiest",),
            editions=MEMBER if line.id == TOTAL else ANALYST,
        )
    )


def _table(areas: SmallAreas, line: Line) -> Table:
    rates, counts = areas.rates(line.id).rate, areas.counts[line.id]
    order = np.lexsort((np.arange(rates.size), -np.nan_to_num(rates, nan=-1.0)))
    rows: list[tuple[Cell, ...]] = [
        (areas.names[i], areas.wards[i], float(counts[i]), float(rates[i]) if np.isfinite(rates[i]) else None)
        for i in order
    ]
    return Table(
        id=f"places.{line.id}.map-table",
        title=f"{first_capital(many(line.id))} by small area, highest rate first",
        columns=(
            Column("area", "Small area"),
            Column("ward", "Ward"),
            Column("n", "Count", "count"),
            Column("rate", f"For every 1,000 {areas.per(line.id)} a year", "rate", ("n",)),
        ),
        rows=tuple(rows),
        source=f"{line.feed.title}; population estimates",
        protected=line.feed.protected,
    )
