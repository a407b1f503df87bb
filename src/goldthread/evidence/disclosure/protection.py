"""A table as an edition may print it: withheld, and rounded where the rule says so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.evidence.disclosure.attack import View
from goldthread.evidence.disclosure.layout import Counts, Fact, equations_of
from goldthread.evidence.disclosure.rules import Rule
from goldthread.evidence.disclosure.suppression import Withheld, withhold


@dataclass(frozen=True)
class Protected:
    """
    What an edition may print of a table of counts.

    `shown` holds the count as printed, or None where `withheld` has a reason
    or nothing was received. Rates and percentages must be worked out from
    `shown`, never from the counts behind it: a rate of an unrounded count
    gives the count away. `marked` are small cells that this edition shows.
    """

    shown: tuple[tuple[int | None, ...], ...]
    withheld: Withheld
    rule: Rule
    marked: frozenset[tuple[int, int]] = frozenset()


def protect(
    counts: Counts,
    rule: Rule,
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, Sequence[int]]] = (),
    row_sums: Sequence[tuple[int, Sequence[int]]] = (),
    already: Collection[tuple[int, int]] = (),
    facts: Sequence[Fact] = (),
) -> Protected:
    """
    What may this edition print of these counts? See `withhold` for the arguments.

    Which cells are withheld is settled on the exact counts whether or not the
    edition rounds, so that a rounded edition laid over an exact one adds
    nothing to it.
    """
    held = withhold(counts, rule, total_row=total_row, sums=sums, row_sums=row_sums, already=already, facts=facts)
    shown = tuple(
        tuple(None if reason or n is None else rule.rounded(n) for n, reason in zip(row, reasons, strict=True))
        for row, reasons in zip(counts, held.reasons, strict=True)
    )
    marked = (
        ()
        if rule.withholds
        else ((i, j) for i, row in enumerate(counts) for j, n in enumerate(row) if rule.is_small(n))
    )
    return Protected(shown, held, rule, frozenset(marked))


def protect_editions(
    counts: Counts,
    rules: Mapping[str, Rule],
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, Sequence[int]]] = (),
    row_sums: Sequence[tuple[int, Sequence[int]]] = (),
    facts: Sequence[Fact] = (),
) -> dict[str, Protected]:
    """
    What may each edition print of these counts, so that no two can be laid over each other?

    Editions are taken from the least strict to the strictest, and each
    withholds everything the one before it withheld; two editions together
    then say no more than the less strict of them says alone.
    """
    order = sorted(rules.values(), key=lambda rule: (rule.withholds, rule.threshold, not rule.shows_zeros, rule.groups))
    done: dict[str, Protected] = {}
    already: frozenset[tuple[int, int]] = frozenset()
    for rule in order:
        done[rule.edition] = _same_as_before(done, rule, counts) or protect(
            counts, rule, total_row=total_row, sums=sums, row_sums=row_sums, already=already, facts=facts
        )
        already = done[rule.edition].withheld.cells
    return {edition: done[rule.edition] for edition, rule in rules.items()}


def _same_as_before(done: Mapping[str, Protected], rule: Rule, counts: Counts) -> Protected | None:
    """The same withholding, for an edition whose rule differs from an earlier one only in rounding."""
    for earlier in done.values():
        ways = [(r.withholds, r.threshold, r.shows_zeros, r.groups) for r in (earlier.rule, rule)]
        if ways[0] == ways[1]:
            shown = tuple(
                tuple(None if reason or n is None else rule.rounded(n) for n, reason in zip(row, reasons, strict=True))
                for row, reasons in zip(counts, earlier.withheld.reasons, strict=True)
            )
            return Protected(shown, earlier.withheld, rule, earlier.marked)
    return None


def view_of(
    protected: Protected,
    counts: Counts,
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, Sequence[int]]] = (),
    row_sums: Sequence[tuple[int, Sequence[int]]] = (),
    facts: Sequence[Fact] = (),
) -> View:
    """
    A protected table as its readers see it, for `attack`; cells are numbered along the rows.

    `counts` is only looked at for which cells were not received and for how
    the sums are laid out, which readers can see as well.
    """
    rule, width = protected.rule, len(counts[0]) if counts else 0
    low, high = [], []
    for row, printed, reasons in zip(counts, protected.shown, protected.withheld.reasons, strict=True):
        for n, shown, reason in zip(row, printed, reasons, strict=True):
            least, most = (float(rule.least), np.inf) if reason else (0.0, 0.0)
            if shown is not None and n is not None:
                least, most = rule.behind(shown)
            low.append(float(least))
            high.append(float(most))
    equations = equations_of(counts, total_row=total_row, sums=sums, row_sums=row_sums)
    lines = tuple(
        (tuple((i * width + j, weight) for (i, j), weight in fact.weights.items()), fact.low, fact.high)
        for fact in facts
    )
    return View(np.array(low), np.array(high), equations, lines)
