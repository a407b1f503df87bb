"""The search for one line's hotspots after another: again and again, new ones, and whether they foretell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.hotspots import (
    GridNeighbours,
    density,
    emerging,
    gi_star,
    persistence,
    rolling_accuracy,
    stability,
)
from goldthread.analysis.hotspots.accuracy import Comparison
from goldthread.analysis.hotspots.density import Bandwidth
from goldthread.analysis.hotspots.emerging import Emerging, Kind
from goldthread.analysis.hotspots.persistence import Persistence
from goldthread.analysis.hotspots.stability import Stability
from goldthread.analysis.points import share_at_busiest
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.hot_counting import Counted
from goldthread.chapters.measuring.hot_found import TO_WATCH, HotLine, Hotspot, Whole
from goldthread.chapters.measuring.hot_names import Labels, Named, name_of
from goldthread.evidence.store import Numbers

TOP = 0.01  # the busiest share of squares
FEWEST_QUARTERS, FEWEST_STEPS, EMERGING_QUARTERS = 8, 6, 10
TWO_YEARS = 24
MOST_WATCHED = 8
DRAWS = 49


@dataclass(frozen=True)
class Search:
    """Everything that the search of one line after another needs; `lines` are the lines of `counted`, in order."""

    brief: Brief
    counted: Counted
    lines: Sequence[Line]
    bandwidth: Bandwidth
    labels: Labels

    def found(self, positions: Sequence[int]) -> dict[str, HotLine]:
        """What is found of the lines at these positions."""
        counted = self.counted
        monthly = np.stack([counted.by_cell(i) for i in positions])
        now = monthly[:, counted.of_period].sum(axis=1)
        weights = counted.weights[list(positions), counted.of_period].sum(axis=1)
        smooth = self.bandwidth.metres
        surfaces = density(counted.grid, counted.east, counted.north, weights, smooth, years=counted.years).surface
        beyond = gi_star(now, GridNeighbours(counted.grid)).hot
        out = {}
        for at, i in enumerate(positions):
            start = HotLine(
                line=self.lines[i].id,
                n=int(weights[at].sum()),
                cells=now[at],
                surface=surfaces[at],
                hot=beyond[at],
                at_busiest_points=share_at_busiest(weights[at]),
            )
            out[start.line] = self._over_time(start, monthly[at], weights[at], i)
        return out

    def _over_time(self, start: HotLine, monthly: Whole, weights: Numbers, position: int) -> HotLine:
        counted, line = self.counted, self.lines[position]
        steps, step = steps_of(monthly, counted.came)
        if len(steps) >= FEWEST_STEPS:
            lasting = persistence(steps, top=TOP)
            steady = stability(counted.grid, counted.east, counted.north, weights, top=lasting.top_places, draws=DRAWS)
            start = replace(
                start, step=step, persistence=lasting, hotspots=self._hotspots(start, line, lasting, steady)
            )
        new, step = self._emerging(monthly)
        if new is not None:
            start = replace(start, emerging=new, emerging_step=step, watched=self._watched(start, line, new))
        foretold = self._foretold(monthly, position)
        if foretold is not None:
            start = replace(start, foretold=foretold, test=f"hotspots.{line.id}.foretold")
            self.brief.enter(start.test, float(foretold.p[foretold.density.shares.index(TOP)]))
        return start

    @cached_property
    def _cell_of_label(self) -> Whole:
        return self.counted.cell_at(self.labels.longitude, self.labels.latitude)

    def _named(self, line: Line, cells: Sequence[int]) -> Named:
        return name_of(self.labels, np.isin(self._cell_of_label, list(cells)), line.series)

    def _hotspots(self, start: HotLine, line: Line, lasting: Persistence, steady: Stability) -> tuple[Hotspot, ...]:
        stays = dict(zip(steady.cells.tolist(), steady.stays.tolist(), strict=True))
        spots = []
        for cells in touching_groups(self.counted.grid.inside, np.flatnonzero(lasting.persistent)):
            n = int(start.cells[list(cells)].sum())
            kept = [stays[c] for c in cells if c in stays]
            spots.append(
                Hotspot(
                    cells=cells,
                    named=self._named(line, cells),
                    n=n,
                    share=n / start.n if start.n else 0.0,
                    times=int(lasting.times[list(cells)].max()),
                    stays=float(np.mean(kept)) if kept else float("nan"),
                )
            )
        return tuple(sorted(spots, key=lambda spot: (-spot.n, spot.cells)))

    def _emerging(self, monthly: Whole) -> tuple[Emerging | None, str]:
        """In quarters where ten came, else in months where two years came, without a gap; else nothing."""
        came = self.counted.came
        quarters = came.size // 3
        if quarters >= EMERGING_QUARTERS and came[-3 * quarters :].all():
            steps = monthly[-3 * quarters :].reshape(quarters, 3, -1).sum(axis=1)
            return emerging(steps, GridNeighbours(self.counted.grid)), "quarter"
        if came.size >= TWO_YEARS and came.all():
            return emerging(monthly, GridNeighbours(self.counted.grid)), "month"
        return None, ""

    def _watched(self, start: HotLine, line: Line, new: Emerging) -> tuple[tuple[Kind, int, Named], ...]:
        cells = [(Kind(kind), int(c)) for kind in TO_WATCH for c in new.places(kind)]
        cells.sort(key=lambda one: (-int(start.cells[one[1]]), one[1]))
        return tuple((kind, c, self._named(line, (c,))) for kind, c in cells[:MOST_WATCHED])

    def _foretold(self, monthly: Whole, position: int) -> Comparison | None:
        """Would a density have foretold each of the last twelve months better than the year before it did?"""
        counted = self.counted
        if counted.came.size < TWO_YEARS or not counted.came[-TWO_YEARS:].all() or not monthly[-12:].sum():
            return None
        months = counted.weights[position, -TWO_YEARS:]
        surfaces = density(counted.grid, counted.east, counted.north, months, self.bandwidth.metres).surface
        return rolling_accuracy(surfaces, monthly[-TWO_YEARS:])


def steps_of(monthly: Whole, came: NDArray[np.bool_]) -> tuple[Whole, str]:
    """
    The steps in which the busiest squares are looked for: quarters, three months at a time back from the last.

    A quarter with a month that did not come is left out. With fewer than eight
    quarters, months that came.
    """
    quarters = came.size // 3
    whole = came[came.size - 3 * quarters :].reshape(quarters, 3).all(axis=1)
    if whole.sum() >= FEWEST_QUARTERS:
        return monthly[came.size - 3 * quarters :].reshape(quarters, 3, -1).sum(axis=1)[whole], "quarter"
    return monthly[came], "month"


def touching_groups(inside: NDArray[np.bool_], cells: Whole) -> list[tuple[int, ...]]:
    """Squares of a grid, by their numbers, in groups that touch at an edge or a corner."""
    rows, columns = np.nonzero(inside)
    left = {(int(rows[c]), int(columns[c])): int(c) for c in cells}
    groups = []
    while left:
        group, edge = [], [next(iter(left))]
        group.append(left.pop(edge[0]))
        while edge:
            row, column = edge.pop()
            for near in [(row + i, column + j) for i in (-1, 0, 1) for j in (-1, 0, 1)]:
                if near in left:
                    group.append(left.pop(near))
                    edge.append(near)
        groups.append(tuple(sorted(group)))
    return groups
