"""Aoristic weights minute by minute, the long way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta


def aoristic(windows: Sequence[tuple[datetime, datetime]]) -> list[float]:
    """The weight of every hour of the week, walking through every minute of every window."""
    weights = [0.0] * 168
    for start, end in windows:
        minutes = max(int((end - start).total_seconds()) // 60, 1)
        for step in range(minutes):
            at = start + timedelta(minutes=step)
            weights[at.weekday() * 24 + at.hour] += 1 / minutes
    return weights
