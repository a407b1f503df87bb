"""What a Writer file says: the blocks of a document as paragraphs, tables and pictures in named styles."""

from __future__ import annotations

from collections.abc import Iterable
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
)
from goldthread.editions.odt.tables import Tables
from goldthread.editions.packing import safe
from goldthread.editions.pictures import TEXT_WIDTH_MM, Pictures

_BOXES = {
    "caveat": "Box_20_caveat",
    "definition": "Box_20_definition",
    "gap": "Box_20_knowledge_20_gap",
    "recommendation": "Box_20_recommendation",
}


@dataclass
class Body:
    """The body of one Writer file as it is written, with the pictures, tables and headings it has used so far."""

    pictures: Pictures
    edition: Edition
    parts: list[str] = field(default_factory=list)
    images: list[bytes] = field(default_factory=list)
    tables: Tables = field(default_factory=Tables)
    headings: list[tuple[int, str, str]] = field(default_factory=list)

    def paragraph(self, style: str, *runs: Run) -> None:
        """Add a paragraph in a style."""
        self.parts.append(f'<text:p text:style-name="{style}">{spans(runs)}</text:p>')

    def line(self, style: str, text: str) -> None:
        """Add a paragraph of plain text in a style; none when there is no text."""
        if text:
            self.paragraph(style, Run(text))

    def welsh(self, text: str) -> None:
        """Add a line of Welsh, marked so that a screen reader says it in Welsh."""
        run = f'<text:span text:style-name="Welsh">{safe(text)}</text:span>'
        self.parts.append(f'<text:p text:style-name="Lead_20_paragraph">{run}</text:p>')

    def heading(self, level: int, text: str, style: str = "") -> None:
        """
        Add a heading that the contents can point to, in the style of its level unless another is given.

        A level is never skipped: readers of the outline would look for what is not there.
        """
        level = min(level, self.headings[-1][0] + 1 if self.headings else 1)
        name = f"heading-{len(self.headings) + 1}"
        self.headings.append((level, text, name))
        self.parts.append(
            f'<text:h text:style-name="{style or f"Heading_20_{level}"}" text:outline-level="{level}">'
            f'<text:bookmark-start text:name="{name}"/>'
            f'{safe(text)}<text:bookmark-end text:name="{name}"/></text:h>'
        )

    def image(self, png: bytes, width: float, height: float, alt: str) -> None:
        """Add a picture, in line with the text, with its text alternative; sizes in centimetres."""
        self.images.append(png)
        at = len(self.images)
        self.parts.append(
            f'<text:p text:style-name="Picture"><draw:frame draw:name="Picture {at}" text:anchor-type="as-char"'
            f' svg:width="{width:.3f}cm" svg:height="{height:.3f}cm"><draw:image xlink:href="Pictures/{at}.png"'
            ' xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/>'
            f"<svg:desc>{safe(alt)}</svg:desc></draw:frame></text:p>"
        )


def spans(runs: Iterable[Run]) -> str:
    """Write runs; strong ones have the character style Strong Emphasis."""
    return "".join(
        f'<text:span text:style-name="Strong_20_Emphasis">{_spaced(run.text)}</text:span>'
        if run.strong
        else _spaced(run.text)
        for run in runs
    )


def _spaced(text: str) -> str:
    """Write text so that a space at its start or end, which OpenDocument would drop, is kept."""
    inside = safe(text.strip(" "))
    if not inside:
        return "<text:s/>" if text else ""
    return f"{'<text:s/>' if text.startswith(' ') else ''}{inside}{'<text:s/>' if text.endswith(' ') else ''}"


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
            body.paragraph("Lead_20_paragraph" if block.lead else "Text_20_body", *block.runs)
        case PreparedBullets():
            _bullets(body, block)
        case PreparedBox():
            _box(body, block)
        case PreparedTable():
            write_table(body, block)
        case PreparedChart() | PreparedMap():
            _picture(body, block)
        case PreparedTiles():
            body.parts.append(body.tables.tiles(block))
        case PreparedFinding():
            _finding(body, block)


def write_table(body: Body, table: PreparedTable, *, annex: bool = False) -> None:
    """Write a table under its caption, with its notes and source below."""
    body.line("Caption", table.title)
    body.parts.append(body.tables.table(table, annex=annex))
    body.paragraph("Source_20_note", Run(notes_under(table.note, table.source)))


def _bullets(body: Body, block: PreparedBullets) -> None:
    kind, style = ("Numbers", "List_20_Number") if block.numbered else ("Bullets", "List_20_Bullet")
    items = "".join(
        f'<text:list-item><text:p text:style-name="{style}">{spans(item)}</text:p></text:list-item>'
        for item in block.items
    )
    body.parts.append(f'<text:list text:style-name="{kind}">{items}</text:list>')


def _box(body: Body, block: PreparedBox) -> None:
    style = _BOXES[block.kind]
    title = f"{BOX_NAMES[block.kind]}: {block.title}" if block.title else BOX_NAMES[block.kind]
    body.paragraph(f"{style}_first", Run(title, strong=True))
    body.paragraph(f"{style}_last", *block.runs)


def _picture(body: Body, block: PreparedChart | PreparedMap) -> None:
    body.line("Caption", block.title)
    drawn = body.pictures.drawn(block, body.edition)
    width = TEXT_WIDTH_MM / 10 * drawn.share
    body.image(body.pictures.png(drawn), width, width / drawn.aspect, picture_alternative(block))
    body.line("Picture_20_in_20_words", block.describes)
    body.line("Source_20_note", notes_under_picture(block, body.edition))


def _finding(body: Body, block: PreparedFinding) -> None:
    body.heading(2, f"{block.number}. {block.title}", "Finding_20_title")
    for runs in finding_parts(block):
        body.paragraph("Finding_20_text", *runs)
    body.line("Finding_20_owner", finding_foot(block))
