"""Where each row lies: in the area, outside it, or nowhere that can be told; and how that was known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from goldthread.evidence.building.filling import fill
from goldthread.evidence.feeds import Feed
from goldthread.evidence.places.areas import Area
from goldthread.evidence.places.known import KnownAreas
from goldthread.evidence.places.lookups import authority_of
from goldthread.evidence.places.reference import Reference

AS_SENT = "as sent"
SAME = "2011 code, same area"
MERGED = "2011 code, merged"
SPLIT = "2011 code, split: by its point"
BY_POINT = "by its point"
AUTHORITY_ONLY = "authority only"


@dataclass(frozen=True)
class Ground:
    """What is needed to place a row: the area, the authorities there are, and the reference tables."""

    area: Area
    known: KnownAreas
    reference: Reference
    codes: int  # how many LSOA codes the reference knows; 0 when there is none


def know_from_names(con: duckdb.DuckDBPyConnection, ground: Ground) -> None:
    """Without a reference, learn which authority an LSOA is in from the name that the file gives it."""
    found = con.execute(
        "SELECT DISTINCT lsoa, place_name FROM staged WHERE lsoa IS NOT NULL AND place_name IS NOT NULL "
        "AND lsoa NOT IN (SELECT lsoa FROM lsoa_known)"
    ).fetchall()
    rows = {code: authority_of(name, ground.known) for code, name in found}
    values = [(code, authority, authority in ground.area.authorities, code) for code, authority in rows.items()]
    if values:
        marks = ", ".join("(?, ?, ?, ?)" for _ in values)
        con.execute(
            "INSERT INTO lsoa_known (lsoa, authority, in_area, lsoa21) VALUES " + marks,
            [cell for row in values for cell in row],
        )


def _refuse_unknown_codes(con: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """With the whole list at hand, a code of England or Wales that is not on it is a slip, and is refused."""
    con.execute(
        "INSERT INTO problems SELECT s.file, s.line, 'LSOA code', s.lsoa, 'a 2011 or 2021 LSOA code that exists', ? "
        "FROM staged s WHERE regexp_matches(s.lsoa, '^[EW]01') AND s.lsoa NOT IN (SELECT lsoa FROM lsoa_known)",
        [feed.whose],
    )
    unknown = "regexp_matches(lsoa, '^[EW]01') AND lsoa NOT IN (SELECT lsoa FROM lsoa_known)"
    con.execute(f"INSERT INTO unknown_codes SELECT file, line FROM staged WHERE {unknown}")
    con.execute(f"DELETE FROM staged WHERE {unknown}")


def _learn_words(con: duckdb.DuckDBPyConnection, table: str, ground: Ground) -> None:
    """Learn which place words of a table name an authority: ours, another, or (a ward, a postcode) neither."""
    words = [w for (w,) in con.execute(f"SELECT DISTINCT place FROM {table} WHERE place IS NOT NULL").fetchall()]
    ours = {*ground.area.authorities, *ground.area.csps, ground.area.code}
    rows = []
    for word in words:
        code = word if word in ground.known.authorities else ground.known.authority_named(word)
        rows.append((word, None if code is None and word not in ours else (word in ours or code in ours)))
    con.execute("CREATE OR REPLACE TEMP TABLE words (word VARCHAR, ours BOOLEAN)")
    if rows:
        fill(con, "words", rows)


def place_rows(con: duckdb.DuckDBPyConnection, feed: Feed, ground: Ground) -> None:
    """
    Sort staged rows into `placed`: where each lies, whether that is in the area, and how it was known.

    A row of a wider extract that says no place is not in the area, because
    nothing says that it is; one of the area's own extract is. Those with a 2011
    code that was split are placed by their own point, in `split`.
    """
    if ground.codes:
        _refuse_unknown_codes(con, feed)
    else:
        know_from_names(con, ground)
    _learn_words(con, "staged", ground)
    whole = "true" if feed.covers == "area" else "false"
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE placed AS SELECT s.*, k.authority,
            CASE WHEN k.lsoa IS NOT NULL THEN k.in_area
                 WHEN s.lsoa IS NOT NULL THEN {whole} AND NOT {bool(ground.codes)}
                 WHEN w.ours IS NOT NULL THEN w.ours
                 ELSE {whole} END AS inside,
            s.lsoa IS NULL AND w.ours IS NULL AS nowhere,
            CASE WHEN s.lsoa IS NULL THEN NULL
                 WHEN k.lsoa IS NULL THEN CASE WHEN {bool(ground.codes)} THEN NULL ELSE s.lsoa END
                 ELSE k.lsoa21 END AS lsoa21,
            CASE WHEN s.lsoa IS NULL THEN '{AUTHORITY_ONLY}'
                 WHEN k.edition = '2011' AND k.change = 'M' THEN '{MERGED}'
                 WHEN k.edition = '2011' AND k.lsoa21 IS NULL THEN '{SPLIT}'
                 WHEN k.edition = '2011' THEN '{SAME}'
                 ELSE '{AS_SENT}' END AS how
        FROM staged s LEFT JOIN lsoa_known k ON k.lsoa = s.lsoa LEFT JOIN words w ON w.word = s.place
        """
    )


def keep_placed(con: duckdb.DuckDBPyConnection, feed: Feed) -> None:
    """Keep the rows inside the area as incidents; count the others, by authority, as comparators."""
    # A pseudonym becomes a number in the order of its digest: it tells people apart and says nothing of them.
    con.execute(
        """
        INSERT INTO persons SELECT ?, p, (SELECT count(*) FROM persons WHERE feed = ?)
            + row_number() OVER (ORDER BY md5(p))
        FROM (SELECT DISTINCT person AS p FROM placed WHERE inside AND person IS NOT NULL
              AND person NOT IN (SELECT person FROM persons WHERE feed = ?))
        """,
        [feed.name] * 3,
    )
    con.execute(
        """
        INSERT INTO incidents SELECT file, line, p.feed, series, category, reference, month, happened_at, ended_at,
            lsoa21, longitude, latitude, location, reporter, outcome, flags, age_band, sex, ethnicity,
            CASE WHEN n.number IS NOT NULL THEN 'P' || n.number END, value, how, false
        FROM placed p LEFT JOIN persons n ON n.feed = p.feed AND n.person = p.person WHERE inside
        """
    )
    con.execute(
        "INSERT INTO outside SELECT file, count(*), count(*) FILTER (nowhere) FROM placed WHERE NOT inside GROUP BY 1"
    )
    if feed.disclosure == "open":
        con.execute(
            "INSERT INTO elsewhere SELECT feed, series, month, authority, file, reporter, count(*) FROM placed "
            "WHERE NOT inside AND authority IS NOT NULL GROUP BY ALL"
        )


def set_aside_returns(con: duckdb.DuckDBPyConnection, files: Sequence[int], ground: Ground) -> None:
    """
    Count the rows of these returns that are about another authority or another area's LSOA.

    Their numbers stay, to compare with; they are never the area's own.
    """
    numbers = ", ".join(str(int(n)) for n in files)
    con.execute(f"CREATE OR REPLACE TEMP TABLE returned AS SELECT * FROM measures WHERE file IN ({numbers})")
    _learn_words(con, "returned", ground)
    con.execute(
        "INSERT INTO outside SELECT file, count(DISTINCT line), 0 FROM returned r "
        "LEFT JOIN words w ON w.word = r.place LEFT JOIN lsoa_known k ON k.lsoa = r.place "
        "WHERE NOT coalesce(k.in_area, w.ours, true) GROUP BY 1"
    )
