"""A prepared document as the data that the typst template prints; strings stay strings and are never markup."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.annex import (
    ANNEX_TITLE,
    BOX_NAMES,
    CONTENTS_TITLE,
    CONTROL_TITLE,
    LONGEST_CONTENTS,
    finding_foot,
    finding_parts,
    picture_alternative,
    running_title,
    tables_behind,
)
from goldthread.editions.colours import printed_colours
from goldthread.editions.columns import folded, setting
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
from goldthread.editions.pictures import Pictures

Item = dict[str, Any]
_Words = (
    PreparedHeading | PreparedText | PreparedBullets | PreparedBox | PreparedTable | PreparedTiles | PreparedFinding
)
_Picture = PreparedChart | PreparedMap
# Two that stand side by side.
_Pair = tuple[_Picture, _Picture]
# How many rows a table of the executive edition may have and still be kept on one page.
MOST_ROWS_KEPT = 6

_LABELS = {
    "contents": CONTENTS_TITLE,
    "control": CONTROL_TITLE,
    "annex": ANNEX_TITLE,
    "item": "Item",
    "detail": "Detail",
    "page": "Page",
    "of": "of",
    "numbers": "Numbers: page",
}


def payload(document: Document, pictures: Pictures, density: int = 0) -> Item:
    """Put a document into the template's terms; `density` is how closely it is set, 0 the roomiest."""
    behind = tables_behind(document)
    setting = _Setting(document.edition, pictures, {table: str(at) for at, table in enumerate(behind)})
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
        "annex": [{**_table(table, annex=True), "place": str(at)} for at, table in enumerate(behind)],
    }


@dataclass(frozen=True)
class _Setting:
    """What the blocks of one document are put into the template's terms with; `places` are those of the annex."""

    edition: Edition
    pictures: Pictures
    places: Mapping[PreparedTable, str]

    def body(self, document: Document) -> Iterator[Item]:
        """Write out the sections; a heading never skips a level, which PDF/UA refuses."""
        for section in document.sections:
            if section.title:
                yield {"type": "section", "number": section.number, "title": section.title, "id": section.id}
            level = 1
            for block in _together(section.blocks) if self.edition is Edition.EXECUTIVE else section.blocks:
                item = self.block(block)
                if self.edition is Edition.EXECUTIVE and item["type"] == "table":
                    # Four pages have no room to spare for keeping a table in one piece.
                    item["long"] = len(item["rows"]) > MOST_ROWS_KEPT
                if isinstance(block, PreparedHeading):
                    level = min(block.level - 1, level + 1)
                    item["level"] = level
                yield item

    def block(self, block: PreparedBlock | _Pair | list[PreparedFinding]) -> Item:
        """Put one block, or those that stand together, into the template's terms."""
        match block:
            case list():
                return {"type": "findings", "findings": [_finding(one) for one in block]}
            case (PreparedChart() | PreparedMap() as left, PreparedChart() | PreparedMap() as right):
                return {"type": "pair", "pictures": [self.picture(left), self.picture(right)]}
            case PreparedChart() | PreparedMap():
                return self.picture(block)
            case _:
                return _words_block(block)

    def picture(self, block: PreparedChart | PreparedMap) -> Item:
        """Give a picture with its text alternative, and where its numbers are printed."""
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
            "behind": self.places.get(folded(block.table), ""),
        }


def _together(blocks: Iterable[PreparedBlock]) -> list[PreparedBlock | _Pair | list[PreparedFinding]]:
    """Put pictures that follow one another two and two, and all findings that do into one list, to stand in columns."""
    found: list[PreparedBlock | _Pair | list[PreparedFinding]] = []
    for block in blocks:
        before = found[-1] if found else None
        match before, block:
            case (PreparedChart() | PreparedMap(), PreparedChart() | PreparedMap()):
                found[-1] = (before, block)
            case (list(), PreparedFinding()):
                before.append(block)
            case (_, PreparedFinding()):
                found.append([block])
            case _:
                found.append(block)
    return found


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
        "rows": [list(row) for row in table.rows],
        "total": table.total_row,
        "size": set_as.size,
        "crowded": set_as.crowded,
        "long": not set_as.stays_together,
        "note": table.note,
        "source": table.source,
    }


def _words(runs: Iterable[Run]) -> list[Item]:
    return [{"text": run.text, "strong": run.strong} for run in runs]
