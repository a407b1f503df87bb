"""Step-up correction worked out one threshold at a time."""

from __future__ import annotations

from collections.abc import Sequence


def stands(p: Sequence[float], level: float, penalty: float = 1.0) -> list[bool]:
    """The largest k whose k-th smallest p-value is at most k/m of the level; it and all smaller ones stand."""
    m = len(p)
    reach = 0.0
    for k, value in enumerate(sorted(p), start=1):
        if value * m * penalty / k <= level:
            reach = value
    found = any(value * m * penalty / k <= level for k, value in enumerate(sorted(p), start=1))
    return [found and value <= reach for value in p]
