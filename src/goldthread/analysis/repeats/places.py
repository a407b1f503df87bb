"""What share of events happened where, or near where, one had happened before?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.repeats.pairs import close_pairs

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Repeats:
    """
    Events that were repeats, out of all that could be looked at.

    `places` had any event, `places_again` more than one within the time
    allowed. `unplaced` events had no place and are in neither number.
    """

    repeats: int
    events: int
    places: int
    places_again: int
    unplaced: int

    @property
    def share(self) -> float:
        """The share of events that were repeats; NaN when there were none."""
        return self.repeats / self.events if self.events else float("nan")


def repeat_share(place: Whole, day: Floats, *, within_days: float = 365) -> Repeats:
    """
    What share of events happened where one had already happened?

    An event is a repeat when there was another at the same place (or to the
    same person: `place` is any number, -1 for none) in the `within_days` before
    it. Of two on the same day one is the first and one the repeat. Needs
    addresses, or a pseudonym, and days.

    What this cannot tell you: events before the data begin are unseen, so the
    first `within_days` read low. Farrell and Pease (1993), Once Bitten, Twice
    Bitten, Home Office Crime Prevention Unit Paper 46.
    """
    known = place >= 0
    order = np.lexsort((day[known], place[known]))
    where, when = place[known][order], day[known][order]
    again = (where[1:] == where[:-1]) & (when[1:] - when[:-1] <= within_days)
    return Repeats(
        int(again.sum()),
        int(where.size),
        int(np.unique(where).size),
        int(np.unique(where[1:][again]).size),
        int(np.count_nonzero(~known)),
    )


def near_repeat_share(
    easting: Floats, northing: Floats, day: Floats, *, metres: float = 200, days: float = 14
) -> tuple[int, int]:
    """
    How many events had another less than `metres` away in the `days` before it, and out of how many?

    The same place counts. Of two on the same day, the later row follows the
    earlier. Needs exact places and days; read it beside `knox`, which says
    whether it is more than chance.
    """
    pairs, _ = close_pairs(easting, northing, metres)
    soon = pairs[np.abs(day[pairs[:, 0]] - day[pairs[:, 1]]) < days]
    later = np.where(day[soon[:, 1]] >= day[soon[:, 0]], soon[:, 1], soon[:, 0])
    return int(np.unique(later).size), int(day.size)
