"""The fingerprint of an evidence file: of what it holds, not of how the database laid it out on disk."""

from __future__ import annotations

import hashlib

import duckdb

from goldthread.evidence.schema import TABLES

HALF = (1 << 64) - 1  # what one half of a digest of 128 bits can hold


def fingerprint_of(con: duckdb.DuckDBPyConnection) -> str:
    """
    A SHA-256 that is the same for the same content, whatever order rows were written in.

    Each row is digested by itself (MD5 of its values, with NULL told apart from
    an empty text); a table's digest is how many rows it has and the sum of both halves
    of theirs. A change to any value of any row changes it.
    """
    columns: dict[str, list[str]] = {table: [] for table in sorted(TABLES)}
    for table, name in con.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = current_database() "
        "AND NOT internal ORDER BY table_name, column_index"
    ).fetchall():
        columns[table].append(f"coalesce(CAST({name} AS VARCHAR), chr(1))")
    digests = []
    for table, texts in columns.items():
        kept = "WHERE key <> 'fingerprint'" if table == "provenance" else ""
        digests.append(
            f"SELECT '{table}' AS of, count(*), sum((r >> 64)::HUGEINT), sum((r & {HALF}::UHUGEINT)::HUGEINT) "
            f"FROM (SELECT md5_number(concat_ws(chr(31), {', '.join(texts)})) AS r FROM {table} {kept})"
        )
    whole = hashlib.sha256()
    for table, *digest in con.execute(f"{' UNION ALL '.join(digests)} ORDER BY 1").fetchall():
        whole.update(f"{table}: {tuple(digest)}\n".encode())
    return whole.hexdigest()
