"""The last of building: releases settled, counts made, every file reconciled, the whole verified."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from goldthread import __version__
from goldthread.evidence.building.coverage import note_coverage
from goldthread.evidence.building.filling import Value, fill, said
from goldthread.evidence.building.fingerprint import fingerprint_of
from goldthread.evidence.building.ground import lay_ground
from goldthread.evidence.building.placing import Ground
from goldthread.evidence.building.releases import supersede
from goldthread.evidence.building.wanted import Received, Wanted
from goldthread.evidence.counting import COUNTS, count_with
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.schema import TABLES
from goldthread.evidence.trouble import NothingKept

LATEST = 12  # months: what a period is when none is asked for


def _refuse_unread(con: duckdb.DuckDBPyConnection, received: Sequence[Received], rows: dict[int, int]) -> None:
    """Rows of files that no feed describes are refused whole, and counted."""
    for each in received:
        if each.opened is not None and each.opened.feed is None:
            rows[each.number] = sum(1 for _ in each.opened.records())
            line = max(each.opened.heading_line, 1)
            told = ("(the heading)", "columns that no feed describes", "the columns of a feed (see: goldthread feeds)")
            fill(con, "problems", [(each.number, line, *told, "you")])


def _write_files(con: duckdb.DuckDBPyConnection, received: Sequence[Received], rows: Mapping[int, int]) -> None:
    """One line a file, whose numbers add up."""
    about: list[list[Value]] = []
    for each in received:
        o = each.opened
        note = each.trouble or ("" if o and o.headings else "The file is empty.")
        known: list[Value] = [o.feed.name if o and o.feed else None]
        known += [o.sha256, o.size, o.encoding] if o else [None, None, None]
        about.append([each.number, each.name, *known, rows.get(each.number, 0), note])
    con.execute(
        "CREATE TEMP TABLE about (file INTEGER, name VARCHAR, feed VARCHAR, sha256 VARCHAR, bytes BIGINT, "
        "encoding VARCHAR, rows BIGINT, note VARCHAR)"
    )
    fill(con, "about", about)
    con.execute(
        """
        INSERT INTO files
        SELECT file, name, feed, sha256, bytes, encoding, rows,
            coalesce(good, 0) - coalesce(away, 0) AS kept, rows - coalesce(good, 0) AS refused, coalesce(away, 0),
            coalesce(nowhere, 0), coalesce(superseded, 0), coalesce(again, 0), first, last, note
        FROM about
        LEFT JOIN (SELECT file, sum(n) AS good FROM good GROUP BY 1) USING (file)
        LEFT JOIN (SELECT file, sum(n) AS away, sum(nowhere) AS nowhere FROM outside GROUP BY 1) USING (file)
        LEFT JOIN (SELECT file, count(*) FILTER (superseded) AS superseded, min(month) AS first, max(month) AS last,
                   count(reference) - count(DISTINCT reference) AS again FROM incidents GROUP BY 1) USING (file)
        ORDER BY file
        """
    )


def _points_alone(received: Received) -> bool:
    """Whether nothing but a point says where a file's rows are."""
    o = received.opened
    if o is None or o.feed is None:
        return False
    becomes = {c.becomes for h in o.headings if (c := o.feed.column_for(h)) is not None}
    return bool(becomes & {"longitude", "easting"}) and not becomes & {"lsoa", "place", "place_name"}


def _note_unplaced(con: duckdb.DuckDBPyConnection, received: Sequence[Received], ground: Ground) -> None:
    """Say of files that only boundaries could place why their rows are not in the area, where there are none."""
    if ground.shapes.codes and not ground.shapes.without:
        return
    alone = [r.number for r in received if _points_alone(r)]
    if alone:
        con.execute(
            "UPDATE files SET note = format('{}: {:,} rows have a point and no small area, and could not be placed, ', "
            f"name, no_place) || {said(f'because no boundaries of the small areas of {ground.area.name} were given.')} "
            f"WHERE no_place > 0 AND file IN ({', '.join(map(str, alone))})"
        )


def _period(con: duckdb.DuckDBPyConnection, wanted: Wanted) -> Period:
    """The period asked for, or the latest twelve months of what came most."""
    found = con.execute(
        "SELECT feed, min(month), max(month) FROM incidents WHERE NOT superseded AND month IS NOT NULL "
        "GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1"
    ).fetchone()
    if found is None:
        dates = con.execute(
            "SELECT 'returns', min(starts), max(starts) FROM measures WHERE starts IS NOT NULL AND file IS NOT NULL"
        ).fetchone()
        found = dates if dates and dates[1] else ("", date(2000, 1, 1), date(2000, 1, 1))
    first, last = Month.of(found[1]), Month.of(found[2])
    if wanted.period is None:
        return Period(max(first, last + -(LATEST - 1)), last)
    asked = f"BETWEEN {said(wanted.period.first.first_day)} AND {said(wanted.period.last.first_day)}"
    held = con.execute(f"SELECT count(*) FROM incidents WHERE NOT superseded AND month {asked}").fetchall()[0][0]
    if not held and found[0] not in ("", "returns"):
        raise NothingKept(f"Nothing in these files is from {wanted.period}. They hold {first} to {last}.")
    return wanted.period


def _nothing_kept(con: duckdb.DuckDBPyConnection, received: Sequence[Received], ground: Ground) -> None:
    """Say why, when not one row of what was sent is evidence for the area."""
    [rows, kept, refused, other, unplaced] = con.execute(
        "SELECT coalesce(sum(rows), 0), coalesce(sum(kept), 0), coalesce(sum(refused), 0), "
        "coalesce(sum(other_area), 0), coalesce(sum(no_place) FILTER (note <> ''), 0) FROM files"
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
    if unplaced and unplaced == other:
        raise NothingKept(
            f"{unplaced:,} rows have a point and no small area, and no boundaries of the small areas of "
            f"{ground.area.name} were given to place them by. Bring them with “goldthread fetch reference”, or name "
            "their folder with --reference."
        )
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


def complete(
    con: duckdb.DuckDBPyConnection,
    received: Sequence[Received],
    ground: Ground,
    wanted: Wanted,
    rows: dict[int, int],
) -> dict[str, int]:
    """
    Settle releases, make the counts, lay the ground they stand on, and reconcile each file.

    `rows` is how many each file had. Returns how many rows each table holds.
    """
    con.execute("BEGIN")
    _refuse_unread(con, received, rows)
    supersede(con)
    _write_files(con, received, rows)
    _note_unplaced(con, received, ground)
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
    con.execute("COMMIT")
    con.execute("CHECKPOINT")
    return _sizes(con)


def _sizes(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many rows each table of the file holds."""
    each = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in TABLES)
    return dict(con.execute(each).fetchall())


def sign(path: Path, sizes: Mapping[str, int]) -> None:
    """
    Read the new file back before anyone relies on it, and sign what was read.

    Every row that was written must be there; every file's rows must be the sum
    of kept, refused and other-area rows; every file with a refused row must
    have a problem that names it. The fingerprint is of what is read back.
    """
    con = duckdb.connect(str(path))
    try:
        wrong = con.execute(
            "SELECT count(*) FROM files f WHERE rows <> kept + refused + other_area OR kept < 0 "
            "OR (refused > 0 AND NOT EXISTS (SELECT 1 FROM problems p WHERE p.file = f.file))"
        ).fetchall()[0][0]
        if wrong or _sizes(con) != sizes:
            raise AssertionError("The evidence did not read back as it was written. Nothing was kept.")
        con.execute(f"INSERT INTO provenance VALUES ('fingerprint', {said(fingerprint_of(con))})")
        con.execute("CHECKPOINT")
    finally:
        con.close()
    path.chmod(0o444)
