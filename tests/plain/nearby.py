"""Close pairs by measuring every pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations


def pairs_within(
    places: Sequence[tuple[float, float]], metres: float, *, manhattan: bool = False
) -> dict[tuple[int, int], float]:
    """The pairs at most so far apart, lower position first, and how far each is."""
    found = {}
    for (i, (x1, y1)), (j, (x2, y2)) in combinations(enumerate(places), 2):
        away = abs(x1 - x2) + abs(y1 - y2) if manhattan else math.hypot(x1 - x2, y1 - y2)
        if away <= metres:
            found[i, j] = away
    return found
