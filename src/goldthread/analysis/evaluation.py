"""Did it work: before and after beside a control, displacement and diffusion of benefit, and harm prevented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from goldthread.analysis.harm import Weights

Floats = NDArray[np.float64]
DRAWS, SEED = 9_999, 20_260_403
Reading = Literal[
    "nothing to displace", "more displaced than gained", "some displaced", "no sign of either", "benefit spread"
]


@dataclass(frozen=True)
class Site:
    """Crimes counted at a place before and after, and its size where places differ in size (area, people, length)."""

    before: float
    after: float
    size: float = 1.0


@dataclass(frozen=True)
class BeforeAfter:
    """
    How the treated place changed against the control: a ratio of ratios, with its interval.

    0.8 is a fifth lower than the control's change would lead one to expect.
    `halved` says that half a crime was added to every count, because one was nought.
    """

    treated: Site
    control: Site
    ratio: float
    low: float
    high: float
    p: float
    halved: bool


@dataclass(frozen=True)
class WeightedDifference:
    """
    Crimes prevented (below nought) or added, net of the control: locally, nearby, and in all.

    In crimes per unit of size and of time in the after period, when those were
    given; else in crimes. `p` is two-sided.
    """

    local: float
    local_se: float
    nearby: float
    nearby_se: float
    total: float
    se: float
    z: float
    p: float
    low: float
    high: float


@dataclass(frozen=True)
class HarmDifference:
    """Harm prevented (below nought) or added, by one index, net of the control."""

    index: str
    date: str
    unit: str
    total: float
    se: float
    z: float
    low: float
    high: float


@dataclass(frozen=True)
class DisplacementQuotient:
    """
    How the place nearby moved for each crime by which the treated place moved, both against the control.

    Above 0 benefit spread; between −1 and 0 some was displaced, but less than
    was gained; below −1 more was displaced than gained. `reading` says which,
    and only as far as the interval goes. When the treated place did not clearly
    fall against the control there is nothing to displace: quotient and interval are NaN.
    `undefined` is the share of bootstrap draws in which it could not be worked out.
    """

    quotient: float
    low: float
    high: float
    undefined: float
    reading: Reading


def before_after(treated: Site, control: Site, *, dispersion: float = 1.0, confidence: float = 0.95) -> BeforeAfter:
    """
    Did the treated place change differently from the control, by more than chance?

    The ratio of the two changes, its logarithm having variance φ(1/a + 1/b +
    1/c + 1/d). `dispersion` φ (variance over mean of monthly counts, 1 or more)
    allows for crime coming and going more than chance.

    Limits: it is only as good as the control, which must have been moving
    alike before. A place picked because it was at its worst falls by itself:
    see `picked_at_its_worst`.
    """
    counts = np.array([treated.before, treated.after, control.before, control.after], float)
    if np.any(counts < 0) or dispersion < 1:
        raise ValueError("Counts are not below nought, and dispersion is one or more.")
    halved = bool((counts == 0).any())
    counts = counts + 0.5 if halved else counts
    log_ratio = float(np.log(counts[1] * counts[2] / (counts[0] * counts[3])))
    se = float(np.sqrt(dispersion * (1 / counts).sum()))
    z = float(ndtri(0.5 + confidence / 2))
    low, high = (float(np.exp(log_ratio + side * z * se)) for side in (-1, 1))
    p = float(2 * ndtr(-abs(log_ratio) / se))
    return BeforeAfter(treated, control, float(np.exp(log_ratio)), low, high, p, halved)


def weighted_displacement_difference(
    treated: Site,
    control: Site,
    near_treated: Site | None = None,
    near_control: Site | None = None,
    *,
    times: tuple[float, float] = (1.0, 1.0),
    confidence: float = 0.95,
) -> WeightedDifference:
    """
    How many crimes were prevented in all, moved ones counted?

    (treated after − before) − (control after − before), plus the same for the
    places nearby. Its variance is the sum of all eight counts, each over the
    square of its size and time. `times` are the lengths of the before and
    after periods, in any unit.

    Limits: counts are taken to be Poisson and places independent; with few
    crimes only large effects show. Places nearby need a control of their own.
    Source: Wheeler and Ratcliffe (2018), Crime Science 7, 11.
    """
    local, local_variance = _difference(treated, control, times)
    nearby, nearby_variance = 0.0, 0.0
    if (near_treated is None) != (near_control is None):
        raise ValueError("Places nearby need a control, as the treated place does.")
    if near_treated is not None and near_control is not None:
        nearby, nearby_variance = _difference(near_treated, near_control, times)
    total, se = local + nearby, float(np.sqrt(local_variance + nearby_variance))
    z = total / se if se > 0 else 0.0
    reach = float(ndtri(0.5 + confidence / 2)) * se
    return WeightedDifference(
        local=local,
        local_se=float(np.sqrt(local_variance)),
        nearby=nearby,
        nearby_se=float(np.sqrt(nearby_variance)),
        total=total,
        se=se,
        z=z,
        p=float(2 * ndtr(-abs(z))),
        low=total - reach,
        high=total + reach,
    )


def _difference(treated: Site, control: Site, times: tuple[float, float]) -> tuple[float, float]:
    """The difference of differences of two places, and its variance."""
    estimate = variance = 0.0
    for site, sign in ((treated, 1.0), (control, -1.0)):
        for count, time, way in ((site.before, times[0], -1.0), (site.after, times[1], 1.0)):
            weight = 1 / (site.size * time)
            estimate += sign * way * count * weight
            variance += count * weight**2
    return estimate, variance


def harm_difference(
    differences: Mapping[str, WeightedDifference], weights: Weights, *, confidence: float = 0.95
) -> HarmDifference:
    """
    How much harm was prevented, when each kind of crime has its own weighted displacement difference?

    The sum of weight times difference, by one index of one date; kinds are
    taken to be independent. Raises ValueError for a kind without a weight.

    Source: Wheeler and Ratcliffe (2018), extended to harm weights by Wheeler.
    """
    missing = sorted(set(differences) - set(weights.of))
    if missing:
        raise ValueError(f"{weights.index} has no weight for {', '.join(missing)}.")
    total = float(sum(weights.of[kind] * found.total for kind, found in differences.items()))
    se = float(np.sqrt(sum((weights.of[kind] * found.se) ** 2 for kind, found in differences.items())))
    reach = float(ndtri(0.5 + confidence / 2)) * se
    return HarmDifference(*weights.ruler, total, se, total / se if se else 0.0, total - reach, total + reach)


def displacement_quotient(
    treated: Site, near: Site, control: Site, *, confidence: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> DisplacementQuotient:
    """
    Did crime move next door, or did the benefit spread there?

    (D₁/C₁ − D₀/C₀) / (T₁/C₁ − T₀/C₀) for the place nearby D, the control C and the
    treated place T. A ratio of two differences is wild when the lower one is
    near nought, so it is given only when the treated place clearly fell against
    the control, and always with its bootstrap interval (every count drawn
    again as Poisson, with a fixed seed).

    Source: Bowers and Johnson (2003), Journal of Quantitative Criminology 19, 275.
    """
    counts = np.array([treated.before, treated.after, near.before, near.after, control.before, control.after], float)
    drawn = np.random.default_rng(seed).poisson(counts, size=(draws, 6)).astype(float)
    quotients, falls = _quotients(drawn)
    [quotient], [fall] = _quotients(counts[None])
    tail = (1 - confidence) / 2
    nan = float("nan")
    undefined = float(np.mean(~np.isfinite(quotients) | (falls >= 0)))
    known = falls[np.isfinite(falls)]
    if not np.isfinite(quotient) or known.size == 0 or np.quantile(known, 1 - tail) >= 0 or fall >= 0:
        return DisplacementQuotient(nan, nan, nan, undefined, "nothing to displace")
    low, high = (float(q) for q in np.quantile(quotients[np.isfinite(quotients)], [tail, 1 - tail]))
    reading: Reading = "no sign of either"
    if low > 0:
        reading = "benefit spread"
    elif high < -1:
        reading = "more displaced than gained"
    elif high < 0:
        reading = "some displaced"
    return DisplacementQuotient(float(quotient), low, high, undefined, reading)


def _quotients(counts: Floats) -> tuple[Floats, Floats]:
    """The quotient, and the treated place's change against the control, for rows of six counts."""
    t0, t1, d0, d1, c0, c1 = counts.T
    with np.errstate(divide="ignore", invalid="ignore"):
        fall = t1 / c1 - t0 / c0
        return (d1 / c1 - d0 / c0) / fall, fall


def picked_at_its_worst(chosen_on: tuple[int, int], before: tuple[int, int]) -> str:
    """
    Was the place chosen on the very months it is measured against? Then say so; "" when not.

    Both are first and last month, in one count. A place chosen because its
    count was high will be lower next, whatever is done: regression to the mean.
    """
    if chosen_on[0] > before[1] or chosen_on[1] < before[0]:
        return ""
    return (
        "The place was chosen on months that are also the months before. Some of the fall would have come by itself, "
        "because a place picked at its worst is seldom so bad again."
    )
