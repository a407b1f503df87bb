"""Is it real: what may lie behind each rise and fall before anyone acts on it."""

from __future__ import annotations

from goldthread.analysis.real import Explanation, Reading
from goldthread.chapters import changes, reading_changes
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft, said
from goldthread.chapters.measuring.lines import STREET, Lines
from goldthread.chapters.measuring.reality import Asked, Reality
from goldthread.chapters.model import Bullets, Chapter, Column, Figure, Gap, Rows, Table
from goldthread.chapters.words import listed

ID = "reality"
TITLE = "Is it real?"


def write(brief: Brief) -> Chapter:
    """For each rise or fall: chance, recording, a step everywhere, one place; what was found and what was not asked."""
    found, moved = brief.found(Reality), brief.found(Lines).moved
    if not moved:
        return _missing(brief)
    draft = Draft(brief, ID, TITLE)
    draft.say(
        "A rise or fall on paper may be chance, the season, a change in recording, a change in who lives here, or one "
        "place. Each count that moved was held against these before it was put forward. Seasons are taken care of, "
        "because each month is compared with the same month of the year before."
    )
    standing = [a for a in found.by_line.values() if _verdict(brief, a) in ("rise", "fall")]
    watched = [a for a in found.by_line.values() if _verdict(brief, a) == "perhaps"]
    for asked in (*standing, *watched):
        draft.figure(reading_changes.figure(brief, asked))
        draft.figure(changes.figure(brief, brief.found(Lines).by_id[asked.line]))
    if not standing and not watched:
        draft.say("No count moved by more than chance would give, so there is nothing to explain.")
    if standing:
        draft.head("Changes that are more than chance")
        draft.show(Bullets(items=tuple(_item(draft, asked) for asked in standing)))
    if watched:
        draft.head("To be watched: changes that may be chance")
        draft.show(Bullets(items=tuple(_item(draft, asked) for asked in watched)))
    if standing or watched:
        draft.show(_table(brief, [*standing, *watched]))
        _people(draft, found)
    _not_asked(draft)
    draft.bear_in_mind("many-tests", "recorded-not-all")
    return draft.chapter()


def _people(draft: Draft, found: Reality) -> None:
    """How many more or fewer people there were, where estimates of both years came."""
    if found.people is None:
        return
    before, after = found.people
    figure = draft.figure(
        Figure(
            id="reality.people",
            asks="How many people lived here in the year before, and in this one?",
            question="goldthread.chapters.measuring.reality.people_of",
            answer={"before": before, "after": after, "percent": 100 * (after / before - 1)},
            rows=Rows("places"),
            source="Population estimates of small areas, by mid-year",
        )
    )
    alike = abs(after / before - 1) < 0.02
    draft.say(
        f"The estimates put {said(figure, 'after', 'n')} residents here, against {said(figure, 'before', 'n')} a year "
        f"before ({said(figure, 'percent', 'change')})"
        + (
            ", so counts and rates moved alike."
            if alike
            else ": rates moved by that much less or more than counts did."
        )
    )


def _missing(brief: Brief) -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="No earlier year came, so there is no rise or fall to be explained.",
        gaps=(
            Gap(
                f"Whether what was recorded in {brief.area} is more or less than a year before",
                "Without an earlier year nothing can be called a change.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _verdict(brief: Brief, asked: Asked) -> str:
    return changes.verdict(brief, brief.found(Lines).moved.get(asked.line))


def _item(draft: Draft, asked: Asked) -> str:
    brief = draft.brief
    line = brief.found(Lines).by_id[asked.line]
    change = draft.figures[changes.figure_id(asked.line)]
    shown = draft.figures[reading_changes.figure_id(asked.line)]
    whose = "" if line.feed.name == STREET or ":" in line.title else f" ({line.feed.title})"
    return (
        f"**{line.title}{whose}**, {{{{{change.id}:percent:change}}}}: {reading_changes.sentence(asked, shown)}"
    ).strip()


def _table(brief: Brief, asked: list[Asked]) -> Table:
    lines = brief.found(Lines)
    rows = []
    for one in asked:
        line, moved, e = lines.by_id[one.line], lines.moved[one.line], one.explanation
        stands = _verdict(brief, one) in ("rise", "fall")
        rows.append(
            (
                line.title,
                moved.before,
                moved.after,
                moved.percent,
                "No" if stands else "Perhaps",
                "Yes" if Reading.RECORDING in e.readings else "None known",
                _step(e),
                _spread(e),
                reading_changes.SHORTLY[e.leading],
            )
        )
    return Table(
        id="reality.read",
        title="What may lie behind each change",
        columns=(
            Column("line", "Type"),
            Column("before", "Year before", "count"),
            Column("after", "This year", "count"),
            Column("percent", "Change", "percent", ("before", "after")),
            Column("chance", "Chance?"),
            Column("recording", "Recording changed?"),
            Column("step", "A step everywhere?"),
            Column("places", "Where from?"),
            Column("reading", "To be read first as"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(lines.by_id[a.line].feed.title for a in asked)),
        note="Wards are the places compared. A dash says that the data do not know the place.",
        protected=any(lines.by_id[a.line].feed.protected for a in asked),
        figures=tuple(reading_changes.figure_id(a.line) for a in asked),
    )


def _step(e: Explanation) -> str:
    if e.places is None:
        return "–"
    return "Yes" if Reading.STEP in e.readings else "No"


def _spread(e: Explanation) -> str:
    if e.places is None:
        return "–"
    return f"One ward: {e.places.top}" if e.places.spread == "one place" else e.places.spread.capitalize()


def _not_asked(draft: Draft) -> None:
    """What could not be asked of these data, and why."""
    brief = draft.brief
    reasons = []
    if brief.found(Reality).people is None:
        reasons.append(
            "Whether more or fewer people explain it: no population estimates came that tell the two years apart."
        )
    if not brief.context.recording_changes:
        reasons.append(
            "Whether recording changed locally: the partnership file names no change, so only national ones were "
            "looked at."
        )
    found = brief.found(Reality).by_line
    placeless = [brief.found(Lines).by_id[a.line].title for a in found.values() if a.explanation.places is None]
    if placeless:
        reasons.append(f"Whether one place explains it, for {listed(placeless)}: the records do not know the ward.")
    draft.not_said("what else may lie behind these changes", reasons)
