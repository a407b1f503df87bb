"""What the law says an assessment must include, each matter answered or named as missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.gaps import prescribed
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.model import Bullets, Chapter, Column, Gap, Heading, Paragraph, Table
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
    "SA-e": ("residents", "voices"),
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


# The subjects that an analysis of levels and patterns must cover, and the chapter of each beside crime itself.
SUBJECTS = {"substance misuse": "substance-misuse", "re-offending": "reoffending"}


def _answer(brief: Brief, matter: str, written: Mapping[str, str]) -> tuple[str, str]:
    """Whether a matter is answered, in part or not, and where or why not."""
    where = [written[c] for c in ANSWERED_IN.get(matter, ()) if c in written]
    if matter in ("SA-b", "SA-c") and not brief.found(Lines).moved:
        return "Not answered", "No earlier months were supplied, so nothing can be compared."
    if not where:
        return "Not answered", WHY.get(matter, ("The data that would answer it did not come.", ""))[0]
    if matter == "SA-c" and not {"interventions", "voices"} & set(written):
        return "Answered in part", (
            f"{listed(where)}: each change is held against chance, season, recording and place. What partners did, and "
            "what people say of it, was not supplied."
        )
    if matter == "SV" and not brief.has("police-local-crime"):
        return "Answered in part", (
            f"{listed(where)}. The open data cannot tell serious violence from other violence, and the police’s own "
            "extract did not come."
        )
    lacking = [name for name, chapter in SUBJECTS.items() if chapter not in written] if matter == "SA-a" else []
    if lacking:
        return "Answered in part", f"{listed(where)}. Nothing came on {listed(lacking, 'or')}."
    return "Answered", listed(where)


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """The statutory checklist: each matter with the chapters that answer it, or why it is not answered."""
    written = {c.id: c.title for c in chapters if not c.missing and (c.blocks or c.findings)}
    noted = {c.id for c in chapters if c.missing and c.gaps}
    rows, gaps = [], []
    for matter in _matters(brief):
        state, where = _answer(brief, matter["id"], written)
        rows.append((matter["matter"], state, where))
        if state != "Answered" and not noted.intersection(ANSWERED_IN.get(matter["id"], ())):
            feed = WHY.get(matter["id"], ("", ""))[1]
            gaps.append(Gap(matter["matter"], f"The law asks for it. {where}", "Partnership manager", feed))
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
            Heading(text="What partners must share without names"),
            Paragraph(
                text="Each quarter’s data are due by the end of the next quarter, in electronic form and without names."
            ),
            prescribed(brief),
        ),
        gaps=tuple(gaps),
    )
