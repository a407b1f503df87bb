"""Changes of level found by trying every cut, and by adding up every age a level could have."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import exp, lgamma, log, log1p


def poisson_cost(y: Sequence[float]) -> float:
    """Twice the negative log likelihood of one level, but for what no cut changes."""
    s, m = sum(y), len(y)
    return 2 * (s - s * log(s / m)) if s else 0.0


def best(y: Sequence[float], penalty: float, shortest: int) -> tuple[float, tuple[int, ...]]:
    """The cheapest of all ways to cut, tried one by one."""
    whole = (poisson_cost(y), ())
    tried = [whole]
    for cut in range(shortest, len(y) - shortest + 1):
        cost, starts = best(y[cut:], penalty, shortest)
        tried.append((poisson_cost(y[:cut]) + penalty + cost, (cut, *(cut + start for start in starts))))
    return min(tried)


def cost_of(y: Sequence[float], starts: Sequence[int], penalty: float) -> float:
    """What one given way to cut costs."""
    edges = [0, *starts, len(y)]
    return sum(poisson_cost(y[a:b]) for a, b in pairwise(edges)) + penalty * len(starts)


def recent(y: Sequence[int], within: int, stretch: float) -> float:
    """The probability that the level is no older than `within` months, by Bayes' rule month after month."""
    overall = max(sum(y), 0.5) / len(y)
    ages = {0: (1.0, 1.0, 1 / overall)}
    for value in y:
        older: dict[int, tuple[float, float, float]] = {}
        renewed = 0.0
        for age, (chance, a, b) in ages.items():
            kept = b / (b + 1)
            seen = exp(lgamma(value + a) - lgamma(a) - lgamma(value + 1) + a * log(kept) + value * log1p(-kept))
            older[age + 1] = (chance * seen * (1 - 1 / stretch), a + value, b + 1)
            renewed += chance * seen / stretch
        older[0] = (renewed, 1.0, 1 / overall)
        total = sum(chance for chance, _, _ in older.values())
        ages = {age: (chance / total, a, b) for age, (chance, a, b) in older.items()}
    return sum(chance for age, (chance, _, _) in ages.items() if age <= within)
