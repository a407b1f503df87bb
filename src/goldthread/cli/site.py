"""The site from a terminal: serve it, and walk its record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.options import Json
from goldthread.cli.telling import as_json, say
from goldthread.evidence.trouble import BadRequest, NothingToRead

audit = typer.Typer(help="The record of who did what: is it whole?", no_args_is_help=True)


def serve(
    host: Annotated[
        str, typer.Option(help="The address to listen on; behind a proxy leave it as it is.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="How many processes answer.", min=1, max=64)] = 1,
) -> None:
    """
    Run the partnership's site until stopped.

    Keeps its own in the folder GOLDTHREAD_DATA (`data` by itself), or its
    tables in the PostgreSQL database that DATABASE_URL names.

    Example: GOLDTHREAD_DATA=/srv/goldthread goldthread serve --workers 2
    """
    from goldthread.config import running

    running.set_up()
    running.bring_up_to_date()
    say(f"Answering at http://{host}:{port}/ until stopped (Ctrl-C).")
    running.serve(host, port, workers)


@audit.command("verify")
def verify(
    anchor: Annotated[
        Path | None, typer.Option(help="The last number and digest as written down earlier by `goldthread audit head`.")
    ] = None,
    in_json: Json = False,
) -> None:
    """
    Has anybody altered, removed or put in an entry of the record?

    Exit status 0 only when the whole chain holds.

    Example: goldthread audit verify --anchor head.json
    """
    from goldthread.config import running

    with running.opened():
        from goldthread.audit.chain import verify as walk

        found = walk(_anchor(anchor))
    if in_json:
        as_json({"entries": found.entries, "head": found.head, "breaks": [[b.sequence, b.how] for b in found.breaks]})
    elif not found.breaks:
        say(f"The record holds: {found.entries:,} entries, each following from the one before.")
    else:
        for broken in found.breaks:
            say(f"Entry {broken.sequence} {broken.how}.")
    if found.breaks:
        raise typer.Exit(1)


@audit.command("head")
def head() -> None:
    """
    Say the last entry's number and digest, to be kept outside the site.

    With it, `verify` also finds entries that were cut off the end.

    Example: goldthread audit head > head.json
    """
    from goldthread.config import running

    with running.opened():
        from goldthread.audit.models import Entry

        last = Entry.objects.order_by("-sequence").first()
    if last is None:
        raise NothingToRead("The record is empty: nothing has happened yet.")
    as_json({"sequence": last.sequence, "digest": last.digest})


def _anchor(path: Path | None) -> tuple[int, str] | None:
    if path is None:
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return int(told["sequence"]), str(told["digest"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise BadRequest(f"{path} is not what `goldthread audit head` writes.") from error
