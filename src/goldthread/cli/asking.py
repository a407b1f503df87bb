"""`goldthread evidence` and `goldthread thread`: what was received, and what a figure rests on."""

from __future__ import annotations

import json as reading
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from goldthread.chapters.threading import Thread, follow
from goldthread.cli.options import Json
from goldthread.cli.telling import as_json, to_output
from goldthread.evidence.periods import Month
from goldthread.evidence.store import Evidence
from goldthread.evidence.trouble import BadRequest

KEYS = ("name", "feed", "rows", "kept", "refused", "other_area", "sha256")
MORE = ("no_place", "superseded", "repeated_references", "note")


def _answer(evidence: Evidence) -> dict[str, Any]:
    files = evidence.rows(f"SELECT {', '.join((*KEYS, *MORE))} FROM files ORDER BY file")
    counts = evidence.rows(
        "SELECT series, month, sum(n) FROM counts WHERE month IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    )
    missing = evidence.missing()
    by_feed: dict[str, list[str]] = {}
    for feed, _, month in missing:
        by_feed.setdefault(feed, []).append(str(Month.of(month)))
    told = evidence.provenance
    return {
        "fingerprint": evidence.fingerprint,
        "area": {"code": told["area_code"], "name": told["area"]},
        "period": str(evidence.period),
        "files": [dict(zip((*KEYS, *MORE), row, strict=True)) for row in files],
        "counts": [{"series": s, "month": str(Month.of(m)), "n": int(n)} for s, m, n in counts],
        "missing_months": sorted({m for months in by_feed.values() for m in months}),
        "missing_by_feed": by_feed,
        "lacking": reading.loads(told.get("lacking", "[]")),
    }


def evidence(
    file: Annotated[Path, typer.Argument(help="An evidence.duckdb that `goldthread assess` made.")],
    json: Json = False,
) -> None:
    """
    What an evidence file holds: its fingerprint, files, counts and missing months.

    Example: goldthread evidence assessment/evidence.duckdb --json
    """
    with Evidence(file) as opened:
        answer = _answer(opened)
    if json:
        as_json(answer)
        return
    to_output.print(f"{answer['area']['name']} ({answer['area']['code']}), {answer['period']}", markup=False)
    to_output.print(f"Fingerprint {answer['fingerprint']}", markup=False)
    table = Table("File", "Feed", "Rows", "Kept", "Refused", "Other area")
    for each in answer["files"]:
        numbers = (f"{each[k]:,}" for k in ("rows", "kept", "refused", "other_area"))
        table.add_row(each["name"], each["feed"] or "not recognised", *numbers)
    to_output.print(table)
    for feed, months in answer["missing_by_feed"].items():
        to_output.print(f"Missing from {feed}: {', '.join(months)}", markup=False)


def _record(folder: Path) -> dict[str, Any]:
    path = folder / "assessment.json"
    if not path.is_file():
        raise BadRequest(f"There is no assessment in {folder}. `goldthread assess` writes one there.")
    try:
        return dict(reading.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise BadRequest(f"{path} is not an assessment that Goldthread wrote.") from error


def _show(thread: Thread) -> None:
    for label, text in thread.told:
        to_output.print(f"{label}: {text}", markup=False)
    if thread.files:
        table = Table("File", "Feed", "Rows behind it", "Lines")
        for name, feed, rows, lines in thread.files:
            table.add_row(name, feed, f"{rows:,}", lines)
        to_output.print(table)


def thread(
    name: Annotated[str, typer.Argument(metavar="ID", help="A figure or finding, such as burglary.change.")],
    folder: Annotated[Path, typer.Option("--in", help="The folder that `goldthread assess` wrote to.")] = Path(),
    json: Json = False,
) -> None:
    """
    Follow a figure or finding both ways: its question, evidence and rows, and what rests on it.

    Example: goldthread thread burglary.change --in assessment
    """
    record = _record(folder)
    with Evidence(folder / "evidence.duckdb") as opened:
        found = follow(name, record, opened)
    if json:
        as_json(found.as_told())
    else:
        _show(found)
