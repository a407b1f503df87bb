"""How an area compares with areas like it: rate, rank, distance from their mean, and whether it stands out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.funnels import ACTION, WARNING, Spread, funnel
from goldthread.analysis.rates import count_interval

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Position = Literal["far above", "above", "within", "below", "far below"]
DRAWS, SEED = 5_000, 20_260_401


@dataclass(frozen=True)
class Comparison:
    """
    An area among its peers, itself included.

    Arrays run over the members in the order they were given. Rates are per
    `per` people. Rank 1 is the **lowest** rate, which for crime is the best;
    equal rates share the better rank. `rank_low` and `rank_high` are a 95 %
    interval for each rank. `mean` is the mean of the members' rates with the
    subject among them; `distance` is how far the subject lies from it, in per
    cent of it. `low` and `high` are 95 % limits, `far_low` and `far_high` 99.8 %
    limits, between which a member of that size may lie and still be like the
    group; `spread` is by how much members differ beyond chance (see `Funnel`).
    """

    members: tuple[str, ...]
    subject: int
    count: Floats
    population: Floats
    per: float
    rate: Floats
    rate_low: Floats
    rate_high: Floats
    rank: Whole
    rank_low: Whole
    rank_high: Whole
    mean: float
    distance: float
    low: Floats
    high: Floats
    far_low: Floats
    far_high: Floats
    spread: float

    @property
    def position(self) -> Position:
        """Where the subject stands against the limits of its group."""
        return self.positions[self.subject]

    @property
    def positions(self) -> tuple[Position, ...]:
        """Where each member stands against the limits."""
        return tuple(
            "far above" if r > fh else "above" if r > h else "far below" if r < fl else "below" if r < lo else "within"
            for r, fl, lo, h, fh in zip(self.rate, self.far_low, self.low, self.high, self.far_high, strict=True)
        )


def compare(
    members: Sequence[str],
    count: ArrayLike,
    population: ArrayLike,
    subject: str,
    *,
    per: float = 1000.0,
    spread: Spread = "added",
) -> Comparison:
    """
    Is this area's rate high, low or ordinary among areas like it?

    Rates per `per` people; the group's mean is the mean of its members' rates
    with the subject among them, as HM Inspectorate of Constabulary defined it
    for most similar groups, so that a small member counts as much as a large
    one. Limits are exact Poisson limits about that mean for each member's
    population, widened by as much as the members differ beyond chance (see
    `analysis.funnels`). A rank without its interval says little: most of a
    group is usually within chance of the middle.

    Limits: rates are per resident, so that a place with many visitors reads
    high; forces record differently; and a change of group re-bases every rank.
    Raises ValueError when the subject is not a member, when there are fewer
    than three members, or when a population is missing or nought.
    """
    names, n, people = tuple(members), np.asarray(count, float), np.asarray(population, float)
    _refuse(names, n, people, subject)
    rate = n / people * per
    low, high = count_interval(n)
    mean = float(rate.mean())
    expected = np.maximum(people * mean / per, 1e-9)
    inner = funnel(n, expected, confidence=WARNING, how=spread)
    outer = funnel(n, expected, confidence=ACTION, how=spread)
    rank_low, rank_high = rank_intervals(n, people)
    at = names.index(subject)
    return Comparison(
        members=names,
        subject=at,
        count=n,
        population=people,
        per=per,
        rate=rate,
        rate_low=low / people * per,
        rate_high=high / people * per,
        rank=ranks(rate),
        rank_low=rank_low,
        rank_high=rank_high,
        mean=mean,
        distance=float((rate[at] / mean - 1) * 100) if mean else 0.0,
        low=inner.low * mean,
        high=inner.high * mean,
        far_low=outer.low * mean,
        far_high=outer.high * mean,
        spread=inner.spread,
    )


def _refuse(names: tuple[str, ...], n: Floats, people: Floats, subject: str) -> None:
    """Refuse a comparison with nobody, or with members of which too little is known."""
    if subject not in names or len(names) < 3:
        raise ValueError("A comparison needs the area itself and at least two others.")
    if not np.all(people > 0) or np.any(np.isnan(n)):
        lacking = [name for name, x, p in zip(names, n, people, strict=True) if not p > 0 or np.isnan(x)]
        raise ValueError(f"No count or population for {', '.join(lacking)}.")


def ranks(values: ArrayLike) -> Whole:
    """Ranks from 1 for the lowest; equal values share the lowest rank they would take between them."""
    v = np.asarray(values, float)
    return np.asarray(1 + (v[:, None] > v[None, :]).sum(1), dtype=np.int64)


def rank_intervals(
    count: ArrayLike, population: ArrayLike, *, confidence: float = 0.95, draws: int = DRAWS, seed: int = SEED
) -> tuple[Whole, Whole]:
    """
    Between which ranks does each area lie, when chance is allowed for?

    Each area's rate is drawn `draws` times from what its count leaves possible
    (a gamma distribution with half an event added) and ranked each time; the
    interval holds the middle `confidence` of the ranks. The seed is fixed, so
    the same counts give the same interval.

    Source: Goldstein and Spiegelhalter (1996), J. R. Statist. Soc. A 159, 385.
    """
    n, people = np.asarray(count, float), np.asarray(population, float)
    drawn = np.random.default_rng(seed).gamma(n + 0.5, 1 / people, size=(draws, n.size))
    placed = 1 + np.argsort(np.argsort(drawn, axis=1), axis=1)
    tail = (1 - confidence) / 2
    low, high = np.quantile(placed, [tail, 1 - tail], axis=0, method="inverted_cdf")
    return low.astype(np.int64), high.astype(np.int64)
