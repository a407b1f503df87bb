"""Whatever is wrong with what was given: one clear sentence, an exit code that says which, and nothing left behind."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.chapters.evidence_of import street_row, write_rows
from tests.journeys.command import goldthread, left_in, refused
from tests.journeys.conftest import NEXT_DOOR, assess

STREET = [street_row(i, "2025-01", "Burglary") for i in range(5)]


def nothing(to: Path) -> Path:
    return to / "nothing.csv"


def empty(to: Path) -> Path:
    (to / "empty.csv").write_bytes(b"")
    return to / "empty.csv"


def heading_alone(to: Path) -> Path:
    return write_rows(to / "street.csv", [])


def photographs(to: Path) -> Path:
    for i in range(3):
        (to / f"IMG_000{i}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    return to


def photograph_called_a_table(to: Path) -> Path:
    (to / "IMG_0001.csv").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40)
    return to / "IMG_0001.csv"


def archive(to: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("2025-01/2025-01-saltmarsh-street.csv", write_rows(to / "x", STREET).read_bytes())
    (to / "x").unlink()
    return out.getvalue()


def cut_zip(to: Path) -> Path:
    (to / "2025-01.zip").write_bytes(archive(to)[:-40])
    return to / "2025-01.zip"


def cut_zip_among_good_files(to: Path) -> Path:
    write_rows(to / "street.csv", STREET)
    cut_zip(to)
    return to


def zip_with_a_damaged_file(to: Path) -> Path:
    data = bytearray(archive(to))
    data[80:120] = b"\x00" * 40
    (to / "2025-01.zip").write_bytes(data)
    return to / "2025-01.zip"


def zip_bomb(to: Path) -> Path:
    with zipfile.ZipFile(to / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("street.csv", b"0" * 60_000_000)
    return to / "bomb.zip"


def workbook_with_one_far_cell(to: Path) -> Path:
    with xlsxwriter.Workbook(to / "far.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Crime ID", "Month"])
        sheet.write(1_048_575, 16_383, "x")
    return to / "far.xlsx"


def workbook_with_a_password(to: Path) -> Path:
    (to / "secret.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    return to / "secret.xlsx"


def workbook_of_two_sheets_of_rows(to: Path) -> Path:
    with xlsxwriter.Workbook(to / "years.xlsx") as book:
        for year in ("2024", "2025"):
            sheet = book.add_worksheet(year)
            for number, row in enumerate([list(STREET[0]), list(STREET[0].values())]):
                sheet.write_row(number, 0, row)
    return to / "years.xlsx"


def all_refused(to: Path) -> Path:
    return write_rows(to / "street.csv", [row | {"Month": "Mach"} for row in STREET])


def of_no_feed(to: Path) -> Path:
    (to / "odd.csv").write_text("name,colour\na,red\n", encoding="utf-8")
    return to / "odd.csv"


def another_area(to: Path) -> Path:
    return write_rows(to / "street.csv", [street_row(i, "2025-01", "Burglary", NEXT_DOOR) for i in range(5)])


def unreadable(to: Path) -> Path:
    (to / "street.csv").symlink_to("/proc/self/mem")  # which nobody can read from its start, not even root
    return to / "street.csv"


def a_pipe(to: Path) -> Path:
    os.mkfifo(to / "street.csv")
    return to / "street.csv"


BAD: list[tuple[Callable[[Path], Path], int, str]] = [
    (nothing, 1, "There is no file or folder called"),
    (empty, 4, "empty.csv has no rows"),
    (heading_alone, 4, "street.csv has no rows"),
    (photographs, 3, "3 files of other kinds, such as IMG_0000.jpg"),
    (photograph_called_a_table, 4, "IMG_0001.csv"),
    (cut_zip, 1, "2025-01.zip is not a whole zip file"),
    (cut_zip_among_good_files, 1, "2025-01.zip is not a whole zip file"),
    (zip_with_a_damaged_file, 4, "damaged"),
    (zip_bomb, 1, "bomb.zip would unpack to"),
    (workbook_with_one_far_cell, 4, "1,048,576 rows and 16,384 columns"),
    (workbook_with_a_password, 4, "has a password"),
    (workbook_of_two_sheets_of_rows, 4, "2 sheets of rows"),
    (all_refused, 4, "“Mach” is not a month"),
    (of_no_feed, 4, "No feed describes the columns of odd.csv"),
    (another_area, 4, "All 5 rows lie outside Saltmarsh"),
    (unreadable, 4, "street.csv could not be read"),
    (a_pipe, 1, "neither a file nor a folder"),
]


@pytest.mark.parametrize(("make", "code", "said"), BAD, ids=[make.__name__ for make, _, _ in BAD])
def test_each_is_one_sentence_and_leaves_nothing(
    make: Callable[[Path], Path], code: int, said: str, reference: Path, tmp_path: Path
) -> None:
    (tmp_path / "in").mkdir()
    given = make(tmp_path / "in")
    refused(assess(given, reference, tmp_path / "a/to"), code, said)
    assert left_in(tmp_path / "a") == []
    assert not (tmp_path / "a").exists()


def test_a_wrong_area_is_offered_the_nearest(files: Path, reference: Path, tmp_path: Path) -> None:
    words = ("assess", files, "--reference", reference, "--to", tmp_path / "to")
    refused(goldthread(*words, "--area", "Saltmarch"), 2, "“Saltmarch”", "nearest", "Saltmarsh (E06000999)")
    assert not (tmp_path / "to").exists()


def test_a_period_with_no_data_says_which_months_there_are(files: Path, reference: Path, tmp_path: Path) -> None:
    told = assess(files, reference, tmp_path / "to", "--period", "2030-01..2030-12")
    refused(told, 4, "2030-01..2030-12", "They hold 2024-01 to 2025-12")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--period", "2025-13"), "“2025-13” is not a month"),
        (("--period", "2025-12..2025-01"), "ends before it begins"),
        (("--edition", "glossy"), "There is no edition called “glossy”"),
        (("--area", "all"), "edition"),
    ],
)
def test_a_request_that_makes_no_sense_is_refused_before_anything_is_read(
    words: tuple[str, ...], said: str, files: Path, reference: Path, tmp_path: Path
) -> None:
    refused(assess(files, reference, tmp_path / "to", *words), 2, said)
    assert not (tmp_path / "to").exists()


def test_a_target_that_is_a_file_is_not_touched(files: Path, reference: Path, tmp_path: Path) -> None:
    (tmp_path / "to").write_text("precious", encoding="utf-8")
    refused(assess(files, reference, tmp_path / "to"), 2, "is a file")
    refused(assess(files, reference, tmp_path / "to/inside"), 5, "cannot be written to")
    assert (tmp_path / "to").read_text(encoding="utf-8") == "precious"


def test_a_target_that_cannot_be_written_to_is_one_sentence(files: Path, reference: Path, tmp_path: Path) -> None:
    target = Path("/sys/goldthread")  # where not even root may write
    if os.geteuid() != 0:
        target = tmp_path / "closed"
        target.mkdir(mode=0o555)
    refused(assess(files, reference, target), 5, f"{target} cannot be written to")


def test_files_that_cannot_be_used_among_good_ones_are_named_and_the_rest_is_assessed(
    reference: Path, tmp_path: Path
) -> None:
    for make in (workbook_with_a_password, of_no_feed, photographs):
        make(tmp_path)
    write_rows(tmp_path / "street.csv", STREET)
    told = assess(tmp_path, reference, tmp_path / "to", "--edition", "none")
    assert told.code == 0, told.err
    assert "Not used: secret.xlsx is an old Excel workbook or has a password." in told.err
    assert "Not used: odd.csv has columns that no feed describes." in told.err
    assert "Left aside, as no tables: 3 files, such as IMG_0000.jpg." in told.err
