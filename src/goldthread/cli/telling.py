"""How the command line speaks: progress for a person, JSON for a program, and one clear sentence when it fails."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Report = Callable[[str, int, int | None], None]

to_person = Console(stderr=True, highlight=False)
to_output = Console(highlight=False, soft_wrap=True)


@contextmanager
def progress(quiet: bool) -> Iterator[Report]:
    """A bar for each stage, on a terminal; nothing when quiet or when a program is listening."""
    if quiet or not sys.stderr.isatty():
        yield lambda _what, _done, _of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=to_person, transient=True) as bars:
        stages: dict[str, Any] = {}

        def report(what: str, done: int, of: int | None) -> None:
            if what not in stages:
                stages[what] = bars.add_task(what, total=of)
            bars.update(stages[what], completed=done, total=of)

        yield report


def as_json(answer: object) -> None:
    """Print an answer for a program: UTF-8, two spaces in, in a settled order."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def say(words: str, *, quiet: bool = False) -> None:
    """Tell the person at the keyboard."""
    if not quiet:
        to_person.print(words, markup=False)
