"""Many places tested at once: which stand out when some would by chance alone."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def discoveries(p: NDArray[np.float64], rate: float = 0.05) -> NDArray[np.bool_]:
    """
    Which of these tests stand out, when about `rate` of those named may be there by chance?

    Benjamini and Hochberg (1995), Controlling the false discovery rate, JRSS B
    57:289. Every test that was made belongs in `p`, also those nobody will look
    at; NaN marks one that could not be made, and is left out of the family. Any
    shape. Says the same as `significance.benjamini_hochberg(p) <= rate`, but
    sorts only the small p, so that a family of millions of cells costs little.
    """
    small = p[p <= rate]
    return np.asarray(p <= cutoff(small, int(np.count_nonzero(~np.isnan(p))), rate))


def cutoff(small: NDArray[np.float64], tested: int, rate: float = 0.05) -> float:
    """
    The largest p that stands out, or -1 when none does.

    `small` are the p of at most `rate` among the `tested`, in any order; the
    others cannot stand out and need not be kept.
    """
    ordered = np.sort(small, axis=None)
    passes = np.flatnonzero(ordered * tested / np.arange(1, ordered.size + 1) <= rate)
    return float(ordered[passes[-1]]) if passes.size else -1.0
