"""How much harm crime does, when a murder and a stolen bicycle are not counted alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from goldthread.analysis.peers import ranks
from goldthread.evidence.definitions import definition, table_of

Floats = NDArray[np.float64]
Number = TypeVar("Number", int, float)


class DifferentIndices(ValueError):
    """Two harms, or two sets of weights, measured with different rulers were put together."""


@dataclass(frozen=True)
class Weights:
    """
    What one crime of each kind weighs, by one index of one date.

    `of` is in `unit` (days). Where a kind is a mixture of offences of
    different harm, `least` and `most` are the lowest and highest weight the
    mixture could reasonably have. `no_weight` are kinds that the index leaves
    out on purpose, such as anti-social behaviour.
    """

    index: str
    date: str
    unit: str
    of: Mapping[str, float]
    least: Mapping[str, float] = field(default_factory=dict)
    most: Mapping[str, float] = field(default_factory=dict)
    no_weight: frozenset[str] = frozenset({"Anti-social behaviour"})

    @property
    def ruler(self) -> tuple[str, str, str]:
        """What must be the same before two harms may be added: index, date and unit."""
        return self.index, self.date, self.unit

    def __or__(self, other: Weights) -> Weights:
        """These weights and those of further kinds, by the same index of the same date."""
        _same_ruler(self.ruler, other.ruler)
        return Weights(
            *self.ruler,
            {**self.of, **other.of},
            {**self.least, **other.least},
            {**self.most, **other.most},
            self.no_weight | other.no_weight,
        )


@dataclass(frozen=True)
class Harm:
    """
    The harm of a number of crimes, by one index of one date.

    `total` has its standard error and interval, which allow for chance in the
    counts alone; `least` and `most` allow for not knowing which offences a kind
    is made of, which is usually more. `by_kind` adds up to `total`.
    `unweighted` counts the crimes that have no weight and are not in it.
    """

    index: str
    date: str
    unit: str
    counts: Mapping[str, int]
    by_kind: Mapping[str, float]
    total: float
    se: float
    low: float
    high: float
    least: float
    most: float
    unweighted: Mapping[str, int]
    confidence: float = 0.95

    @property
    def ruler(self) -> tuple[str, str, str]:
        """What must be the same before two harms may be added or compared."""
        return self.index, self.date, self.unit

    def __add__(self, other: Harm) -> Harm:
        """The harm of both, when both were weighed by the same index of the same date, and counts do not overlap."""
        _same_ruler(self.ruler, other.ruler)
        counts = _summed(self.counts, other.counts)
        se = float(np.hypot(self.se, other.se))
        total, z = self.total + other.total, _z(self.confidence)
        return Harm(
            *self.ruler,
            counts,
            _summed(self.by_kind, other.by_kind),
            total,
            se,
            max(total - z * se, 0.0),
            total + z * se,
            self.least + other.least,
            self.most + other.most,
            _summed(self.unweighted, other.unweighted),
            self.confidence,
        )


@dataclass(frozen=True)
class Standing:
    """
    Where one kind of crime stands by volume and by harm; rank 1 is the most.

    `rise` is how many places it rises when harm is counted instead of crimes.
    """

    kind: str
    count: int
    harm: float
    volume_share: float
    harm_share: float
    volume_rank: int
    harm_rank: int

    @property
    def rise(self) -> int:
        """Places risen from volume to harm; below nought, places fallen."""
        return self.volume_rank - self.harm_rank


@dataclass(frozen=True)
class HarmConcentration:
    """
    How few places bear half of the harm, and how few half of the crimes.

    The shares are of all `places`, those with no crime among them.
    """

    places: int
    total: float
    places_for_half_of_harm: int
    places_for_half_of_crime: int
    share_for_half_of_harm: float
    share_for_half_of_crime: float


def category_weights(index: str, force: str | None = None) -> Weights:
    """
    What a crime of each police.uk category weighs by this index ("ons-severity" or "cambridge").

    With the name of a force, its own mix of offences; else that of England and
    Wales. The band is over the forces' own mixes. From `definitions/harm`.
    """
    words = definition("harm/sources")[index]
    rows = table_of(words["by_category"].removesuffix(".csv"))
    of = {row["police_uk_category"]: float(row["weight"]) for row in rows}
    if force is not None:
        own = table_of(words["by_force"].removesuffix(".csv"))
        of |= {row["police_uk_category"]: float(row["weight"]) for row in own if row["force_name"] == force}
    return Weights(
        index=str(words["title"]),
        date=str(words["taken_on"]),
        unit=str(words["unit"]),
        of=of,
        least={row["police_uk_category"]: float(row["least"]) for row in rows},
        most={row["police_uk_category"]: float(row["most"]) for row in rows},
    )


def mixed(weights: Weights, kind: str, offences: Mapping[str, float]) -> Weights:
    """
    What one crime of a kind weighs, when it is a mixture of offences that have weights of their own.

    `offences` says how many of each were counted (or their shares). The weight
    is their mean by number; the band runs from the lightest to the heaviest
    offence that occurs. Offences the index leaves out are left out of the mean.
    Raises ValueError when none of them has a weight.
    """
    found = {offence: n for offence, n in offences.items() if n > 0 and offence in weights.of}
    if not found:
        raise ValueError(f"None of the offences in {kind} has a weight in {weights.index}.")
    own = {offence: weights.of[offence] for offence in found}
    mean = sum(own[offence] * n for offence, n in found.items()) / sum(found.values())
    return Weights(
        *weights.ruler, {kind: mean}, {kind: min(own.values())}, {kind: max(own.values())}, weights.no_weight
    )


def harm(counts: Mapping[str, int], weights: Weights, *, confidence: float = 0.95) -> Harm:
    """
    How much harm do these crimes add up to, by this index?

    The sum of count times weight. Its variance is the sum of weight squared
    times count (compound Poisson), so that one rare grave crime makes a total
    unsure. Kinds without a weight are counted in `unweighted`, never taken to
    weigh nothing. Raises ValueError for a kind the index neither weighs nor
    leaves out on purpose.

    Source: Sherman, Neyroud and Neyroud (2016), Policing 10, 171.
    """
    strange = sorted(set(counts) - set(weights.of) - weights.no_weight)
    if strange:
        raise ValueError(f"{weights.index} has no weight for {', '.join(strange)}: say what it is a mixture of.")
    weighed = {kind: int(n) for kind, n in counts.items() if kind in weights.of}
    by_kind = {kind: n * weights.of[kind] for kind, n in weighed.items()}
    total = float(sum(by_kind.values()))
    se = float(np.sqrt(sum(n * weights.of[kind] ** 2 for kind, n in weighed.items())))
    z = _z(confidence)
    return Harm(
        index=weights.index,
        date=weights.date,
        unit=weights.unit,
        counts=weighed,
        by_kind=by_kind,
        total=total,
        se=se,
        low=max(total - z * se, 0.0),
        high=total + z * se,
        least=float(sum(n * weights.least.get(kind, weights.of[kind]) for kind, n in weighed.items())),
        most=float(sum(n * weights.most.get(kind, weights.of[kind]) for kind, n in weighed.items())),
        unweighted={kind: int(n) for kind, n in counts.items() if kind not in weights.of},
        confidence=confidence,
    )


def standings(done: Harm) -> tuple[Standing, ...]:
    """Which kinds of crime matter more by harm than by number? Most harmful first."""
    kinds = list(done.counts)
    counts = np.array([done.counts[kind] for kind in kinds], float)
    harms = np.array([done.by_kind[kind] for kind in kinds], float)
    by_volume, by_harm = ranks(-counts), ranks(-harms)
    rows = [
        Standing(
            kind,
            int(counts[i]),
            float(harms[i]),
            float(counts[i] / counts.sum()) if counts.sum() else 0.0,
            float(harms[i] / harms.sum()) if harms.sum() else 0.0,
            int(by_volume[i]),
            int(by_harm[i]),
        )
        for i, kind in enumerate(kinds)
    ]
    return tuple(sorted(rows, key=lambda row: (row.harm_rank, row.volume_rank, row.kind)))


def harm_concentration(harms: ArrayLike, counts: ArrayLike) -> HarmConcentration:
    """
    How few places bear half of the harm, beside how few bear half of the crimes?

    `harms` and `counts` have one value a place, places with none among them.
    Harm is always more concentrated than crime where one grave crime outweighs
    hundreds: read it over several years, or chance picks the places.
    """
    h, n = np.asarray(harms, float), np.asarray(counts, float)
    by_harm, by_count = _places_for_half(h), _places_for_half(n)
    return HarmConcentration(
        h.size, float(h.sum()), by_harm, by_count, by_harm / max(h.size, 1), by_count / max(h.size, 1)
    )


def _places_for_half(values: Floats) -> int:
    """The fewest places that hold half of the total; 0 when there is nothing to hold."""
    if values.size == 0 or values.sum() <= 0:
        return 0
    return int(np.searchsorted(np.cumsum(np.sort(values)[::-1]), values.sum() / 2 - 1e-9) + 1)


def _summed(first: Mapping[str, Number], second: Mapping[str, Number]) -> dict[str, Number]:
    return {kind: first.get(kind, 0) + second.get(kind, 0) for kind in (*first, *(k for k in second if k not in first))}


def _same_ruler(first: tuple[str, str, str], second: tuple[str, str, str]) -> None:
    if first != second:
        raise DifferentIndices(
            f"Harm by {first[0]} ({first[1]}) and harm by {second[0]} ({second[1]}) are two rulers and cannot be "
            "added or compared."
        )


def _z(confidence: float) -> float:
    return float(ndtri(0.5 + confidence / 2))
