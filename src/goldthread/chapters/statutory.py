"""What the law says an assessment must include, each matter answered or named as missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Bullets, Chapter, Column, Gap, Paragraph, Table
from goldthread.chapters.words import listed
from goldthread.evidence.definitions import definition

ID = "statutory"
TITLE = "What the law asks, and where it is answered"

# Which chapters answer which matter; those that were written and are not missing are named.
ANSWERED_IN: Mapping[str, tuple[str, ...]] = {
    "SA-a": ("overview", "crime-types", "places", "anti-social-behaviour", "substance-misuse", "reoffending"),
    "SA-b": ("overview", "crime-types", "changes", "early-warning"),
    "SA-c": ("reality", "interventions", "crime-types"),
    "SA-d": ("prioritisation", "priorities"),
    "SA-e": ("residents",),
    "SA-f": ("current-priorities",),
    "SA-g": ("county",),
    "SV": ("serious-violence",),
}
WHY = {
    "SA-e": ("No residents' survey or other account of what people want was supplied.", "residents-survey"),
    "SA-f": ("The current plan's priorities, actions and measures were not supplied.", ""),
}


def _matters(brief: Brief) -> list[Mapping[str, Any]]:
    country = brief.evidence.provenance.get("country") or "England"
    law = definition("statutory-matters")
    matters = [m for m in law["matters"] if country in m["applies_to"] and not m["only_two_tier"]]
    return [*matters, *law["also_expected"]]


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """The statutory checklist: each matter with the chapters that answer it, or why it is not answered."""
    written = {c.id: c.title for c in chapters if not c.missing and (c.blocks or c.findings)}
    rows, gaps = [], []
    for matter in _matters(brief):
        where = [written[c] for c in ANSWERED_IN.get(matter["id"], ()) if c in written]
        if where:
            rows.append((matter["matter"], "Answered", listed(where)))
            continue
        why, feed = WHY.get(matter["id"], ("The data that would answer it did not come.", ""))
        rows.append((matter["matter"], "Not answered", why))
        gaps.append(Gap(matter["matter"], f"The law asks for it. {why}", "Partnership manager", feed))
    country = brief.evidence.provenance.get("country") or "England"
    law = definition("statutory-matters")
    source = law["sources"].get(country, law["sources"]["England"])
    return Chapter(
        ID,
        TITLE,
        (
            Paragraph(
                text="A strategic assessment is prepared in each year, which begins on 1 April, by the strategy group "
                f"of the area, to help it revise its partnership plan. The rule is in: {source['legal_source']}."
            ),
            Table(
                id="statutory.checklist",
                title="What an assessment must include, and where it is",
                columns=(
                    Column("matter", "The law asks for"),
                    Column("state", "State"),
                    Column("where", "Where, or why not"),
                ),
                rows=tuple(rows),
                source=source["legal_source"],
            ),
            Paragraph(text="In preparing it the group must consider:"),
            Bullets(items=tuple(law["considered"])),
        ),
        gaps=tuple(gaps),
    )
