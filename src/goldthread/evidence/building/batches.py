"""A batch of like files received: read, held to their feed, placed, and staged by what kind they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.building.incidents import STAGED, stage_incidents
from goldthread.evidence.building.placing import Ground, keep_sorted, set_aside_returns, sort_rows
from goldthread.evidence.building.releases import note_seen
from goldthread.evidence.building.returns import stage_answers, stage_measures, stage_people
from goldthread.evidence.building.wanted import Received
from goldthread.evidence.checking import hold_to_feed, note_problems
from goldthread.evidence.feeds import Feed
from goldthread.evidence.reading import load_rows

ROOM = {
    "staged": STAGED,
    "people": """file INTEGER, line BIGINT, lsoa VARCHAR, year DATE, population DOUBLE, households DOUBLE,
        workday DOUBLE, imd_decile DOUBLE""",
    "persons": "feed VARCHAR, person VARCHAR, number BIGINT",
    "seen": "file INTEGER, feed VARCHAR, reporter VARCHAR, month DATE, digest UBIGINT",
    "elsewhere": """feed VARCHAR, series VARCHAR, month DATE, authority VARCHAR, file INTEGER, reporter VARCHAR,
        n BIGINT""",
    "outside": "file INTEGER, n BIGINT, nowhere BIGINT",
    "received": "file INTEGER, rows BIGINT",
    "good": "file INTEGER, n BIGINT",
    "unknown_codes": "file INTEGER, line BIGINT",
    "refused_whole": "file INTEGER, n BIGINT",
}


def make_room(con: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary tables that rows pass through on their way."""
    for table, columns in ROOM.items():
        con.execute(f"CREATE TEMP TABLE {table} ({columns})")


def _refuse_whole(
    con: duckdb.DuckDBPyConnection, batch: Sequence[Received], feed: Feed, lacking: Sequence[str]
) -> None:
    """A file without a column that it must have is refused whole, with one problem a missing column."""
    for each in batch:
        assert each.opened is not None
        rows = sum(1 for _ in each.opened.records())
        con.execute("INSERT INTO received VALUES (?, ?)", [each.number, rows])
        con.execute("INSERT INTO refused_whole VALUES (?, ?)", [each.number, rows])
        for name in lacking:
            con.execute(
                "INSERT INTO problems VALUES (?, ?, ?, 'no such column', ?, ?)",
                [each.number, each.opened.heading_line, name, f"a column called “{name}”", feed.whose],
            )


def receive(con: duckdb.DuckDBPyConnection, batch: Sequence[Received], ground: Ground, scratch: Path) -> None:
    """
    Receive files that share a feed and headings.

    Every row ends in exactly one place: kept, refused with its problems, or
    set aside as another area's.
    """
    first = batch[0].opened
    assert first is not None and first.feed is not None
    feed, headings = first.feed, first.headings
    if lacking := feed.missing_from(headings):
        _refuse_whole(con, batch, feed, lacking)
        return
    loaded = load_rows(con, "raw", [(r.number, r.opened) for r in batch if r.opened], scratch)
    fill(con, "received", [[n, rows] for n, rows in loaded.rows.items()])
    checks = hold_to_feed(con, loaded, feed, headings, "checked")
    note_problems(con, loaded, "checked", feed, checks, len(headings))
    con.execute("INSERT INTO good SELECT file, count(*) FROM checked WHERE bad = 0 GROUP BY 1")
    if feed.kind in ("incident", "outcome"):
        con.execute("DELETE FROM staged")
        stage_incidents(con, "checked", feed, checks)
        sort_rows(con, feed, ground)
        note_seen(con)
        keep_sorted(con, feed)
    elif feed.kind == "survey":
        stage_answers(con, "checked", feed, checks)
    elif feed.kind == "population":
        stage_people(con, "checked", feed, checks)
    else:
        stage_measures(con, "checked", feed, checks)
        set_aside_returns(con, [r.number for r in batch], ground)
    con.execute("DROP VIEW raw; DROP TABLE raw_read; DROP TABLE checked")
