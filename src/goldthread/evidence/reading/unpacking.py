"""A file's own bytes, out of its gz or zip, within limits that no honest file reaches."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import IO, Protocol

from goldthread.evidence.reading.finding import MOST_RATIO, RATIO_MATTERS_FROM, Found
from goldthread.evidence.trouble import Trouble

CHUNK = 1 << 20
MOST_AT_ONCE = 16 << 20
MOST_BYTES = 4 * 1024**3


class _Source(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...


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


def _together(found: Found, pieces: Iterable[bytes]) -> bytes:
    kept: list[bytes] = []
    total = 0
    for piece in pieces:
        total += len(piece)
        if total > MOST_BYTES:
            raise Trouble(f"{found.name} unpacks to more than 4 GB. Send it month by month.")
        kept.append(piece)
    return kept[0] if len(kept) == 1 else b"".join(kept)


def _pieces(source: _Source) -> Iterator[bytes]:
    while piece := source.read(CHUNK):
        yield piece


def _gunzipped(source: _Source) -> Iterator[bytes]:
    """What a gz holds, a bounded piece at a time: the library's own reader takes twice as long, in small pieces."""
    unpack = None
    for packed in _pieces(source):
        while packed:
            if unpack is None:
                packed = packed.lstrip(b"\0")  # what some tapes and tools pad with
                if not packed:
                    break
                unpack = zlib.decompressobj(zlib.MAX_WBITS | 16)
            if piece := unpack.decompress(packed, MOST_AT_ONCE):
                yield piece
            packed = unpack.unconsumed_tail
            if unpack.eof:
                packed, unpack = unpack.unused_data, None
    if unpack is not None:
        raise EOFError


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
    except (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise Trouble(f"{found.name} is cut off or damaged and could not be unpacked. Send it again.") from error
    except OSError as error:
        raise Trouble(f"{found.name} could not be read ({error.strerror or 'damaged'}). Send it again.") from error


def _through(found: Found, digesting: _Digesting) -> tuple[bytes, str, int]:
    if not found.gzipped:
        data = _together(found, _pieces(digesting))
    else:
        data = _together(found, _gunzipped(digesting))
        if len(data) > RATIO_MATTERS_FROM and len(data) / max(digesting.size, 1) > MOST_RATIO:
            raise Trouble(f"{found.name} swells {len(data) // digesting.size} times when unpacked. It was not read.")
    return data, digesting.digest.hexdigest(), digesting.size
