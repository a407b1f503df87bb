"""Published reference tables in a folder: which are there, and what an assessment lacks without the others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from goldthread.evidence.places.finding import Found, cache_folder, find_tables
from goldthread.evidence.places.tables import BY_NAME
from goldthread.evidence.trouble import BadRequest

VARIABLE = "GOLDTHREAD_REFERENCE"

# What the assessment cannot say without a table of this kind, in the words of the sources section.
_LACKS: dict[str, str] = {
    "changes": "rows with 2011 LSOA codes cannot be placed in 2021 LSOAs, and parts of authorities cannot be told",
    "wards": "wards and the names of LSOAs are not known, and rows are placed by the LSOA names that they carry",
    "population by year": "no rate per 1,000 residents can be given for small areas",
    "households": "no rate per 1,000 households can be given",
    "deprivation 2021": "deprivation cannot be compared",
    "rural": "rural and urban places cannot be told apart",
    "centroids": "rows of an LSOA that was split keep their authority and lose their small area",
    "lsoa shapes": "no map of LSOAs can be drawn, and rows with a point and no LSOA cannot be placed",
    "authority shapes": "neighbouring authorities cannot be drawn",
    "authority ages": "similar areas are worked out without age and population",
    "authority ethnicity": "similar areas are worked out without ethnic group",
    "recorded crime": "police recorded crime cannot be compared with ONS table C2",
}
_INSTEAD: dict[str, tuple[str, ...]] = {
    "population by year": ("population",),
    "deprivation 2021": ("deprivation 2011",),
    "authority ages": ("authority ages by row",),
}


class NoReference(BadRequest):
    """The reference folder that was named is not there, or what was asked cannot be told without one."""


class Reference:
    """Which published tables does this folder hold, and how are they read?

    Tables are known by their columns, so files keep their publishers' names and may lie in folders. With no
    folder (or an empty one) every question is answered with "not there", and `lacking` says what that costs.
    """

    def __init__(self, folder: Path | None) -> None:
        if folder is not None and not folder.is_dir():
            raise NoReference(f"The reference folder {folder} is not there. Name a folder that holds published tables.")
        self.folder = folder

    @cached_property
    def found(self) -> dict[str, list[Found]]:
        """Every reference table of the folder, by kind, the newest edition first."""
        return find_tables(self.folder) if self.folder is not None else {}

    def has(self, kind: str) -> bool:
        """Is there a table of this kind?"""
        return bool(self.found.get(kind))

    def best(self, kind: str) -> Found | None:
        """The newest table of this kind, if there is one."""
        tables = self.found.get(kind)
        return tables[0] if tables else None

    def sql(self, kind: str, roles: Sequence[str]) -> str | None:
        """A SELECT over the table(s) of this kind, with these columns as text; None when there is no table.

        A column that a table does not have is NULL. Files that belong together are read together.
        """
        tables = self.found.get(kind, [])
        if not BY_NAME[kind].together:
            tables = tables[:1]
        selects = [_select(table, roles) for table in tables]
        return " UNION ALL ".join(selects) if selects else None

    @property
    def lacking(self) -> list[str]:
        """What cannot be said for want of a table, one sentence each."""
        gaps = [k for k in _LACKS if not self.has(k) and not any(self.has(i) for i in _INSTEAD.get(k, ()))]
        return [f"No table of “{BY_NAME[k].title}” was given: {_LACKS[k]}." for k in gaps]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """What was used, for the provenance: the title of each kind and the names of its files."""
        named = []
        for kind, tables in sorted(self.found.items()):
            used = tables if BY_NAME[kind].together or "geometry" in BY_NAME[kind].needs else tables[:1]
            named.append((BY_NAME[kind].title, ", ".join(t.path.name for t in used)))
        return named


def open_reference(folder: Path | None = None) -> Reference:
    """The reference tables to use: the folder named, or GOLDTHREAD_REFERENCE, or what was fetched, or none.

    Raises `NoReference` when the folder that was named is not there.
    """
    if folder is not None:
        return Reference(folder)
    named = os.environ.get(VARIABLE)
    if named:
        return Reference(Path(named))
    fetched = fetched_reference()
    return Reference(fetched if fetched.is_dir() else None)


def fetched_reference() -> Path:
    """Where `goldthread fetch reference` puts the tables."""
    return cache_folder() / "reference"


def text(value: str) -> str:
    """This value as an SQL string."""
    return "'" + value.replace("'", "''") + "'"


def name(value: str) -> str:
    """This heading as an SQL name."""
    return '"' + value.replace('"', '""') + '"'


def scan(table: Found) -> str:
    """The SQL that reads this CSV or Parquet file, every column as text for CSV."""
    # A file's own brackets would be read as a pattern; "?" matches any one letter, and so itself.
    path = text("".join("?" if letter in "[]*" else letter for letter in str(table.path)))
    if table.form == "parquet":
        return f"read_parquet({path})"
    headings = ", ".join(f"{text(heading)}: 'VARCHAR'" for heading in _unique(table.heading))
    return (
        f"read_csv({path}, header=true, auto_detect=false, delim=',', quote='\"', escape='\"', skip={table.skip}, "
        f"null_padding=true, strict_mode=false, columns={{{headings}}})"
    )


def _select(table: Found, roles: Sequence[str]) -> str:
    columns = [f"{name(table.columns[r])} AS {name(r)}" if r in table.columns else f"NULL AS {name(r)}" for r in roles]
    return f"SELECT {', '.join(columns)} FROM {scan(table)}"


def _unique(heading: Sequence[str]) -> list[str]:
    """Headings that can be columns: an empty or repeated one gets a number."""
    seen: set[str] = set()
    unique = []
    for i, h in enumerate(heading):
        unique.append(h if h and h not in seen else f"{h or 'column'} {i}")
        seen.add(unique[-1])
    return unique
