"""Is one event soon followed by another nearby, more often than chance (Knox)?"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.repeats.pairs import close_pairs
from goldthread.analysis.significance import benjamini_hochberg

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

METRES = (0.0, 1.0, 100.0, 200.0, 400.0)
DAYS = (0.0, 7.0, 14.0, 28.0)
_AT_ONCE = 64  # shuffles worked on side by side
_PAIRS_AT_ONCE = 20_000


@dataclass(frozen=True)
class Knox:
    """
    Pairs of events by distance band (rows) and time band (columns).

    A band runs from its lower edge up to but not including its upper one, so
    that a pair is in one band only: 0 to 7 days are pairs 0 to 6 whole days
    apart. `expected` is the exact mean when dates are shuffled, `usual` the
    median over the shuffles; `p` is the share of shuffles (this one among
    them) with as many or more, `adjusted` the same after correcting for all
    bands; NaN where there can be no pairs. `pairs_near` and `pairs_soon` are the pairs in each distance band
    and each time band.
    """

    metres: tuple[float, ...]
    days: tuple[float, ...]
    observed: Whole
    expected: Floats
    usual: Floats
    p: Floats
    adjusted: Floats
    pairs_near: Whole
    pairs_soon: Whole
    events: int
    shuffles: int

    @property
    def ratio(self) -> Floats:
        """How many times more pairs there are than usual; NaN where usually there are none."""
        none = np.full(self.usual.shape, np.nan)
        return np.asarray(np.divide(self.observed, self.usual, out=none, where=self.usual > 0))


def knox(
    easting: Floats,
    northing: Floats,
    day: Floats,
    *,
    metres: tuple[float, ...] = METRES,
    days: tuple[float, ...] = DAYS,
    shuffles: int = 999,
    manhattan: bool = False,
    seed: int = 1,
) -> Knox:
    """
    Is one event soon followed by another nearby, more often than chance would have it?

    Needs the day and the exact place of each event (see `admissibility`). The
    edges of bands rise from 0; the last may be infinite. The first distance
    band of 0 to 1 m is the same place. Dates are shuffled over places, which
    keeps busy places and busy days as they are; ties count as having as many.

    It says that repeats cluster, not that the same people did both. A change in
    where crime happens during the period (a new estate) looks the same as near
    repeats: keep the period short. Knox (1964), Applied Statistics 13:25;
    Johnson and others (2007), Journal of Quantitative Criminology 23:201.
    """
    for edges, what in ((metres, "distance"), (days, "time")):
        if len(edges) < 2 or edges[0] != 0 or any(b <= a for a, b in pairwise(edges)):
            raise ValueError(f"The {what} bands must have edges that rise from 0.")
    n = int(day.size)
    if n < 3:
        raise ValueError("At least three events are needed to look for repeats.")
    reach = max(edge for edge in metres if np.isfinite(edge))
    pairs, away = close_pairs(easting, northing, reach, manhattan=manhattan)
    band = np.searchsorted(np.asarray(metres), away, side="right") - 1
    order = np.argsort(band, kind="stable")
    every = n * (n - 1) // 2
    soon = np.diff([_pairs_within(np.sort(day), edge) for edge in days])
    near = np.bincount(band, minlength=len(metres) - 1).astype(np.int64)
    if np.isinf(metres[-1]):
        near[-1] = every - near[:-1].sum()
    counts = _counted(pairs[order], near, day, metres, days, soon, shuffles, seed)
    possible = np.outer(near, soon) > 0
    p = np.where(possible, (1 + (counts[1:] >= counts[0]).sum(axis=0)) / (shuffles + 1), np.nan)
    return Knox(
        metres,
        days,
        counts[0],
        np.outer(near, soon) / every,
        np.median(counts[1:], axis=0),
        p,
        benjamini_hochberg(p),
        near,
        soon,
        n,
        shuffles,
    )


def _pairs_within(ordered: Floats, edge: float) -> int:
    """How many pairs are less than `edge` apart in time?"""
    earlier = np.searchsorted(ordered, ordered - edge, side="right")
    return int((np.arange(ordered.size) - np.minimum(earlier, np.arange(ordered.size))).sum())


def _counted(
    pairs: Whole,
    near: Whole,
    day: Floats,
    metres: tuple[float, ...],
    days: tuple[float, ...],
    soon: Whole,
    shuffles: int,
    seed: int,
) -> Whole:
    """Pairs by band as observed, then for each shuffle; pairs come sorted by their distance band."""
    rng = np.random.default_rng(seed)
    finite = len(metres) - 1 - int(np.isinf(metres[-1]))
    ends = np.cumsum(near[:finite])
    counts = np.zeros((shuffles + 1, len(metres) - 1, len(days) - 1), np.int64)
    when = day.astype(np.float32) if np.all(day == np.rint(day)) and np.abs(day).max() < 2**23 else day
    for start in range(0, shuffles + 1, _AT_ONCE):
        rows = min(_AT_ONCE, shuffles + 1 - start)
        shuffled = np.ascontiguousarray(rng.permuted(np.tile(when, (rows, 1)), axis=1).T)
        if start == 0:
            shuffled[:, 0] = when
        counts[start : start + rows, :finite] = _in_bands(shuffled, pairs, ends, days)
    if np.isinf(metres[-1]):
        counts[:, -1] = soon - counts[:, :-1].sum(axis=1)
    return counts


def _in_bands(shuffled: Floats, pairs: Whole, ends: Whole, days: tuple[float, ...]) -> Whole:
    """Pairs by shuffle, distance band and time band; `shuffled` is (events, shuffles)."""
    counts = np.zeros((ends.size, len(days) - 1, shuffled.shape[1]), np.int64)
    for band, (first, last) in enumerate(zip(np.concatenate([[0], ends[:-1]]), ends, strict=True)):
        for start in range(int(first), int(last), _PAIRS_AT_ONCE):
            some = pairs[start : min(start + _PAIRS_AT_ONCE, int(last))]
            apart = np.abs(shuffled[some[:, 0]] - shuffled[some[:, 1]])
            below = [np.add.reduce(apart < edge, axis=0, dtype=np.int32) for edge in days[1:]]
            counts[band] += np.diff(np.array(below), axis=0, prepend=0)
    return counts.transpose(2, 0, 1)
