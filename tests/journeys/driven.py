"""
The `goldthread` command with something done to it at a chosen moment: `python -m tests.journeys.driven WHAT WHEN …`.

WHAT is `int` or `term` (that signal arrives) or `full` (no file may grow any
more, as on a disk that has filled). WHEN is how a stage of the progress begins
and how far it is, such as `Writing:3`; `query`, in the middle of a question to
the database; or `moving:2`, at the second of the files that take their places.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from goldthread.cli import assessing, whole
from goldthread.cli.commands import main
from goldthread.evidence.building import building

SIGNALS = {"int": signal.SIGINT, "term": signal.SIGTERM}


def done_to(what: str) -> None:
    """Let it happen."""
    if what == "full":
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, resource.RLIM_INFINITY))
    else:
        os.kill(os.getpid(), SIGNALS[what])


def at_a_stage(what: str, stage: str, far: int) -> None:
    @contextmanager
    def progress(_quiet: bool) -> Iterator[Callable[[str, int, int | None], None]]:
        def report(told: str, done: int, _of: int | None) -> None:
            if told.startswith(stage) and done == far:
                done_to(what)

        yield report

    assessing.progress = progress


def in_a_query(what: str) -> None:
    def complete(con: duckdb.DuckDBPyConnection, *_: Any) -> None:
        threading.Timer(0.2, done_to, [what]).start()
        con.execute("SELECT count(*) FROM range(1000000000000) t(i) WHERE i % 7 = 3")

    building.sealing.complete = complete  # type: ignore[assignment]


def at_a_move(what: str, nth: int) -> None:
    moved: list[object] = []
    replace = os.replace

    class Moving:
        path = os.path

        @staticmethod
        def replace(here: Any, there: Any) -> None:
            moved.append(here)
            if len(moved) == nth:
                done_to(what)
            replace(here, there)

    whole.os = Moving  # type: ignore[attr-defined]


if __name__ == "__main__":
    what, when = sys.argv[1:3]
    stage, _, far = when.partition(":")
    if stage == "query":
        in_a_query(what)
    elif stage == "moving":
        at_a_move(what, int(far))
    else:
        at_a_stage(what, stage, int(far))
    sys.argv[1:] = sys.argv[3:]
    main()
