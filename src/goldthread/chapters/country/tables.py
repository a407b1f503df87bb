"""The country's tables: one a method, a row an authority and line, for data files rather than for a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from goldthread.chapters.country.counted import Counted
from goldthread.chapters.model import Column, Figure, Table
from goldthread.chapters.model.blocks import Cell, Kind

SOURCE = "The files received, as the evidence file records them"
WHO: tuple[tuple[str, str, Kind], ...] = (("authority", "Authority code", "text"), ("name", "Authority", "text"))
WHAT: tuple[tuple[str, str, Kind], ...] = (*WHO, ("feed", "Data set", "text"), ("line", "What is counted", "text"))
INTERVAL: tuple[tuple[str, str, Kind], ...] = (("low", "95 % from", "number"), ("high", "95 % to", "number"))


def cell(value: float) -> float | None:
    """A number for a table or a figure: None where there is none."""
    return float(value) if np.isfinite(value) else None


def of_lines(
    name: str, title: str, keys: Sequence[tuple[str, str, Kind]], figures: Sequence[Figure], note: str = ""
) -> Table:
    """A table with a row for each figure: who and what it is about, then the parts of its answer that are asked for."""
    rows: list[tuple[Cell, ...]] = [
        (
            *(str(figure.parameters[k]) for k, *_ in WHAT if k in figure.parameters),
            *(figure.answer[k] for k, *_ in keys),
        )
        for figure in figures
    ]
    about = WHAT if figures and "line" in figures[0].parameters else WHO
    columns = tuple(Column(key, said, kind) for key, said, kind in (*about, *keys))
    return Table(id=f"country.{name}", title=title, columns=columns, rows=tuple(rows), source=SOURCE, note=note)


def coverage(counted: Counted) -> Table:
    """Which months of each feed came of each authority; the others are holes, and nothing is said across them."""
    months = [str(month) for month in counted.span]
    rows = tuple(_coverage_rows(counted))
    columns = (
        *(Column(key, said, kind) for key, said, kind in WHAT[:3]),
        Column("people", "Residents", "number"),
        Column("came", "Months that came", "count"),
        Column("missing", "Months that did not come"),
    )
    return Table(
        id="country.coverage",
        title=f"Months that came, {months[0]} to {months[-1]}",
        columns=columns,
        rows=rows,
        source=SOURCE,
        note=(
            "A month is missing when an authority has less than a fifth of its middle month, of everything together. "
            "An authority with no month has only rows that other areas' forces recorded, and nothing is said of it."
        ),
    )


def _coverage_rows(counted: Counted) -> Iterator[tuple[Cell, ...]]:
    names = [str(month) for month in counted.span]
    feeds = list(dict.fromkeys(line.feed.name for line in counted.lines))
    of = {feed: [i for i, line in enumerate(counted.lines) if line.feed.name == feed] for feed in feeds}
    for a, authority in enumerate(counted.authorities):
        for feed, lines in of.items():
            holes = np.flatnonzero(np.isnan(counted.months[a, lines]).all(axis=0)).tolist()
            gone = ", ".join(names[i] for i in holes)
            yield authority.code, authority.name, feed, cell(authority.people), len(names) - len(holes), gone
    for authority in counted.unserved:
        yield authority.code, authority.name, "", cell(authority.people), 0, "all"
