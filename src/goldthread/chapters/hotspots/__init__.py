"""Hotspots: the squares of 250 metres that are busiest again and again, by name, and what they can foretell."""

from __future__ import annotations

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft, first_capital, subject
from goldthread.chapters.hotspots.figured import figures_of
from goldthread.chapters.hotspots.found import finding_of
from goldthread.chapters.hotspots.pictured import density_map, lasting_map, ranked
from goldthread.chapters.hotspots.worded import beyond_chance, emerging, foretold, institutions, lasting, points
from goldthread.chapters.measuring.hot_found import HotCells
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.small_areas import VIOLENCE
from goldthread.chapters.model import ANALYST, EXECUTIVE, MEMBER, Chapter, Gap

ID = "hotspots"
TITLE = "Hotspots"
REFUSED = ("cells under 250 m", "streets")

__all__ = ["ID", "TITLE", "write"]


def write(brief: Brief) -> Chapter:
    """Where hotspots of crime, anti-social behaviour and violence are, whether they last, and what they foretell."""
    found = brief.found(HotCells)
    if found.grid is None or found.bandwidth is None:
        return _missing(found)
    draft = Draft(brief, ID, TITLE)
    draft.say(
        "A hotspot here is a square of 250 metres, or several that touch, that was among the busiest one in a hundred "
        "again and again: one bad month does not make one. Names are those of the nearest map points and their ward."
    )
    density_map(draft, found, next(iter(found.by_line.values())))
    for line in found.by_line.values():
        figures = figures_of(draft, found, line)
        draft.head(first_capital(subject(line.line)))
        draft.say(lasting(line, figures), ANALYST if line.line == TOTAL else MEMBER)
        for words in (institutions(line), beyond_chance(line, figures), points(line, figures)):
            if words:
                draft.say(words)
        lasting_map(draft, found, line, EXECUTIVE | MEMBER if line.line == VIOLENCE else ANALYST)
        ranked(draft, line)
        for words in (emerging(line, figures), foretold(brief, line, figures)):
            if words:
                draft.say(words)
        if (one := finding_of(draft, line, figures)) is not None:
            draft.findings.append(one)
    street = brief.found(Lines).of_feed(STREET)[0].feed
    of = Resolution.of_feed(street.resolution)
    draft.not_said("anything finer", [may_ask(method, of).reason for method in REFUSED])
    draft.bear_in_mind("approximate-places", "recorded-not-all")
    return draft.chapter()


def _missing(found: HotCells) -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing=f"Hotspots are not shown. {found.refusal}",
        gaps=(
            Gap(
                "Which places are hotspots of crime, anti-social behaviour and violence, and whether they last",
                "Work at lasting hotspots is among the best proven ways to prevent crime.",
                "Council research manager" if "boundary" in found.refusal else "Police force analyst",
                "" if "boundary" in found.refusal else STREET,
            ),
        ),
    )
