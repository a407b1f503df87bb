"""What is counted, said once: the groups that every table downstream is made from, wherever they are counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Count:
    """Rows counted by these columns; `without` names a yes-or-no column whose rows are left out."""

    by: Sequence[str]
    without: str = ""


COUNTS = Count(by=("feed", "series", "category", "month", "lsoa"), without="superseded")
COMPARATORS = Count(by=("feed", "series", "month", "authority"))


def count_with(count: Count, table: str) -> str:
    """A count as SQL; `cluster.expressions.counted` says the same for any engine."""
    columns = ", ".join(count.by)
    where = f"WHERE NOT {count.without} " if count.without else ""
    return f"SELECT {columns}, count(*) AS n FROM {table} {where}GROUP BY {columns}"
