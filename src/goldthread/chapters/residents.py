"""What residents said: how safe they feel, what they call a problem, and what they want first, as their own list."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.findings import ALONE as SINGLE
from goldthread.chapters.findings import COUNTED, STANDS, finding
from goldthread.chapters.measuring.survey import FEED, Answered, Survey
from goldthread.chapters.model import (
    ANALYST,
    MEMBER,
    PUBLIC,
    Block,
    Box,
    Chapter,
    Edition,
    Figure,
    Finding,
    Gap,
    Heading,
    Paragraph,
    Rows,
)
from goldthread.chapters.residents_shown import (
    figure_id,
    groups_chart,
    groups_table,
    opinions_table,
    problems_chart,
    problems_table,
    safety_chart,
    wanted_first,
)
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words, listed, number, percent, plural
from goldthread.evidence.definitions import definition
from goldthread.evidence.feeds import feed_named

ID = "residents"
TITLE = "What residents said"
BOARD = frozenset({Edition.EXECUTIVE})
MOST_IN_BRIEF = 5
FEW = 100  # fewer answers than this make a rough share
SKEWED = 1.25  # an age band that is this many times its due share of the answers is over-represented
LARGE_MOVE = 20.0  # percentage points: a change of this size or more counts as the largest there is


def write(brief: Brief) -> Chapter:
    """Safety, problems and residents' own priorities, weighted and with intervals; who answered, and who did not."""
    survey = brief.found(Survey)
    if not survey.wave:
        return _missing()
    asked = [*survey.safety, *survey.opinions, *survey.problems, *survey.first]
    figures = [_answering(brief, survey), *(figure(brief, survey, one) for one in asked)]
    blocks: list[Block] = [
        *_plainly(survey),
        Paragraph(text=_who_answered(survey), editions=MEMBER),
        *(Paragraph(text=_sentence(brief, survey, one), editions=MEMBER) for one in survey.safety),
    ]
    if survey.safety:
        blocks.append(safety_chart(survey))
    blocks += _wants(survey)
    if survey.problems:
        blocks += [
            Heading(text="What residents call a problem"),
            Paragraph(text=_problems(brief, survey), editions=MEMBER),
            problems_chart(survey),
            problems_table(brief, survey),
        ]
    if survey.opinions:
        blocks += [Heading(text="What else they were asked"), opinions_table(brief, survey)]
    blocks += _groups(survey)
    blocks.append(_caveats(survey))
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), tuple(_findings(brief, survey)))


def _missing() -> Chapter:
    about = feed_named(FEED)
    gap = Gap(
        "What people who live and work here think, and what they want to come first",
        about.why_it_matters,
        about.owner,
        FEED,
    )
    return Chapter(
        ID,
        TITLE,
        missing="No residents’ survey was supplied, so this assessment cannot say how safe people feel, what they "
        "call a problem or what they want to come first.",
        gaps=(gap,),
    )


def figure(brief: Brief, survey: Survey, one: Answered) -> Figure:
    """One share, its interval and base, and its change from the wave before."""
    now, change = one.now, one.moved
    answer: dict[str, float | int | str | None] = {
        "share": _known(now.value),
        "low": _known(now.low),
        "high": _known(now.high),
        "count": now.count,
        "base": now.base,
        "effective": _known(now.effective),
        "design_effect": _known(now.deff),
    }
    if change is not None and one.before is not None:
        answer |= {
            "before": _known(one.before.value),
            "before_base": one.before.base,
            "points": _known(change.points),
            "points_low": _known(change.low),
            "points_high": _known(change.high),
            "p": _known(change.p),
            "stands": int(brief.stands(one.test)),
        }
    return Figure(
        id=figure_id(one),
        asks=f"What share of residents said: {one.label}?",
        question="goldthread.analysis.surveys.share",
        answer=answer,
        rows=Rows("answers", (one.question,), where={"wave": survey.wave}),
        parameters={"wave": survey.wave, "answers counted": listed(one.said), "confidence": 0.95},
        caveats=("self-selected", "survey-weighted", *(("few-answers",) if now.base < FEW else ())),
        protected=True,
        count_keys=("count", "base", *(("before_base",) if one.before else ())),
        source=feed_named(FEED).title,
    )


def _answering(brief: Brief, survey: Survey) -> Figure:
    return Figure(
        id="residents.answered",
        asks=f"How many residents answered the survey of {survey.wave}, and what do the weights cost?",
        question="goldthread.analysis.surveys.kish",
        answer={"base": survey.base, "before": survey.earlier_base, "widened": survey.widened},
        rows=Rows("answers", where={"wave": survey.wave}),
        caveats=("self-selected", "survey-weighted"),
        protected=True,
        count_keys=("base", "before"),
        source=feed_named(FEED).title,
    )


def _known(value: float) -> float | None:
    return None if isnan(value) else value


def _who_answered(survey: Survey) -> str:
    before = (
        f" In the wave before ({survey.earlier}) {{{{residents.answered:before:n}}}} did." if survey.earlier else ""
    )
    return (
        f"{{{{residents.answered:base:n}}}} residents answered the survey of {survey.wave}.{before} Answers are "
        "weighted to match the people of the area; because the weights are unequal, intervals are as wide as those of "
        "a survey {{residents.answered:widened:n2}} times smaller would be. Everyone who answered a question is in its "
        "base, those who did not know among them."
    )


def _moved(brief: Brief, survey: Survey, one: Answered) -> str:
    """How a share compares with the wave before, in words that differ when the evidence differs."""
    name = figure_id(one)
    if one.moved is None or isnan(one.moved.p):
        return " There is no earlier wave to compare with." if not survey.earlier else ""
    was = f"{{{{{name}:before:share}}}} in {survey.earlier}"
    between = f"between {number(one.moved.low, 1)} and {number(one.moved.high, 1)} points"
    way = "more" if one.moved.points > 0 else "less"
    if brief.stands(one.test):
        apart = f"{{{{{name}:points:points}}}} {way} than the {was}"
        return f" That is {apart}, which is more than chance would give ({between})."
    if one.moved.p <= ALONE:
        return (
            f" It was {was}. Taken alone that would count as a change ({between}), but among all the tests in this "
            "assessment some as large come up by chance, so it is to be watched."
        )
    return f" It was {was}; the difference is within what chance would give ({between})."


def _sentence(brief: Brief, survey: Survey, one: Answered) -> str:
    name = figure_id(one)
    if one.now.suppressed:
        return f"Too few answered ({{{{{name}:base:n}}}}) to say what share {one.label}."
    return (
        f"{{{{{name}:share:share}}}} of residents {one.label} (between {{{{{name}:low:share}}}} and "
        f"{{{{{name}:high:share}}}}; {{{{{name}:base:n}}}} answered).{_moved(brief, survey, one)}"
    )


def _problems(brief: Brief, survey: Survey) -> str:
    top = [p for p in survey.problems if not p.now.suppressed][:3]
    if not top:
        return "Too few answered to say what residents call a problem."
    named = [f"{p.label.lower()} ({{{{{figure_id(p)}:share:share}}}})" for p in top]
    more = [p for p in survey.problems if p.test and brief.stands(p.test) and p.moved and p.moved.points > 0]
    less = [p for p in survey.problems if p.test and brief.stands(p.test) and p.moved and p.moved.points < 0]
    changed = []
    for some, way in ((more, "More"), (less, "Fewer")):
        if some:
            labels = listed([p.label.lower() for p in some])
            changed.append(f"{way} than in {survey.earlier} call {labels} a problem, by more than chance would give.")
    if survey.earlier and not changed:
        changed.append(f"No share moved from {survey.earlier} by more than chance would give.")
    return f"The most often called a very big or fairly big problem: {listed(named)}. {' '.join(changed)}"


def _plainly(survey: Survey) -> list[Block]:
    """One sentence for everybody, when enough answered."""
    dark = next((s for s in survey.safety if s.id == "after-dark" and not s.now.suppressed), None)
    if dark is None:
        return []
    said = f"{{{{{figure_id(dark)}:share:in_ten}}}}"
    return [Paragraph(text=f"When we asked, {said} said that they feel safe outside after dark.", editions=PUBLIC)]


def _wants(survey: Survey) -> list[Block]:
    if not survey.first:
        return []
    top = [p for p in survey.first if not p.now.suppressed]
    blocks: list[Block] = [
        Heading(text="What residents want to come first"),
        Paragraph(
            text="This is residents’ own list, as the law asks (SA-e). It is set beside the record in later chapters "
            "and is never changed by it; what residents want first and what the evidence puts first need not agree.",
            editions=MEMBER,
        ),
        wanted_first(survey),
    ]
    if top:
        first = [f"{p.label.lower()} ({{{{{figure_id(p)}:share:share}}}})" for p in top[:MOST_IN_BRIEF]]
        text = f"Residents’ own list of what should come first begins with {listed(first)}."
        blocks.append(Paragraph(text=text, editions=BOARD))
        blocks.append(
            Paragraph(
                text=f"We asked people what to deal with first. The answer most gave was: {top[0].label.lower()}.",
                editions=PUBLIC,
            )
        )
    return blocks


def _groups(survey: Survey) -> list[Block]:
    given = [g for g in survey.groups if not g.share.suppressed]
    if not given:
        return []
    withheld = len(survey.groups) - len(given)
    text = (
        "A difference between two groups is clear only where their ranges lie apart, and among so many groups one or "
        "two lie apart by chance."
    )
    if withheld:
        verb = plural(withheld, "is", "are")
        text += f" {in_words(withheld).capitalize()} with fewer than 30 answers {verb} left out."
    return [
        Heading(text="Who feels safe after dark"),
        Paragraph(text=text),
        groups_chart(survey, given),
        groups_table(survey, given),
    ]


def _caveats(survey: Survey) -> Box:
    said = {c["id"]: str(c["sentence"]).strip() for c in definition("caveats")["caveats"]}
    parts = [
        "It was not supplied how people were chosen to answer. Unless they were drawn at random, this holds: "
        + said["self-selected"]
    ]
    if survey.base < FEW:
        parts.append(said["few-answers"])
    skewed = [a for a in survey.ages if a.weighted > 0 and a.unweighted > SKEWED * a.weighted]
    for age in skewed:
        parts.append(
            f"Those aged {age.age} are {percent(100 * age.unweighted)} of those who answered and "
            f"{percent(100 * age.weighted)} once weighted; weights mend who answered only as far as they were made for."
        )
    return Box(kind="caveat", title="Who answered, and who did not", text=" ".join(parts), editions=ANALYST)


def _findings(brief: Brief, survey: Survey) -> Sequence[Finding]:
    found: list[Finding] = []
    dark = next((s for s in survey.safety if s.id == "after-dark"), None)
    if dark is not None and dark.moved is not None and (brief.stands(dark.test) or dark.moved.p <= ALONE):
        found.append(_safety_finding(brief, survey, dark))
    for problem in survey.problems:
        if problem.test and brief.stands(problem.test) and problem.moved is not None and problem.topics:
            found.append(_problem_finding(brief, survey, problem))
    top = next((p for p in survey.first if not p.now.suppressed), None)
    if top is not None and top.topics:
        topic = topics()[top.topics[0]]
        name = figure_id(top)
        found.append(
            finding(
                brief,
                topic,
                "wanted-first",
                title=f"Residents most often want {topic.subject} to come first",
                statement=f"{{{{{name}:share:share}}}} of residents (between {{{{{name}:low:share}}}} and "
                f"{{{{{name}:high:share}}}}) chose “{top.label}” when asked which one should be dealt with first.",
                so_what="The law asks that what people want is recorded beside what the evidence puts first.",
                figures=[name],
                size=top.now.value,
                certainty=COUNTED,
            )
        )
    return found


def _safety_finding(brief: Brief, survey: Survey, dark: Answered) -> Finding:
    assert dark.moved is not None
    fewer, stands = dark.moved.points < 0, brief.stands(dark.test)
    name, way = figure_id(dark), "Fewer" if fewer else "More"
    return Finding(
        id="residents.after-dark-change",
        topic="residents",
        title=f"{way} residents {'feel' if stands else 'may feel'} safe after dark than in {survey.earlier}",
        statement=_sentence(brief, survey, dark),
        so_what="People who do not feel safe stay in, and trust in those who keep them safe goes with it. How safe "
        "people feel and how much is recorded need not move together.",
        recommendation="Ask those who feel unsafe after dark where and why, act on what can be changed, and tell them."
        if fewer
        else "Find out what made residents feel safer after dark, and keep it.",
        figures=(name,),
        owner=brief.context.owner_of("residents", "Council community safety manager"),
        harm=0.3,
        size=1 - dark.now.value,
        change=min(abs(dark.moved.points) / LARGE_MOVE, 1.0),
        certainty=STANDS if stands else SINGLE,
        public=f"{way} people feel safe outside after dark than the year before." if stands else "",
    )


def _problem_finding(brief: Brief, survey: Survey, problem: Answered) -> Finding:
    assert problem.moved is not None
    more = problem.moved.points > 0
    topic = topics()[problem.topics[0]]
    name, called = figure_id(problem), problem.label.lower()
    return finding(
        brief,
        topic,
        f"residents-{problem.id}",
        title=f"{'More' if more else 'Fewer'} residents call {called} a problem than in {survey.earlier}",
        statement=f"{{{{{name}:share:share}}}} of residents call {called} a very big or fairly big "
        f"problem.{_moved(brief, survey, problem)}",
        so_what="It is what residents notice, which no record of theirs or the police’s shows by itself."
        if more
        else "Fewer are troubled by it, whatever the record says.",
        figures=[name],
        states=("rising",) if more else (),
        harm=0.2,
        size=problem.now.value,
        change=min(abs(problem.moved.points) / LARGE_MOVE, 1.0),
        certainty=STANDS,
    )
