"""How many were there in all, when two lists each caught some and overlap?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri


@dataclass(frozen=True)
class Estimated:
    """
    How many in all, from two lists of the same people or events.

    `only_first`, `only_second` and `both` were seen; `unseen` were on neither,
    by the estimate. `low` and `high` are the interval of `total`, which cannot
    lie below the number that was seen.
    """

    only_first: int
    only_second: int
    both: int
    total: float
    se: float
    low: float
    high: float
    unseen: float

    @property
    def seen(self) -> int:
        """How many were on one list or both."""
        return self.only_first + self.only_second + self.both


@dataclass(frozen=True)
class Sensitivity:
    """
    What the total would be, were the lists not independent or the links not perfect.

    `odds` above 1: being on one list makes being on the other likelier (a
    victim taken to hospital by the police), and the plain estimate is too low.
    `missed_links` is the share of true matches that were not found; the plain
    estimate is then too high.
    """

    odds: float
    missed_links: float
    total: float


def chapman(first: int, second: int, both: int, *, confidence: float = 0.95) -> Estimated:
    """
    How many were there in all, when `first` were on one list, `second` on another and `both` on both?

    Chapman's estimate (n₁+1)(n₂+1)/(m+1) − 1, nearly unbiased, with its
    variance. The interval is on the logarithm of the number unseen, so that it
    never claims fewer than were seen and leans upwards as it should.

    Limits: it takes for granted that the lists are independent, that everybody
    could be on either, that nobody came or went, and that matches were all
    found. Police and hospital lists of violence break the first; give
    `sensitivity` beside it, always.
    Raises ValueError when the overlap is larger than a list.
    Source: Chapman (1951); Seber (1982), The Estimation of Animal Abundance, 60; Chao (1987), Biometrics 43, 783.
    """
    if not 0 <= both <= min(first, second):
        raise ValueError("No more can be on both lists than are on either.")
    total = (first + 1) * (second + 1) / (both + 1) - 1
    top = (first + 1) * (second + 1) * (first - both) * (second - both)
    variance = top / ((both + 1) ** 2 * (both + 2))
    seen = first + second - both
    unseen = max(total - seen, 0.0)
    z = float(ndtri(0.5 + confidence / 2))
    low = high = total
    if unseen > 0:
        stretch = float(np.exp(z * np.sqrt(np.log1p(variance / unseen**2))))
        low, high = seen + unseen / stretch, seen + unseen * stretch
    return Estimated(first - both, second - both, both, total, float(np.sqrt(variance)), low, high, unseen)


def sensitivity(
    first: int,
    second: int,
    both: int,
    *,
    odds: Sequence[float] = (0.5, 1.0, 2.0),
    missed_links: Sequence[float] = (0.0, 0.1),
) -> tuple[Sensitivity, ...]:
    """
    How far does the total move, were the lists dependent or some matches missed?

    With an odds ratio θ between the lists the number on neither is
    θ · (only first) · (only second) / (both + 1), which at θ = 1 is Chapman's
    estimate; missed links move people from being on one list each to being on both.
    """
    rows: list[Sensitivity] = []
    for missed in missed_links:
        linked = min(both / (1 - missed), first, second)
        a, b = first - linked, second - linked
        rows.extend(Sensitivity(theta, missed, linked + a + b + theta * a * b / (linked + 1)) for theta in odds)
    return tuple(rows)
