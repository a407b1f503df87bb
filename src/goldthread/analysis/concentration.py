"""Are a few places or people behind most of it, and more so than chance alone would make them?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtr, ndtri

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

TOP_SHARES = (0.01, 0.05, 0.10, 0.20)


@dataclass(frozen=True)
class TopShare:
    """
    How much happens in the busiest `of_places` of places (0.05 is 5 %).

    `places` may be a fraction of one: 5 % of 244 areas is 12.2, and the last
    0.2 counts for a fifth of that area's events. `by_chance` is what the
    busiest places would hold if every event had fallen anywhere alike.
    """

    of_places: float
    places: float
    events: float
    share: float
    low: float
    high: float
    by_chance: float


@dataclass(frozen=True)
class Concentration:
    """
    How unevenly events are spread over places, beside what chance alone gives.

    `gini` is the plain coefficient, `generalised` the one that does not rise
    merely because there are fewer events than places; `low` and `high` are its
    interval. `by_chance`, `chance_low` and `chance_high` are the generalised
    Gini of events thrown at random. `curve_places` and `curve_events` are the
    Lorenz curve, busiest places first, both from 0 to 1.
    """

    places: int
    places_with_events: int
    events: int
    gini: float
    generalised: float
    low: float
    high: float
    by_chance: float
    chance_low: float
    chance_high: float
    top: tuple[TopShare, ...]
    curve_places: Floats
    curve_events: Floats

    @property
    def beyond_chance(self) -> bool:
        """Is the spread more uneven than events thrown at random would be?"""
        return self.generalised > self.chance_high


@dataclass(frozen=True)
class Held:
    """
    Do the busiest places of one period hold as much in the next?

    `then` is their share in the period that chose them, `next` in the one that
    followed. `then` flatters, since places are chosen for having been busy;
    `next` is the share that a patrol or a scheme could have reached.
    """

    of_places: float
    then: float
    next: float
    by_chance: float


@dataclass(frozen=True)
class Quotients:
    """Location quotients with the counts they come from; one entry a place, NaN where there is no base."""

    events: Floats
    expected: Floats
    quotient: Floats
    low: Floats
    high: Floats


def gini(counts: ArrayLike) -> float:
    """
    How unevenly are events spread over places? 0 is evenly, 1 is all in one place.

    Counts of places with nothing belong in `counts` too. It rises towards 1
    whenever there are fewer events than places, whatever the pattern: use
    `generalised_gini` to compare series or years. NaN when there are no events.
    """
    values, places = _tally(counts)
    return float(_Spreads(values, places.astype(np.float64)[None, :]).gini()[0])


def generalised_gini(counts: ArrayLike, *, unbiased: bool = False) -> float:
    """
    How unevenly are events spread, beyond what having few events makes inevitable?

    G' = max(1, n/c)(G - 1) + 1 for c events at n places. `unbiased` multiplies
    by min(n, c)/(min(n, c) - 1), so that everything in one place gives 1. NaN
    when there are no events. Bernasco and Steenbeek (2017), More places than
    crimes, Journal of Quantitative Criminology 33:451.
    """
    values, places = _tally(counts)
    out = float(_Spreads(values, places.astype(np.float64)[None, :]).generalised()[0])
    if not unbiased:
        return out
    least = min(float(places.sum()), float(values @ places))
    return out * least / (least - 1) if least > 1 else float("nan")


def lorenz(counts: ArrayLike) -> tuple[Floats, Floats]:
    """
    What share of events lies in the busiest share of places? Both from 0 to 1, busiest first.

    The curve bends only where the count changes, so it has one point for each
    different count and draws exactly with straight lines between them.
    """
    values, places = _tally(counts)
    across = np.concatenate([[0.0], np.cumsum(places) / max(int(places.sum()), 1)])
    up = np.concatenate([[0.0], np.cumsum(values * places) / max(float(values @ places), 1.0)])
    return across, up


def concentration(
    counts: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    shares: tuple[float, ...] = TOP_SHARES,
    confidence: float = 0.95,
    resamples: int = 1000,
    chance_draws: int = 99,
    seed: int = 1,
) -> Concentration:
    """
    Are a few places behind most of it, and more so than chance alone would make them?

    `counts` are whole numbers, one a place, places with nothing included.
    `exposure` (people, households) makes chance fall in proportion to it; without
    it, every place alike. The interval of the Gini is bias-corrected and
    accelerated, from resampling places; those of the shares are percentiles.

    What this cannot tell you: whether the same places stay busy (see
    `held_over`), nor anything about places smaller than those counted. Raises
    ValueError when there are no events. Bernasco and Steenbeek (2017); chance
    baseline after Levin, Rosenfeld and Deckard (2017), The law of crime
    concentration, Journal of Quantitative Criminology 33:635.
    """
    values, places = _tally(counts)
    events, n = int(values @ places), int(places.sum())
    if events <= 0:
        raise ValueError("There are no events, so there is no concentration to measure.")
    rng = np.random.default_rng(seed)
    whole = _Spreads(values, places.astype(np.float64)[None, :])
    again = rng.multinomial(n, places / n, size=resamples).astype(np.float64)
    drawn = _Spreads(values, again[again @ values > 0])
    estimate = float(whole.generalised()[0])
    low, high = _accelerated(values, whole.places[0], drawn.generalised(), estimate, confidence)
    chance = _Spreads(*_by_chance(n, events, exposure, chance_draws, rng))
    random = chance.generalised()
    tail = (1 - confidence) / 2
    chance_low, chance_high = np.quantile(random, [tail, 1 - tail])
    across, up = lorenz(counts)
    return Concentration(
        n,
        int(places[values > 0].sum()),
        events,
        float(whole.gini()[0]),
        estimate,
        low,
        high,
        float(random.mean()),
        float(chance_low),
        float(chance_high),
        tuple(_top(share, whole, drawn, chance, tail) for share in shares),
        across,
        up,
    )


def held_over(first: ArrayLike, second: ArrayLike, shares: tuple[float, ...] = TOP_SHARES) -> tuple[Held, ...]:
    """
    Do the places that were busiest in the first period hold as much in the second?

    Places are ranked on `first` and measured on `second`, so regression to the
    mean is taken out. Where a tie straddles the edge, its places count in
    proportion, which is the average over every way of breaking it. `by_chance`
    is the share of places itself. NaN for a period with no events. Hipp and
    Kim (2017), Measuring crime concentration across cities, JQC 33:595.
    """
    then, after = np.asarray(first, np.float64), np.asarray(second, np.float64)
    if then.shape != after.shape:
        raise ValueError(f"The two periods count different places: {then.size} and {after.size}.")
    levels, which, places = np.unique(-then, return_inverse=True, return_counts=True)
    return tuple(
        Held(
            share,
            _part((-levels * places).astype(np.float64), places, share, float(then.sum())),
            _part(np.bincount(which, after, levels.size).astype(np.float64), places, share, float(after.sum())),
            share,
        )
        for share in shares
    )


def location_quotient(counts: ArrayLike, base: ArrayLike, *, confidence: float = 0.95) -> Quotients:
    """
    Is a place's share of these events larger than its share of people, or of all crime?

    1 means its fair share. `base` is what shares are measured against, in any
    unit. The interval is exact (Clopper and Pearson) for the place's share of
    the total, given the base. It says where a problem is over-represented, not
    where it is large: read it beside the count.
    """
    events, against = np.asarray(counts, np.float64), np.asarray(base, np.float64)
    total = events.sum()
    fair = np.where(against > 0, against / against.sum(), np.nan)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(events > 0, betaincinv(np.maximum(events, 1e-9), total - events + 1, tail), 0.0)
        rest = np.maximum(total - events, 1e-9)
        high = np.where(events < total, betaincinv(events + 1, rest, 1 - tail), 1.0)
        return Quotients(events, fair * total, events / total / fair, low / fair, high / fair)


def _tally(counts: ArrayLike) -> tuple[Floats, Whole]:
    """The different counts, largest first, and how many places have each."""
    array = np.asarray(counts)
    if array.ndim != 1 or (array.size and (array.min() < 0 or not np.all(array == np.floor(array)))):
        raise ValueError("Counts must be a list of whole numbers, none below zero.")
    values, places = np.unique(array.astype(np.int64), return_counts=True)
    return values[::-1].astype(np.float64), places[::-1].astype(np.int64)


@dataclass(frozen=True)
class _Spreads:
    """Ways for counts to be spread over places: in row i, `places[i, j]` places have the count `values[j]`."""

    values: Floats
    places: Floats

    @cached_property
    def size(self) -> Floats:
        """How many places are there in each row?"""
        return np.asarray(self.places.sum(axis=1))

    @cached_property
    def passed(self) -> Floats:
        """How many places have each count or a larger one?"""
        return np.cumsum(self.places, axis=1)

    @cached_property
    def events(self) -> Floats:
        """How many events are there in each row?"""
        return np.asarray(self.places @ self.values)

    def gini(self) -> Floats:
        """The Gini of each row."""
        n = self.size
        ranks = n[:, None] - self.passed + (self.places + 1) / 2
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(2 * ((self.places * ranks) @ self.values) / (n * self.events) - (n + 1) / n)

    def generalised(self) -> Floats:
        """The generalised Gini of each row."""
        with np.errstate(invalid="ignore", divide="ignore"):
            return np.asarray(np.maximum(1.0, self.size / self.events) * (self.gini() - 1) + 1)

    def top(self, share: float) -> Floats:
        """Events in the busiest `share` of places, for each row."""
        wanted = share * self.size[:, None]
        # Counts that no row needs to come to are left aside.
        reach = int(np.searchsorted(self.passed.min(axis=0), wanted.max())) + 1
        taken = np.clip(wanted - (self.passed[:, :reach] - self.places[:, :reach]), 0.0, self.places[:, :reach])
        return np.asarray(taken @ self.values[:reach])


def _top(share: float, whole: _Spreads, drawn: _Spreads, chance: _Spreads, tail: float) -> TopShare:
    events, total = float(whole.top(share)[0]), float(whole.events[0])
    low, high = np.quantile(drawn.top(share) / drawn.events, [tail, 1 - tail])
    random = float((chance.top(share) / chance.events).mean())
    return TopShare(share, share * float(whole.size[0]), events, events / total, float(low), float(high), random)


def _part(events: Floats, places: NDArray[np.intp], share: float, total: float) -> float:
    """The share of `total` in the first `share` of places, in the order given, groups taken in proportion."""
    before = np.cumsum(places) - places
    taken = np.clip(share * places.sum() - before, 0.0, places) / places
    return float(taken @ events / total) if total > 0 else float("nan")


def _by_chance(
    n: int, events: int, exposure: ArrayLike | None, draws: int, rng: np.random.Generator
) -> tuple[Floats, Floats]:
    """Counts, largest first, and how many of n places have each, in draws of events thrown at random."""
    if exposure is None and n > events:
        return _by_chance_sparse(n, events, draws, rng)
    if exposure is not None or n < events / 8:
        weight = np.ones(n) if exposure is None else np.asarray(exposure, np.float64)
        thrown = rng.multinomial(events, weight / weight.sum(), size=draws)
    else:
        thrown = _thrown(n, events, draws, rng)
    top = int(thrown.max())
    rows = np.arange(draws)[:, None] * (top + 1)
    places = np.bincount((thrown + rows).ravel(), minlength=draws * (top + 1)).reshape(draws, top + 1)
    return np.arange(top, -1, -1, dtype=np.float64), places[:, ::-1].astype(np.float64)


def _thrown(n: int, events: int, draws: int, rng: np.random.Generator) -> Whole:
    """Events thrown at n places, every place alike: one row a draw, some millions of throws at a time."""
    at_once = max(1, 2_000_000 // events)
    rows = []
    for start in range(0, draws, at_once):
        thrown = rng.integers(0, n, (min(at_once, draws - start), events))
        rows += [np.bincount(row, minlength=n) for row in thrown]
    return np.stack(rows)


def _by_chance_sparse(n: int, events: int, draws: int, rng: np.random.Generator) -> tuple[Floats, Floats]:
    """The same when places outnumber events: only places that were hit are ever looked at."""
    hits = np.sort(rng.integers(0, n, (draws, events), dtype=np.int32), axis=1)
    new = np.ones((draws, events), bool)
    new[:, 1:] = hits[:, 1:] != hits[:, :-1]
    starts = np.flatnonzero(new)
    lengths = np.diff(starts, append=draws * events)
    top = int(lengths.max())
    places = np.bincount(starts // events * (top + 1) + lengths, minlength=draws * (top + 1)).reshape(draws, top + 1)
    places[:, 0] = n - places.sum(axis=1)
    return np.arange(top, -1, -1, dtype=np.float64), places[:, ::-1].astype(np.float64)


def _accelerated(
    values: Floats, whole: Floats, drawn: Floats, estimate: float, confidence: float
) -> tuple[float, float]:
    """Efron's (1987) bias-corrected and accelerated interval, the jackknife taken over places."""
    below = (np.count_nonzero(drawn < estimate) + 0.5 * np.count_nonzero(drawn == estimate)) / drawn.size
    if not 0 < below < 1:
        return float(drawn.min()), float(drawn.max())
    has = whole > 0
    without = whole - np.eye(whole.size)[has]
    left = np.nan_to_num(_Spreads(values, without).generalised(), nan=estimate)
    mean = (whole[has] @ left) / whole.sum()
    spread = mean - left
    size = float(whole[has] @ spread**2) ** 1.5
    bend = float(whole[has] @ spread**3) / (6 * size) if size > 0 else 0.0
    bias = float(ndtri(below))
    ends = bias + ndtri(np.array([(1 - confidence) / 2, (1 + confidence) / 2]))
    low, high = np.quantile(drawn, ndtr(bias + ends / (1 - bend * ends)))
    return float(low), float(high)
