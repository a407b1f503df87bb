"""`goldthread evidence` and `goldthread thread`: what was received, and what a figure rests on."""

from __future__ import annotations

import json as reading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from goldthread.cli.options import Json
from goldthread.cli.telling import as_json, show_table, tell
from goldthread.evidence.periods import Month
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:  # what a command needs is imported when it runs, so that help and completion come at once
    from goldthread.chapters.threading import Thread
    from goldthread.evidence.store import Evidence

KEYS = ("name", "feed", "rows", "kept", "refused", "other_area", "sha256")
PARTS = ("fingerprint", "area", "period", "chapters", "figures", "findings", "recommendations")


def _answer(evidence: Evidence) -> dict[str, Any]:
    """What `--json` promises to programs, and nothing that it does not."""
    files = evidence.rows(f"SELECT {', '.join(KEYS)} FROM files ORDER BY file")
    counts = evidence.rows(
        "SELECT series, month, sum(n) FROM counts WHERE month IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    told = evidence.provenance
    return {
        "fingerprint": evidence.fingerprint,
        "area": {"code": told["area_code"], "name": told["area"]},
        "period": str(evidence.period),
        "files": [dict(zip(KEYS, row, strict=True)) for row in files],
        "counts": [{"series": s, "month": str(Month.of(m)), "n": int(n)} for s, m, n in counts],
        "missing_months": sorted({str(Month.of(month)) for _, _, month in evidence.missing()}),
    }


def _describe(evidence: Evidence) -> None:
    told = evidence.provenance
    tell(f"{told['area']} ({told['area_code']}), {evidence.period}\nFingerprint {evidence.fingerprint}")
    headings = ("File", "Feed", "Rows", "Kept", "Refused", "Other area", "No place", "To be known")
    files = evidence.rows(
        "SELECT name, coalesce(feed, 'not recognised'), rows, kept, refused, other_area, no_place, note FROM files "
        "ORDER BY file"
    )
    show_table(headings, [(n, f, *(f"{k:,}" for k in numbers), note) for n, f, *numbers, note in files])
    missing: dict[str, list[str]] = {}
    for feed, _, month in evidence.missing():
        missing.setdefault(feed, []).append(str(Month.of(month)))
    for feed, months in missing.items():
        tell(f"Missing from {feed}: {', '.join(months)}")
    for lacking in reading.loads(told.get("lacking", "[]")):
        tell(str(lacking))


def evidence(
    file: Annotated[Path, typer.Argument(help="An evidence.duckdb that `goldthread assess` made.")],
    json: Json = False,
) -> None:
    """
    What an evidence file holds: its fingerprint, files, counts and missing months.

    Example: goldthread evidence assessment/evidence.duckdb --json
    """
    from goldthread.evidence.store import Evidence

    with Evidence(file) as opened:
        if json:
            as_json(_answer(opened))
        else:
            _describe(opened)


def _record(folder: Path) -> dict[str, Any]:
    path = folder / "assessment.json"
    if not path.is_file():
        raise BadRequest(f"There is no assessment in {folder}. `goldthread assess` writes one there.")
    try:
        record = reading.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise BadRequest(f"{path} is not an assessment that Goldthread wrote.") from error
    if not isinstance(record, dict) or any(part not in record for part in PARTS):
        raise BadRequest(f"{path} is not an assessment that Goldthread wrote.")
    return record


def _show(thread: Thread) -> None:
    for label, text in thread.told:
        tell(f"{label}: {text}")
    if thread.files:
        show_table(("File", "Feed", "Rows behind it", "Lines"), [(n, f, f"{k:,}", at) for n, f, k, at in thread.files])


def thread(
    name: Annotated[str, typer.Argument(metavar="ID", help="A figure or finding, such as burglary.change.")],
    folder: Annotated[Path, typer.Option("--in", help="The folder that `goldthread assess` wrote to.")] = Path(),
    json: Json = False,
) -> None:
    """
    Follow a figure or finding both ways: its question, evidence and rows, and what rests on it.

    Example: goldthread thread burglary.change --in assessment
    """
    from goldthread.chapters.threading import follow
    from goldthread.evidence.store import Evidence

    record = _record(folder)
    with Evidence(folder / "evidence.duckdb") as opened:
        found = follow(name, record, opened)
    if json:
        as_json(found.as_told())
    else:
        _show(found)
