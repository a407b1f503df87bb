"""The space-time permutation scan circle by circle, the long way."""

from __future__ import annotations

import math
from collections.abc import Sequence


def best_circle(
    counts: Sequence[Sequence[int]], places: Sequence[tuple[float, float]], longest: int, largest: float
) -> float:
    """The largest log likelihood ratio over every circle and every run of the latest steps."""
    total = sum(map(sum, counts))
    best = 0.0
    for centre in places:
        near = sorted(range(len(places)), key=lambda i: (round(math.dist(places[i], centre), 3), places[i]))
        for size in range(1, len(places) + 1):
            circle = near[:size]
            inside = sum(row[area] for row in counts for area in circle)
            if inside > largest * total:
                continue
            for steps in range(1, longest + 1):
                latest = counts[-steps:]
                events = sum(row[area] for row in latest for area in circle)
                expected = inside * sum(map(sum, latest)) / total
                if events >= 2 and events > expected:
                    rest = total - events
                    llr = events * math.log(events / expected)
                    llr += rest * math.log(rest / (total - expected)) if rest else 0.0
                    best = max(best, llr)
    return best
