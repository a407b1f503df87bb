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
    key = sorted((numbers[finding.id], finding) for finding in chapter.findings if finding.id in numbers)
    if key:
        items = tuple(said(f"Key finding {at}: {preparing.plain(finding.title)}") for at, finding in key)
        blocks += [PreparedHeading("Key findings from this chapter"), PreparedBullets(items)]
    others = [finding for finding in chapter.findings if finding.id not in numbers]
    for finding in others:
        blocks.append(PreparedBox("definition", preparing.plain(finding.title), preparing.text(finding.statement)))
    return tuple(blocks)
