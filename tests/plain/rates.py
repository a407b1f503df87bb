"""Rates worked out area by area and group by group."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp


def poisson_at_most(k: int, mean: float) -> float:
    """The probability of k or fewer, added up term by term."""
    term = total = exp(-mean)
    for i in range(1, k + 1):
        term *= mean / i
        total += term
    return total


def smoothed(counts: Sequence[int], people: Sequence[float]) -> list[float]:
    """Marshall's global estimator, as printed: C = (s² - m/n̄) / (s² - m/n̄ + m/n), rate = m + C (r - m)."""
    total = sum(people)
    m = sum(counts) / total
    average = total / len(people)
    s2 = sum(n * (x / n - m) ** 2 for x, n in zip(counts, people, strict=True)) / total
    between = max(s2 - m / average, 0.0)
    return [
        m + (between / (between + m / n) if between else 0.0) * (x / n - m) for x, n in zip(counts, people, strict=True)
    ]


def standardised(counts: Sequence[int], people: Sequence[float], standard: Sequence[float]) -> float:
    """Each group's rate, weighted by the standard's share of that group."""
    return sum(w / sum(standard) * x / n for x, n, w in zip(counts, people, standard, strict=True))
