"""The whole assessment: everything measured, every test corrected together, and then each chapter written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from goldthread.chapters import caveats, contents
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import Context
from goldthread.chapters.geography import geography_of
from goldthread.chapters.glossary import glossary_of
from goldthread.chapters.model import Assessment, Chapter
from goldthread.chapters.recommending import ranked, recommend
from goldthread.chapters.sources import register
from goldthread.evidence.store import Evidence

Progress = Callable[[str, int, int], None]


def silent(_what: str, _done: int, _of: int) -> None:
    """Progress for nobody."""


def measured(brief: Brief, progress: Progress = silent) -> Brief:
    """Take every measuring step, then correct all tests together."""
    for done, step in enumerate(contents.STEPS, start=1):
        answer = step(brief)
        brief.measured[type(answer)] = answer
        progress("Measuring", done, len(contents.STEPS))
    brief.settle()
    return brief


def _compared(brief: Brief) -> tuple[str, str] | None:
    came = any(set(brief.evidence.months_of(f)) & set(brief.before) for f in brief.evidence.feeds)
    return (str(brief.before.first), str(brief.before.last)) if came else None


def assess(evidence: Evidence, context: Context, progress: Progress = silent) -> Assessment:
    """
    Write the assessment that this evidence supports.

    The same evidence and partnership file always give the same assessment.
    Chapters come in the order of `contents`; those that draw on the others'
    findings are written after them and put in their place.
    """
    brief = measured(Brief(evidence, context), progress)
    written: dict[str, Chapter] = {}
    for done, write in enumerate(contents.CHAPTERS, start=1):
        chapter = write(brief)
        written[chapter.id] = chapter
        progress("Writing chapters", done, len(contents.CHAPTERS) + len(contents.CLOSING))
    for done, close in enumerate(contents.CLOSING, start=len(contents.CHAPTERS) + 1):
        chapter = close(brief, tuple(written.values()))
        written[chapter.id] = chapter
        progress("Writing chapters", done, len(contents.CHAPTERS) + len(contents.CLOSING))
    ordered = in_order(written)
    return _bound(brief, ordered, caveats.applying(brief, ordered))


def in_order(written: Mapping[str, Chapter]) -> list[Chapter]:
    """The chapters as they stand in the document."""
    named = [c for c in contents.ORDER if c in written]
    return [written[c] for c in [*named, *(c for c in written if c not in named)]]


def _bound(brief: Brief, written: Sequence[Chapter], bearing: caveats.Applying) -> Assessment:
    chapters = caveats.inserted(written, bearing)
    told, context = brief.evidence.provenance, brief.context
    findings = ranked(chapters)
    gaps = tuple(dict.fromkeys(g for c in chapters for g in c.gaps))
    return Assessment(
        title=f"Strategic assessment: {brief.area}",
        area=brief.area,
        area_code=told["area_code"],
        area_welsh=told.get("area_welsh", ""),
        period=(str(brief.period.first), str(brief.period.last)),
        compared_with=_compared(brief),
        fingerprint=brief.evidence.fingerprint,
        partnership=context.partnership,
        chapters=tuple(chapters),
        figures=by_id(caveats.in_words_of(figure, bearing) for chapter in chapters for figure in chapter.figures),
        findings=tuple(findings),
        gaps=gaps,
        recommendations=recommend(brief, findings, gaps),
        geography=geography_of(brief),
        glossary=glossary_of(chapters),
        sources=register(brief),
    )
