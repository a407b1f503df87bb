"""Which further cells to withhold, so that a small one cannot be worked out: found by linear programmes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.disclosure.attack import Numbers, View, solve

NEARLY = 1e-6
MANY = 12  # above this number of unproved needs, prove several with one programme
ROUNDS = 40  # at most this many programmes that prove several
SIZES = 8  # blocks of 1, 2, 4 ... 128 cells
WORTH = 8.0  # what proving one unit of a need is worth when several are proved at once: a few cells, never a total


@dataclass(frozen=True)
class Need:
    """A reader must not be able to rule out that this cell is `level` or more (`up`), or `level` or less."""

    cell: int
    level: float
    up: bool

    def met_by(self, table: Numbers) -> bool:
        """Whether this table, which a reader cannot tell from the true one, meets the need."""
        return bool(table[self.cell] >= self.level - NEARLY if self.up else table[self.cell] <= self.level + NEARLY)


@dataclass
class Search:
    """
    The state of one search: what is withheld so far, and the tables that prove it enough.

    `reference` holds each cell's count (or, for cells nobody printed, the least
    it can be); `least` the least a reader knows a withheld cell to be; `cost`
    what it costs to withhold one unit's doubt of a shown cell, infinite where
    it must stay as it is. A *proof* of a need is a whole table, equal to the
    true one in every shown cell, sum and fact, that meets it.
    """

    view: View
    reference: Numbers
    least: Numbers
    cost: Numbers
    withheld: NDArray[np.bool_]
    proofs: dict[Need, Numbers] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from scipy.sparse import hstack

        matrix, least, most = self.view.rows()
        offset = matrix @ self.reference
        self._rows = (hstack([matrix, -matrix], format="csc"), least - offset, most - offset)

    def _bounds(self, frozen: int | None = None, *, closed: bool = False) -> tuple[Numbers, Numbers]:
        """How far each cell may rise and fall from its reference: cells that stay shown, not at all."""
        may = self.withheld | (np.isfinite(self.cost) & (not closed))
        if frozen is not None:
            may = may.copy()
            may[frozen] = False
        # A shown cell that is rounded leaves the reader in doubt by itself, at no cost.
        rise = np.where(may, np.inf, self.view.high - self.reference)
        fall = np.where(may, np.maximum(self.reference - self.least, 0), self.reference - self.view.low)
        return rise, fall

    def prove(self, need: Need, frozen: int | None = None, *, closed: bool = False) -> Numbers | None:
        """
        The table that meets this need while changing the cheapest shown cells, or None.

        `closed` allows no further cell; `frozen` is one withheld cell to be tried as shown.
        """
        rise, fall = self._bounds(frozen, closed=closed)
        size = self.reference.size
        low, high = np.zeros(2 * size), np.concatenate([rise, fall])
        by = need.level - self.reference[need.cell] if need.up else self.reference[need.cell] - need.level
        up, down = need.cell, size + need.cell
        this, other = (up, down) if need.up else (down, up)
        if high[this] < by:
            return None
        low[this], high[other] = max(by, 0.0), 0.0
        free = self.withheld | ~np.isfinite(self.cost)
        each = np.where(free, 1e-4, np.where(np.isfinite(self.cost), self.cost, 0))
        _, moves = solve(np.concatenate([each, each]), low, high, self._rows)
        if moves is not None and np.abs(moves - np.rint(moves)).max() > NEARLY:
            _, moves = solve(np.concatenate([each, each]), low, high, self._rows, whole=True)
        return None if moves is None else self._moved(moves)

    def _moved(self, moves: Numbers) -> Numbers:
        """The table after these rises and falls, in whole numbers."""
        whole: Numbers = np.rint(moves)
        size = self.reference.size
        return self.reference + whole[:size] - whole[size:]

    def record(self, table: Numbers, needs: Sequence[Need]) -> int:
        """Keep a table as the proof of every need it meets; how many of them were new."""
        met = [need for need in needs if need not in self.proofs and need.met_by(table)]
        self.proofs.update(dict.fromkeys(met, table))
        return len(met)

    def unproved(self, needs: Sequence[Need]) -> list[Need]:
        """Needs for which there is no proof yet."""
        return [need for need in needs if need not in self.proofs]

    def prove_many(self, needs: Sequence[Need], *, closed: bool) -> None:
        """Prove as many needs as a few programmes can; when `closed`, without withholding anything more."""
        idle = 0
        for turn in range(ROUNDS):
            open_needs = self.unproved(needs)
            if len(open_needs) <= MANY:
                return
            table = self._together(open_needs, turn, closed)
            if table is None:
                return
            if not self.record(table, open_needs):
                idle += 1
                if idle == SIZES:
                    return
                continue
            idle = 0
            self.withhold_moved(table)

    def withhold_moved(self, table: Numbers) -> None:
        """Withhold the shown cells in which this proof differs from the true table."""
        self.withheld |= np.isfinite(self.cost) & (np.abs(table - self.reference) > NEARLY)

    def _together(self, needs: Sequence[Need], turn: int, closed: bool) -> Numbers | None:
        """One table in which as many of these cells as is cheap rise, or fall, as far as they need."""
        rise, fall = self._bounds(closed=closed)
        size = self.reference.size
        free = self.withheld | ~np.isfinite(self.cost)
        each = np.where(free, 1e-4, np.where(np.isfinite(self.cost), self.cost, 0))
        high, cost = np.concatenate([rise, fall]), np.concatenate([each, each])
        for need in needs:
            # Neighbouring cells move the same way, and the next block the other way, by turns of block size:
            # within a sum what one cell gains another must lose, and a total moves with its parts.
            if (need.cell >> turn % SIZES) % 2 == (turn // SIZES + need.up) % 2:
                this, other = (need.cell, size + need.cell) if need.up else (size + need.cell, need.cell)
                high[this] = min(high[this], abs(need.level - self.reference[need.cell]))
                high[other], cost[this] = 0.0, -WORTH
        _, moves = solve(cost, np.zeros(2 * size), high, self._rows)
        if moves is None or np.abs(moves - np.rint(moves)).max() > NEARLY:
            return None
        return self._moved(moves)


def complete(search: Search, needs: Sequence[Need]) -> list[Need]:
    """
    Withhold cells, cheapest first, until every need is proved; then put back those that were not needed.

    Returns the needs that nothing could meet, because a fact that stays
    published pins the cell.
    """
    search.prove_many(needs, closed=True)
    search.prove_many(needs, closed=False)
    hopeless = []
    for need in needs:
        if need in search.proofs:
            continue
        table = search.prove(need)
        if table is None:
            hopeless.append(need)
            continue
        search.record(table, needs)
        search.withhold_moved(table)
    return hopeless


def put_back(search: Search, candidates: Iterator[int] | Sequence[int], programmes: int) -> None:
    """Show again each candidate without which every need can still be proved, within a number of programmes."""
    for cell in candidates:
        resting = [need for need, table in search.proofs.items() if abs(table[cell] - search.reference[cell]) > NEARLY]
        programmes -= len(resting)
        if programmes < 0:
            return
        again = {}
        for need in resting:
            table = search.prove(need, cell, closed=True)
            if table is None:
                break
            again[need] = table
        else:
            search.proofs.update(again)
            search.withheld[cell] = False
