"""A real authority's assessment in every edition and format: whole, alike, within its pages, and open to everybody."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from lxml import etree
from lxml import html as parsing

from goldthread.chapters.model import Edition
from goldthread.editions.pdf import PAGE_LIMITS
from tests.editions.browsing import unfold, violations
from tests.editions.office import converted, needs_libreoffice, needs_poppler

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.real
FORMATS = ("pdf", "docx", "odt")
MOST_PAGES = 60
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# What stands above and below every page.
HEADER, FOOTER = re.compile(r"OFFICIAL .*\n"), re.compile(r"\n.*Page \d+ of \d+$")
# Of what an edition has hundreds of, all made alike, axe-core looks at the first: it would take minutes over all.
THINNED = """
for (const [some, kept] of [["tbody tr", 3], [".provenance", 12], ["svg text", 6], ["svg rect, svg path, svg use", 6]])
  for (const parent of new Set([...document.querySelectorAll(some)].map((one) => one.parentNode)))
    [...parent.querySelectorAll(some)].slice(kept).forEach((one) => one.remove());
"""


def bare(text: str) -> str:
    """Words without the spaces and soft breaks between them, which are where a page puts them."""
    return re.sub(r"[\s\u200b\u00ad]+", "", text)


@cache
def quoting(path: Path) -> tuple[str, ...]:
    """Every paragraph and list item of an HTML edition that quotes a figure, in order."""
    tree = parsing.fromstring(path.read_text(encoding="utf-8"))
    for label in tree.xpath("//b[@class='label']"):
        label.drop_tree()
    found = tree.xpath("//main//*[self::p or self::li][.//*[@class='figure'] and not(@class='behind')]")
    return tuple(bare(one.text_content()) for one in found if not one.xpath("ancestor::details"))


@cache
def headings(path: Path) -> tuple[str, ...]:
    """The headings of an HTML edition's sections, and of what is in them."""
    tree = parsing.fromstring(path.read_text(encoding="utf-8"))
    kept = "not(ancestor::section[@id='figures' or contains(@class, 'control')])"
    for number in tree.xpath("//*[@class='finding-number']"):
        number.drop_tree()
    return tuple(bare(one.text_content()) for one in tree.xpath(f"//main//*[self::h2 or self::h3][{kept}]"))


@cache
def words_of(path: Path) -> str:
    """All words of a file, as a program that is not ours reads them, without spaces."""
    if path.suffix == ".pdf":
        done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
        pages = [FOOTER.sub("", page.strip()) for page in done.stdout.decode().split("\f")]
        return bare("".join(HEADER.sub("", page, count=1) for page in pages))
    name = "word/document.xml" if path.suffix == ".docx" else "content.xml"
    with zipfile.ZipFile(path) as archive:
        return bare("".join(str(text) for text in etree.fromstring(archive.read(name)).itertext()))


def numbers_differ(paragraphs: tuple[str, ...], words: str) -> list[tuple[str, object]]:
    """Of paragraphs that stand among other words but for their numbers: those whose numbers are not the same there."""
    by_words: dict[str, Counter[tuple[str, ...]]] = {}
    for text in paragraphs:
        pattern = "".join(f"({NUMBER.pattern})" if NUMBER.fullmatch(part) else re.escape(part) for part in parts(text))
        by_words.setdefault(pattern, Counter())[tuple(NUMBER.findall(text))] += 1
    wrong: list[tuple[str, object]] = []
    for pattern, wanted in by_words.items():
        found = Counter(match.groups() for match in re.finditer(pattern, words))
        if set(found) != set(wanted) or any(found[one] < n for one, n in wanted.items()):
            wrong.append((pattern[:300], (dict(wanted), dict(found))))
    return wrong


def parts(text: str) -> list[str]:
    """A text cut before and after each of its numbers."""
    return [part for part in re.split(f"({NUMBER.pattern})", text) if part]


def test_a_number_that_differs_is_found() -> None:
    assert not numbers_differ(("Of1,488thefts12%",), "so.Of1,488thefts12%.Of")
    assert numbers_differ(("Of1,488thefts12%",), "so.Of1,488thefts13%.Of")
    assert numbers_differ(("Of1,488thefts12%",), "nothingofit")


@needs_poppler
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("edition", Edition)
def test_a_figure_has_the_same_numbers_in_every_format(real: Path, edition: Edition, form: str) -> None:
    paragraphs = quoting(real / f"{edition.value}.html")
    assert paragraphs
    assert not numbers_differ(paragraphs, words_of(real / f"{edition.value}.{form}"))


@pytest.mark.chromium
@pytest.mark.parametrize("width", [1300, 400])
@pytest.mark.parametrize("edition", Edition)
def test_axe_finds_nothing_and_no_page_scrolls_sideways(
    real: Path, browser: Browser, edition: Edition, width: int
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((real / f"{edition.value}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(THINNED)
    if width > 400:
        unfold(page)
    assert not violations(page)
    page.close()


@pytest.mark.parametrize("edition", Edition)
def test_a_pdf_is_tagged_titled_in_english_and_keeps_to_its_pages(real: Path, edition: Edition) -> None:
    with pikepdf.open(real / f"{edition.value}.pdf") as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.StructTreeRoot is not None
        assert str(pdf.Root.Lang) == "en-GB"
        assert "Bournemouth, Christchurch and Poole" in str(pdf.docinfo["/Title"])
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
        assert len(pdf.pages) <= PAGE_LIMITS.get(edition, MOST_PAGES)


@needs_libreoffice
@needs_poppler
def test_libreoffice_opens_every_file_and_finds_every_heading(real: Path) -> None:
    names = [f"{edition.value}.{form}" for edition in Edition for form in ("docx", "odt")]
    made = {f"{name.replace('.', '-')}.{name.rpartition('.')[2]}": (real / name).read_bytes() for name in names}
    for name, content in converted(made, "pdf").items():
        done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=content, capture_output=True, check=True)
        words = bare(done.stdout.decode())
        missing = [one for one in headings(real / f"{name.partition('-')[0]}.html") if one not in words]
        assert not missing, (name, missing)
