"""Every two events that lie close together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.nearby import pairs_within

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def close_pairs(easting: Floats, northing: Floats, metres: float, *, manhattan: bool = False) -> tuple[Whole, Floats]:
    """
    Every two events less than `metres` apart: their positions, (pairs, 2), and how far apart they are.

    As the crow flies, or along a street grid (`manhattan`). Each pair comes
    once, the lower position first.
    """
    pairs, away = pairs_within(easting, northing, metres, manhattan=manhattan)
    near = away < metres
    return pairs[near], away[near]
