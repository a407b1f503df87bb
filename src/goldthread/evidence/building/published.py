"""Published counts of other areas that lie among the reference tables: read as a file that was sent is, and apart."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from goldthread.evidence.building.batches import Receiving
from goldthread.evidence.building.wanted import Received
from goldthread.evidence.reading import Found, open_table

# Tables of recorded crime in other areas: one that was sent stands before any that lies among the reference tables.
OF_OTHERS = frozenset({"comparators", "recorded-crime-csp"})


def receive_published(receiving: Receiving, received: Sequence[Received], scratch: Path) -> None:
    """
    Take recorded crime by partnership from the reference tables, when no table of other areas was sent.

    Its numbers stand in `measures` with no file, since nobody sent it: the
    register of what was received stays that of what was given.
    """
    if any(r.opened and r.opened.feed and r.opened.feed.name in OF_OTHERS for r in received):
        return
    tables = receiving.ground.reference.found.get("recorded crime", [])
    for number, table in enumerate(tables, start=1):
        opened = open_table(Found(table.path, table.path.name), scratch)
        if opened.feed is not None and opened.feed.name in OF_OTHERS:
            receiving.receive([Received(-number, opened, table.path.name)])
    if tables:
        receiving.con.execute("UPDATE measures SET file = NULL WHERE file < 0; DELETE FROM problems WHERE file < 0")
