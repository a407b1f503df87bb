"""A chapter while it is written: its blocks, figures, findings and caveats, put together at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.model import (
    ANALYST,
    Block,
    Box,
    Chapter,
    Edition,
    Figure,
    Finding,
    Gap,
    Heading,
    Paragraph,
)
from goldthread.chapters.topics import topics
from goldthread.chapters.words import months
from goldthread.evidence.definitions import definition


def said(figure: Figure, key: str, form: str) -> str:
    """The placeholder that puts a figure's answer into a sentence."""
    return f"{{{{{figure.id}:{key}:{form}}}}}"


def many(line: str) -> str:
    """What a line counts, after a number: recorded crimes, burglaries."""
    return "recorded crimes" if line == TOTAL else topics()[line].many if line in topics() else "records"


def subject(line: str) -> str:
    """What a line counts, as a sentence begins or goes on: recorded crime, burglary."""
    return "recorded crime" if line == TOTAL else topics()[line].subject if line in topics() else "it"


def verb(line: str) -> str:
    """The verb that follows a line's subject: is or are."""
    return topics()[line].verb if line in topics() else "is"


# Whose count a series is, by what stands before its colon.
WHOSE = {
    "Police": "the police’s own extract",
    "Police ASB": "the police’s own log",
    "Police incidents": "calls to the police",
    "Fire": "the fire service",
    "Hospital admissions": "hospital admissions",
    "Road collisions": "collisions",
    "School exclusions": "schools",
    "Street scene": "street scene reports",
}


def in_prose(title: str) -> str:
    """A series as a sentence goes on: “Fire: Special service” is special service (the fire service)."""
    whose, colon, rest = title.partition(": ")
    if colon and whose in WHOSE:
        return f"{in_prose(rest)} ({WHOSE[whose]})"
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def first_capital(words: str) -> str:
    """Words as a sentence begins, the rest left as it is."""
    return words[:1].upper() + words[1:]


@dataclass
class Draft:
    """One chapter being written; `chapter` hands it over."""

    brief: Brief
    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    caveats: dict[str, None] = field(default_factory=dict)

    @property
    def when(self) -> str:
        """The period in words."""
        return months(str(self.brief.period.first), str(self.brief.period.last))

    @property
    def a_year_before(self) -> str:
        """The same months a year before in words."""
        return months(str(self.brief.before.first), str(self.brief.before.last))

    def figure(self, figure: Figure) -> Figure:
        """This will put a figure into the chapter, once, and bear its caveats in mind."""
        self.figures[figure.id] = figure
        self.caveats |= dict.fromkeys(figure.caveats)
        return figure

    def head(self, text: str) -> None:
        """This will begin a part of the chapter."""
        self.blocks.append(Heading(text=text))

    def say(self, text: str, editions: frozenset[Edition] = ANALYST) -> None:
        """This will add a paragraph."""
        self.blocks.append(Paragraph(text=text, editions=editions))

    def show(self, *blocks: Block) -> None:
        """This will add blocks."""
        self.blocks.extend(blocks)

    def not_said(self, what: str, reasons: Iterable[str]) -> None:
        """This will print why something cannot be said from these data; each reason once."""
        text = " ".join(dict.fromkeys(reasons))
        if text:
            self.blocks.append(Box(kind="caveat", title=f"Not said: {what}", text=text))

    def bear_in_mind(self, *caveats: str) -> None:
        """This will add caveats, by their ids in definitions/caveats.yaml; each once."""
        self.caveats |= dict.fromkeys(caveats)

    def chapter(self) -> Chapter:
        """The chapter, its caveats in one box at the end."""
        blocks = list(self.blocks)
        if self.caveats:
            sentences = {c["id"]: str(c["sentence"]).strip() for c in definition("caveats")["caveats"]}
            text = " ".join(sentences[c] for c in self.caveats)
            blocks.append(Box(kind="caveat", title="To bear in mind", text=text))
        return Chapter(
            self.id,
            self.title,
            tuple(blocks),
            tuple(self.figures.values()),
            tuple(self.findings),
            tuple(self.gaps),
        )
