"""The executive edition: four pages for the board."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from goldthread.chapters import words
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedMap,
    PreparedTable,
    PreparedText,
    PreparedTiles,
    Section,
)
from goldthread.editions.layouts.headlines import headlines
from goldthread.editions.layouts.parts import (
    MOST_FINDINGS,
    card,
    chapters_of_edition,
    gaps_in_brief,
    ranked,
    recommendations,
    said,
    with_sections,
)
from goldthread.editions.preparing import Preparing

# How many charts and maps four printed pages may hold, and how many half-width lines of text they hold in all.
FEWEST_PICTURES: Final = 2
MOST_PICTURES: Final = 6
A_PICTURE: Final = 21.0
FOUR_PAGES: Final = 490.0


def executive(preparing: Preparing) -> list[Section]:
    """Lay out four pages for the board: tiles, ranked findings, year on year, priorities, recommendations, gaps."""
    top = ranked(preparing)[:MOST_FINDINGS]
    cards = tuple(card(preparing, at, finding) for at, finding in enumerate(top, 1))
    tiles = headlines(preparing, top)
    sections = [Section("at-a-glance", "", "At a glance", _glance(preparing, tiles))] if tiles.tiles else []
    sections += [Section("key-findings", "", "Key findings, most important first", cards)] if cards else []
    last = (recommendations(preparing), gaps_in_brief(preparing))
    lines = sum(_lines(section) for section in (*sections, *last))
    told, pictures = _pictures_apart(chapters_of_edition(preparing), lines)
    return with_sections([*sections, *told], *last, pictures)


def _glance(preparing: Preparing, tiles: PreparedTiles) -> tuple[PreparedBlock, ...]:
    compared = preparing.assessment.compared_with
    if compared is None or not any(tile.change for tile in tiles.tiles):
        return (tiles,)
    return tiles, PreparedText(said(f"Changes are against {words.months(*compared)}."))


def _pictures_apart(sections: list[Section], lines: float) -> tuple[list[Section], Section | None]:
    """
    Part the words from the first charts and maps, as many as four pages have room for beside `lines` of text.

    The pictures close the edition, where nothing after them is pushed to another
    page. The analyst's edition has them all.
    """
    pictures: list[PreparedBlock] = []
    kept = []
    for section in sections:
        pictures += [block for block in section.blocks if isinstance(block, PreparedChart | PreparedMap)]
        words_only = tuple(block for block in section.blocks if not isinstance(block, PreparedChart | PreparedMap))
        if words_only:
            kept.append(replace(section, blocks=words_only))
    room = int((FOUR_PAGES - lines - sum(_lines(section) for section in kept)) / A_PICTURE)
    pictures = pictures[: max(FEWEST_PICTURES, min(MOST_PICTURES, room))]
    return kept, Section("in-pictures", "", "In pictures", tuple(pictures)) if pictures else None


def _lines(section: Section | None) -> float:
    """Estimate how many half-width lines of a printed page a section takes."""
    total = 5.0
    for block in section.blocks if section else ():
        match block:
            case PreparedFinding():
                parts = (block.statement, block.so_what, block.recommendation)
                total += 4 + sum(-(-len(words.plain(part)) // 58) for part in parts)
            case PreparedTable():
                share = max(30, 110 // max(1, len(block.columns)))
                total += 10 + sum(2.6 * max(1, *(-(-len(cell) // share) for cell in row)) for row in block.rows)
            case PreparedText() | PreparedBox():
                total += 1 + 2 * -(-len(words.plain(block.runs)) // 116)
            case PreparedBullets():
                total += sum(1 + len(words.plain(item)) // 58 for item in block.items)
            case _:
                total += 4
    return total
