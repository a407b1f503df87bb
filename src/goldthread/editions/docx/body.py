"""What a Word file says: the blocks of a document as paragraphs, tables and pictures in named styles."""

from __future__ import annotations

from dataclasses import dataclass, field

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.annex import (
    BOX_NAMES,
    finding_foot,
    finding_parts,
    notes_under,
    notes_under_picture,
    picture_alternative,
    section_title,
)
from goldthread.editions.document import (
    Document,
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedHeading,
    PreparedMap,
    PreparedTable,
    PreparedText,
    PreparedTiles,
    Text,
)
from goldthread.editions.docx.tables import table_xml, tiles_xml
from goldthread.editions.packing import safe
from goldthread.editions.pictures import TEXT_WIDTH_MM, Pictures

_EMU = 360  # English Metric Units in a hundredth of a millimetre
# The ids, in styles.xml, of the styles that set words apart.
_BOXES = {
    "caveat": "BoxCaveat",
    "definition": "BoxDefinition",
    "gap": "BoxGap",
    "recommendation": "BoxRecommendation",
}


@dataclass
class Body:
    """The body of one Word file as it is written, with the pictures, lists and headings it has used so far."""

    pictures: Pictures
    edition: Edition
    parts: list[str] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)
    numbered_lists: int = 0
    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def paragraph(self, style: str, *runs: Run, extra: str = "") -> None:
        """Add a paragraph in a style; `extra` is more of its properties."""
        properties = f'<w:pPr><w:pStyle w:val="{style}"/>{extra}</w:pPr>' if style != "Normal" or extra else ""
        self.parts.append(f"<w:p>{properties}{''.join(map(_run, runs))}</w:p>")

    def line(self, style: str, text: str) -> None:
        """Add a paragraph of plain text in a style; none when there is no text."""
        if text:
            self.paragraph(style, Run(text))

    def welsh(self, text: str) -> None:
        """Add a line of Welsh, marked so that a screen reader says it in Welsh."""
        run = f'<w:r><w:rPr><w:lang w:val="cy-GB"/></w:rPr><w:t>{safe(text)}</w:t></w:r>'
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="LeadParagraph"/></w:pPr>{run}</w:p>')

    def heading(self, level: int, text: str, style: str = "") -> None:
        """
        Add a heading that the contents can point to, in the style of its level unless another is given.

        A level is never skipped: readers of the outline would look for what is not there.
        """
        level = min(level, self.headings[-1][0] + 1 if self.headings else 1)
        at = len(self.headings) + 1
        name = f"_Toc{at:06d}"
        self.headings.append((level, text, name))
        self.parts.append(
            f'<w:p><w:pPr><w:pStyle w:val="{style or f"Heading{level}"}"/></w:pPr>'
            f'<w:bookmarkStart w:id="{at}" w:name="{name}"/>'
            f'{_run(Run(text))}<w:bookmarkEnd w:id="{at}"/></w:p>'
        )

    def image(self, png: bytes, width_mm: float, height_mm: float, alt: str, style: str = "Picture") -> None:
        """Add a picture, in line with the text, with its text alternative."""
        self.images.append(png)
        at = len(self.images)
        across, down = (round(size * 100) * _EMU for size in (width_mm, height_mm))
        self.parts.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{_drawing(at, across, down, alt)}</w:p>')


def write_sections(body: Body, document: Document) -> None:
    """Write every section of a document; the tables of what is only looked up are in small letters."""
    for section in document.sections:
        body.heading(1, section_title(section))
        for block in section.blocks:
            if isinstance(block, PreparedTable):
                write_table(body, block, annex=section.annex)
            else:
                write_block(body, block)


def write_block(body: Body, block: PreparedBlock) -> None:
    """Write one block in the style that its kind has."""
    match block:
        case PreparedHeading():
            body.heading(block.level - 1, block.text)
        case PreparedText():
            body.paragraph("LeadParagraph" if block.lead else "Normal", *block.runs)
        case PreparedBullets():
            _bullets(body, block)
        case PreparedBox():
            _box(body, block)
        case PreparedTable():
            write_table(body, block)
        case PreparedChart() | PreparedMap():
            _picture(body, block)
        case PreparedTiles():
            body.parts.append(tiles_xml(block))
            body.paragraph("Normal")
        case PreparedFinding():
            _finding(body, block)


def write_table(body: Body, table: PreparedTable, *, annex: bool = False) -> None:
    """Write a table under its caption, with its notes and source below."""
    body.line("Caption", table.title)
    body.parts.append(table_xml(table, annex=annex))
    body.paragraph("SourceNote", Run(notes_under(table.note, table.source)))


def _bullets(body: Body, block: PreparedBullets) -> None:
    """Write a list; a numbered one gets a numbering of its own, so that it starts at 1."""
    if not block.numbered:
        for item in block.items:
            body.paragraph("ListBullet", *item)
        return
    body.numbered_lists += 1
    own = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{body.numbered_lists + 2}"/></w:numPr>'
    for item in block.items:
        body.paragraph("ListNumber", *item, extra=own)


def _box(body: Body, block: PreparedBox) -> None:
    style = _BOXES[block.kind]
    title = f"{BOX_NAMES[block.kind]}: {block.title}" if block.title else BOX_NAMES[block.kind]
    body.paragraph(style, Run(title, strong=True), extra='<w:keepNext/><w:spacing w:before="160" w:after="0"/>')
    body.paragraph(style, *block.runs, extra='<w:spacing w:after="200"/>')


def _picture(body: Body, block: PreparedChart | PreparedMap) -> None:
    body.line("Caption", block.title)
    drawn = body.pictures.drawn(block, body.edition)
    width = TEXT_WIDTH_MM * drawn.share
    body.image(body.pictures.png(drawn), width, width / drawn.aspect, picture_alternative(block))
    body.line("PictureInWords", block.describes)
    body.line("SourceNote", notes_under_picture(block, body.edition))


def _finding(body: Body, block: PreparedFinding) -> None:
    body.heading(2, f"{block.number}. {block.title}", "FindingTitle")
    for runs in finding_parts(block):
        body.paragraph("FindingText", *runs)
    body.line("FindingOwner", finding_foot(block))


def _run(run: Run) -> str:
    strong = '<w:rPr><w:rStyle w:val="Strong"/></w:rPr>' if run.strong else ""
    return f'<w:r>{strong}<w:t xml:space="preserve">{safe(run.text)}</w:t></w:r>'


def runs_xml(runs: Text) -> str:
    """Write runs as Word's runs; strong ones have the character style Strong."""
    return "".join(map(_run, runs))


def _drawing(at: int, across: int, down: int, alt: str) -> str:
    name = f"Picture {at}"
    graphic = "http://schemas.openxmlformats.org/drawingml/2006/picture"
    return (
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{across}" cy="{down}"/><wp:docPr id="{at}" name="{name}" descr="{safe(alt)}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f'<a:graphic><a:graphicData uri="{graphic}"><pic:pic>'
        f'<pic:nvPicPr><pic:cNvPr id="{at}" name="{name}" descr="{safe(alt)}"/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="rIdImage{at}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
