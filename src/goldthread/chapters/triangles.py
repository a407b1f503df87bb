"""The problem triangle of each priority: who suffers it, who does it, where it is, and what nobody has said yet."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.sides import CRIME, SUSPECTS, Known, Sides, Where, sides_of
from goldthread.chapters.model import Block, Bullets, Chapter, Column, Figure, Gap, Heading, Paragraph, Rows, Table
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.priorities import MOST_FINDINGS
from goldthread.chapters.weighing import Issue, Weighing, weigh
from goldthread.chapters.words import in_words
from goldthread.evidence.feeds import feed_named

ID = "triangles"
TITLE = "The problem behind each priority"


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """Victim, offender and place of each proposed and statutory priority: with figures, or the question to ask."""
    weighed = weigh(brief, chapters)
    chosen = [weighed.issues[s.issue] for s in (*weighed.proposed, *weighed.floor)]
    if not chosen:
        return Chapter(ID, TITLE, missing="No priority is proposed, so there is no problem to take apart.")
    sides = {issue.topic.id: sides_of(brief, issue.topic, issue.line) for issue in chosen}
    figures = [f for issue in chosen for f in _figures(brief, issue, sides[issue.topic.id])]
    blocks: list[Block] = [
        Paragraph(
            text="A problem has three sides, and a plan that works on two of them is likelier to hold than one that "
            "works on one. Each side has a figure where the data give one, and the question to ask."
        ),
        _completeness(chosen, sides),
    ]
    for issue in chosen:
        blocks += [
            Heading(text=f"{issue.topic.title}: {_many(sides[issue.topic.id])} known"),
            Bullets(items=tuple(_side(issue, sides[issue.topic.id], name) for name in ("victim", "offender", "place"))),
        ]
        blocks += _findings(issue)
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), gaps=_gaps(brief, weighed))


def _many(sides: Sides) -> str:
    return f"{in_words(sides.complete) if sides.complete else 'none'} of three sides"


def figure_id(issue: Issue, side: str) -> str:
    """The id of the figure that holds one side of an issue."""
    return f"triangles.{issue.topic.id}-{side}"


def _completeness(chosen: Sequence[Issue], sides: dict[str, Sides]) -> Table:
    mark = {True: "Known", False: "To be asked"}
    return Table(
        id="triangles.completeness",
        title="Which sides of each problem are known",
        columns=(
            Column("issue", "Priority"),
            Column("victim", "Victim"),
            Column("offender", "Offender"),
            Column("place", "Place"),
            Column("complete", "Sides known"),
        ),
        rows=tuple(
            (
                issue.topic.title,
                mark[sides[issue.topic.id].victim is not None],
                mark[sides[issue.topic.id].offender is not None],
                mark[sides[issue.topic.id].place is not None],
                f"{sides[issue.topic.id].complete} of 3",
            )
            for issue in chosen
        ),
        source="Recorded crime and partners’ data sets",
    )


def _figures(brief: Brief, issue: Issue, sides: Sides) -> list[Figure]:
    made = []
    for side, known in (("victim", sides.victim), ("offender", sides.offender)):
        if known is not None:
            made.append(_people_figure(brief, issue, side, known))
    if sides.place is not None:
        made.append(_place_figure(brief, issue, sides.place))
    return made


def _people_figure(brief: Brief, issue: Issue, side: str, known: Known) -> Figure:
    feed = feed_named(known.feed)
    answer: dict[str, Answer] = {
        "people": known.people,
        "of_age": known.of_age,
        "age_share": known.of_age / known.people,
        "of_sex": known.of_sex,
        "sex_share": known.of_sex / known.people,
        "age": known.age,
        "sex": known.sex.lower(),
    }
    keys = ["people", "of_age", "of_sex"]
    if known.again is not None and known.persons:
        answer |= {"again": known.again, "persons": known.persons, "again_share": known.again / known.persons}
        keys += ["again", "persons"]
    names = ("Police suspects",) if side == "offender" else tuple(s for s in issue.topic.partners if "Police: " in s)
    months = (str(brief.period.first), str(brief.period.last))
    rows = Rows("incidents", names, months, where={"feed": feed.name})
    if issue.line and issue.line.feed.name == feed.name:
        rows = issue.line.rows(brief.period)
    return Figure(
        id=figure_id(issue, side),
        asks=f"Who are the {'victims' if side == 'victim' else 'suspects'} of {issue.topic.subject}?",
        question="goldthread.chapters.measuring.sides.sides_of",
        answer=answer,
        rows=rows,
        caveats=("suspects-only",) if side == "offender" else ("recorded-not-all",),
        protected=True,
        count_keys=tuple(keys),
        source=feed.title,
    )


def _place_figure(brief: Brief, issue: Issue, where: Where) -> Figure:
    assert issue.line is not None
    return Figure(
        id=figure_id(issue, "place"),
        asks=f"Where is {issue.topic.subject} recorded most?",
        question="goldthread.chapters.measuring.sides.sides_of",
        answer={
            "placed": where.placed,
            "ward": where.ward,
            "in_ward": where.in_ward,
            "ward_share": where.in_ward / where.placed,
            "areas": where.areas,
            "in_areas": where.in_areas,
            "areas_share": where.in_areas / where.placed,
        },
        rows=issue.line.rows(brief.period),
        caveats=("approximate-places",) if issue.line.feed.name == "police-uk-street" else (),
        protected=issue.line.feed.protected,
        count_keys=("placed", "in_ward", "in_areas"),
        source=issue.line.feed.title,
    )


def _side(issue: Issue, sides: Sides, name: str) -> str:
    """One side in a sentence or two: its figures, or the question."""
    title, ask = name.capitalize(), getattr(issue.topic, name)
    known = getattr(sides, name)
    if known is None:
        return f"**{title}** To be asked: {ask}"
    said = _where(issue, known) if isinstance(known, Where) else _who(issue, name, known)
    return f"**{title}** {said} To be asked: {ask}"


def _who(issue: Issue, side: str, known: Known) -> str:
    name = figure_id(issue, side)
    people = "suspects" if side == "offender" else "recorded victims" if known.feed == CRIME else "people recorded"
    said = [f"Of {{{{{name}:people:n}}}} {people} of whom age or sex is known,"]
    parts = []
    if known.sex and known.of_sex < known.people:
        parts.append(f"{{{{{name}:sex_share:share}}}} are {{{{{name}:sex:text}}}}")
    if known.age:
        parts.append(f"the commonest age band is {{{{{name}:age:text}}}} ({{{{{name}:age_share:share}}}})")
    said.append(" and ".join(parts) + ".")
    if known.again is not None:
        again = f"{{{{{name}:again_share:share1}}}} of {{{{{name}:persons:n}}}} people"
        said.append(f"{again} are there more than once in the period.")
    return " ".join(said)


def _where(issue: Issue, where: Where) -> str:
    name = figure_id(issue, "place")
    areas = f"{{{{{name}:areas:n}}}} small areas, a tenth of them, hold {{{{{name}:areas_share:share}}}}"
    if not where.ward:
        return f"The busiest {areas}."
    return f"The ward with most is {{{{{name}:ward:text}}}} ({{{{{name}:ward_share:share}}}}); the busiest {areas}."


def _findings(issue: Issue) -> list[Block]:
    top = sorted(issue.findings, key=lambda f: (-f.rank, f.id))[:MOST_FINDINGS]
    if not top:
        return []
    return [Paragraph(text="Findings: " + " ".join(f"{f.title.rstrip('.')}." for f in top))]


def _gaps(brief: Brief, weighed: Weighing) -> tuple[Gap, ...]:
    if not weighed.proposed or brief.has(SUSPECTS):
        return ()
    about = feed_named(SUSPECTS)
    return (Gap("Who is behind the proposed priorities", about.why_it_matters, about.owner, SUSPECTS),)
