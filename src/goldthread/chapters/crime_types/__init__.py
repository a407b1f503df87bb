"""Every type of recorded crime in the same one-page form."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.analysis.real import Reading
from goldthread.chapters import changes, comparing, reading_changes
from goldthread.chapters.brief import Brief
from goldthread.chapters.crime_types import figures, pictures, sentences
from goldthread.chapters.crime_types.found import HIDDEN, LOOKED_FOR, Shown, findings_of
from goldthread.chapters.crime_types.types import CrimeType, crime_types
from goldthread.chapters.draft import Draft
from goldthread.chapters.model import Box, Chapter, Gap
from goldthread.chapters.words import months
from goldthread.evidence.definitions import definition

ID = "crime-types"
TITLE = "Each type of crime"

__all__ = ["ID", "TITLE", "write"]


def write(brief: Brief) -> Chapter:
    """For each type: how many and whether that changed, its rate beside others, its course, its places and its harm."""
    kinds = crime_types(brief)
    if not kinds:
        return _missing()
    draft = Draft(brief, ID, TITLE)
    draft.say(_how_to_read(brief, kinds))
    draft.show(pictures.side_by_side(kinds))
    for kind in kinds:
        _page(draft, kind)
    draft.bear_in_mind("recorded-not-all", "many-tests", "residents-not-visitors")
    return draft.chapter()


def _how_to_read(brief: Brief, kinds: Sequence[CrimeType]) -> str:
    """What every page holds, and once for all of them what none can hold."""
    said = [
        "Each type of recorded crime has a page, most recorded first: how many there were, how the rate stands beside "
        "other areas, how it went month by month, where it is gathered and what became of it."
    ]
    if all(kind.verdict == "nothing" for kind in kinds):
        before = months(str(brief.before.first), str(brief.before.last))
        said.append(f"Nothing was supplied for {before}, so no change can be given.")
    if all(kind.course is None for kind in kinds):
        said.append("Fewer than 24 months came in a row, so neither a trend nor a season can be told from chance.")
    else:
        said.append(
            "What is called a change, a trend or a season is more than chance would give, after the tests of this "
            "assessment are corrected together; where no trend or season is named, none could be told from chance."
        )
    if all(kind.peered is None for kind in kinds):
        said.append("Too few other areas’ counts came to say whether any rate is high or low.")
    return " ".join(said)


def _page(draft: Draft, kind: CrimeType) -> None:
    change = draft.figure(changes.figure(kind.brief, kind.line))
    part = draft.figure(figures.part(kind))
    peers = comparing.figure(kind.brief, kind.peered) if kind.peered else None
    rate, course, where = figures.rate(kind), figures.course(kind), figures.where(kind)
    became, alike, ward = figures.ended(kind), figures.alike(kind), figures.warded(kind)
    for figure in (peers, rate, course, where, became, alike, ward):
        if figure is not None:
            draft.figure(figure)
    draft.head(kind.topic.title)
    for parts in (
        (
            *(sentences.counted(kind, change, part), sentences.recorded_anew(kind), sentences.alike(kind, alike)),
            *(_read(draft, kind), sentences.warded(kind, None if _names_one(kind) else ward)),
        ),
        (sentences.rated(kind, peers, rate), sentences.weighed(kind, part), sentences.gone(kind, course)),
        (sentences.placed(where), sentences.ended(kind, became)),
    ):
        text = " ".join(sentence for sentence in parts if sentence)
        if text:
            draft.say(text)
    draft.show(pictures.by_month(kind, change, course), *_caveats(kind))
    draft.findings += findings_of(kind, Shown(change, part, peers, where, alike, ward))


def _names_one(kind: CrimeType) -> bool:
    """Whether the reading of its change names the one ward already."""
    asked = reading_changes.asked_of(kind.brief, kind.line.id)
    places = asked.explanation.places if asked is not None else None
    if asked is None or places is None or kind.warded is None:
        return False
    return Reading.ONE_PLACE in asked.explanation.readings and places.top == kind.warded.ward


def _read(draft: Draft, kind: CrimeType) -> str:
    """How its change is to be read, where it moved; a known change of recording is said beside the count."""
    asked = reading_changes.asked_of(kind.brief, kind.line.id)
    if asked is None:
        return ""
    shown = draft.figure(reading_changes.figure(kind.brief, asked))
    return reading_changes.sentence(asked, shown, (Reading.STEP, Reading.CATEGORY, *reading_changes.WHERE))


def _caveats(kind: CrimeType) -> list[Box]:
    """What is to be borne in mind of this type and not of the others."""
    mine = [
        *(["under-reported"] if kind.topic.id in HIDDEN else []),
        *(["police-activity"] if kind.topic.id in LOOKED_FOR else []),
        *(["small-numbers"] if kind.n < 20 else []),
    ]
    sentences_of = {c["id"]: str(c["sentence"]).strip() for c in definition("caveats")["caveats"]}
    return [Box(kind="caveat", title=kind.topic.title, text=" ".join(sentences_of[c] for c in mine))] if mine else []


def _missing() -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="No police recorded crime was supplied, so no type of crime can be described.",
        gaps=(
            Gap(
                "How each type of crime stands",
                "Priorities are chosen between types of crime.",
                "Police force analyst",
                "police-uk-street",
            ),
        ),
    )
