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
    of theirs, with the names of the columns that have a value in any row: the others add
    nothing. A change to any value of any row changes it; of a longitude or latitude, any of a
    billionth of a degree, because the last digits of a projection differ between machines.
    """
    filled = _filled(con)
    digests = []
    for table, texts in filled.items():
        kept = "WHERE key <> 'fingerprint'" if table == "provenance" else ""
        digests.append(
            f"SELECT '{table}' AS of, count(*), sum((r >> 64)::HUGEINT), sum((r & {HALF}::UHUGEINT)::HUGEINT) "
            f"FROM (SELECT md5_number(concat_ws(chr(31), {', '.join(texts.values())})) AS r FROM {table} {kept})"
        )
    whole = hashlib.sha256()
    for table, *digest in con.execute(f"{' UNION ALL '.join(digests)} ORDER BY 1").fetchall():
        whole.update(f"{table} ({', '.join(filled[table])}): {tuple(digest)}\n".encode())
    return whole.hexdigest()


def _filled(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of each table that have a value in any row, with the text that is digested of each."""
    columns = {
        table: [column.split()[0] for column in said.replace("\n", " ").split(",")] for table, said in TABLES.items()
    }
    counts = " UNION ALL ".join(
        f"SELECT '{table}', [count(*), {', '.join(f'count({c})' for c in names)}] FROM {table}"
        for table, names in columns.items()
    )
    filled = {}
    for table, (rows, *there) in con.execute(counts).fetchall():
        filled[table] = {
            c: _text(c) if n == rows else f"coalesce({_text(c)}, chr(1))"
            for c, n in zip(columns[table], there, strict=True)
            if n
        } or {"(nothing)": "''"}
    return filled


def _text(column: str) -> str:
    """What is digested of a column: its text, but of degrees those that can be told apart on the ground."""
    if column in ("longitude", "latitude"):  # a billionth of a degree is a tenth of a millimetre
        return f"CAST(CAST({column} * 1e9 AS BIGINT) AS VARCHAR)"
    return f"CAST({column} AS VARCHAR)"
