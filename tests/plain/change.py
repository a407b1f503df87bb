"""Comparisons of counts worked out by writing every possibility down."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from math import comb, exp, factorial, sqrt


def exact_p(x1: int, x0: int, share: float) -> float:
    """Add up every split of the total that is no likelier than the one seen."""
    n = x1 + x0
    chance = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    return min(1.0, sum(c for c in chance if c <= chance[x1] * (1 + 1e-7)))


def mid_p(x1: int, x0: int, share: float) -> float:
    """Twice the smaller tail, the outcome itself counted half."""
    n = x1 + x0
    chance = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    below, here, above = sum(chance[:x1]), chance[x1], sum(chance[x1 + 1 :])
    return min(1.0, 2 * min(below + here / 2, above + here / 2))


def e_test(x1: int, x2: int, t1: float, t2: float, most: int = 60) -> float:
    """Add up every pair of counts that lies as many standard errors apart."""
    mean = (x1 + x2) / (t1 + t2)

    def apart(a: int, b: int) -> float:
        error = sqrt(a / t1**2 + b / t2**2)
        return abs(a / t1 - b / t2) / error if error else 0.0

    def chance(k: int, m: float) -> float:
        return exp(-m) * m**k / factorial(k)

    return sum(
        chance(a, mean * t1) * chance(b, mean * t2)
        for a in range(most)
        for b in range(most)
        if apart(a, b) >= apart(x1, x2) - 1e-9
    )


def by_signs(before: Sequence[float], after: Sequence[float]) -> float:
    """How often do random signs give a total as far from nought? Ties count half."""
    d = [b - a for a, b in zip(before, after, strict=True)]
    seen = abs(sum(d))
    totals = [abs(sum(s * v for s, v in zip(signs, d, strict=True))) for signs in product((-1, 1), repeat=len(d))]
    return sum((t > seen + 1e-9) + 0.5 * (abs(t - seen) <= 1e-9) for t in totals) / len(totals)
