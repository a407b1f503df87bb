"""What was already published, kept so that two releases cannot be subtracted from each other."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from goldthread.evidence.disclosure.protection import Protected

Parts = tuple[str, ...]


@dataclass(frozen=True)
class PublishedTable:
    """
    A table of counts as it was published, and what each row and column is made of.

    `counts` says what is counted ("Ambulance: assaults"), so that only like is
    subtracted from like. `dimensions` name what the rows and columns are, such
    as ("place", "month"), and each row and column lists its smallest parts: a
    total lists the parts of everything it adds up, a year its twelve months.
    `fixed` holds what is the same for the whole table, such as the period or
    the area, in parts too. A dimension that is named nowhere in a table is
    taken whole.

    `cells` are as printed, None where withheld or not received; `withheld`
    says which of them are withheld. The count behind a withheld cell is not kept.
    `least` is the least a withheld count can be, 1 where zeros are shown.
    """

    id: str
    edition: str
    release: str
    counts: str
    dimensions: tuple[str, str]
    rows: tuple[Parts, ...]
    columns: tuple[Parts, ...]
    cells: tuple[tuple[int | None, ...], ...]
    withheld: frozenset[tuple[int, int]] = frozenset()
    fixed: Mapping[str, Parts] = field(default_factory=dict)
    round_to: int = 1
    threshold: int = 5
    least: int = 1

    def where(self, row: int, column: int) -> dict[str, frozenset[str]]:
        """What a cell counts: the parts of every dimension that this table names."""
        places = {name: frozenset(parts) for name, parts in self.fixed.items()}
        for name, parts in ((self.dimensions[0], self.rows[row]), (self.dimensions[1], self.columns[column])):
            if name:
                places[name] = frozenset(parts)
        return places

    def known(self) -> Iterator[tuple[int, int, int | None]]:
        """Each cell that was received: its row, its column, and the count printed, or None where withheld."""
        for i, row in enumerate(self.cells):
            for j, count in enumerate(row):
                if count is not None or (i, j) in self.withheld:
                    yield i, j, count


@dataclass(frozen=True)
class Ledger:
    """Every table published so far, oldest first."""

    tables: tuple[PublishedTable, ...] = ()

    def with_table(self, table: PublishedTable) -> Ledger:
        """The ledger with one more table; the same table of the same release and edition is replaced."""
        key = (table.id, table.edition, table.release)
        return Ledger((*(t for t in self.tables if (t.id, t.edition, t.release) != key), table))

    def like(self, table: PublishedTable) -> tuple[PublishedTable, ...]:
        """Earlier tables that count the same thing, this very table left out."""
        key = (table.id, table.edition, table.release)
        return tuple(t for t in self.tables if t.counts == table.counts and (t.id, t.edition, t.release) != key)


def published(
    protected: Protected,
    *,
    id: str,
    release: str,
    counts: str,
    dimensions: tuple[str, str],
    rows: Sequence[Sequence[str]],
    columns: Sequence[Sequence[str]],
    fixed: Mapping[str, Sequence[str]] | None = None,
) -> PublishedTable:
    """The entry for the ledger of a table as this edition prints it."""
    rule = protected.rule
    return PublishedTable(
        id=id,
        edition=rule.edition,
        release=release,
        counts=counts,
        dimensions=dimensions,
        rows=tuple(map(tuple, rows)),
        columns=tuple(map(tuple, columns)),
        cells=protected.shown,
        withheld=protected.withheld.cells,
        fixed={name: tuple(parts) for name, parts in (fixed or {}).items()},
        round_to=rule.round_to,
        threshold=rule.threshold,
        least=rule.least,
    )


def read_ledger(path: Path) -> Ledger:
    """The ledger in a file; an empty one where there is no file yet. Raises ValueError when it cannot be read."""
    if not path.exists():
        return Ledger()
    try:
        tables = json.loads(path.read_text(encoding="utf-8"))["tables"]
        return Ledger(tuple(_from_words(words) for words in tables))
    except (ValueError, KeyError, TypeError) as error:
        raise ValueError(
            f"{path.name} is not a ledger of published tables, or is damaged. Restore it from its last copy: without "
            "it nobody can tell what a new release gives away."
        ) from error


def write_ledger(path: Path, ledger: Ledger) -> None:
    """Write the ledger whole or not at all."""
    tables = [{**asdict(table), "withheld": sorted(table.withheld)} for table in ledger.tables]
    words = json.dumps({"tables": tables}, ensure_ascii=False, indent=1)
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_text(words + "\n", encoding="utf-8")
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def _from_words(words: Mapping[str, Any]) -> PublishedTable:
    """One table from its JSON."""
    first, second = words["dimensions"]
    return PublishedTable(
        id=words["id"],
        edition=words["edition"],
        release=words["release"],
        counts=words["counts"],
        dimensions=(first, second),
        rows=tuple(map(tuple, words["rows"])),
        columns=tuple(map(tuple, words["columns"])),
        cells=tuple(map(tuple, words["cells"])),
        withheld=frozenset((int(i), int(j)) for i, j in words["withheld"]),
        fixed={name: tuple(parts) for name, parts in words["fixed"].items()},
        round_to=int(words["round_to"]),
        threshold=int(words["threshold"]),
        least=int(words["least"]),
    )
