"""A prepared document as the data that the typst template prints; strings stay strings and are never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.annex import (
    BOX_NAMES,
    CONTENTS_TITLE,
    CONTROL_TITLE,
    LONGEST_CONTENTS,
    NUMBERS,
    finding_foot,
    finding_parts,
    only_gap,
    picture_alternative,
    running_title,
)
from goldthread.editions.colours import printed_colours
from goldthread.editions.columns import breakable, setting
from goldthread.editions.document import (
    Document,
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
from goldthread.editions.pdf.arranging import Arranged, Beside, Picture, arranged, width_of
from goldthread.editions.pictures import Pictures

Item = dict[str, Any]
_Words = (
    PreparedHeading | PreparedText | PreparedBullets | PreparedBox | PreparedTable | PreparedTiles | PreparedFinding
)
# How many rows a table of the executive edition may have and still be kept on one page.
MOST_ROWS_KEPT = 6

_LABELS = {
    "contents": CONTENTS_TITLE,
    "control": CONTROL_TITLE,
    "item": "Item",
    "detail": "Detail",
    "page": "Page",
    "of": "of",
}


def payload(document: Document, pictures: Pictures, density: int = 0) -> Item:
    """Put a document into the template's terms; `density` is how closely it is set, 0 the roomiest."""
    setting = _Setting(document.edition, pictures)
    return {
        "edition": document.edition.value,
        "density": density,
        "lang": "en",
        "title": document.title,
        "running": running_title(document),
        "area": document.area,
        "area_welsh": document.area_welsh,
        "subtitle": document.subtitle,
        "partnership": document.partnership.name,
        "author": document.partnership.author or document.partnership.name,
        "keywords": [document.area, document.edition.value, "community safety", "strategic assessment"],
        "colours": printed_colours(document.partnership),
        "logo": document.partnership.logo_svg,
        "logo_says": f"{document.partnership.name} logo",
        "marking": document.marking,
        "footer": document.footer,
        "contents_longest": LONGEST_CONTENTS,
        "labels": _LABELS,
        "control": [list(pair) for pair in document.control],
        "body": list(setting.body(document)),
    }


@dataclass(frozen=True)
class _Setting:
    """What the blocks of one document are put into the template's terms with."""

    edition: Edition
    pictures: Pictures

    def body(self, document: Document) -> Iterator[Item]:
        """Write out the sections; a heading never skips a level, which PDF/UA refuses."""
        for section in document.sections:
            gap = only_gap(section)
            if section.title:
                yield {"type": "section", "number": section.number, "title": section.title, "short": gap is not None}
            if gap is not None:
                yield {"type": "missing", "text": _words(gap.runs)}
                continue
            level = 1
            for block in arranged(section.blocks, self.edition, self.pictures):
                item = self.block(block, annex=section.annex)
                if self.edition is Edition.EXECUTIVE and item["type"] == "table":
                    # Four pages have no room to spare for keeping a table in one piece.
                    item["long"] = len(item["rows"]) > MOST_ROWS_KEPT
                if isinstance(block, PreparedHeading):
                    level = min(block.level - 1, level + 1)
                    item["level"] = level
                yield item

    def block(self, block: Arranged, *, annex: bool = False) -> Item:
        """Put one block, or those that stand together, into the template's terms."""
        match block:
            case Beside():
                return self.beside(block)
            case (Beside() as left, Beside() as right):
                return {"type": "pair", "pictures": [self.beside(left), self.beside(right)]}
            case PreparedTable():
                return {"type": "table", **_table(block, annex=annex)}
            case PreparedText() | PreparedBox() | PreparedBullets() if annex:
                return {"type": "small", "item": _words_block(block)}
            case list():
                return {"type": "findings", "findings": [_finding(one) for one in block]}
            case PreparedChart() | PreparedMap():
                return self.picture(block)
            case _:
                return _words_block(block)

    def beside(self, block: Beside) -> Item:
        """Give a picture or table with the words before it."""
        words = [_words_block(one) for one in block.words]
        if isinstance(block.shown, PreparedTable):
            shown = {"type": "table", "share": 100 * width_of(block.shown), **_table(block.shown)}
        else:
            shown = self.picture(block.shown)
        return {"type": "beside", "words": words, "shown": shown}

    def picture(self, block: Picture) -> Item:
        """Give a picture with its text alternative, and where its numbers are."""
        picture = self.pictures.drawn(block, self.edition)
        return {
            "type": "picture",
            "kind": "map" if isinstance(block, PreparedMap) else "chart",
            "title": block.title,
            "says": block.describes,
            "alt": f"{block.title}. {picture_alternative(block)}",
            "svg": picture.svg,
            "share": picture.share * 100,
            "note": block.note,
            "source": block.source,
            "behind": NUMBERS if self.edition is Edition.ANALYST else "",
        }


def _words_block(block: _Words) -> Item:
    match block:
        case PreparedHeading():
            return {"type": "heading", "text": block.text}
        case PreparedText():
            return {"type": "paragraph", "text": _words(block.runs), "lead": block.lead}
        case PreparedBullets():
            return {"type": "bullets", "items": [_words(item) for item in block.items], "numbered": block.numbered}
        case PreparedBox():
            return {
                "type": "box",
                "kind": block.kind,
                "name": BOX_NAMES[block.kind],
                "title": block.title,
                "text": _words(block.runs),
            }
        case PreparedTable():
            return {"type": "table", **_table(block)}
        case PreparedTiles():
            return {"type": "tiles", "tiles": [_tile(t.label, t.value, t.change) for t in block.tiles]}
        case PreparedFinding():
            return _finding(block)


def _tile(label: str, value: str, change: str) -> Item:
    return {"label": label, "value": value, "change": change}


def _finding(block: PreparedFinding) -> Item:
    return {
        "type": "finding",
        "rank": str(block.number),
        "title": block.title,
        "parts": [_words(part) for part in finding_parts(block)],
        "foot": finding_foot(block),
    }


def _table(table: PreparedTable, *, annex: bool = False) -> Item:
    set_as = setting(table, annex=annex)
    return {
        "id": table.id,
        "title": table.title,
        "columns": [
            {"title": column.title, "number": column.align == "right", "share": share}
            for column, share in zip(table.columns, set_as.shares, strict=True)
        ],
        "rows": [[breakable(cell) for cell in row] for row in table.rows],
        "total": table.total_row,
        "size": set_as.size,
        "crowded": set_as.crowded,
        "long": not set_as.stays_together,
        "note": table.note,
        "source": table.source,
    }


def _words(runs: Iterable[Run]) -> list[Item]:
    return [{"text": run.text, "strong": run.strong} for run in runs]
