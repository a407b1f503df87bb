"""Files received a batch at a time: read, held to their feed, and staged by what kind of thing their rows are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.building.incidents import STAGED, staged
from goldthread.evidence.building.placing import Ground, set_aside_returns, settle
from goldthread.evidence.building.processors import shared_out
from goldthread.evidence.building.returns import places_returned, stage_answers, stage_measures, stage_people
from goldthread.evidence.building.wanted import Received
from goldthread.evidence.checking import Taken, hold_to_feed, note_problems, take, take_quickly
from goldthread.evidence.feeds import UNTITLED, Feed
from goldthread.evidence.reading import Opened, load_quickly, load_rows

ROOM = {
    "few": STAGED,
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
}

FEW = 20_000  # rows of a batch that are copied to wait with others: each batch asked by itself has a cost of its own
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
        self.waiting, self.persons = 0, False
        self.large: list[tuple[Taken, str]] = []
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
        happened = first.feed.kind in ("incident", "outcome")
        done = self._stage(numbered, first.feed) if happened else self._keep(numbered, first.feed, titled)
        if not done:  # one of them is odd: only that one should have to be read row by row
            half = len(batch) // 2
            self.receive(batch[:half])
            self.receive(batch[half:])
            return
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
            many = " ".join(f"UNION ALL {rows}" for _, rows in self.large)
            self.con.execute(f"CREATE OR REPLACE TEMP VIEW staged AS SELECT * FROM few {many}")
            settle(self.con, self.ground, self.waiting, self.persons)
            self.con.execute("DROP VIEW staged; TRUNCATE few")
            for taken, _ in self.large:
                taken.forget(self.con)
            self.large.clear()
            self.waiting, self.persons = 0, False

    def _refuse_whole(self, batch: Sequence[Received], why: Sequence[tuple[str, str, str]]) -> None:
        """A file that lacks a column, or the title that says its year, is refused whole: where, found, expected."""
        for each in batch:
            assert each.opened is not None and each.opened.feed is not None
            line = max(each.opened.heading_line, 1)
            self.rows[each.number] = sum(1 for _ in each.opened.records())
            fill(self.con, "problems", [(each.number, line, *said, each.opened.feed.whose) for said in why])

    def _stage(self, numbered: Sequence[tuple[int, Opened]], feed: Feed) -> bool:
        """Take incidents in, to wait to be placed; False when they have to be read apart from each other."""
        name, headings = f"taken_{len(self.large)}", numbered[0][1].headings
        with shared_out(self.con, sum(o.plain_lines for _, o in numbered)):
            taken = take_quickly(self.con, name, numbered, feed)
        if taken is None:
            if len(numbered) > 1:
                return False
            taken = take(self.con, name, load_rows(self.con, "raw", numbered, self.scratch), feed, headings)
        if taken.faulty:
            loaded = load_rows(self.con, "raw", numbered, self.scratch)
            note_problems(self.con, loaded, f"({taken.query})", feed, taken.checks, len(headings))
        self.con.execute("DROP VIEW IF EXISTS raw; DROP TABLE IF EXISTS raw_read")
        self.rows |= taken.rows
        many = sum(taken.rows.values())
        self.waiting += many
        self.persons |= any(c.column.becomes == "person" for c in taken.checks)
        rows = staged(taken.query, feed, taken.checks)
        if many < FEW:
            self.con.execute(f"INSERT INTO few {rows}")
            taken.forget(self.con)
        else:
            self.large.append((taken, rows))
        return True

    def _keep(self, numbered: Sequence[tuple[int, Opened]], feed: Feed, titled: Mapping[int, date]) -> bool:
        """Keep numbers and answers; False when the files have to be read apart from each other."""
        headings = numbered[0][1].headings
        loaded = load_quickly(self.con, "raw", numbered)
        if loaded is None and len(numbered) > 1:
            return False
        loaded = loaded or load_rows(self.con, "raw", numbered, self.scratch)
        self.rows |= loaded.rows
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
        self.con.execute("DROP TABLE checked; DROP VIEW raw; DROP TABLE raw_read")
        return True
