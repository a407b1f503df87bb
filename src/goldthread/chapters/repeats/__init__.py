"""Repeats: who suffers again, which addresses are struck again, and whether one is soon followed by another near by."""

from __future__ import annotations

from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft
from goldthread.chapters.measuring.again import Again
from goldthread.chapters.measuring.theme_lines import CRIME
from goldthread.chapters.model import Chapter, Gap
from goldthread.chapters.repeats.addresses import addresses
from goldthread.chapters.repeats.licensed import licensed
from goldthread.chapters.repeats.nearby import nearby
from goldthread.chapters.repeats.people import people

ID = "repeats"
TITLE = "What happens again"

__all__ = ["ID", "TITLE", "write"]


def write(brief: Brief) -> Chapter:
    """Repeat victims, repeat addresses and near repeats from the police's own extract; police.uk's refusal printed."""
    found = brief.found(Again)
    if not found.victims and not found.places and found.near is None:
        return _missing(brief, found)
    draft = Draft(brief, ID, TITLE)
    draft.say(
        "Where those who have suffered once suffer again, the next time can be foreseen and prevented. What follows "
        "counts people by a pseudonym and addresses by a key; nobody and no address is named."
    )
    people(draft, found)
    addresses(draft, found)
    nearby(draft, found)
    licensed(draft, found)
    draft.not_said("repeats, from police.uk", found.refused)
    return draft.chapter()


def _missing(brief: Brief, found: Again) -> Chapter:
    came = brief.has(CRIME)
    why = (
        "The police’s own extract has too few victims, addresses and points to look for repeats."
        if came
        else "The police’s own extract did not come, so it cannot be told who, and which addresses, suffer again."
    )
    refused = f" Police.uk cannot stand in for it. {' '.join(found.refused)}" if found.refused else ""
    return Chapter(
        ID,
        TITLE,
        missing=f"{why}{refused}",
        gaps=(
            Gap(
                "How many victims and addresses are struck again, how soon, and whether burglaries cluster",
                "A repeat can be foreseen: without this, help cannot be sent to those who are most likely to need it.",
                "Police force analyst",
                CRIME,
            ),
        ),
    )
