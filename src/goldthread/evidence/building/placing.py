"""Rows sorted by where they lie: kept in the area, counted by authority outside it, refused where no place is."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from goldthread.evidence.building.filling import fill, said
from goldthread.evidence.building.processors import shared_out
from goldthread.evidence.building.releases import note_seen
from goldthread.evidence.feeds import Feed, all_feeds
from goldthread.evidence.places import Area, KnownAreas, Reference, place_rows, to_degrees
from goldthread.evidence.places.areas import EVERYWHERE
from goldthread.evidence.places.placing import AUTHORITY_ONLY, NONE
from goldthread.evidence.places.shapes import AreaShapes

NEAREST = 50  # metres
ON_GRID = [f"round({c} / {NEAREST}) * {NEAREST}" for c in ("easting", "northing")]
FROM_GRID = "longitude IS NULL AND easting IS NOT NULL AND northing IS NOT NULL"

SAME_WORDS = (
    "s.lsoa IS NOT DISTINCT FROM w.sent AND s.place_name IS NOT DISTINCT FROM w.place_name AND "
    "s.place IS NOT DISTINCT FROM w.place"
)


@dataclass(frozen=True)
class Ground:
    """What is needed to place a row: the area, the authorities there are, and the reference tables."""

    area: Area
    known: KnownAreas
    reference: Reference
    codes: int  # how many LSOA codes the reference knows; 0 when there is none
    shapes: AreaShapes


def settle(con: duckdb.DuckDBPyConnection, ground: Ground, rows: int, persons: bool) -> None:
    """
    Say of each row of `staged` where it is; keep those of the area as incidents, and count rows by authority.

    There are so many `rows`; `persons` says whether any may have a pseudonym.
    """
    # Rows pass by the small tables they are joined to; told to choose, the database would sometimes hold the rows.
    con.execute("SET disabled_optimizers = 'build_side_probe_side'")
    _locate_words(con, ground)
    good = "bad = 0"
    if ground.codes and _refuse_unknown_codes(con):
        good = "bad = 0 AND (lsoa IS NULL OR lsoa NOT IN (SELECT lsoa FROM unknown))"
    con.execute(f"CREATE OR REPLACE TEMP VIEW good_rows AS SELECT * FROM staged WHERE {good}")
    _sort(con, _locate_points(con, ground), _points_from_grid(con))
    with shared_out(con, rows):
        if _tally(con, ground):
            note_seen(con, "sorted WHERE NOT inside")
        _keep(con, persons)
    con.execute("RESET disabled_optimizers; DROP VIEW sorted; DROP VIEW good_rows")


def _place(con: duckdb.DuckDBPyConnection, rows: str, ground: Ground) -> None:
    place_rows(con, rows, ground.area, ground.known, ground.reference, ground.shapes)


def _locate_words(con: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """
    Add to `located` where each way of saying a place is that was not said before.

    Those that were and have the same code are placed again with it, because a
    code may learn its authority from another row's name.
    """
    new = con.execute(
        "CREATE OR REPLACE TEMP TABLE words_new AS SELECT DISTINCT lsoa, place_name, place FROM staged "
        "WHERE bad = 0 EXCEPT SELECT sent, place_name, place FROM located"
    ).fetchall()
    if not new[0][0]:
        return
    points = ", ".join(f"NULL::DOUBLE AS {c}" for c in ("longitude", "latitude", "easting", "northing"))
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE words_said AS SELECT *, {points} FROM (SELECT * FROM words_new UNION ALL "
        "SELECT sent, place_name, place FROM located WHERE sent IN (SELECT lsoa FROM words_new))"
    )
    _place(con, "words_said", ground)
    con.execute(
        "DELETE FROM located WHERE sent IN (SELECT lsoa FROM words_new); "
        "INSERT INTO located SELECT s.lsoa, s.place_name, s.place, p.lsoa, p.authority, p.in_area, p.place_how "
        "FROM words_said s JOIN placed p ON p.row = s.rowid; DROP TABLE words_said; DROP TABLE words_new; "
        "DROP TABLE placed"
    )


def _locate_points(con: duckdb.DuckDBPyConnection, ground: Ground) -> bool:
    """Make `pointed`: where each row is whose words leave it open and that has a point. Whether there is one."""
    unsure = con.execute(f"SELECT count(*) FROM located WHERE how IN ({said(NONE)}, {said(AUTHORITY_ONLY)})")
    if not unsure.fetchall()[0][0]:
        return False
    con.execute(
        "CREATE OR REPLACE TEMP TABLE left_open AS SELECT s.file, s.line, s.lsoa, s.place_name, s.place, s.longitude, "
        f"s.latitude, s.easting, s.northing FROM good_rows s JOIN located w ON {SAME_WORDS} "
        f"WHERE w.how IN ({said(NONE)}, {said(AUTHORITY_ONLY)}) "
        "AND (s.longitude IS NOT NULL OR s.easting IS NOT NULL)"
    )
    some = bool(con.execute("SELECT count(*) FROM left_open").fetchall()[0][0])
    if some:
        _place(con, "left_open", ground)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE pointed AS SELECT o.file, o.line, p.lsoa, p.authority, p.in_area, "
            "p.place_how AS how FROM left_open o JOIN placed p ON p.row = o.rowid"
        )
        con.execute("DROP TABLE placed")
    con.execute("DROP TABLE left_open")
    return some


def _points_from_grid(con: duckdb.DuckDBPyConnection) -> bool:
    """
    Make `grid`: the longitude and latitude of rows that came with eastings and northings. Whether there are any.

    They are to the nearest 50 metres: near enough for every method that is used
    on points, and no nearer, because a partner's point may be somebody's home.
    """
    found = con.execute(f"SELECT DISTINCT {ON_GRID[0]}, {ON_GRID[1]} FROM good_rows WHERE {FROM_GRID}").fetchall()
    if not found:
        return False
    longitude, latitude = to_degrees([e for e, _ in found], [n for _, n in found])
    con.execute("CREATE OR REPLACE TEMP TABLE grid (e DOUBLE, n DOUBLE, lon DOUBLE, lat DOUBLE)")
    fill(con, "grid", [(e, n, float(x), float(y)) for (e, n), x, y in zip(found, longitude, latitude, strict=True)])
    return True


def _refuse_unknown_codes(con: duckdb.DuckDBPyConnection) -> bool:
    """
    With the whole list at hand, a code of England or Wales that is not on it is a slip, and its rows are refused.

    Makes `unknown`: the codes. Whether there are any.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE unknown AS SELECT DISTINCT sent AS lsoa FROM located "
        "WHERE regexp_matches(sent, '^[EW]01') AND sent NOT IN (SELECT lsoa FROM lsoa_known)"
    )
    if not con.execute("SELECT count(*) FROM unknown").fetchall()[0][0]:
        return False
    whose = " ".join(f"WHEN {said(f.name)} THEN {said(f.whose)}" for f in all_feeds())
    con.execute(
        "INSERT INTO problems SELECT file, line, 'LSOA code', lsoa, 'a 2011 or 2021 LSOA code that exists', "
        f"CASE feed {whose} END FROM staged WHERE bad = 0 AND lsoa IN (SELECT lsoa FROM unknown)"
    )
    return True


def _sort(con: duckdb.DuckDBPyConnection, pointed: bool, grid: bool) -> None:
    """
    Make `sorted`: each good staged row with where it is, and whether that is `inside` the area.

    A row of a wider extract that says no place is not in the area, because
    nothing says that it is; one of the area's own extract is.
    """
    ours = ", ".join(said(f.name) for f in all_feeds() if f.covers == "area")
    where = {"lsoa": "lsoa21", "authority": "authority", "how": "how", "in_area": "in_area"}
    found = ", ".join(
        f"{f'CASE WHEN q.file IS NOT NULL THEN q.{c} ELSE w.{c} END' if pointed else f'w.{c}'} AS {name}"
        for c, name in where.items()
    )
    joins, point = "", "longitude, latitude"
    if pointed:
        joins += " LEFT JOIN pointed q ON q.file = s.file AND q.line = s.line"
    if grid:
        # A key that is NULL meets nothing. A condition on one side alone would make the database try every pair.
        e, n = (f"CASE WHEN {FROM_GRID} THEN {at} END" for at in ON_GRID)
        joins += f" LEFT JOIN grid g ON g.e = {e} AND g.n = {n}"
        point = "coalesce(s.longitude, g.lon) AS longitude, coalesce(g.lat, s.latitude) AS latitude"
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW sorted AS SELECT *, coalesce(in_area, feed IN ({ours})) AS inside FROM "
        f"(SELECT s.* EXCLUDE (longitude, latitude), {point}, {found} "
        f"FROM good_rows s JOIN located w ON {SAME_WORDS}{joins})"
    )


def _number_persons(con: duckdb.DuckDBPyConnection) -> None:
    """A pseudonym becomes a number in the order of its digest: it tells people apart and says nothing of them."""
    con.execute(
        """
        INSERT INTO persons
        WITH new AS (SELECT DISTINCT feed, person FROM sorted WHERE inside AND person IS NOT NULL),
        had AS (SELECT feed, count(*) AS n FROM persons GROUP BY 1)
        SELECT new.feed, new.person,
            coalesce(had.n, 0) + row_number() OVER (PARTITION BY new.feed ORDER BY md5(new.person))
        FROM new ANTI JOIN persons USING (feed, person) LEFT JOIN had ON had.feed = new.feed
        """
    )


def _tally(con: duckdb.DuckDBPyConnection, ground: Ground) -> bool:
    """
    Count rows by file, month, sender, series and authority: what the register, releases and comparators are made of.

    Returns whether any lies outside the area.

    Where the area is every authority, each is there to be compared with the
    rest, so that rows inside are comparators as well.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE tally AS SELECT file, any_value(feed) AS feed, reporter, series, month, "
        "authority, in_area IS NULL AS nowhere, inside, count(*) AS n FROM sorted "
        "GROUP BY file, reporter, series, month, authority, nowhere, inside"
    )
    public = ", ".join(said(f.name) for f in all_feeds() if f.disclosure == "open")
    everywhere = said(ground.area.kind == EVERYWHERE)
    con.execute(
        f"""
        INSERT INTO good SELECT file, sum(n) FROM tally GROUP BY 1;
        INSERT INTO parts SELECT file, feed, coalesce(reporter, ''), month, sum(n) FROM tally GROUP BY ALL;
        INSERT INTO outside SELECT file, sum(n), coalesce(sum(n) FILTER (nowhere), 0) FROM tally WHERE NOT inside
            GROUP BY 1;
        INSERT INTO elsewhere SELECT feed, series, month, authority, file, reporter, sum(n) FROM tally
            WHERE ({everywhere} OR NOT inside) AND authority IS NOT NULL AND feed IN ({public}) GROUP BY ALL
        """
    )
    outside = con.execute("SELECT coalesce(bool_or(NOT inside), false) FROM tally").fetchall()[0][0]
    con.execute("DROP TABLE tally")
    return bool(outside)


def _keep(con: duckdb.DuckDBPyConnection, persons: bool) -> None:
    """Keep the rows inside the area as incidents."""
    person, join = "NULL", ""
    if persons:
        _number_persons(con)
        person = "CASE WHEN n.number IS NOT NULL THEN 'P' || n.number END"
        join = "LEFT JOIN persons n ON n.feed = p.feed AND n.person = p.person"
    con.execute(
        f"""
        INSERT INTO incidents SELECT file, line, p.feed, series, category, reference, month, happened_at, ended_at,
            lsoa21, longitude, latitude, location, reporter, outcome, flags, age_band, sex, ethnicity,
            {person}, value, how, false
        FROM sorted p {join} WHERE inside
        """
    )


def set_aside_returns(con: duckdb.DuckDBPyConnection, returned: str, feed: Feed, ground: Ground) -> None:
    """
    Count the rows of returns that are about another authority, partnership or LSOA than the area's.

    `returned` is SQL that gives their file, line and place. Their numbers stay,
    to compare with; they are never the area's own. A row of the whole country
    that names no place of the area is not the area's.
    """
    told = con.execute(f"SELECT DISTINCT place FROM ({returned}) WHERE place IS NOT NULL").fetchall()
    ours = {*ground.area.authorities, *ground.area.csps, ground.area.code}
    named = []
    for (word,) in told:
        code = word if word in ground.known.authorities else ground.known.authority_named(word)
        if word in ours or code is not None or word in ground.known.partnerships:
            named.append((word, word in ours or code in ours))
    con.execute("CREATE OR REPLACE TEMP TABLE named (word VARCHAR, ours BOOLEAN)")
    fill(con, "named", named)
    con.execute(
        f"INSERT INTO outside SELECT file, count(*), 0 FROM ({returned}) r "
        "LEFT JOIN named w ON w.word = r.place LEFT JOIN lsoa_known k ON k.lsoa = r.place "
        f"WHERE NOT coalesce(k.in_area, w.ours, {said(feed.covers != 'country')}) GROUP BY 1"
    )
    con.execute("DROP TABLE named")
