"""Where: small areas and wards by count and by rate, people present by day, deprivation, and change by place."""

from __future__ import annotations

from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft
from goldthread.chapters.measuring.lines import ASB, STREET, TOTAL, Lines
from goldthread.chapters.measuring.small_areas import ASB_LINE, VIOLENCE, SmallAreas
from goldthread.chapters.model import Chapter, Gap
from goldthread.chapters.places.busiest import FEWEST, busiest, top_table
from goldthread.chapters.places.by_day import by_day
from goldthread.chapters.places.changed import changed
from goldthread.chapters.places.deprivation import deprivation
from goldthread.chapters.places.mapped import rate_map
from goldthread.chapters.places.profiles import profiles
from goldthread.chapters.places.warded import warded
from goldthread.chapters.words import months

ID = "places"
TITLE = "Where it is recorded"
SHOWN = (TOTAL, ASB_LINE, VIOLENCE)
HEADINGS = {TOTAL: "All recorded crime", ASB_LINE: ASB, VIOLENCE: "Violence and sexual offences"}

__all__ = ["ID", "TITLE", "write"]


def write(brief: Brief) -> Chapter:
    """Where most is recorded, against residents and against people present by day, and where that has changed."""
    areas, lines = brief.found(SmallAreas), brief.found(Lines)
    shown = [name for name in SHOWN if name in areas.counts and areas.placed(name) > 0]
    if not shown:
        return _missing(brief)
    draft = Draft(brief, ID, TITLE)
    both = (
        "Counts say where work is needed; rates say where those who live there meet most of it. Both are given, "
        "because they name different places."
        if areas.has_people
        else "How many people live in each was not supplied, so counts are given and no rates."
    )
    draft.say(
        f"Places here are the small areas of the census (LSOAs) and wards of {brief.area}, in "
        f"{months(str(brief.period.first), str(brief.period.last))}. {both}"
    )
    for name in shown:
        draft.head(HEADINGS[name])
        busiest(draft, areas, lines.by_id[name])
        if areas.placed(name) < FEWEST:
            continue
        rate_map(draft, areas, lines.by_id[name])
        top_table(draft, areas, lines.by_id[name])
    enough = [lines.by_id[name] for name in shown if areas.placed(name) >= FEWEST]
    if enough:
        by_day(draft, areas, enough[0])
        for part in (warded, deprivation, changed):
            part(draft, areas, enough)
        profiles(draft, areas)
    draft.bear_in_mind("approximate-places", "recorded-not-all")
    if any(areas.nowhere[name] for name in shown):
        draft.bear_in_mind("some-without-place")
    return draft.chapter()


def _missing(brief: Brief) -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing=f"No police records with a small area were supplied for {brief.area}, so this assessment cannot say "
        "where crime and anti-social behaviour are recorded.",
        gaps=(
            Gap(
                "Which small areas and wards have most crime and anti-social behaviour",
                "Without it, prevention cannot be put where it is needed most.",
                "Police force analyst",
                STREET,
            ),
        ),
    )
