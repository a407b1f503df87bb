"""How the command line speaks: progress for a person, JSON for a program, and one clear sentence when it fails."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

Report = Callable[[str, int, int | None], None]

# What is read by a program, or kept in a file, is as wide as it needs to be.
WIDE = 1000

# What files say is shown as it is: no square bracket of theirs is an instruction to us.
to_person = Console(stderr=True, highlight=False, soft_wrap=True, markup=False, emoji=False)
to_output = Console(
    highlight=False, soft_wrap=True, markup=False, emoji=False, width=None if sys.stdout.isatty() else WIDE
)


def visible(words: object) -> str:
    """Words from a file, without the characters that move a cursor or turn a line round."""
    return "".join("\ufffd" if unicodedata.category(ch) in ("Cc", "Cf", "Cs") else ch for ch in str(words))


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


def show_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table, whose cells are folded when the screen is narrow and never cut short."""
    table = Table()
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*map(visible, row))
    to_output.print(table)


def tell(words: str) -> None:
    """Print a line of an answer."""
    to_output.print("\n".join(map(visible, words.split("\n"))))


def as_json(answer: object) -> None:
    """Print an answer for a program: UTF-8, two spaces in, in a settled order."""
    print(json.dumps(answer, ensure_ascii=False, indent=2, default=str))


def say(words: str, *, quiet: bool = False) -> None:
    """Tell the person at the keyboard."""
    if not quiet:
        to_person.print("\n".join(map(visible, words.split("\n"))))
