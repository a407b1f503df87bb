"""What residents said, allowing for who was asked: weighted shares with intervals, bases and honest changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

Floats = NDArray[np.float64]
FEWEST = 30  # a share of fewer answers than this is not given


@dataclass(frozen=True)
class Estimate:
    """
    A weighted mean or total, with what its design costs.

    `base` is how many answered; `effective` how many answers to a simple
    random sample would say as much; `deff` the variance over that of a simple
    random sample of the same size. `freedom` is the degrees of freedom the
    interval uses.
    """

    value: float
    se: float
    low: float
    high: float
    base: int
    deff: float
    effective: float
    freedom: float


@dataclass(frozen=True)
class Share:
    """
    The share of residents who gave an answer, from 0 to 1, with its interval.

    `count` of `base` respondents gave it, before weighting. When fewer than
    30 answered `suppressed` is true and value, se, low and high are NaN: the
    base is still shown, so that the reader sees why.
    """

    value: float
    se: float
    low: float
    high: float
    count: int
    base: int
    deff: float
    effective: float
    suppressed: bool


@dataclass(frozen=True)
class Moved:
    """
    How far a share moved between two waves, in percentage points, and whether by more than chance.

    NaN throughout when either share is suppressed.
    """

    points: float
    se: float
    low: float
    high: float
    p: float
    before: Share
    after: Share


def kish(weights: ArrayLike) -> float:
    """
    By how much do unequal weights alone widen an interval? The design effect n Σw² / (Σw)²; 1 when all are equal.

    Source: Kish (1965), Survey Sampling, 427.
    """
    w = np.asarray(weights, float)
    return float(w.size * (w**2).sum() / w.sum() ** 2)


def weighted_mean(
    values: ArrayLike,
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    population: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """
    What is the mean over everybody, from those who were asked?

    The variance is by linearisation (Taylor), between clusters within strata:
    people in one household or street answer alike. Without `clusters` every
    respondent is their own, without `strata` all are in one. `population`
    gives for each row how many clusters its stratum has in all, for the
    finite-population correction; leave it out when few of many were asked.
    Rows without a value must be left out by the caller, and counted.

    Limits: weights mend who answered only as far as they were made for.
    Source: Lumley (2010), Complex Surveys, 2; Binder (1983).
    """
    y, w = np.asarray(values, float), np.asarray(weights, float)
    mean = float((w * y).sum() / w.sum())
    scores = w * (y - mean) / w.sum()
    variance, freedom = _between_clusters(scores, strata, clusters, population)
    simple = _simple_variance(y, w, mean)
    if population is not None:
        simple *= max(1 - y.size / w.sum(), 0.0)
    return _estimate(mean, variance, simple, y.size, freedom, confidence)


def weighted_total(
    values: ArrayLike,
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    population: ArrayLike | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """
    How many are there in all, when each answer stands for `weights` people? See `weighted_mean` for the rest.

    The design effect compares with a simple random sample that knows how many people there are.
    """
    y, w = np.asarray(values, float), np.asarray(weights, float)
    total = float((w * y).sum())
    variance, freedom = _between_clusters(w * y, strata, clusters, population)
    simple = _simple_variance(y, w, total / float(w.sum())) * float(w.sum()) ** 2
    if population is not None:
        simple *= max(1 - y.size / w.sum(), 0.0)
    return _estimate(total, variance, simple, y.size, freedom, confidence)


def share(
    said: ArrayLike,
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
    population: ArrayLike | None = None,
    confidence: float = 0.95,
    fewest: int = FEWEST,
) -> Share:
    """
    What share of residents said so?

    `said` is true or false for everyone who was asked and answered at all. The
    interval is worked out on the logit scale, so it stays within 0 and 1 and
    leans the right way; where nobody or everybody said so it is the exact
    binomial one for the effective base. Fewer than `fewest` answers give no share.
    """
    y, w = np.asarray(said, float), np.asarray(weights, float)
    base, count = int(y.size), int(y.sum())
    if base < max(fewest, 2):
        nan = float("nan")
        return Share(nan, nan, nan, nan, count, base, nan, nan, suppressed=True)
    found = weighted_mean(y, w, strata=strata, clusters=clusters, population=population, confidence=confidence)
    if not 0 < found.value < 1:
        low, high = _exact(found.value, base / kish(w), confidence)
        return Share(found.value, found.se, low, high, count, base, kish(w), base / kish(w), suppressed=False)
    reach = float(stdtrit(found.freedom, 0.5 + confidence / 2)) * found.se / (found.value * (1 - found.value))
    logit = np.log(found.value / (1 - found.value))
    low, high = (float(1 / (1 + np.exp(-(logit + side)))) for side in (-reach, reach))
    return Share(found.value, found.se, low, high, count, base, found.deff, found.effective, suppressed=False)


def moved(before: Share, after: Share, *, confidence: float = 0.95) -> Moved:
    """
    Did the share move between two waves by more than chance?

    The difference of two independent shares against the root of the sum of
    their squared standard errors, with as many degrees of freedom as the
    effective bases leave. Two waves of one panel are not independent, and this
    then calls too few changes.
    """
    if before.suppressed or after.suppressed:
        nan = float("nan")
        return Moved(nan, nan, nan, nan, nan, before, after)
    difference = after.value - before.value
    parts = [max(s.se, _least_se(s)) ** 2 for s in (before, after)]
    se = float(np.sqrt(sum(parts)))
    freedom = sum(parts) ** 2 / sum(v**2 / max(s.effective - 1, 1) for v, s in zip(parts, (before, after), strict=True))
    reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * se
    p = float(2 * stdtr(freedom, -abs(difference) / se))
    return Moved(100 * difference, 100 * se, 100 * (difference - reach), 100 * (difference + reach), p, before, after)


def _between_clusters(
    scores: Floats, strata: ArrayLike | None, clusters: ArrayLike | None, population: ArrayLike | None
) -> tuple[float, float]:
    """The variance of a sum of scores, between clusters within strata, and its degrees of freedom."""
    layers = np.zeros(scores.size, int) if strata is None else np.unique(np.asarray(strata), return_inverse=True)[1]
    groups = np.arange(scores.size) if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1]
    in_all = None if population is None else np.asarray(population, float)
    variance, freedom = 0.0, 0
    for layer in np.unique(layers):
        own = layers == layer
        _, which = np.unique(groups[own], return_inverse=True)
        sums = np.bincount(which, weights=scores[own])
        if sums.size < 2:
            continue  # a lone cluster says nothing about how clusters differ
        left = 1.0 if in_all is None else max(1 - sums.size / float(in_all[own][0]), 0.0)
        variance += left * sums.size / (sums.size - 1) * float(((sums - sums.mean()) ** 2).sum())
        freedom += sums.size - 1
    return variance, float(max(freedom, 1))


def _simple_variance(y: Floats, w: Floats, mean: float) -> float:
    """The variance of the mean were the same number drawn at random: the weighted spread over n."""
    spread = float((w * (y - mean) ** 2).sum() / w.sum()) * y.size / max(y.size - 1, 1)
    return spread / y.size


def _estimate(value: float, variance: float, simple: float, base: int, freedom: float, confidence: float) -> Estimate:
    """An estimate with its interval and design effect."""
    se = float(np.sqrt(variance))
    reach = float(stdtrit(freedom, 0.5 + confidence / 2)) * se
    deff = float(variance / simple) if simple > 0 else 1.0
    effective = base / deff if deff > 0 else float(base)
    return Estimate(value, se, value - reach, value + reach, base, deff, effective, freedom)


def _exact(value: float, effective: float, confidence: float) -> tuple[float, float]:
    """Clopper and Pearson's interval when nobody, or everybody, said so."""
    open_end = float(1 - ((1 - confidence) / 2) ** (1 / effective))
    return (0.0, open_end) if value <= 0 else (1 - open_end, 1.0)


def _least_se(found: Share) -> float:
    """A standard error where nobody or everybody said so, as if half an answer more had been the other way."""
    nudged = (found.value * found.effective + 0.5) / (found.effective + 1)
    return float(np.sqrt(nudged * (1 - nudged) / found.effective)) if found.se == 0 else 0.0
