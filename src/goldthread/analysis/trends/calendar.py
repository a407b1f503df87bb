"""Months made equally long, and series cut where months are missing."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# A twelfth of a year of 365.25 days.
STANDARD_MONTH = 30.4375


def days_in_months(first: date, months: int) -> Floats:
    """How many days has each of this many months, from the month of `first`?"""
    numbers = [first.year * 12 + first.month - 1 + later for later in range(months)]
    return np.array([monthrange(number // 12, number % 12 + 1)[1] for number in numbers], dtype=np.float64)


def per_standard_month(counts: ArrayLike, first: date) -> Floats:
    """
    What would each month's count be, were every month 30.4375 days long?

    The last axis is months, the first of them that of `first`. February comes
    out a tenth higher: it is not a quiet month, it is a short one.
    """
    y = np.asarray(counts, np.float64)
    return y / days_in_months(first, y.shape[-1]) * STANDARD_MONTH


def last_unbroken_run(series: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    From which month, and for how many, does each series run without a hole to its last month received?

    Series are (series, months) with NaN for a missing month. Gives the first
    position and the length of the latest unbroken run: nothing is joined up
    across a hole. A series with nothing at all has length nought.
    """
    known = ~np.isnan(np.atleast_2d(np.asarray(series, np.float64)))
    months = known.shape[1]
    position = np.arange(months)
    last = np.where(known, position, -1).max(1)
    hole_before = np.where(~known & (position < last[:, None]), position, -1).max(1)
    return (hole_before + 1).astype(np.int64), np.maximum(last - hole_before, 0).astype(np.int64)
