"""Which files were given: files, folders and zips become a list of tables to read, each with its name."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from goldthread.evidence.trouble import NothingToRead, Trouble

# The old workbooks at the end are not read, but are named with the reason, as no other kind of file is.
TABLES = {".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".ods", ".xls", ".xlsb"}
MADE_HERE = ("evidence.duckdb", "assessment.json")  # together in a folder, they say that Goldthread wrote it

# A police.uk archive of the whole country for three years is about 12 GB unpacked, at a ratio of about 5.
MOST_UNPACKED = 40 * 1024**3
MOST_RATIO = 200
RATIO_MATTERS_FROM = 50 * 1024**2


@dataclass(frozen=True)
class Found:
    """
    A file to read: where it is, and the name it goes by.

    `member` is its name inside a zip. `name` is relative to what was given,
    so that the same files give the same evidence wherever they lie.
    """

    path: Path
    name: str
    member: str = ""

    @property
    def ending(self) -> str:
        """What kind of table it says it is, looking through .gz."""
        endings = [s.lower() for s in PurePosixPath(self.member or self.path.name).suffixes]
        if endings[-1:] == [".gz"]:
            endings = endings[:-1] or [".csv"]
        return endings[-1] if endings else ""

    @property
    def gzipped(self) -> bool:
        """Whether it has to be gunzipped."""
        return (self.member or self.path.name).lower().endswith(".gz")


def swells(unpacked: int, packed: int) -> bool:
    """Whether something would unpack to more than any honest file does, for its size."""
    return unpacked > MOST_UNPACKED or (unpacked > RATIO_MATTERS_FROM and unpacked / max(packed, 1) > MOST_RATIO)


def _in_zip(path: Path, name: str) -> Iterator[Found]:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = [e for e in archive.infolist() if not e.is_dir()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Trouble(
            f"{name} is not a whole zip file; it may have been cut off. Download or send it again."
        ) from error
    unpacked = sum(e.file_size for e in entries)
    if swells(unpacked, sum(e.compress_size for e in entries)):
        raise Trouble(
            f"{name} would unpack to {unpacked / 1024**3:.1f} GB, which no partner's file does. It was not opened."
        )
    for entry in sorted(entries, key=lambda e: e.filename):
        found = Found(path, f"{name}/{entry.filename}", entry.filename)
        hidden = any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(entry.filename).parts)
        if found.ending in TABLES and not hidden:
            yield found


def _in_folder(folder: Path) -> list[tuple[Path, str]]:
    """Its files, in order; what is hidden, and what Goldthread itself wrote there, is no partner's."""
    found: list[Path] = []
    seen: set[str] = set()
    for here, folders, names in os.walk(folder, onerror=_cannot_look, followlinks=True):
        where = os.path.realpath(here)
        if where in seen or all(made in names for made in MADE_HERE):
            folders.clear()
            continue
        seen.add(where)
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [path for name in names if not name.startswith(".") and (path := Path(here, name)).is_file()]
    return [(path, path.relative_to(folder).as_posix()) for path in sorted(found)]


def _cannot_look(error: OSError) -> None:
    raise Trouble(f"The folder {error.filename} could not be looked into ({error.strerror}).") from error


def _one(path: Path, name: str) -> Iterator[Found]:
    if path.suffix.lower() == ".zip":
        yield from _in_zip(path, name)
    else:
        found = Found(path, name)
        if found.ending in TABLES:
            yield found


def find_files(paths: Sequence[Path]) -> tuple[list[Found], list[str]]:
    """
    The tables in these files, folders and zips, in order, and the names of what was left aside.

    A file that is named is always tried; inside folders and zips only files
    that can be tables are. Raises NothingToRead when there is none, and
    Trouble for a path that is not there or a zip that is cut off.
    """
    tables: dict[tuple[str, str], Found] = {}
    aside: list[str] = []
    for path in paths:
        if not path.exists():
            raise Trouble(f"There is no file or folder called {path}. Check the spelling, or give the whole path.")
        if not path.is_dir() and not path.is_file():
            raise Trouble(f"{path} is neither a file nor a folder. Give files that are kept on disk.")
        given = _in_folder(path) if path.is_dir() else [(path, path.name)]
        for each, name in given:
            found = list(_one(each, name)) or ([Found(each, name)] if not path.is_dir() else [])
            aside += [] if found else [name]
            tables |= {(str(f.path.resolve()), f.member): f for f in found}
    if not tables:
        what = f" It holds {len(aside)} files of other kinds, such as {aside[0]}." if aside else ""
        raise NothingToRead(
            f"No table was found in {', '.join(str(p) for p in paths)}.{what} "
            "Give CSV, TSV, XLSX or ODS files, or a folder or zip of them."
        )
    return list(tables.values()), aside
