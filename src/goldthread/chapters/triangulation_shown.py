"""The tables and charts of triangulation: issue by source, ward by source."""

from __future__ import annotations

from math import isfinite, isnan

import numpy as np

from goldthread.chapters.brief import Brief, slug
from goldthread.chapters.measuring.agreement import AMBULANCE, Hidden, Triangulated
from goldthread.chapters.model import EXECUTIVE, Chart, Column, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import month, months, number
from goldthread.evidence.feeds import feed_named


def hidden_id(hidden: Hidden) -> str:
    """The id of the figure that holds a ward's ambulance calls beside its police record."""
    return f"triangulation.hidden-{slug(hidden.ward)}"


def _source(found: Triangulated) -> str:
    assert found.counted is not None
    return "; ".join(dict.fromkeys(feed_named(c.feed).title for t in found.order for c in found.counted[t]))


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def matrix_chart(found: Triangulated) -> Chart:
    """Issue by source: darker is more, as this source ranks it; hatched where a source says nothing."""
    assert found.matrix is not None
    m = found.matrix
    by_mean = sorted(range(len(m.items)), key=lambda i: -float(np.nan_to_num(m.mean[i])))
    first = m.items[by_mean[0]].lower()
    return Chart(
        id="triangulation.matrix",
        kind="matrix",
        title="How each source ranks each issue: 1 is the most that it counts, 0 the least",
        describes=f"Taken over the sources that speak, {first} stands highest of {len(m.items)} issues.",
        series=tuple(Series(m.items[i], m.sources, tuple(_known(v) for v in m.position[i])) for i in by_mean),
        source=_source(found),
        figures=("triangulation.issues",),
        editions=EXECUTIVE,
    )


def matrix_table(found: Triangulated) -> Table:
    """The same as ranks, with how far the sources agree."""
    assert found.matrix is not None
    m = found.matrix
    rows: list[tuple[Cell, ...]] = []
    for i, title in enumerate(m.items):
        ranks: list[Cell] = []
        for k in range(len(m.sources)):
            column = m.position[:, k]
            spoken = int((~np.isnan(column)).sum())
            ranks.append("–" if np.isnan(column[i]) else f"{1 + int((column > column[i] + 1e-12).sum())} of {spoken}")
        rows.append((title, *ranks, _known(float(m.agreement[i]))))
    return Table(
        id="triangulation.ranks",
        title="Rank of each issue by source, and how far the sources agree",
        columns=(
            Column("issue", "Issue"),
            *(Column(s.lower(), s) for s in m.sources),
            Column("agreement", "Agreement, 0 to 1", "number"),
        ),
        rows=tuple(rows),
        source=_source(found),
        note="Agreement is 1 when the sources that speak place an issue alike, and 0 when one puts it first and "
        "another last.",
        figures=("triangulation.issues",),
    )


def counted_table(brief: Brief, found: Triangulated) -> Table:
    """What each rank rests on: the series that each source counts most of an issue."""
    assert found.counted is not None
    rows: list[tuple[Cell, ...]] = []
    for topic in found.order:
        for c in found.counted[topic]:
            share = c.source == "Residents"
            rows.append(
                (
                    topics()[topic].title,
                    c.source,
                    c.what if not share else f"Call it a problem: {c.what.lower()}",
                    None if share else int(c.value),
                    c.value if share else None,
                )
            )
    return Table(
        id="triangulation.counted",
        title=f"What each source counts of each issue, {months(str(brief.period.first), str(brief.period.last))}",
        columns=(
            Column("issue", "Issue"),
            Column("source", "Source"),
            Column("what", "What it counts"),
            Column("n", "Count", "count"),
            Column("share", "Share of residents", "percent"),
        ),
        rows=tuple(rows),
        source=_source(found),
        note="Where a source has several series of an issue, the largest is taken and none are added.",
        protected=True,
        figures=("triangulation.issues",),
    )


def pairs_table(brief: Brief, found: Triangulated) -> Table:
    """Two sources at a time: do they put the wards in the same order?"""
    rows: list[tuple[Cell, ...]] = []
    for pair in found.pairs:
        a = pair.agreement
        verdict = (
            "The same order, more or less" if brief.stands(pair.test) and a.correlation > 0 else "No clear agreement"
        )
        if brief.stands(pair.test) and a.correlation < 0:
            verdict = "The opposite order, more or less"
        rows.append(
            (
                pair.issue,
                pair.first,
                pair.second,
                a.n,
                _known(a.correlation),
                f"{a.overlap} of {a.top}",
                number(a.expected, 1),
                verdict,
            )
        )
    return Table(
        id="triangulation.wards",
        title="Do two sources put the wards in the same order?",
        columns=(
            Column("issue", "Issue"),
            Column("first", "One source"),
            Column("second", "The other"),
            Column("wards", "Wards", "number"),
            Column("correlation", "Rank correlation, −1 to 1", "number"),
            Column("overlap", "Highest wards in both"),
            Column("expected", "By chance"),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source="Counts of each source by ward, for every 1,000 residents",
        note="Neighbouring wards are alike, so they are fewer than they seem, and agreement looks surer than it is.",
        figures=tuple(f"triangulation.wards-{slug(p.issue)}" for p in found.pairs),
    )


def hidden_chart(found: Triangulated) -> Chart:
    """Each ward's ambulance calls beside its police record, against the same everywhere else."""
    shown = [h for h in found.hidden if isfinite(h.found.ratio) and isfinite(h.found.high)]
    most = shown[0]
    return Chart(
        id="triangulation.hidden-chart",
        kind="dots",
        title="Ambulance calls beside police-recorded violence, by ward (1 is the same as elsewhere)",
        describes=f"{most.ward} stands highest, with {number(most.found.ratio, 1)} times as many calls for each police "
        "record as elsewhere.",
        series=(
            Series(
                "Ratio",
                tuple(h.ward for h in shown),
                tuple(h.found.ratio for h in shown),
                tuple(h.found.low for h in shown),
                tuple(h.found.high for h in shown),
            ),
        ),
        source=f"{feed_named(AMBULANCE).title}; police recorded {found.police_of}",
        y_title="Times as many as elsewhere",
        parameters={"reference": 1.0, "reference_label": "Elsewhere"},
        table=None,
        protected=True,
        figures=tuple(hidden_id(h) for h in shown),
        editions=EXECUTIVE,
    )


def hidden_table(brief: Brief, found: Triangulated) -> Table:
    """The same with counts, and at how many calls the police were."""
    informed = any(h.informed is not None for h in found.hidden)
    rows: list[tuple[Cell, ...]] = []
    for h in found.hidden:
        finite = isfinite(h.found.ratio) and isfinite(h.found.high)
        stands = brief.stands(h.test) and h.found.flagged
        there = (h.informed, None if not h.found.other or h.informed is None else 100 * h.informed / h.found.other)
        rows.append(
            (
                h.ward,
                h.found.police,
                h.found.other,
                *(there if informed else ()),
                h.found.ratio if finite else None,
                f"{number(h.found.low, 1)} to {number(h.found.high, 1)}" if finite else "–",
                "More than police records suggest" if stands else "–",
            )
        )
    columns = [
        Column("ward", "Ward"),
        Column("police", "Police-recorded violence", "count"),
        Column("calls", "Ambulance calls to assaults", "count"),
    ]
    if informed:
        columns.append(Column("informed", "Police were there", "count"))
        columns.append(Column("share", "Share of calls", "percent", ("informed", "calls")))
    columns.append(Column("ratio", "Calls beside police records, times elsewhere", "ratio", ("police", "calls")))
    columns.append(Column("range", "Likely range", "text", ("police", "calls")))
    columns.append(Column("verdict", "What can be said"))
    first, last = brief.period.first, brief.period.last
    return Table(
        id="triangulation.hidden",
        title=f"Ambulance calls to assaults beside police-recorded violence, {month(str(first))} to {month(str(last))}",
        columns=tuple(columns),
        rows=tuple(rows),
        source=f"{feed_named(AMBULANCE).title}; police recorded {found.police_of}",
        note="Only rows with a small area are counted."
        + (
            ""
            if found.months == len(brief.period)
            else f" Both came for {found.months} months, and only those are counted."
        ),
        protected=True,
        figures=tuple(hidden_id(h) for h in found.hidden),
    )


def otherwise_table(found: Triangulated) -> Table:
    """How far the estimate moves were the lists not independent, or some matches missed."""
    assert found.overlap is not None
    return Table(
        id="triangulation.otherwise",
        title="People hurt in all, were the two lists otherwise than the method takes for granted",
        columns=(
            Column("odds", "Being on one list makes being on the other"),
            Column("missed", "Matches that were missed", "percent"),
            Column("total", "People hurt in all", "number"),
        ),
        rows=tuple(
            (
                "no likelier" if s.odds == 1 else f"{number(s.odds, 1)} times as likely (odds)",
                100 * s.missed_links,
                float(round(s.total)),
            )
            for s in found.overlap.otherwise
        ),
        source=f"{feed_named('emergency-department-assaults').title}; {feed_named('police-local-crime').title}",
        figures=("triangulation.on-neither",),
    )
