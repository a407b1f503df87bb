"""Which incidents a line counts, as SQL: the same rows that the golden thread follows back to their files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.chapters.brief import Line
from goldthread.evidence.periods import Period


def clause(series: Sequence[str], where: Mapping[str, str]) -> tuple[str, list[str]]:
    """
    A condition on `incidents` and its values.

    `where` holds columns that must be equal; `flag` is one of the words in the
    column of flags. Columns are the software's own names, never a partner's.
    """
    parts, values = ["NOT superseded"], []
    if series:
        parts.append(f"series IN ({', '.join('?' for _ in series)})")
        values += list(series)
    for column, value in where.items():
        parts.append("list_contains(string_split(flags, ','), ?)" if column == "flag" else f'"{column}" = ?')
        values.append(value)
    return " AND ".join(parts), values


def rows_of(line: Line, period: Period) -> tuple[str, list[object]]:
    """A condition on `incidents` for the rows that a line counts in a period, and its values."""
    condition, values = clause(line.series, line.where)
    return (
        f"feed = ? AND month BETWEEN ? AND ? AND {condition}",
        [line.feed.name, period.first.first_day, period.last.first_day, *values],
    )
