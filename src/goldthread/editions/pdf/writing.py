"""Setting a document as PDF/UA-1, and keeping the short editions to the pages they are allowed."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from typing import Final

import typst

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run, in_words
from goldthread.editions.document import (
    Document,
    PreparedBlock,
    PreparedChart,
    PreparedFinding,
    PreparedHeading,
    PreparedMap,
    PreparedText,
    Section,
)
from goldthread.editions.fonts import typst_fonts
from goldthread.editions.pdf.payload import payload
from goldthread.editions.pictures import Pictures

PAGE_LIMITS: Final[Mapping[Edition, int]] = {Edition.PUBLIC: 1, Edition.EXECUTIVE: 4}
# How many ways the template can set an edition, from roomy to close.
DENSITIES: Final[Mapping[Edition, int]] = {
    Edition.ANALYST: 1,
    Edition.MEMBER: 1,
    Edition.EXECUTIVE: 4,
    Edition.PUBLIC: 5,
}


def write_pdf(document: Document, pictures: Pictures, made_on: date) -> bytes:
    """
    Set a document as tagged PDF; `made_on` dates it, so that the same assessment gives the same bytes.

    An edition with a limit of pages is first set closer; what still does not
    fit is left out, the lowest ranked finding first, and the page says so.
    typst.TypstError when the result would not be PDF/UA-1.
    """
    with as_file(files("goldthread.editions.pdf")) as folder:
        press = _Press(str(folder), pictures)
        limit = PAGE_LIMITS.get(document.edition)
        if limit is not None:
            document, density = _fitted(document, limit, press)
        else:
            density = 0
        return press.pdf(document, density, made_on)


# How many findings outlast the pictures when a short edition must be made shorter.
FINDINGS_KEPT: Final = 10
PICTURES_KEPT: Final = 2
# Sections that are what a short edition is for, and outlast the others.
KEPT_LONGEST: Final = frozenset(
    {"at-a-glance", "what-we-found", "priorities", "recommendations", "gaps", "get-help", "overview"}
)


class _Press:
    """The template, ready to set documents; what was set before makes the next setting quicker."""

    def __init__(self, folder: str, pictures: Pictures) -> None:
        self._pictures = pictures
        self._folder = folder

    def _compiler(self, document: Document, density: int) -> typst.Compiler:
        return typst.Compiler(
            f"{self._folder}/report.typ",
            root=self._folder,
            font_paths=typst_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"document": json.dumps(payload(document, self._pictures, density))},
        )

    def pages(self, document: Document, density: int) -> int:
        """How many pages does the document take, set this closely?"""
        return int(self._compiler(document, density).query("<pages>", field="value", one=True))

    def pdf(self, document: Document, density: int, made_on: date) -> bytes:
        """Set the document, or say why it would not be accessible."""
        moment = int(datetime(made_on.year, made_on.month, made_on.day, tzinfo=UTC).timestamp())
        made = self._compiler(document, density).compile(format="pdf", pdf_standards="ua-1", timestamp=moment)
        if not isinstance(made, bytes):
            raise TypeError("typst gave several files where one PDF was asked for.")
        return made


def _fitted(document: Document, limit: int, press: _Press) -> tuple[Document, int]:
    """Find the roomiest setting that keeps to the limit, and failing that the fewest parts to leave out."""
    closest = DENSITIES[document.edition] - 1
    for density in range(closest + 1):
        if press.pages(document, density) <= limit:
            return document, density
    most = len(_leaving_order(document))
    fits: Callable[[int], bool] = lambda left_out: press.pages(shortened(document, left_out), closest) <= limit  # noqa: E731
    return shortened(document, bisect_left(range(most), True, key=fits)), closest


def _leaving_order(document: Document) -> list[tuple[int, int]]:
    """
    List where the parts stand that may be left out, the first to go first.

    Findings below the tenth, lowest first; pictures but for two, from the end;
    what chapters say, from the end; the last pictures; and at the very last
    what the edition is for: the highest findings, priorities and recommendations.
    """
    findings: list[tuple[int, tuple[int, int]]] = []
    drawn: list[tuple[int, int]] = []
    others: list[tuple[int, int]] = []
    kept: list[tuple[int, int]] = []
    for at, section in enumerate(document.sections):
        for position, block in enumerate(section.blocks):
            if isinstance(block, PreparedFinding):
                findings.append((block.number, (at, position)))
            elif isinstance(block, PreparedChart | PreparedMap):
                drawn.append((at, position))
            elif not isinstance(block, PreparedHeading):
                (kept if section.id in KEPT_LONGEST else others).append((at, position))
    ranked = [place for _, place in sorted(findings, reverse=True)]
    least = max(0, len(ranked) - FINDINGS_KEPT)
    first, last = drawn[:PICTURES_KEPT], drawn[PICTURES_KEPT:]
    return [*ranked[:least], *reversed(last), *reversed(others), *reversed(first), *reversed(kept), *ranked[least:]]


def shortened(document: Document, left_out: int) -> Document:
    """
    Leave parts out of a document, the least important first, and say at its end how many there are.

    A heading or section that nothing is left under goes with its parts.
    """
    if left_out == 0:
        return document
    gone = set(_leaving_order(document)[:left_out])
    sections = []
    for at, section in enumerate(document.sections):
        kept = [block for position, block in enumerate(section.blocks) if (at, position) not in gone]
        if kept := _without_empty_headings(kept):
            sections.append(replace(section, blocks=tuple(kept)))
    return replace(document, sections=(*sections, Section("more", "", "", (_more(document, left_out),))))


def _without_empty_headings(blocks: list[PreparedBlock]) -> list[PreparedBlock]:
    kept: list[PreparedBlock] = []
    for block in reversed(blocks):
        if not isinstance(block, PreparedHeading) or (kept and not isinstance(kept[-1], PreparedHeading)):
            kept.append(block)
    return kept[::-1]


def _more(document: Document, left_out: int) -> PreparedText:
    """Say what was left out, and where it is."""
    findings = {
        (at, position)
        for at, section in enumerate(document.sections)
        for position, block in enumerate(section.blocks)
        if isinstance(block, PreparedFinding)
    }
    order = _leaving_order(document)[:left_out]
    several = sum(place in findings for place in order)
    others = left_out - several
    said = []
    if several:
        said.append(f"{in_words(several)} more {'finding' if several == 1 else 'findings'}")
    if others:
        said.append(f"{in_words(others)} more {'part' if others == 1 else 'parts'}")
    words = " and ".join(said)
    verb = "is" if left_out == 1 else "are"
    return PreparedText((Run(f"{words[:1].upper()}{words[1:]} {verb} in the full assessment."),))
