"""The pictures of the documents, taken from the demo in Chromium: `python docs/pictures.py [DEMO_FOLDER]`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

HERE = Path(__file__).resolve().parent
TO = HERE / "pictures"
WIDE, HIGH = 1100, 760
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")


def _first_page(page: Page) -> Locator | None:
    """The top of the edition as it opens."""
    return None


def _behind_a_number(page: Page) -> Locator | None:
    """The panel that opens when an underlined number is clicked."""
    number = page.locator("#section-overview a.figure").first
    number.scroll_into_view_if_needed()
    number.click()
    page.locator("dialog#panel[open]").wait_for()
    return None


def _map_of_hotspots(page: Page) -> Locator | None:
    """The first map of the chapter on hotspots, by itself."""
    return page.locator("#section-hotspots figure.map").first


def _chart_over_time(page: Page) -> Locator | None:
    """The first chart of the chapter on how things have changed, by itself."""
    return page.locator("#section-changes figure.chart").first


# A picture's name: the edition, and what is done before it is taken, which may choose a part of the page.
PICTURES: Mapping[str, tuple[str, Callable[[Page], Locator | None]]] = {
    "analyst-edition": ("analyst", _first_page),
    "behind-a-number": ("analyst", _behind_a_number),
    "public-edition": ("public", _first_page),
    "map-of-hotspots": ("analyst", _map_of_hotspots),
    "chart-over-time": ("analyst", _chart_over_time),
}


def take(assessment: Path) -> list[Path]:
    """Take every picture from the HTML editions in a folder."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("google-chrome")
    if found is None:
        raise SystemExit("There is no Chromium on this machine to take pictures with.")
    taken = []
    TO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        for name, (edition, do) in PICTURES.items():
            page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
            page.goto((assessment / f"{edition}.html").resolve().as_uri())
            part = do(page)
            (part or page).screenshot(path=TO / f"{name}.png", animations="disabled")
            taken.append(TO / f"{name}.png")
            page.close()
        browser.close()
    return taken


def main(words: list[str]) -> None:
    """Take the pictures from the demo in the folder named, or from one made for the purpose."""
    with tempfile.TemporaryDirectory() as folder:
        demo = Path(words[0]) if words else Path(folder)
        if not words:
            asked = [sys.executable, "-m", "goldthread", "demo", "--to", str(demo), "--no-serve", "--quiet"]
            subprocess.run(asked, check=True)
        for path in take(demo / "assessment"):
            print(f"Took {path.relative_to(HERE.parent)} ({path.stat().st_size // 1000} kB)")


if __name__ == "__main__":
    main(sys.argv[1:])
