"""Is something new gathering somewhere just now (the space-time permutation scan)?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

_ENOUGH = 20  # shuffles that match the best circle, after which no more are needed
_LEAST_LLR = 0.5  # a shuffle whose best is below this counts as having nothing


@dataclass(frozen=True)
class Cluster:
    """
    A circle of areas with more recent events than its past and the month explain.

    `areas` are positions, `centre` the one in the middle, `metres` the radius;
    `steps` is how many of the latest steps it spans. `expected` is what its
    share of all events would give in those steps. `p` is the share of shuffles
    (this one among them) with a circle at least as unusual anywhere.
    """

    areas: tuple[int, ...]
    centre: int
    metres: float
    steps: int
    events: int
    expected: float
    llr: float
    p: float

    @property
    def ratio(self) -> float:
        """How many times more events than expected."""
        return self.events / self.expected


@dataclass(frozen=True)
class Scan:
    """
    The most unusual circles that do not overlap, most unusual first.

    `events` is all that were looked at; `shuffles` is how many were made, fewer
    than asked for when chance soon matched the best circle twenty times.
    """

    clusters: tuple[Cluster, ...]
    events: int
    shuffles: int

    def beyond_chance(self, level: float = 0.05) -> tuple[Cluster, ...]:
        """Those that shuffles seldom match; each is judged against the best circle of every shuffle."""
        return tuple(cluster for cluster in self.clusters if cluster.p <= level)


@dataclass(frozen=True)
class _Zones:
    """
    Every circle, (sizes, centres): the areas round each centre by distance, and after which a circle may end.

    Arrays over circles have the steps last, so that adding an area to every
    circle of every length is one pass over memory.
    """

    order: Whole
    away: Floats
    ends: NDArray[np.bool_]


def scan(
    counts: ArrayLike,
    easting: Floats,
    northing: Floats,
    *,
    longest: int = 12,
    largest: float = 0.25,
    shuffles: int = 999,
    most: int = 5,
    seed: int = 1,
) -> Scan:
    """
    Is something new gathering somewhere just now?

    `counts` are (steps, areas), months in order with none missing; the areas
    have centres in metres. Looked at is every circle round an area's centre
    that holds at most `largest` of all events, over the latest 1 to `longest`
    steps. What is expected comes from the circle's own total and the steps'
    totals, so a place that is always busy, or a month that is busy everywhere,
    is nothing new. Dates are shuffled over events; at most `most` circles that
    do not share an area are returned, each with two events or more.

    It sees only what is still going on in the last step, and cannot tell more
    crime from more recording; a place whose population grows will come up.
    Shuffling stops early once p can only be large (Besag and Clifford 1991,
    Biometrika 78:301); a p under 0.02 always rests on all of them.
    Kulldorff and others (2005), PLoS Medicine 2:e59.
    """
    table = np.asarray(counts, np.int64)
    if table.ndim != 2 or table.shape[1] != easting.size:
        raise ValueError("Counts must have a row for each step and a column for each area.")
    total = int(table.sum())
    if total < 2 or table.shape[0] < 2:
        raise ValueError("At least two events and two steps are needed to look for something new.")
    longest = min(longest, table.shape[0] - 1)
    by_area = table.sum(axis=0)
    zones = _zones(easting, northing, by_area, largest * total)
    recent = np.cumsum(table.sum(axis=1)[::-1])[:longest]
    expected = _circles(zones, by_area[:, None]) * (recent / total)
    least = _least_of_interest(expected, zones.ends, total)
    latest = np.cumsum(table[::-1][:longest], axis=0).T
    llr, at = _unusual(_circles(zones, latest), expected, least, total)
    best = _shuffled(table, zones, expected, least, float(llr.max(initial=0.0)), shuffles, seed)
    return Scan(_chosen(llr, at, latest, zones, expected, best, most), total, best.size)


def _zones(easting: Floats, northing: Floats, by_area: Whole, most: float) -> _Zones:
    """Circles in order of size; of areas equally far from the centre, the western, then the southern, is first."""
    away = np.hypot(easting[:, None] - easting[None, :], northing[:, None] - northing[None, :])
    first = np.lexsort((northing, easting))
    order = first[np.argsort(np.round(away[:, first], 3), axis=1, kind="stable")]
    away = np.take_along_axis(away, order, axis=1)
    ends = np.cumsum(by_area[order], axis=1) <= most
    widest = max(int(np.flatnonzero(ends.any(axis=0)).max(initial=0)) + 1, 1)
    return _Zones(order[:, :widest].T.copy(), away[:, :widest].T, ends[:, :widest].T)


def _circles(zones: _Zones, by_area: Whole) -> Whole:
    """Events in each circle, (sizes, centres, steps), from events by area and step."""
    return np.cumsum(by_area[zones.order], axis=0, dtype=by_area.dtype)


def _least_of_interest(expected: Floats, ends: NDArray[np.bool_], total: int) -> Whole:
    """The fewest events that would make each circle worth working out: two, and LLR at least the least."""
    least = np.maximum(2, np.floor(expected).astype(np.int64) + 1)
    for _ in range(200):
        short = _llr(least, expected, total) < _LEAST_LLR
        if not short.any():
            break
        least += short & (least < total)
        if not (short & (least < total)).any():
            break
    return np.where(ends[:, :, None], least, total + 1).astype(np.int32)


def _llr(events: Whole | Floats, expected: Floats, total: int) -> Floats:
    """Kulldorff's log likelihood ratio; only for circles with more than expected."""
    rest = np.maximum(total - events, 1e-12)
    out = events * np.log(events / np.maximum(expected, 1e-12)) + rest * np.log(
        rest / np.maximum(total - expected, 1e-12)
    )
    return np.asarray(out)


def _unusual(events: Whole, expected: Floats, least: Whole, total: int) -> tuple[Floats, Whole]:
    """The LLR of every circle with enough events, and which (flat) circle it is."""
    at = np.flatnonzero(events >= least)
    return _llr(events.ravel()[at], expected.ravel()[at], total), at


def _shuffled(
    table: Whole, zones: _Zones, expected: Floats, least: Whole, found: float, shuffles: int, seed: int
) -> Floats:
    """The most unusual circle of each shuffle of dates over events, until it is plain that `found` is nothing."""
    rng = np.random.default_rng(seed)
    areas, longest = table.shape[1], expected.shape[2]
    total = int(table.sum())
    area = np.repeat(np.arange(areas), table.sum(axis=0))
    # Only events of the latest steps are counted, and a shuffle gives those dates to any of all events.
    back = np.repeat(np.arange(longest), table.sum(axis=1)[::-1][:longest])
    best: list[float] = []
    matched = 0
    while len(best) < shuffles and matched < _ENOUGH:
        drawn = rng.permutation(area)[: back.size]
        latest = np.bincount(drawn * longest + back, minlength=longest * areas).reshape(areas, longest)
        llr, _ = _unusual(_circles(zones, np.cumsum(latest, axis=1, dtype=np.int32)), expected, least, total)
        best.append(float(llr.max(initial=0.0)))
        matched += best[-1] >= found - 1e-9
    return np.array(best)


def _chosen(
    llr: Floats, at: Whole, latest: Whole, zones: _Zones, expected: Floats, best: Floats, most: int
) -> tuple[Cluster, ...]:
    """The most unusual circles of which no two share an area."""
    found: list[Cluster] = []
    used: set[int] = set()
    for one in np.argsort(-llr, kind="stable"):
        if len(found) == most:
            break
        size, centre, step = (int(i) for i in np.unravel_index(int(at[one]), expected.shape))
        areas = zones.order[: size + 1, centre].tolist()
        if used.isdisjoint(areas):
            used.update(areas)
            found.append(
                Cluster(
                    tuple(areas),
                    centre,
                    float(zones.away[size, centre]),
                    step + 1,
                    int(latest[areas, step].sum()),
                    float(expected[size, centre, step]),
                    float(llr[one]),
                    float((1 + np.count_nonzero(best >= llr[one] - 1e-9)) / (best.size + 1)),
                )
            )
    return tuple(found)
