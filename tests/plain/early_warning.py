"""Warnings worked out place by place, and how long false ones are in coming."""

from __future__ import annotations

from collections.abc import Sequence
from math import erf, sqrt
from statistics import mean, stdev

import numpy as np


def ears_c2(y: Sequence[float], place: int, lag: int) -> float:
    """How many standard deviations above the seven values before, leaving `lag` out between?"""
    before = y[place - lag - 7 : place - lag]
    return (y[place] - mean(before)) / stdev(before)


def _normal(x: float) -> float:
    return (1 + erf(x / sqrt(2))) / 2


def cusum_run_length(slack: float, height: float, states: int = 400) -> float:
    """The average number of places until a one-sided false alarm, by a chain of small steps (Brook and Evans 1972)."""
    step = 2 * height / (2 * states - 1)
    moves = np.zeros((states, states))
    for i in range(states):
        moves[i, 0] = _normal(-i * step + step / 2 + slack)
        for j in range(1, states):
            moves[i, j] = _normal((j - i) * step + step / 2 + slack) - _normal((j - i) * step - step / 2 + slack)
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])


def ewma_run_length(weight: float, width: float, states: int = 301) -> float:
    """The same for a moving average with the limits it settles to."""
    limit = width * sqrt(weight / (2 - weight))
    step = 2 * limit / states
    middle = [-limit + (i + 0.5) * step for i in range(states)]
    moves = np.array(
        [
            [
                _normal((m + step / 2 - (1 - weight) * at) / weight)
                - _normal((m - step / 2 - (1 - weight) * at) / weight)
                for m in middle
            ]
            for at in middle
        ]
    )
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[states // 2])
