"""How well do past hotspots say where the next events will be?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

AREA_SHARES = (0.005, 0.01, 0.05)


@dataclass(frozen=True)
class Accuracy:
    """
    How much of what happened next lay in the cells a method chose.

    `hits` and `best` are (origins, shares): events in the chosen cells, and in
    the best choice with hindsight; `events` is all that happened, by origin.
    `chosen` is how many cells each share of the area comes to.
    """

    method: str
    shares: tuple[float, ...]
    chosen: Whole
    cells: int
    hits: Floats
    best: Floats
    events: Floats

    @property
    def hit_rate(self) -> Floats:
        """The share of all events that lay in the chosen cells, over all origins; by share of the area."""
        return np.asarray(self.hits.sum(axis=0) / self.events.sum())

    @property
    def pai(self) -> Floats:
        """Predictive accuracy index: the hit rate over the share of the area; 1 is no better than anywhere."""
        return np.asarray(self.hit_rate / (self.chosen / self.cells))

    @property
    def pei(self) -> Floats:
        """Predictive efficiency index: the hits over those of the best choice with hindsight; 1 is perfect."""
        return np.asarray(self.hits.sum(axis=0) / self.best.sum(axis=0))


@dataclass(frozen=True)
class Comparison:
    """
    Methods on the same origins, and whether the first beats the naive one.

    `p` is two-sided, by share of the area: how often the origins' differences
    in hits would come out so large if it were chance which method had more.
    """

    density: Accuracy
    naive: Accuracy
    random: Accuracy
    p: Floats

    def better(self, level: float = 0.05) -> NDArray[np.bool_]:
        """For each share of the area: does the density catch more than last year's counts, beyond chance?"""
        return np.asarray((self.density.hits.sum(axis=0) > self.naive.hits.sum(axis=0)) & (self.p < level))


def accuracy(
    predicted: ArrayLike, happened: ArrayLike, shares: tuple[float, ...] = AREA_SHARES, *, method: str = "density"
) -> Accuracy:
    """
    How much of what happened lay in the cells with the highest predictions?

    Both are (origins, cells). Each share of the area is rounded to whole cells,
    at least one. Cells tied at the edge count in proportion, the average over
    every way of choosing among them. Chainey, Tompson and Uhlig (2008),
    Security Journal 21:4 (PAI); Hunt (2016), Do crime hot spots move? (PEI).
    """
    scores = np.atleast_2d(np.asarray(predicted, np.float64))
    counts = np.atleast_2d(np.asarray(happened, np.float64))
    cells = counts.shape[1]
    chosen = np.array([min(cells, max(1, round(share * cells))) for share in shares], np.int64)
    hits = np.stack([_hits(*pair, chosen) for pair in zip(scores, counts, strict=True)])
    ordered = -np.sort(-counts, axis=1)
    best = np.stack([ordered[:, :m].sum(axis=1) for m in chosen], axis=1)
    return Accuracy(method, shares, chosen, cells, hits, best, counts.sum(axis=1))


def rolling_accuracy(
    surfaces: Floats,
    counts: ArrayLike,
    *,
    origins: int = 12,
    history: int = 12,
    horizon: int = 1,
    shares: tuple[float, ...] = AREA_SHARES,
) -> Comparison:
    """
    Would past hotspots have said where the next month's events were, better than last year's counts do?

    `surfaces` and `counts` are (months, cells), the density and the events of
    each month. From each of the last `origins` months, the sum of the `history`
    months before it predicts the `horizon` months that begin there; nothing
    from the future is used. Beside them stand last year's plain counts (naive)
    and cells chosen at random.

    A high index shows that places stay the same, not that a patrol there would
    prevent anything. Raises ValueError when there are too few months.
    """
    monthly = np.asarray(counts, np.float64)
    first = monthly.shape[0] - horizon - origins + 1
    if first < history:
        raise ValueError(f"{origins + history + horizon - 1} months are needed, and there are {monthly.shape[0]}.")
    starts = np.arange(first, first + origins)
    happened = _windows(monthly, starts, starts + horizon)
    if happened.sum() == 0:
        raise ValueError("Nothing happened in the months to be predicted.")
    density = accuracy(_windows(surfaces, starts - history, starts), happened, shares)
    naive = accuracy(_windows(monthly, starts - history, starts), happened, shares, method="last year's counts")
    even = happened.sum(axis=1, keepdims=True) * naive.chosen / naive.cells
    random = Accuracy("random", shares, naive.chosen, naive.cells, even, naive.best, naive.events)
    return Comparison(density, naive, random, _sign_flips(density.hits - naive.hits))


def _windows(monthly: Floats, starts: Whole, ends: Whole) -> Floats:
    """Sums over the months from each start up to but not including its end."""
    first = int(starts.min())
    running = np.cumsum(monthly[first : int(ends.max())], axis=0, dtype=np.float64)
    running = np.vstack([np.zeros(running.shape[1]), running])
    return np.asarray(running[ends - first] - running[starts - first])


def _hits(score: Floats, count: Floats, chosen: Whole) -> Floats:
    """Events in the `chosen` cells with the highest score, for each such number; a tie at the edge in proportion."""
    ordered = np.sort(score)
    out = []
    for many in chosen:
        edge = ordered[score.size - many]
        above, tied = np.flatnonzero(score > edge), np.flatnonzero(score == edge)
        out.append(count[above].sum() + count[tied].sum() * (many - above.size) / tied.size)
    return np.array(out)


def _sign_flips(differences: Floats) -> Floats:
    """Two-sided p of the mean difference had each had either sign: every way, or 4,095 of them."""
    origins = differences.shape[0]
    if origins <= 12:
        signs = 1 - 2 * (np.arange(1 << origins)[:, None] >> np.arange(origins) & 1)
    else:
        signs = np.random.default_rng(1).choice([-1, 1], (4096, origins))
        signs[0] = 1
    sums = np.abs(signs @ differences)
    return np.asarray((sums >= sums[0] * (1 - 1e-12) - 1e-12).mean(axis=0))
