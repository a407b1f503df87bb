"""The analyst's edition: everything, numbered."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.chapters.model import Chapter
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedHeading,
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
    return [Section(s.id, str(at), s.title, s.blocks) for at, s in enumerate(sections, 1)]


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
