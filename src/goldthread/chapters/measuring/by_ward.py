"""Counts of lines by ward and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.chapters.brief import Brief, Line
from goldthread.evidence.store import Numbers


@dataclass(frozen=True)
class ByWard:
    """The wards in order of name, and for each line (wards, months of the span), NaN where a month did not come."""

    names: tuple[str, ...]
    counts: dict[str, Numbers]


def by_ward(brief: Brief, lines: Sequence[Line]) -> ByWard:
    """
    How many rows of each line has each ward in each month?

    A line whose rows have no small area, or a place without two wards, is left
    out. One question is asked of the evidence for all lines together.
    """
    pairs = list(dict.fromkeys((line.feed.name, one) for line in lines for one in line.series))
    names = tuple(
        name
        for (name,) in brief.evidence.rows(
            "SELECT DISTINCT ward_name FROM places WHERE ward_name IS NOT NULL ORDER BY 1"
        )
    )
    if len(names) < 2 or not pairs:
        return ByWard(names, {})
    found = brief.evidence.columns(
        "SELECT s.i AS pair, w.i AS ward, "
        "CAST(date_diff('month', CAST(? AS DATE), c.month) AS INTEGER) AS step, sum(c.n) AS n FROM counts c "
        "JOIN (SELECT unnest(?::VARCHAR[]) AS feed, unnest(?::VARCHAR[]) AS series, unnest(range(?)) AS i) s "
        "ON s.feed = c.feed AND s.series = c.series JOIN places p ON p.lsoa = c.lsoa "
        "JOIN (SELECT unnest(?::VARCHAR[]) AS name, unnest(range(?)) AS i) w ON w.name = p.ward_name "
        "WHERE c.month IS NOT NULL GROUP BY 1, 2, 3",
        [
            *(brief.span.first.first_day, [p[0] for p in pairs], [p[1] for p in pairs], len(pairs)),
            *(list(names), len(names)),
        ],
    )
    table = np.zeros((len(pairs), len(names), len(brief.span)))
    step = np.asarray(found["step"], np.int64)
    inside = (step >= 0) & (step < len(brief.span))
    table[found["pair"][inside], found["ward"][inside], step[inside]] = np.asarray(found["n"], np.float64)[inside]
    at = {pair: i for i, pair in enumerate(pairs)}
    counts = {}
    for line in lines:
        own = table[[at[line.feed.name, one] for one in line.series]].sum(axis=0)
        if own.sum() > 0:
            counts[line.id] = np.where(np.isnan(line.counts), np.nan, own)
    return ByWard(names, counts)
