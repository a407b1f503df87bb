"""Holt–Winters written out month by month for one series, in the textbook's weighted-average form."""

from __future__ import annotations

from collections.abc import Sequence


def holt_winters(
    y: Sequence[float],
    level: float,
    slope: float,
    season: Sequence[float],
    alpha: float,
    beta: float,
    gamma: float,
    phi: float,
    multiplicative: bool,
) -> tuple[float, list[float]]:
    """The sum of squared one-step errors, and the means of the next twelve months."""
    seasons, squares = list(season), 0.0
    share = beta / alpha
    for t, value in enumerate(y):
        s = seasons[t % 12]
        base = level + phi * slope
        squares += (value - (base * s if multiplicative else base + s)) ** 2
        off_season = value / s if multiplicative else value - s
        new_level = alpha * off_season + (1 - alpha) * base
        slope = share * (new_level - level) + (1 - share) * phi * slope
        seasons[t % 12] = gamma * (value / base if multiplicative else value - base) + (1 - gamma) * s
        level = new_level
    ahead, gained = [], 0.0
    for h in range(1, 13):
        gained += phi**h
        base, s = level + gained * slope, seasons[(len(y) + h - 1) % 12]
        ahead.append(max(base * s if multiplicative else base + s, 0.0))
    return squares, ahead
