"""`goldthread fetch`: published files, brought once from their publishers."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from goldthread.cli.options import Json, Quiet
from goldthread.cli.telling import as_json, progress, say, show_table
from goldthread.evidence.trouble import BadRequest

if TYPE_CHECKING:
    from goldthread.evidence.fetching import Fetched


def _where(what: list[str], to: Path | None) -> Path:
    if to is not None:
        return to
    if what == ["reference"]:
        from goldthread.evidence.places.reference import fetched_reference

        return fetched_reference()
    raise BadRequest("Say which folder to fetch into, with --to.")


def _show(fetched: list[Fetched]) -> None:
    show_table(("What", "From", "Outcome", "To be known"), [(f.title, f.publisher, f.outcome, f.note) for f in fetched])


def fetch_files(
    what: Annotated[
        list[str], typer.Argument(help="police.uk, police.uk 2025-12, ons, reference, or a source's name.")
    ],
    to: Annotated[
        Path | None, typer.Option(help="The folder to fetch into; for reference, otherwise the cache.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Fetch even what is there already.")] = False,
    json: Json = False,
    quiet: Quiet = False,
) -> None:
    """
    Bring published files from their publishers: resumed, retried, checked, and never left half-written.

    Examples:

      goldthread fetch reference

      goldthread fetch police.uk 2025-12 --to downloads
    """
    from goldthread.evidence.fetching import choose, failures, fetch, read_sources

    sources = choose(what, read_sources())
    with progress(quiet or json) as report:
        fetched = fetch(sources, _where(what, to), again=again, progress=report)
    if json:
        as_json([asdict(f) for f in fetched])
    elif not quiet:
        _show(fetched)
    for sentence in failures(fetched):
        say(sentence)
    if failures(fetched):
        raise typer.Exit(1)
