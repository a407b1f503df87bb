"""Maps of squares and the ranked list of hotspots."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.draft import Draft, first_capital, many, subject, verb
from goldthread.chapters.measuring.hot_found import HotCells, HotLine
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.model import Column, Edition, Map, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.places.mapped import class_labels

MOST_RANKED = 12
OF_THE_PEAK = (0.2, 0.4, 0.6, 0.8)  # lower ends of the shading classes


def density_map(draft: Draft, found: HotCells, line: HotLine) -> None:
    """This will map where a line is densest, in classes up to its peak; squares below a fifth of that are blank."""
    assert found.bandwidth is not None
    peak = float(line.surface.max())
    ends = tuple(dict.fromkeys(_round(peak * part) for part in OF_THE_PEAK))
    corners = found.corner_names()
    shown = np.flatnonzero(line.surface >= ends[0])
    if peak <= 0 or not shown.size:
        return
    labels = class_labels((0.0, *ends))[1:]
    draft.show(
        Map(
            id=f"hotspots.{line.line}.density",
            title=f"Where {subject(line.line)} {verb(line.line)} densest",
            describes=f"A map of {draft.brief.area} with squares of 250 metres shaded by how dense "
            f"{subject(line.line)} {verb(line.line)} around them, in {draft.when}; below a fifth of the peak, blank.",
            values={corners[i]: float(line.surface[i]) for i in shown},
            classes=ends,
            labels=labels,
            source=draft.brief.found(Lines).by_id[line.line].feed.title,
            caveat=f"{found.bandwidth.words} Places are approximate.",
            of="cells",
            cell_metres=250.0,
            unit=f"{many(line.line)} for each square kilometre a year",
            table=_densest(draft, found, line),
            figures=(f"hotspots.{line.line}.beyond-chance",),
        )
    )


def _round(value: float) -> float:
    size = 10.0 ** max(np.floor(np.log10(max(value, 1e-9))) - 1, -1)
    return float(np.round(value / size) * size)


def _densest(draft: Draft, found: HotCells, line: HotLine) -> Table:
    corners = found.corner_names()
    order = np.lexsort((np.arange(line.surface.size), -line.surface))[:MOST_RANKED]
    rows: list[tuple[Cell, ...]] = [
        (corners[i].replace(",", ", "), int(line.cells[i]), round(float(line.surface[i]))) for i in order
    ]
    return Table(
        id=f"hotspots.{line.line}.density-table",
        title=f"The densest squares for {subject(line.line)}",
        columns=(
            Column("square", "South-west corner (easting, northing)"),
            Column("n", "Recorded in the square", "count"),
            Column("density", "For each km² a year around it", "number"),
        ),
        rows=tuple(rows),
        source=draft.brief.found(Lines).by_id[line.line].feed.title,
    )


def lasting_map(draft: Draft, found: HotCells, line: HotLine, editions: frozenset[Edition]) -> None:
    """This will map how often each square was among the busiest; nothing is drawn where too few months came."""
    lasting = line.persistence
    if lasting is None or not lasting.times.any():
        return
    corners = found.corner_names()
    ends = tuple(sorted({1, -(-lasting.periods // 4), -(-lasting.periods // 2), lasting.least}))
    last = [*(end - 1 for end in ends[1:]), lasting.periods]
    labels = tuple(
        f"{a} of {lasting.periods} {line.step}s" if a == b else f"{a} to {b} of {lasting.periods} {line.step}s"
        for a, b in zip(ends, last, strict=True)
    )
    draft.show(
        Map(
            id=f"hotspots.{line.line}.lasting-map",
            title=f"Lasting hotspots of {subject(line.line)}",
            describes=f"A map of {draft.brief.area} with the squares of 250 metres that were among the busiest one in "
            f"a hundred for {subject(line.line)} in any of the last {lasting.periods} {line.step}s, darker the more "
            "often.",
            values={corners[i]: float(lasting.times[i]) for i in np.flatnonzero(lasting.times)},
            classes=tuple(float(end) for end in ends),
            labels=labels,
            source=draft.brief.found(Lines).by_id[line.line].feed.title,
            caveat="Places were moved to the nearest map point, so a square may hold what belongs beside it.",
            of="cells",
            cell_metres=250.0,
            unit=f"{line.step}s among the busiest",
            table=_squares(draft, found, line),
            figures=(f"hotspots.{line.line}.lasting",),
            editions=editions,
        )
    )


def _squares(draft: Draft, found: HotCells, line: HotLine) -> Table:
    corners, lasting = found.corner_names(), line.persistence
    assert lasting is not None
    order = np.lexsort((-line.cells, -lasting.times))
    rows: list[tuple[Cell, ...]] = [
        (corners[i].replace(",", ", "), int(lasting.times[i]), int(line.cells[i])) for i in order if lasting.times[i]
    ]
    return Table(
        id=f"hotspots.{line.line}.lasting-table",
        title=f"Squares that were ever among the busiest for {subject(line.line)}",
        columns=(
            Column("square", "South-west corner (easting, northing)"),
            Column("times", f"{first_capital(line.step)}s among the busiest", "number"),
            Column("n", "Recorded in the period", "count"),
        ),
        rows=tuple(rows),
        source=draft.brief.found(Lines).by_id[line.line].feed.title,
    )


def ranked(draft: Draft, line: HotLine) -> None:
    """This will list a line's hotspots, most recorded first."""
    if line.hotspots:
        draft.show(_ranked(draft, line))


def _ranked(draft: Draft, line: HotLine) -> Table:
    periods = line.persistence.periods if line.persistence else 0
    rows: list[tuple[Cell, ...]] = [
        (
            *(rank, spot.named.ward or "–", spot.named.around or "–", len(spot.cells), spot.n, 100 * spot.share),
            *(f"{spot.times} of {periods}", None if np.isnan(spot.stays) else 100 * spot.stays),
        )
        for rank, spot in enumerate(line.hotspots[:MOST_RANKED], start=1)
    ]
    return Table(
        id=f"hotspots.{line.line}.ranked",
        title=f"Lasting hotspots of {subject(line.line)}, most {many(line.line)} first",
        columns=(
            Column("rank", "No.", "number"),
            Column("ward", "Ward"),
            Column("around", "Around"),
            Column("squares", "Squares", "number"),
            Column("n", "Count", "count"),
            Column("share", "Share of all", "percent", ("n",)),
            Column("times", f"{first_capital(line.step)}s among the busiest"),
            Column("stays", "Stays one if points had not been moved", "percent"),
        ),
        rows=tuple(rows),
        source=draft.brief.found(Lines).by_id[line.line].feed.title,
        note="The last column is the share of draws in which its squares are among the busiest still, each record "
        "being put anywhere that its map point may stand for.",
        figures=(f"hotspots.{line.line}.lasting",),
    )
