"""A month that came twice: the later release supersedes the earlier, and what changed is written down."""

from __future__ import annotations

import duckdb

# Half of the smaller file's rows again in the later one: a second release, not another part of the same month.
AGAIN = 0.5


def note_seen(con: duckdb.DuckDBPyConnection) -> None:
    """Remember, for each staged row, its month and a digest: its reference, or what it says when it has none."""
    con.execute(
        "INSERT INTO seen SELECT file, feed, coalesce(reporter, ''), month, "
        "hash(coalesce(reference, concat_ws('|', series, lsoa, longitude, latitude, location, happened_at))) "
        "FROM staged"
    )


def superseded_months(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str, object, int, int]]:
    """
    Which months of which file are superseded, and by which file.

    Files are in the order they were given. A later file supersedes an earlier
    one in a month when the same sender's rows are there again: at least half of
    the smaller of the two. Otherwise both count, as two parts of the month.
    """
    found = con.execute(
        f"""
        WITH n AS (SELECT feed, reporter, month, file, count(*) AS n FROM seen GROUP BY ALL),
        twice AS (SELECT feed, reporter, month FROM n GROUP BY ALL HAVING count(*) > 1),
        held AS (SELECT DISTINCT s.feed, s.reporter, s.month, s.file, s.digest FROM seen s
                 JOIN twice t ON t.feed = s.feed AND t.reporter = s.reporter
                 AND t.month IS NOT DISTINCT FROM s.month),
        sizes AS (SELECT feed, reporter, month, file, count(*) AS n FROM held GROUP BY ALL),
        both_have AS (SELECT a.feed, a.reporter, a.month, a.file AS earlier, b.file AS later, count(*) AS n
                 FROM held a JOIN held b ON a.feed = b.feed AND a.reporter = b.reporter
                 AND a.month IS NOT DISTINCT FROM b.month AND a.digest = b.digest AND a.file < b.file GROUP BY ALL)
        SELECT o.feed, o.reporter, o.month, o.earlier, min(o.later) FROM both_have o
        JOIN sizes x ON x.file = o.earlier AND x.feed = o.feed AND x.reporter = o.reporter
             AND x.month IS NOT DISTINCT FROM o.month
        JOIN sizes y ON y.file = o.later AND y.feed = o.feed AND y.reporter = o.reporter
             AND y.month IS NOT DISTINCT FROM o.month
        WHERE o.n >= {AGAIN} * least(x.n, y.n) GROUP BY ALL ORDER BY ALL
        """
    ).fetchall()
    return [(f, r, m, e, later) for f, r, m, e, later in found]


def supersede(con: duckdb.DuckDBPyConnection) -> None:
    """Mark the rows of superseded releases, take them out of comparators, and write down what changed."""
    for feed, reporter, month, earlier, later in superseded_months(con):
        same = "feed = ? AND coalesce(reporter, '') = ? AND month IS NOT DISTINCT FROM ?"
        key = [feed, reporter, month]
        con.execute(f"UPDATE incidents SET superseded = true WHERE {same} AND file = ?", [*key, earlier])
        con.execute(f"DELETE FROM elsewhere WHERE {same} AND file = ?", [*key, earlier])
        _note_changes(con, key, earlier, later)


def _note_changes(con: duckdb.DuckDBPyConnection, key: list[object], earlier: int, later: int) -> None:
    rows = "SELECT * FROM incidents WHERE feed = ? AND coalesce(reporter, '') = ? AND month IS NOT DISTINCT FROM ?"
    con.execute(
        f"""
        INSERT INTO revisions
        WITH a AS ({rows} AND file = ?), b AS ({rows} AND file = ?),
        went AS (SELECT count(*) AS n FROM (SELECT reference, series FROM a WHERE reference IS NOT NULL
                 EXCEPT SELECT reference, series FROM b)),
        came AS (SELECT count(*) AS n FROM (SELECT reference, series FROM b WHERE reference IS NOT NULL
                 EXCEPT SELECT reference, series FROM a)),
        outcomes AS (SELECT x.outcome AS earlier, y.outcome AS later, count(DISTINCT x.reference) AS n FROM a x
                 JOIN b y ON x.reference = y.reference AND x.series = y.series
                 WHERE x.outcome IS DISTINCT FROM y.outcome
                 AND NOT EXISTS (SELECT 1 FROM b z WHERE z.reference = x.reference AND z.outcome = x.outcome)
                 GROUP BY ALL)
        SELECT ?, CAST(? AS DATE), ?, 'rows', (SELECT count(*) FROM b) - (SELECT count(*) FROM a),
               CAST((SELECT count(*) FROM a) AS VARCHAR), CAST((SELECT count(*) FROM b) AS VARCHAR)
        UNION ALL SELECT ?, CAST(? AS DATE), ?, 'references gone', n, NULL, NULL FROM went WHERE n > 0
        UNION ALL SELECT ?, CAST(? AS DATE), ?, 'references new', n, NULL, NULL FROM came WHERE n > 0
        UNION ALL SELECT ?, CAST(? AS DATE), ?, 'outcome', n, earlier, later FROM outcomes
        """,
        [*key, earlier, *key, later, *([key[0], key[2], key[1]] * 4)],
    )
