"""What a reader can work out about a withheld cell from everything that was published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.disclosure.layout import Equation

if TYPE_CHECKING:
    from scipy.sparse import csc_array

Numbers = NDArray[np.float64]
INFEASIBLE, UNBOUNDED = 2, 3


@dataclass(frozen=True)
class View:
    """
    A publication as a reader sees it.

    Each cell lies between `low` and `high`: both the count itself where it is
    shown, the range that rounds to it where it is rounded, and from the least
    a withheld count can be to infinity where it is withheld. Cells nobody
    printed, but which sums are made of, are cells here too. `equations` and
    `facts` (weights by cell number, least, most) are what joins them.
    """

    low: Numbers
    high: Numbers
    equations: tuple[Equation, ...] = ()
    facts: tuple[tuple[tuple[tuple[int, float], ...], float, float], ...] = ()

    @property
    def open(self) -> NDArray[np.intp]:
        """The cells that are not shown to the unit."""
        return np.flatnonzero(self.high > self.low)

    def rows(self) -> tuple[csc_array, Numbers, Numbers]:
        """The equations and facts as lines of a linear programme: matrix, least, most."""
        from scipy.sparse import csc_array

        entries: list[tuple[int, int, float]] = []
        least, most = [0.0] * len(self.equations), [0.0] * len(self.equations)
        for line, (total, parts) in enumerate(self.equations):
            entries.append((line, total, -1.0))
            entries.extend((line, part, 1.0) for part in parts)
        for line, (weights, low, high) in enumerate(self.facts, start=len(self.equations)):
            entries.extend((line, cell, weight) for cell, weight in weights)
            least.append(low)
            most.append(high)
        where, cells, values = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(least), self.low.size)
        matrix = csc_array((np.array(values, float), (np.array(where, int), np.array(cells, int))), shape=shape)
        return matrix, np.array(least), np.array(most)


class Contradiction(ValueError):
    """What was published cannot all be true at once."""


def solve(
    cost: Numbers, low: Numbers, high: Numbers, rows: tuple[Any, Numbers, Numbers], *, whole: bool = False
) -> tuple[float, Numbers | None]:
    """
    The cheapest point within bounds and rows: its cost and the point.

    The cost is -inf when there is no limit to how cheap, and +inf, with no
    point, when nothing satisfies the rows. `whole` asks for whole numbers.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    found = milp(
        cost,
        integrality=np.full(cost.size, int(whole)),
        bounds=Bounds(low, high),
        constraints=LinearConstraint(*rows) if rows[0].shape[0] else (),
    )
    if found.x is not None:
        return float(found.fun), np.asarray(found.x, float)
    if found.status == UNBOUNDED or (found.status != INFEASIBLE and cost.any()):
        # The solver may say "infeasible or unbounded" without saying which: a free question tells them apart.
        feasible, point = solve(np.zeros(cost.size), low, high, rows, whole=whole)
        return (-np.inf if point is not None else feasible), None
    return np.inf, None


def attack(view: View, cells: Sequence[int] | None = None, *, whole: bool = True) -> Numbers:
    """
    Between what must each withheld cell lie, given all that was published?

    Returns one row a cell, [least, most], for `cells` or for every cell that
    is not shown to the unit, in order. Each end is a linear programme over
    whole numbers (`whole=False` relaxes it, which can only widen the
    interval). Raises Contradiction when no table at all fits the publication.

    This is the check that protection works, so it knows nothing of how
    protection was chosen, and uses no withheld value.
    """
    targets = view.open if cells is None else np.asarray(cells, int)
    rows = view.rows()
    intervals = np.empty((len(targets), 2))
    for at, target in enumerate(targets):
        for end, sign in ((0, 1.0), (1, -1.0)):
            cost = np.zeros(view.low.size)
            cost[target] = sign
            best, _ = solve(cost, view.low, view.high, rows, whole=whole)
            if best == np.inf:
                raise Contradiction("No table fits everything that was published: two of the tables disagree.")
            intervals[at, end] = sign * best
    return np.round(intervals, 6)
