"""How common a thing is for the people there are: crude, standardised and smoothed rates with their intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaincinv, ndtri

Floats = NDArray[np.float64]
How = Literal["exact", "byar"]


@dataclass(frozen=True)
class Rates:
    """Rates per `per` people with their intervals, and the counts and populations they come from."""

    count: Floats
    population: Floats
    rate: Floats
    low: Floats
    high: Floats
    per: float


@dataclass(frozen=True)
class Ratios:
    """Counts against the counts expected, as a ratio (1 is as expected) with its interval."""

    observed: Floats
    expected: Floats
    ratio: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class Smoothed:
    """
    Rates drawn towards the overall rate by as much as chance alone would move them.

    `weight` is how far each area's own rate was kept: 1 entirely, 0 not at all.
    """

    count: Floats
    population: Floats
    rate: Floats
    smoothed: Floats
    weight: Floats
    per: float


def count_interval(count: ArrayLike, *, confidence: float = 0.95, how: How = "exact") -> tuple[Floats, Floats]:
    """
    Between which two numbers does the count one would expect lie, when this many were counted?

    `exact` (Garwood 1936) covers at least the stated share; `byar` is the
    approximation used in public health tables, within 1 % of it from ten
    upwards. A count of nothing has 0 below and, at 95 %, 3.69 above. Both
    take the count to be Poisson: a count that varies more needs
    `analysis.change`, which measures by how much.

    Source: Breslow and Day (1987), Statistical Methods in Cancer Research II, 69.
    """
    n = np.asarray(count, dtype=np.float64)
    if np.any(n < 0):
        raise ValueError("A count cannot be below nought.")
    tail = (1 - confidence) / 2
    if how == "exact":
        low = np.where(n > 0, gammaincinv(np.where(n > 0, n, 1.0), tail), 0.0)
        return np.where(np.isnan(n), np.nan, low), np.asarray(gammaincinv(n + 1, 1 - tail), dtype=np.float64)
    z = -ndtri(tail)
    safe = np.where(n > 0, n, 1.0)
    low = np.where(n > 0, safe * (1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))) ** 3, 0.0)
    m = n + 1
    high = m * (1 - 1 / (9 * m) + z / (3 * np.sqrt(m))) ** 3
    return np.where(np.isnan(n), np.nan, np.maximum(low, 0.0)), high


def crude_rate(
    count: ArrayLike,
    population: ArrayLike,
    *,
    per: float = 1000,
    years: float = 1,
    confidence: float = 0.95,
    how: How = "exact",
) -> Rates:
    """
    How many for each thousand people a year?

    `years` is how long the count took, so that six months are made comparable
    with twelve. Where there is no population the rate is not a number: it is
    unknown, never nought.
    """
    n, people = np.broadcast_arrays(np.asarray(count, np.float64), np.asarray(population, np.float64))
    exposure = np.where(people > 0, people, np.nan) * years / per
    low, high = count_interval(n, confidence=confidence, how=how)
    return Rates(n, people, n / exposure, low / exposure, high / exposure, per)


def standardised_rate(
    count: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    *,
    per: float = 1000,
    confidence: float = 0.95,
    how: How = "exact",
) -> Rates:
    """
    What would the rate be, if each area had the standard population's mix of ages?

    The last axis of `count` and `population` is the group (age, sex); `standard`
    has one weight a group. `count` and `population` of the answer are totals
    over groups. A group with nobody in it makes the answer unknown, unless its
    standard weight is nought. Below ten events in all the interval is too
    rough to publish.

    Source: Dobson, Kuulasmaa, Eberle and Scherer (1991), Statistics in Medicine 10, 457.
    """
    n, people, weights = (np.asarray(each, np.float64) for each in (count, population, standard))
    weights = weights / weights.sum()
    needed = np.where((people > 0) | (weights == 0), people, np.nan)
    share = np.divide(weights, needed, out=np.where(np.isnan(needed), np.nan, 0.0), where=needed > 0)
    total = n.sum(-1)
    rate = (share * n).sum(-1)
    variance = (share**2 * n).sum(-1)
    spread = np.sqrt(np.divide(variance, total, out=np.zeros_like(rate), where=total > 0))
    # With no events at all there is no spread to go by: the dearest group's weight bounds what one event could do.
    spread = np.where(total > 0, spread, share.max(-1))
    low, high = count_interval(total, confidence=confidence, how=how)
    low, high = np.maximum(rate + spread * (low - total), 0.0), rate + spread * (high - total)
    return Rates(total, people.sum(-1), rate * per, low * per, high * per, per)


def indirect_ratio(
    observed: ArrayLike,
    population: ArrayLike,
    standard_rates: ArrayLike,
    *,
    confidence: float = 0.95,
    how: How = "exact",
) -> Ratios:
    """
    Is there more or less than people of these ages would have anywhere? (The standardised ratio, SMR.)

    `population` has the group as its last axis; `standard_rates` are events per
    person in the comparison area, one a group. Ratios of two areas may not be
    compared with each other, only each with the standard.
    """
    people = np.asarray(population, np.float64)
    expected = (people * np.asarray(standard_rates, np.float64)).sum(-1)
    n, expected = np.broadcast_arrays(np.asarray(observed, np.float64), np.where(expected > 0, expected, np.nan))
    low, high = count_interval(n, confidence=confidence, how=how)
    return Ratios(n, expected, n / expected, low / expected, high / expected)


def smoothed_rate(count: ArrayLike, population: ArrayLike, *, per: float = 1000) -> Smoothed:
    """
    Which areas' rates stand out, once the ones with few people stop jumping about? (Empirical Bayes.)

    Each rate is a mixture of the area's own and the overall one; a place with
    few people is drawn further. For maps and for ranking: not for publishing an
    area's own rate. When areas differ by no more than chance every one gets the
    overall rate. An area with nobody in it gets the overall rate with weight 0.

    Source: Marshall (1991), Applied Statistics 40, 283 (the global estimator).
    """
    n = np.asarray(count, np.float64)
    people = np.asarray(population, np.float64)
    lived_in = people > 0
    total = people[lived_in].sum()
    if total <= 0:
        raise ValueError("There is nobody in any of the areas.")
    mean = n[lived_in].sum() / total
    own = np.divide(n, people, out=np.full(n.shape, np.nan), where=lived_in)
    variance = np.sum(people[lived_in] * (own[lived_in] - mean) ** 2) / total
    between = max(float(variance - mean / (total / lived_in.sum())), 0.0)
    chance = np.divide(mean, people, out=np.full(n.shape, np.inf), where=lived_in)
    weight = between / (between + chance) if between > 0 else np.zeros(n.shape)
    smoothed = mean + weight * (np.where(lived_in, own, mean) - mean)
    return Smoothed(n, people, own * per, smoothed * per, weight, per)
