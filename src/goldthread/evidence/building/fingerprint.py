"""The fingerprint of an evidence file: of what it holds, not of how the database laid it out on disk."""

from __future__ import annotations

import hashlib

import duckdb

from goldthread.evidence.schema import TABLES


def fingerprint_of(con: duckdb.DuckDBPyConnection) -> str:
    """
    A SHA-256 that is the same for the same content, whatever order rows were written in.

    Each row is digested by itself (MD5 of its values, with NULL told apart from
    an empty text); a table's digest is how many rows it has and the sum of both halves
    of theirs. A change to any value of any row changes it.
    """
    whole = hashlib.sha256()
    for table in sorted(TABLES):
        kept = "WHERE key <> 'fingerprint'" if table == "provenance" else ""
        columns = ", ".join(
            f"coalesce(CAST({name} AS VARCHAR), chr(1))"
            for name in (c[0] for c in con.execute(f"DESCRIBE {table}").fetchall())
        )
        row = f"concat_ws(chr(31), {columns})"
        digest = con.execute(
            f"SELECT count(*), sum(md5_number_lower(r)::HUGEINT), sum(md5_number_upper(r)::HUGEINT) "
            f"FROM (SELECT {row} AS r FROM {table} {kept})"
        ).fetchone()
        whole.update(f"{table}: {digest}\n".encode())
    return whole.hexdigest()
