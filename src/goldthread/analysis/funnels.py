"""How far from expected a count may lie by chance alone, for a place of its size: funnel limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import pdtr, pdtrik

Floats = NDArray[np.float64]
Spread = Literal["none", "multiplied", "added"]
WARNING, ACTION = 0.95, 0.998
# What is left of the variance of a normal score when its most extreme tenth at each end is drawn in to the tenth.
DRAWN_IN = 0.6787


@dataclass(frozen=True)
class Funnel:
    """
    Limits on a ratio of counted to expected, place by place (1 is as expected).

    `spread` is by how much places differ beyond chance: the factor φ by which
    the variance is multiplied (1 when chance explains it), or the variance τ²
    that is added to it (0 when chance explains it). `how` says which.
    """

    expected: Floats
    low: Floats
    high: Floats
    confidence: float
    how: Spread
    spread: float


def poisson_limits(expected: ArrayLike, confidence: float = WARNING) -> tuple[Floats, Floats]:
    """
    Between which two counts does chance keep a place, when this many are expected?

    Exact Poisson limits, interpolated between whole numbers so that the funnel
    is smooth: for 20 expected 11.2 to 28.7 at 95 %. The lower is 0 where a
    count of nothing would not be surprising.

    Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185, appendix A.1.
    """
    mean = np.asarray(expected, dtype=np.float64)
    if np.any(mean <= 0):
        raise ValueError("A funnel needs something to be expected: more than nought.")
    tail = (1 - confidence) / 2
    return np.maximum(_quantile(tail, mean), 0.0), np.maximum(_quantile(1 - tail, mean), 0.0)


def _quantile(p: float, mean: Floats) -> Floats:
    """The count at which the Poisson distribution passes p, interpolated between whole numbers."""
    reached = np.ceil(pdtrik(p, mean))
    # pdtrik inverts a continuous extension of the distribution, so it can be one out.
    reached = np.maximum(reached - (pdtr(np.maximum(reached - 1, 0), mean) >= p) * (reached > 0), 0)
    reached = reached + (pdtr(reached, mean) < p)
    below = np.where(reached > 0, pdtr(np.maximum(reached - 1, 0), mean), 0.0)
    at = pdtr(reached, mean)
    return np.asarray(reached - (at - p) / (at - below), dtype=np.float64)


def dispersion(observed: ArrayLike, expected: ArrayLike, *, winsorise: float = 0.1) -> float:
    """
    How much more do places differ than chance would make them? 1 is as much as chance.

    The mean of squared scores 2(√observed − √expected), after the most extreme
    tenth at each end are drawn in to the tenth, so that the places one is
    looking for do not widen the limits they are looked for with.

    Source: Spiegelhalter (2005), section 6.
    """
    scores = 2 * (np.sqrt(np.asarray(observed, float)) - np.sqrt(np.asarray(expected, float)))
    low, high = np.quantile(scores, [winsorise, 1 - winsorise])
    return float(np.mean(np.clip(scores, low, high) ** 2))


def funnel(
    observed: ArrayLike, expected: ArrayLike, *, confidence: float = WARNING, how: Spread = "multiplied"
) -> Funnel:
    """
    Between which ratios of counted to expected may each place lie, before it stands out from the rest?

    `none` allows for chance only. Places differ for many small reasons as well,
    and with `multiplied` the exact limits are widened by √φ, with `added` a
    variance τ² is added to that of chance; either only when the places do
    differ beyond chance. `added` gives large places wide limits too and is the
    fairer of the two when sizes differ. φ is made good for what drawing in the
    extremes takes from it: without that, one in nine of places that differ like
    the rest would lie beyond limits that say one in twenty.

    Source: Spiegelhalter (2005), Statistics in Medicine 24, 1185, but for that.
    """
    mean = np.asarray(expected, dtype=np.float64)
    low, high = poisson_limits(mean, confidence)
    low, high = low / mean, high / mean
    phi = dispersion(observed, mean) / DRAWN_IN
    if how == "multiplied":
        wide = max(phi, 1.0) ** 0.5
        return Funnel(mean, np.maximum(1 + (low - 1) * wide, 0), 1 + (high - 1) * wide, confidence, how, wide**2)
    if how == "added":
        extra = _between(phi, mean)
        wider = np.sqrt(1 + extra * mean)  # against a variance of chance of 1/expected
        return Funnel(mean, np.maximum(1 + (low - 1) * wider, 0), 1 + (high - 1) * wider, confidence, how, extra)
    return Funnel(mean, low, high, confidence, how, 1.0)


def _between(phi: float, expected: Floats) -> float:
    """The variance between places, by the method of moments, when the variance of chance is 1/expected."""
    places, weights = expected.size, expected
    if phi * places <= places - 1:
        return 0.0
    return float((phi * places - (places - 1)) / (weights.sum() - (weights**2).sum() / weights.sum()))
