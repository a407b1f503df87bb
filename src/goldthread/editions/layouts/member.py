"""The members' edition: plain, by theme, with questions that councillors may ask."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Finding
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBullets,
    PreparedHeading,
    PreparedText,
    Section,
)
from goldthread.editions.layouts.parts import (
    MOST_FINDINGS,
    MOST_ON_ONE_PAGE,
    OWN_WAY,
    gaps_in_brief,
    ranked,
    recommendations,
    said,
    strong,
    with_sections,
)
from goldthread.editions.preparing import Preparing

_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def member(preparing: Preparing) -> list[Section]:
    """Lay out for councillors: what changed by theme, what residents said, what is recommended, what to ask."""
    themes: list[tuple[PreparedBlock, ...]] = []
    residents: list[tuple[PreparedBlock, ...]] = []
    numbers = {finding.id: at for at, finding in enumerate(ranked(preparing)[:MOST_FINDINGS], 1)}
    for chapter in preparing.assessment.chapters:
        if chapter.id in OWN_WAY:
            continue
        found = [_plain_finding(preparing, finding) for finding in chapter.findings if finding.id in numbers]
        blocks = (*found, *_unsaid(found, preparing.blocks(chapter.blocks)))
        if blocks:
            part = (PreparedHeading(preparing.plain(chapter.title)), *blocks)
            (residents if chapter.id.startswith("resident") else themes).append(part)
    sections = [
        Section("in-short", "", "In short", _in_short(preparing)),
        Section("what-changed", "", "What has changed, theme by theme", tuple(b for part in themes for b in part)),
        Section("residents", "", "What residents told us", tuple(b for part in residents for b in part[1:])),
    ]
    return with_sections(
        [s for s in sections if s.blocks], recommendations(preparing), questions(preparing), gaps_in_brief(preparing)
    )


def _unsaid(found: Sequence[PreparedText], blocks: Iterable[PreparedBlock]) -> Iterator[PreparedBlock]:
    """Leave out the paragraphs of which a finding of the same chapter has said most sentences already."""
    said_already = " ".join(words.plain(finding.runs) for finding in found)
    for block in blocks:
        sentences = _SENTENCE.split(words.plain(block.runs)) if isinstance(block, PreparedText) else []
        if 2 * sum(sentence in said_already for sentence in sentences) <= len(sentences):
            yield block


def _plain_finding(preparing: Preparing, finding: Finding) -> PreparedText:
    title = strong(f"{preparing.plain(finding.title).rstrip('.')}. ")
    return PreparedText((title, *preparing.text(finding.statement), *said(" "), *preparing.text(finding.so_what)))


def _in_short(preparing: Preparing) -> tuple[PreparedBlock, ...]:
    titles = tuple(said(preparing.plain(finding.title)) for finding in ranked(preparing)[:MOST_ON_ONE_PAGE])
    return (PreparedBullets(titles),) if titles else ()


def questions(preparing: Preparing) -> Section | None:
    """Offer questions that members may ask: of those who own the findings, the recommendations and the gaps."""
    items = []
    for finding in ranked(preparing)[:MOST_ON_ONE_PAGE]:
        about = preparing.plain(finding.title).rstrip(".")
        items.append(said(f"To {_the(finding.owner)}: “{about}.” {_asked_of(finding)}"))
    for one in preparing.assessment.recommendations[:3]:
        asks = f"To {_the(one.owner)}: what has been done on recommendation {one.number}?"
        items.append(said(f"{asks} It is measured by: {preparing.plain(one.measure).rstrip('.')}."))
    for gap in preparing.assessment.gaps[:3]:
        missing = preparing.plain(gap.what).rstrip(".")
        items.append(said(f"To {_the(gap.owner)}: “{missing}.” When can this be put right?"))
    if not items:
        return None
    return Section("questions", "", "Questions you may want to ask", (PreparedBullets(tuple(items)),))


def _asked_of(finding: Finding) -> str:
    """Choose the question that a finding most invites: how sure, who is harmed, what changed, or what is done."""
    if finding.certainty < 0.5:
        return "How sure can we be, and what would make us surer?"
    if finding.harm >= 0.7:
        return "What is being done for those who are harmed most?"
    if finding.change >= 0.4:
        return "What may lie behind the change, and how would we know?"
    return "What is being done, and what should be different in a year?"


def _the(owner: str) -> str:
    return owner or "the partnership"
