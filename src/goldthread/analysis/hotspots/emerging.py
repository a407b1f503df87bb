"""Is a hot spot new, growing, steady, fading or gone?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from goldthread.analysis.hotspots.discovery import cutoff
from goldthread.analysis.hotspots.gi_star import Shuffled, counts_only, standardised
from goldthread.analysis.hotspots.neighbours import Neighbourhood

Floats = NDArray[np.float64]
States = NDArray[np.int8]

LEAST_STEPS = 10
ALWAYS = 0.9  # the share of steps from which a hot spot is lasting


class Kind(IntEnum):
    """
    What has become of a place; a cold spot has the same number below zero.

    The words are of a hot spot; for a cold spot read cold for hot, and a rise
    as a fall.
    """

    NONE = 0
    NEW = 1  # hot in the last step for the first time
    CONSECUTIVE = 2  # hot for the last few steps without a break, and never before
    INTENSIFYING = 3  # hot in nine steps of ten, the last among them, and getting hotter
    PERSISTENT = 4  # the same, with no trend
    DIMINISHING = 5  # the same, getting cooler
    SPORADIC = 6  # hot in the last step, on and off before, never cold
    OSCILLATING = 7  # hot in the last step, on and off before, and cold at some time
    HISTORICAL = 8  # hot in nine steps of ten, but not in the last


@dataclass(frozen=True)
class MannKendall:
    """Trend of each series: the statistic, its variance, z, and two-sided p. NaN where all values are alike."""

    s: Floats
    variance: Floats
    z: Floats
    p: Floats


@dataclass(frozen=True)
class Emerging:
    """
    What has become of each place.

    `kind` is a Kind, or minus a Kind for cold. `hot_steps` and `cold_steps` say
    in how many of the `steps` the place stood out; `trend_p` is NaN where it
    never did, since the trend was not asked for.
    """

    kind: States
    hot_steps: NDArray[np.int64]
    cold_steps: NDArray[np.int64]
    steps: int
    trend_p: Floats

    def places(self, kind: Kind, *, cold: bool = False) -> NDArray[np.int64]:
        """The places of one kind."""
        return np.flatnonzero(self.kind == (-kind if cold else kind))


def emerging(counts: ArrayLike, around: Neighbourhood, *, rate: float = 0.05) -> Emerging:
    """
    Which hot spots are new, growing, steady, fading or gone?

    `counts` are (steps, places): months or quarters in order, none missing, and
    at least ten. Each step is tested on its own (Gi*, so that a busy season
    makes nothing hot), corrected over all steps and places together
    (Benjamini–Hochberg at `rate`); the trend is Mann and Kendall's on z.
    Kinds follow the rules of space-time pattern mining (Esri), made exclusive:
    the last step decides whether a place is hot or cold.

    A step with few events finds little, so use quarters where months are thin.
    Many places tested for a trend: at `rate` each, lasting places alone.
    """
    x = np.asarray(counts, np.float64)
    if x.ndim != 2 or x.shape[0] < LEAST_STEPS:
        raise ValueError(f"At least {LEAST_STEPS} steps are needed to say what is emerging.")
    local = [np.asarray(around.sums(step[None, :])[0] + step) for step in x]
    members = around.count + 1
    state = _states(x, local, members, rate)
    ever = np.flatnonzero((state != 0).any(axis=0))
    trend, p = np.zeros(x.shape[1], np.int8), np.full(x.shape[1], np.nan)
    if ever.size:
        z = [standardised(step, held, members)[ever] for step, held in zip(x, local, strict=True)]
        test = mann_kendall(np.nan_to_num(np.array(z)))
        p[ever] = test.p
        trend[ever] = np.where(test.p < rate, np.sign(test.s), 0).astype(np.int8)
    return Emerging(classify(state, trend), (state > 0).sum(axis=0), (state < 0).sum(axis=0), x.shape[0], p)


def _states(x: Floats, local: list[Floats], members: NDArray[np.int64], rate: float) -> States:
    """
    Hot (1), cold (-1) or neither, by step and place: as `gi_star` over all steps together.

    `local` is what each place and its neighbours hold, `members` how many places
    that is. Step by step, keeping only the small p, because all of them at once
    would not fit in the processor's cache and nearly all are of no interest.
    """
    if not counts_only(x):
        raise ValueError("Emerging hot spots are found from counts, not rates.")
    tests = Shuffled(members)
    places, small, tested = [], [], 0
    for step, held in zip(x, local, strict=True):
        p, _ = tests.chances(step, held)
        if step.min() < step.max():
            tested += p.size
        places.append(np.flatnonzero((p <= rate) & (step.min() < step.max())))
        small.append(p[places[-1]])
    edge = cutoff(np.concatenate(small), tested, rate)
    state = np.zeros(x.shape, np.int8)
    for step, (own, held, where, p) in enumerate(zip(x, local, places, small, strict=True)):
        named = where[p <= edge]
        state[step, named] = np.where(held[named] > members[named] * own.mean(), 1, -1)
    return state


def classify(state: States, trend: States) -> States:
    """
    The kind of each place from its states and its trend.

    `state` is (steps, places): 1 hot, -1 cold, 0 neither. `trend` is 1, -1 or
    0 by place. Turning every sign round turns the answer round and does nothing
    else. Each place has one kind: that of the last step's side; when the last
    step is neither, a place that was hot (or cold) in nine steps of ten is
    historical, and any other has no pattern.
    """
    as_hot, as_cold = _of_one_side(state, trend), _of_one_side(-state, -trend)
    last = state[-1]
    # A place cannot have been hot in nine steps of ten and cold in nine of ten, so the sum takes one or neither.
    return np.where(last > 0, as_hot, np.where(last < 0, -as_cold, as_hot - as_cold)).astype(np.int8)


def _of_one_side(state: States, trend: States) -> States:
    """Kinds of hot spot."""
    steps = state.shape[0]
    hot, cold = state > 0, state < 0
    times = hot.sum(axis=0)
    now = hot[-1]
    lasting = times >= ALWAYS * steps
    run = np.where(hot.all(axis=0), steps, np.argmin(hot[::-1], axis=0))
    kind = np.select(
        [
            ~now & lasting,
            ~now,
            times == 1,
            lasting & (trend > 0),
            lasting & (trend < 0),
            lasting,
            run == times,
            cold.any(axis=0),
        ],
        [
            Kind.HISTORICAL,
            Kind.NONE,
            Kind.NEW,
            Kind.INTENSIFYING,
            Kind.DIMINISHING,
            Kind.PERSISTENT,
            Kind.CONSECUTIVE,
            Kind.OSCILLATING,
        ],
        Kind.SPORADIC,
    )
    return kind.astype(np.int8)


def mann_kendall(series: Floats) -> MannKendall:
    """
    Does each series rise or fall over its steps? `series` are (steps, series).

    Counts how many later values are above earlier ones, less how many are
    below; ties are allowed for, the sum is brought in by 1 before it is
    compared with the normal curve. It takes steps to be independent; where high
    follows high, p is too small. Mann (1945), Econometrica 13:245; Kendall
    (1975), Rank Correlation Methods.
    """
    steps = series.shape[0]
    s = np.zeros(series.shape[1])
    for lag in range(1, steps):
        s += np.sign(series[lag:] - series[:-lag]).sum(axis=0)
    variance = (steps * (steps - 1) * (2 * steps + 5) - _ties(np.sort(series, axis=0))) / 18
    with np.errstate(invalid="ignore", divide="ignore"):
        z = np.where(variance > 0, (s - np.sign(s)) / np.sqrt(variance), np.nan)
    return MannKendall(s, variance, z, 2 * ndtr(-np.abs(z)))


def _ties(ordered: Floats) -> Floats:
    """The sum of t(t - 1)(2t + 5) over the groups of t equal values in each sorted series."""
    length = np.ones(ordered.shape[1])
    out = np.zeros(ordered.shape[1])
    for step in range(1, ordered.shape[0] + 1):
        same = ordered[step] == ordered[step - 1] if step < ordered.shape[0] else np.zeros(length.shape, bool)
        out += np.where(same, 0.0, length * (length - 1) * (2 * length + 5))
        length = np.where(same, length + 1, 1.0)
    return out
