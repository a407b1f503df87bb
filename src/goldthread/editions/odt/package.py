"""The parts a Writer file is packed from: the body, its front and contents, styles, properties and manifest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldthread.chapters.model import Edition
from goldthread.editions.annex import CONTENTS_TITLE, CONTROL_TITLE, contents_depth, running_title
from goldthread.editions.colours import printed_colours
from goldthread.editions.document import Document, PreparedColumn, PreparedTable
from goldthread.editions.odt.body import Body, write_sections
from goldthread.editions.packing import filled, pack, safe
from goldthread.editions.pictures import Pictures

_PARTS = "goldthread.editions.odt.parts"


def write_odt(document: Document, pictures: Pictures, made_on: date) -> bytes:
    """Write a document as a Writer file; `made_on` dates it, so that the same assessment gives the same bytes."""
    body = Body(pictures, document.edition)
    _front(body, document)
    after_front = len(body.parts)
    write_sections(body, document)
    if document.edition is Edition.ANALYST:
        body.parts.insert(after_front, _contents(body))
    return pack(_files(document, body, made_on))


def _files(document: Document, body: Body, made_on: date) -> Iterator[tuple[str, str | bytes]]:
    yield "mimetype", "application/vnd.oasis.opendocument.text"
    yield "content.xml", _content(document, body)
    yield "styles.xml", _styles(document)
    yield "meta.xml", _properties(document, made_on)
    for at, image in enumerate(body.images, 1):
        yield f"Pictures/{at}.png", image
    yield "META-INF/manifest.xml", _manifest(len(body.images))


def _front(body: Body, document: Document) -> None:
    """Write the front: marking, logo, name, title, what it covers and, for analysts, the report-control box."""
    partnership = document.partnership
    body.line("First", document.marking or " ")
    if partnership.logo_svg:
        logo = body.pictures.logo(partnership.logo_svg)
        body.image(body.pictures.png(logo), 1.6 * logo.aspect, 1.6, f"{partnership.name} logo")
    body.line("Partnership", partnership.name)
    body.line("Title", document.title)
    if document.area_welsh:
        body.welsh(document.area_welsh)
    body.line("Subtitle", document.subtitle)
    if document.edition is Edition.ANALYST and document.control:
        body.line("Caption", CONTROL_TITLE)
        columns = (PreparedColumn("Item"), PreparedColumn("Detail"))
        body.parts.append(body.tables.table(PreparedTable("control", CONTROL_TITLE, columns, document.control)))


def _contents(body: Body) -> str:
    """Write a table of contents filled with the headings as links; Writer numbers the pages when it is updated."""
    depth = contents_depth(level for level, _, _ in body.headings)
    entries = "".join(
        f'<text:p text:style-name="Contents_20_{level}">'
        f'<text:a xlink:type="simple" xlink:href="#{name}">{safe(text)}</text:a></text:p>'
        for level, text, name in body.headings
        if level <= depth
    )
    return filled(_PARTS, "contents.xml", title=CONTENTS_TITLE, depth=str(depth), entries=entries)


def _content(document: Document, body: Body) -> str:
    return filled(
        _PARTS,
        "content.xml",
        **printed_colours(document.partnership),
        first_page="Cover" if document.edition is Edition.ANALYST else "Standard",
        widths=body.tables.styles(),
        body="".join(body.parts),
    )


def _styles(document: Document) -> str:
    """Write the styles in the partnership's colours, with the header and footer; a cover has a larger title."""
    large = document.edition is Edition.ANALYST
    return filled(
        _PARTS,
        "styles.xml",
        **printed_colours(document.partnership),
        title_size="32pt" if large else "22pt",
        title_before="2.1cm" if large else "0.2cm",
        marking=safe(document.marking),
        running=safe(running_title(document)),
        footer=safe(document.footer),
    )


def _properties(document: Document, made_on: date) -> str:
    """Write the properties that Writer shows: title, author, language and date."""
    partnership = document.partnership
    return filled(
        _PARTS,
        "meta.xml",
        title=safe(document.title),
        subject=safe(document.subtitle),
        description=safe(document.footer),
        keyword=safe(document.area),
        author=safe(partnership.author or partnership.name),
        date=made_on.isoformat(),
    )


def _manifest(images: int) -> str:
    entries = (
        f'<manifest:file-entry manifest:full-path="Pictures/{at}.png" manifest:media-type="image/png"/>'
        for at in range(1, images + 1)
    )
    return filled(_PARTS, "manifest.xml", images="".join(entries))
