"""Local regression on evenly spaced points, with every smoothing weight worked out once for all series."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Smoother:
    """
    A smoother from points to targets: tricube weights, how far each point is from each target, and the degree.

    `weights` and `offsets` are (targets, points). `spread` carries values at
    the targets to every output place (straight lines between them), so that
    a smoother may be worked out at every second or third place only. `own` is
    the point nearest each target, whose value stands where robustness has left
    nothing else of any weight.
    """

    weights: Floats
    offsets: Floats
    own: NDArray[np.intp]
    degree: int
    spread: Floats

    @cached_property
    def matrix(self) -> Floats:
        """The smoother as a matrix, when all points count alike."""
        return self.apply(np.eye(self.weights.shape[1]), None).T

    def apply(self, values: Floats, importance: Floats | None) -> Floats:
        """
        This will smooth each row of `values`, (series, points).

        `importance` (the same shape) lets outlying points count for less.
        """
        rho = np.ones(values.shape) if importance is None else importance
        w = self.weights
        a0, b0 = rho @ w.T, (rho * values) @ w.T
        weighty = a0 > 0
        a0 = np.where(weighty, a0, 1.0)
        level = np.where(weighty, b0 / a0, values[:, self.own])
        if self.degree == 0:
            return level @ self.spread.T
        wu = w * self.offsets
        a1, a2 = (rho @ wu.T) / a0, (rho @ (wu * self.offsets).T) / a0
        b1 = ((rho * values) @ wu.T) / a0
        about = a2 - a1**2
        reach = 0.001 * (self.weights.shape[1] - 1)
        sloped = about > max(reach**2, 1e-12)
        slope = np.where(sloped, (b1 - a1 * level) / np.where(sloped, about, 1.0), 0.0)
        return (level - slope * a1) @ self.spread.T


def tricube(target: float, left: int, right: int, points: int, window: int) -> Floats:
    """
    How much does each of `points` points (numbered from 1) count at a target, within left..right?

    A window longer than the series reaches further out by half the difference,
    as in Cleveland's program.
    """
    reach = max(target - left, right - target)
    if window > points:
        reach += (window - points) // 2
    place = np.arange(1, points + 1)
    away = np.abs(place - target)
    weight = np.where(away <= 0.001 * reach, 1.0, (1 - np.minimum(away / max(reach, 1e-12), 1.0) ** 3) ** 3)
    return np.where((place >= left) & (place <= right) & (away <= 0.999 * reach), weight, 0.0)


def window_about(place: int, points: int, window: int) -> tuple[int, int]:
    """Which points, first and last, lie in the window about a place?"""
    if window >= points:
        return 1, points
    half = (window + 1) // 2
    left = min(max(place - half + 1, 1), points - window + 1)
    return left, left + window - 1


def smoother(points: int, window: int, *, degree: int = 1, jump: int = 1) -> Smoother:
    """This will make the smoother of a whole series of evenly spaced points, worked out at every `jump`-th."""
    targets = list(range(1, points + 1, jump))
    if targets[-1] != points:
        targets.append(points)
    weights = np.array([tricube(t, *window_about(t, points, window), points, window) for t in targets])
    offsets = np.arange(1, points + 1) - np.array(targets)[:, None]
    places = np.arange(1, points + 1)
    spread = np.array([np.interp(places, targets, row) for row in np.eye(len(targets))]).T
    return Smoother(weights, offsets.astype(np.float64), np.array(targets) - 1, degree, spread)
