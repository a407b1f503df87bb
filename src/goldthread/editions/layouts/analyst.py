"""The analyst's edition: everything, numbered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from goldthread.chapters.model import Chapter
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedHeading,
    PreparedMap,
    PreparedText,
    Section,
)
from goldthread.editions.layouts.parts import (
    MOST_FINDINGS,
    card,
    gaps,
    glossary,
    ranked,
    recommendations,
    said,
    sources,
    strong,
)
from goldthread.editions.preparing import Preparing

# What is looked up and not read through.
ANNEXES: Final = frozenset({"caveats", "methods", "glossary", "numbers"})


def analyst(preparing: Preparing) -> list[Section]:
    """Lay out everything: key findings, every chapter, recommendations, gaps, sources and glossary."""
    top = ranked(preparing)[:MOST_FINDINGS]
    cards = tuple(card(preparing, at, finding) for at, finding in enumerate(top, 1))
    numbers = {finding.id: at for at, finding in enumerate(top, 1)}
    sections = [Section("key-findings", "", "Key findings", cards)] if cards else []
    for chapter in preparing.assessment.chapters:
        blocks = _whole_chapter(preparing, chapter, numbers)
        sections.append(Section(chapter.id, "", preparing.plain(chapter.title), blocks))
    taken = {section.id for section in sections}
    for made in (recommendations, gaps, sources, glossary):
        section = made(preparing)
        if section is not None and section.id not in taken:
            sections.append(section)
    if any(isinstance(block, PreparedChart | PreparedMap) for section in sections for block in section.blocks):
        sections.append(_numbers())
    return [Section(s.id, str(at), s.title, s.blocks, s.id in ANNEXES) for at, s in enumerate(sections, 1)]


def _numbers() -> Section:
    """Say where the tables behind the pictures are, which would fill a printed edition's pages."""
    where = (
        "Each chart and map has a table of its numbers. In analyst.html it is folded under the picture. In data.xlsx "
        "it has a sheet of its own, under the picture’s title; the first sheet lists them all, and data/ holds the "
        "same as CSV. Small numbers about people are withheld in data.xlsx as they are from the public."
    )
    return Section("numbers", "", "The numbers behind the charts and maps", (PreparedText(said(where)),))


def _whole_chapter(preparing: Preparing, chapter: Chapter, numbers: Mapping[str, int]) -> tuple[PreparedBlock, ...]:
    if chapter.missing:
        return (PreparedBox("gap", "Not in this assessment", preparing.text(chapter.missing)),)
    blocks = list(preparing.blocks(chapter.blocks))
    keys = sorted((numbers[finding.id], finding.id, finding) for finding in chapter.findings if finding.id in numbers)
    items = [(strong(f"Key finding {at}. "), *said(preparing.plain(finding.title))) for at, _, finding in keys]
    items += [
        (strong(f"{preparing.plain(finding.title).rstrip('.')}. "), *preparing.text(finding.statement))
        for finding in chapter.findings
        if finding.id not in numbers
    ]
    if items:
        blocks += [PreparedHeading("Findings from this chapter"), PreparedBullets(tuple(items))]
    return tuple(blocks)
