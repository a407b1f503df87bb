"""Rows sorted by where they lie: kept in the area, counted by authority outside it, refused where no place is."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from goldthread.evidence.building.filling import fill, said
from goldthread.evidence.building.releases import note_seen
from goldthread.evidence.feeds import Feed, all_feeds
from goldthread.evidence.places import Area, KnownAreas, Reference, place_rows, to_degrees
from goldthread.evidence.places.areas import EVERYWHERE
from goldthread.evidence.places.placing import AUTHORITY_ONLY, NONE
from goldthread.evidence.places.shapes import AreaShapes

NEAREST = 50  # metres
UNKNOWN = 1 << 61  # the fault of a row whose small area does not exist

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


def settle(con: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """Say of each staged row where it is; keep those of the area as incidents, and count rows by authority."""
    con.execute("INSERT INTO good SELECT file, count(*) FROM staged WHERE bad = 0 GROUP BY 1")
    _locate_words(con, ground)
    if ground.codes:
        _refuse_unknown_codes(con)
    _sort(con, _locate_points(con, ground))
    note_seen(con)
    _points_from_grid(con)
    # Rows pass by the small tables they are joined to; told to choose, the database would sometimes hold the rows.
    con.execute("SET disabled_optimizers = 'build_side_probe_side'")
    _keep(con, ground)
    con.execute("RESET disabled_optimizers")
    con.execute("DROP VIEW sorted; DROP TABLE pointed")


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
    con.execute(
        "CREATE OR REPLACE TEMP TABLE left_open AS SELECT s.rowid AS at, s.lsoa, s.place_name, s.place, s.longitude, "
        f"s.latitude, s.easting, s.northing FROM staged s JOIN located w ON {SAME_WORDS} "
        f"WHERE s.bad = 0 AND w.how IN ({said(NONE)}, {said(AUTHORITY_ONLY)}) "
        "AND (s.longitude IS NOT NULL OR s.easting IS NOT NULL)"
    )
    some = bool(con.execute("SELECT count(*) FROM left_open").fetchall()[0][0])
    if some:
        _place(con, "left_open", ground)
        con.execute(
            "CREATE OR REPLACE TEMP TABLE pointed AS SELECT o.at, p.lsoa, p.authority, p.in_area, p.place_how AS how "
            "FROM left_open o JOIN placed p ON p.row = o.rowid"
        )
        con.execute("DROP TABLE placed")
    else:
        con.execute("CREATE OR REPLACE TEMP TABLE pointed AS SELECT * FROM located LIMIT 0")
    con.execute("DROP TABLE left_open")
    return some


def _points_from_grid(con: duckdb.DuckDBPyConnection) -> None:
    """
    Give rows that came with eastings and northings their longitude and latitude, to the nearest 50 metres.

    Near enough for every method that is used on points, and no nearer: a
    partner's point may be somebody's home.
    """
    nearest = [f"round({c} / {NEAREST}) * {NEAREST}" for c in ("easting", "northing")]
    from_grid = "bad = 0 AND longitude IS NULL AND easting IS NOT NULL AND northing IS NOT NULL"
    found = con.execute(f"SELECT DISTINCT {nearest[0]}, {nearest[1]} FROM staged WHERE {from_grid}").fetchall()
    if not found:
        return
    longitude, latitude = to_degrees([e for e, _ in found], [n for _, n in found])
    con.execute("CREATE OR REPLACE TEMP TABLE grid (e DOUBLE, n DOUBLE, lon DOUBLE, lat DOUBLE)")
    fill(con, "grid", [(e, n, float(x), float(y)) for (e, n), x, y in zip(found, longitude, latitude, strict=True)])
    con.execute(
        f"UPDATE staged SET longitude = grid.lon, latitude = grid.lat FROM grid "
        f"WHERE {from_grid} AND grid.e = {nearest[0]} AND grid.n = {nearest[1]}"
    )
    con.execute("DROP TABLE grid")


def _refuse_unknown_codes(con: duckdb.DuckDBPyConnection) -> None:
    """With the whole list at hand, a code of England or Wales that is not on it is a slip, and is refused."""
    unknown = con.execute(
        "SELECT DISTINCT sent FROM located WHERE regexp_matches(sent, '^[EW]01') "
        "AND sent NOT IN (SELECT lsoa FROM lsoa_known)"
    ).fetchall()
    if not unknown:
        return
    which = f"bad = 0 AND lsoa IN ({', '.join(said(code) for (code,) in unknown)})"
    whose = " ".join(f"WHEN {said(f.name)} THEN {said(f.whose)}" for f in all_feeds())
    con.execute(
        "INSERT INTO problems SELECT file, line, 'LSOA code', lsoa, 'a 2011 or 2021 LSOA code that exists', "
        f"CASE feed {whose} END FROM staged WHERE {which}"
    )
    con.execute(f"INSERT INTO unknown_codes SELECT file, count(*) FROM staged WHERE {which} GROUP BY 1")
    con.execute(f"UPDATE staged SET bad = {UNKNOWN} WHERE {which}")


def _sort(con: duckdb.DuckDBPyConnection, pointed: bool) -> None:
    """
    Make `sorted`: each good staged row with where it is, and whether that is `inside` the area.

    A row of a wider extract that says no place is not in the area, because
    nothing says that it is; one of the area's own extract is.
    """
    ours = ", ".join(said(f.name) for f in all_feeds() if f.covers == "area")
    where = {"lsoa": "lsoa21", "authority": "authority", "how": "how", "in_area": "in_area"}
    found = ", ".join(
        f"{f'CASE WHEN q.at IS NOT NULL THEN q.{c} ELSE w.{c} END' if pointed else f'w.{c}'} AS {name}"
        for c, name in where.items()
    )
    join = "LEFT JOIN pointed q ON q.at = s.rowid" if pointed else ""
    con.execute(
        f"CREATE OR REPLACE TEMP VIEW sorted AS SELECT *, coalesce(in_area, feed IN ({ours})) AS inside FROM "
        f"(SELECT s.*, {found} FROM staged s JOIN located w ON {SAME_WORDS} {join} WHERE s.bad = 0)"
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


def _keep(con: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """
    Keep the rows inside the area as incidents; count the others, by authority, as comparators.

    Where the area is every authority, each is there to be compared with the
    rest, so that rows inside are counted by authority as well.
    """
    everywhere = said(ground.area.kind == EVERYWHERE)
    person, join = "NULL", ""
    if con.execute("SELECT count(person) FROM staged").fetchall()[0][0]:
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
    con.execute(
        "CREATE OR REPLACE TEMP TABLE away AS SELECT feed, series, month, authority, file, reporter, "
        f"in_area IS NULL AS nowhere, inside, count(*) AS n FROM sorted WHERE {everywhere} OR NOT inside GROUP BY ALL"
    )
    con.execute(
        "INSERT INTO outside SELECT file, sum(n), coalesce(sum(n) FILTER (nowhere), 0) FROM away WHERE NOT inside "
        "GROUP BY 1"
    )
    public = ", ".join(said(f.name) for f in all_feeds() if f.disclosure == "open")
    con.execute(
        "INSERT INTO elsewhere SELECT feed, series, month, authority, file, reporter, sum(n) FROM away "
        f"WHERE authority IS NOT NULL AND feed IN ({public}) GROUP BY ALL"
    )
    con.execute("DROP TABLE away")


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
