"""How far last year's plan was carried out: each priority with its actions, its measures and a proposed verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.peer_tables import TABLES
from goldthread.chapters.model import Block, Chapter, Column, Edition, Figure, Gap, Heading, Paragraph, Rows, Table
from goldthread.evidence.periods import Period, month_from

ID = "current-priorities"
TITLE = "The current priorities: what was promised and what was done"
DONE, UNDER_WAY = {"complete"}, {"complete", "on track"}
SHOWN = frozenset({Edition.ANALYST, Edition.MEMBER})  # the board has it beside what is proposed, in priorities


def write(brief: Brief) -> Chapter:
    """Each current priority: actions complete, measures against their targets, and keep, change or drop."""
    given = brief.context.current_priorities
    if not given:
        gap = Gap(
            "How far last year's plan was carried out",
            "The law asks for it, and new priorities should not be chosen before the old ones are reviewed.",
            "Partnership manager",
        )
        return Chapter(
            ID, TITLE, missing="The partnership file with the current priorities was not supplied.", gaps=(gap,)
        )
    figures, rows, blocks = [], [], list[Block]()
    for priority in given:
        figure = progress(brief, priority)
        figures.append(figure)
        rows.append(_row(priority, figure))
        blocks += _detail(brief, priority)
    table = Table(
        id="current-priorities.review",
        title="Current priorities: what was done, what it came to, and what is proposed",
        columns=(
            Column("title", "Priority"),
            Column("owner", "Owner"),
            Column("actions", "Actions complete"),
            Column("measures", "Measures on target"),
            Column("verdict", "Proposed"),
        ),
        rows=tuple(rows),
        source="The partnership file; measures worked out from the evidence where a data set holds them",
        note="The verdict is proposed from actions and measures; the Executive Board decides.",
        figures=tuple(f.id for f in figures),
        editions=SHOWN,
    )
    return Chapter(ID, TITLE, (table, *blocks), tuple(figures))


def reading_of(brief: Brief, measure: Mapping[str, Any]) -> float | None:
    """The latest reading of a measure: from its data set over the period, or the last one the partnership gave."""
    period = [brief.period.first.first_day, brief.period.last.first_day]
    if measure.get("series"):
        names = measure["series"] if isinstance(measure["series"], list) else [measure["series"]]
        marks = ", ".join("?" for _ in names)
        [(n,)] = brief.evidence.rows(
            f"SELECT sum(n) FROM counts WHERE series IN ({marks}) AND month BETWEEN ? AND ?", [*names, *period]
        )
        return None if n is None else float(n)
    if measure.get("measure"):
        [(n,)] = brief.evidence.rows(
            f"SELECT sum(n) FROM measures WHERE measure = ? AND starts BETWEEN ? AND ? AND feed NOT IN {TABLES}",
            [measure["measure"], *period],
        )
        return None if n is None else float(n)
    readings = measure.get("readings") or ()
    return float(readings[-1]["value"]) if readings else None


def on_target(measure: Mapping[str, Any], reading: float | None) -> bool | None:
    """Whether a reading meets its target in the direction that was promised; None when that cannot be told."""
    target = measure.get("target")
    if reading is None or target is None:
        return None
    if measure.get("direction") == "up":
        return reading >= float(target)
    return reading <= float(target)


def progress(brief: Brief, priority: Mapping[str, Any]) -> Figure:
    """How far a priority was carried out: its actions done, and its measures on target."""
    actions, measures = priority.get("actions") or (), priority.get("measures") or ()
    met = [on_target(m, reading_of(brief, m)) for m in measures]
    series = tuple(str(m["series"]) for m in measures if isinstance(m.get("series"), str))
    return Figure(
        id=f"current-priorities.{priority['id']}",
        asks=f"How far was the priority “{priority['title']}” carried out?",
        question="goldthread.chapters.current_priorities.write",
        answer={
            "actions": len(actions),
            "complete": sum(a.get("status") in DONE for a in actions),
            "under_way": sum(a.get("status") in UNDER_WAY for a in actions),
            "measures": len(measures),
            "measured": sum(m is not None for m in met),
            "met": sum(m is True for m in met),
        },
        rows=Rows("incidents", series, (str(brief.period.first), str(brief.period.last))),
        source="The partnership file",
    )


def verdict_of(answer: Mapping[str, Any]) -> str:
    """
    What is proposed for a priority: keep, change, or consider ending it.

    Done and on target: it may end, or be kept going as ordinary work. Done
    and not on target: what was done did not bring it about, so change it. Not
    done: nothing can be said of the effect, so keep it and finish.
    """
    if not answer["actions"] and not answer["measured"]:
        return "Not enough was recorded to say"
    done = answer["actions"] and answer["complete"] == answer["actions"]
    met = answer["measured"] and answer["met"] == answer["measured"]
    if done and met:
        return "Consider ending it: done, and on target"
    if done and answer["measured"]:
        return "Change it: done, and not on target"
    return "Keep it: on target, not all done" if met else "Keep it: not all done"


def _row(priority: Mapping[str, Any], figure: Figure) -> tuple[str, str, str, str, str]:
    answer = figure.answer
    measured = f"{answer['met']} of {answer['measured']}" if answer["measured"] else "None could be measured"
    return (
        str(priority["title"]),
        str(priority.get("owner", "")),
        f"{answer['complete']} of {answer['actions']}",
        measured,
        verdict_of(answer),
    )


def _detail(brief: Brief, priority: Mapping[str, Any]) -> list[Block]:
    blocks: list[Block] = [Heading(text=str(priority["title"]))]
    if priority.get("aim"):
        blocks.append(Paragraph(text=f"Aim: {priority['aim']}."))
    actions = priority.get("actions") or ()
    if actions:
        keys = ("title", "owner", "due", "status", "result")
        blocks.append(
            Table(
                id=f"current-priorities.{priority['id']}.actions",
                title=f"{priority['title']}: actions",
                columns=tuple(Column(k, k.capitalize()) for k in keys),
                rows=tuple(tuple(str(a.get(k, "")) for k in keys) for a in actions),
                source="The partnership file",
            )
        )
    measures = priority.get("measures") or ()
    if measures:
        blocks.append(_measures(brief, priority, measures))
    return blocks


def _baseline(brief: Brief, measure: Mapping[str, Any]) -> float | None:
    said = measure.get("baseline")
    if isinstance(said, Mapping) and said.get("value") is not None:
        return float(said["value"])
    if isinstance(said, Mapping) and said.get("from") and measure.get("series"):
        span = Period(month_from(str(said["from"])[:7]), month_from(str(said["to"])[:7]))
        names = measure["series"] if isinstance(measure["series"], list) else [measure["series"]]
        marks = ", ".join("?" for _ in names)
        [(n,)] = brief.evidence.rows(
            f"SELECT sum(n) FROM counts WHERE series IN ({marks}) AND month BETWEEN ? AND ?",
            [*names, span.first.first_day, span.last.first_day],
        )
        return None if n is None else float(n)
    return float(said) if isinstance(said, int | float) else None


def _measures(brief: Brief, priority: Mapping[str, Any], measures: Any) -> Table:
    said = {True: "On target", False: "Not on target", None: "Cannot be told"}
    rows = []
    for measure in measures:
        reading = reading_of(brief, measure)
        target = measure.get("target")
        rows.append(
            (
                str(measure["title"]),
                _baseline(brief, measure),
                reading,
                float(target) if target is not None else None,
                said[on_target(measure, reading)],
            )
        )
    return Table(
        id=f"current-priorities.{priority['id']}.measures",
        title=f"{priority['title']}: measures",
        columns=(
            Column("title", "Measure"),
            Column("baseline", "Baseline", "number"),
            Column("reading", "Latest", "number"),
            Column("target", "Target", "number"),
            Column("state", "State"),
        ),
        rows=tuple(rows),
        source="The partnership file and the evidence",
    )
