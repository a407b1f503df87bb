"""Run charts worked out place by place."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise


def xmr(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean, and mean ± 2.66 average moving ranges."""
    centre = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    reach = 2.66 * sum(ranges) / len(ranges)
    return centre, centre - reach, centre + reach


def eight_on_one_side(values: Sequence[float], centre: float) -> list[bool]:
    """Does this place end a run of eight above, or of eight below?"""
    found = []
    for end in range(1, len(values) + 1):
        last = values[max(0, end - 8) : end]
        found.append(len(last) == 8 and (all(v > centre for v in last) or all(v < centre for v in last)))
    return found
