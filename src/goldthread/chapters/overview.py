"""What was recorded in all, and how each kind of crime compares with the year before."""

from __future__ import annotations

from goldthread.chapters import changes
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import ASB, STREET, TOTAL, Lines
from goldthread.chapters.model import PUBLIC, Block, Chapter, Edition, Figure, Gap, Paragraph, Table
from goldthread.chapters.words import months

NOT_PUBLIC = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})
ID = "overview"
TITLE = "What was recorded"
HEADLINES = changes.HEADLINES


def write(brief: Brief) -> Chapter:
    """Total recorded crime, anti-social behaviour beside it and never in it, and the year-on-year table."""
    lines = brief.found(Lines)
    total = lines.by_id.get(TOTAL)
    if total is None:
        return _missing()
    figures = [changes.figure(brief, line) for line in lines.of_feed(STREET)]
    blocks: list[Block] = [
        Paragraph(text=_headline(brief, figures), editions=NOT_PUBLIC),
        Paragraph(text=_plainly(brief), editions=PUBLIC),
    ]
    blocks += [Paragraph(text=_asb(brief, f), editions=NOT_PUBLIC) for f in figures if f.id.startswith("anti-social")]
    blocks.append(_table(brief))
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures))


def _missing() -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="No police recorded crime was supplied, so this assessment cannot say how much crime was recorded.",
        gaps=(
            Gap(
                "How much crime was recorded, of which kinds, and whether it rose or fell",
                "Everything else in the assessment is read against it.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _plainly(brief: Brief) -> str:
    """The same for anyone: how many, and more, fewer or about the same, with no interval."""
    moved = brief.found(Lines).moved.get(TOTAL)
    said = {"rise": " That is more than the year before.", "fall": " That is fewer than the year before."}
    about_the_same = {"unclear", "perhaps", "same"}
    verdict = changes.verdict(brief, moved)
    then = said.get(verdict, " That is about the same as the year before." if verdict in about_the_same else "")
    number = f"{{{{{changes.figure_id(TOTAL)}:after:n}}}}"
    crimes = f"{{{{{changes.figure_id(TOTAL)}:after:plural|crime|crimes}}}}"
    return f"The police wrote down {number} {crimes} in {brief.area} in {_when(brief)}.{then}"


def _when(brief: Brief) -> str:
    """A whole calendar year as its number; any other period as its months."""
    first, last = brief.period.first, brief.period.last
    whole_year = first.month == 1 and last.month == 12 and first.year == last.year
    return str(first.year) if whole_year else months(str(first), str(last))


def _headline(brief: Brief, figures: list[Figure]) -> str:
    total = next(f for f in figures if f.id == changes.figure_id(TOTAL))
    period = months(str(brief.period.first), str(brief.period.last))
    crimes = f"{{{{{total.id}:after:plural|crime|crimes}}}}"
    counted = f"Police recorded {{{{{total.id}:after:n}}}} {crimes} in {brief.area} in {period}."
    return f"{counted} {changes.sentence(brief, brief.found(Lines).by_id[TOTAL], total)}"


def _asb(brief: Brief, figure: Figure) -> str:
    line = brief.found(Lines).by_id["anti-social-behaviour"]
    return (
        f"Police also recorded {{{{{figure.id}:after:n}}}} incidents of anti-social behaviour, which are not crimes "
        f"and are never added to them here. {changes.sentence(brief, line, figure)}"
    )


def _table(brief: Brief) -> Table:
    lines = brief.found(Lines)
    street = [line for line in lines.of_feed(STREET) if line.title != ASB]
    ordered = [line for line in street if line.id != TOTAL] + [lines.by_id[TOTAL]]
    return changes.table(
        brief,
        ordered,
        name="overview.year-on-year",
        title="Recorded crime by type, compared with the same months a year before",
        total_row=True,
        editions=NOT_PUBLIC,
    )
