"""One file brought whole from its publisher: gone on with where it broke off, checked, and only then named."""

from __future__ import annotations

import errno
import hashlib
import json
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from urllib.error import HTTPError

from goldthread.evidence.fetching.asking import PATIENT, DownloadFailed, Passing, Patience, ask, host_of
from goldthread.evidence.trouble import CannotWrite

CHUNK = 256 * 1024
Progress = Callable[[str, int, int | None], None]  # the file's name, bytes so far, bytes in all where known


@dataclass(frozen=True)
class Expected:
    """What must be true of a file before it is believed: its least size, its kind and its published checksum."""

    least_bytes: int = 1
    kind: str = ""  # "zip", "csv", "json" or nothing in particular
    sha256: str = ""
    md5: str = ""


ANYTHING = Expected()


def no_progress(name: str, done: int, whole: int | None) -> None:
    """The progress that nobody is told of."""


def download(
    address: str,
    to: Path,
    expected: Expected = Expected(),
    patience: Patience = PATIENT,
    progress: Progress = no_progress,
) -> str:
    """Bring this address into this file, and return its SHA-256.

    What has come lies in `NAME.part`, with `NAME.part.json` saying of which version it is; a later call goes on from
    there, if the publisher still has that version. The file takes its name only when it is whole and as expected.
    Raises `DownloadFailed` with one sentence, and `CannotWrite` when the disk is full or the folder is not ours.
    """
    part, version = to.with_name(to.name + ".part"), to.with_name(to.name + ".part.json")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        patience.through(to.name, lambda: _attempt(address, part, version, patience, progress, to.name))
        digest = _check(part, version, to.name, expected)
        part.replace(to)
        version.unlink(missing_ok=True)
    except DownloadFailed:
        raise
    except OSError as problem:
        raise cannot_write(to, problem) from problem
    return digest


def cannot_write(to: Path, problem: OSError) -> CannotWrite:
    """What to say when a file that was fetched cannot be written."""
    if problem.errno == errno.ENOSPC:
        return CannotWrite(
            f"The disk is full, so {to.name} stops short. Make room and fetch again; it goes on from there."
        )
    return CannotWrite(f"{to.parent} cannot be written: {problem.strerror or problem}.")


def _attempt(address: str, part: Path, version: Path, patience: Patience, progress: Progress, name: str) -> None:
    """Ask for what is still wanted and add it. Raises `Passing` when it breaks off."""
    before = part.stat().st_size if part.is_file() else 0
    tag = _remembered(version) if before else ""
    have = before if tag else 0
    headers = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
    try:
        with ask(address, patience, headers) as answer:
            start, whole = _where(answer, have)
            _refuse_page(answer, address)
            _make_room(part, None if whole is None else whole - start)
            version.write_text(json.dumps({"version": _tag(answer)}), encoding="utf-8")
            done, ended = _add(answer, part, start, lambda done: progress(name, done, whole))
    except HTTPError as problem:  # 416: there is nothing after what we have, or what we have is of another version
        whole_size = re.fullmatch(r"bytes \*/(\d+)", problem.headers.get("Content-Range", ""))
        if whole_size is not None and int(whole_size[1]) == have:
            return
        part.unlink(missing_ok=True)
        raise Passing(f"{host_of(address)} has another version of the file") from problem
    if not ended or (whole is not None and done < whole):
        # Only what is further than any try before counts as getting on: a publisher that always starts again and
        # always breaks off would otherwise be asked for ever.
        raise Passing(f"{host_of(address)} broke off", got_on=done - before >= CHUNK)


def _add(answer: HTTPResponse, part: Path, start: int, tell: Callable[[int], None]) -> tuple[int, bool]:
    """Write what comes after `start`. Returns how many bytes there are now, and whether it came to its end."""
    done = start
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        file.truncate()
        tell(done)
        try:
            while chunk := answer.read(CHUNK):
                file.write(chunk)
                done += len(chunk)
                tell(done)
        except (TimeoutError, ConnectionError, HTTPException):
            return done, False
    return done, True


def _where(answer: HTTPResponse, have: int) -> tuple[int, int | None]:
    """From which byte does this answer go on, and how many are there in all? From the first, if it ignores us."""
    length = answer.headers.get("Content-Length", "")
    whole = int(length) if length.isdigit() else None
    if answer.status != 206:
        return 0, whole
    told = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", answer.headers.get("Content-Range", ""))
    if told is None or int(told[1]) != have:
        raise Passing("the publisher answered with another part of the file than was asked for")
    return have, int(told[2]) if told[2] != "*" else (None if whole is None else have + whole)


def _refuse_page(answer: HTTPResponse, address: str) -> None:
    if answer.headers.get_content_type() == "text/html":
        raise DownloadFailed(_page_sentence(host_of(address)))


def _page_sentence(who: str) -> str:
    return (
        f"{who} sent a web page in place of the file. It may have moved, or a network may want a sign-in; "
        "open the address of definitions/sources.yaml in a browser to see."
    )


def _make_room(part: Path, wanted: int | None) -> None:
    if wanted is not None and shutil.disk_usage(part.parent).free < wanted:
        raise OSError(errno.ENOSPC, "No space left on device")


def _tag(answer: HTTPResponse) -> str:
    """What names this version of the file, for going on with it: a strong ETag, else the time it was changed."""
    tag = answer.headers.get("ETag", "")
    return tag if tag and not tag.startswith("W/") else answer.headers.get("Last-Modified", "")


def _remembered(version: Path) -> str:
    try:
        return str(json.loads(version.read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def digests(path: Path) -> tuple[str, str]:
    """The SHA-256 and the MD5 of this file (police.uk publishes the second)."""
    sha256, md5 = hashlib.sha256(), hashlib.md5(usedforsecurity=False)
    with path.open("rb") as file:
        while chunk := file.read(4 * CHUNK):
            sha256.update(chunk)
            md5.update(chunk)
    return sha256.hexdigest(), md5.hexdigest()


def _check(part: Path, version: Path, name: str, expected: Expected) -> str:
    """Hold what came to what was expected; what fails is thrown away, since going on with it could not mend it."""
    sha256, md5 = digests(part)
    fault = _fault(part, expected, sha256, md5)
    if fault:
        part.unlink(missing_ok=True)
        version.unlink(missing_ok=True)
        raise DownloadFailed(f"{name} came, but {fault}. It was thrown away; try again later.")
    return sha256


def _fault(part: Path, expected: Expected, sha256: str, md5: str) -> str:
    size = part.stat().st_size
    with part.open("rb") as file:
        start = file.read(512).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "it is a web page and not the file"
    if size < expected.least_bytes:
        return f"it is far too short ({size:,} bytes, where at least {expected.least_bytes:,} were expected)"
    if expected.kind == "zip" and not zipfile.is_zipfile(part):
        return "it is not a whole zip file"
    if expected.kind == "json" and not start.startswith((b"{", b"[")):
        return "it is not JSON"
    if expected.sha256 and sha256 != expected.sha256.lower():
        return "its SHA-256 is not the one expected"
    if expected.md5 and md5 != expected.md5.lower():
        return "its MD5 is not the one the publisher gives"
    return ""
