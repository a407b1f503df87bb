"""What might come first: proposed on the score, kept in view by law, or to be watched; and the current priorities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from goldthread.analysis.prioritisation import Scored
from goldthread.chapters.brief import Brief
from goldthread.chapters.current_priorities import progress, verdict_of
from goldthread.chapters.model import (
    MEMBER,
    PUBLIC,
    Block,
    Chapter,
    Column,
    Edition,
    Gap,
    Heading,
    Paragraph,
    Table,
)
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.prioritisation import confidence_word, placed
from goldthread.chapters.topics import topics
from goldthread.chapters.weighing import Issue, Weighing, weigh
from goldthread.chapters.words import in_words, listed, month, number, percent, plural

ID = "priorities"
TITLE = "Recommended priorities"
SHOWN = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})
MOST_FINDINGS = 3
MOST_TOLD = 3  # as many as a reader of one page keeps in mind
ON_SCORE, BY_LAW, WATCHED = "Proposed priority", "Cross-cutting, by law", "Watch"


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """At most six proposed priorities, those the law keeps in view, those to watch, and each current one's fate."""
    weighed = weigh(brief, chapters)
    if not any(s.coverage > 0 for s in weighed.result.issues):
        gap = Gap("Which priorities to recommend", "The law asks for it.", "Partnership manager")
        return Chapter(ID, TITLE, missing="Nothing that came can be scored, so no priority is proposed.", gaps=(gap,))
    blocks: list[Block] = [
        *_plainly(weighed),
        Paragraph(text=_summary(weighed), editions=SHOWN),
        _table(weighed, [(ON_SCORE, weighed.proposed), (BY_LAW, weighed.floor)], "table", TITLE),
        *_watched(weighed),
        *_rests_on(brief, weighed),
    ]
    if brief.context.current_priorities:
        blocks += [Heading(text="The current priorities"), _current(brief, weighed)]
    blocks.append(
        Paragraph(
            text="This is a proposal from the evidence. The Executive Board decides, having also considered what "
            "people want, what each authority can do and the police and crime plan; where it decides otherwise, it "
            "says why."
        )
    )
    blocks += [Heading(text="When it is looked at again"), Paragraph(text=_review(brief))]
    return Chapter(ID, TITLE, tuple(blocks))


def _review(brief: Brief) -> str:
    """When the priorities are looked at again, counted from the last month of data."""
    last = brief.period.last
    return (
        f"These rest on data to {month(str(last))}. The law asks for an assessment in each year, so the next is due on "
        f"data to {month(str(last + 12))}. Half-way, on data to {month(str(last + 6))}, the board should see what was "
        "done, the measures named with each recommendation, and whether any priority should change before then."
    )


def _titles(some: Sequence[Scored]) -> str:
    return listed([topics()[s.issue].title for s in some])


def _summary(weighed: Weighing) -> str:
    """What is proposed, kept and watched, in a few sentences."""
    proposed, floor, watch = weighed.proposed, weighed.floor, weighed.watch
    if proposed:
        word = plural(len(proposed), "priority is", "priorities are")
        said = [f"{in_words(len(proposed)).capitalize()} {word} proposed on the score: {_titles(proposed)}."]
    else:
        said = ["No priority is proposed on the score: none stays among the first under most other weights."]
    if floor:
        said.append(f"The law keeps these in every plan, whatever their score: {_titles(floor)}.")
    if watch:
        said.append(f"To be watched: {_titles(watch)}.")
    return " ".join(said)


def _plainly(weighed: Weighing) -> list[Block]:
    """One paragraph for everybody: what comes first, in plain words."""
    first = [*weighed.proposed, *(s for s in weighed.floor if s.coverage > 0)][:MOST_TOLD]
    if not first:
        return []
    named = [f"{in_words(at).capitalize()}: {topics()[s.issue].public}." for at, s in enumerate(first, 1)]
    text = (
        f"We looked at {listed(_looked_at(weighed))}. We think that these should come first. {' '.join(named)} "
        "The partners will now agree a plan."
    )
    return [Paragraph(text=text, editions=PUBLIC)]


def _looked_at(weighed: Weighing) -> list[str]:
    """What the scores rest on, in plain words: only what is known of some issue."""
    plain = {"harm": "what does most harm", "volume": "what happens most", "trend": "what is going up"}
    plain |= {"concern": "what people worry about"}
    known = {name for issue in weighed.issues.values() for name, value in issue.raw.items() if value is not None}
    return [words for name, words in plain.items() if name in known]


def _table(weighed: Weighing, kinds: Sequence[tuple[str, Sequence[Scored]]], name: str, title: str) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for kind, some in kinds:
        for scored in some:
            issue = weighed.issues[scored.issue]
            known = scored.coverage > 0
            rows.append(
                (
                    kind,
                    issue.topic.title,
                    f"{scored.final_rank} of {weighed.scored_count}" if known else "Not scored",
                    "; ".join(reasons(weighed, scored)) or _otherwise(scored),
                    confidence_word(weighed.confidence(scored.issue)).capitalize() if known else "–",
                )
            )
    return Table(
        id=f"priorities.{name}",
        title=title,
        columns=(
            Column("kind", "Kind"),
            Column("issue", "Issue"),
            Column("place", "Place"),
            Column("why", "Why"),
            Column("confidence", "Confidence"),
        ),
        rows=tuple(rows),
        source="The scores; their inputs and weights are in “How the issues were scored” of the full assessment",
        note="Proposed ones are at most six, and stay among the first under most other weights.",
        editions=SHOWN,
    )


def _otherwise(scored: Scored) -> str:
    """Why an issue is there though no one criterion says so."""
    if not scored.coverage:
        return "Kept in view by law; nothing that came can be scored"
    if scored.statutory:
        return "Kept in view by law"
    return "no one criterion stands out; it is among the first on all of them together"


def _watched(weighed: Weighing) -> list[Block]:
    """What is to be watched, apart; the board has it in a sentence."""
    if not weighed.watch:
        return []
    made = _table(weighed, [(WATCHED, weighed.watch)], "watch", "To be watched")
    return [replace(made, note="", editions=MEMBER)]


def reasons(weighed: Weighing, scored: Scored) -> list[str]:
    """Why an issue stands where it does, each reason only when the evidence gives it."""
    issue = weighed.issues[scored.issue]
    said = []
    if scored.reason:
        said.append(f"set by {scored.by}: {scored.reason.rstrip('.')}")
    ranked = {
        name: sorted((s.raw[name] or 0.0 for s in weighed.result.issues if s.raw[name] is not None), reverse=True)
        for name in ("harm", "volume", "concern")
    }
    words = {"harm": "harm", "volume": "volume", "concern": "residents’ concern"}
    high = [words[k] for k, values in ranked.items() if _in_first_fifth(scored.raw[k], values)]
    if high:
        said.append(f"among the highest for {listed(high)}")
    said += _moved_and_placed(issue)
    if scored.issue in weighed.wanted:
        said.append("what residents most often want to come first")
    if scored in weighed.watch and scored.top_share >= weighed.watch_share:
        said.append("other weights would put it higher")
    return said


def _in_first_fifth(value: float | None, values: Sequence[float]) -> bool:
    """Whether a value is among the highest fifth of them, and at least the first three."""
    return value is not None and value >= values[min(max(3, len(values) // 5), len(values)) - 1]


def _moved_and_placed(issue: Issue) -> list[str]:
    said = []
    trend, peers, spread = (issue.raw[k] for k in ("trend", "peers", "concentration"))
    if trend:
        said.append(f"{'up' if trend > 0 else 'down'} {percent(abs(trend))} on the year before")
    elif issue.verdict == "perhaps" and issue.moved and issue.moved.percent and not issue.recorded_otherwise:
        way = "up" if issue.moved.percent > 0 else "down"
        said.append(f"perhaps {way} {percent(abs(issue.moved.percent))} on the year before")
    if issue.recorded_otherwise:
        said.append("its change may be in the recording")
    if peers and peers > 0:
        said.append(f"{percent(peers)} above the areas compared")
    if spread is not None and spread > 20:
        said.append(f"concentrated: the busiest tenth of small areas holds {number(spread)} points more than by chance")
    return said


def _rests_on(brief: Brief, weighed: Weighing) -> list[Block]:
    """For each proposed and statutory priority, the findings it rests on."""
    rows: list[tuple[Cell, ...]] = []
    for scored in (*weighed.proposed, *weighed.floor):
        issue = weighed.issues[scored.issue]
        top = sorted(issue.findings, key=lambda f: (-f.rank, f.id))[:MOST_FINDINGS]
        grid = placed(weighed, scored)
        rows.append(
            (
                issue.topic.title,
                "; ".join(f"{f.title} ({f.id})" for f in top) or "No finding of its own",
                f"{grid.band.capitalize()} ({grid.impact} by {grid.likelihood})" if grid else "–",
                brief.context.owner_of(issue.topic.id, issue.topic.owner),
            )
        )
    return [
        Heading(text="What each rests on"),
        Table(
            id="priorities.rests-on",
            title="Findings behind each priority",
            columns=(
                Column("issue", "Priority"),
                Column("findings", "Findings"),
                Column("grid", "Impact by likelihood"),
                Column("owner", "Owner"),
            ),
            rows=tuple(rows),
            source="The findings of this assessment, by their ids",
        ),
    ]


def fate(weighed: Weighing, topic: str, done: str) -> str:
    """
    Keep, change or end a current priority: what was done and met, beside where its issue stands now.

    `done` is the verdict on actions and measures. One whose issue the evidence
    no longer puts first is proposed to end as a priority, never as work.
    """
    known = topic in weighed.issues
    stands = known and any(s.issue == topic for s in weighed.proposed)
    by_law = known and any(s.issue == topic for s in weighed.floor)
    if stands or by_law:
        why = "it stands among those proposed" if stands else "the law keeps it in view"
        if done.startswith("Change"):
            return f"Change: {why}, and what was done did not meet its measures"
        if done.startswith("Consider ending"):
            return f"Keep, with new aims: {why}, though the old aims were met"
        return f"Keep: {why}"
    if known and any(s.issue == topic for s in weighed.watch):
        return "Change: not among those proposed, but to be watched; decide which actions go on"
    return "End as a priority: not among those proposed; finish what was begun as ordinary work"


def fate_now(brief: Brief, weighed: Weighing, priority: Mapping[str, Any]) -> str:
    """Keep, change or end one current priority (see `fate`)."""
    return fate(weighed, str(priority.get("topic", "")), verdict_of(progress(brief, priority).answer))


def _current(brief: Brief, weighed: Weighing) -> Table:
    rows: list[tuple[Cell, ...]] = []
    figures = []
    for priority in brief.context.current_priorities:
        topic = str(priority.get("topic", ""))
        figure = progress(brief, priority)
        done = verdict_of(figure.answer)
        figures.append(figure.id)
        rows.append((str(priority["title"]), _title(topic), done, _place(weighed, topic), fate(weighed, topic, done)))
    return Table(
        id="priorities.current",
        title="Current priorities: keep, change or end",
        columns=(
            Column("priority", "Current priority"),
            Column("issue", "Issue"),
            Column("done", "By what was done"),
            Column("place", "Place now"),
            Column("fate", "Proposed"),
        ),
        rows=tuple(rows),
        source="The partnership file and the scores",
        figures=tuple(figures),
        editions=SHOWN,
    )


def _title(topic: str) -> str:
    return topics()[topic].title if topic in topics() else "–"


def _place(weighed: Weighing, topic: str) -> str:
    found: Mapping[str, Any] = {s.issue: s for s in weighed.result.issues}
    if topic not in found or not found[topic].coverage:
        return "Not scored"
    return f"{found[topic].final_rank} of {weighed.scored_count}"
