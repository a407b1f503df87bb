"""What is found of hotspots: squares, hotspots of several squares with their names, and each line's answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.hotspots import Grid
from goldthread.analysis.hotspots.accuracy import Comparison
from goldthread.analysis.hotspots.density import Bandwidth
from goldthread.analysis.hotspots.emerging import Emerging, Kind
from goldthread.analysis.hotspots.persistence import Persistence
from goldthread.chapters.measuring.hot_names import Named
from goldthread.evidence.store import Numbers

Whole = NDArray[np.int64]
# Kinds of emerging hotspot that call for a look now.
TO_WATCH = (Kind.NEW, Kind.CONSECUTIVE, Kind.INTENSIFYING)


@dataclass(frozen=True)
class Hotspot:
    """
    Squares that touch and were among the busiest again and again, as one place.

    `n` and `share` are of the line's rows in the period; `times` is in how many
    of the steps its most regular square was among the busiest; `stays` is the
    mean share of draws in which its squares are among the busiest still, had
    points not been moved (NaN when none of them is among the period's busiest).
    """

    cells: tuple[int, ...]
    named: Named
    n: int
    share: float
    times: int
    stays: float


@dataclass(frozen=True)
class HotLine:
    """
    What was found of one line.

    `n` rows of the period have a map point, `cells` are counts by square and
    `surface` the density (events per km2 a year). `hot` marks squares beyond
    chance (Gi*). `step` is the word for a step of `persistence`, quarter or
    month, which is None where too few came; `emerging` and `foretold` need two
    years. `watched` names squares whose kind is in TO_WATCH, most rows first.
    """

    line: str
    n: int
    cells: Whole
    surface: Numbers
    hot: NDArray[np.bool_]
    at_busiest_points: float
    step: str = ""
    persistence: Persistence | None = None
    hotspots: tuple[Hotspot, ...] = ()
    emerging: Emerging | None = None
    emerging_step: str = ""
    watched: tuple[tuple[Kind, int, Named], ...] = ()
    foretold: Comparison | None = None
    test: str = ""

    @property
    def hot_share(self) -> float:
        """The share of the line's rows that lie in squares beyond chance."""
        return float(self.cells[self.hot].sum() / self.n) if self.n else 0.0

    @property
    def in_hotspots(self) -> int:
        """How many of its rows lie in its hotspots."""
        return sum(spot.n for spot in self.hotspots)

    @property
    def squares(self) -> int:
        """How many squares its hotspots have."""
        return sum(len(spot.cells) for spot in self.hotspots)


@dataclass(frozen=True)
class HotCells:
    """The grid and each line's hotspots; without a boundary or points there is no grid, and `refusal` says why."""

    grid: Grid | None
    refusal: str = ""
    bandwidth: Bandwidth | None = None
    by_line: Mapping[str, HotLine] = field(default_factory=dict)

    def corner_names(self) -> list[str]:
        """Each square's name on a map: "easting,northing" of its south-west corner."""
        return [f"{east},{north}" for east, north in self.grid.corners().tolist()] if self.grid else []
