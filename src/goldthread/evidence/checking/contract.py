"""A feed compiled to one pass over a table: each cell read, each fault told apart, nothing dropped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goldthread.evidence.checking import parsing
from goldthread.evidence.feeds import Feed, FeedColumn


@dataclass(frozen=True)
class Checked:
    """
    How one column of a file is read and checked, as SQL.

    `cell` is its text, NULL when empty, called `t`N; `value` reads that as its
    type, called `v`N; `fault`, over both names, is true when the row has to be
    refused for it, and is empty when it never is; `expected` says to the sender
    what would do.
    """

    column: FeedColumn
    position: int
    heading: str
    cell: str
    value: str
    fault: str
    expected: str


def quoted(words: str) -> str:
    """Words as SQL says them."""
    return "'" + words.replace("'", "''") + "'"


def _without(cell: str, nothing: Sequence[str]) -> str:
    """A cell that is empty when it says one of the words by which the sender means that there is nothing."""
    if not nothing:
        return cell
    return f"CASE WHEN lower({cell}) NOT IN ({', '.join(quoted(w.lower()) for w in nothing)}) THEN {cell} END"


def _mapped(cell: str, column: FeedColumn) -> str:
    """What a category becomes: told apart without case or spaces, and mapped when the feed says so."""
    key = f"lower(regexp_replace({cell}, '[\\s_-]+', ' ', 'g'))"
    pairs = {" ".join(k.replace("_", " ").replace("-", " ").lower().split()): v for k, v in column.values.items()}
    cases = " ".join(f"WHEN {quoted(k)} THEN {quoted(v)}" for k, v in pairs.items())
    otherwise = cell if column.other_values == "keep" else "NULL"
    return f"CASE {key} {cases} ELSE {otherwise} END"


def _faults(column: FeedColumn, cell: str, value: str) -> list[str]:
    plain = not column.values and parsing.READ[column.type] is parsing.text  # any words are as good as any other
    faults = [] if plain else [f"({cell} IS NOT NULL AND {value} IS NULL)"]
    if column.filled:
        faults.append(f"{cell} IS NULL")
    if column.pattern:
        faults.append(f"({cell} IS NOT NULL AND NOT regexp_full_match({cell}, {quoted(column.pattern)}))")
    if column.type in ("date", "month", "quarter", "year", "datetime"):
        faults.append(f"coalesce(({value}) < DATE '1900-01-01' OR ({value}) > DATE '2100-01-01', false)")
    least, most = parsing.LIMITS.get(column.type, (None, None))
    least = column.least if column.least is not None else least
    most = column.most if column.most is not None else most
    if least is not None:
        faults.append(f"coalesce({value} < {least}, false)")
    if most is not None:
        faults.append(f"coalesce({value} > {most}, false)")
    return faults


def _expected(column: FeedColumn) -> str:
    said = column.described_as or parsing.DESCRIBED.get(column.type, "")
    if not said and column.values:
        named = list(column.values)
        said = "one of: " + ", ".join(named[:12]) + (" …" if len(named) > 12 else "")
    return said or "a value in every row"


def compiled(feed: Feed, headings: Sequence[str]) -> list[Checked]:
    """
    Every column of a file that the feed knows and keeps, with how it is read and checked.

    Columns that become nothing are not here: their cells are never read into
    a row. A heading that appears twice is read the first time.
    """
    done: set[str] = set()
    checks = []
    for position, heading in enumerate(headings):
        column = feed.column_for(heading)
        if column is None or column.name in done:
            continue
        done.add(column.name)
        if column.becomes == "nothing":
            continue
        text, read = f"t{position}", f"v{position}"
        value = _mapped(text, column) if column.values else parsing.READ[column.type](text)
        fault = " OR ".join(_faults(column, text, read))
        cell = _without(parsing.trimmed(f"c{position}"), column.nothing)
        checks.append(Checked(column, position, heading, cell, value, fault, _expected(column)))
    return checks
