"""Files as partners really send them are found, unpacked within limits, recognised and read without losing a row."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from pathlib import Path

import duckdb
import pytest

from goldthread.evidence.reading import find_files, load_rows, open_table
from goldthread.evidence.reading import finding as limits
from goldthread.evidence.trouble import NothingToRead, Trouble
from tests.chapters.evidence_of import STREET, street_row

ROWS = [street_row(i, "2025-01", "Burglary") for i in range(5)]


def as_text(rows: list[dict[str, str]], delimiter: str = ",", ending: str = "\n") -> str:
    out = io.StringIO()
    write = csv.DictWriter(out, STREET, delimiter=delimiter, lineterminator=ending)
    write.writeheader()
    write.writerows(rows)
    return out.getvalue()


def rows_of(path: Path, tmp_path: Path) -> list[tuple[int, ...]]:
    """The lines that a file's rows begin on, through whichever way it has to be read."""
    con = duckdb.connect()
    [found] = find_files([path])[0]
    opened = open_table(found, tmp_path)
    assert opened.feed is not None
    load_rows(con, "raw", [(0, opened)], tmp_path)
    return con.execute("SELECT line, fields FROM raw ORDER BY line").fetchall()


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_any_usual_delimiter_is_read(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "street.txt"
    path.write_text(as_text(ROWS, delimiter), encoding="utf-8")
    assert [line for line, _ in rows_of(path, tmp_path)] == [2, 3, 4, 5, 6]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_any_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "street.csv"
    rows = [*ROWS, street_row(9, "2025-01", "Burglary", Location="On or near Caf\u00e9 Lane \u2013 south")]
    path.write_bytes(as_text(rows).encode(encoding))
    [found] = find_files([path])[0]
    *_, (_, last) = open_table(found, tmp_path).records()
    assert last[6] == "On or near Caf\u00e9 Lane \u2013 south"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_any_line_ending_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "street.csv"
    path.write_bytes(as_text(ROWS, ending=ending).encode())
    assert len(rows_of(path, tmp_path)) == 5


def test_a_file_is_known_by_its_columns_and_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "fire incidents FINAL v2.csv"
    path.write_text(as_text(ROWS), encoding="utf-8")
    [found] = find_files([path])[0]
    opened = open_table(found, tmp_path)
    assert opened.feed is not None
    assert opened.feed.name == "police-uk-street"


def test_notes_above_the_heading_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "street.csv"
    path.write_text("Extract for the partnership\n\nRun by the data team\n" + as_text(ROWS), encoding="utf-8")
    assert [line for line, _ in rows_of(path, tmp_path)] == [5, 6, 7, 8, 9]


def test_a_row_over_two_lines_keeps_the_line_that_it_begins_on(tmp_path: Path) -> None:
    rows = [ROWS[0], ROWS[1] | {"Location": "On or near\nInvented Road"}, ROWS[2]]
    path = tmp_path / "street.csv"
    path.write_text(as_text(rows), encoding="utf-8")
    assert [line for line, _ in rows_of(path, tmp_path)] == [2, 3, 5]


def test_a_short_row_is_a_row_and_says_how_short(tmp_path: Path) -> None:
    path = tmp_path / "street.csv"
    path.write_text(as_text(ROWS) + "only,three,columns\n", encoding="utf-8")
    assert rows_of(path, tmp_path)[-1] == (7, 3)


def test_a_quote_that_never_closes_loses_no_earlier_row(tmp_path: Path) -> None:
    path = tmp_path / "street.csv"
    path.write_text(as_text(ROWS) + '"never closed,2025-01\n', encoding="utf-8")
    assert [line for line, _ in rows_of(path, tmp_path)][:5] == [2, 3, 4, 5, 6]


def test_gz_and_zip_are_opened_and_named_by_what_is_inside(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/street.csv.gz").write_bytes(gzip.compress(as_text(ROWS).encode()))
    with zipfile.ZipFile(tmp_path / "2025-12.zip", "w") as archive:
        archive.writestr("2025-01/2025-01-saltmarsh-street.csv", as_text(ROWS))
        archive.writestr("2025-01/notes.pdf", b"%PDF")
        archive.writestr("__MACOSX/2025-01/._street.csv", b"junk")
    assert len(rows_of(tmp_path / "a/street.csv.gz", tmp_path)) == 5
    [found] = find_files([tmp_path / "2025-12.zip"])[0]
    assert found.name == "2025-12.zip/2025-01/2025-01-saltmarsh-street.csv"


def test_a_zip_that_is_cut_off_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "2025-12.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("street.csv", as_text(ROWS))
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(Trouble, match="not a whole zip"):
        find_files([path])


def test_a_zip_that_swells_as_no_honest_file_does_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("street.csv", b"0" * (limits.RATIO_MATTERS_FROM + 1))
    with pytest.raises(Trouble, match="would unpack"):
        find_files([path])


def test_a_gz_that_swells_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "street.csv.gz"
    path.write_bytes(gzip.compress(b"0" * (limits.RATIO_MATTERS_FROM + 1)))
    with pytest.raises(Trouble, match="swells"):
        open_table(find_files([path])[0][0], tmp_path)


def test_a_folder_of_photographs_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "IMG_0001.jpg").write_bytes(b"\xff\xd8")
    with pytest.raises(NothingToRead, match=r"1 files of other kinds, such as IMG_0001\.jpg"):
        find_files([tmp_path])


def test_a_path_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble, match="There is no file or folder called"):
        find_files([tmp_path / "nothing.csv"])


def test_a_picture_called_a_workbook_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "crimes.xlsx"
    path.write_bytes(b"\xff\xd8" * 100)
    with pytest.raises(Trouble, match="not a whole workbook"):
        open_table(find_files([path])[0][0], tmp_path)
