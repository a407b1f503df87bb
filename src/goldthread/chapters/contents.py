"""The contents of an assessment: what is measured, which chapters there are, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from goldthread.chapters import overview
from goldthread.chapters import sources as data_sources
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.model import Chapter, Finding, Recommendation

# Measured first, in this order; a step may use what an earlier one found.
STEPS: tuple[Callable[[Brief], object], ...] = (measure_lines,)

# Written next; none of them needs another.
CHAPTERS: tuple[Callable[[Brief], Chapter], ...] = (data_sources.write, overview.write)

# Written last, from what the others found.
CLOSING: tuple[Callable[[Brief, Sequence[Chapter]], Chapter], ...] = ()

# As they stand in the document.
ORDER = (data_sources.ID, overview.ID)


def recommendations(brief: Brief, findings: Sequence[Finding]) -> tuple[Recommendation, ...]:
    """What the partnership is asked to do, numbered, each tied to its findings."""
    return ()


def glossary(chapters: Sequence[Chapter]) -> Mapping[str, str]:
    """The abbreviations that these chapters use, with what they mean."""
    return {}


def sources(brief: Brief) -> tuple[Mapping[str, str], ...]:
    """Each data set: what it is, who sent it, which months, how many rows."""
    return data_sources.register(brief)
