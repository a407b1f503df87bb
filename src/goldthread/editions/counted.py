"""The counts of an assessment's protected tables, and what disclosure control makes of them."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.model import Assessment, Chart, Map, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.evidence.disclosure import NotAdditive, Protected, Rule, protect_editions, rules


def protected_tables(assessment: Assessment) -> list[Table]:
    """List every protected table: those that say so, and those behind charts and maps that do."""
    found = []
    for chapter in assessment.chapters:
        for block in chapter.blocks:
            if isinstance(block, Table) and block.protected:
                found.append(block)
            elif isinstance(block, Chart | Map) and block.table and (block.protected or block.table.protected):
                found.append(block.table)
    return found


def counting_columns(table: Table) -> list[int]:
    """List the columns of a table that count people, households or incidents."""
    return [at for at, column in enumerate(table.columns) if column.kind == "count"]


def counts_of(table: Table) -> list[list[int | None]]:
    """Give the counts of a table, row by row; None where nothing was received."""
    return [[_count(row[at]) for at in counting_columns(table)] for row in table.rows]


def protected_of(table: Table, rule: Rule) -> Protected:
    """
    Say what this edition may print of a table's counts.

    NotAdditive, naming the table, when a total or sum it declares does not add up.
    """
    place = {table.columns[at].key: position for position, at in enumerate(counting_columns(table))}
    sums = [
        (place[total], tuple(place[part] for part in parts))
        for total, parts in table.sums
        if total in place and all(part in place for part in parts)
    ]
    try:
        return protected(counts_of(table), rule, total_row=table.total_row, sums=sums)
    except NotAdditive as error:
        raise NotAdditive(f"Table {table.id}: {error}") from error


def protected(
    counts: Sequence[Sequence[int | None]],
    rule: Rule,
    *,
    total_row: bool = False,
    sums: Sequence[tuple[int, tuple[int, ...]]] = (),
) -> Protected:
    """Protect counts so that this edition and the others, laid over each other, say no more than the least strict."""
    together = {**rules(), rule.edition: rule}
    return protect_editions(counts, together, total_row=total_row, sums=sums)[rule.edition]


def _count(value: Cell) -> int | None:
    return round(value) if isinstance(value, int | float) else None
