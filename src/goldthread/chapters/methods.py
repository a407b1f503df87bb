"""How each figure was worked out, in the words of the function that did it, and what the data could not bear."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from goldthread.analysis.admissibility import METHODS, PERSON, PLACE, TIME, Resolution, refused
from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Block, Chapter, Column, Heading, Paragraph, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import listed, number

ID = "methods"
TITLE = "How it was worked out"


@dataclass(frozen=True)
class Method:
    """A method in words: what it asks, how it answers, its limits and its source; a part not written is empty."""

    asks: str
    how: str
    limits: str
    source: str


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """Each method that a figure used, how many tests were corrected together, and what the data could not bear."""
    used: dict[str, int] = {}
    for figure in (f for c in chapters for f in c.figures):
        used[figure.question] = used.get(figure.question, 0) + 1
    blocks: list[Block] = [
        Paragraph(
            text="Every figure names the function that worked it out, the rows it was asked of and its answer; "
            "“goldthread thread” and the figure’s id walks to them. These are the functions, in their own words."
        ),
        *_tests(brief),
        _methods(used),
        *_not_borne(brief),
    ]
    return Chapter(ID, TITLE, tuple(blocks))


def _tests(brief: Brief) -> list[Block]:
    verdicts = brief.verdicts
    if verdicts is None or not verdicts.tests:
        return [Paragraph(text="No change was tested, because there was nothing to compare.")]
    (changes, changed), (states, stand) = brief.tests(standing=False), brief.tests(standing=True)
    return [
        Paragraph(
            text=f"{number(changes)} changes were tested and all were corrected together (Benjamini and Hochberg), so "
            f"that of those called more than chance {number(100 * verdicts.level)} in 100 would be chance at most; "
            f"{number(changed)} of them stand. What would stand only by itself is called perhaps a change, and is to "
            f"be watched. {number(states)} tests of how things stand (seasons, hours, places, groups of people, other "
            f"areas) were corrected in a family of their own, because most of them are true everywhere and would "
            f"lower the bar for the changes; {number(stand)} of them stand."
        )
    ]


@cache
def method_of(question: str) -> Method:
    """
    A method in the words of the function that a figure names, such as goldthread.analysis.surveys.share.

    Raises LookupError when there is no such function or it says nothing of
    itself: a figure that nobody could check.
    """
    try:
        found = pkgutil.resolve_name(question)
    except (ImportError, AttributeError, ValueError) as error:
        raise LookupError(f"There is no function called {question}.") from error
    said = inspect.getdoc(found)
    if not said:
        raise LookupError(f"{question} does not say what it does.")
    return _parted(said)


def _parted(said: str) -> Method:
    """
    The parts of a docstring: the first paragraph, the rest, and those that begin with Limits or Source.

    Sentences about the function's own arguments and errors are for those who
    call it and are left out.
    """
    parts: dict[str, list[str]] = {"": [], "Limits": [], "Source": []}
    for paragraph in re.split(r"\n\s*\n", said):
        for line in re.split(r"\n(?=(?:Limits|Source|Raises|Returns)\b)", paragraph.strip()):
            text = " ".join(line.split())
            label = re.match(r"(Limits|Source): ", text)
            kept = [s for s in re.split(r"(?<=[.?!])\s+", text) if not re.search(r"`|NaN|^Raises |^Returns ", s)]
            plain = re.sub(r"^(Limits|Source): ", "", " ".join(kept) if parts[""] else text.replace("`", ""))
            parts[label[1] if label else ""].append(plain[:1].upper() + plain[1:])
    first, *rest = parts[""] or [""]
    limits, source = (" ".join(parts[k]) for k in ("Limits", "Source"))
    return Method(first, " ".join(r for r in rest if r), limits, source)


def _methods(used: dict[str, int]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for question in sorted(used, key=lambda q: (-used[q], q)):
        m = method_of(question)
        name = question.removeprefix("goldthread.")
        limits, source = (
            f"{label}: {text}" if text else "" for label, text in (("Limits", m.limits), ("Source", m.source))
        )
        how = " ".join(part for part in (m.how, limits, source) if part)
        rows.append((m.asks, how or "–", name, used[question]))
    return Table(
        id="methods.used",
        title="The methods used",
        columns=(
            Column("asks", "What was asked"),
            Column("how", "How it is answered, with its limits and its source"),
            Column("name", "Function"),
            Column("n", "Figures", "number"),
        ),
        rows=tuple(rows),
        source="The software’s own description of its functions",
        note="Each is checked against a second, slow and plain version or an outside reference.",
    )


def _not_borne(brief: Brief) -> list[Block]:
    """What could not be said of which data set, because it does not know time, place or person well enough."""
    feeds: dict[tuple[str, str], list[str]] = {}
    for feed in brief.evidence.feeds.values():
        if feed.kind != "incident" or not {"time", "place"} <= set(feed.resolution):
            continue
        known = Resolution.of_feed(feed.resolution)
        lacking = [METHODS[name].asks for name in refused(known)]
        if lacking:
            words = listed([TIME[known.time], PLACE[known.place], PERSON[known.person]])
            feeds.setdefault(("; ".join(lacking), words), []).append(feed.title)
    if not feeds:
        return []
    return [
        Heading(text="What the data could not bear"),
        Paragraph(
            text="A method that needs a finer time, place or person than a data set has is not used on it, however "
            "easy it would be to run."
        ),
        Table(
            id="methods.refused",
            title="What was not asked of which data",
            columns=(Column("feed", "Data sets"), Column("knows", "They know"), Column("not", "So it was not asked")),
            rows=tuple(("; ".join(titles), words, lacking) for (lacking, words), titles in feeds.items()),
            source="definitions/feeds: how well each data set knows time, place and person",
        ),
    ]
