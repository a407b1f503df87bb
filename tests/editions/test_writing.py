"""All editions at once: everything asked for, whole or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from goldthread.chapters.model import Edition
from goldthread.editions import writing
from goldthread.editions.writing import DOCUMENTS, WRITERS, last_day, write_all
from goldthread.evidence.disclosure import read_ledger
from goldthread.evidence.trouble import BadRequest, CannotWrite
from tests.editions.sample import sample

EVERYTHING = {f"{edition.value}.{form}" for edition in Edition for form in DOCUMENTS} | {"data.xlsx", "data"}


def everything_in(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_edition_and_the_data_annex_are_written_and_listed(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    paths = write_all(sample(), tmp_path / "out", progress=lambda *step: told.append(step))
    assert {path.name for path in (tmp_path / "out").iterdir()} == EVERYTHING | {"published.json"}
    files = {path for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert set(paths) == {path for path in files if path.name != "published.json"}
    assert [done for _, done, _ in told] == list(range(1, 20))
    assert {(what, of) for what, _, of in told} == {("Writing the editions", 19)}


def test_the_same_assessment_written_twice_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    write_all(sample(), tmp_path / "one")
    write_all(sample(), tmp_path / "two")
    one, two = everything_in(tmp_path / "one"), everything_in(tmp_path / "two")
    assert [name for name in one if one[name] != two[name]] == []
    assert set(one) == set(two)


def test_only_what_was_asked_for_is_written(tmp_path: Path) -> None:
    paths = write_all(sample(), tmp_path, ["public"], ["pdf", "odt"])
    assert [path.name for path in paths] == ["public.odt", "public.pdf"]
    assert write_all(sample(), tmp_path / "none", ()) == []
    assert not (tmp_path / "none").exists()


def test_an_unknown_edition_or_format_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no format “doc”"):
        write_all(sample(), tmp_path / "out", ["public"], ["doc"])
    with pytest.raises(ValueError, match="mayor"):
        write_all(sample(), tmp_path / "out", ["mayor"])
    assert not (tmp_path / "out").exists()


def test_a_target_that_is_a_file_is_refused_in_a_sentence(tmp_path: Path) -> None:
    target = tmp_path / "report"
    target.write_text("mine")
    with pytest.raises(BadRequest, match=r"is a file\. Name a folder"):
        write_all(sample(), target)
    assert target.read_text() == "mine"


@pytest.mark.parametrize("logo", ["a photograph", "<svg></svg>", '<svg viewBox="0 0 9 9"><g></svg>'])
def test_a_logo_that_is_no_picture_is_refused_in_a_sentence(tmp_path: Path, logo: str) -> None:
    partnership = replace(sample().partnership, logo_svg=logo)
    with pytest.raises(BadRequest, match="logo is not an SVG picture"):
        write_all(replace(sample(), partnership=partnership), tmp_path, ["public"], ["pdf"])
    assert list(tmp_path.iterdir()) == []


def test_a_logo_with_a_size_and_no_view_box_will_do(tmp_path: Path) -> None:
    logo = '<svg xmlns="http://www.w3.org/2000/svg" height="20px" width="40"><rect width="40" height="20"/></svg>'
    partnership = replace(sample().partnership, logo_svg=logo)
    assert len(write_all(replace(sample(), partnership=partnership), tmp_path, ["public"], ["pdf", "docx"])) == 2


def interrupted(*_: object) -> bytes:
    raise KeyboardInterrupt


def full(*_: object) -> bytes:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(("trouble", "raised"), [(interrupted, KeyboardInterrupt), (full, CannotWrite)])
def test_an_interruption_or_a_full_disk_leaves_the_folder_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, trouble: object, raised: type[BaseException]
) -> None:
    (tmp_path / "public.pdf").write_bytes(b"last year's")
    monkeypatch.setattr(writing, "WRITERS", {**WRITERS, "odt": trouble})
    with pytest.raises(raised):
        write_all(sample(), tmp_path, ["public"], ["pdf", "odt"])
    assert everything_in(tmp_path) == {"public.pdf": b"last year's"}


def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(CannotWrite, match=r"No space left on device\. Nothing was left there\."):
        write_all(sample(), tmp_path, ["public"], ["odt"])
    assert list(tmp_path.iterdir()) == []


def test_a_move_that_fails_half_way_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_all(sample(), tmp_path, ["public"], ["odt", "csv"])
    before = everything_in(tmp_path)
    move, moves = os.replace, 0

    def third_time_unlucky(source: Path, target: Path) -> None:
        nonlocal moves
        moves += 1
        if moves == 4:
            raise KeyboardInterrupt
        move(source, target)

    monkeypatch.setattr(os, "replace", third_time_unlucky)
    with pytest.raises(KeyboardInterrupt):
        write_all(sample(), tmp_path, ["public"], ["odt", "csv", "pdf"])
    assert everything_in(tmp_path) == before


def test_what_was_there_before_under_the_same_names_is_replaced_whole(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "stale.csv").write_text("old")
    write_all(sample(), tmp_path, ["public"], ["csv"])
    assert not (tmp_path / "data" / "stale.csv").exists()
    assert (tmp_path / "data" / "datapackage.json").exists()


def test_files_are_dated_by_the_data_and_not_by_the_clock() -> None:
    assert last_day(sample()).isoformat() == "2025-12-31"


def test_what_a_release_showed_is_remembered_beside_it(tmp_path: Path) -> None:
    write_all(sample(), tmp_path, ("public",), ("html",))
    first = read_ledger(tmp_path / "published.json")
    assert first.tables
    write_all(sample(), tmp_path, ("public",), ("html",))
    assert read_ledger(tmp_path / "published.json") == first, "the same release again is not another one"
