"""What the partnership is asked to do: each step owned, dated, measurable, and tied to the findings it answers."""

from __future__ import annotations

from collections.abc import Container, Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.findings import STANDS
from goldthread.chapters.model import Chapter, Finding, Gap, Recommendation
from goldthread.chapters.priorities import fate_now
from goldthread.chapters.topics import Step, measure_of, step_of_finding, steps_for, topics
from goldthread.chapters.weighing import Weighing
from goldthread.chapters.words import listed, month
from goldthread.evidence.feeds import all_feeds

MOST = 15
MOST_OF_A_TOPIC, MOST_STEADY, NEWS = 4, 4, 0.2
OF_ALL_CRIME = frozenset({"crime-rate", "outcomes-of-all-crime"})  # findings that stand under the issue with most of it
SOON, LATER = 6, 12  # months after the last month of data: governance and data are quicker than prevention
STATES = ("recorded-anew", "rising", "falling", "high", "concentrated", "stable")
QUICK = {"governance", "data", "enforcement"}
REPORTED = "A report to the Executive Board that says whether it was done"
# How one would know, for what is no issue of the record.
MEASURES = {"residents": "residents who feel safe after dark in the next survey"}
MANAGER = "Partnership manager"
MOST_ASKED_FOR = 6  # data sets that one recommendation can name and still be read


def ranked(chapters: Sequence[Chapter]) -> list[Finding]:
    """
    Every finding of these chapters, the top ones first.

    A board reads the first fifteen, and often the first eight, so these are
    what was found out: see `standing`. That they are not all of the gravest
    issue, none has more than four among them, findings about all crime apart;
    and of those that only tell how many there were, at most four.
    """
    every = sorted((f for c in chapters for f in c.findings), key=lambda f: (-standing(f), f.id))
    top: list[Finding] = []
    of_topic: dict[str, int] = {}
    for finding in every:
        whole = finding.id.split(".")[-1] in OF_ALL_CRIME
        full = not whole and of_topic.get(finding.topic, 0) >= MOST_OF_A_TOPIC
        if len(top) == MOST or full or (finding.steady and sum(f.steady for f in top) >= MOST_STEADY):
            continue
        top.append(finding)
        if not whole:
            of_topic[finding.topic] = of_topic.get(finding.topic, 0) + 1
    return top + [f for f in every if f not in top]


def standing(finding: Finding) -> float:
    """
    How high a finding stands: its rank, and what it is to the board that knew last year's.

    What changed by more than chance is news, the more so the more there is of
    it and the graver it is; that there were as many as before is not.
    """
    if finding.steady:
        return finding.rank - NEWS
    news = finding.certainty >= STANDS and finding.change > 0
    return finding.rank + (NEWS * min(1.0, finding.harm + finding.size) if news else 0.0)


def recommend(brief: Brief, findings: Sequence[Finding], gaps: Sequence[Gap] = ()) -> tuple[Recommendation, ...]:
    """
    Number what the findings ask for, the highest ranked first; then what the current priorities and the gaps ask for.

    Findings that ask for the same step share one recommendation, so that every
    one of the top findings has its answer and nothing is asked twice.
    """
    wanted: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings[:MOST]:
        wanted.setdefault((finding.topic, finding.recommendation), []).append(finding)
    made = [_step(brief, topic, text, behind) for (topic, text), behind in wanted.items()]
    made += [r for r in (_priorities(brief, findings), _data(brief, gaps)) if r is not None]
    return tuple(
        Recommendation(number, r.text, r.owner, r.by_when, r.measure, r.findings, r.kind)
        for number, r in enumerate(made, start=1)
    )


def _step(brief: Brief, topic: str, text: str, behind: Sequence[Finding]) -> Recommendation:
    came = brief.evidence.feeds
    step = _asked(topic, text, behind[0].id.removeprefix(f"{topic}."), came)
    kind = step.kind if step else "prevention"
    measure = (step.measure if step else "") or measure_of(topic, came) or MEASURES.get(topic, "")
    return Recommendation(
        number=0,
        text=text,
        owner=behind[0].owner,
        by_when=_due(brief, SOON if kind in QUICK else LATER),
        measure=measure[:1].upper() + measure[1:] if measure else REPORTED,
        findings=tuple(f.id for f in behind),
        kind=kind,
    )


def _due(brief: Brief, later: int) -> str:
    return month(str(brief.period.last + later))


def _asked(topic: str, text: str, name: str, came: Container[str]) -> Step | None:
    """The step whose words a recommendation has, or the one that its finding is named for."""
    if topic not in topics():
        return None
    steps = steps_for(topic, STATES, came)
    # A place may stand before it: “In Old Town, agree …”.
    said = text.casefold()
    return next((s for s in steps if said.endswith(f"{s.do}.".casefold())), None) or step_of_finding(name, topic)


def _priorities(brief: Brief, findings: Sequence[Finding]) -> Recommendation | None:
    """To decide on the current priorities that the evidence would change or end."""
    weighed = brief.measured.get(Weighing)
    if not isinstance(weighed, Weighing):
        return None
    turned = [p for p in brief.context.current_priorities if not fate_now(brief, weighed, p).startswith("Keep:")]
    if not turned:
        return None
    about = {str(p.get("topic", "")) for p in turned}
    return Recommendation(
        number=0,
        text=f"Decide which current priorities to change or end: {listed([str(p['title']) for p in turned])}.",
        owner=MANAGER,
        by_when=_due(brief, SOON),
        measure="A decision of the Executive Board, with its reason",
        findings=tuple(f.id for f in findings[:MOST] if f.topic in about),
        kind="governance",
    )


def _data(brief: Brief, gaps: Sequence[Gap]) -> Recommendation | None:
    """To ask for the data sets that the law prescribes and that did not come."""
    owed = {f.name: f.title for f in all_feeds() if f.section_17a and f.name not in brief.evidence.feeds}
    asked = list(dict.fromkeys(owed[g.feed] for g in gaps if g.feed in owed))
    if not asked:
        return None
    more = len(asked) - MOST_ASKED_FOR
    named = asked if more <= 0 else [*asked[:MOST_ASKED_FOR], f"{more} more"]
    return Recommendation(
        number=0,
        text=f"Ask their holders for the prescribed data sets that did not come: {listed(named)}.",
        owner=MANAGER,
        by_when=_due(brief, SOON),
        measure="Prescribed data sets received for each quarter",
        findings=(),
        kind="data",
    )
