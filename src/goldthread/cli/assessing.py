"""`goldthread assess` and `goldthread demo`: files in, a strategic assessment out."""

from __future__ import annotations

import shutil
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.country import everywhere, write_country
from goldthread.cli.options import Json, Quiet, Reference
from goldthread.cli.telling import Report, as_json, progress, say
from goldthread.cli.whole import whole
from goldthread.evidence.periods import period_from
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:
    from goldthread.evidence.store import Evidence

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


def _not_among_the_files(paths: list[Path], to: Path) -> None:
    """An assessment written among the files that it is of would be read as one of them the next time."""
    for path in paths:
        if path.is_dir() and path.resolve() == to.resolve():
            raise BadRequest(f"{to} is where the files are. Name another folder to write to with --to.")


@dataclass(frozen=True)
class Done:
    """What a run wrote, and what has to be said of the files that it read."""

    written: list[Path]
    said: list[str]


def run(
    paths: list[Path], area: str, to: Path, period: str | None, edition: str, reference: Path | None, report: Report
) -> Done:
    """Build the evidence, write the assessment, and put all of it in its place together."""
    from goldthread.evidence.building import Wanted, build
    from goldthread.evidence.reading import find_files
    from goldthread.evidence.store import Evidence

    editions = _editions(edition)
    country = everywhere(area, editions)
    wanted = Wanted(paths, area, period_from(period) if period else None, reference)
    _not_among_the_files(paths, to)
    _, aside = find_files(paths)
    with whole(to) as hidden:
        made = [hidden / "evidence.duckdb"]
        build(wanted, made[0], report)
        with Evidence(made[0]) as evidence:
            said = [*_received(evidence), *_left_aside(aside)]
            if country:
                made += write_country(evidence, hidden, report)
            else:
                made += _write(evidence, paths, hidden, editions, to, report)
    written = [to / path.relative_to(hidden) for path in made]
    return Done(written, [*said, *_left_behind(to, written)])


def _write(
    evidence: Evidence, paths: list[Path], hidden: Path, editions: tuple[str, ...], to: Path, report: Report
) -> list[Path]:
    """Write the record and the editions, with what earlier releases at `to` showed in mind."""
    # What this takes to import is not asked of whoever has given a file that cannot be read.
    from goldthread.chapters.assembling import assess as write_assessment
    from goldthread.chapters.context import context_beside, read_context
    from goldthread.editions.record import write_record
    from goldthread.editions.writing import LEDGER, write_all

    context = read_context(context_beside(paths), evidence.provenance["area"])
    assessment = write_assessment(evidence, context, report)
    record = write_record(assessment, hidden)
    return [record, *write_all(assessment, hidden, editions, progress=report, published=to / LEDGER)]


def _received(evidence: Evidence) -> list[str]:
    """What became of the files: one line of all, and one for each that could not be used."""
    [(files, kept, refused, other)] = evidence.rows(
        "SELECT count(*), sum(kept), sum(refused), sum(other_area) FROM files"
    )
    lines = [
        f"{files:,} file{'s' * (files != 1)}: {kept:,} rows kept, {refused:,} refused, {other:,} outside the area."
    ]
    unused = evidence.rows("SELECT name, note FROM files WHERE note <> '' OR feed IS NULL ORDER BY file")
    return lines + [f"Not used: {note or f'{name} has columns that no feed describes.'}" for name, note in unused]


def _left_aside(names: list[str]) -> list[str]:
    """Files that were given and can hold no table: words about the partnership, its logo, and what strayed in."""
    strays = [name for name in names if not name.lower().endswith((".yaml", ".yml", ".svg"))]
    return [f"Left aside, as no tables: {len(strays):,} files, such as {strays[0]}."] if strays else []


def _left_behind(to: Path, written: list[Path]) -> list[str]:
    """Editions of an earlier run that this one did not write again, so that nobody takes them for its own."""
    kept = [path for name in (*EDITIONS, "data") for path in to.glob(f"{name}.*")]
    old = sorted(path.name for path in kept if path not in written)
    return [f"From an earlier run, and not of this evidence: {', '.join(old)}."] if old else []


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

      goldthread assess 2025-12.zip population.csv --area all --edition none --to country
    """
    with progress(quiet or json) as report:
        done = run(paths, area, to, period, edition, reference, report)
    if json:
        as_json({"written": [str(p) for p in done.written], "said": done.said})
    else:
        _tell(to, done, quiet=quiet)


def _tell(to: Path, done: Done, *, quiet: bool) -> None:
    """Say what was received and written, and what to read first."""
    for line in done.said:
        say(line, quiet=quiet)
    names = [path.name for path in done.written if path.parent == to and path.stem not in EDITIONS]
    tables = sum(path.parent != to for path in done.written)
    editions = [name for name in EDITIONS if (to / f"{name}.html") in done.written]
    names += [f"data/ ({tables} files)"] if tables else []
    names += [f"the editions {', '.join(editions)} in HTML, PDF, DOCX and ODT"] if editions else []
    say(f"Written to {to}: {', '.join(names)}.", quiet=quiet)
    if (to / "analyst.html") in done.written:
        say(f"Read first: {(to / 'analyst.html').resolve()}", quiet=quiet)


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
        done = run([files / "files"], "Saltmarsh", to / "assessment", None, "all", files / "reference", report)
    _tell(to / "assessment", done, quiet=quiet)
    page = to / "assessment" / "analyst.html"
    if serve and page.exists() and _has_screen():
        webbrowser.open(page.resolve().as_uri())


def _has_screen() -> bool:
    import os

    return sys.stdout.isatty() and bool(sys.platform in ("darwin", "win32") or os.environ.get("DISPLAY"))
