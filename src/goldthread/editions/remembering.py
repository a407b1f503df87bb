"""What an edition published, put into the ledger, so that the next release gives nothing away beside it."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.model import Assessment, Table
from goldthread.editions.cells import printed
from goldthread.editions.counted import protected_of, protected_tables
from goldthread.evidence.disclosure import Ledger, Protected, PublishedTable, Rule, published, withhold_against

# Columns that hold the same count for the period, and for the one it is compared with.
_PERIOD = frozenset({"now", "after", "current", "n"})
_BEFORE = frozenset({"before", "previous"})


def entry(table: Table, safe: Protected, assessment: Assessment) -> PublishedTable:
    """
    Describe a table as published: which places and months its cells are made of.

    Rows are known by their words; the last of a table with a total is made of
    the others. Columns are months when each holds the count of a period, and
    kinds of thing within the period when not; a column that is the sum of
    others is made of them.
    """
    columns = [column for column in table.columns if column.kind == "count"]
    texts = [at for at, column in enumerate(table.columns) if column.kind in ("text", "month")]
    labels = [" · ".join(printed(row[at], "text") for at in texts) for row in table.rows]
    rows: list[tuple[str, ...]] = [(label,) for label in labels]
    if table.total_row and len(rows) > 1:
        rows[-1] = tuple(labels[:-1])
    keys = [column.key for column in columns]
    by_month = all(key in _PERIOD | _BEFORE for key in keys)
    period = _months(assessment.period)
    before = _months(assessment.compared_with) if assessment.compared_with else ()
    sums = dict(table.sums)
    kinds = [tuple(sums.get(key, (key,))) for key in keys]
    return published(
        safe,
        id=table.id,
        release=f"{assessment.period[0]} to {assessment.period[1]}, {assessment.fingerprint[:12]}",
        counts=table.id,
        dimensions=(table.columns[texts[0]].title if texts else "row", "month" if by_month else "kind"),
        rows=rows,
        columns=[before if key in _BEFORE else period for key in keys] if by_month else kinds,
        fixed={"area": (assessment.area_code,)} | ({} if by_month else {"month": period}),
    )


def withheld_beside(
    ledger: Ledger, table: Table, safe: Protected, assessment: Assessment
) -> frozenset[tuple[int, int]]:
    """Which counts must be withheld beside everything that was published before?"""
    kept, _ = withhold_against(ledger, entry(table, safe, assessment))
    return kept.withheld


def remembered(assessment: Assessment, rule: Rule, ledger: Ledger) -> Ledger:
    """Return the ledger with every protected table of this assessment, as this edition's rule prints it."""
    for table in protected_tables(assessment):
        kept, _ = withhold_against(ledger, entry(table, protected_of(table, rule), assessment))
        ledger = ledger.with_table(kept)
    return ledger


def _months(ends: Sequence[str]) -> tuple[str, ...]:
    year, month = int(ends[0][:4]), int(ends[0][5:7])
    found = []
    while f"{year:04d}-{month:02d}" <= ends[1][:7]:
        found.append(f"{year:04d}-{month:02d}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return tuple(found)
