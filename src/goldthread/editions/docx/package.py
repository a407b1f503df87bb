"""The parts a Word file is packed from: the body, its front and contents, header and footer, lists and properties."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.annex import CONTENTS_TITLE, CONTROL_TITLE, contents_depth, running_title
from goldthread.editions.colours import printed_colours
from goldthread.editions.document import Document, PreparedColumn, PreparedTable
from goldthread.editions.docx.body import Body, runs_xml, write_sections
from goldthread.editions.docx.tables import table_xml
from goldthread.editions.packing import filled, pack, safe
from goldthread.editions.pictures import Pictures

_PARTS = "goldthread.editions.docx.parts"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


def write_docx(document: Document, pictures: Pictures, made_on: date) -> bytes:
    """Write a document as a Word file; `made_on` dates it, so that the same assessment gives the same bytes."""
    body = Body(pictures, document.edition)
    _front(body, document)
    after_front = len(body.parts)
    write_sections(body, document)
    if document.edition is Edition.ANALYST:
        body.parts[after_front:after_front] = [*_contents(body)]
    return pack(_files(document, body, made_on))


def _files(document: Document, body: Body, made_on: date) -> Iterator[tuple[str, str | bytes]]:
    analyst = document.edition is Edition.ANALYST
    yield "[Content_Types].xml", filled(_PARTS, "content_types.xml")
    yield "_rels/.rels", filled(_PARTS, "package_relationships.xml")
    yield "docProps/core.xml", _properties(document, made_on)
    yield "docProps/app.xml", filled(_PARTS, "app.xml")
    cover = "<w:titlePg/>" if analyst else ""
    yield "word/document.xml", filled(_PARTS, "document.xml", body="".join(body.parts), cover=cover)
    yield "word/styles.xml", _styles(document, large=analyst)
    yield "word/numbering.xml", filled(_PARTS, "numbering.xml", restarts=_restarts(body.numbered_lists))
    yield "word/settings.xml", filled(_PARTS, "settings.xml")
    running = safe(running_title(document))
    yield "word/header.xml", filled(_PARTS, "header.xml", marking=safe(document.marking), running=running)
    yield "word/footer.xml", filled(_PARTS, "footer.xml", footer=safe(document.footer))
    yield "word/_rels/document.xml.rels", filled(_PARTS, "relationships.xml", images=_images(len(body.images)))
    for at, image in enumerate(body.images, 1):
        yield f"word/media/image{at}.png", image


def _front(body: Body, document: Document) -> None:
    """Write the front: marking, logo and name, title, what it covers and, for analysts, the report-control box."""
    partnership = document.partnership
    body.line("Marking", document.marking)
    if partnership.logo_svg:
        logo = body.pictures.logo(partnership.logo_svg)
        body.image(body.pictures.png(logo), 16.0 * logo.aspect, 16.0, f"{partnership.name} logo")
    body.line("Partnership", partnership.name)
    body.line("Title", document.title)
    if document.area_welsh:
        body.welsh(document.area_welsh)
    body.line("Subtitle", document.subtitle)
    if document.edition is Edition.ANALYST and document.control:
        body.line("Caption", CONTROL_TITLE)
        columns = (PreparedColumn("Item"), PreparedColumn("Detail"))
        body.parts.append(table_xml(PreparedTable("control", CONTROL_TITLE, columns, document.control)))


def _contents(body: Body) -> Iterator[str]:
    """
    Write a contents field filled with the headings as links.

    Word adds page numbers when the reader updates it (F9). It could be told to
    on opening, but then greets every reader with a question about other files.
    """
    title = runs_xml((Run(CONTENTS_TITLE),))
    yield f'<w:p><w:pPr><w:pStyle w:val="TOCHeading"/><w:pageBreakBefore/></w:pPr>{title}</w:p>'
    depth = contents_depth(level for level, _, _ in body.headings)
    entries = [entry for entry in body.headings if entry[0] <= depth]
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{depth}" \\h \\z \\u </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    for at, (level, text, name) in enumerate(entries):
        link = f'<w:hyperlink w:anchor="{name}" w:history="1">{runs_xml((Run(text),))}</w:hyperlink>'
        first, last = (start if at == 0 else ""), (end if at == len(entries) - 1 else "")
        yield f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>{first}{link}{last}</w:p>'
    yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _styles(document: Document, *, large: bool) -> str:
    """Write the styles in the partnership's colours; an edition with a cover has a larger title."""
    colours = printed_colours(document.partnership)
    return filled(
        _PARTS,
        "styles.xml",
        **{name: colour.removeprefix("#").upper() for name, colour in colours.items()},
        title_size="64" if large else "44",
        title_before="1200" if large else "120",
    )


def _restarts(numbered_lists: int) -> str:
    """Give every numbered list a numbering of its own, so that each starts at 1."""
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return "".join(
        f'<w:num w:numId="{at + 3}"><w:abstractNumId w:val="1"/>{restart}</w:num>' for at in range(numbered_lists)
    )


def _images(count: int) -> str:
    return "".join(
        f'<Relationship Id="rIdImage{at}" Type="{_IMAGE}" Target="media/image{at}.png"/>' for at in range(1, count + 1)
    )


def _properties(document: Document, made_on: date) -> str:
    """Write the properties that Word shows under Info: title, author, status and date."""
    partnership = document.partnership
    return filled(
        _PARTS,
        "core.xml",
        title=safe(document.title),
        subject=safe(document.subtitle),
        author=safe(partnership.author or partnership.name),
        keywords=safe(f"{document.area}, {document.edition.value} edition"),
        description=safe(document.footer),
        status=safe(partnership.status),
        date=made_on.isoformat(),
    )
