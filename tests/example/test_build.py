"""Building Saltmarsh: the same bytes every time, in every form that partners use."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from example.build import build, main


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_two_builds_are_the_same_to_the_byte(saltmarsh: Path, tmp_path: Path) -> None:
    build(tmp_path)

    assert digests(tmp_path) == digests(saltmarsh)


def test_every_form_in_which_partners_send_files_is_there(saltmarsh: Path) -> None:
    kinds = {"".join(p.suffixes[-2:]) if p.suffix == ".gz" else p.suffix for p in (saltmarsh / "files").rglob("*.*")}

    assert {".csv", ".csv.gz", ".tsv.gz", ".txt", ".xlsx", ".ods", ".yaml", ".svg"} <= kinds


def test_one_file_is_in_windows_1252_and_one_has_a_mark_at_its_front(saltmarsh: Path) -> None:
    with pytest.raises(UnicodeDecodeError):
        (saltmarsh / "files/Council/Noise complaints.csv").read_text(encoding="utf-8")
    assert (saltmarsh / "files/Fire/Fire incidents 2023-2025.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_without_a_folder_it_says_how_it_is_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "python -m example.build TO_DIR" in capsys.readouterr().err


def test_run_from_a_terminal_it_builds_into_the_folder_named(tmp_path: Path) -> None:
    assert main([str(tmp_path / "new")]) == 0
    assert (tmp_path / "new/reference/areas.csv").is_file()
