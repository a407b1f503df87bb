"""The public edition: one page for residents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from goldthread.chapters import words
from goldthread.chapters.model import Finding
from goldthread.editions.document import (
    PreparedBullets,
    Section,
    Text,
)
from goldthread.editions.layouts.parts import MOST_ON_ONE_PAGE, chapters_of_edition, ranked, said
from goldthread.editions.preparing import Preparing

KEPT_FOR_CHANGES: Final = 2
SURE: Final = 0.8  # from here on a finding is one of high confidence


def told_first(findings: Sequence[Finding]) -> list[Finding]:
    """
    Choose the findings that one page has room for: one of each issue, what changed before what is as it was.

    At most two places are kept for changes; those kept and the rest stay in
    the order of the assessment.
    """
    plain = [one for one in findings if one.public]
    changed = [one for one in plain if one.change > 0 and one.certainty >= SURE][:KEPT_FOR_CHANGES]
    chosen: dict[str, Finding] = {}
    for one in (*changed, *plain):
        if len(chosen) < MOST_ON_ONE_PAGE:
            chosen.setdefault(one.topic, one)
    return [one for one in plain if chosen.get(one.topic) is one]


def public(preparing: Preparing) -> list[Section]:
    """Lay out one page for residents: what was found, what happens next, and how to get help."""
    found = tuple(preparing.text(one.public) for one in told_first(ranked(preparing)))
    sections = chapters_of_edition(preparing)
    first = [Section("what-we-found", "", "What we found", (PreparedBullets(found),))] if found else []
    emergency: Text = (
        words.Run("If you are in danger, call 999.", None, strong=True),
        words.Run(" If it can wait, call 101 or report it on the police website."),
    )
    unnamed = said("You can tell Crimestoppers what you know and not give your name. Call 0800 555 111. It is free.")
    return [*first, *sections, Section("get-help", "", "Get help", (PreparedBullets((emergency, unnamed)),))]
