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
    z, p, local, exact = (np.empty(x.shape) for _ in range(4))
    tests = Shuffled(members) if with_self and counts_only(x) else None
    for layer, own in enumerate(x):
        local[layer] = around.sums(own[None, :])[0] + (own if with_self else 0.0)
        z[layer] = standardised(own, local[layer], members, with_self)
        exact[layer], p[layer] = tests.chances(own, local[layer]) if tests else _normal(z[layer])
        exact[layer, np.isnan(z[layer])] = p[layer, np.isnan(z[layer])] = np.nan
    named = discoveries(exact, rate)
    return GiStar(z, p, named & (z > 0), named & (z < 0), local, members)


def standardised(own: Floats, local: Floats, members: Whole, with_self: bool = True) -> Floats:
    """The statistic z of one layer from its values and what each place and its neighbours hold."""
    n = own.size if with_self else own.size - 1
    left_out = np.zeros(1) if with_self else own
    mean = (own.sum() - left_out) / n
    variance = ((own**2).sum() - left_out**2) / n - mean**2
    spread = np.sqrt(np.maximum(variance, 0) * (members * (n - members)) / (n - 1))
    known = (spread > 1e-9 * np.abs(own).max(initial=0)) & (members > 0)
    return np.asarray(np.divide(local - mean * members, spread, out=np.full(own.size, np.nan), where=known))


class Shuffled:
    """The chance of what places and their neighbours hold, under shuffling of the counts over all places."""

    def __init__(self, members: Whole) -> None:
        self.members = members
        self.sizes, self.size = np.unique(members, return_inverse=True)

    def chances(self, own: Floats, local: Floats) -> tuple[Floats, Floats]:
        """Exact and mid two-sided p of each place of one layer."""
        pool, totals = own.astype(np.int64), np.rint(local).astype(np.int64)
        sums = DrawnSums(pool, int(self.sizes[-1]))
        if self.sizes.size * (sums.top + 1) >= pool.size:
            return _chance(sums, self.members, totals, pool.mean())
        # Fewer different sums than places: work each out once and look them up.
        every = np.broadcast_to(np.arange(sums.top + 1), (self.sizes.size, sums.top + 1))
        exact, mid = _chance(sums, self.sizes[:, None], every, pool.mean())
        at = self.size * (sums.top + 1) + totals
        return exact.ravel()[at], mid.ravel()[at]


def _chance(sums: DrawnSums, members: Whole, total: Whole, mean: float) -> tuple[Floats, Floats]:
    expected = np.asarray(members * mean, np.float64)
    return two_sided(lambda at: sums.chance_of_at_most(members, at), total, expected)


def _normal(z: Floats) -> tuple[Floats, Floats]:
    p = np.maximum(2 * ndtr(-np.abs(z)), SMALLEST_P)
    return p, p


def counts_only(x: Floats) -> bool:
    """Are these counts, and small enough that their sums can be listed?"""
    return bool(x.min(initial=0) >= 0 and x.max(initial=0) < 50_000 and np.all(x == np.floor(x)))
