"""`goldthread assess` and `goldthread demo`: files in, a strategic assessment out."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.options import Json, Quiet, Reference
from goldthread.cli.telling import Report, as_json, progress, say
from goldthread.evidence.periods import period_from
from goldthread.evidence.trouble import BadRequest, CannotWrite

EDITIONS = ("analyst", "executive", "member", "public")


def _editions(words: str) -> tuple[str, ...]:
    if words == "all":
        return EDITIONS
    if words == "none":
        return ()
    wanted = tuple(w.strip() for w in words.split(","))
    for word in wanted:
        if word not in EDITIONS:
            raise BadRequest(f"There is no edition called “{word}”. Choose all, none, or of: {', '.join(EDITIONS)}.")
    return wanted


def _folder(to: Path) -> None:
    if to.exists() and not to.is_dir():
        raise BadRequest(f"{to} is a file. Name a folder to write to with --to.")
    try:
        to.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(f"The folder {to} could not be made ({error.strerror}). Choose another with --to.") from error


def run(
    paths: list[Path], area: str, to: Path, period: str | None, edition: str, reference: Path | None, report: Report
) -> list[Path]:
    """Build the evidence, write the assessment, and give the paths of all that was written."""
    from goldthread.chapters.assembling import assess as write_assessment
    from goldthread.chapters.context import context_beside, read_context
    from goldthread.editions.record import write_record
    from goldthread.editions.writing import write_all
    from goldthread.evidence.building import Wanted, build
    from goldthread.evidence.store import Evidence

    editions = _editions(edition)
    wanted = Wanted(paths, area, period_from(period) if period else None, reference)
    _folder(to)
    build(wanted, to / "evidence.duckdb", report)
    with Evidence(to / "evidence.duckdb") as evidence:
        context = read_context(context_beside(paths), evidence.provenance["area"])
        assessment = write_assessment(evidence, context, report)
    written = [to / "evidence.duckdb", write_record(assessment, to)]
    return [*written, *write_all(assessment, to, editions, progress=report)]


def assess(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders, or a police.uk archive zip as downloaded.")],
    area: Annotated[str, typer.Option(help="An authority or CSP of England or Wales, by name or code; or “all”.")],
    to: Annotated[Path, typer.Option(help="The folder to write to.")],
    period: Annotated[
        str | None, typer.Option(help="Months, such as 2025-01..2025-12. Otherwise the latest twelve.")
    ] = None,
    edition: Annotated[str, typer.Option(help="all, none, or one of analyst, executive, member, public.")] = "all",
    reference: Reference = None,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """
    Write a strategic assessment from partners' files.

    Every row is kept, refused with its reason, or set aside as another area's;
    every figure can be followed back to its rows with `goldthread thread`.

    Examples:

      goldthread assess data/ --area "Bournemouth, Christchurch and Poole" --to assessment

      goldthread assess 2025-12.zip fire.xlsx --area E06000058 --period 2025-01..2025-12 --to assessment
    """
    with progress(quiet or json) as report:
        written = run(paths, area, to, period, edition, reference, report)
    if json:
        as_json({"written": [str(p) for p in written]})
    else:
        say("\n".join(["Written:", *(f"  {p}" for p in written)]), quiet=quiet)


def demo(
    to: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("demo"),
    serve: Annotated[
        bool, typer.Option("--serve/--no-serve", help="Open the assessment when there is a screen.")
    ] = True,
    quiet: Quiet = False,
) -> None:
    """
    Show the whole of it on Saltmarsh, an invented partnership.

    Builds Saltmarsh's files, receives them, writes the assessment in all its
    editions, and opens the analyst's when there is a screen.
    """
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    from example.build import build as build_example

    files = to / "saltmarsh"
    if files.exists():
        shutil.rmtree(files)
    with progress(quiet) as report:
        report("Building Saltmarsh's files", 0, 1)
        build_example(files)
        report("Building Saltmarsh's files", 1, 1)
        written = run([files / "files"], "Saltmarsh", to / "assessment", None, "all", files / "reference", report)
    say("\n".join(["Saltmarsh's assessment:", *(f"  {p}" for p in written)]), quiet=quiet)
    page = to / "assessment" / "analyst.html"
    say(f"Read it: {page.resolve()}", quiet=quiet)
    if serve and page.exists() and _has_screen():
        webbrowser.open(page.resolve().as_uri())


def _has_screen() -> bool:
    import os

    return sys.stdout.isatty() and bool(sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY"))
