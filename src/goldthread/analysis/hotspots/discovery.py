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
    tested = int(np.count_nonzero(~np.isnan(p)))
    small = np.sort(p[p <= rate], axis=None)
    passes = np.flatnonzero(small <= rate * np.arange(1, small.size + 1) / max(tested, 1))
    if not passes.size:
        return np.zeros(p.shape, bool)
    return np.asarray(p <= small[passes[-1]])
