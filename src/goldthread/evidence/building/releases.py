"""A month that came twice: the later release supersedes the earlier, and what changed is written down."""

from __future__ import annotations

import duckdb

# Half of the smaller file's rows again in the later one: a second release, not another part of the same month.
AGAIN = 0.5
PART = "hash(feed, coalesce(reporter, ''), month)"


def note_seen(con: duckdb.DuckDBPyConnection, rows: str) -> None:
    """
    Remember of these rows which month of whose each is of, and a digest of it, in `seen`.

    The digest is of its reference, or of what it says when it has none.
    """
    con.execute(
        f"INSERT INTO seen SELECT file, {PART}, hash(coalesce(reference, "
        f"concat_ws('|', series, lsoa, longitude, latitude, location, happened_at))) FROM {rows}"
    )


def superseded_months(con: duckdb.DuckDBPyConnection) -> bool:
    """
    Make `replaced`: which months of which file are superseded, and by which file. Whether there are any.

    Rows that were set aside are in `seen`; those that were kept are added here, for
    months that came twice. Files are in the order they were given. A later file supersedes an earlier
    one in a month when the same sender's rows are there again: at least half of
    the smaller of the two. Otherwise both count, as two parts of the month.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE twice AS SELECT feed, reporter, month, hash(feed, reporter, month) AS part "
        "FROM parts GROUP BY feed, reporter, month HAVING count(DISTINCT file) > 1"
    )
    if not con.execute("SELECT count(*) FROM twice").fetchall()[0][0]:
        return False
    note_seen(con, f"incidents WHERE {PART} IN (SELECT part FROM twice)")
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE replaced AS
        WITH held AS (SELECT DISTINCT part, file, digest FROM seen WHERE part IN (SELECT part FROM twice)),
        sizes AS (SELECT part, file, count(*) AS n FROM held GROUP BY ALL),
        both_have AS (SELECT part, a.file AS earlier, b.file AS later, count(*) AS n
                 FROM held a JOIN held b USING (part, digest) WHERE a.file < b.file GROUP BY ALL)
        SELECT row_number() OVER () AS k, t.feed, t.reporter, t.month, o.earlier, min(o.later) AS later FROM both_have o
        JOIN sizes x ON x.part = o.part AND x.file = o.earlier JOIN sizes y ON y.part = o.part AND y.file = o.later
        JOIN twice t ON t.part = o.part WHERE o.n >= {AGAIN} * least(x.n, y.n)
        GROUP BY t.feed, t.reporter, t.month, o.earlier
        """
    )
    return bool(con.execute("SELECT count(*) FROM replaced").fetchall()[0][0])


def supersede(con: duckdb.DuckDBPyConnection) -> None:
    """Mark the rows of superseded releases, take them out of comparators, and write down what changed."""
    if not superseded_months(con):
        return
    same = (
        "t.feed = r.feed AND coalesce(t.reporter, '') = r.reporter AND t.month IS NOT DISTINCT FROM r.month "
        "AND t.file = r.earlier"
    )
    con.execute(f"UPDATE incidents t SET superseded = true FROM replaced r WHERE {same}")
    con.execute(f"DELETE FROM elsewhere t USING replaced r WHERE {same}")
    release = (
        "SELECT r.k, i.reference, i.series, i.outcome FROM replaced r JOIN incidents i ON i.feed = r.feed "
        "AND coalesce(i.reporter, '') = r.reporter AND i.month IS NOT DISTINCT FROM r.month AND i.file = r."
    )
    con.execute(
        f"""
        INSERT INTO revisions
        WITH a AS MATERIALIZED ({release}earlier), b AS MATERIALIZED ({release}later),
        gone AS (SELECT k, reference, series FROM a WHERE reference IS NOT NULL
                 EXCEPT SELECT k, reference, series FROM b),
        fresh AS (SELECT k, reference, series FROM b WHERE reference IS NOT NULL
                 EXCEPT SELECT k, reference, series FROM a),
        outcomes AS (SELECT x.k, x.outcome AS earlier, y.outcome AS later, count(DISTINCT x.reference) AS n FROM a x
                 JOIN b y ON x.k = y.k AND x.reference = y.reference AND x.series = y.series
                 WHERE x.outcome IS DISTINCT FROM y.outcome AND NOT EXISTS (SELECT 1 FROM b z
                     WHERE z.k = x.k AND z.reference = x.reference AND z.outcome = x.outcome)
                 GROUP BY ALL),
        sizes AS (SELECT k, coalesce(x.n, 0) AS earlier, coalesce(y.n, 0) AS later FROM replaced
                 LEFT JOIN (SELECT k, count(*) AS n FROM a GROUP BY 1) x USING (k)
                 LEFT JOIN (SELECT k, count(*) AS n FROM b GROUP BY 1) y USING (k)),
        changes AS (
            SELECT k, 'rows' AS kind, later - earlier AS n, CAST(earlier AS VARCHAR) AS earlier,
                CAST(later AS VARCHAR) AS later FROM sizes
            UNION ALL SELECT k, 'references gone', count(*), NULL, NULL FROM gone GROUP BY 1
            UNION ALL SELECT k, 'references new', count(*), NULL, NULL FROM fresh GROUP BY 1
            UNION ALL SELECT k, 'outcome', n, earlier, later FROM outcomes)
        SELECT r.feed, r.month, r.reporter, c.kind, c.n, c.earlier, c.later FROM changes c JOIN replaced r USING (k)
        """
    )
