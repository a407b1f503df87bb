"""An assessment prepared as one edition shows it; every writer starts from here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Assessment, Edition, Figure, Rows
from goldthread.chapters.model.figures import Answer
from goldthread.editions.document import (
    Document,
    PreparedBlock,
    PreparedBox,
    PreparedBullets,
    PreparedChart,
    PreparedColumn,
    PreparedFigure,
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
from goldthread.editions.layouts import LAYOUTS
from goldthread.editions.preparing import Preparing
from goldthread.editions.protecting import protect
from goldthread.evidence.definitions import definition
from goldthread.evidence.disclosure import Ledger, Rule

__all__ = [
    "Document",
    "PreparedBlock",
    "PreparedBox",
    "PreparedBullets",
    "PreparedChart",
    "PreparedColumn",
    "PreparedFigure",
    "PreparedFinding",
    "PreparedHeading",
    "PreparedMap",
    "PreparedTable",
    "PreparedText",
    "PreparedTiles",
    "Section",
    "Text",
    "Tile",
    "prepare",
]

_NAMES: Final = {
    Edition.ANALYST: "Full assessment: the analyst’s edition",
    Edition.EXECUTIVE: "Executive summary for the board",
    Edition.MEMBER: "Summary for councillors",
    Edition.PUBLIC: "Summary for people who live and work here",
}
_PLAIN_USE: Final = (
    "Our numbers count what people told the police and other services. Some crime is never told to anyone, "
    "so the true numbers are higher."
)
_USE: Final = (
    "Numbers are of what was recorded or reported, which is not all that happened. "
    "A possible explanation is offered as possible, never as the cause."
)


def prepare(assessment: Assessment, edition: Edition, rule: Rule, ledger: Ledger | None = None) -> Document:
    """
    Show the assessment as one edition does.

    Blocks are those marked with the edition; numbers are said in words'
    formats; protected numbers that are small under `rule`, or that would give
    a small one away, are withheld from text, tables, charts and maps alike; and
    so are those that would do so beside what the ledger says was published
    before (`remembering.remembered` adds this release to it).
    WordsError when a sentence quotes a figure, key or format that is not there.
    """
    preparing = Preparing(assessment, edition, protect(assessment, rule, ledger))
    sections = tuple(LAYOUTS[edition](preparing))
    partnership = assessment.partnership
    return Document(
        title=f"Community safety in {assessment.area}" if edition is Edition.PUBLIC else assessment.title,
        subtitle=f"{assessment.area}, {words.months(*assessment.period)}. {_NAMES[edition]}.",
        edition=edition,
        marking=partnership.marking,
        control=_control(assessment, edition),
        sections=sections,
        footer=f"{partnership.name} · Version {partnership.version} · Evidence {assessment.fingerprint[:12]}",
        partnership=partnership,
        area=assessment.area,
        area_welsh=assessment.area_welsh,
        figures=_figures(preparing, sections) if edition is Edition.ANALYST else (),
    )


def _control(assessment: Assessment, edition: Edition) -> tuple[tuple[str, str], ...]:
    partnership, compared = assessment.partnership, assessment.compared_with
    area = f"{assessment.area} ({assessment.area_code})"
    if edition is Edition.PUBLIC:
        return (("Who made this page", partnership.name), ("What the numbers are", _PLAIN_USE))
    rows = (
        ("Title", assessment.title),
        ("Edition", _NAMES[edition]),
        ("Area", f"{area}, {assessment.area_welsh}" if assessment.area_welsh else area),
        ("Period", words.months(*assessment.period)),
        ("Compared with", words.months(*compared) if compared else "no earlier period was supplied"),
        ("Data up to", words.month(assessment.period[1])),
        ("Commissioned by", partnership.name),
        ("Responsible authorities", words.listed(partnership.authorities)),
        ("Author", partnership.author),
        ("Version and status", f"{partnership.version}, {partnership.status}"),
        ("Protective marking", partnership.marking),
        ("How to read it", _USE),
        ("Evidence fingerprint", assessment.fingerprint),
    )
    return tuple((label, value) for label, value in rows if value)


def _figures(preparing: Preparing, sections: tuple[Section, ...]) -> tuple[PreparedFigure, ...]:
    known = preparing.assessment.figures
    used = dict.fromkeys(name for section in sections for block in section.blocks for name in _quoted(block))
    return tuple(_figure(preparing, known[name]) for name in used if name in known)


def _quoted(block: PreparedBlock) -> Iterator[str]:
    """List the ids of the figures behind a block, in the order a reader meets them."""
    match block:
        case PreparedText() | PreparedBox():
            texts: tuple[Text, ...] = (block.runs,)
        case PreparedBullets():
            texts = block.items
        case PreparedFinding():
            texts = (block.statement, block.so_what, block.recommendation)
        case _:
            texts = ()
    yield from (run.figure for runs in texts for run in runs if run.figure)
    if isinstance(block, PreparedTiles):
        yield from (tile.figure for tile in block.tiles)
    elif isinstance(block, PreparedTable | PreparedChart | PreparedMap | PreparedFinding):
        yield from block.figures


def _figure(preparing: Preparing, figure: Figure) -> PreparedFigure:
    withhold = preparing.protection.instead_of
    return PreparedFigure(
        id=figure.id,
        asks=figure.asks,
        question=figure.question,
        answer=tuple((key, withhold(figure, key, "text") or _said(value)) for key, value in figure.answer.items()),
        rows=rows_in_words(figure.rows),
        source=figure.source,
        parameters=tuple((key, str(value)) for key, value in figure.parameters.items() if key != "headline"),
        caveats=tuple(_caveat(preparing.plain(caveat)) for caveat in figure.caveats),
    )


def _caveat(text: str) -> str:
    """Say a caveat in full: one that is named, such as recorded-not-all, as `definitions/caveats.yaml` has it."""
    named = {one["id"]: str(one["sentence"]) for one in definition("caveats")["caveats"]}
    return named.get(text, text)


def _said(value: Answer) -> str:
    if isinstance(value, float) and not value.is_integer():
        return words.number(value, 1 if abs(value) >= 100 else 4)
    return words.say(value, "text")


def rows_in_words(rows: Rows) -> str:
    """Say which rows of the evidence stand behind a figure: “counts: Burglary; January to December 2025”."""
    parts = [words.listed(rows.series)] if rows.series else []
    parts += [words.months(*rows.months)] if rows.months else []
    if rows.places:
        few = words.listed(rows.places) if len(rows.places) < 4 else f"{words.number(len(rows.places))} small areas"
        parts.append(few)
    parts += [f"{key} is {value}" for key, value in rows.where.items()]
    return f"{rows.table}: {'; '.join(parts)}" if parts else f"{rows.table}: every row"
