"""Hotspot statistics place by place, the long way."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import combinations, permutations


def gi_star(values: Sequence[float], neighbours: Sequence[Sequence[int]]) -> list[float]:
    """Gi* with binary weights, the place among its own neighbours."""
    n = len(values)
    mean = sum(values) / n
    spread = math.sqrt(sum(v * v for v in values) / n - mean**2)
    out = []
    for place, others in enumerate(neighbours):
        weight = len(others) + 1
        local = values[place] + sum(values[other] for other in others)
        out.append((local - mean * weight) / (spread * math.sqrt((n * weight - weight**2) / (n - 1))))
    return out


def sums_of_draws(pool: Sequence[int], k: int) -> dict[int, float]:
    """The chance of each sum of k counts, by listing every choice of k places."""
    found = Counter(sum(choice) for choice in combinations(pool, k))
    return {total: count / math.comb(len(pool), k) for total, count in found.items()}


def chance_as_far(chances: dict[int, float], total: int) -> tuple[float, float]:
    """The chance of a sum at least as far from the mean, and the same with half of a tie."""
    mean = sum(t * p for t, p in chances.items())
    far = abs(total - mean)
    at_least = sum(p for t, p in chances.items() if abs(t - mean) >= far - 1e-9)
    beyond = sum(p for t, p in chances.items() if abs(t - mean) > far + 1e-9)
    return at_least, (at_least + beyond) / 2


def moran_by_every_shuffle(values: Sequence[float], neighbours: Sequence[Sequence[int]]) -> tuple[float, float]:
    """The mean and variance of Moran's I over every order of the values."""
    every = [moran(order, neighbours) for order in permutations(values)]
    mean = sum(every) / len(every)
    return mean, sum((one - mean) ** 2 for one in every) / len(every)


def moran(values: Sequence[float], neighbours: Sequence[Sequence[int]]) -> float:
    """Moran's I with weights that add up to 1 at each place."""
    mean = sum(values) / len(values)
    away = [value - mean for value in values]
    like = sum(away[i] * sum(away[j] for j in others) / len(others) for i, others in enumerate(neighbours))
    return like / sum(a * a for a in away)


def density(x: float, y: float, points: Sequence[tuple[float, float, float]], sigma: float) -> float:
    """The Gaussian density at one place, with no edge correction."""
    return sum(
        w * math.exp(-((x - px) ** 2 + (y - py) ** 2) / (2 * sigma**2)) / (2 * math.pi * sigma**2)
        for px, py, w in points
    )


def inside(x: float, y: float, rings: Sequence[Sequence[tuple[float, float]]]) -> bool:
    """Whether a line going east from the place crosses the rings an odd number of times."""
    crossings = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 <= y < y2) or (y2 <= y < y1):
                crossings += x1 + (y - y1) / (y2 - y1) * (x2 - x1) > x
    return crossings % 2 == 1
