"""Parts that several layouts share: ranked findings, chapters as sections, and what closes an edition."""

from __future__ import annotations

from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Column, Edition, Finding, Table
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBullets,
    PreparedFinding,
    PreparedTable,
    PreparedText,
    Section,
    Text,
)
from goldthread.editions.preparing import Preparing

# Chapters of the analyst's edition whose matter the other editions lay out themselves.
OWN_WAY: Final = frozenset({"key-findings", "recommendations", "gaps"})
MOST_FINDINGS: Final = 15
MOST_ON_ONE_PAGE: Final = 5
MOST_GAPS: Final = 8


def said(text: str) -> Text:
    """Make runs of words that quote no figure."""
    return (words.Run(text),)


def strong(text: str) -> words.Run:
    """Make a run that stands out and quotes no figure."""
    return words.Run(text, None, strong=True)


def ranked(preparing: Preparing) -> list[Finding]:
    """List the findings in the order of the assessment, which puts first those that a board should read first."""
    return list(preparing.assessment.findings)


def certainty(finding: Finding) -> str:
    """Say how sure the finding is, in the three words analysts use for confidence in an assessment."""
    level = "High" if finding.certainty >= 0.8 else "Moderate" if finding.certainty >= 0.5 else "Low"
    return f"{level} confidence"


def card(preparing: Preparing, number: int, finding: Finding) -> PreparedFinding:
    """Lay a finding out as a card: what, so what, what to do, who and how sure."""
    return PreparedFinding(
        number=number,
        id=finding.id,
        title=preparing.plain(finding.title),
        statement=preparing.text(finding.statement),
        so_what=preparing.text(finding.so_what),
        recommendation=preparing.text(finding.recommendation),
        owner=finding.owner,
        certainty=certainty(finding),
        figures=finding.figures,
    )


def chapters_of_edition(preparing: Preparing) -> list[Section]:
    """Lay out the chapters that have something for this edition, but for those it lays out in its own way."""
    sections = []
    for chapter in preparing.assessment.chapters:
        blocks = preparing.blocks(chapter.blocks)
        if blocks and chapter.id not in OWN_WAY:
            sections.append(Section(chapter.id, "", preparing.plain(chapter.title), blocks))
    return sections


def with_sections(sections: list[Section], *more: Section | None) -> list[Section]:
    """Add the sections that there are, but for those that stand already."""
    taken = {section.id for section in sections}
    return sections + [section for section in more if section is not None and section.id not in taken]


def recommendations(preparing: Preparing) -> Section | None:
    """Set the recommendations out in a table: what, who, by when, how it is measured, and on which findings."""
    given = preparing.assessment.recommendations
    if not given:
        return None
    full = preparing.edition is Edition.ANALYST
    titles = ["No.", "Recommendation", "Owner", "By when", *(["How we will know"] if full else [])]
    rows = tuple(
        (str(one.number), one.text, one.owner, one.by_when, *([one.measure] if full else []))
        for one in sorted(given, key=lambda one: one.number)
    )
    table = words_table(preparing, "recommendations-table", "Recommendations to the partnership", titles, rows)
    return Section("recommendations", "", "Recommendations", (table,))


def gaps(preparing: Preparing) -> Section | None:
    """Set out what could not be said, why it matters and who could mend it."""
    given = preparing.assessment.gaps
    if not given:
        return None
    rows = tuple((gap.what, gap.why_it_matters, gap.owner) for gap in given)
    titles = ["What we do not know", "Why it matters", "Who could mend it"]
    table = words_table(preparing, "gaps-table", "Gaps in what we know", titles, rows)
    return Section("gaps", "", "What we do not know", (table,))


def gaps_in_brief(preparing: Preparing) -> Section | None:
    """List the first gaps, and say how many more the full assessment has."""
    given = preparing.assessment.gaps
    if not given:
        return None
    items = tuple(said(f"{gap.what.rstrip('.')}. To mend: {gap.owner}.") for gap in given[:MOST_GAPS])
    more = len(given) - len(items)
    blocks: list[PreparedBlock] = [PreparedBullets(items)]
    if more > 0:
        others = f"{words.in_words(more)} more {words.plural(more, 'gap', 'gaps')}"
        blocks.append(PreparedText(said(f"The full assessment lists {others}, and says why each matters.")))
    return Section("gaps", "", "What we do not know", tuple(blocks))


def sources(preparing: Preparing) -> Section | None:
    """Set out the files and tables the assessment rests on, in the columns they were described in."""
    given = preparing.assessment.sources
    if not given:
        return None
    keys = list(dict.fromkeys(key for source in given for key in source))
    titles = [key.replace("_", " ").capitalize() for key in keys]
    rows = tuple(tuple(source.get(key, "") for key in keys) for source in given)
    table = words_table(preparing, "sources-table", "Where the numbers come from", titles, rows)
    return Section("sources", "", "Sources", (table,))


def glossary(preparing: Preparing) -> Section | None:
    """Set out the terms, in alphabetical order."""
    terms = sorted(preparing.assessment.glossary.items(), key=lambda term: term[0].casefold())
    if not terms:
        return None
    table = words_table(preparing, "glossary-table", "Terms used", ["Term", "What it means"], tuple(terms))
    return Section("glossary", "", "Glossary", (table,))


def words_table(
    preparing: Preparing, name: str, title: str, titles: list[str], rows: tuple[tuple[str, ...], ...]
) -> PreparedTable:
    """Prepare a table of words alone."""
    columns = tuple(Column(str(at), heading) for at, heading in enumerate(titles))
    return preparing.table(Table(id=name, title=title, columns=columns, rows=rows, source=""))
