"""Draw where and when things happened that no crime record holds: calls, complaints, fires, fly-tips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from example import clock
from example.areas import SALTMARSH
from example.crimes import LENGTHS, STARTS, profile
from example.geography import SmallArea, geography
from example.rates import SUMMER
from example.streets import ADDRESSES, streets
from example.truths import MONTHS

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]
DAYTIME = profile(13, 5, 1)


@dataclass(frozen=True)
class Happenings:
    """One element a happening, in order of time: its small area, address, moment and National Grid place."""

    area: Whole
    address: Whole
    moment: NDArray[np.datetime64]

    def __len__(self) -> int:
        return len(self.area)

    @property
    def easting(self) -> list[int]:
        """Eastings in whole metres."""
        return [int(x) for x in streets().x[self.area, self.address].round()]

    @property
    def northing(self) -> list[int]:
        """Northings in whole metres."""
        return [int(y) for y in streets().y[self.area, self.address].round()]

    @property
    def places(self) -> list[SmallArea]:
        """The small area of each."""
        areas = geography().areas
        return [areas[k] for k in self.area.tolist()]

    def dates(self, pattern: str) -> list[str]:
        """The day of each, written as this pattern says; or its time, when the pattern has hours."""
        return clock.times(self.moment, pattern) if "%H" in pattern else clock.days(self.moment, pattern)


def weights_of(kinds: Mapping[str, float], *, force: bool = False, wards: Mapping[str, float] | None = None) -> Numbers:
    """
    How likely each small area is, from its people and its kind (1 when not named), and its ward where named.

    Saltmarsh alone, unless `force`, which adds Wexcombe.
    """
    by_ward = wards or {}
    return np.array(
        [
            a.population * kinds.get(a.kind, 1.0) * by_ward.get(a.ward.name, 1.0)
            if force or a.authority == SALTMARSH
            else 0.0
            for a in geography().areas
        ]
    )


def draw(
    rng: np.random.Generator,
    monthly: float,
    weights: Numbers,
    *,
    first_month: int = 12,
    summer: float = 0.0,
    week: Numbers = DAYTIME,
) -> Happenings:
    """
    Draw happenings from `first_month` to the end, `monthly` of them on average.

    `summer` is how far a summer month rises above the usual; `week` the shares of the week's 168 hours.
    """
    months = np.arange(first_month, MONTHS)
    number = rng.poisson(monthly * (1 + summer * SUMMER[months % 12]) * LENGTHS[months] / 30.44)
    month = np.repeat(months, number)
    area = rng.choice(len(weights), len(month), p=weights / weights.sum())
    address = rng.integers(0, ADDRESSES, len(month))
    hours = rng.choice(168, len(month), p=week)
    first = (STARTS[:-1].astype(int)[month] + 3) % 7
    offset = (hours // 24 - first) % 7
    day = offset + 7 * (rng.random(len(month)) * ((LENGTHS[month] - 1 - offset) // 7 + 1)).astype(np.int64)
    minutes = (hours % 24) * 60 + rng.integers(0, 60, len(month))
    moment = STARTS[month].astype("datetime64[m]") + (day * 1440 + minutes).astype("timedelta64[m]")
    order = np.argsort(moment, kind="stable")
    return Happenings(area[order], address[order], moment[order])


def pick(rng: np.random.Generator, shares: Mapping[str, float], number: int) -> list[str]:
    """Draw this many of the words, each as likely as its share says."""
    share = np.array(list(shares.values()), dtype=float)
    words = list(shares)
    return [words[k] for k in rng.choice(len(words), number, p=share / share.sum()).tolist()]


def chance(
    rng: np.random.Generator, share: float | Numbers, number: int, words: tuple[str, str] = ("Yes", "No")
) -> list[str]:
    """Yes with this chance (one for all, or one each), else No, in the sender's own words."""
    return [words[0] if yes else words[1] for yes in (rng.random(number) < share).tolist()]
