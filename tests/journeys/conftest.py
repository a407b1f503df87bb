"""Small invented files and one assessment of them, made once for all journeys, however many run at a time."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from example.reference import write_reference
from tests.chapters.evidence_of import ASB, monthly, street_row, street_rows, write_rows
from tests.journeys.command import Told, goldthread

SERIES = ("Burglary", "Shoplifting", "Violence and sexual offences", ASB)
NEXT_DOOR = ("E01990501", "Wexcombe 001A")
Shared = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Shared:
    """A folder that is made once, by whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    root = base if worker_id == "master" else base.parent

    def once(name: str, make: Callable[[Path], object]) -> Path:
        folder = root / f"journeys-{name}"
        with (root / f"journeys-{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not folder.exists():
                part = root / f"journeys-{name}.part"
                part.mkdir()
                make(part)
                part.rename(folder)
        return folder

    return once


@pytest.fixture(scope="session")
def reference(shared: Shared) -> Path:
    return shared("reference", write_reference)


@pytest.fixture(scope="session")
def files(shared: Shared) -> Path:
    """Two years of four kinds of incident, of which one row is bad and two lie in the neighbouring area."""

    def make(to: Path) -> None:
        rows = street_rows({s: monthly("2024-01..2025-12", 6 + i, 9, 4) for i, s in enumerate(SERIES)})
        rows.append(street_row(9001, "2025-02", "Burglary", **{"LSOA code": "Marram Estate"}))
        rows += [street_row(9002 + i, "2025-02", "Burglary", NEXT_DOOR) for i in range(2)]
        write_rows(to / "street.csv", rows)

    return shared("files", make)


@pytest.fixture(scope="session")
def assessed(shared: Shared, files: Path, reference: Path) -> Path:
    """The folder of an assessment in all its editions."""

    def make(to: Path) -> None:
        told = assess(files, reference, to)
        assert told.code == 0, told.err
        (to.parent / "journeys-assessed.err").write_text(told.err, encoding="utf-8")

    return shared("assessed", make)


def assess(what: Path, reference: Path, to: Path, *words: object) -> Told:
    """Assess Saltmarsh from these files."""
    return goldthread("assess", what, "--area", "Saltmarsh", "--reference", reference, "--to", to, *words)
