"""Many rows are received as few are: the same lines refused, the same content whatever order it was written in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from goldthread.evidence.building import batches, fingerprint_of
from goldthread.evidence.schema import TABLES
from tests.chapters.evidence_of import STREET, evidence_of, monthly, street_rows, write_rows

MANY = batches.FEW + 1_000


def test_a_bad_row_among_very_many_is_refused_by_its_line(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": MANY}})
    rows[10] |= {"Month": "last week"}
    rows[11] |= {"LSOA code": "Saltmarsh", "Crime ID": "none"}
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.rows("SELECT rows, kept, refused FROM files") == [(MANY, MANY - 2, 2)]
        told = evidence.rows("SELECT line, column_name, found FROM problems ORDER BY ALL")
        assert told == [(12, "Month", "last week"), (13, "Crime ID", "none"), (13, "LSOA code", "Saltmarsh")]
        assert evidence.rows("SELECT min(line), max(line), count(DISTINCT line) FROM incidents") == [
            (2, MANY + 1, MANY - 2)
        ]


def test_a_blank_row_among_very_many_is_no_row_and_moves_no_line(tmp_path: Path) -> None:
    rows = street_rows({"Burglary": {"2025-01": MANY}})
    rows[10] = dict.fromkeys(STREET, "")
    with evidence_of(tmp_path, rows) as evidence:
        assert evidence.rows("SELECT rows, kept, refused FROM files") == [(MANY - 1, MANY - 1, 0)]
        assert evidence.rows("SELECT count(*) FROM incidents WHERE line = 12") == [(0,)]
        assert evidence.rows("SELECT max(line) FROM incidents") == [(MANY + 1,)]


def test_large_and_small_files_of_different_shapes_are_placed_together(tmp_path: Path) -> None:
    small = street_rows({"Robbery": monthly("2025-02..2025-02", 3)})
    for row in small:
        row.pop("Context")
    other = write_rows(tmp_path / "small.csv", small, [c for c in STREET if c != "Context"])
    with evidence_of(tmp_path, street_rows({"Burglary": {"2025-01": MANY}}), other) as evidence:
        assert evidence.rows("SELECT series, sum(n) FROM counts GROUP BY 1 ORDER BY 1") == [
            ("Burglary", MANY),
            ("Robbery", 3),
        ]
        assert evidence.rows("SELECT rows - kept FROM files") == [(0,), (0,)]


def test_a_file_cut_off_in_the_middle_of_a_letter_is_read_row_by_row(tmp_path: Path) -> None:
    """The database quotes the first 10,000 bytes of the row in its complaint: here they end inside a letter too."""
    good = street_rows({"Burglary": monthly("2025-02..2025-02", 3)})
    cut = write_rows(tmp_path / "cut.csv", good, STREET)
    with cut.open("ab") as out:
        out.write(b"abcd,2025-02,Saltmarsh Police," + ("é" * 7_000).encode()[:-1])
    with evidence_of(tmp_path, street_rows({"Robbery": monthly("2025-01..2025-01", 2)}), cut) as evidence:
        assert evidence.rows("SELECT rows, kept, refused FROM files ORDER BY rows") == [(2, 2, 0), (4, 3, 1)]


def test_the_fingerprint_is_of_the_content_and_not_of_its_order() -> None:
    months = [(feed, date(2025, month, 1)) for feed in ("a", "b") for month in range(1, 13)]
    fingerprints = []
    for rows in (months, months[::-1], months[1:], [*months[1:], ("c", months[0][1])]):
        con = duckdb.connect()
        con.execute("; ".join(f"CREATE TABLE {table} ({columns})" for table, columns in TABLES.items()))
        for feed, month in rows:
            con.execute(f"INSERT INTO came VALUES ('{feed}', '{month}')")
        fingerprints.append(fingerprint_of(con))
        con.close()
    assert fingerprints[0] == fingerprints[1]
    assert len(set(fingerprints)) == 3


def test_a_value_that_moves_to_another_column_changes_the_fingerprint() -> None:
    fingerprints = set()
    for column in ("age_band", "sex"):
        con = duckdb.connect()
        con.execute("; ".join(f"CREATE TABLE {table} ({columns})" for table, columns in TABLES.items()))
        con.execute(f"INSERT INTO incidents (file, line, {column}) VALUES (0, 2, 'Other')")
        fingerprints.add(fingerprint_of(con))
        con.close()
    assert len(fingerprints) == 2
