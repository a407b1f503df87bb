"""Published files fetched into a folder, with a record beside them of what each is and where it came from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from goldthread.evidence.fetching.asking import PATIENT, DownloadFailed, Passing, Patience, read_page
from goldthread.evidence.fetching.downloads import Progress, cannot_write, digests, download, no_progress
from goldthread.evidence.fetching.layers import fetch_layer, fetch_nomis
from goldthread.evidence.fetching.sources import Source
from goldthread.evidence.trouble import BadRequest

RECORD = "fetched.json"


@dataclass(frozen=True)
class Fetched:
    """What became of one source: "fetched", "already there", "by hand" or "failed", and what has to be said of it."""

    name: str
    file: str
    title: str
    publisher: str
    licence: str
    address: str
    outcome: str
    bytes: int = 0
    sha256: str = ""
    fetched_at: str = ""
    note: str = ""


def _now() -> datetime:
    return datetime.now(UTC)


def fetch(
    sources: Iterable[Source],
    to: Path,
    *,
    again: bool = False,
    patience: Patience = PATIENT,
    progress: Progress = no_progress,
    now: Callable[[], datetime] = _now,
) -> list[Fetched]:
    """Bring these sources into this folder. One that fails does not stop the others; see `failures`.

    A file that is there already and as it was recorded is not fetched again, unless `again`. `fetched.json` records
    of each file its address, licence, size, SHA-256 and time, so that a later fetch can say what has changed.
    Raises `BadRequest` when `to` is a file and `CannotWrite` when it cannot be written.
    """
    if to.exists() and not to.is_dir():
        raise BadRequest(f"{to} is a file. Name a folder to fetch into.")
    record = _read_record(to)
    done = []
    for source in sources:
        try:
            fetched = _fetch_one(source, to, record.get(source.file, {}), again, patience, progress, now)
        except DownloadFailed as problem:
            fetched = _about(source, "failed", note=str(problem))
        done.append(fetched)
        if fetched.outcome == "fetched":
            record[source.file] = asdict(fetched)
            _write_record(to, record)
    return done


def failures(fetched: Iterable[Fetched]) -> list[str]:
    """What could not be fetched, one sentence each; empty when all went well."""
    return [f.note for f in fetched if f.outcome == "failed"]


def _about(source: Source, outcome: str, **more: object) -> Fetched:
    fixed = (source.name, source.file, source.title, source.publisher, source.licence, source.address)
    return Fetched(*fixed, outcome, **more)  # type: ignore[arg-type]


def _fetch_one(
    source: Source,
    to: Path,
    before: dict[str, object],
    again: bool,
    patience: Patience,
    progress: Progress,
    now: Callable[[], datetime],
) -> Fetched:
    path = to / source.file
    if source.way == "by hand":
        return _about(source, "by hand", note=f"{source.title} has to be downloaded in a browser, from {source.page}")
    if path.is_file() and not again:
        sha256, _ = digests(path)
        if not before or sha256 == before.get("sha256"):
            return _about(source, "already there", bytes=path.stat().st_size, sha256=sha256)
    note = _bring(source, path, patience, progress)
    sha256, md5 = digests(path)
    if source.checksum_page:
        note = _published(source, md5, patience)
    if before and before.get("sha256") != sha256:
        note = " ".join(filter(None, [note, f"It differs from what was fetched at {before.get('fetched_at')}."]))
    return _about(
        source,
        "fetched",
        bytes=path.stat().st_size,
        sha256=sha256,
        fetched_at=now().isoformat(timespec="seconds"),
        note=note,
    )


def _bring(source: Source, path: Path, patience: Patience, progress: Progress) -> str:
    """Fetch by the source's own way, and return what has to be said of it."""
    if source.paged is None:
        download(source.address, path, source.expected, patience, progress)
        return ""
    bring = fetch_nomis if source.way == "nomis" else fetch_layer
    return f"{bring(source.paged, path, patience, progress):,} rows."


def _published(source: Source, md5: str, patience: Patience) -> str:
    """Is this checksum on the page where the publisher gives them? Said, and never held against a whole file."""
    try:
        page = patience.through(source.checksum_page, lambda: read_page(source.checksum_page, patience))
    except (DownloadFailed, Passing):
        return f"Its MD5 is {md5}; the publisher's page of checksums could not be read."
    if md5 in page.decode("utf-8", "replace").lower():
        return f"Its MD5, {md5}, is the one that the publisher gives."
    return f"Its MD5, {md5}, is not on the publisher's page of checksums; look there before relying on it."


def _read_record(to: Path) -> dict[str, dict[str, object]]:
    try:
        kept = json.loads((to / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(k): v for k, v in kept.items() if isinstance(v, dict)} if isinstance(kept, dict) else {}


def _write_record(to: Path, record: dict[str, dict[str, object]]) -> None:
    half = to / (RECORD + ".half")
    try:
        half.write_text(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False), encoding="utf-8")
        half.replace(to / RECORD)
    except OSError as problem:
        raise cannot_write(to / RECORD, problem) from problem
