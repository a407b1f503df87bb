"""Small areas of the authorities that Saltmarsh is compared with: codes, people and deprivation, and no ground."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from example.areas import COMPARED
from example.geography import SmallArea, decile_of, geography, rank_of

PEOPLE, A_WARD, A_NAME = 1620, 8, 5


@dataclass(frozen=True)
class Elsewhere:
    """One 2021 LSOA outside Saltmarsh and Wexcombe, of which only numbers are known."""

    code: str
    name: str
    ward: str
    ward_name: str
    authority: str
    population: int
    households: int
    workday: int
    score: float

    @property
    def rank(self) -> int:
        """Its rank for deprivation in England, 1 for the most deprived."""
        return rank_of(self.score)

    @property
    def decile(self) -> int:
        """Its deprivation decile in England, 1 for the most deprived."""
        return decile_of(self.rank)


@cache
def elsewhere() -> tuple[Elsewhere, ...]:
    """Every small area of the compared authorities; those of one add up to its population and households."""
    rng = np.random.default_rng(4100)
    found: list[Elsewhere] = []
    wards = 0
    for place in COMPARED:
        number = round(place.population / PEOPLE)
        people = _split(rng, place.population, number)
        homes = _split(rng, place.households, number)
        scores = place.score * rng.lognormal(-0.125, 0.5, number)
        for k in range(number):
            ward = k // A_WARD + 1
            found.append(
                Elsewhere(
                    code=f"E0199{1001 + len(found):04d}",
                    name=f"{place.name} {k // A_NAME + 1:03d}{'ABCDE'[k % A_NAME]}",
                    ward=f"E0599{1000 + wards + ward:04d}",
                    ward_name=f"{place.name} {ward}",
                    authority=place.code,
                    population=people[k],
                    households=homes[k],
                    workday=round(people[k] * float(rng.lognormal(-0.2, 0.4))),
                    score=round(float(np.clip(scores[k], 1, 88)), 3),
                )
            )
        wards += -(-number // A_WARD)
    return tuple(found)


def everywhere() -> tuple[SmallArea | Elsewhere, ...]:
    """Every small area of every authority: Saltmarsh's and Wexcombe's first."""
    return (*geography().areas, *elsewhere())


def _split(rng: np.random.Generator, whole: int, number: int) -> list[int]:
    """A whole number in so many parts of about the same size, which add up to it."""
    shares = rng.lognormal(0, 0.1, number)
    edges = np.floor(np.concatenate([[0], shares.cumsum()]) / shares.sum() * whole).astype(int)
    edges[-1] = whole
    return [int(n) for n in np.diff(edges)]
