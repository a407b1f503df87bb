"""When: hours of the week where partners know them, months of the year where years came, and what cannot be said."""

from __future__ import annotations

from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft
from goldthread.chapters.measuring.hours import Hours
from goldthread.chapters.model import Chapter, Gap
from goldthread.chapters.times.seasons import season_finding, seasons
from goldthread.chapters.times.weeks import nights_finding, weeks

ID = "times"
TITLE = "When it happens"

__all__ = ["ID", "TITLE", "write"]


def write(brief: Brief) -> Chapter:
    """At which hours of the week and in which months, with the refusal printed for records that know only the month."""
    found = brief.found(Hours)
    if not found.clocks and not found.seasons:
        return _missing(found)
    draft = Draft(brief, ID, TITLE)
    if found.clocks:
        draft.head("Hours of the week")
        weeks(draft, found)
        nights_finding(draft, found)
    if found.refused:
        draft.not_said("days and hours, from police.uk", found.refused)
    if not found.clocks:
        draft.gaps.append(_gap())
    draft.head("Months of the year")
    seasons(draft, found)
    season_finding(draft, found)
    return draft.chapter()


def _gap() -> Gap:
    return Gap(
        "On which days and at which hours crime and anti-social behaviour happen",
        "Staff, patrols and support can be placed in the right hours only when those are known.",
        "Police force analyst",
        "police-local-crime",
    )


def _missing(found: Hours) -> Chapter:
    why = f" {found.refused[0]}" if found.refused else ""
    return Chapter(
        ID,
        TITLE,
        missing="No records with the time of day came, and too few months to tell a season, so this assessment cannot "
        f"say when things happen.{why}",
        gaps=(_gap(),),
    )
