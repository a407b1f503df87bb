"""Do police, health, the council and residents agree on what the trouble is, and where?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, betaincinv, chdtrc

from goldthread.analysis.significance import benjamini_hochberg

Floats = NDArray[np.float64]
DRAWS, SEED = 9_999, 20_260_402


@dataclass(frozen=True)
class PairAgreement:
    """
    How far two sources put the same places (or issues) in the same order.

    `correlation` is Spearman's, from −1 to 1, over the `n` places both report
    on, and `p` how often shuffling the places would give one as far from 0.
    `overlap` of the `top` highest places are the same in both; `expected` would
    be by chance and `overlap_p` is how often chance gives as many.
    """

    first: str
    second: str
    n: int
    correlation: float
    p: float
    top: int
    overlap: int
    expected: float
    overlap_p: float


@dataclass(frozen=True)
class Agreement:
    """
    How far all sources agree: Kendall's W, 0 for not at all and 1 for wholly, over `n` places, with its p-value.

    `pairs` has every two of them.
    """

    sources: tuple[str, ...]
    n: int
    w: float
    p: float
    pairs: tuple[PairAgreement, ...]


@dataclass(frozen=True)
class Matrix:
    """
    Issues (or places) by source: each source's ranking from 0 (least of all) to 1 (most).

    `position` is (items, sources), NaN where a source says nothing. `mean` is
    over the sources that speak; `agreement` is 1 when they place the item
    alike and 0 when one puts it first and another last, NaN when fewer than
    two speak; `speaking` is how many do.
    """

    items: tuple[str, ...]
    sources: tuple[str, ...]
    position: Floats
    mean: Floats
    agreement: Floats
    speaking: NDArray[np.int64]


@dataclass(frozen=True)
class Unseen:
    """
    A place (or issue) where one source sees more, beside another, than it does elsewhere.

    `ratio` is other over police here, against other over police everywhere:
    2 is twice as much as the rest would suggest, with its interval. `p` is
    corrected for looking at every place. `flagged` is true when the ratio is
    clearly above 1 and the other source ranks the place in its highest third.
    """

    item: str
    police: int
    other: int
    ratio: float
    low: float
    high: float
    p: float
    flagged: bool


def mean_ranks(values: ArrayLike) -> Floats:
    """Ranks from 1 for the lowest, equal values sharing the mean of the ranks they take between them."""
    v = np.asarray(values, float)
    _, which, sizes = np.unique(v, return_inverse=True, return_counts=True)
    return np.asarray((np.cumsum(sizes) - (sizes - 1) / 2)[which], dtype=np.float64)


def agree(
    sources: Mapping[str, ArrayLike], *, top: int | None = None, draws: int = DRAWS, seed: int = SEED
) -> Agreement:
    """
    Do these sources put the same places in the same order?

    Each source has one value a place, in the same order of places, NaN where
    it does not report; only places that all (for a pair, both) report on are
    compared. `top` is how many of the highest to lay over each other, a tenth
    of the places and at least three when not given. p-values come from
    shuffling the places of one source, with a fixed seed.

    Limits: neighbouring places are alike, so places are fewer than they seem
    and these p-values are somewhat too small; counts of every source follow
    where people are, so compare rates. Agreement of two sources is not proof
    that both are right.
    Source: Kendall and Babington Smith (1939); Spearman (1904).
    """
    names = tuple(sources)
    table = np.stack([np.asarray(sources[name], float) for name in names])
    if len(names) < 2:
        raise ValueError("Agreement needs two sources or more.")
    full = ~np.isnan(table).any(axis=0)
    w, p = concordance(table[:, full])
    pairs = tuple(
        _pair(names[i], names[j], table[i], table[j], top, draws, seed) for i, j in combinations(range(len(names)), 2)
    )
    return Agreement(names, int(full.sum()), w, p, pairs)


def concordance(table: Floats) -> tuple[float, float]:
    """
    Kendall's W of sources (rows) over places (columns), with ties allowed for, and its chi-square p-value.

    NaN when there are fewer than three places or every source is flat.
    """
    sources, places = table.shape
    if places < 3:
        return float("nan"), float("nan")
    ranked = np.stack([mean_ranks(row) for row in table])
    sums = ranked.sum(axis=0)
    ties = sum(float((sizes**3 - sizes).sum()) for sizes in (np.unique(row, return_counts=True)[1] for row in table))
    most = sources**2 * (places**3 - places) - sources * ties
    if most <= 0:
        return float("nan"), float("nan")
    w = float(12 * ((sums - sums.mean()) ** 2).sum() / most)
    return w, float(chdtrc(places - 1, sources * (places - 1) * w))


def spearman(first: ArrayLike, second: ArrayLike) -> float:
    """The correlation of two rankings, ties sharing their mean rank; NaN when one of them is flat."""
    a, b = (r - r.mean() for r in (mean_ranks(first), mean_ranks(second)))
    size = float(np.sqrt((a**2).sum() * (b**2).sum()))
    return float((a * b).sum() / size) if size > 0 else float("nan")


def overlap_chance(places: int, first: int, second: int, shared: int) -> tuple[float, float]:
    """
    How many places would two lists share by chance, and how often as many as `shared`?

    What shuffling the places would give in the long run, worked out exactly (hypergeometric).
    """
    logs = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, places + 1)))])
    k = np.arange(max(0, first + second - places), min(first, second) + 1)

    def choose(n: int, r: NDArray[np.int64]) -> Floats:
        return np.asarray(logs[n] - logs[r] - logs[n - r], dtype=np.float64)

    chance = np.exp(choose(first, k) + choose(places - first, second - k) - choose(places, np.array(second)))
    return first * second / places, float(min(chance[k >= shared].sum(), 1.0))


def _pair(first: str, second: str, a: Floats, b: Floats, top: int | None, draws: int, seed: int) -> PairAgreement:
    """Two sources compared over the places both report on."""
    both = ~(np.isnan(a) | np.isnan(b))
    x, y, n = a[both], b[both], int(both.sum())
    correlation = spearman(x, y) if n > 2 else float("nan")
    p = float("nan") if np.isnan(correlation) else _shuffled(x, y, correlation, draws, seed)
    k = min(top or max(3, n // 10), n)
    highest = [set(np.argsort(-v, kind="stable")[:k].tolist()) for v in (x, y)]
    shared = len(highest[0] & highest[1])
    expected, overlap_p = overlap_chance(n, k, k, shared) if n else (float("nan"), float("nan"))
    return PairAgreement(first, second, n, correlation, p, k, shared, expected, overlap_p)


def _shuffled(x: Floats, y: Floats, seen: float, draws: int, seed: int) -> float:
    """How often shuffling gives a correlation as far from 0; itself counted once."""
    a, b = (r - r.mean() for r in (mean_ranks(x), mean_ranks(y)))
    size = np.sqrt((a**2).sum() * (b**2).sum())
    shuffled = np.random.default_rng(seed).permuted(np.broadcast_to(b, (draws, b.size)), axis=1)
    return float((1 + (np.abs(shuffled @ a / size) >= abs(seen) - 1e-12).sum()) / (1 + draws))


def matrix(items: Sequence[str], sources: Mapping[str, ArrayLike]) -> Matrix:
    """
    How does each source rank each issue, and where do they part?

    The matrix a strategic assessment prints: one row an issue (or a place),
    one column a source, 0 for the least and 1 for the most that this source
    reports. Sources measure in different units, so only their order is used.
    """
    table = np.stack([_position(np.asarray(values, float)) for values in sources.values()], axis=1)
    speaking = (~np.isnan(table)).sum(axis=1)
    some = speaking > 0
    mean, agreement = np.full(len(items), np.nan), np.full(len(items), np.nan)
    mean[some] = np.nanmean(table[some], axis=1)
    two = speaking > 1
    agreement[two] = 1 - (np.nanmax(table[two], axis=1) - np.nanmin(table[two], axis=1))
    return Matrix(tuple(items), tuple(sources), table, mean, agreement, speaking.astype(np.int64))


def _position(values: Floats) -> Floats:
    """Ranks from 0 to 1 among the values that are there."""
    there = ~np.isnan(values)
    placed = np.full(values.size, np.nan)
    if there.sum() > 1:
        placed[there] = (mean_ranks(values[there]) - 1) / (there.sum() - 1)
    elif there.any():
        placed[there] = 0.5
    return placed


def unseen(
    items: Sequence[str], police: ArrayLike, other: ArrayLike, *, confidence: float = 0.95
) -> tuple[Unseen, ...]:
    """
    Where does another source see more than the police figures would lead one to expect?

    Both are counts of the same kind of thing, such as violent crimes and
    ambulance calls to assaults. Given both counts in a place, the other's is
    binomial with the share it has everywhere else; the ratio and its interval
    follow (Clopper and Pearson), and p is one-sided, corrected over the places
    by Benjamini and Hochberg. Places with neither are left out.

    Limits: a hospital, a police station or a custody suite draws reports to
    its own door, and people of different places call different services; look
    at the place before calling it under-reporting.
    """
    p, o = np.asarray(police, float), np.asarray(other, float)
    rest_p, rest_o = p.sum() - p, o.sum() - o
    keep = np.flatnonzero((p + o > 0) & (rest_p > 0) & (rest_o > 0))
    p, o, usual = p[keep], o[keep], (rest_o / np.where(rest_p > 0, rest_p, 1))[keep]
    share = usual / (1 + usual)
    chance = np.where(o > 0, betainc(np.maximum(o, 1), p + 1, share), 1.0)  # the binomial's upper tail
    corrected = benjamini_hochberg(chance)
    tail = (1 - confidence) / 2
    low = np.where(o > 0, betaincinv(np.maximum(o, 1), p + 1, tail), 0.0)
    high = np.where(p > 0, betaincinv(o + 1, np.maximum(p, 1), 1 - tail), 1.0)
    with np.errstate(divide="ignore"):
        ratio, least, most = (v / usual for v in (o / p, low / (1 - low), high / (1 - high)))
    highest = _position(o) >= 2 / 3
    return tuple(
        Unseen(
            items[int(k)],
            int(p[i]),
            int(o[i]),
            float(ratio[i]),
            float(least[i]),
            float(most[i]),
            float(corrected[i]),
            bool(corrected[i] < 1 - confidence and highest[i]),
        )
        for i, k in enumerate(keep)
    )
