"""The last of building: releases settled, counts made, every file reconciled, the whole verified."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb

from goldthread import __version__
from goldthread.evidence.building.coverage import note_coverage
from goldthread.evidence.building.filling import fill
from goldthread.evidence.building.fingerprint import fingerprint_of
from goldthread.evidence.building.ground import lay_ground
from goldthread.evidence.building.placing import Ground
from goldthread.evidence.building.releases import supersede
from goldthread.evidence.building.wanted import Received, Wanted
from goldthread.evidence.counting import COUNTS, count_with
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.trouble import NothingKept

LATEST = 12  # months: what a period is when none is asked for


def _note_unread(con: duckdb.DuckDBPyConnection, received: Sequence[Received]) -> None:
    """Rows of files that no feed describes are refused whole, and counted."""
    for each in received:
        if each.opened is not None and each.opened.feed is None:
            rows = sum(1 for _ in each.opened.records())
            con.execute("INSERT INTO received VALUES (?, ?)", [each.number, rows])
            con.execute("INSERT INTO refused_whole VALUES (?, ?)", [each.number, rows])
            con.execute(
                "INSERT INTO problems VALUES (?, ?, '(the heading)', 'columns that no feed describes', ?, ?)",
                [
                    each.number,
                    max(each.opened.heading_line, 1),
                    "the columns of a feed (see: goldthread feeds)",
                    "you",
                ],
            )


def _write_files(con: duckdb.DuckDBPyConnection, received: Sequence[Received]) -> None:
    """One line a file, whose numbers add up."""
    con.execute(
        """
        CREATE TEMP TABLE tally AS
        SELECT r.file, r.rows, coalesce(g.n, 0) AS good, coalesce(o.n, 0) AS outside,
               coalesce(o.nowhere, 0) AS nowhere, coalesce(u.n, 0) AS unknown,
               coalesce(i.superseded, 0) AS superseded, coalesce(i.again, 0) AS again, i.first, i.last
        FROM received r
        LEFT JOIN (SELECT file, sum(n) AS n FROM good GROUP BY 1) g USING (file)
        LEFT JOIN (SELECT file, sum(n) AS n, sum(nowhere) AS nowhere FROM outside GROUP BY 1) o USING (file)
        LEFT JOIN (SELECT file, count(DISTINCT line) AS n FROM unknown_codes GROUP BY 1) u USING (file)
        LEFT JOIN (SELECT file, count(*) FILTER (superseded) AS superseded, min(month) AS first, max(month) AS last,
                   count(reference) - count(DISTINCT reference) AS again FROM incidents GROUP BY 1) i USING (file)
        """
    )
    for each in received:
        opened = each.opened
        row = con.execute(
            "SELECT rows, good - outside - unknown, rows - (good - unknown), outside, nowhere, superseded, again, "
            "first, last FROM tally WHERE file = ?",
            [each.number],
        ).fetchone() or (0, 0, 0, 0, 0, 0, 0, None, None)
        note = each.trouble or ("" if opened and opened.headings else "The file is empty.")
        about: list[object] = [opened.feed.name if opened and opened.feed else None]
        about += [opened.sha256, opened.size, opened.encoding] if opened else [None, None, None]
        con.execute(f"INSERT INTO files VALUES ({', '.join('?' * 16)})", [each.number, each.name, *about, *row, note])


def _period(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Period:
    """The period asked for, or the latest twelve months of what came most."""
    found = con.execute(
        "SELECT feed, min(month), max(month) FROM incidents WHERE NOT superseded AND month IS NOT NULL "
        "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchone()
    if found is None:
        dates = con.execute(
            "SELECT 'returns', min(starts), max(starts) FROM measures WHERE starts IS NOT NULL"
        ).fetchone()
        found = dates if dates and dates[1] else ("", date(2000, 1, 1), date(2000, 1, 1))
    first, last = Month.of(found[1]), Month.of(found[2])
    if wanted.period is None:
        return Period(max(first, last + -(LATEST - 1)), last)
    held = con.execute(
        "SELECT count(*) FROM incidents WHERE NOT superseded AND month BETWEEN ? AND ?",
        [wanted.period.first.first_day, wanted.period.last.first_day],
    ).fetchall()[0][0]
    if not held and found[0] not in ("", "returns"):
        raise NothingKept(f"Nothing in these files is from {wanted.period}. They hold {first} to {last}.")
    return wanted.period


def _nothing_kept(con: duckdb.DuckDBPyConnection, received: Sequence[Received], ground: Ground) -> None:
    """Say why, when not one row of what was sent is evidence for the area."""
    [rows, kept, refused, other] = con.execute(
        "SELECT coalesce(sum(rows), 0), coalesce(sum(kept), 0), coalesce(sum(refused), 0), "
        "coalesce(sum(other_area), 0) FROM files"
    ).fetchall()[0]
    if kept:
        return
    troubles = [r.trouble for r in received if r.trouble]
    unknown = [r.name for r in received if r.opened is not None and r.opened.feed is None]
    if troubles:
        raise NothingKept(troubles[0])
    if not rows:
        raise NothingKept(f"{received[0].name} has no rows. Nothing was built.")
    if len(unknown) == len(received):
        raise NothingKept(f"No feed describes the columns of {unknown[0]}. `goldthread feeds` lists those that do.")
    if other and not refused:
        raise NothingKept(f"All {rows:,} rows lie outside {ground.area.name}. Check the area, or the files.")
    first = con.execute(
        "SELECT line, column_name, found, expected FROM problems ORDER BY file, line LIMIT 1"
    ).fetchone()
    line, column, found, expected = first or (0, "", "", "")
    raise NothingKept(
        f"None of {rows:,} rows could be kept: {refused:,} were refused and {other:,} lie outside "
        f"{ground.area.name}. "
        f"The first: line {line}, {column}. “{found}” is not {expected}."
    )


def complete(con: duckdb.DuckDBPyConnection, received: Sequence[Received], ground: Ground, wanted: Wanted) -> None:
    """Settle releases, make the counts, lay the ground they stand on, reconcile each file, and sign the whole."""
    _note_unread(con, received)
    supersede(con)
    _write_files(con, received)
    _nothing_kept(con, received, ground)
    con.execute(f"INSERT INTO counts {count_with(COUNTS, 'incidents')}")
    con.execute("INSERT INTO comparators SELECT feed, series, month, authority, sum(n) FROM elsewhere GROUP BY ALL")
    period = _period(con, wanted)
    note_coverage(con, period)
    area = ground.area
    told = {
        **lay_ground(con, ground, period),
        "made_by": f"Goldthread {__version__}",
        "area_code": area.code,
        "area": area.name,
        "area_welsh": area.welsh,
        "area_kind": area.kind,
        "authorities": json.dumps(list(area.authorities)),
        "force": area.force,
        "country": area.country,
        "period_first": str(period.first),
        "period_last": str(period.last),
        "reference": json.dumps(ground.reference.sources),
        "lacking": json.dumps(ground.reference.lacking),
        **wanted.notes,
    }
    fill(con, "provenance", sorted(told.items()))
    con.execute("INSERT INTO provenance VALUES ('fingerprint', ?)", [fingerprint_of(con)])
    con.execute("CHECKPOINT")


def verify(path: Path) -> None:
    """
    Read the new file back before anyone relies on it.

    Every file's rows must be the sum of kept, refused and other-area rows;
    every refused row must have a problem that names it; every kept incident
    must be there; the fingerprint must come out the same.
    """
    con = duckdb.connect(str(path), read_only=True)
    try:
        wrong = con.execute(
            "SELECT count(*) FROM files WHERE rows <> kept + refused + other_area OR kept < 0"
        ).fetchall()
        unsaid = con.execute(
            "SELECT count(*) FROM files f WHERE refused > 0 "
            "AND NOT EXISTS (SELECT 1 FROM problems p WHERE p.file = f.file)"
        ).fetchall()
        signed = con.execute("SELECT value FROM provenance WHERE key = 'fingerprint'").fetchall()[0][0]
        if wrong[0][0] or unsaid[0][0] or signed != fingerprint_of(con):
            raise AssertionError("The evidence did not read back as it was written. Nothing was kept.")
    finally:
        con.close()
    path.chmod(0o444)
