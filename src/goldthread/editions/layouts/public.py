"""The public edition: one page for residents."""

from __future__ import annotations

from goldthread.chapters import words
from goldthread.editions.document import (
    PreparedBullets,
    Section,
    Text,
)
from goldthread.editions.layouts.parts import MOST_ON_ONE_PAGE, chapters_of_edition, ranked, said
from goldthread.editions.preparing import Preparing


def public(preparing: Preparing) -> list[Section]:
    """Lay out one page for residents: what was found, what happens next, and how to get help."""
    found = tuple(preparing.text(one.public) for one in ranked(preparing) if one.public)[:MOST_ON_ONE_PAGE]
    sections = chapters_of_edition(preparing)
    first = [Section("what-we-found", "", "What we found", (PreparedBullets(found),))] if found else []
    emergency: Text = (
        words.Run("If you are in danger, call 999.", None, strong=True),
        words.Run(" If it can wait, call 101 or report it on the police website."),
    )
    unnamed = said("You can tell Crimestoppers what you know and not give your name. Call 0800 555 111. It is free.")
    return [*first, *sections, Section("get-help", "", "Get help", (PreparedBullets((emergency, unnamed)),))]
