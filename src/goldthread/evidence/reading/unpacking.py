"""A file's own bytes, out of its gz or zip, within limits that no honest file reaches."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from typing import IO, Any

from goldthread.evidence.reading.finding import MOST_RATIO, RATIO_MATTERS_FROM, Found
from goldthread.evidence.trouble import Trouble

CHUNK = 1 << 20
MOST_BYTES = 4 * 1024**3


class _Digesting:
    """Passes bytes through and remembers their SHA-256 and number: the file as sent, not as unpacked."""

    def __init__(self, raw: IO[bytes]) -> None:
        self.raw = raw
        self.digest = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1) -> bytes:
        piece = self.raw.read(size)
        self.digest.update(piece)
        self.size += len(piece)
        return piece

    def finish(self) -> None:
        while self.read(CHUNK):
            pass


def _unpacked(found: Found, source: Any) -> bytes:
    pieces: list[bytes] = []
    total = 0
    while piece := source.read(CHUNK):
        total += len(piece)
        if total > MOST_BYTES:
            raise Trouble(f"{found.name} unpacks to more than 4 GB. Send it month by month.")
        pieces.append(piece)
    return b"".join(pieces)


def content_of(found: Found) -> tuple[bytes, str, int]:
    """
    A file's bytes unpacked, the SHA-256 of the file as it was sent, and its size as sent.

    Raises Trouble when it cannot be read, is cut off, or swells as no honest
    file does.
    """
    try:
        if found.member:
            with zipfile.ZipFile(found.path) as archive, archive.open(found.member) as raw:
                return _through(found, _Digesting(raw))
        with found.path.open("rb") as raw:
            return _through(found, _Digesting(raw))
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Trouble(f"{found.name} is cut off or damaged and could not be unpacked. Send it again.") from error
    except OSError as error:
        raise Trouble(f"{found.name} could not be read ({error.strerror or 'damaged'}). Send it again.") from error


def _through(found: Found, digesting: _Digesting) -> tuple[bytes, str, int]:
    if not found.gzipped:
        data = _unpacked(found, digesting)
    else:
        with gzip.GzipFile(fileobj=digesting) as inner:  # type: ignore[call-overload]
            data = _unpacked(found, inner)
        digesting.finish()
        if len(data) > RATIO_MATTERS_FROM and len(data) / max(digesting.size, 1) > MOST_RATIO:
            raise Trouble(f"{found.name} swells {len(data) // digesting.size} times when unpacked. It was not read.")
    return data, digesting.digest.hexdigest(), digesting.size
