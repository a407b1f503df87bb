"""PDF editions: tagged for screen readers, within their pages, and the same bytes every time."""

from __future__ import annotations

import io
import itertools
import re
import subprocess
from collections import Counter
from dataclasses import replace

import pikepdf
import pytest
import typst

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.annex import pictured
from goldthread.editions.document import (
    Document,
    PreparedColumn,
    PreparedFinding,
    PreparedTable,
    PreparedText,
    Section,
)
from goldthread.editions.html import page
from goldthread.editions.pdf import PAGE_LIMITS, write_pdf
from goldthread.editions.pdf.writing import shortened
from tests.editions.made import MADE_ON, document, pictures, tables, written
from tests.editions.office import needs_poppler, numbers_in, paragraphs_of
from tests.editions.sample import sample


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure tree that has a tag."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(one)
        elif isinstance(one, pikepdf.Dictionary):
            if "/S" in one:
                found.append(one)
            if "/K" in one:
                waiting.append(one.K)
    return found


def text_of(content: bytes) -> str:
    """The words of a PDF, in reading order; poppler reads them, so this is not our own opinion."""
    done = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


@pytest.mark.parametrize("edition", Edition)
def test_every_edition_says_that_it_is_pdf_ua_and_is_tagged_titled_and_in_english(edition: Edition) -> None:
    with opened(written(edition, "pdf")) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == document(edition).title
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_tables_have_header_cells_and_every_picture_a_text_alternative() -> None:
    with opened(written(Edition.ANALYST, "pdf")) as pdf:
        found = tags(pdf)
        kinds = [str(tag.S) for tag in found]
        behind = list(pictured(document(Edition.ANALYST)))
        # One table for each in the text, and the report control; those behind pictures are in the data annex.
        assert kinds.count("/Table") == len(tables(Edition.ANALYST)) + 1
        assert kinds.count("/TH") >= kinds.count("/Table")
        alternatives = {str(tag.Alt) for tag in found if str(tag.S) == "/Figure" and "/Alt" in tag}
        assert all(any(block.describes in said for said in alternatives) for block in behind)


def test_headings_start_at_one_and_never_skip_a_level() -> None:
    for edition in Edition:
        with opened(written(edition, "pdf")) as pdf:
            levels = [int(str(tag.S)[2:]) for tag in reversed(tags(pdf)) if re.fullmatch("/H[1-6]", str(tag.S))]
        assert levels[0] == 1
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_the_public_edition_is_one_page_and_the_executive_at_most_four() -> None:
    for edition, limit in PAGE_LIMITS.items():
        with opened(written(edition, "pdf")) as pdf:
            assert len(pdf.pages) <= limit
            assert [float(side) for side in pdf.pages[0].MediaBox] == pytest.approx([0, 0, 595.276, 841.89], abs=0.01)


def crowded(edition: Edition, findings: int) -> Document:
    """An edition with far more findings than it has room for."""
    long = (Run("Police recorded 4,212 offences, and every one of them is described here at some length. " * 4),)
    cards = tuple(
        PreparedFinding(at, f"f{at}", f"Finding number {at}", long, long, long, "Saltmarsh Police", "High confidence")
        for at in range(1, findings + 1)
    )
    return replace(document(edition), sections=(Section("findings", "", "Key findings", cards),))


@needs_poppler
@pytest.mark.parametrize("edition", PAGE_LIMITS)
def test_what_does_not_fit_is_left_out_lowest_finding_first_and_the_page_says_so(edition: Edition) -> None:
    content = write_pdf(crowded(edition, 40), pictures(), MADE_ON)
    with opened(content) as pdf:
        assert len(pdf.pages) == PAGE_LIMITS[edition]
    said = text_of(content)
    shown = [at for at in range(1, 41) if f"Finding number {at} " in said]
    assert shown == list(range(1, len(shown) + 1))
    assert f"{40 - len(shown)} more findings are in the full assessment." in said


def test_a_heading_with_nothing_left_under_it_goes_too() -> None:
    long = crowded(Edition.EXECUTIVE, 2)
    lone = Section("lone", "", "Only this", (PreparedText((Run("One paragraph."),)),))
    short = shortened(replace(long, sections=(*long.sections, lone)), 1)
    assert [section.title for section in short.sections] == ["Key findings", ""]
    assert short.sections[-1].blocks == (PreparedText((Run("One more part is in the full assessment."),)),)


def test_the_same_assessment_gives_the_same_bytes() -> None:
    again = write_pdf(document(Edition.EXECUTIVE), pictures(), MADE_ON)
    assert again == written(Edition.EXECUTIVE, "pdf")


@needs_poppler
def test_words_from_data_are_never_read_as_markup() -> None:
    risky = "#panic() *not bold* $x$ <label> @ref \\ [x] `raw` // comment \x0b end"
    one = replace(
        document(Edition.MEMBER),
        title=f"Title {risky}",
        footer=risky,
        sections=(Section("x", "1", risky, (PreparedText((Run(risky, strong=True),)),)),),
    )
    said = text_of(write_pdf(one, pictures(), MADE_ON))
    assert said.count("#panic() *not bold* $x$ <label> @ref \\ [x] `raw` // comment") >= 3


@needs_poppler
def test_every_page_carries_the_marking_the_fingerprint_and_how_many_pages_there_are() -> None:
    content = written(Edition.ANALYST, "pdf")
    with opened(content) as pdf:
        pages = len(pdf.pages)
    said = text_of(content)
    for at in range(2, pages + 1):
        assert f"Page {at} of {pages}" in said
    assert said.count("Evidence 3f9a1c07d2e8") >= pages - 1
    assert said.count("OFFICIAL") >= pages - 1


def test_only_our_own_fonts_are_used_and_all_are_embedded() -> None:
    with opened(written(Edition.ANALYST, "pdf")) as pdf:
        names = {str(one.BaseFont) for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and "/BaseFont" in one}
    assert names
    assert all("SourceSansPro" in name for name in names), names


def test_a_picture_without_a_view_box_is_refused_by_name() -> None:
    from goldthread.editions.pictures import measured

    with pytest.raises(ValueError, match="viewBox"):
        measured("<svg></svg>")


def test_typst_would_refuse_a_picture_without_words() -> None:
    source = b'#set document(title: "x")\n= A\n#image(bytes("<svg xmlns=\'http://www.w3.org/2000/svg\'/>"))'
    with pytest.raises(typst.TypstError):
        typst.compile(source, format="pdf", pdf_standards="ua-1")


@needs_poppler
@pytest.mark.parametrize("edition", Edition)
def test_every_number_that_was_prepared_is_on_the_page_and_in_the_html(edition: Edition) -> None:
    wanted = Counter(number for text in paragraphs_of(document(edition)) for number in numbers_in(text))
    printed = Counter(numbers_in(text_of(written(edition, "pdf"))))
    shown = Counter(numbers_in(re.sub(r"<[^>]+>", " ", page(document(edition), sample().geography))))
    assert not wanted - printed
    assert not wanted - shown


def table_of(columns: int) -> PreparedTable:
    heads = tuple(PreparedColumn(f"Column {at}", "right" if at else "left") for at in range(columns))
    rows = tuple(tuple(f"{row * at + 1000:,}" for at in range(columns)) for row in range(1, 40))
    return PreparedTable("wide", "A wide table", heads, rows, total_row=True)


@needs_poppler
@pytest.mark.parametrize("columns", [1, 12, 20])
def test_a_table_of_any_width_stays_within_the_margins(columns: int) -> None:
    one = replace(document(Edition.MEMBER), sections=(Section("x", "", "Wide", (table_of(columns),)),))
    content = write_pdf(one, pictures(), MADE_ON)
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=content, capture_output=True, check=True).stdout
    rights = [float(right) for right in re.findall(rb'xMax="([\d.]+)"', boxes)]
    assert max(rights) <= 595.28 - 1.85 / 2.54 * 72
