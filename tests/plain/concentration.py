"""Concentration worked out place by place, the long way."""

from __future__ import annotations

from collections.abc import Sequence


def gini(counts: Sequence[int]) -> float:
    """The mean difference between every two places, over twice the mean."""
    n = len(counts)
    apart = sum(abs(a - b) for a in counts for b in counts)
    return apart / (2 * n * sum(counts))


def top_share(counts: Sequence[int], of_places: float) -> float:
    """What the busiest share of places holds, taking a part of the last one."""
    left, held = of_places * len(counts), 0.0
    for count in sorted(counts, reverse=True):
        part = min(1.0, max(0.0, left))
        held += part * count
        left -= part
    return held / sum(counts)


def held_over(first: Sequence[int], second: Sequence[int], of_places: float) -> float:
    """The share of `second` in the top places of `first`; the places of a tie share what is left alike."""
    room, held = of_places * len(first), 0.0
    for level in sorted(set(first), reverse=True):
        tied = [place for place, count in enumerate(first) if count == level]
        part = min(1.0, max(0.0, room / len(tied)))
        held += part * sum(second[place] for place in tied)
        room -= part * len(tied)
    return held / sum(second)
