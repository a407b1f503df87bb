"""Hot and cold spots: places that, with their neighbours, have more or fewer than chance would put there (Gi*)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from goldthread.analysis.hotspots.chance import SMALLEST_P, DrawnSums, two_sided
from goldthread.analysis.hotspots.discovery import discoveries
from goldthread.analysis.hotspots.neighbours import Neighbourhood

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class GiStar:
    """
    Gi* of each layer (a series, a month) at each place; all arrays are (layers, places).

    `z` is the statistic and `p` its two-sided chance. `hot` and `cold` stand
    out after allowing for every place and layer looked at together. `local` is
    what the place and its neighbours hold, `members` how many places that is.
    NaN where all places of a layer are alike.
    """

    z: Floats
    p: Floats
    hot: NDArray[np.bool_]
    cold: NDArray[np.bool_]
    local: Floats
    members: Whole


def gi_star(values: ArrayLike, around: Neighbourhood, *, with_self: bool = True, rate: float = 0.05) -> GiStar:
    """
    Which places, with their neighbours, have more or fewer than chance would put there?

    `values` are (layers, places) or one layer: counts, or rates. The places
    should be those where it could happen; a cell of sea or moor that cannot
    have any makes every other look hot. `with_self` False leaves the place
    itself out (Gi). Neighbours count 1 each; weights that add up to 1 give the
    same z.

    For whole numbers, `p` comes from the exact distribution of the sum under
    shuffling of the counts over places, so that empty countryside is not called
    hot or cold because the normal curve does not fit it: mid-p for each place,
    and the exact p when correcting for all of them (Benjamini–Hochberg at
    `rate`, over all layers given). For other numbers `p` is normal.

    A hot spot says that neighbours are high together, not why; next to a
    large count, a place with none can be hot. Getis and Ord (1992),
    Geographical Analysis 24:189; Ord and Getis (1995), 27:286.
    """
    x = np.atleast_2d(np.asarray(values, np.float64))
    members = around.count + (1 if with_self else 0)
    local = around.sums(x) + (x if with_self else 0.0)
    z = _standardised(x, local, members, with_self)
    exact, p = _chances(x, local, members) if with_self and _whole(x) else (_normal(z), _normal(z))
    exact[np.isnan(z)], p[np.isnan(z)] = np.nan, np.nan
    named = discoveries(exact, rate)
    return GiStar(z, p, named & (z > 0), named & (z < 0), local, members)


def _standardised(x: Floats, local: Floats, members: Whole, with_self: bool) -> Floats:
    n = x.shape[1]
    total, squares = x.sum(axis=1, keepdims=True), (x**2).sum(axis=1, keepdims=True)
    if with_self:
        mean, variance, among = total / n, squares / n - (total / n) ** 2, n
    else:
        mean = (total - x) / (n - 1)
        variance, among = (squares - x**2) / (n - 1) - mean**2, n - 1
    spread = np.sqrt(np.maximum(variance, 0) * (members * (among - members)) / (among - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where((spread > 0) & (members > 0), (local - mean * members) / spread, np.nan)


def _normal(z: Floats) -> Floats:
    return np.asarray(np.maximum(2 * ndtr(-np.abs(z)), SMALLEST_P))


def _whole(x: Floats) -> bool:
    """Are these counts, and small enough that their sums can be listed?"""
    return bool(x.min(initial=0) >= 0 and x.max(initial=0) < 50_000 and np.all(x == np.floor(x)))


def _chances(x: Floats, local: Floats, members: Whole) -> tuple[Floats, Floats]:
    """Exact and mid two-sided p of each sum, layer by layer, under shuffling."""
    exact, mid = np.empty(x.shape), np.empty(x.shape)
    sizes, size = np.unique(members, return_inverse=True)
    totals = np.rint(local).astype(np.int64)
    for layer in range(x.shape[0]):
        pool = x[layer].astype(np.int64)
        sums = DrawnSums(pool, int(sizes[-1]))
        if sizes.size * (sums.top + 1) < pool.size:  # fewer different sums than places: look each one up once
            every = np.broadcast_to(np.arange(sums.top + 1), (sizes.size, sums.top + 1))
            tables = _chance(sums, sizes[:, None], every, pool.mean())
            exact[layer], mid[layer] = (table[size, totals[layer]] for table in tables)
        else:
            exact[layer], mid[layer] = _chance(sums, members, totals[layer], pool.mean())
    return exact, mid


def _chance(sums: DrawnSums, members: Whole, total: Whole, mean: float) -> tuple[Floats, Floats]:
    return two_sided(lambda at: sums.chance_of_at_most(members, at), total, np.asarray(members * mean, np.float64))
