"""The site's copies from a terminal: everything into one zip, and back into an empty site."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from goldthread.cli.telling import say, tell


def back_up(
    to: Annotated[Path, typer.Argument(metavar="TO.zip", help="The zip to write; it must not be there yet.")],
    with_secret: Annotated[
        bool, typer.Option("--with-secret", help="Take the key that signs sessions and links as well.")
    ] = False,
) -> None:
    """
    Copy everything that the site holds into one zip, while it runs.

    Every table as it was at one moment, and what was uploaded; with a manifest
    that says what each part should be. It holds people's names and their
    passwords' digests: keep it as you keep the site. It can be put back on
    SQLite or PostgreSQL, whichever it came from.

    Example: goldthread backup monday.zip
    """
    from goldthread.config import running

    with running.opened():
        from goldthread.config.backup import back_up as everything

        manifest = everything(to, with_secret=with_secret)
    rows = sum(part.get("rows", 0) for part in manifest["parts"].values())
    say(f"{to}: {rows:,} rows of {sum('rows' in part for part in manifest['parts'].values())} tables.")
    if head := manifest["head"]:
        say("Keep the end of the record elsewhere; goldthread audit verify --anchor takes it.")
        tell(json.dumps(head))


def put_back(
    source: Annotated[Path, typer.Argument(metavar="FROM.zip", help="What goldthread backup wrote.")],
) -> None:
    """
    Put a backup into an empty site, whole or not at all.

    Each part is compared with the manifest, each row is read back, and the
    chain of the record is walked, before any of it counts.

    Example: GOLDTHREAD_DATA=/srv/new goldthread restore monday.zip
    """
    from goldthread.config import running

    running.set_up()
    running.bring_up_to_date()
    with running.answering():
        from goldthread.config.restore import restore

        manifest = restore(source)
    say(f"Put back what Goldthread {manifest.version} backed up: {len(manifest.parts)} parts, and the record holds.")
