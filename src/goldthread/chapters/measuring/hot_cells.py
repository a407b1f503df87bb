"""Hotspots of 250 m squares: density, more than chance, again and again, new ones, and what they foretell."""

from __future__ import annotations

from goldthread.analysis.hotspots import choose_bandwidth
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.hot_counting import counted_of, grid_of
from goldthread.chapters.measuring.hot_found import HotCells
from goldthread.chapters.measuring.hot_names import labels_of
from goldthread.chapters.measuring.hot_search import Search
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.small_areas import ASB_LINE, VIOLENCE

LOOKED_AT = (TOTAL, ASB_LINE, VIOLENCE)
FEWEST = 100  # rows of the period below which no hotspot is looked for


def measure_hot_cells(brief: Brief) -> HotCells:
    """
    Where are the hotspots of total crime, anti-social behaviour and violence, and do they stay?

    On 250 m squares over the area's outline, from the distinct map points of
    police.uk. Whether a density foretells more than last year's plain counts
    is one test of the report's family a line; Gi* and emerging hot spots are
    corrected over their own squares.
    """
    known = brief.found(Lines).by_id
    lines = [known[name] for name in LOOKED_AT if name in known and known[name].feed.name == STREET]
    grid, refusal = grid_of(brief, lines)
    if grid is None:
        return HotCells(None, refusal)
    counted = counted_of(brief, lines, grid)
    if counted is None:
        return HotCells(None, "None of the police records that were supplied has a map point.")
    whole = counted.weights[:, counted.of_period].sum(axis=(1, 2))
    chosen = [i for i in range(len(lines)) if whole[i] >= FEWEST]
    if not chosen:
        return HotCells(None, "Too few police records have a map point to look for hotspots.")
    weights = counted.weights[chosen[0], counted.of_period].sum(axis=0)
    bandwidth = choose_bandwidth(counted.east, counted.north, weights, snapped=True)
    search = Search(brief, counted, lines, bandwidth, labels_of(brief, STREET, brief.period))
    return HotCells(grid, "", bandwidth, search.found(chosen))
