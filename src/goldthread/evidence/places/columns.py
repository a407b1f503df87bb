"""Columns as DuckDB hands them over: NULL as NaN in numbers and as None in words."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Words = NDArray[np.object_]


def floats(column: NDArray[Any]) -> Floats:
    """This column as numbers, NaN where there is none."""
    return np.asarray(np.ma.filled(np.ma.asarray(column, dtype=np.float64), np.nan))


def words(column: NDArray[Any]) -> Words:
    """This column as texts, None where there is none."""
    texts = np.array(np.ma.getdata(column), dtype=object)
    texts[np.ma.getmaskarray(column)] = None
    return texts
