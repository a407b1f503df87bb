"""Every two events that lie close together."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def close_pairs(easting: Floats, northing: Floats, metres: float, *, manhattan: bool = False) -> tuple[Whole, Floats]:
    """
    Every two events less than `metres` apart: their positions, (pairs, 2), and how far apart they are.

    As the crow flies, or along a street grid (`manhattan`). Each pair comes
    once, the lower position first.
    """
    # Imported here because it costs a tenth of a second that those who do not ask should not pay.
    from scipy.spatial import cKDTree

    at = np.column_stack([easting, northing]).astype(np.float64)
    pairs = cKDTree(at).query_pairs(metres, p=1 if manhattan else 2, output_type="ndarray").astype(np.int64)
    step = np.abs(at[pairs[:, 0]] - at[pairs[:, 1]])
    away = step.sum(axis=1) if manhattan else np.hypot(step[:, 0], step[:, 1])
    near = away < metres
    return pairs[near], away[near]
