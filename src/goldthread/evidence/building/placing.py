"""Rows sorted by where they lie: kept in the area, counted by authority outside it, refused where no place is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.feeds import Feed
from goldthread.evidence.places import Area, KnownAreas, Reference, place_rows
from goldthread.evidence.places.shapes import AreaShapes


@dataclass(frozen=True)
class Ground:
    """What is needed to place a row: the area, the authorities there are, and the reference tables."""

    area: Area
    known: KnownAreas
    reference: Reference
    codes: int  # how many LSOA codes the reference knows; 0 when there is none
    shapes: AreaShapes


def _refuse_unknown_codes(con: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """With the whole list at hand, a code of England or Wales that is not on it is a slip, and is refused."""
    unknown = "regexp_matches(lsoa, '^[EW]01') AND lsoa NOT IN (SELECT lsoa FROM lsoa_known)"
    con.execute(
        "INSERT INTO problems SELECT file, line, 'LSOA code', lsoa, 'a 2011 or 2021 LSOA code that exists', ? "
        f"FROM staged WHERE {unknown}",
        [feed.whose],
    )
    con.execute(f"INSERT INTO unknown_codes SELECT file, line FROM staged WHERE {unknown}")
    con.execute(f"DELETE FROM staged WHERE {unknown}")


def sort_rows(con: duckdb.DuckDBPyConnection, feed: Feed, ground: Ground) -> None:
    """
    Say of each staged row whether it is in the area, and where, in `sorted`.

    A row of a wider extract that says no place is not in the area, because
    nothing says that it is; one of the area's own extract is.
    """
    if ground.codes:
        _refuse_unknown_codes(con, feed)
    con.execute("CREATE OR REPLACE TEMP TABLE to_place AS SELECT * FROM staged")
    place_rows(con, "to_place", ground.area, ground.known, ground.reference, ground.shapes)
    ours = "true" if feed.covers == "area" else "false"
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE sorted AS SELECT s.*, p.authority, coalesce(p.in_area, {ours}) AS inside, "
        "p.in_area IS NULL AS nowhere, p.lsoa AS lsoa21, p.place_how AS how FROM to_place s "
        "JOIN placed p ON p.row = s.rowid"
    )


def keep_sorted(con: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Keep the rows inside the area as incidents; count the others, by authority, as comparators."""
    # A pseudonym becomes a number in the order of its digest: it tells people apart and says nothing of them.
    con.execute(
        """
        INSERT INTO persons SELECT ?, p, (SELECT count(*) FROM persons WHERE feed = ?)
            + row_number() OVER (ORDER BY md5(p))
        FROM (SELECT DISTINCT person AS p FROM sorted WHERE inside AND person IS NOT NULL
              AND person NOT IN (SELECT person FROM persons WHERE feed = ?))
        """,
        [feed.name] * 3,
    )
    con.execute(
        """
        INSERT INTO incidents SELECT file, line, p.feed, series, category, reference, month, happened_at, ended_at,
            lsoa21, longitude, latitude, location, reporter, outcome, flags, age_band, sex, ethnicity,
            CASE WHEN n.number IS NOT NULL THEN 'P' || n.number END, value, how, false
        FROM sorted p LEFT JOIN persons n ON n.feed = p.feed AND n.person = p.person WHERE inside
        """
    )
    con.execute(
        "INSERT INTO outside SELECT file, count(*), count(*) FILTER (nowhere) FROM sorted WHERE NOT inside GROUP BY 1"
    )
    if feed.disclosure == "open":
        con.execute(
            "INSERT INTO elsewhere SELECT feed, series, month, authority, file, reporter, count(*) FROM sorted "
            "WHERE NOT inside AND authority IS NOT NULL GROUP BY ALL"
        )
    con.execute("DROP TABLE sorted; DROP TABLE to_place; DROP TABLE placed")


def set_aside_returns(con: duckdb.DuckDBPyConnection, files: Sequence[int], ground: Ground) -> None:
    """
    Count the rows of these returns that are about another authority or another area's LSOA.

    Their numbers stay, to compare with; they are never the area's own.
    """
    numbers = ", ".join(str(int(n)) for n in files)
    con.execute(f"CREATE OR REPLACE TEMP TABLE returned AS SELECT * FROM measures WHERE file IN ({numbers})")
    told = con.execute("SELECT DISTINCT place FROM returned WHERE place IS NOT NULL").fetchall()
    ours = {*ground.area.authorities, *ground.area.csps, ground.area.code}
    named = []
    for (word,) in told:
        code = word if word in ground.known.authorities else ground.known.authority_named(word)
        if word in ours or code is not None:
            named.append([word, word in ours or code in ours])
    con.execute("CREATE OR REPLACE TEMP TABLE named (word VARCHAR, ours BOOLEAN)")
    fill(con, "named", named)
    con.execute(
        "INSERT INTO outside SELECT file, count(DISTINCT line), 0 FROM returned r "
        "LEFT JOIN named w ON w.word = r.place LEFT JOIN lsoa_known k ON k.lsoa = r.place "
        "WHERE NOT coalesce(k.in_area, w.ours, true) GROUP BY 1"
    )
