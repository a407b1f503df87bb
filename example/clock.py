"""Say days and times as senders write them: each different one is written once, and then looked up."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

Moments = NDArray[np.datetime64]


def days(moments: Moments, pattern: str) -> list[str]:
    """The day of each moment, as this pattern writes it."""
    different, which = np.unique(moments.astype("datetime64[D]"), return_inverse=True)
    said = np.array([d.strftime(pattern) for d in different.tolist()], dtype=object)
    return [str(s) for s in said[which].tolist()]


def times(moments: Moments, pattern: str) -> list[str]:
    """The time of day of each moment, to the minute, as this pattern writes it."""
    minutes = (moments.astype("datetime64[m]") - moments.astype("datetime64[D]")).astype(int)
    said = [datetime(2000, 1, 1, m // 60, m % 60).strftime(pattern) for m in range(1440)]
    return [said[m] for m in minutes.tolist()]
