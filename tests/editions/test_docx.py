"""Word editions: real styles, repeated headers, text alternatives, and words that go on being editable."""

from __future__ import annotations

import io
import re
import zipfile
from itertools import pairwise
from typing import Final

import docx
import pytest
from docx.document import Document as WordDocument
from lxml import etree

from goldthread.chapters.model import Edition
from goldthread.chapters.words import plain
from goldthread.editions.annex import NUMBERS, pictured
from goldthread.editions.document import PreparedBullets, PreparedFinding, PreparedText
from tests.editions.made import document, tables, written
from tests.editions.office import converted, needs_libreoffice, paragraphs_of

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# The order in which ECMA-376 wants the properties of a paragraph, run, table and cell; Word refuses others.
ORDERS: Final = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc outlineLvl",
    "rPr": "rStyle rFonts b bCs color spacing sz szCs u lang",
    "tblPr": "tblStyle tblStyleRowBandSize tblW tblInd tblBorders tblLayout tblCellMar tblLook tblCaption",
    "tcPr": "tcW tcBorders shd vAlign",
    "trPr": "cantSplit tblHeader",
    "style": "name basedOn next uiPriority semiHidden unhideWhenUsed qFormat pPr rPr tblPr tcPr tblStylePr",
}


def word(edition: Edition) -> WordDocument:
    return docx.Document(io.BytesIO(written(edition, "docx")))


def parts(edition: Edition) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(written(edition, "docx"))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_style_that_is_used_is_there_under_the_name_word_gives_it() -> None:
    names = {style.name for style in word(Edition.ANALYST).styles}
    assert {
        "Title",
        "Subtitle",
        "Heading 1",
        "Heading 2",
        "Heading 3",
        "Caption",
        "List Bullet",
        "List Number",
    } <= names
    assert {"Box caveat", "Box definition", "Box knowledge gap", "Box recommendation", "Assessment table"} <= names
    inside = parts(Edition.ANALYST)
    known = set(re.findall(rb'w:styleId="(\w+)"', inside["word/styles.xml"]))
    for part in ("document", "header", "footer"):
        used = set(re.findall(rb'w:(?:pStyle|rStyle|tblStyle) w:val="(\w+)"', inside[f"word/{part}.xml"]))
        assert used <= known
    based = re.findall(rb'w:(?:basedOn|next) w:val="(\w+)"', inside["word/styles.xml"])
    assert set(based) <= known


def test_properties_stand_in_the_order_that_word_insists_on() -> None:
    for edition in Edition:
        for name in ("word/document.xml", "word/styles.xml"):
            for element in etree.fromstring(parts(edition)[name]).iter():
                tag = etree.QName(element).localname if isinstance(element.tag, str) else ""
                if tag in ORDERS:
                    order = ORDERS[tag].split()
                    found = [order.index(etree.QName(child).localname) for child in element]
                    assert found == sorted(found), (tag, etree.tostring(element))


def test_headings_follow_the_sections_and_have_outline_levels() -> None:
    read = [p for p in word(Edition.ANALYST).paragraphs if p.style is not None and p.style.name.startswith("Heading")]
    firsts = [p.text.split("\u2002")[-1] for p in read if p.style is not None and p.style.name == "Heading 1"]
    assert firsts == [section.title for section in document(Edition.ANALYST).sections]
    levels = [int(p.style.name[-1]) for p in read if p.style is not None]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_every_table_has_a_header_row_that_repeats_and_says_what_the_tables_say() -> None:
    wanted = tables(Edition.ANALYST)
    read = word(Edition.ANALYST).tables[1:]  # the first is the report control
    assert len(read) == len(wanted)
    for ours, theirs in zip(wanted, read, strict=True):
        rows = [[cell.text for cell in row.cells] for row in theirs.rows]
        assert rows == [[column.title for column in ours.columns], *(list(row) for row in ours.rows)]
        header = theirs.rows[0]._tr
        assert header.find(f"{W}trPr/{W}tblHeader") is not None
        assert theirs.style is not None
        assert theirs.style.name == "Assessment table"


def test_every_picture_has_a_text_alternative() -> None:
    inside = etree.fromstring(parts(Edition.ANALYST)["word/document.xml"])
    said = [one.get("descr") for one in inside.iter("{*}docPr")]
    shown = [block.describes for block in pictured(document(Edition.ANALYST))]
    assert len(said) == len(shown) + 1  # and the logo
    assert all(one and one.startswith(describes) for one, describes in zip(said[1:], shown, strict=True))
    sources = [
        p.text for p in word(Edition.ANALYST).paragraphs if p.style is not None and p.style.name == "Source note"
    ]
    assert sum(NUMBERS in text for text in sources) == len(shown)


def test_the_file_says_its_title_author_language_and_date() -> None:
    properties = word(Edition.MEMBER).core_properties
    assert properties.title == document(Edition.MEMBER).title
    assert properties.language == "en-GB"
    assert properties.author == "Partnership analyst, Saltmarsh District Council"
    assert properties.created is not None
    assert properties.created.date().isoformat() == "2025-12-31"
    assert b'<w:lang w:val="en-GB"' in parts(Edition.MEMBER)["word/styles.xml"]


def test_the_footer_counts_its_pages_and_the_contents_are_a_field() -> None:
    inside = parts(Edition.ANALYST)
    assert b" PAGE " in inside["word/footer.xml"]
    assert b" NUMPAGES " in inside["word/footer.xml"]
    assert b'TOC \\o "1-2"' in inside["word/document.xml"]
    # Word would ask every reader whether to update what “may refer to other files”.
    assert b"w:dirty" not in inside["word/document.xml"]
    assert b"updateFields" not in inside["word/settings.xml"]
    anchors = set(re.findall(rb'w:anchor="(\w+)"', inside["word/document.xml"]))
    marks = set(re.findall(rb'w:bookmarkStart w:id="\d+" w:name="(\w+)"', inside["word/document.xml"]))
    assert anchors
    assert anchors <= marks


def test_each_numbered_list_starts_at_one() -> None:
    inside = parts(Edition.ANALYST)
    lists = [
        block
        for section in document(Edition.ANALYST).sections
        for block in section.blocks
        if isinstance(block, PreparedBullets) and block.numbered
    ]
    assert inside["word/numbering.xml"].count(b'<w:startOverride w:val="1"/>') == len(lists) > 0


@pytest.mark.parametrize("edition", Edition)
def test_what_is_written_is_what_was_prepared(edition: Edition) -> None:
    said = "\n".join(paragraph.text for paragraph in word(edition).paragraphs)
    for section in document(edition).sections:
        assert section.title in said
        for block in section.blocks:
            if isinstance(block, PreparedText):
                assert plain(block.runs) in said
            if isinstance(block, PreparedFinding):
                assert plain(block.statement) in said
                assert block.title in said


@needs_libreoffice
def test_libreoffice_opens_it_and_finds_every_paragraph() -> None:
    said = converted({f"{edition.value}.docx": written(edition, "docx") for edition in Edition}, "txt")
    for edition in Edition:
        read = said[f"{edition.value}.txt"].decode()
        for text in paragraphs_of(document(edition)):
            assert text in read
