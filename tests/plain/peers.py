"""Funnel limits by adding up the Poisson distribution term by term."""

from __future__ import annotations

import math


def limit(expected: float, p: float) -> float:
    """The count at which the distribution passes p, interpolated between whole numbers, and never below nought."""
    count, term = 0, math.exp(-expected)
    below, total = 0.0, term
    while total < p:
        count += 1
        term *= expected / count
        below, total = total, total + term
    return max(count - (total - p) / (total - below), 0.0)
