"""Trends worked out pair by pair and line by line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import sqrt
from statistics import median

import numpy as np


def mann_kendall(y: Sequence[float]) -> tuple[int, float, float]:
    """Score, variance with ties, and Theil–Sen's slope."""
    n = len(y)
    pairs = [(i, j) for i in range(n) for j in range(i + 1, n)]
    score = sum((y[j] > y[i]) - (y[j] < y[i]) for i, j in pairs)
    ties = sum(t * (t - 1) * (2 * t + 5) for t in Counter(y).values())
    slope = median((y[j] - y[i]) / (j - i) for i, j in pairs)
    return score, (n * (n - 1) * (2 * n + 5) - ties) / 18, slope


def hamed_rao(y: Sequence[float]) -> float:
    """n / n* from the correlations of the detrended ranks that stand out."""
    n, slope = len(y), mann_kendall(y)[2]
    level = [v - slope * i for i, v in enumerate(y)]
    ranks = [sum(a < b for a in level) + (sum(a == b for a in level) + 1) / 2 for b in level]
    mean = sum(ranks) / n
    power = sum((r - mean) ** 2 for r in ranks)
    total = 0.0
    for lag in range(1, n - 1):
        r = sum((ranks[i] - mean) * (ranks[i + lag] - mean) for i in range(n - lag)) / power if power else 0.0
        if abs(r) > 1.959963984540054 / sqrt(n):
            total += (n - lag) * (n - lag - 1) * (n - lag - 2) * r
    factor = 1 + 2 * total / (n * (n - 1) * (n - 2))
    return factor if factor > 0 else 1.0


def direction(y: Sequence[float]) -> tuple[float, float]:
    """Slope a year and its standard error, by least squares with a level for each calendar month."""
    n = len(y)
    table = np.zeros((n, 13))
    for i in range(n):
        table[i, i % 12] = 1
        table[i, 12] = i / 12
    found, *_ = np.linalg.lstsq(table, np.array(y), rcond=None)
    left = np.array(y) - table @ found
    spread = left @ left / (n - 13)
    return float(found[12]), float(np.sqrt(spread * np.linalg.inv(table.T @ table)[12, 12]))


def last_unbroken_run(y: Sequence[float]) -> tuple[int, int]:
    """Walk back from the last month received to the hole before it."""
    last = max((i for i, v in enumerate(y) if v == v), default=-1)
    start = last
    while start >= 0 and y[start] == y[start]:
        start -= 1
    return start + 1, last - start
