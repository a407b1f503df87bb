"""What each edition is made of: the same findings, laid out for those who read them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Chapter, Column, Edition, Figure, Finding, Table
from goldthread.editions.document import (
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
    Section,
    Text,
    Tile,
)
from goldthread.editions.preparing import Preparing
from goldthread.editions.protecting import NOT_SHOWN

MOST_FINDINGS: Final = 15
MOST_ON_ONE_PAGE: Final = 5
# How many charts and maps four printed pages may hold, and how many half-width lines of text they hold in all.
FEWEST_PICTURES: Final = 2
MOST_PICTURES: Final = 6
A_PICTURE: Final = 21.0
FOUR_PAGES: Final = 490.0
MOST_GAPS: Final = 8


def said(text: str) -> Text:
    """Make runs of words that quote no figure."""
    return (words.Run(text),)


def ranked(preparing: Preparing) -> list[Finding]:
    """List the findings from the highest rank down; the order given decides between equals."""
    return sorted(preparing.assessment.findings, key=lambda finding: -finding.rank)


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


def executive(preparing: Preparing) -> list[Section]:
    """Lay out four pages for the board: tiles, ranked findings, year on year, priorities, recommendations, gaps."""
    top = ranked(preparing)[:MOST_FINDINGS]
    cards = tuple(card(preparing, at, finding) for at, finding in enumerate(top, 1))
    tiles = headlines(preparing, top)
    sections = [Section("at-a-glance", "", "At a glance", _glance(preparing, tiles))] if tiles.tiles else []
    sections += [Section("key-findings", "", "Key findings, most important first", cards)] if cards else []
    last = (recommendations(preparing), _gaps_in_brief(preparing))
    lines = sum(_lines(section) for section in (*sections, *last))
    return _with([*sections, *_pictures_apart(_chapters_of_edition(preparing), lines)], *last)


def _glance(preparing: Preparing, tiles: PreparedTiles) -> tuple[PreparedBlock, ...]:
    compared = preparing.assessment.compared_with
    if compared is None or not any(tile.change for tile in tiles.tiles):
        return (tiles,)
    return tiles, PreparedText(said(f"Changes are against {words.months(*compared)}."))


def _pictures_apart(sections: list[Section], lines: float) -> list[Section]:
    """
    Gather the first charts and maps behind the words, as many as four pages have room for beside `lines` of text.

    The analyst's edition has them all.
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
    return [*kept, Section("in-pictures", "", "In pictures", tuple(pictures))] if pictures else kept


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


def headlines(preparing: Preparing, findings: Iterable[Finding], most: int = 4) -> PreparedTiles:
    """
    Choose the headline numbers.

    A figure whose `parameters` hold `headline` (the label) is a tile; with
    none, the first figures of the first findings are. The number is the
    figure's `now`, `after` or `n`, or its first count; the change its
    `change` or `percent`, or its `ratio`.
    """
    figures = preparing.assessment.figures
    marked = [figure for figure in figures.values() if "headline" in figure.parameters]
    chosen = [(str(figure.parameters["headline"]), figure) for figure in marked]
    if not chosen:
        firsts = [(finding, figures[finding.figures[0]]) for finding in findings if finding.figures]
        chosen = [(finding.topic.replace("-", " ").capitalize(), figure) for finding, figure in firsts]
    tiles = [tile for label, figure in chosen if (tile := _tile(preparing, label, figure)) is not None]
    return PreparedTiles(tuple({tile.label: tile for tile in reversed(tiles)}.values())[::-1][:most])


def _tile(preparing: Preparing, label: str, figure: Figure) -> Tile | None:
    keys = [key for key in ("now", "after", "n", *figure.count_keys) if isinstance(figure.answer.get(key), int | float)]
    if not keys:
        return None
    withhold = preparing.protection.instead_of

    def part(key: str, form: str) -> str:
        return withhold(figure, key, form) or words.say(figure.answer[key], form)

    changes = (("change", "change"), ("percent", "change"), ("ratio", "ratio_change"))
    change = next((part(key, form) for key, form in changes if isinstance(figure.answer.get(key), int | float)), "")
    return Tile(label, part(keys[0], "n"), "" if change == NOT_SHOWN else change, figure.id)


def _chapters_of_edition(preparing: Preparing) -> list[Section]:
    sections = []
    for chapter in preparing.assessment.chapters:
        blocks = preparing.blocks(chapter.blocks)
        if blocks:
            sections.append(Section(chapter.id, "", preparing.plain(chapter.title), blocks))
    return sections


def _with(sections: list[Section], *more: Section | None) -> list[Section]:
    taken = {section.id for section in sections}
    return sections + [section for section in more if section is not None and section.id not in taken]


def member(preparing: Preparing) -> list[Section]:
    """Lay out for councillors: what changed by theme, what residents said, what is recommended, what to ask."""
    themes: list[tuple[PreparedBlock, ...]] = []
    residents: list[tuple[PreparedBlock, ...]] = []
    numbers = {finding.id: at for at, finding in enumerate(ranked(preparing)[:MOST_FINDINGS], 1)}
    for chapter in preparing.assessment.chapters:
        found = [_plain_finding(preparing, finding) for finding in chapter.findings if finding.id in numbers]
        blocks = (*found, *preparing.blocks(chapter.blocks))
        if blocks:
            part = (PreparedHeading(preparing.plain(chapter.title)), *blocks)
            (residents if chapter.id.startswith("resident") else themes).append(part)
    sections = [
        Section("in-short", "", "In short", _in_short(preparing)),
        Section("what-changed", "", "What has changed, theme by theme", tuple(b for part in themes for b in part)),
        Section("residents", "", "What residents told us", tuple(b for part in residents for b in part[1:])),
    ]
    return _with([s for s in sections if s.blocks], recommendations(preparing), questions(preparing), gaps(preparing))


def _plain_finding(preparing: Preparing, finding: Finding) -> PreparedText:
    title = words.Run(f"{preparing.plain(finding.title).rstrip('.')}. ", None, strong=True)
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


def public(preparing: Preparing) -> list[Section]:
    """Lay out one page for residents: what was found, what happens next, and how to get help."""
    found = tuple(preparing.text(one.public) for one in ranked(preparing) if one.public)[:MOST_ON_ONE_PAGE]
    sections = _chapters_of_edition(preparing)
    first = [Section("what-we-found", "", "What we found", (PreparedBullets(found),))] if found else []
    emergency: Text = (
        words.Run("If you are in danger, call 999.", None, strong=True),
        words.Run(" If it can wait, call 101 or report it on the police website."),
    )
    unnamed = said("You can tell Crimestoppers what you know and not give your name. Call 0800 555 111. It is free.")
    return [*first, *sections, Section("get-help", "", "Get help", (PreparedBullets((emergency, unnamed)),))]


def recommendations(preparing: Preparing) -> Section | None:
    """Set the recommendations out in a table: what, who, by when, how it is measured, and on which findings."""
    given = preparing.assessment.recommendations
    if not given:
        return None
    full = preparing.edition is not Edition.MEMBER
    titles = ["No.", "Recommendation", "Owner", "By when", *(["How we will know"] if full else [])]
    rows = tuple(
        (str(one.number), one.text, one.owner, one.by_when, *([one.measure] if full else []))
        for one in sorted(given, key=lambda one: one.number)
    )
    table = _words_table(preparing, "recommendations-table", "Recommendations to the partnership", titles, rows)
    return Section("recommendations", "", "Recommendations", (table,))


def gaps(preparing: Preparing) -> Section | None:
    """Set out what could not be said, why it matters and who could mend it."""
    given = preparing.assessment.gaps
    if not given:
        return None
    rows = tuple((gap.what, gap.why_it_matters, gap.owner) for gap in given)
    titles = ["What we do not know", "Why it matters", "Who could mend it"]
    table = _words_table(preparing, "gaps-table", "Gaps in what we know", titles, rows)
    return Section("gaps", "", "What we do not know", (table,))


def _gaps_in_brief(preparing: Preparing) -> Section | None:
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
    table = _words_table(preparing, "sources-table", "Where the numbers come from", titles, rows)
    return Section("sources", "", "Sources", (table,))


def glossary(preparing: Preparing) -> Section | None:
    """Set out the terms, in alphabetical order."""
    terms = sorted(preparing.assessment.glossary.items(), key=lambda term: term[0].casefold())
    if not terms:
        return None
    table = _words_table(preparing, "glossary-table", "Terms used", ["Term", "What it means"], tuple(terms))
    return Section("glossary", "", "Glossary", (table,))


def _words_table(
    preparing: Preparing, name: str, title: str, titles: list[str], rows: tuple[tuple[str, ...], ...]
) -> PreparedTable:
    columns = tuple(Column(str(at), heading) for at, heading in enumerate(titles))
    return preparing.table(Table(id=name, title=title, columns=columns, rows=rows, source=""))


LAYOUTS: Final[Mapping[Edition, Callable[[Preparing], list[Section]]]] = {
    Edition.ANALYST: analyst,
    Edition.EXECUTIVE: executive,
    Edition.MEMBER: member,
    Edition.PUBLIC: public,
}
