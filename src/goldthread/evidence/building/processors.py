"""How many processors a question is asked on: one, unless it reads or writes enough rows to share out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

# Below it, handing rows to a second processor and waiting for it costs more than it saves.
WORTH_SHARING = 100_000


@contextmanager
def shared_out(con: duckdb.DuckDBPyConnection, rows: int) -> Iterator[None]:
    """
    Within it, questions about so many rows are asked on every processor there is; outside, on one.

    Most of a hundred questions that build an evidence file are about a few
    rows: on two processors, one would spend more time waiting than the other working.
    """
    if rows < WORTH_SHARING:
        yield
        return
    con.execute("RESET threads")
    try:
        yield
    finally:
        on_one(con)


def on_one(con: duckdb.DuckDBPyConnection) -> None:
    """Ask what follows on one processor."""
    con.execute("SET threads = 1")
