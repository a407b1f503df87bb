"""Which cells of a table are withheld: the small ones, and those that would give them away."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from goldthread.evidence.disclosure.attack import Numbers, View
from goldthread.evidence.disclosure.layout import Counts, Equation, Fact, equations_of
from goldthread.evidence.disclosure.rules import Rule
from goldthread.evidence.disclosure.search import Need, Search, complete, put_back

# How many programmes putting cells back may take, shared among the cells: a large table stays quick.
TIDYING = 6000


class Reason(StrEnum):
    """
    Why a cell is withheld: it is small, or it would give a small one away.

    For the analyst alone. An edition that told a reader which is which would
    tell them that the first kind lies below the threshold.
    """

    PRIMARY = "primary"
    SECONDARY = "secondary"


@dataclass(frozen=True)
class Withheld:
    """
    What is withheld of a table, cell by cell, and why (None where it is shown).

    `exposed` are the small cells (row, column) that no withholding in this
    table can hide, because a fact outside it pins them: withhold the fact.
    """

    reasons: tuple[tuple[Reason | None, ...], ...]
    exposed: tuple[tuple[int, int], ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything is withheld."""
        return any(reason for row in self.reasons for reason in row)

    @property
    def cells(self) -> frozenset[tuple[int, int]]:
        """The cells withheld, as (row, column)."""
        return frozenset((i, j) for i, row in enumerate(self.reasons) for j, reason in enumerate(row) if reason)

    def row(self, index: int) -> tuple[bool, ...]:
        """Which cells of a row are withheld."""
        return tuple(reason is not None for reason in self.reasons[index])


def withhold(
    counts: Counts,
    rule: Rule,
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, Sequence[int]]] = (),
    row_sums: Sequence[tuple[int, Sequence[int]]] = (),
    already: Collection[tuple[int, int]] = (),
    facts: Sequence[Fact] = (),
) -> Withheld:
    """
    Which cells of this table of counts must this edition withhold, and why?

    Small cells are withheld first (`Reason.PRIMARY`), then the cheapest others
    until no reader can rule out, for any small cell, that it is as little as a
    withheld count can be or as much as the threshold. Each of the two is proved by a whole
    table that agrees with everything shown. Small internal cells cost least,
    totals most. `already` are cells another edition withholds, which this one
    must withhold too; `facts` are published whatever happens here.

    `counts` holds only columns that are counts of people, households or
    incidents; columns worked out from them are the caller's to withhold with
    them. For how sums are given see `equations_of`. Takes microseconds when
    there is nothing small.
    """
    small = [(i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if rule.is_small(n)]
    if not rule.withholds or not (small or already or rule.groups):
        return _nothing(counts)
    equations = equations_of(counts, total_row=total_row, sums=sums, row_sums=row_sums)
    width = len(counts[0])
    flat: Numbers = np.array([np.nan if n is None else n for row in counts for n in row], float)
    least = _least(flat, equations, rule)
    needs = _needs(flat, [i * width + j for i, j in small], equations, rule, least)
    search = _search(flat, needs, [i * width + j for i, j in already], equations, facts, width, rule, least)
    primary = {need.cell for need in needs}
    search.withheld[_forced(needs, flat, equations, least)] = True
    hopeless = complete(search, needs)
    held = np.flatnonzero(search.withheld)
    kept = primary | {i * width + j for i, j in already}
    dearest = sorted((int(cell) for cell in held if cell not in kept), key=lambda cell: (-search.cost[cell], cell))
    put_back(search, dearest, TIDYING // flat.size)
    reasons = [
        Reason.PRIMARY if k in primary else Reason.SECONDARY if on else None for k, on in enumerate(search.withheld)
    ]
    exposed = sorted({divmod(need.cell, width) for need in hopeless})
    return Withheld(tuple(tuple(reasons[i : i + width]) for i in range(0, len(reasons), width)), tuple(exposed))


def _nothing(counts: Counts) -> Withheld:
    """Nothing withheld, of a table of this shape."""
    width = len(counts[0]) if counts else 0
    return Withheld(((None,) * width,) * len(counts))


def _least(flat: Numbers, equations: Sequence[Equation], rule: Rule) -> Numbers:
    """
    The least each cell can be, were everything withheld.

    Where zeros are always shown a reader knows that a withheld cell is 1 or
    more, and so that a total of three cells that are not zero is 3 or more.
    """
    known = np.where(np.isnan(flat), 0.0, flat)
    least: Numbers = np.minimum(np.full(flat.size, float(rule.least)), known)
    for _ in equations:
        before = least.copy()
        for total, parts in equations:
            least[total] = max(least[total], least[list(parts)].sum())
        if (least == before).all():
            break
    return least


def _needs(
    flat: Numbers, small: Sequence[int], equations: Sequence[Equation], rule: Rule, least: Numbers
) -> list[Need]:
    """What a reader must not be able to rule out, cell by cell."""
    needs = []
    for cell in small:
        needs.append(Need(cell, float(rule.threshold), up=True))
        if flat[cell] > least[cell]:
            needs.append(Need(cell, float(least[cell]), up=False))
    if rule.groups:
        for total, parts in equations:
            filled = [part for part in parts if flat[part] > 0]
            if len(parts) > 1 and len(filled) == 1 and flat[total] >= rule.threshold:
                # Everybody is of one kind: a reader must not be sure that nobody is of another.
                needs.append(Need(filled[0], float(flat[filled[0]]) - 1, up=False))
                needs.extend(Need(part, 1.0, up=True) for part in parts if flat[part] == 0)
    return sorted(dict.fromkeys(needs), key=lambda need: (need.cell, need.up))


def _forced(needs: Sequence[Need], flat: Numbers, equations: Sequence[Equation], least: Numbers) -> list[int]:
    """Totals so close to a small part of theirs that no withholding among the parts could hide it."""
    level = {need.cell: need.level for need in needs if need.up}
    forced = []
    for total, parts in equations:
        room = flat[total] - least[list(parts)].sum()
        if any(part in level and room + least[part] < level[part] for part in parts):
            forced.append(total)
    return forced


def _search(
    flat: Numbers,
    needs: Sequence[Need],
    already: Sequence[int],
    equations: tuple[Equation, ...],
    facts: Sequence[Fact],
    width: int,
    rule: Rule,
    least: Numbers,
) -> Search:
    """The search as it starts: needs and what others withhold are withheld, everything else has its price."""
    known = np.where(np.isnan(flat), 0.0, flat)
    level = np.zeros(flat.size)
    for total, _ in equations:
        level[total] += 1
    cost = (1 + 0.3 * np.log1p(known)) * 10.0**level
    cost[np.isnan(flat)] = np.inf
    if rule.least:
        cost[known == 0] = np.inf  # a zero that is always shown cannot be withheld
    withheld = np.zeros(flat.size, bool)
    withheld[[need.cell for need in needs]] = True
    withheld[[cell for cell in already if flat[cell] >= rule.least]] = True
    lines = tuple(
        (tuple((i * width + j, weight) for (i, j), weight in fact.weights.items()), fact.low, fact.high)
        for fact in facts
    )
    return Search(View(known, known, equations, lines), known, least, cost, withheld)
