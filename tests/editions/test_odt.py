"""Writer editions: real styles, repeated headers, text alternatives, and the numbers that Word has."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from lxml import etree

from goldthread.chapters.model import Edition
from goldthread.editions.annex import pictured
from tests.editions.made import document, tables, written
from tests.editions.office import converted, needs_libreoffice, numbers_in, paragraphs_of

ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
TEXT, TABLE, STYLE, SVG = (ODF % name for name in ("text", "table", "style", "svg-compatible"))


def part(edition: Edition, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(written(edition, "odt"))) as archive:
        return etree.fromstring(archive.read(name))


def test_the_type_comes_first_and_is_not_compressed() -> None:
    with zipfile.ZipFile(io.BytesIO(written(Edition.ANALYST, "odt"))) as archive:
        first = archive.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        listed = re.findall(r'full-path="([^"/][^"]*)"', archive.read("META-INF/manifest.xml").decode())
        assert sorted(listed) == sorted(set(archive.namelist()) - {"mimetype", "META-INF/manifest.xml"})


@pytest.mark.parametrize("edition", Edition)
def test_every_style_that_is_used_is_there(edition: Edition) -> None:
    content, styles = part(edition, "content.xml"), part(edition, "styles.xml")
    known = {one.get(f"{STYLE}name") for root in (content, styles) for one in root.iter(f"{STYLE}style")}
    known |= {one.get(f"{STYLE}name") for one in styles.iter(f"{TEXT}list-style")}
    used = {
        value
        for root in (content, styles)
        for one in root.iter()
        for key, value in one.attrib.items()
        if key in (f"{TEXT}style-name", f"{TABLE}style-name", f"{STYLE}parent-style-name", f"{STYLE}next-style-name")
        and isinstance(one.tag, str)
        and not one.tag.endswith("}master-page")
    }
    assert used <= known
    assert {"Title", "Subtitle", "Heading_20_1", "Heading_20_2", "Heading_20_3", "Caption", "List_20_Bullet"} <= known


def test_headings_have_outline_levels_and_the_contents_point_to_them() -> None:
    content = part(Edition.ANALYST, "content.xml")
    marks = {one.get(f"{TEXT}name") for one in content.iter(f"{TEXT}bookmark-start")}
    links = {one.get("{http://www.w3.org/1999/xlink}href")[1:] for one in content.iter(f"{TEXT}a")}
    assert links
    assert links <= marks
    firsts = ["".join(one.itertext()) for one in content.iter(f"{TEXT}h") if one.get(f"{TEXT}outline-level") == "1"]
    assert [text.split("\u2002")[-1] for text in firsts] == [s.title for s in document(Edition.ANALYST).sections]


def test_every_table_has_a_header_row_that_repeats_and_says_what_the_tables_say() -> None:
    wanted = tables(Edition.ANALYST)
    read = list(part(Edition.ANALYST, "content.xml").iter(f"{TABLE}table"))[1:]  # the first is the report control
    assert len(read) == len(wanted)
    for ours, theirs in zip(wanted, read, strict=True):
        assert theirs.find(f"{TABLE}table-header-rows") is not None
        rows = [
            ["".join(cell.itertext()) for cell in row.iter(f"{TABLE}table-cell")]
            for row in theirs.iter(f"{TABLE}table-row")
        ]
        assert rows == [[column.title for column in ours.columns], *(list(row) for row in ours.rows)]


def test_every_picture_has_a_text_alternative() -> None:
    said = [one.text or "" for one in part(Edition.ANALYST, "content.xml").iter(f"{SVG}desc")]
    shown = [block.describes for block in pictured(document(Edition.ANALYST))]
    assert len(said) == len(shown) + 1  # and the logo
    assert all(one.startswith(describes) for one, describes in zip(said[1:], shown, strict=True))


def test_the_file_says_its_title_and_that_it_is_in_british_english() -> None:
    meta = etree.tostring(part(Edition.PUBLIC, "meta.xml")).decode()
    assert f"<dc:title>{document(Edition.PUBLIC).title}</dc:title>" in meta
    assert "<dc:language>en-GB</dc:language>" in meta
    styles = etree.tostring(part(Edition.PUBLIC, "styles.xml")).decode()
    assert 'fo:language="en" fo:country="GB"' in styles


@pytest.mark.parametrize("edition", Edition)
def test_writer_and_word_say_the_same_numbers_in_the_same_order(edition: Edition) -> None:
    content = part(edition, "content.xml")
    for contents in list(content.iter(f"{TEXT}table-of-content")):
        contents.getparent().remove(contents)
    for described in list(content.iter(f"{SVG}desc", f"{TABLE}title")):
        described.text = ""
    ours = " ".join("".join(one.itertext()) for one in content.iter(f"{TEXT}p", f"{TEXT}h"))
    word = docx.Document(io.BytesIO(written(edition, "docx")))
    theirs = []
    for block in word.iter_inner_content():
        if isinstance(block, docx.table.Table):
            theirs += [p.text for row in block.rows for cell in row.cells for p in cell.paragraphs]
        elif block.style is None or not block.style.name.lower().startswith("toc"):
            theirs.append(block.text)
    assert numbers_in(ours) == numbers_in(" ".join(theirs))


@needs_libreoffice
def test_libreoffice_opens_it_and_finds_every_paragraph() -> None:
    said = converted({f"{edition.value}.odt": written(edition, "odt") for edition in Edition}, "txt")
    for edition in Edition:
        read = said[f"{edition.value}.txt"].decode()
        for text in paragraphs_of(document(edition)):
            assert text in read
