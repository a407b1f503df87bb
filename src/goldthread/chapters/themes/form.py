"""The one-page form of every theme: what is recorded, who and where and when, what partners see, caveats, so what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from goldthread.chapters import changes
from goldthread.chapters.brief import Brief, Line, slug
from goldthread.chapters.findings import ALONE, COUNTED, STANDS, finding
from goldthread.chapters.measuring.lines import STREET, Lines, Moved
from goldthread.chapters.measuring.returns import Returns
from goldthread.chapters.measuring.theme_lines import with_theme_lines
from goldthread.chapters.model import (
    ANALYST,
    MEMBER,
    Block,
    Box,
    Bullets,
    Chapter,
    Chart,
    Edition,
    Figure,
    Finding,
    Gap,
    Heading,
    Paragraph,
    Series,
    Table,
)
from goldthread.chapters.overview import HEADLINES
from goldthread.chapters.themes.absent import gap_of, not_supplied, one_line
from goldthread.chapters.topics import Topic, topics
from goldthread.chapters.words import month, months
from goldthread.evidence.definitions import definition

Section = Literal["recorded", "who", "partners"]
HEADINGS: dict[Section, str] = {
    "recorded": "What is recorded",
    "who": "Who, where and when",
    "partners": "What partners see",
}
# How a title ends that says only how many there were.
STEADY = ("with no clear change", "too few to tell a change", "no earlier year to compare with")
LARGE_CHANGE = 50.0  # per cent: a change of this size or more counts as the largest there is


def titled(told: str, figure: Figure, key: str, nouns: str) -> str:
    """
    A title that says how many (`key` of the figure) and what can be said of the change.

    `told` is as of `changes.verdict`; `nouns` go after a number, such as
    “deliberate fires”.
    """
    subject = nouns[0].upper() + nouns[1:]
    if told in ("rise", "fall"):
        return f"{subject} {said(figure, 'percent', 'moved')}"
    if told == "perhaps":
        return f"{subject} may have changed ({said(figure, 'percent', 'change')})"
    many = f"{said(figure, key, 'n')} {nouns}"
    return {
        "too-few": f"{many}, {STEADY[1]}",
        "nothing": f"{many}, and {STEADY[2]}",
    }.get(told, f"{many}, {STEADY[0]}")


def said(figure: Figure, key: str, form: str) -> str:
    """The placeholder that puts a figure's answer into a sentence."""
    return f"{{{{{figure.id}:{key}:{form}}}}}"


@dataclass
class Page:
    """
    A theme's page while it is written; `chapter` sets it out.

    `uses` are the feeds that the theme draws on: those that did not come are
    named on the page and enter the list of gaps.
    """

    given: Brief
    id: str
    title: str
    topic: str
    uses: Sequence[str]
    figures: dict[str, Figure] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    caveats: dict[str, None] = field(default_factory=dict)
    blocks: dict[Section, list[Block]] = field(default_factory=dict)
    before_all: list[Block] = field(default_factory=list)
    brief: Brief = field(init=False)

    def __post_init__(self) -> None:
        self.brief = with_theme_lines(self.given)

    @property
    def about(self) -> Topic:
        """The topic the page is about."""
        return topics()[self.topic]

    @property
    def when(self) -> str:
        """The period in words."""
        return months(str(self.brief.period.first), str(self.brief.period.last))

    @property
    def a_year_before(self) -> str:
        """The same months a year before in words."""
        return months(str(self.brief.before.first), str(self.brief.before.last))

    def has(self, *feeds: str) -> bool:
        """Whether any of these feeds came for the period; a yearly return is of use when it ends no later."""
        return any(self._came(feed) for feed in feeds if self.brief.has(feed))

    def _came(self, feed: str) -> bool:
        period = self.brief.period
        if self.brief.evidence.feeds[feed].kind == "measure":
            ends = {(r.months, r.ends) for r in self.brief.found(Returns).of_feed(feed)}
            return any(end in period if months < 12 else end <= period.last for months, end in ends)
        return any(month in period for month in self.brief.evidence.months_of(feed))

    def line(self, name: str) -> Line | None:
        """A line by its id, when it has a month of the period; None otherwise."""
        line = self.brief.found(Lines).by_id.get(name)
        return line if line is not None and not bool(np.isnan(line.over(self.brief.period)).all()) else None

    def lines(self, names: Iterable[str]) -> list[Line]:
        """The lines of these ids that there are."""
        return [line for name in names if (line := self.line(name)) is not None]

    def series(self, feed: str, *names: str) -> list[Line]:
        """The lines of a feed that each count one of these series."""
        prefix = "" if feed == STREET else f"{feed}."
        return self.lines(prefix + slug(name) for name in names)

    def moved(self, line: Line) -> Moved | None:
        """How a line moved from the year before; None when there was nothing to compare."""
        return self.brief.found(Lines).moved.get(line.id)

    def verdict(self, line: Line) -> str:
        """What can be said of a line's change (see `changes.verdict`)."""
        return changes.verdict(self.brief, self.moved(line))

    def figure(self, figure: Figure) -> Figure:
        """This will put a figure into the chapter, once."""
        self.figures[figure.id] = figure
        return figure

    def count(self, line: Line) -> Figure:
        """The figure of a line's count and change, put into the chapter."""
        known = self.figures.get(changes.figure_id(line.id))
        return known or self.figure(changes.figure(self.brief, line, HEADLINES.get(line.id, "")))

    def say(self, section: Section, text: str, editions: frozenset[Edition] = ANALYST) -> None:
        """This will add a paragraph to a section."""
        self.show(section, Paragraph(text=text, editions=editions))

    def show(self, section: Section, *blocks: Block) -> None:
        """This will add blocks to a section."""
        self.blocks.setdefault(section, []).extend(blocks)

    def introduce(self, section: Section, text: str) -> None:
        """This will put a paragraph ahead of the chart that was shown last, which it is about; none without a text."""
        blocks = self.blocks.setdefault(section, [])
        if text:
            blocks.insert(len(blocks) - bool(blocks and isinstance(blocks[-1], Chart)), Paragraph(text=text))

    def headline(self, section: Section, line: Line, words: str, editions: frozenset[Edition] = MEMBER) -> Figure:
        """This will say a line's count (where `words` has %s) and its change; the figure is returned."""
        figure = self.count(line)
        self.say(section, f"{words % said(figure, 'after', 'n')} {self.change(line)}", editions)
        return figure

    def titled(self, line: Line, nouns: str) -> str:
        """A title that says a line's count, or its change where that stands."""
        return titled(self.verdict(line), self.count(line), "after", nouns)

    def change(self, line: Line) -> str:
        """How a line compares with the year before, as a sentence."""
        return changes.sentence(self.brief, line, self.count(line))

    def compared(
        self, section: Section, lines: Sequence[Line], name: str, title: str, total: Line | None = None
    ) -> None:
        """
        This will add the table that sets lines beside the year before, and their figures.

        `total` is the line that the others add up to. It is declared a total
        where it is one in both years, so that what is withheld of a part cannot
        be worked out from the rest.
        """
        shown = [*lines, *([total] if total is not None else [])]
        if not shown:
            return
        for line in shown:
            self.count(line)
        adds = total is not None and self._adds_up(lines, total)
        self.show(
            section,
            changes.table(self.brief, shown, name=f"{self.id}.{name}", title=title, total_row=adds),
        )

    def _adds_up(self, parts: Sequence[Line], total: Line) -> bool:
        """Whether the parts make the total in this year and, where it came, in the year before."""

        def counts(line: Line) -> tuple[float, float]:
            moved = self.moved(line)
            return (moved.before, moved.after) if moved else (0.0, float(np.nansum(line.over(self.brief.period))))

        return tuple(map(sum, zip(*map(counts, parts), strict=True))) == counts(total)

    def by_month(self, section: Section, lines: Sequence[Line], name: str, title: str, describes: str) -> None:
        """This will add a small chart of months for each line; a month that did not come is a gap."""
        span = self.brief.span
        describes = (
            f"{describes} From {month(str(span.first))} to {month(str(span.last))}; a month that did not come is a gap."
        )
        series = tuple(
            Series(
                line.title,
                tuple(str(m) for m in span),
                tuple(None if np.isnan(n) else float(n) for n in line.over(span)),
            )
            for line in lines
        )
        if series:
            chart = Chart(
                id=f"{self.id}.{name}",
                kind="multiples",
                title=title,
                describes=describes,
                series=series,
                source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
                y_title="A month",
                protected=any(line.feed.protected for line in lines),
                figures=tuple(changes.figure_id(line.id) for line in lines),
            )
            for line in lines:
                self.count(line)
            self.show(section, chart)

    def bear_in_mind(self, *caveats: str) -> None:
        """This will add caveats, by their ids in definitions/caveats.yaml; each once."""
        self.caveats |= dict.fromkeys(caveats)

    def find(
        self,
        name: str,
        *,
        title: str,
        statement: str,
        so_what: str,
        figures: Sequence[Figure],
        n: float,
        harm: float,
        line: Line | None = None,
        states: Sequence[str] = (),
        certainty: float = COUNTED,
        public: str = "",
        topic: str = "",
        recommendation: str = "",
    ) -> None:
        """
        This will add a finding.

        `n` is how many it is about and gives its size; `line`, when there is
        one, gives its change, and `rising` when that stands among all tests.
        `recommendation` takes the place of the topic's own next step.
        """
        moved = self.moved(line) if line is not None else None
        verdict = self.verdict(line) if line is not None else "nothing"
        change = abs(moved.percent or 0.0) / LARGE_CHANGE if moved and verdict in ("rise", "fall") else 0.0
        if verdict == "rise":
            states = (*states, "rising")
        sure = {"rise": STANDS, "fall": STANDS, "perhaps": ALONE}.get(verdict, certainty) if line else certainty
        found = finding(
            self.brief,
            topics()[topic or self.topic],
            name,
            title=title,
            statement=statement,
            so_what=so_what,
            figures=[f.id for f in figures],
            states=states,
            harm=harm,
            size=float(np.log10(max(n, 1.0)) / 4),
            change=change,
            certainty=sure,
            public=public,
        )
        found = replace(found, steady=title.endswith(STEADY))
        self.findings.append(replace(found, recommendation=recommendation) if recommendation else found)

    def missing(self, subject: str = "") -> Chapter:
        """The chapter when none of its feeds came: one line, and its gaps; `subject` in place of the topic's own."""
        feeds = [f for f in self.uses if not self.has(f)]
        return Chapter(
            self.id,
            self.title,
            missing=one_line(subject or self.about.subject, feeds),
            gaps=tuple(gap_of(f) for f in feeds),
        )

    def chapter(self, so_what: str) -> Chapter:
        """The page set out in the order of the form."""
        blocks: list[Block] = list(self.before_all)
        for section, heading in HEADINGS.items():
            mine = self.blocks.get(section)
            if mine:
                blocks += [Heading(text=heading), *mine]
        absent = [f for f in self.uses if not self.has(f)]
        if absent:
            blocks.append(not_supplied(absent))
        if self.caveats:
            blocks.append(self._caveats())
        blocks.append(Heading(text="So what"))
        if self.findings:
            blocks.append(Bullets(items=tuple(f.so_what for f in self.findings)))
        blocks.append(Paragraph(text=so_what, editions=MEMBER))
        gaps = (*self.gaps, *(gap_of(f) for f in absent))
        told = tuple(self._tied(block) for block in blocks)
        return Chapter(self.id, self.title, told, tuple(self.figures.values()), tuple(self.findings), tuple(gaps))

    def _tied(self, block: Block) -> Block:
        """A block whose protected table is tied to the page's figures of its source."""
        if isinstance(block, Chart) and block.table is not None:
            return replace(block, table=self._tied_table(block.table))
        return self._tied_table(block) if isinstance(block, Table) else block

    def _tied_table(self, table: Table) -> Table:
        """A table that names every figure of its source, so that no sentence quotes what the table withholds."""
        if not table.protected:
            return table
        same = (f.id for f in self.figures.values() if f.protected and f.source and f.source in table.source)
        return replace(table, figures=tuple(dict.fromkeys((*table.figures, *same))))

    def _caveats(self) -> Box:
        sentences = {c["id"]: str(c["sentence"]).strip() for c in definition("caveats")["caveats"]}
        text = " ".join(sentences[c] for c in self.caveats)
        return Box(kind="caveat", title="To bear in mind", text=text)
