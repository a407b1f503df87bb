"""Which numbers of an assessment one edition may not show, and what it says in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from math import isclose
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Assessment, Figure, Table
from goldthread.editions.counted import counting_columns, counts_of, protected_of, protected_tables
from goldthread.editions.remembering import withheld_beside
from goldthread.evidence.disclosure import Ledger, Protected, Rule

Places = frozenset[tuple[int, int]]
NOT_SHOWN: Final = "a number that is withheld"
_WORKED_OUT: Final = frozenset({"rate", "percent", "change", "ratio", "p"})
_MOST_COUNTS: Final = 10
# An edition that rounds counts says what is worked out from them less exactly too.
_COARSER: Final = {
    "n1": "n", "n2": "n1", "signed1": "signed", "pct1": "pct", "share1": "share",
    "change1": "change", "rise1": "rise", "ratio2": "ratio",
}  # fmt: skip


@dataclass(frozen=True)
class Shown:
    """
    A protected table as this edition may show it.

    `hidden` are the cells (row, column) that are withheld; `rounded` the
    counts as rounded; `small` the small counts that this edition shows and marks.
    """

    hidden: Places = frozenset()
    rounded: Mapping[tuple[int, int], int] = field(default_factory=dict)
    small: Places = frozenset()


@dataclass(frozen=True)
class Protection:
    """
    What an edition's rule withholds from one assessment, worked out once for all its tables.

    `tables` says, by id, how each protected table may be shown; `given_away`
    holds, by figure id, the counts that a table withholds and that no
    sentence may therefore quote.
    """

    rule: Rule
    tables: Mapping[str, Shown] = field(default_factory=dict)
    given_away: Mapping[str, frozenset[float]] = field(default_factory=dict)

    def table(self, table: Table | None) -> Shown:
        """Say how a table may be shown; one that is not protected, or not there, is shown as it is."""
        return self.tables.get(table.id, Shown()) if table is not None else Shown()

    def instead_of(self, figure: Figure, key: str, form: str) -> str | None:
        """Give the words to print in place of a figure's answer, or None when it may be shown as it is."""
        value = figure.answer[key]
        if not figure.protected or not self.rule.withholds or not isinstance(value, int | float):
            return None
        if key not in withheld_keys(figure, self.rule, self.given_away.get(figure.id, frozenset())):
            return self._rounded(figure, key, value, form)
        # Where other counts stand beside it, a limit could be enough to work it out.
        alone = len(figure.count_keys) == 1 and figure.id not in self.given_away
        if alone and self.rule.least and key in figure.count_keys and form in ("n", "word", "Word"):
            return f"{'Fewer' if form == 'Word' else 'fewer'} than {self.rule.threshold}"
        return NOT_SHOWN

    def _rounded(self, figure: Figure, key: str, value: float, form: str) -> str | None:
        if self.rule.round_to == 1:
            return None
        if key in figure.count_keys:
            value = self.rule.rounded(round(value))
        name, *nouns = form.split("|")
        return words.say(value, "|".join((_COARSER.get(name, name), *nouns)))


def withheld_keys(figure: Figure, rule: Rule, given_away: frozenset[float] = frozenset()) -> frozenset[str]:
    """
    Which keys of a protected figure's answer may this edition not show?

    Small counts; counts of `given_away`; the smallest other count when it and
    the rest would give a withheld one back by adding up; and, when any count
    is withheld, everything worked out but what shown counts give anyway.
    """
    counts = {key: value for key in figure.count_keys if isinstance(value := figure.answer.get(key), int | float)}
    hidden = {key for key, value in counts.items() if rule.is_small(round(value)) or value in given_away}
    hidden |= _given_back(counts, frozenset(hidden))
    if hidden:
        shown = [value for key, value in counts.items() if key not in hidden]
        numbers = {key: value for key, value in figure.answer.items() if isinstance(value, int | float)}
        hidden |= {key for key, value in numbers.items() if key not in counts and not _follows(value, shown)}
    return frozenset(hidden)


def _follows(value: float, shown: Sequence[float]) -> bool:
    """Whether two counts that are shown give this exactly, as a share, a ratio, a change or a difference."""
    for a, b in permutations(shown, 2):
        told = (a - b, *((a / b, 100 * a / b, 100 * (a / b - 1)) if b else ()))
        if any(isclose(value, one, rel_tol=1e-9) for one in told):
            return True
    return False


def _given_back(counts: Mapping[str, float], hidden: frozenset[str]) -> set[str]:
    """
    Choose shown counts to withhold because total − the other parts = what is withheld.

    Of more counts than can be tried in every combination, all are withheld.
    """
    secret = sum(counts[key] for key in hidden)
    shown = sorted((value, key) for key, value in counts.items() if key not in hidden)
    extra: set[str] = set()
    for total, total_key in shown if hidden else ():
        parts = [(value, key) for value, key in shown if key != total_key]
        if len(counts) > _MOST_COUNTS:
            extra.add(total_key)
            continue
        for size in range(len(parts) + 1):
            if any(sum(value for value, _ in some) + secret == total for some in combinations(parts, size)):
                extra.add(parts[0][1] if size else total_key)
    return extra


def protect(assessment: Assessment, rule: Rule, ledger: Ledger | None = None) -> Protection:
    """
    Work out what `rule` withholds from every protected table of the assessment, and so from its sentences.

    With a ledger, what was published before is held against it, and more is
    withheld where the two together would give a small number away.
    """
    shown: dict[str, Shown] = {}
    given_away: dict[str, set[float]] = {}
    for table in protected_tables(assessment):
        safe = protected_of(table, rule)
        held = safe.withheld.cells if ledger is None else withheld_beside(ledger, table, safe, assessment)
        shown[table.id] = _shown(table, safe, held)
        for row, column in shown[table.id].hidden:
            value = table.rows[row][column]
            if table.columns[column].kind == "count" and isinstance(value, int | float):
                for name in table.figures:
                    given_away.setdefault(name, set()).add(float(value))
    return Protection(rule, shown, {name: frozenset(values) for name, values in given_away.items()})


def _shown(table: Table, safe: Protected, withheld: frozenset[tuple[int, int]]) -> Shown:
    """Say how a table may be shown whose counts are protected like this, these being withheld in the end."""
    counting = counting_columns(table)
    counts = counts_of(table)
    hidden = {(row, counting[at]) for row, at in withheld}
    rounded = {
        (row, counting[at]): value
        for row, values in enumerate(safe.shown)
        for at, value in enumerate(values)
        if value is not None and value != counts[row][at]
    }
    small = frozenset((row, counting[at]) for row, at in safe.marked)
    return Shown(frozenset(hidden | _derived(table, hidden, counting)), rounded, small)


def _derived(table: Table, hidden: set[tuple[int, int]], counting: Sequence[int]) -> set[tuple[int, int]]:
    """Find the cells worked out from a withheld one; a rate that does not say from what rests on every count."""
    keys = [column.key for column in table.columns]
    found = set()
    for at, column in enumerate(table.columns):
        if at in counting or not (column.derived_from or column.kind in _WORKED_OUT):
            continue
        rests_on = [keys.index(key) for key in column.derived_from if key in keys] or counting
        for row, values in enumerate(table.rows):
            if values[at] is not None and any((row, other) in hidden for other in rests_on):
                found.add((row, at))
    return found
