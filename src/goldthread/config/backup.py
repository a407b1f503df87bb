"""Everything that the site holds, as one zip that says of each part what it should be."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

import goldthread
from goldthread.audit.models import Entry
from goldthread.config.copied import (
    FORMAT,
    MANIFEST,
    SECRET,
    Part,
    entry,
    lines,
    one_moment,
    part_of,
    pieces,
    place_of,
    tables_are,
    taken,
    uploads,
)
from goldthread.evidence.trouble import BadRequest, CannotWrite


def back_up(to: Path, *, with_secret: bool = False) -> Mapping[str, Any]:
    """
    Write everything to a zip that is there whole or not at all; returns its manifest.

    The tables are as they were at one moment. Without `with_secret` the key
    that signs sessions and links stays behind. BadRequest where a file lies
    already; CannotWrite when it could not be written.
    """
    if to.exists():
        raise BadRequest(f"{to} is there already. Give a backup a name of its own.")
    beside = to.with_name(f"{to.name}.part")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            with zipfile.ZipFile(out, "w") as archive:
                manifest = _filled(archive, settings.DATA, settings.SECRET_KEY if with_secret else None)
            out.flush()
            os.fsync(out.fileno())
        os.replace(beside, to)
    except OSError as error:
        raise CannotWrite(f"The backup could not be written to {to}: {error.strerror}.") from error
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _filled(archive: zipfile.ZipFile, folder: Path, secret: str | None) -> dict[str, Any]:
    """Put every part into the zip, and last of all what each should be."""
    parts: dict[str, Part] = {}
    with one_moment():
        for model in taken():
            with archive.open(entry(place_of(model)), "w", force_zip64=True) as into:
                parts[place_of(model)] = part_of(lines(model), into, rows=True)
        last = Entry.objects.order_by("-sequence").first()
        shape = tables_are()
    for path in uploads(folder):
        name = path.relative_to(folder).as_posix()
        with path.open("rb") as opened, archive.open(entry(name), "w", force_zip64=True) as into:
            parts[name] = part_of(pieces(opened), into)
    if secret is not None:
        with archive.open(entry(SECRET), "w") as into:
            parts[SECRET] = part_of(iter([secret.encode()]), into)
    manifest = {
        "format": FORMAT,
        "goldthread": goldthread.__version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "tables_are": shape,
        "head": {"sequence": last.sequence, "digest": last.digest} if last else None,
        "parts": {name: part.saying() for name, part in parts.items()},
    }
    archive.writestr(entry(MANIFEST), json.dumps(manifest, ensure_ascii=False, indent=1))
    return manifest
