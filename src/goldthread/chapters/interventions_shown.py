"""The table and charts of what was tried, and the few words that sum each up."""

from __future__ import annotations

from math import isnan

import numpy as np

from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.measuring.tried import CONTROL, TREATED, Tried, source_of
from goldthread.chapters.model import Chart, Column, Edition, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import listed, month, months, number
from goldthread.evidence.feeds import feed_named
from goldthread.evidence.store import Numbers

SHOWN = frozenset({Edition.ANALYST, Edition.MEMBER})
SAID = {
    "fell": "Fell more than its control",
    "rose": "Rose more than its control",
    "fell-alone": "Fell; no control, so no cause",
    "rose-alone": "Rose; no control, so no cause",
    "perhaps": "Watch: perhaps a difference",
    "unclear": "No clear difference",
    "not": "Could not be measured",
}


def figure_id(tried: Tried) -> str:
    """The id of the figure that holds an intervention's comparison."""
    return f"interventions.{tried.id}"


def title_of(tried: Tried) -> str:
    """What the partnership calls it."""
    return str(tried.said.get("title") or tried.id)


def verdict(brief: Brief, tried: Tried) -> str:
    """What can be said of an intervention: a key of SAID."""
    ratio = tried.ratio
    if ratio is None or isnan(ratio.p):
        return "not" if ratio is None else "unclear"
    way = "fell" if ratio.ratio < 1 else "rose"
    if brief.stands(tried.test):
        return way if tried.change is not None else f"{way}-alone"
    return "perhaps" if ratio.p <= ALONE else "unclear"


def tried_table(brief: Brief, found: tuple[Tried, ...]) -> Table:
    """Each intervention with its months, its counts, its control and what can be said."""
    rows: list[tuple[Cell, ...]] = []
    for t in found:
        if t.why_not or t.before is None or t.after is None or t.ratio is None:
            rows.append((title_of(t), "–", None, None, None, None, "–", SAID["not"]))
            continue
        control = t.sites.get(CONTROL)
        ratio = t.ratio
        rows.append(
            (
                title_of(t),
                f"{months(str(t.before.first), str(t.before.last))}; {months(str(t.after.first), str(t.after.last))}",
                int(t.sites[TREATED].before),
                int(t.sites[TREATED].after),
                int(control.before) if control else None,
                int(control.after) if control else None,
                f"{number(ratio.ratio, 2)} ({number(ratio.low, 2)} to {number(ratio.high, 2)})",
                SAID[verdict(brief, t)],
            )
        )
    measured = [t for t in found if not t.why_not]
    protected = any(feed_named(t.feed).protected for t in measured)
    return Table(
        id="interventions.table",
        title="What was tried: before and after, beside the control",
        columns=(
            Column("title", "Intervention"),
            Column("months", "Before; after"),
            Column("before", "There, before", "count"),
            Column("after", "There, after", "count"),
            Column("control_before", "Control, before", "count"),
            Column("control_after", "Control, after", "count"),
            Column("ratio", "Change beside the control (likely range)", "text", ("before", "after")),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(source_of(t) for t in measured)) or "The partnership file",
        note="1 is the same change as the control’s; 0.8 is a fifth lower. Without a control it is the change itself.",
        protected=protected,
        figures=tuple(figure_id(t) for t in measured),
        editions=SHOWN,
    )


def course_chart(brief: Brief, tried: Tried) -> Chart:
    """Month by month: where it was done, its control brought to the same level before, and what was expected."""
    assert tried.starts and tried.before and tried.after
    came = brief.evidence.months_of(tried.feed)
    labels = tuple(str(came[0] + m) for m in range(tried.monthly[TREATED].size))
    series = [Series("Where it was done", labels, _values(tried.monthly[TREATED]))]
    if CONTROL in tried.sites:
        there, control = tried.sites[TREATED].before, tried.sites[CONTROL].before
        scaled = tried.monthly[CONTROL] * (there / control if control else 1.0)
        series.append(Series("Control, at the same level before", labels, _values(scaled), role="compare"))
    if tried.course is not None:
        expected = np.full(len(labels), np.nan)
        expected[tried.starts - came[0] : tried.course.expected.size] = tried.course.expected[tried.starts - came[0] :]
        series.append(Series("Expected, had nothing begun", labels, _values(expected), role="expected"))
    return Chart(
        id=f"interventions.{tried.id}.course",
        kind="line",
        title=f"{title_of(tried)}: {listed([s.lower() for s in tried.series])} by month",
        describes=f"{listed(tried.series)} by month where it was done, {months(labels[0], labels[-1])}; it began in "
        f"{month(str(tried.starts))}.",
        series=tuple(series),
        source=source_of(tried),
        y_title="A month",
        parameters={"begins": str(tried.starts)},
        protected=feed_named(tried.feed).protected,
        figures=(figure_id(tried),),
    )


def _values(counts: Numbers) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(n) else round(float(n), 1) for n in counts)
