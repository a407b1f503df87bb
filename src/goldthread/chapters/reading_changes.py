"""How a rise or fall is to be read, in a figure and a sentence: the same words for the same evidence."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.analysis.real import Reading
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import said
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.measuring.reality import Asked, Reality
from goldthread.chapters.model import Figure
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.words import listed, month

WHERE = (Reading.ONE_PLACE, Reading.FEW_PLACES, Reading.WIDESPREAD)
SHORTLY = {
    Reading.TOO_FEW: "Too few to tell",
    Reading.CHANCE: "Within chance",
    Reading.SEASON: "The season",
    Reading.CATEGORY: "A category came or went",
    Reading.RECORDING: "Recording changed",
    Reading.STEP: "A step everywhere at once: ask about recording",
    Reading.POPULATION: "Population",
    Reading.ONE_PLACE: "One ward",
    Reading.FEW_PLACES: "A few wards",
    Reading.WIDESPREAD: "Most wards",
    Reading.REAL: "Nothing else found",
}


def figure_id(line_id: str) -> str:
    """The id of the figure that holds how a line's change is to be read."""
    return f"{line_id}.real"


def asked_of(brief: Brief, line_id: str) -> Asked | None:
    """What was found of a line's change; None when it did not move, or the step was not taken."""
    found = brief.measured.get(Reality)
    return found.by_line.get(line_id) if isinstance(found, Reality) else None


def figure(brief: Brief, asked: Asked) -> Figure:
    """What was looked at to read a change, and what was found."""
    line, e = brief.found(Lines).by_id[asked.line], asked.explanation
    answer: dict[str, Answer] = {
        "before": e.before,
        "after": e.after,
        "reading": str(e.leading),
        "readings": ", ".join(e.readings),
    }
    if e.step is not None:
        answer |= {
            "step": str(asked.month(e.step.at)),
            "step_together": e.step.together,
            "step_compared": e.step.compared,
            "step_everywhere": int(e.step.everywhere),
        }
    if e.places is not None:
        answer |= {
            "wards": e.places.compared,
            "same_way": e.places.same_way,
            "half_from": e.places.half_from,
            "top": e.places.top,
            "top_before": e.places.top_before,
            "top_after": e.places.top_after,
            "without": 100 * (e.places.ratio_without - 1),
        }
    if e.population is not None:
        answer |= {
            "people_before": e.population.before,
            "people_after": e.population.after,
            "by_head": 100 * (e.population.rate_ratio - 1),
        }
    return Figure(
        id=figure_id(asked.line),
        asks=f"Is the change real, or recording, one place or a category that came or went ({line.title.lower()})?",
        question="goldthread.analysis.real.is_it_real",
        answer=answer,
        rows=line.rows(brief.period),
        parameters={"from": str(asked.first), "period": str(brief.period)},
        protected=line.feed.protected,
        count_keys=("before", "after", "top_before", "top_after") if e.places is not None else ("before", "after"),
        source=line.feed.title,
    )


def sentence(asked: Asked, shown: Figure, only: Sequence[Reading] = tuple(Reading)) -> str:
    """How the change is to be read: every reading that holds (of `only` these), the most doubtful first."""
    found = asked.explanation.readings
    # That every ward took the step together says already that it came from most of them.
    told = [r for r in found if r is not Reading.WIDESPREAD or Reading.STEP not in found or Reading.STEP not in only]
    readings = [reading for reading in told if reading in only]
    return " ".join(s for s in (_said(asked, shown, reading) for reading in readings) if s)


def _said(asked: Asked, shown: Figure, reading: Reading) -> str:
    e = asked.explanation
    match reading:
        case Reading.CATEGORY:
            came = [f"{c.name} {c.moved} in {month(str(asked.month(c.at)))}" for c in e.categories]
            return f"{listed(came)}, so rows may have moved between categories."
        case Reading.RECORDING:
            whens = listed([month(f"{c.on:%Y-%m}") for c in e.known])
            return f"A change in the recording, from {whens}, would move it this way."
        case Reading.STEP:
            together = f"{said(shown, 'step_together', 'word')} of {said(shown, 'step_compared', 'word')}"
            return (
                f"The change came as one step in {said(shown, 'step', 'month')}, in {together} wards alike. A change "
                "in what happens seldom comes everywhere in the same month; a change in recording does."
            )
        case Reading.POPULATION:
            then, now = said(shown, "people_before", "n"), said(shown, "people_after", "n")
            return (
                f"The number of residents went from {then} to {now}, which explains half of the change or more: "
                f"counted by the head it is {said(shown, 'by_head', 'change')}."
            )
        case Reading.ONE_PLACE:
            top, then, now = (said(shown, *key) for key in (("top", "text"), ("top_before", "n"), ("top_after", "n")))
            return (
                f"The change comes from one ward: {top} went from {then} to {now}, and without it there is no change "
                "beyond chance."
            )
        case Reading.FEW_PLACES if e.places is not None and e.places.half_from == 1:
            return (
                f"{said(shown, 'top', 'text')} alone makes up half of the movement, though other wards moved as well."
            )
        case Reading.FEW_PLACES:
            few = f"{said(shown, 'half_from', 'word')} of {said(shown, 'wards', 'word')}"
            top = said(shown, "top", "text")
            return f"The change comes from a few wards: {few} make up half of the movement, {top} most."
        case Reading.WIDESPREAD:
            most = f"{said(shown, 'same_way', 'word')} of {said(shown, 'wards', 'word')}"
            return f"The change is seen in most of the area: {most} wards moved the same way."
        case Reading.REAL:
            return "No change in recording, no step everywhere at once and no single place was found to explain it."
        case _:
            return ""
