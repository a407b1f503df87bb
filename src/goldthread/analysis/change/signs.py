"""How often would random signs give a total as far from nought as this one?"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Beyond this many pairs the signs are too many to write out; the t distribution is then exact enough.
_MOST_PAIRS_WRITTEN_OUT = 12
# The written-out signs cannot give a p-value below 1 in 4,096; from here down the t distribution takes over.
_WRITTEN_OUT_DOWN_TO = 0.005


def p_of_total(d: Floats, spread: Floats, n: NDArray[np.int64], inflation: Floats) -> Floats:
    """
    Is the total of these differences further from nought than their signs, shuffled, would take it?

    `d` is (series, pairs), nought where a pair is missing; `spread` their
    variance, `n` the pairs there are, `inflation` what resemblance of
    neighbouring months adds. Two-sided, ties counting half.
    """
    total, used = np.abs(d.sum(1)), np.maximum(n - 1, 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.where(spread > 0, total / np.sqrt(n * spread), np.where(total > 1e-9, np.inf, 0.0))
    p = 2 * stdtr(used, -t)
    if d.shape[1] <= _MOST_PAIRS_WRITTEN_OUT:
        by_signs = _by_signs(d, total)
        p = np.where(by_signs >= _WRITTEN_OUT_DOWN_TO, by_signs, np.minimum(by_signs, p))
    weaker = 2 * stdtr(used, stdtrit(used, np.maximum(p, 1e-300) / 2) / np.sqrt(inflation))
    return np.asarray(np.where(inflation > 1, weaker, p), dtype=np.float64)


@lru_cache(maxsize=12)
def _signs(pairs: int) -> Floats:
    """Every pattern of signs but for its mirror image, one a column."""
    patterns = np.arange(2 ** (pairs - 1))
    return np.array([np.where(patterns >> place & 1, -1.0, 1.0) for place in range(pairs)])


def _by_signs(d: Floats, total: Floats) -> Floats:
    out = np.empty(d.shape[0])
    signs = _signs(d.shape[1])
    for start in range(0, d.shape[0], 512):  # a block at a time, to keep the patterns in the cache
        block = slice(start, start + 512)
        reached = np.abs(d[block] @ signs)
        seen = total[block, None]
        slack = 1e-9 * (1 + seen)
        out[block] = (reached > seen + slack).mean(1) + 0.5 * (np.abs(reached - seen) <= slack).mean(1)
    return out
