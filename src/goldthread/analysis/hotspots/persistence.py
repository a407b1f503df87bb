"""Which places are busiest again and again, and not just once?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Persistence:
    """
    In how many of the periods each place was among the busiest.

    `times` and `events` (over all periods) have one entry a place; `top_places`
    is how many places a period's top holds at most. `persistent` places were in
    it `least` times or more; `by_chance` is how many would be if each period
    had drawn its top anew.
    """

    times: Whole
    events: Whole
    periods: int
    top_places: int
    least: int
    persistent: NDArray[np.bool_]
    by_chance: float

    def ranked(self) -> Whole:
        """The persistent places, most often in the top first, and of those alike the one with most events."""
        places = np.flatnonzero(self.persistent)
        return places[np.lexsort((places, -self.events[places], -self.times[places]))]


def persistence(counts: ArrayLike, *, top: float = 0.01, least: int | None = None) -> Persistence:
    """
    Which places are busiest again and again?

    `counts` are (periods, places), such as the last 12 quarters or months.
    `top` is the share of places that counts as busiest (0.01: the top 1 %), at
    least one place. A tie that would make the top larger than that is left out
    of it, and a place with nothing is never in it, so a place said to have been
    in the top was. Persistent is `least` periods or more; without it, four in
    five (Chainey 2020, Understanding Crime).

    A period that did not come should be left out of `counts`, not given as 0.
    """
    events = np.atleast_2d(np.asarray(counts, np.int64))
    periods, places = events.shape
    if not 0 < top < 1:
        raise ValueError(f"The top must be a share of places between 0 and 1, not {top:g}.")
    if least is not None and not 1 <= least <= periods:
        raise ValueError(f"A place cannot be in the top {least} times in {periods} periods.")
    size = min(max(1, round(top * places)), places - 1)
    ordered = np.sort(events, axis=1)
    last_in, first_out = ordered[:, places - size], ordered[:, places - size - 1]
    # When the first that is out ties with the last that is in, all of that tie are out.
    cutoff = np.maximum(np.where(last_in > first_out, last_in, last_in + 1), 1)
    in_top = events >= cutoff[:, None]
    needed = int(np.ceil(0.8 * periods)) if least is None else least
    times = in_top.sum(axis=0)
    chance = _at_least(in_top.mean(axis=1), needed) * places
    return Persistence(times, events.sum(axis=0), periods, size, needed, times >= needed, chance)


def _at_least(chances: NDArray[np.float64], needed: int) -> float:
    """The chance of `needed` or more successes in trials with these chances."""
    spread = np.ones(1)
    for chance in chances:
        spread = np.convolve(spread, [1 - chance, chance])
    return float(spread[needed:].sum())
