"""A backup put back into an empty site: checked part by part, and there whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DataError, IntegrityError, connection, models, transaction

from goldthread.audit.chain import verify
from goldthread.config.copied import (
    FORMAT,
    MANIFEST,
    SECRET,
    UPLOADS,
    Part,
    inside,
    lines,
    part_of,
    pieces,
    place_of,
    tables_are,
    taken,
)
from goldthread.evidence.trouble import BadRequest, CannotWrite, Trouble

BATCH = 500
DO_NOT_FIT = (
    DeserializationError,
    FieldDoesNotExist,
    ValidationError,
    IntegrityError,
    DataError,
    ValueError,
    TypeError,
)


@dataclass(frozen=True)
class Manifest:
    """What a backup says it holds."""

    version: str
    tables_are: list[str]
    head: tuple[int, str] | None
    parts: Mapping[str, Part]


def restore(path: Path) -> Manifest:
    """
    Put a backup back; returns what it held.

    BadRequest when the site is not empty or its tables have another shape;
    Trouble when the zip is not as it was made; CannotWrite when there is no
    room. Whatever is raised, the site is as empty as it was.
    """
    if any(models.QuerySet(model).exists() for model in taken()) or _any_upload(settings.DATA):
        raise BadRequest(
            "The site is not empty, and a backup is put back into an empty one. Name a new GOLDTHREAD_DATA."
        )
    with _opened(path) as archive:
        manifest = _manifest(archive, path)
        if manifest.tables_are != tables_are():
            raise BadRequest(
                f"The backup was made by Goldthread {manifest.version}, whose tables had another shape. Restore it "
                "with that version; starting this one afterwards brings the tables up to date."
            )
        _every_part_holds(archive, manifest, path)
        _put_back(archive, manifest, settings.DATA, path)
    return manifest


def _any_upload(folder: Path) -> bool:
    return any(p.is_file() for p in (folder / UPLOADS).rglob("*"))


def _altered(path: Path, what: str) -> Trouble:
    return Trouble(f"{path} is not as it was made: {what}. Nothing was put back. Use another copy of it.")


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except FileNotFoundError as error:
        raise BadRequest(f"There is no backup called {path}.") from error
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise _altered(path, "it is damaged or was cut short") from error
    except OSError as error:
        raise CannotWrite(f"The backup could not be put back: {error.strerror}. Nothing was put back.") from error


def _manifest(archive: zipfile.ZipFile, path: Path) -> Manifest:
    try:
        told = json.loads(archive.read(MANIFEST))
        if told["format"] != FORMAT:
            raise BadRequest(f"{path} was made by a newer Goldthread, {told['goldthread']}. Restore it with that one.")
        head = told["head"]
        return Manifest(
            version=str(told["goldthread"]),
            tables_are=[str(name) for name in told["tables_are"]],
            head=(int(head["sequence"]), str(head["digest"])) if head else None,
            parts={str(name): Part.told(said) for name, said in told["parts"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _altered(path, "it has no manifest that can be read") from error


def _every_part_holds(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Compare every part with what the manifest says of it, before anything is written."""
    if sorted(archive.namelist()) != sorted([MANIFEST, *manifest.parts]):
        raise _altered(path, "a part is missing, or one was put in")
    tables = {place_of(model) for model in taken()}
    if not tables <= set(manifest.parts):
        raise _altered(path, "a table is missing")
    for name, said in manifest.parts.items():
        if name not in tables and name != SECRET and not inside(name):
            raise _altered(path, "a part has a name that no backup gives")
        with archive.open(name) as opened:
            read = opened if name in tables else pieces(opened)
            if archive.getinfo(name).file_size != said.size or part_of(iter(read), rows=name in tables) != said:
                raise _altered(path, f"{name} was altered")


def _put_back(archive: zipfile.ZipFile, manifest: Manifest, folder: Path, path: Path) -> None:
    """Write tables, uploads and secret; when anything fails, none of them."""
    beside, place = folder / f"{UPLOADS}.part", folder / UPLOADS
    shutil.rmtree(beside, ignore_errors=True)
    try:
        with transaction.atomic():
            _fill_tables(archive, path)
            _compare(archive, manifest, path)
            _unpack(archive, manifest, beside)
            if beside.exists():
                shutil.rmtree(place, ignore_errors=True)
                os.replace(beside, place)
            if SECRET in manifest.parts:
                _keep_secret(archive, folder / SECRET)
    except DO_NOT_FIT as error:
        shutil.rmtree(place, ignore_errors=True)
        raise _altered(path, "its rows do not fit the tables") from error
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _fill_tables(archive: zipfile.ZipFile, path: Path) -> None:
    for model in taken():
        with archive.open(place_of(model)) as opened:
            while rows := [_row(line, model, path) for line in islice(opened, BATCH)]:
                made: list[Any] = [each.object for each in serializers.deserialize("python", rows)]
                models.QuerySet(model).bulk_create(made)
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), taken()):
            cursor.execute(statement)


def _row(line: bytes, model: type[models.Model], path: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(line)
    if told.get("model") != model._meta.label_lower:
        raise _altered(path, f"{place_of(model)} holds another table's rows")
    return told


def _compare(archive: zipfile.ZipFile, manifest: Manifest, path: Path) -> None:
    """Read every row back out of the tables: it must be what the backup holds, and so must the record."""
    connection.check_constraints()
    for model in taken():
        with archive.open(place_of(model)) as opened:
            for written, read in zip_longest(opened, lines(model)):
                # As values, since one database keeps JSON as it was written and the other in an order of its own.
                if written is None or read is None or json.loads(written) != json.loads(read):
                    raise _altered(path, f"{place_of(model)} does not read back as it was written")
    if verify(manifest.head).breaks:
        raise _altered(path, "the chain of its record does not hold")


def _unpack(archive: zipfile.ZipFile, manifest: Manifest, beside: Path) -> None:
    for name in manifest.parts:
        if inside(name):
            target = beside / Path(name).relative_to(UPLOADS)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as opened, target.open("wb") as out:
                _copy(opened, out)


def _copy(opened: IO[bytes], out: IO[bytes]) -> None:
    shutil.copyfileobj(opened, out)
    out.flush()
    os.fsync(out.fileno())


def _keep_secret(archive: zipfile.ZipFile, path: Path) -> None:
    """In the place of the one that the empty site made for itself, readable by its owner alone."""
    beside = path.with_name(f"{path.name}.part")
    out = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with archive.open(SECRET) as opened, os.fdopen(out, "wb") as written:
        _copy(opened, written)
    os.replace(beside, path)
