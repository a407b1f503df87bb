"""Where each row lies: its 2021 LSOA, its authority, whether that is in the area, and how that is known."""

from __future__ import annotations

from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from goldthread.evidence.places.areas import Area
from goldthread.evidence.places.columns import Words, floats, words
from goldthread.evidence.places.known import KnownAreas, plain
from goldthread.evidence.places.lookups import authority_of, fill
from goldthread.evidence.places.projection import to_grid
from goldthread.evidence.places.reference import Reference, text
from goldthread.evidence.places.shapes import ELSEWHERE, AreaShapes
from goldthread.evidence.places.splitting import read_splits

AS_SENT = "as sent"
SAME = "2011 code, same area"
MERGED = "2011 code, merged"
SPLIT = "2011 code, split: by its point"
BY_POINT = "by its point"
AUTHORITY_ONLY = "authority only"
NONE = "none"
HOW = (AS_SENT, SAME, MERGED, SPLIT, BY_POINT, AUTHORITY_ONLY, NONE)


def place_rows(
    connection: duckdb.DuckDBPyConnection,
    rows: str,
    area: Area,
    known: KnownAreas,
    reference: Reference,
    shapes: AreaShapes | None = None,
) -> dict[str, int]:
    """Where is each row of this table? Makes the temporary table `placed` and returns how many by `place_how`.

    `rows` names a table with the columns lsoa, place_name, place, longitude, latitude, easting and northing, any of
    them NULL; `lsoa_table` has been called. `placed` has `row` (the rowid of `rows`), `lsoa` (2021), `authority`,
    `in_area` and `place_how`, one for every row. `in_area` is NULL when nothing about the row says where it is.
    `shapes` place the rows that have a point and no LSOA (those in no shape are outside the area) and those of a
    split LSOA; without them the first keep their authority and the second go by centroids.
    """
    _words(connection, rows, area, known)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE row_words AS SELECT r.rowid AS row, w.word FROM {rows} r
        JOIN words w ON r.lsoa IS NOT DISTINCT FROM w.sent AND r.place_name IS NOT DISTINCT FROM w.place_name
            AND r.place IS NOT DISTINCT FROM w.place"""
    )
    _points(connection, rows, reference, shapes)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE placed AS
        SELECT r.row, coalesce(w.lsoa21, k.lsoa) AS lsoa, coalesce(k.authority, w.authority) AS authority,
            CASE WHEN p.lsoa21 = '{ELSEWHERE}' THEN false ELSE coalesce(k.in_area, w.in_area) END AS in_area,
            CASE WHEN w.how IS NOT NULL THEN w.how
                WHEN p.lsoa21 IS NOT NULL THEN CASE WHEN w.sent IS NULL THEN '{BY_POINT}' ELSE '{SPLIT}' END
                WHEN w.authority IS NOT NULL THEN '{AUTHORITY_ONLY}' ELSE '{NONE}' END AS place_how
        FROM row_words r JOIN words w USING (word) LEFT JOIN points p ON p.row = r.row
        LEFT JOIN lsoa_known k ON k.lsoa = p.lsoa21 AND k.edition <> '2011'"""
    )
    connection.execute("DROP TABLE words; DROP TABLE row_words; DROP TABLE points; DROP TABLE named")
    return dict(connection.execute("SELECT place_how, count(*) FROM placed GROUP BY 1 ORDER BY 1").fetchall())


def _words(connection: duckdb.DuckDBPyConnection, rows: str, area: Area, known: KnownAreas) -> None:
    """Make `words`: each way of saying a place once, and where that is. `how` is NULL when the point must decide."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE said AS SELECT lsoa AS sent, place_name, place FROM {rows} GROUP BY ALL"
    )
    _named(connection, area, known)
    # Without lookups a row's own name is all there is; a code takes its authority from any row that names it.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE words AS
        WITH taught AS (
            SELECT s.sent, min(n.authority) AS authority, bool_or(n.in_area) AS in_area
            FROM said s JOIN named n ON n.name = s.place_name WHERE s.sent IS NOT NULL GROUP BY s.sent),
        lookup AS (SELECT count(*) > 0 AS there FROM lsoa_known),
        by_name AS (
            SELECT name, min(lsoa21) AS lsoa21, min(authority) AS authority, bool_or(in_area) AS in_area
            FROM lsoa_known WHERE name IS NOT NULL GROUP BY name)
        SELECT row_number() OVER () AS word, s.sent, s.place_name, s.place,
            CASE WHEN k.lsoa IS NOT NULL THEN k.lsoa21 WHEN s.sent IS NULL THEN b.lsoa21
                WHEN NOT there THEN s.sent END AS lsoa21,
            coalesce(k.authority, b.authority, n.authority, t.authority, m.authority) AS authority,
            coalesce(k.in_area, b.in_area, n.in_area, t.in_area, m.in_area) AS in_area,
            CASE WHEN k.lsoa21 IS NOT NULL AND k.edition = '2011' THEN '{MERGED}'
                WHEN k.former_name <> k.name AND s.place_name = k.former_name THEN '{SAME}'
                WHEN k.lsoa21 IS NOT NULL OR (s.sent IS NULL AND b.lsoa21 IS NOT NULL) THEN '{AS_SENT}'
                WHEN s.sent IS NOT NULL AND NOT there THEN '{AS_SENT}' END AS how
        FROM said s CROSS JOIN lookup
        LEFT JOIN lsoa_known k ON k.lsoa = s.sent
        LEFT JOIN by_name b ON b.name = s.place_name AND s.sent IS NULL
        LEFT JOIN named n ON n.name = s.place_name
        LEFT JOIN taught t ON t.sent = s.sent
        LEFT JOIN named m ON m.name = s.place"""
    )
    connection.execute("DROP TABLE said")


def _named(connection: duckdb.DuckDBPyConnection, area: Area, known: KnownAreas) -> None:
    """Make `named`: every name of a place that was sent and says an authority, and whether that is in the area."""
    sent = connection.execute("SELECT place_name FROM said UNION SELECT place FROM said").fetchall()
    former = {plain(f.name): f for f in known.former}
    inside = {f.code for f in area.former}
    rows = []
    for (name,) in sent:
        authority = None if name is None else (name if name in known.authorities else authority_of(name, known))
        if authority is None:
            continue
        was = former.get(plain(name.rsplit(" ", 1)[0])) or former.get(plain(name))
        partly = authority in area.limited
        is_in = was is not None and was.code in inside if partly else authority in area.authorities
        rows.append((name, authority, str(is_in).lower()))
    fill(connection, "named (name VARCHAR, authority VARCHAR, in_area BOOLEAN)", rows)


def _points(connection: duckdb.DuckDBPyConnection, rows: str, reference: Reference, shapes: AreaShapes | None) -> None:
    """Make `points`: each row whose words leave its LSOA open and that has a point, and the LSOA that it is in."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE open_rows AS
        SELECT o.row, o.sent, r.longitude, r.latitude, r.easting, r.northing,
            dense_rank() OVER (ORDER BY o.sent, r.longitude, r.latitude, r.easting, r.northing) AS n
        FROM {rows} r JOIN (SELECT row, sent FROM row_words JOIN words USING (word) WHERE how IS NULL) o
            ON o.row = r.rowid
        WHERE r.longitude IS NOT NULL OR r.easting IS NOT NULL"""
    )
    columns = connection.execute("SELECT DISTINCT ON (n) * FROM open_rows ORDER BY n").fetchnumpy()
    found = _find(connection, columns, reference, shapes)
    answers = text(",".join("" if code is None else str(code) for code in found))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE points AS SELECT o.row, a.lsoa21 FROM open_rows o JOIN ("
        f"SELECT nullif(unnest(string_split({answers}, ',')), '') AS lsoa21, "
        f"generate_subscripts(string_split({answers}, ','), 1) AS n) a USING (n)"
    )
    connection.execute("DROP TABLE open_rows")


def _find(
    connection: duckdb.DuckDBPyConnection,
    columns: dict[str, NDArray[Any]],
    reference: Reference,
    shapes: AreaShapes | None,
) -> Words:
    """The LSOA of each open point: of a split code by the parts of that code, else by the map."""
    longitude, latitude, easting, northing = (
        floats(columns[c]) for c in ("longitude", "latitude", "easting", "northing")
    )
    sent = words(columns["sent"])
    found: Words = np.full(len(sent), None, dtype=object)
    if not len(sent):
        return found
    x, y = to_grid(longitude, latitude)
    x, y = np.where(np.isnan(easting), x, easting), np.where(np.isnan(northing), y, northing)
    coded = np.array([s is not None for s in sent], dtype=bool)
    if coded.any():
        found[coded] = read_splits(connection, reference, shapes).place(sent[coded], x[coded], y[coded])
    if shapes is not None and not coded.all():
        found[~coded] = shapes.locate(x[~coded], y[~coded])
    return found
