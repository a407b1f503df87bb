"""Files received a batch at a time: read, held to their feed, and staged by what kind of thing their rows are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.building.incidents import STAGED, stage_incidents
from goldthread.evidence.building.placing import Ground, set_aside_returns, settle
from goldthread.evidence.building.returns import places_returned, stage_answers, stage_measures, stage_people
from goldthread.evidence.building.wanted import Received
from goldthread.evidence.checking import hold_to_feed, note_problems, read_and_marked
from goldthread.evidence.feeds import UNTITLED, Feed
from goldthread.evidence.reading import load_quickly, load_rows
from goldthread.evidence.reading.rows import Loaded

ROOM = {
    "staged": STAGED,
    "people": """file INTEGER, line BIGINT, lsoa VARCHAR, year DATE, population DOUBLE, households DOUBLE,
        workday DOUBLE, imd_decile DOUBLE""",
    "persons": "feed VARCHAR, person VARCHAR, number BIGINT",
    "parts": "file INTEGER, feed VARCHAR, reporter VARCHAR, month DATE, n BIGINT",
    "seen": "file INTEGER, part UBIGINT, digest UBIGINT",
    "elsewhere": """feed VARCHAR, series VARCHAR, month DATE, authority VARCHAR, file INTEGER, reporter VARCHAR,
        n BIGINT""",
    "outside": "file INTEGER, n BIGINT, nowhere BIGINT",
    "located": """sent VARCHAR, place_name VARCHAR, place VARCHAR, lsoa VARCHAR, authority VARCHAR, in_area BOOLEAN,
        how VARCHAR""",
    "good": "file INTEGER, n BIGINT",
    "unknown_codes": "file INTEGER, n BIGINT",
}

STAGE = 200_000  # rows of incidents that wait to be placed together: each placing has a cost of its own


def years_told(batch: Sequence[Received]) -> dict[int, date]:
    """The first month of the twelve that each file's title names, for feeds whose titles say it."""
    told = {}
    for each in batch:
        if each.opened and each.opened.feed and each.opened.feed.title_says:
            first = each.opened.feed.year_told(each.opened.above())
            if first is not None:
                told[each.number] = first
    return told


class Receiving:
    """
    Rows on their way into one evidence file.

    Every row ends in exactly one place: kept, refused with its problems, or
    set aside as another area's. `rows` is how many each file had, by number.
    """

    def __init__(self, con: duckdb.DuckDBPyConnection, ground: Ground, scratch: Path) -> None:
        self.con, self.ground, self.scratch = con, ground, scratch
        self.rows: dict[int, int] = {}
        self.waiting = 0
        for table, columns in ROOM.items():
            con.execute(f"CREATE TEMP TABLE {table} ({columns})")

    def receive(self, batch: Sequence[Received]) -> None:
        """Receive files that share a feed and headings."""
        first = batch[0].opened
        assert first is not None and first.feed is not None
        if lacking := first.feed.missing_from(first.headings):
            self._refuse_whole(batch, [(name, "no such column", f"a column called “{name}”") for name in lacking])
            return
        titled = years_told(batch)
        if first.feed.title_says and (untitled := [r for r in batch if r.number not in titled]):
            self._refuse_whole(untitled, [UNTITLED])
            batch = [r for r in batch if r.number in titled]
            if not batch:
                return
        numbered = [(r.number, r.opened) for r in batch if r.opened]
        loaded = load_quickly(self.con, "raw", numbered)
        if loaded is None and len(batch) > 1:  # one of them is odd: only that one should have to be read row by row
            half = len(batch) // 2
            self.receive(batch[:half])
            self.receive(batch[half:])
            return
        loaded = loaded or load_rows(self.con, "raw", numbered, self.scratch)
        self.rows |= loaded.rows
        if first.feed.kind in ("incident", "outcome"):
            self._stage(batch, first.feed, first.headings, loaded)
        else:
            self._keep(titled, first.feed, first.headings, loaded)
        self.con.execute("DROP VIEW raw; DROP TABLE raw_read")
        self._tidy(batch)
        if self.waiting >= STAGE:
            self.place()

    def _tidy(self, batch: Sequence[Received]) -> None:
        """Throw away what files were unpacked to: a country's would fill the disk."""
        for each in batch:
            if each.opened and each.opened.plain and each.opened.plain.parent == self.scratch:
                each.opened.plain.unlink(missing_ok=True)

    def place(self) -> None:
        """Place the incidents that wait, and keep those of the area."""
        if self.waiting:
            settle(self.con, self.ground)
            self.con.execute(f"CREATE OR REPLACE TEMP TABLE staged ({STAGED})")
            self.waiting = 0

    def _refuse_whole(self, batch: Sequence[Received], why: Sequence[tuple[str, str, str]]) -> None:
        """A file that lacks a column, or the title that says its year, is refused whole: where, found, expected."""
        for each in batch:
            assert each.opened is not None and each.opened.feed is not None
            line = max(each.opened.heading_line, 1)
            self.rows[each.number] = sum(1 for _ in each.opened.records())
            fill(self.con, "problems", [(each.number, line, *said, each.opened.feed.whose) for said in why])

    def _stage(self, batch: Sequence[Received], feed: Feed, headings: Sequence[str], loaded: Loaded) -> None:
        checks, query = read_and_marked(loaded, feed, headings)
        stage_incidents(self.con, query, feed, checks)
        numbers = ", ".join(str(r.number) for r in batch)
        staged = f"(SELECT file, line, bad FROM staged WHERE file IN ({numbers}))"
        note_problems(self.con, loaded, staged, feed, checks, len(headings))
        self.waiting += sum(loaded.rows.values())

    def _keep(self, titled: Mapping[int, date], feed: Feed, headings: Sequence[str], loaded: Loaded) -> None:
        checks = hold_to_feed(self.con, loaded, feed, headings, "checked")
        note_problems(self.con, loaded, "checked", feed, checks, len(headings))
        self.con.execute("INSERT INTO good SELECT file, count(*) FROM checked WHERE bad = 0 GROUP BY 1")
        if feed.kind == "survey":
            stage_answers(self.con, "checked", feed, checks)
        elif feed.kind == "population":
            stage_people(self.con, "checked", feed, checks)
        else:
            stage_measures(self.con, "checked", feed, checks, titled)
            set_aside_returns(self.con, places_returned("checked", checks), feed, self.ground)
        self.con.execute("DROP TABLE checked")
