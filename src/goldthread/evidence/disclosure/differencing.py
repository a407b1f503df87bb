"""Whether a new table, laid beside what was published before, gives a withheld count away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from goldthread.evidence.disclosure.attack import Contradiction, Numbers, View, attack, solve
from goldthread.evidence.disclosure.layout import Equation
from goldthread.evidence.disclosure.ledger import Ledger, PublishedTable
from goldthread.evidence.disclosure.search import Need, Search

LARGEST = 200_000  # smallest parts that a joint programme is built for
FAR = 1e6  # a withheld count is taken to be no more than this when looking for tables that fit
TRIES = 12  # tables tried before cells are looked at one by one


class TooLarge(ValueError):
    """The releases overlap in so many parts that they cannot be checked together."""


@dataclass(frozen=True)
class Leak:
    """
    A withheld cell that a reader of several releases can pin down.

    It is `row` and `column` of the table `id` in `release`, and must lie
    between `low` and `high`, which is closer than its own table allows.
    """

    id: str
    edition: str
    release: str
    row: int
    column: int
    low: float
    high: float


@dataclass(frozen=True)
class _Joint:
    """Several tables as one publication: cells first to last, then the smallest parts they are sums of."""

    view: View
    cells: tuple[tuple[PublishedTable, int, int], ...]
    least: Numbers


def leaks(ledger: Ledger, table: PublishedTable) -> list[Leak]:
    """
    Which withheld cells, here or in earlier releases, would this table and the earlier ones together give away?

    Everything that counts the same thing is laid over everything else: every
    cell is a sum of the smallest parts of places, periods and kinds that any
    table tells apart, so nested areas, overlapping periods, revised totals and
    other editions are all seen. A cell leaks when it must be small, or when it
    may be and the releases together leave fewer than `threshold` values where
    its own table left more. Where two releases contradict each other (a
    month was revised) the cells that disagree are left out as no help to a reader.
    Raises TooLarge when the parts are too many to check.
    """
    earlier = ledger.like(table)
    if not earlier or not (table.withheld or any(other.withheld for other in earlier)):
        return []
    joint = _joint((*earlier, table))
    hidden = [k for k, (owner, i, j) in enumerate(joint.cells) if (i, j) in owner.withheld]
    doubtful = _doubtful(joint, hidden)
    found = []
    for k, (low, high) in zip(doubtful, attack(joint.view, doubtful, whole=False), strict=True):
        owner, i, j = joint.cells[k]
        if not _safe(owner, low, high) and (high < owner.threshold or _narrower(owner, i, j, low, high)):
            found.append(Leak(owner.id, owner.edition, owner.release, i, j, float(low), float(high)))
    return found


def _safe(owner: PublishedTable, low: float, high: float) -> bool:
    """Whether a cell known to lie between these gives nothing away: not small for certain, and in enough doubt."""
    return low >= owner.threshold or _in_doubt(owner, low, high)


def _in_doubt(owner: PublishedTable, low: float, high: float) -> bool:
    """Whether a reader who knows this much cannot tell that a cell is small, nor come close to it."""
    return bool(high >= owner.threshold and high - low >= owner.threshold - 1)


def _doubtful(joint: _Joint, hidden: Sequence[int]) -> list[int]:
    """
    The withheld cells that a few tables, each fitting everything published, do not show to be safe.

    Every such table shows what many cells may be at once, which spares most
    cells their own programmes.
    """
    rows, high = joint.view.rows(), np.minimum(joint.view.high, FAR)
    least, most = np.full(joint.view.low.size, np.inf), np.full(joint.view.low.size, -np.inf)
    doubtful = list(hidden)
    for turn in range(TRIES):
        # Half of those still in doubt as high as can be while the other half is low, by turns.
        cost = np.zeros(joint.view.low.size)
        cost[doubtful] = np.where((np.arange(len(doubtful)) >> (turn // 2)) % 2 == turn % 2, 1.0, -1.0)
        _, table = solve(cost, joint.view.low, high, rows)
        if table is None:
            return list(hidden)
        least, most = np.minimum(least, table), np.maximum(most, table)
        # What was seen to be possible is inside what is possible, so enough doubt here is enough there.
        doubtful = [k for k in doubtful if not _in_doubt(joint.cells[k][0], least[k], most[k])]
        if not doubtful:
            break
    return doubtful


def withhold_against(ledger: Ledger, table: PublishedTable) -> tuple[PublishedTable, list[Leak]]:
    """
    This table with whatever more must be withheld, so that it can join what was published before.

    Returns the table and the leaks that withholding in it cannot stop: the
    earlier releases give the cell away between themselves, or with a zero of
    this table, which is always shown. Where any are returned that are new (not
    `leaks` of the ledger alone), the table must not be published as it is.
    """
    hopeless: list[Leak] = []
    while found := [leak for leak in leaks(ledger, table) if leak not in hopeless]:
        joint = _joint((*ledger.like(table), table))
        search = _search(joint, table)
        for leak in found:
            cell = next(k for k, (t, i, j) in enumerate(joint.cells) if _names(leak, t, i, j))
            threshold = joint.cells[cell][0].threshold
            level = threshold if leak.high < threshold else leak.low + threshold - 1
            proof = search.prove(Need(cell, float(level), up=True))
            if proof is None:
                hopeless.append(leak)
            else:
                search.withhold_moved(proof)
        more = {
            (i, j)
            for k, (owner, i, j) in enumerate(joint.cells)
            if owner is table and search.withheld[k] and (i, j) not in table.withheld
        }
        if not more:
            hopeless.extend(leak for leak in found if leak not in hopeless)
        cells = tuple(
            tuple(None if (i, j) in more else n for j, n in enumerate(row)) for i, row in enumerate(table.cells)
        )
        table = replace(table, cells=cells, withheld=table.withheld | more)
    return table, hopeless


def _names(leak: Leak, table: PublishedTable, row: int, column: int) -> bool:
    """Whether the leak is of this cell."""
    return (leak.id, leak.edition, leak.release, leak.row, leak.column) == (
        table.id,
        table.edition,
        table.release,
        row,
        column,
    )


def _narrower(owner: PublishedTable, row: int, column: int, low: float, high: float) -> bool:
    """Whether a reader of all the releases knows more of this cell than a reader of its own table."""
    alone = _joint((owner,))
    cell = next(k for k, (_, i, j) in enumerate(alone.cells) if (i, j) == (row, column))
    [[least, most]] = attack(alone.view, [cell], whole=False)
    return bool(low > least + 0.5 or high < most - 0.5)


def _search(joint: _Joint, table: PublishedTable) -> Search:
    """A search that may withhold cells of the new table only; earlier releases stay as they are."""
    size = joint.view.low.size
    cost, withheld = np.full(size, np.inf), np.zeros(size, bool)
    withheld[len(joint.cells) :] = True
    for k, (owner, i, j) in enumerate(joint.cells):
        shown = owner.cells[i][j]
        withheld[k] = shown is None or not np.isfinite(joint.view.high[k])
        if owner is table and shown is not None and (shown or not owner.least):
            cost[k] = 1 + np.log1p(shown)
    return Search(joint.view, joint.view.low.copy(), joint.least, cost, withheld)


def _joint(tables: Sequence[PublishedTable]) -> _Joint:
    """Lay tables over each other."""
    cells = [(table, i, j, count) for table in tables for i, j, count in table.known()]
    wheres = [table.where(i, j) for table, i, j, _ in cells]
    classes = _classes(wheres)
    names = sorted(classes)
    if (size := int(np.prod([1 + max(classes[name].values()) for name in names]))) > LARGEST:
        raise TooLarge(f"These releases tell {size:,} parts apart, more than the {LARGEST:,} that are checked at once.")
    shape = [1 + max(classes[name].values()) for name in names]
    low, high, equations = [], [], []
    for k, (table, _, _, count) in enumerate(cells):
        least, most = (float(table.least), np.inf) if count is None else _behind(table, count)
        low.append(least)
        high.append(most)
        picks = [sorted({classes[n][p] for p in wheres[k].get(n, classes[n])}) for n in names]
        atoms = tuple(len(cells) + int(np.ravel_multi_index(at, shape)) for at in product(*picks))
        equations.append((k, atoms))
    bounds = np.array(low + [0.0] * size), np.array(high + [np.inf] * size)
    least_known = np.array([float(table.least) for table, *_ in cells] + [0.0] * size)
    view = _reconciled(View(*bounds, tuple(equations)), equations)
    return _Joint(view, tuple((table, i, j) for table, i, j, _ in cells), least_known)


def _behind(table: PublishedTable, shown: int) -> tuple[float, float]:
    """What a printed count can be."""
    if table.round_to == 1 or shown == 0:
        return float(shown), float(shown)
    least = shown - table.round_to // 2
    return float(max(least, table.threshold)), float(least + table.round_to - 1)


def _classes(wheres: Sequence[Mapping[str, frozenset[str]]]) -> dict[str, dict[str, int]]:
    """For each dimension, which parts no table tells apart: each part's class, numbered from 0."""
    classes = {}
    for name in {name for where in wheres for name in where}:
        groups = list(dict.fromkeys(where[name] for where in wheres if name in where))
        signature = {part: tuple(part in group for group in groups) for part in sorted(frozenset[str]().union(*groups))}
        number = {pattern: at for at, pattern in enumerate(dict.fromkeys(signature.values()))}
        classes[name] = {part: number[pattern] for part, pattern in signature.items()}
    return classes


def _reconciled(view: View, equations: Sequence[Equation]) -> View:
    """The publication without the shown cells that contradict the others, fewest first."""
    rows = view.rows()
    nothing = np.zeros(view.low.size)
    if solve(nothing, view.low, view.high, rows)[1] is not None:
        return view
    cells = len(equations)
    from scipy.sparse import hstack

    matrix, least, most = rows
    each = np.concatenate([nothing, np.ones(2 * cells)])
    slack = (hstack([matrix, matrix[:, :cells], -matrix[:, :cells]], format="csc"), least, most)
    low, high = (
        np.concatenate([view.low, np.zeros(2 * cells)]),
        np.concatenate([view.high, np.full(2 * cells, np.inf)]),
    )
    _, point = solve(each, low, high, slack)
    if point is None:
        raise Contradiction("These releases cannot be laid over each other.")
    size = view.low.size
    moved = np.flatnonzero(point[size : size + cells] + point[size + cells :] > 1e-6)
    low, high = view.low.copy(), view.high.copy()
    low[moved], high[moved] = 0.0, np.inf
    return View(low, high, view.equations, view.facts)
