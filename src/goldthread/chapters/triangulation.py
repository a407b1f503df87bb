"""Whether police, health, council and residents agree on what the trouble is and where, and what some of them miss."""

from __future__ import annotations

from collections.abc import Sequence
from math import isfinite, isnan

import numpy as np

from goldthread.chapters.brief import Brief, slug
from goldthread.chapters.findings import STANDS, finding
from goldthread.chapters.measuring.agreement import AMBULANCE, AMBULANCE_CALLS, Counted, Hidden, Triangulated
from goldthread.chapters.model import MEMBER, Block, Box, Chapter, Figure, Finding, Gap, Heading, Paragraph, Rows
from goldthread.chapters.topics import topics
from goldthread.chapters.triangulation_shown import (
    counted_table,
    hidden_chart,
    hidden_id,
    hidden_table,
    matrix_chart,
    matrix_table,
    otherwise_table,
    pairs_table,
)
from goldthread.chapters.words import listed
from goldthread.evidence.feeds import feed_named

ID = "triangulation"
TITLE = "Do the sources agree?"
TWICE = 2.0  # a ratio of this size or more counts as the largest there is
PARTED, ALIKE = 0.5, 0.75  # agreement below and above which sources are said to part and to agree


def write(brief: Brief) -> Chapter:
    """Issues by source, wards by source, where health sees what the police do not, and how many neither saw."""
    found = brief.found(Triangulated)
    if found.matrix is None and not found.pairs and not found.hidden and found.overlap is None:
        return _missing()
    blocks: list[Block] = [
        Paragraph(
            text="No source sees everything. Where several that do not depend on each other say the same, one can be "
            "surer; where they part, that is itself a finding. One event may be in several records, so counts are "
            "compared and never added.",
            editions=MEMBER,
        )
    ]
    figures: list[Figure] = []
    findings: list[Finding] = []
    if found.matrix is not None:
        figures.append(_issues(brief, found))
        blocks += [
            Heading(text="What the trouble is"),
            Paragraph(text=_what_agrees(found), editions=MEMBER),
            matrix_chart(found),
            matrix_table(found),
            counted_table(brief, found),
        ]
    if found.pairs:
        figures += [_pair(brief, found, at) for at in range(len(found.pairs))]
        blocks += [
            Heading(text="Where the trouble is"),
            Paragraph(text=_where_agrees(brief, found)),
            pairs_table(brief, found),
        ]
    if found.hidden:
        figures += [_hidden(brief, found, h) for h in found.hidden]
        blocks += _unseen(brief, found)
        findings += _findings(brief, found)
    if found.overlap is not None:
        figures.append(_overlap(brief, found))
        blocks += _on_neither(found)
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), tuple(findings), _gaps(brief))


def _missing() -> Chapter:
    gap = Gap(
        "Whether health, council and residents see what the police record, and where they see more",
        "Much harm never reaches the police; only another source can show where.",
        "Partnership manager",
        AMBULANCE,
    )
    return Chapter(
        ID,
        TITLE,
        missing="Only one source was supplied, so this assessment cannot say whether others see the same.",
        gaps=(gap,),
    )


def _gaps(brief: Brief) -> tuple[Gap, ...]:
    if brief.has(AMBULANCE):
        return ()
    about = feed_named(AMBULANCE)
    return (
        Gap("Where health services see violence that the police do not", about.why_it_matters, about.owner, AMBULANCE),
    )


def _issues(brief: Brief, found: Triangulated) -> Figure:
    """Each source's rank of each issue, 1 for the most."""
    assert found.matrix is not None and found.counted is not None
    answer: dict[str, float | int | str | None] = {}
    for k, source in enumerate(found.matrix.sources):
        column = found.matrix.position[:, k]
        answer[f"{source} of"] = int((~np.isnan(column)).sum())
        for i, topic in enumerate(found.order):
            if not np.isnan(column[i]):
                answer[f"{topic} {source}"] = int(1 + (column > column[i] + 1e-12).sum())
    for i, topic in enumerate(found.order):
        if not np.isnan(found.matrix.agreement[i]):
            answer[f"{topic} agreement"] = float(found.matrix.agreement[i])
    return Figure(
        id="triangulation.issues",
        asks="How does each source rank each issue, and where do they part?",
        question="goldthread.analysis.triangulation.matrix",
        answer=answer,
        rows=Rows("counts", months=(str(brief.period.first), str(brief.period.last))),
        parameters={"period": str(brief.period)},
        caveats=("sources-overlap", "recorded-not-all"),
        source="; ".join(dict.fromkeys(feed_named(c.feed).title for t in found.order for c in found.counted[t])),
    )


def _ranked(topic: str, source: str) -> str:
    return f"{{{{triangulation.issues:{topic} {source}:ordinal}}}} of {{{{triangulation.issues:{source} of:n}}}}"


def _what_agrees(found: Triangulated) -> str:
    """Which issues the sources place alike, and over which they part most."""
    assert found.matrix is not None and found.counted is not None
    order = [
        (float(a), topic)
        for topic, a, speaking in zip(found.order, found.matrix.agreement, found.matrix.speaking, strict=True)
        if speaking > 1 and not isnan(a)
    ]
    alike = [topics()[t].subject for a, t in sorted(order, reverse=True) if a >= ALIKE][:3]
    parted = [t for a, t in sorted(order) if a < PARTED][:2]
    said = [f"The sources place {listed(alike)} much alike." if alike else "No issue is placed alike by all sources."]
    for topic in parted:
        ranks = [_speaks(topic, c) for c in found.counted[topic]]
        said.append(f"They part over {topics()[topic].subject}: {listed(ranks)}.")
    if not parted:
        said.append("Over no issue do they part widely.")
    said.append("A source ranks only what it counts, so a low place of a source with few issues says little.")
    return " ".join(said)


def _speaks(topic: str, counted: Counted) -> str:
    who = {"Police": "police records", "Health": "health records", "Council": "council records"}.get(counted.source)
    return (
        f"{who} put it {_ranked(topic, counted.source)}"
        if who
        else f"residents put it {_ranked(topic, counted.source)}"
    )


def _pair(brief: Brief, found: Triangulated, at: int) -> Figure:
    pair = found.pairs[at]
    agreement = pair.agreement
    return Figure(
        id=f"triangulation.wards-{slug(pair.issue)}",
        asks=f"Do {pair.first.lower()} and {pair.second.lower()} put the wards in the same order?",
        question="goldthread.analysis.triangulation.agree",
        answer={
            "correlation": None if isnan(agreement.correlation) else agreement.correlation,
            "p": None if isnan(agreement.p) else agreement.p,
            "wards": agreement.n,
            "top": agreement.top,
            "overlap": agreement.overlap,
            "expected": agreement.expected,
            "stands": int(brief.stands(pair.test)),
        },
        rows=Rows("counts", (pair.first, pair.second), (str(brief.period.first), str(brief.period.last))),
        parameters={"period": str(brief.period), "as": "rates by residents"},
        caveats=("residents-not-visitors", "sources-overlap"),
        source=f"{pair.first}; {pair.second}",
    )


def _where_agrees(brief: Brief, found: Triangulated) -> str:
    """Which pairs of sources put the wards in the same order by more than chance."""
    alike = [p for p in found.pairs if brief.stands(p.test) and p.agreement.correlation > 0]
    other = [p for p in found.pairs if p not in alike]
    said = []
    if alike:
        said.append(
            f"Over {listed([p.issue.lower() for p in alike])} the sources put the wards in much the same order."
        )
    if other:
        issues = listed([p.issue.lower() for p in other])
        said.append(
            f"Over {issues} there is no more agreement than chance could give; with few wards the test is weak."
        )
    said.append("Rates are by residents, so wards with many visitors stand high in every source.")
    return " ".join(said)


def _finite(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _hidden(brief: Brief, found: Triangulated, hidden: Hidden) -> Figure:
    answer: dict[str, float | int | str | None] = {
        "calls": hidden.found.other,
        "crimes": hidden.found.police,
        "ratio": _finite(hidden.found.ratio),
        "low": _finite(hidden.found.low),
        "high": _finite(hidden.found.high),
        "p": hidden.found.p,
        "stands": int(brief.stands(hidden.test)),
    }
    keys = ["calls", "crimes"]
    if hidden.informed is not None:
        answer |= {"informed": hidden.informed, "not_informed": hidden.found.other - hidden.informed}
        keys += ["informed", "not_informed"]
        if hidden.found.other:
            answer["informed_share"] = hidden.informed / hidden.found.other
    return Figure(
        id=hidden_id(hidden),
        asks=f"Are there more ambulance calls to assaults in {hidden.ward} than its police record suggests?",
        question="goldthread.analysis.triangulation.unseen",
        answer=answer,
        rows=Rows("incidents", (AMBULANCE_CALLS,), (str(brief.period.first), str(brief.period.last))),
        parameters={"police series": found.police_of, "months": found.months, "confidence": 0.95},
        caveats=("sources-overlap", "recorded-not-all"),
        protected=True,
        count_keys=tuple(keys),
        source=f"{feed_named(AMBULANCE).title}; police recorded {found.police_of}",
    )


def flagged(brief: Brief, found: Triangulated) -> list[Hidden]:
    """The wards where health sees more than police records suggest, after all tests are corrected together."""
    return [h for h in found.hidden if h.found.flagged and h.found.ratio > 1 and brief.stands(h.test)]


def _unseen(brief: Brief, found: Triangulated) -> list[Block]:
    wards = flagged(brief, found)
    if wards:
        said = [f"{h.ward} ({_times(h)} times as many{_between(h)})" for h in wards]
        text = (
            f"Beside police records, ambulance crews go to more assaults than elsewhere in {listed(said)}: more "
            "than chance would give. Police records may miss violence there."
        )
    else:
        text = "In no ward do ambulance crews go to clearly more assaults, beside police records, than elsewhere."
    return [
        Heading(text="Where health services see violence that police records do not"),
        Paragraph(text=text, editions=MEMBER),
        hidden_chart(found),
        hidden_table(brief, found),
        Box(
            kind="caveat",
            title="Before calling it under-reporting",
            text="A hospital, a police station or a hostel draws calls to its own door, and people of different places "
            "call different services. The police series counts crimes and the other counts calls: only how they stand "
            "to each other, ward beside ward, is compared.",
        ),
    ]


def _times(hidden: Hidden) -> str:
    return f"{{{{{hidden_id(hidden)}:ratio:n1}}}}"


def _between(hidden: Hidden) -> str:
    name = hidden_id(hidden)
    return f", between {{{{{name}:low:n1}}}} and {{{{{name}:high:n1}}}}"


def _findings(brief: Brief, found: Triangulated) -> Sequence[Finding]:
    made = []
    all_calls = sum(h.found.other for h in found.hidden)
    for hidden in flagged(brief, found):
        name = hidden_id(hidden)
        known = ""
        if hidden.informed is not None:
            known = f" The police were at {{{{{name}:informed:n}}}} of the {{{{{name}:calls:n}}}} calls."
        made.append(
            finding(
                brief,
                topics()["violence-and-sexual-offences"],
                f"hidden-{slug(hidden.ward)}",
                title=f"Health services see violence in {hidden.ward} that police records may miss",
                statement=f"Beside police-recorded violence, ambulance crews go to {_times(hidden)} times as many "
                f"assaults in {hidden.ward} as elsewhere in the area{_between(hidden)}.{known}",
                so_what="Work that follows police records alone would pass this place by, and those who are hurt "
                "there may have reasons not to call.",
                figures=[name],
                states=("concentrated",),
                harm=0.8,
                size=hidden.found.other / all_calls if all_calls else 0.0,
                change=min(hidden.found.ratio / TWICE, 1.0),
                certainty=STANDS,
                public=f"In {hidden.ward}, ambulance crews see people hurt that the police may not hear about.",
            )
        )
    return made


def _overlap(brief: Brief, found: Triangulated) -> Figure:
    assert found.overlap is not None
    o = found.overlap
    totals = [s.total for s in o.otherwise]
    return Figure(
        id="triangulation.on-neither",
        asks="How many people were hurt in all, when police and hospital each saw some and both saw some?",
        question="goldthread.analysis.capture_recapture.chapman",
        answer={
            "police": o.police,
            "hospital": o.hospital,
            "both": o.both,
            "hospital_only": o.hospital - o.both,
            "hospital_only_share": (o.hospital - o.both) / o.hospital,
            "total": o.estimated.total,
            "low": o.estimated.low,
            "high": o.estimated.high,
            "least": min(totals),
            "most": max(totals),
        },
        rows=Rows("incidents", ("Emergency department assaults",), (str(brief.period.first), str(brief.period.last))),
        caveats=("sources-overlap",),
        protected=True,
        count_keys=("police", "hospital", "both", "hospital_only"),
        source=f"{feed_named('emergency-department-assaults').title}; {feed_named('police-local-crime').title}",
    )


def _on_neither(found: Triangulated) -> list[Block]:
    name = "triangulation.on-neither"
    return [
        Heading(text="How many neither police nor hospital saw"),
        Paragraph(
            text=f"Of {{{{{name}:hospital:n}}}} people treated after an assault, {{{{{name}:hospital_only:n}}}} "
            f"({{{{{name}:hospital_only_share:share}}}}) were not marked as having told the police. Police recorded "
            f"{{{{{name}:police:n}}}} crimes of violence with injury in the same months. Were the two lists "
            f"independent, about {{{{{name}:total:n}}}} people would have been hurt in all (between "
            f"{{{{{name}:low:n}}}} and {{{{{name}:high:n}}}}); were they not, anything from {{{{{name}:least:n}}}} to "
            f"{{{{{name}:most:n}}}}."
        ),
        otherwise_table(found),
        Box(
            kind="caveat",
            title="What this estimate takes for granted",
            text="That being known to one service makes being known to the other no likelier; that everyone could have "
            "been on either list; that nobody lives or was hurt elsewhere; and that what patients said of telling the "
            "police matches a recorded crime. None of these holds quite, and no record was linked, so this is a guide "
            "to the size of what is unseen and not a count of it. It enters no total and no score.",
        ),
    ]
