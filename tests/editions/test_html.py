"""Each HTML edition is one valid file that fetches nothing, and that everybody can read."""

from __future__ import annotations

import itertools
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import html5lib
import pikepdf
import pytest

from goldthread.chapters.model import EXECUTIVE, Block, Chart, Edition, Map
from goldthread.editions import html
from goldthread.editions.prepared import Document, prepare
from goldthread.evidence.disclosure import rule_for
from tests.editions.browsing import unfold, violations
from tests.editions.sample import sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

EDITIONS = tuple(Edition)


def document(edition: Edition) -> Document:
    return prepare(sample(), edition, rule_for(edition.value))


def page(edition: Edition) -> str:
    return html.page(document(edition), sample().geography)


PAGES = {edition: page(edition) for edition in EDITIONS}


@pytest.fixture
def opened(browser: Browser, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Page]:
    """A page of the edition the test is asked for, from a file, with every request it makes recorded."""
    path = tmp_path / "page.html"
    path.write_text(PAGES[request.param], encoding="utf-8")
    shown = browser.new_page(viewport={"width": 1200, "height": 900})
    shown.goto(path.as_uri())
    yield shown
    shown.close()


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_is_valid_html(edition: Edition) -> None:
    parser = html5lib.HTMLParser(strict=True)
    parser.parse(PAGES[edition])


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_has_one_heading_of_the_first_level_and_skips_no_level(edition: Edition) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", PAGES[edition])]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_page_loads_nothing_from_anywhere(edition: Edition) -> None:
    text = PAGES[edition].replace("http://www.w3.org/2000/svg", "")
    assert not re.findall(r"""(?:src|href)=["'](?!#|data:)[^"']*|url\((?!#)[^)]*|@import|https?://""", text)
    assert "default-src 'none'" in text


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_link_leads_somewhere_and_no_id_is_there_twice(edition: Edition) -> None:
    ids = re.findall(r' id="([^"]+)"', PAGES[edition])
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', PAGES[edition])) <= set(ids)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_marking_stands_above_and_below(edition: Edition) -> None:
    head, rest = PAGES[edition].split("</header>")
    assert '<p class="marking">OFFICIAL</p>' in head
    assert '<p class="marking">OFFICIAL</p>' in rest.split('<footer class="bottom">')[1]


def test_the_welsh_name_is_marked_as_welsh() -> None:
    assert '<span lang="cy">Morfa Heli</span>' in PAGES[Edition.ANALYST]
    english = html.page(replace(document(Edition.ANALYST), area_welsh=""), sample().geography)
    assert 'lang="cy"' not in english


def test_tables_have_captions_and_heads() -> None:
    text = PAGES[Edition.ANALYST]
    assert text.count("<caption") == text.count("<table")
    assert '<th scope="col" class="n">2025</th>' in text
    assert '<th scope="row">Burglary</th>' in text


def test_every_chart_has_its_description_and_its_numbers() -> None:
    for figure in re.findall(r"<figure.*?</figure>", PAGES[Edition.ANALYST], re.DOTALL):
        assert "<figcaption>" in figure
        assert "<details>" in figure
        assert "<table" in figure
        assert 'role="img"' in figure


def test_a_number_leads_to_what_is_behind_it_in_the_analyst_edition_only() -> None:
    assert '<a class="figure" href="#figure-burglary.change">1,234</a>' in PAGES[Edition.ANALYST]
    assert 'id="figure-burglary.change"' in PAGES[Edition.ANALYST]
    assert "#figure-" not in PAGES[Edition.EXECUTIVE]


def test_words_from_files_cannot_become_markup() -> None:
    nasty = '<script>alert(1)</script>" onload="x'
    partnership = replace(sample().partnership, name=nasty, logo_svg=nasty, marking='OFFICIAL"; } </style>')
    text = html.page(replace(document(Edition.ANALYST), title=nasty, partnership=partnership), sample().geography)
    assert "<script>alert" not in text
    assert text.count("</style>") == 1
    assert text.count("<script>") == 1


def test_the_same_document_gives_the_same_bytes() -> None:
    assert page(Edition.ANALYST) == PAGES[Edition.ANALYST]


def test_a_file_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "analyst.html"
    html.write(document(Edition.ANALYST), sample().geography, target)
    assert target.read_text(encoding="utf-8") == PAGES[Edition.ANALYST]

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        html.write(document(Edition.PUBLIC), sample().geography, tmp_path / "public.html")
    assert [path.name for path in tmp_path.iterdir()] == ["analyst.html"]


@pytest.mark.chromium
@pytest.mark.parametrize("opened", EDITIONS, indirect=True)
def test_axe_finds_nothing(opened: Page) -> None:
    unfold(opened)
    assert not violations(opened)


@pytest.mark.chromium
@pytest.mark.parametrize("opened", [Edition.ANALYST], indirect=True)
def test_axe_finds_nothing_on_a_narrow_screen_with_the_panel_open(opened: Page) -> None:
    opened.set_viewport_size({"width": 360, "height": 700})
    opened.locator("a.figure").first.click()
    assert not violations(opened)


@pytest.mark.chromium
@pytest.mark.parametrize("opened", EDITIONS, indirect=True)
def test_a_narrow_screen_needs_no_sideways_scrolling(opened: Page) -> None:
    opened.set_viewport_size({"width": 320, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.chromium
@pytest.mark.parametrize("opened", [Edition.ANALYST], indirect=True)
def test_a_number_opens_its_panel_and_gives_the_focus_back(opened: Page) -> None:
    number = opened.locator("a.figure", has_text="4,212").first
    number.press("Enter")
    panel = opened.locator("#panel")
    assert panel.is_visible()
    assert "analysis.change.rate_ratio" in panel.inner_text()
    opened.keyboard.press("Escape")
    assert not panel.is_visible()
    assert opened.evaluate("document.activeElement.textContent") == "4,212"


@pytest.mark.chromium
@pytest.mark.parametrize("opened", [Edition.ANALYST], indirect=True)
def test_a_map_is_enlarged_moved_and_walked_with_the_keyboard(opened: Page) -> None:
    figure = opened.locator("figure.map").first
    ground = figure.locator("[data-pan]")
    figure.get_by_role("button", name="Zoom in").press("Enter")
    assert "scale(1.6)" in (ground.get_attribute("transform") or "")
    figure.get_by_role("button", name="Move right").press("Enter")
    moved = ground.get_attribute("transform")
    figure.get_by_role("button", name="Next area").press("Enter")
    assert figure.get_by_role("status").inner_text() == "Saltmarsh 005F: 90 reports (1 of 86, highest first)"
    figure.get_by_role("button", name="Next area").press("Enter")
    assert "2 of 86" in figure.get_by_role("status").inner_text()
    figure.get_by_role("button", name="Whole map").press("Enter")
    assert ground.get_attribute("transform") == "translate(0 0) scale(1)" != moved


@pytest.mark.chromium
@pytest.mark.parametrize("opened", EDITIONS, indirect=True)
def test_the_first_press_of_tab_offers_to_skip_to_the_content(opened: Page) -> None:
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Skip to the content"
    opened.keyboard.press("Enter")
    assert opened.evaluate("location.hash") == "#content"


def _shown_to_the_board(block: Block) -> Block:
    return replace(block, editions=EXECUTIVE) if isinstance(block, Chart | Map) else block


@pytest.mark.chromium
def test_the_fullest_executive_edition_still_prints_on_four_pages(browser: Browser, tmp_path: Path) -> None:
    whole = sample()
    finding = replace(
        whole.findings[1],
        statement=f"{whole.findings[1].statement} That is more than chance and season would give, and stands when "
        "every test in this report is corrected together; the rate is above the mean of similar areas.",
        so_what="It is the third highest of fifteen similar areas, harm is concentrated in five small areas, and "
        "residents name it second among their concerns.",
        recommendation="Commission a problem profile that covers victims, offenders and places, and bring it to the "
        "tactical group by September with options for the plan.",
    )
    full = replace(
        whole,
        findings=tuple(replace(finding, id=f"f{at}") for at in range(15)),
        recommendations=tuple(replace(whole.recommendations[0], number=at) for at in range(1, 13)),
        gaps=whole.gaps * 10,
        chapters=tuple(
            replace(chapter, blocks=tuple(_shown_to_the_board(block) for block in chapter.blocks))
            for chapter in whole.chapters
        ),
    )
    target = tmp_path / "executive.html"
    html.write(prepare(full, Edition.EXECUTIVE, rule_for("executive")), full.geography, target)
    shown = browser.new_page()
    shown.goto(target.as_uri())
    with pikepdf.open(BytesIO(shown.pdf(prefer_css_page_size=True))) as pdf:
        assert len(pdf.pages) <= 4
    shown.close()


@pytest.mark.chromium
@pytest.mark.parametrize(("opened", "most"), [(Edition.EXECUTIVE, 4), (Edition.PUBLIC, 1)], indirect=["opened"])
def test_a_printed_edition_keeps_to_its_pages(opened: Page, most: int) -> None:
    printed = opened.pdf(prefer_css_page_size=True, print_background=True)
    with pikepdf.open(BytesIO(printed)) as pdf:
        assert len(pdf.pages) <= most
        box = pdf.pages[0].mediabox
        assert (round(float(box[2])), round(float(box[3]))) == (595, 842)
