"""Are like values next to like, over the whole area and place by place (Moran's I)?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from goldthread.analysis.hotspots.chance import DrawnSums, two_sided
from goldthread.analysis.hotspots.discovery import discoveries
from goldthread.analysis.hotspots.neighbours import Neighbourhood

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

HIGH_AMONG_HIGH, LOW_AMONG_LOW, HIGH_AMONG_LOW, LOW_AMONG_HIGH = 1, 2, 3, 4
WORDS = {
    0: "no pattern",
    HIGH_AMONG_HIGH: "high among high",
    LOW_AMONG_LOW: "low among low",
    HIGH_AMONG_LOW: "high among low",
    LOW_AMONG_HIGH: "low among high",
}


@dataclass(frozen=True)
class GlobalMoran:
    """Moran's I of one layer, what chance would give, and how far apart they are. `places` have neighbours."""

    i: float
    expected: float
    variance: float
    z: float
    p: float
    places: int


@dataclass(frozen=True)
class LocalMoran:
    """
    Local Moran's I of each layer at each place; arrays are (layers, places).

    `p` is two-sided; `kind` is 0, or one of WORDS where the place stands out
    after allowing for every place and layer together. NaN where a place has no
    neighbours or all places of a layer are alike.
    """

    i: Floats
    p: Floats
    kind: NDArray[np.int8]


def global_moran(values: ArrayLike, around: Neighbourhood) -> GlobalMoran:
    """
    Do high places lie next to high ones more than they would by chance?

    Neighbours' weights add up to 1 at each place; places with no neighbours are
    left out. The variance is that of shuffling the values over the places
    (randomisation), and p is two-sided and normal. Moran (1950), Biometrika
    37:17; Cliff and Ord (1981), Spatial Processes.
    """
    x = np.asarray(values, np.float64)
    count = around.count.astype(np.float64)
    linked = count > 0
    n = float(np.count_nonzero(linked))
    z = np.where(linked, x - x[linked].mean(), 0.0)
    lag = np.divide(around.sums(z[None, :])[0], count, out=np.zeros(x.size), where=linked)
    second, fourth = float((z**2).sum()), float((z**4).sum())
    i = float(z @ lag) / second
    inverse = np.divide(1.0, count, out=np.zeros(x.size), where=linked)
    to_us, to_us_squared = around.sums(np.stack([inverse, inverse**2]))
    s1 = float((inverse + 2 * inverse * to_us + to_us_squared)[linked].sum()) / 2
    s2 = float(((1 + to_us) ** 2)[linked].sum())
    expected = -1 / (n - 1)
    kurtosis = n * fourth / second**2
    first = n * ((n * n - 3 * n + 3) * s1 - n * s2 + 3 * n * n)
    other = kurtosis * ((n * n - n) * s1 - 2 * n * s2 + 6 * n * n)
    variance = (first - other) / ((n - 1) * (n - 2) * (n - 3) * n * n) - expected**2
    score = (i - expected) / np.sqrt(variance)
    return GlobalMoran(i, expected, variance, float(score), float(2 * ndtr(-abs(score))), int(n))


def local_moran(
    values: ArrayLike, around: Neighbourhood, *, rate: float = 0.05, shuffles: int = 999, seed: int = 1
) -> LocalMoran:
    """
    Which places are like their neighbours, or unlike them, more than chance would have it?

    `values` are (layers, places) or one layer. The value of a place is held and
    those of the others are shuffled. What its neighbours then add up to depends
    only on how many there are and on the values of the others; for counts that
    distribution is worked out exactly, as endless shuffling would, and for
    other numbers it is sampled `shuffles` times, for each place afresh, from a
    fixed seed. p is two-sided and counts ties (mid-p for counts), so that
    empty places among empty places are not called clusters; with correction
    for all places and layers (Benjamini–Hochberg at `rate`).

    A sampled p cannot be under 1/(shuffles + 1), so with many places raise
    `shuffles` or nothing can stand out. Anselin (1995), Geographical Analysis
    27:93; Caldas de Castro and Singer (2006), 38:180.
    """
    x = np.atleast_2d(np.asarray(values, np.float64))
    count = around.count
    near = around.sums(x)
    z = x - x.mean(axis=1, keepdims=True)
    spread = (z**2).mean(axis=1, keepdims=True)
    with np.errstate(invalid="ignore", divide="ignore"):
        i = z * (near / count - x.mean(axis=1, keepdims=True)) / spread
    whole = x.min(initial=0) >= 0 and x.max(initial=0) < 50_000 and bool(np.all(x == np.floor(x)))
    exact, p = _worked_out(x, near, count) if whole else _sampled(x, near, count, shuffles, seed)
    exact[np.isnan(i)], p[np.isnan(i)] = np.nan, np.nan
    mean = count * (x.sum(axis=1, keepdims=True) - x) / max(x.shape[1] - 1, 1)
    kind = np.where(z > 0, np.where(near > mean, 1, 3), np.where(near > mean, 4, 2))
    return LocalMoran(i, p, np.where(discoveries(exact, rate), kind, 0).astype(np.int8))


def _worked_out(x: Floats, near: Floats, count: Whole) -> tuple[Floats, Floats]:
    """Exact and mid p for counts: one calculation for each different (neighbours, own count, their sum)."""
    exact, mid = np.ones(x.shape), np.ones(x.shape)
    n = x.shape[1]
    for layer in range(x.shape[0]):
        own, total = x[layer].astype(np.int64), np.rint(near[layer]).astype(np.int64)
        sums = DrawnSums(own, int(count.max(initial=0)))
        width = int(total.max(initial=0)) + 1
        most = int(own.max(initial=0)) + 1
        keys, which = _different((count * most + own) * width + total, own + total > 0)
        at, rest = keys % width, keys // width
        held, many = rest % most, rest // most
        found = np.ones((2, keys.size))
        for k in np.unique(many[many > 0]):
            these = many == k
            mean = k * (own.sum() - held[these]) / (n - 1)
            found[:, these] = two_sided(_others(sums, int(k), held[these]), at[these], mean)
        exact[layer], mid[layer] = found[:, which]
    return exact, mid


def _different(keys: Whole, busy: NDArray[np.bool_]) -> tuple[Whole, Whole]:
    """The different keys and which each place has; the many places with nothing near them are told apart by size."""
    found, which = np.unique(keys[busy], return_inverse=True)
    quiet = np.flatnonzero(~busy)
    sizes = np.unique(keys[quiet])
    out = np.empty(keys.size, np.int64)
    out[busy] = which
    out[quiet] = found.size + np.searchsorted(sizes, keys[quiet])
    return np.concatenate([found, sizes]), out


def _others(sums: DrawnSums, k: int, held: Whole) -> Callable[[Whole], Floats]:
    return lambda total: sums.without_one(k, held, total)


def _sampled(x: Floats, near: Floats, count: Whole, shuffles: int, seed: int) -> tuple[Floats, Floats]:
    """p from shuffles, twice the nearer tail with ties counted in both, for values that are not counts."""
    rng = np.random.default_rng(seed)
    p = np.ones(x.shape)
    n = x.shape[1]
    for place in np.flatnonzero(count > 0):
        drawn = _draws(rng, n - 1, int(count[place]), shuffles)
        drawn += drawn >= place
        totals = x[:, drawn].sum(axis=2)
        slack = 1e-12 * np.abs(totals).max(axis=1, initial=1.0)
        low = (totals <= near[:, place, None] + slack[:, None]).sum(axis=1)
        high = (totals >= near[:, place, None] - slack[:, None]).sum(axis=1)
        p[:, place] = np.minimum(1.0, 2 * (np.minimum(low, high) + 1) / (shuffles + 1))
    return p, p.copy()


def _draws(rng: np.random.Generator, pool: int, k: int, rows: int) -> Whole:
    """Rows of k different positions out of `pool`: draw, and draw again the rows that repeat one."""
    if 3 * k > pool:
        return np.argsort(rng.random((rows, pool)), axis=1)[:, :k]
    drawn = rng.integers(0, pool, (rows, k))
    again = np.arange(rows)
    while again.size:
        ordered = np.sort(drawn[again], axis=1)
        again = again[(ordered[:, 1:] == ordered[:, :-1]).any(axis=1)]
        drawn[again] = rng.integers(0, pool, (again.size, k))
    return drawn
