"""What a backup takes of the site: which tables, and their rows as lines that read the same from either database."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final
from uuid import UUID

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.duration import duration_iso_string

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
SECRET: Final = "secret"
UPLOADS: Final = "uploads"
# What a new site makes for itself, and the sessions of those who were signed in: they sign in again.
LEFT_OUT: Final = frozenset({"contenttypes", "auth", "sessions", "usersessions"})
CHUNK: Final = 1 << 20


def taken() -> list[type[models.Model]]:
    """Every table that a backup takes, by the name of the table."""
    kept = [m for m in apps.get_models(include_auto_created=True) if m._meta.app_label not in LEFT_OUT]
    return sorted((m for m in kept if m._meta.managed and not m._meta.proxy), key=lambda m: m._meta.db_table)


def tables_are() -> list[str]:
    """Which shape the tables have: the changes that made them, in order."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything as it was at one moment, while others go on writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a reader, who holds no writer up; atomic() would begin as a writer
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def lines(model: type[models.Model]) -> Iterator[bytes]:
    """Each row of a table as a line of JSON, in the order of its key."""
    fields = [f.name for f in model._meta.local_concrete_fields]
    rows: Iterator[models.Model] = models.QuerySet(model).order_by("pk").iterator(chunk_size=1000)
    for row in rows:
        [told] = serializers.serialize("python", [row], fields=fields)
        yield json.dumps(told, default=_plain, ensure_ascii=False).encode() + b"\n"


def _plain(value: object) -> str:
    """A value as JSON can hold it, none of it lost: moments to the microsecond, in one zone."""
    match value:
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return duration_iso_string(value)
        case Decimal() | UUID():
            return str(value)
    raise TypeError(f"{type(value).__name__} cannot be backed up.")


@dataclass(frozen=True)
class Part:
    """What the manifest says of one part of the backup."""

    sha256: str
    size: int
    rows: int | None = None

    @classmethod
    def told(cls, said: Any) -> Part:
        """From the manifest; KeyError, TypeError or ValueError when it does not say it."""
        return cls(str(said["sha256"]), int(said["size"]), None if said.get("rows") is None else int(said["rows"]))

    def saying(self) -> dict[str, object]:
        """For the manifest."""
        return {"sha256": self.sha256, "size": self.size} | ({} if self.rows is None else {"rows": self.rows})


def part_of(pieces: Iterator[bytes], into: IO[bytes] | None = None, *, rows: bool = False) -> Part:
    """What pieces come to, written on their way."""
    digest, size, number = hashlib.sha256(), 0, 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
        number += 1
        if into is not None:
            into.write(piece)
    return Part(digest.hexdigest(), size, number if rows else None)


def pieces(opened: IO[bytes]) -> Iterator[bytes]:
    """A file, a little at a time."""
    while piece := opened.read(CHUNK):
        yield piece


def place_of(model: type[models.Model]) -> str:
    """Where a table's rows are in the zip."""
    return f"tables/{model._meta.db_table}.jsonl"


def inside(name: str) -> bool:
    """Whether an upload's name stays within the folder of uploads."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name and path.parts[:1] == (UPLOADS,)


def uploads(folder: Path) -> list[Path]:
    """Every file that somebody uploaded, in order."""
    return sorted(p for p in (folder / UPLOADS).rglob("*") if p.is_file() and not p.is_symlink())


def entry(name: str) -> zipfile.ZipInfo:
    """A compressed entry of the zip that only its owner may read once unpacked."""
    told = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    told.compress_type, told.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
    return told
