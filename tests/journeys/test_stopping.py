"""Stopped half-way, or out of room: a sentence, an exit code, and the folder as it was before."""

from __future__ import annotations

import hashlib
import resource
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.command import Told, goldthread, left_in, refused

MOMENTS = ("Checking:1", "query", "Writing:1", "Writing:9", "moving:3")


def contents(folder: Path) -> dict[str, str]:
    """Every file in a folder, by the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def driven(what: str, when: str, files: Path, reference: Path, to: Path, scratch: Path, *words: str) -> Told:
    """Assess, with something done to it at a moment; what it does for itself is done in `scratch`."""
    scratch.mkdir(exist_ok=True)
    return goldthread(
        *("assess", files, "--area", "Saltmarsh", "--reference", reference, "--to", to, *words),
        module=("tests.journeys.driven", what, when),
        env={"TMPDIR": str(scratch)},
    )


@pytest.fixture
def earlier(assessed: Path, tmp_path: Path) -> Path:
    """A folder with an earlier assessment in it."""
    shutil.copytree(assessed, tmp_path / "to")
    return tmp_path / "to"


@pytest.mark.parametrize("when", MOMENTS)
def test_ctrl_c_leaves_an_earlier_assessment_as_it_was(
    when: str, files: Path, reference: Path, earlier: Path, tmp_path: Path
) -> None:
    before = contents(earlier)
    told = driven("int", when, files, reference, earlier, tmp_path / "scratch")
    assert (told.code, told.out, told.err) == (130, "", "Stopped. Nothing half-written was left behind.\n")
    assert contents(earlier) == before
    assert left_in(tmp_path / "scratch") == []


@pytest.mark.parametrize("when", ["Opening:1", "Writing:5"])
def test_being_stopped_by_the_system_leaves_nothing_where_nothing_was(
    when: str, files: Path, reference: Path, tmp_path: Path
) -> None:
    told = driven("term", when, files, reference, tmp_path / "to", tmp_path / "scratch")
    assert (told.code, told.out, told.err) == (143, "", "Stopped. Nothing half-written was left behind.\n")
    assert not (tmp_path / "to").exists()
    assert left_in(tmp_path / "scratch") == []


def test_a_disk_that_fills_while_editions_are_written_leaves_an_earlier_assessment_as_it_was(
    files: Path, reference: Path, earlier: Path, tmp_path: Path
) -> None:
    before = contents(earlier)
    told = driven("full", "Writing:2", files, reference, earlier, tmp_path / "scratch")
    refused(told, 5, "could not be written", str(earlier))
    assert contents(earlier) == before


@pytest.mark.parametrize("room", [50_000, 1_000_000])
def test_evidence_that_may_not_grow_leaves_nothing(room: int, files: Path, reference: Path, tmp_path: Path) -> None:
    told = goldthread(
        *("assess", files, "--area", "Saltmarsh", "--reference", reference, "--to", tmp_path / "to"),
        before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    refused(told, 5, "The evidence could not be written to", "Nothing was left there")
    assert not (tmp_path / "to").exists()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of three megabytes, where this machine lets one be made; else a folder that is said to be one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    yield disk
    if mounted.returncode == 0:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_with_evidence_is_said_to_be_full_and_left_empty(
    files: Path, reference: Path, small_disk: Path
) -> None:
    if not small_disk.is_mount():
        return  # the limit on how far files may grow, above, is then all that this machine can show
    told = goldthread(
        *("assess", files, "--area", "Saltmarsh", "--reference", reference, "--to", small_disk / "to"),
    )
    refused(told, 5, "the disk is full")
    assert left_in(small_disk) == []
