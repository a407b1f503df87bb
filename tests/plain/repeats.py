"""Repeats pair by pair, the long way."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence


def knox(
    events: Sequence[tuple[float, float, float]], metres: Sequence[float], days: Sequence[float]
) -> list[list[int]]:
    """Pairs in each distance band (rows) and time band, bands from their lower edge up to their upper one."""
    table = [[0] * (len(days) - 1) for _ in metres[1:]]
    for i, (x1, y1, t1) in enumerate(events):
        for x2, y2, t2 in events[i + 1 :]:
            away, apart = math.hypot(x1 - x2, y1 - y2), abs(t1 - t2)
            for row, (a, b) in enumerate(itertools.pairwise(metres)):
                for column, (c, d) in enumerate(itertools.pairwise(days)):
                    table[row][column] += a <= away < b and c <= apart < d
    return table


def repeats(events: Sequence[tuple[int, float]], within: float) -> int:
    """Events whose place had another in the days before it; of two on a day, the second listed is the repeat."""
    found = 0
    for i, (place, day) in enumerate(events):
        earlier = [d for j, (p, d) in enumerate(events) if p == place and (d < day or (d == day and j < i))]
        found += any(day - d <= within for d in earlier)
    return found


def free_of_repeats(waits: Sequence[tuple[float, bool]], until: float) -> float:
    """The share with no repeat before a time, of (days watched, whether a repeat ended it), by product limit."""
    left = 1.0
    for at in sorted({wait for wait, again in waits if again and wait < until}):
        watched = sum(wait >= at for wait, _ in waits)
        struck = sum(wait == at and again for wait, again in waits)
        left *= 1 - struck / watched
    return left
