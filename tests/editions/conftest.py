"""A browser, and a real assessment that is made once, however many tests and workers ask for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.editions.browsing import CHROMIUM, FLAGS
from tests.journeys.command import goldthread
from tests.journeys.conftest import Shared, shared

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["browser", "real", "shared"]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("There is no Chromium on this machine to open pages in.")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def real(shared: Shared, shared_data: Path) -> Path:
    """The folder of an assessment of a real authority in all its editions."""

    def make(to: Path) -> None:
        files, area = shared_data / "police-uk-dorset-2025", "Bournemouth, Christchurch and Poole"
        told = goldthread("assess", files, "--area", area, "--reference", shared_data, "--to", to, "--quiet")
        assert told.code == 0, told.err

    return shared("real", make)
