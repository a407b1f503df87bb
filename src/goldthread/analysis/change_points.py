"""When did the level change: the best cut of a series into stretches, and the odds that it changed of late."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gammaln

Floats = NDArray[np.float64]
Cost = Literal["poisson", "normal"]

SHORTEST = 6
# Fewer events a month than this come in clusters that no cost tells from a change of level.
FEWEST_A_MONTH = 2.0
_FEWEST_SERIES_TO_LEARN_FROM = 5


@dataclass(frozen=True)
class ChangePoints:
    """
    Where each series is best cut into stretches of one level.

    `starts` has, for each series, the positions at which a new level begins
    (empty when it never changed). `level` is (series, months): the rate per
    unit of exposure of the stretch each month is in. `dispersion` is what the
    cost was divided by.
    """

    starts: tuple[tuple[int, ...], ...]
    level: Floats
    dispersion: Floats
    penalty: float


def change_points(
    counts: ArrayLike,
    *,
    exposure: ArrayLike = 1.0,
    cost: Cost = "poisson",
    penalty: float | None = None,
    shortest: int = SHORTEST,
    dispersion: ArrayLike | None = None,
    fewest: float = FEWEST_A_MONTH,
) -> ChangePoints:
    """
    When did the level of each series change, if it did?

    `counts` is (series, months), no hole. `exposure` broadcasts against it:
    people, days, or the seasonal index, so that a summer is not a new level.
    The cut is the exact best (optimal partitioning), each stretch at least
    `shortest` months, every further cut costing `penalty` (3 log n if not
    given). Costs are twice the negative log likelihood, divided by the
    dispersion seen between neighbouring months (at least 1; more where months
    resemble the one before, as measured over all series together), since
    counts more variable than Poisson would otherwise be cut where nothing
    happened. So a series of nothing is cut in one case in twenty or fewer.
    Series with fewer than `fewest` events a month are left whole. `normal` is
    for measures that are not counts; its dispersion is their variance.

    Source: Killick, Fearnhead and Eckley (2012), J. American Statistical
    Association 107, 1590; Jackson et al. (2005), IEEE Signal Processing Letters 12, 105.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    e = np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    if np.isnan(y).any():
        raise ValueError("A month is missing; a change of level is not looked for across a hole.")
    n = y.shape[1]
    beta = 3 * np.log(n) if penalty is None else penalty
    if dispersion is None:
        phi = neighbour_dispersion(y, e) if cost == "poisson" else np.maximum(_neighbour_variance(y), 1e-12)
        phi = phi * _resemblance_factor(y / e)
    else:
        phi = np.broadcast_to(np.asarray(dispersion, np.float64), y.shape[:1])
    before = _best_cuts(y, e, cost, phi, beta, shortest)
    rare = y.mean(1) < fewest if cost == "poisson" else np.zeros(y.shape[0], dtype=bool)
    starts = tuple(() if few else _walk_back(row) for row, few in zip(before, rare, strict=True))
    level = np.empty(y.shape)
    for row, own in enumerate(starts):
        edges = [0, *own, n]
        for left, right in pairwise(edges):
            level[row, left:right] = y[row, left:right].sum() / e[row, left:right].sum()
    return ChangePoints(starts, level, np.asarray(phi, dtype=np.float64), float(beta))


def neighbour_dispersion(counts: ArrayLike, exposure: ArrayLike = 1.0) -> Floats:
    """
    How variable are counts, set against Poisson, judged by how neighbouring months differ? (At least 1.)

    Changes of level hardly enter, because they fall between two neighbours
    only once.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    e = np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    rate = y / e
    shared = (y[:, 1:] + y[:, :-1]) / (e[:, 1:] + e[:, :-1])
    expected = shared * (1 / e[:, 1:] + 1 / e[:, :-1])
    # A ratio of sums, so that pairs of nought against nought do not count as calm months.
    squares = (np.diff(rate, axis=1) ** 2).sum(1)
    return np.asarray(np.maximum(squares / np.maximum(expected.sum(1), 1e-12), 1.0), dtype=np.float64)


def _neighbour_variance(y: Floats) -> Floats:
    return np.asarray((np.diff(y, axis=1) ** 2).mean(1) / 2, dtype=np.float64)


def _resemblance_factor(rate: Floats) -> float:
    """
    By how much more do long stretches vary than neighbouring months let one think?

    Where months resemble the one before, values two apart differ more than
    neighbours do, by 1 + r; a change of level hardly enters either. Averaged
    over all series that vary; within two standard errors of none it is none.
    """
    one, two = (np.mean((rate[:, lag:] - rate[:, :-lag]) ** 2, axis=1) for lag in (1, 2))
    varies = one > 1e-12
    if varies.sum() < _FEWEST_SERIES_TO_LEARN_FROM:
        return 1.0
    r = two[varies] / one[varies] - 1
    resemblance = min(float(r.mean()), 0.7)
    if resemblance < 2 * float(r.std(ddof=1)) / np.sqrt(r.size):
        return 1.0
    return (1 + resemblance) / (1 - resemblance) ** 2


def _best_cuts(y: Floats, e: Floats, cost: Cost, phi: Floats, beta: float, shortest: int) -> NDArray[np.int64]:
    """For the best cut of each beginning of the series: where does its last stretch begin?"""
    n = y.shape[1]
    zero = np.zeros((y.shape[0], 1))
    total = np.concatenate([zero, np.cumsum(y, axis=1)], axis=1)
    square = np.concatenate([zero, np.cumsum(y**2, axis=1)], axis=1)
    size = np.concatenate([zero, np.cumsum(e, axis=1)], axis=1)
    best = np.full((y.shape[0], n + 1), np.inf)
    best[:, 0] = -beta
    last = np.zeros((y.shape[0], n + 1), dtype=np.int64)
    for end in range(shortest, n + 1):
        begins = np.array([0, *range(shortest, end - shortest + 1)])
        s = total[:, [end]] - total[:, begins]
        m = size[:, [end]] - size[:, begins]
        if cost == "poisson":
            own = 2 * (s - np.where(s > 0, s * np.log(np.where(s > 0, s, 1.0) / m), 0.0))
        else:
            own = square[:, [end]] - square[:, begins] - s**2 / (end - begins)
        whole = best[:, begins] + own / phi[:, None] + beta
        choice = whole.argmin(1)
        last[:, end] = begins[choice]
        best[:, end] = np.take_along_axis(whole, choice[:, None], 1)[:, 0]
    return last


def _walk_back(last: NDArray[np.int64]) -> tuple[int, ...]:
    found: list[int] = []
    end = int(last[-1])
    while end > 0:
        found.append(end)
        end = int(last[end])
    return tuple(reversed(found))


@dataclass(frozen=True)
class RecentChange:
    """
    How likely is it that each series' present level is a new one?

    `probability` is that of a change within the last `within` months;
    `run_length` is (series, months + 1): the probability that the present
    level has lasted so many months.
    """

    probability: Floats
    run_length: Floats
    within: int


def recent_change(
    counts: ArrayLike,
    *,
    exposure: ArrayLike = 1.0,
    within: int = 6,
    usual_stretch: float = 60.0,
    dispersion: ArrayLike | None = None,
) -> RecentChange:
    """
    How likely is it that the level of each series changed within the last six months?

    Before seeing anything a level is held to last `usual_stretch` months on
    average, so the answer starts from one in ten and moves with the evidence.
    Counts are Gamma–Poisson within a level; they are divided by the dispersion
    seen between neighbouring months, so that variable series are not always
    said to have changed. A missing month (NaN) tells nothing either way.

    Source: Adams and MacKay (2007), Bayesian Online Changepoint Detection, arXiv:0710.3742.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    e = np.broadcast_to(np.asarray(exposure, np.float64), y.shape)
    known = ~np.isnan(y)
    filled = np.where(known, y, 0.0)
    overall = np.maximum(filled.sum(1), 0.5) / np.where(known, e, 0.0).sum(1)
    if dispersion is None:
        phi = neighbour_dispersion(np.where(known, y, overall[:, None] * e), e)
    else:
        phi = np.broadcast_to(np.asarray(dispersion, np.float64), y.shape[:1])
    # A level not yet seen: one month's worth of knowledge, at the series' own average.
    run_length = _run_length(filled / phi[:, None], e, known, overall / phi, 1 / usual_stretch)
    return RecentChange(run_length[:, : within + 1].sum(1), run_length, within)


def _run_length(y: Floats, e: Floats, known: NDArray[np.bool_], fresh: Floats, hazard: float) -> Floats:
    """How likely is it that the present level has lasted 0, 1, 2… months? (Series, months + 1.)"""
    months = y.shape[1]
    chance = np.zeros((y.shape[0], months + 1))
    chance[:, 0] = 1.0
    events = np.ones((y.shape[0], months + 1))
    exposures = np.repeat(1 / np.maximum(fresh, 1e-9)[:, None], months + 1, axis=1)
    log_gamma = gammaln(events)
    for t in range(months):
        live, next_ = slice(0, t + 1), slice(1, t + 2)
        seen = known[:, [t]]
        events[:, next_] = events[:, live] + np.where(seen, y[:, [t]], 0.0)
        kept = exposures[:, live] / (exposures[:, live] + e[:, [t]])
        after = gammaln(events[:, next_])
        # The negative binomial probability of this month for each age of level, but for a factor common to all.
        log_odds = after - log_gamma[:, live] + (events[:, next_] - y[:, [t]]) * np.log(kept)
        log_odds += y[:, [t]] * np.log1p(-kept)
        likelihood = np.where(seen, np.exp(log_odds - log_odds.max(1, keepdims=True)), 1.0)
        grown = chance[:, live] * likelihood
        chance[:, next_], chance[:, 0] = grown * (1 - hazard), grown.sum(1) * hazard
        chance[:, : t + 2] /= chance[:, : t + 2].sum(1, keepdims=True)
        log_gamma[:, next_] = after
        exposures[:, next_] = exposures[:, live] + np.where(seen, e[:, [t]], 0.0)
    return chance
