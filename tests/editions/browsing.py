"""Chromium, when the machine has it, and what axe-core says of a page that is open in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUM: Final = shutil.which("chromium") or shutil.which("google-chrome")
FLAGS: Final = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def violations(page: Page) -> list[tuple[str, str]]:
    """What axe-core finds wrong: the rule, and the first place where it is broken."""
    from axe_playwright_python.sync_playwright import Axe

    told = Axe().run(page).response
    assert len(told["passes"]) > 15
    return [(one["id"], one["nodes"][0]["html"][:200]) for one in told["violations"]]
