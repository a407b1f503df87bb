"""What was tried and what followed: before and after beside a control, crime that moved, and what that cannot show."""

from __future__ import annotations

from dataclasses import replace
from math import isfinite

from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.findings import ALONE as SINGLE
from goldthread.chapters.findings import STANDS, WEAK, finding
from goldthread.chapters.interventions_shown import course_chart, figure_id, title_of, tried_table, verdict
from goldthread.chapters.measuring.tried import BUFFER, CONTROL, REST, TREATED, AllTried, Tried, source_of
from goldthread.chapters.model import (
    MEMBER,
    Block,
    Box,
    Chapter,
    Figure,
    Finding,
    Gap,
    Heading,
    Paragraph,
    Rows,
)
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed, months
from goldthread.evidence.feeds import feed_named

ID = "interventions"
TITLE = "What was tried, and what followed"
NOT_ALIKE = 0.05  # a placebo test below this says that treated and control were not moving alike before


def write(brief: Brief) -> Chapter:
    """Each intervention with its months, its counts, its control and what can be said; none is called a cause."""
    found = brief.found(AllTried).tried
    if not found:
        gap = Gap(
            "Whether what the partnership tried made a difference",
            "Money and effort go on with what does nothing, and what works is not kept.",
            "Partnership manager",
        )
        return Chapter(ID, TITLE, missing="No intervention was named in the partnership file.", gaps=(gap,))
    figures = [_figure(brief, t) for t in found if not t.why_not]
    blocks: list[Block] = [
        Paragraph(
            text="Each was compared with the same months before it began, and with places like it where it was not "
            "done. That one thing followed another does not show that it was caused by it."
        ),
        tried_table(brief, found),
    ]
    for tried in found:
        blocks += _detail(brief, tried)
    gaps = tuple(
        Gap(f"Whether “{t.said.get('title', t.id)}” made a difference", t.why_not, str(t.said.get("owner", "")))
        for t in found
        if t.why_not
    )
    findings = tuple(made for t in found if (made := _finding(brief, t)) is not None)
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), findings, gaps)


def _figure(brief: Brief, tried: Tried) -> Figure:
    assert tried.before and tried.after and tried.ratio
    protected = feed_named(tried.feed).protected
    answer: dict[str, float | int | str | None] = {}
    keys = []
    for role, site in tried.sites.items():
        if role == REST:
            continue
        answer |= {f"{role}_before": site.before, f"{role}_after": site.after}
        keys += [f"{role}_before", f"{role}_after"]
        if site.before:
            answer[f"{role}_percent"] = 100 * (site.after / site.before - 1)
    answer |= {"ratio": _known(tried.ratio.ratio), "low": _known(tried.ratio.low), "high": _known(tried.ratio.high)}
    answer |= {"p": _known(tried.ratio.p), "stands": int(brief.stands(tried.test))}
    if tried.prevented is not None:
        p = tried.prevented
        answer |= {"prevented": -p.total, "prevented_low": -p.high, "prevented_high": -p.low}
        answer |= {"local": -p.local, "nearby": -p.nearby}
    if tried.moved is not None:
        answer |= {"quotient": _known(tried.moved.quotient), "quotient_low": _known(tried.moved.low)}
        answer["quotient_high"] = _known(tried.moved.high)
    if tried.course is not None:
        answer |= {"course": tried.course.ratio, "course_low": tried.course.low, "course_high": tried.course.high}
    cost = tried.said.get("cost")
    if isinstance(cost, int | float):
        answer["cost"] = float(cost)
        if tried.prevented is not None and tried.prevented.high < 0:
            answer["each"] = float(cost) / -tried.prevented.total
    return Figure(
        id=figure_id(tried),
        asks=f"Did {listed(tried.series).lower()} change where “{title_of(tried)}” was done, beyond its control?",
        question="goldthread.analysis.evaluation.before_after"
        if tried.change
        else "goldthread.analysis.change.ratios.rate_ratio",
        answer=answer,
        rows=Rows(
            "incidents",
            tried.series,
            (str(tried.before.first), str(tried.after.last)),
            tried.areas[TREATED],
            {"feed": tried.feed},
        ),
        parameters={"before": str(tried.before), "after": str(tried.after), "confidence": 0.95},
        caveats=("recorded-not-all", *(("not-causal",) if tried.change is None or _unlike(tried) else ())),
        protected=protected,
        count_keys=tuple(keys),
        source=source_of(tried),
    )


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _unlike(tried: Tried) -> bool:
    """Whether treated and control parted before anything began."""
    return tried.placebo is not None and tried.placebo.p < NOT_ALIKE


def _detail(brief: Brief, tried: Tried) -> list[Block]:
    blocks: list[Block] = [Heading(text=title_of(tried))]
    if tried.why_not:
        return [*blocks, Paragraph(text=f"This could not be measured. {tried.why_not}")]
    blocks.append(Paragraph(text=_sentence(brief, tried), editions=MEMBER))
    blocks += [
        Paragraph(text=text) for text in (_moved(tried), _prevented(brief, tried), _course(brief, tried)) if text
    ]
    blocks.append(course_chart(brief, tried))
    blocks.append(Box(kind="caveat", title="What this does not show", text=" ".join(_limits(tried))))
    return blocks


def _said(tried: Tried, key: str, form: str) -> str:
    return f"{{{{{figure_id(tried)}:{key}:{form}}}}}"


def _sentence(brief: Brief, tried: Tried) -> str:
    """What happened there and in the control, in words that differ when the evidence differs."""
    assert tried.before and tried.after and tried.ratio
    before = months(str(tried.before.first), str(tried.before.last))
    after = months(str(tried.after.first), str(tried.after.last))
    what = listed([s.lower() for s in tried.series])
    text = (
        f"Where it was done, {what} went from {_said(tried, 'treated_before', 'n')} in {before} to "
        f"{_said(tried, 'treated_after', 'n')} in {after}"
    )
    if CONTROL in tried.sites:
        text += f"; in the control, from {_said(tried, 'control_before', 'n')} to {_said(tried, 'control_after', 'n')}"
    between = f"between {_said(tried, 'low', 'ratio_rise')} and {_said(tried, 'high', 'ratio_rise')}"
    than = "against the control" if tried.change else "on the months before"
    way = f"{_said(tried, 'ratio', 'ratio_rise')} {than} ({between})"
    said = {
        "fell": f"That is {way}, more than chance would give. The fall is what one would see had it worked.",
        "rose": f"That is {way}, more than chance would give: it did not bring the fall that it was meant to.",
        "fell-alone": f"That is {way}, more than chance would give, but without a control it shows no cause.",
        "rose-alone": f"That is {way}, more than chance would give, but without a control it shows no cause.",
        "perhaps": f"That is {way}. Taken alone it would count as a difference, but among all the tests in this "
        "assessment some as large come up by chance.",
        "unclear": f"That is {way}, which is within what chance would give: no effect is shown, and none is ruled out.",
    }
    return f"{text}. {said[verdict(brief, tried)]}"


def _moved(tried: Tried) -> str:
    """Whether crime moved next door or the benefit spread there."""
    if tried.moved is None:
        return (
            "" if BUFFER in tried.sites else "No places beside it were named, so it cannot be said whether crime moved."
        )
    if tried.moved.reading == "nothing to displace":
        return "It did not clearly fall against the control, so there was nothing that could have moved next door."
    words = {
        "benefit spread": "the places beside it gained as well",
        "no sign of either": "there is no clear sign that crime moved next door, nor that the benefit spread there",
        "some displaced": "some crime moved next door, but less than was gained",
        "more displaced than gained": "more crime moved next door than was gained",
    }[tried.moved.reading]
    return (
        f"Next door there were {_said(tried, 'buffer_before', 'n')} before and {_said(tried, 'buffer_after', 'n')} "
        f"after: {words} (displacement quotient {_said(tried, 'quotient', 'n2')}, between "
        f"{_said(tried, 'quotient_low', 'n2')} and {_said(tried, 'quotient_high', 'n2')}; above nought is benefit that "
        "spread, below minus one is more moved than gained)."
    )


def _prevented(brief: Brief, tried: Tried) -> str:
    """How many fewer there were, moved ones counted, and what each cost; only where the difference stands."""
    if tried.prevented is None or verdict(brief, tried) != "fell":
        return ""
    with_buffer = ", those next door counted," if BUFFER in tried.sites else ""
    text = (
        f"Net of the control{with_buffer} there were {_said(tried, 'prevented', 'n')} fewer (between "
        f"{_said(tried, 'prevented_low', 'n')} and {_said(tried, 'prevented_high', 'n')})."
    )
    cost = tried.said.get("cost")
    if not isinstance(cost, int | float):
        return text + " What it cost was not supplied."
    if tried.prevented.high < 0:
        return (
            f"{text} It cost {_said(tried, 'cost', 'money')}, which is {_said(tried, 'each', 'money')} for each that "
            "did not happen, were it the cause."
        )
    return f"{text} It cost {_said(tried, 'cost', 'money')}; the range is too wide to say what each cost."


def _course(brief: Brief, tried: Tried) -> str:
    """What the whole run of months says, trend and season allowed for."""
    if tried.course is None:
        return "There are too few months or crimes on one side to follow its course month by month."
    c = tried.course
    beside = ", the control beside it" if c.with_control else ""
    text = (
        f"Followed month by month over {c.months[0]} months before and {c.months[1]} after, with trend and season "
        f"allowed for{beside}, the level after is {_said(tried, 'course', 'ratio_change')} (between "
        f"{_said(tried, 'course_low', 'ratio_change')} and {_said(tried, 'course_high', 'ratio_change')})"
    )
    same = (c.ratio < 1) == (tried.ratio is not None and tried.ratio.ratio < 1)
    if brief.stands(tried.tests[1]):
        return f"{text}, which {'says the same' if same else 'points the other way'}."
    if c.p <= ALONE:
        return f"{text}. That points {'the same' if same else 'the other'} way, but by itself would not stand."
    return f"{text}, which is within what chance would give; a trend fitted to few months is a guess."


def _limits(tried: Tried) -> list[str]:
    said = ["Anything else that began there in the same months would look the same."]
    if tried.change is None:
        said.append("No control area was named, so what happened everywhere cannot be told from what it did.")
    elif tried.placebo is None:
        said.append("The months do not reach back far enough to check that it and its control had moved alike before.")
    elif _unlike(tried):
        said.append("It and its control did not move alike in the time before, so the control is a doubtful measure.")
    else:
        said.append("In the time before, it and its control moved alike, as far as can be told.")
    if tried.worst:
        said.append(tried.worst)
    return said


def _finding(brief: Brief, tried: Tried) -> Finding | None:
    """A finding for what was measured; its certainty says how far it goes."""
    topic = topics().get(str(tried.said.get("topic", "")))
    said = verdict(brief, tried)
    if topic is None or tried.ratio is None:
        return None
    title = {
        "fell": f"{topic.title} fell where “{title_of(tried)}” was done, by more than in its control",
        "rose": f"{topic.title} rose where “{title_of(tried)}” was done, by more than in its control",
        "fell-alone": f"{topic.title} fell where “{title_of(tried)}” was done, with no control to compare",
        "rose-alone": f"{topic.title} rose where “{title_of(tried)}” was done, with no control to compare",
        "perhaps": f"“{title_of(tried)}” may have made a difference to {topic.subject}",
        "unclear": f"No difference is shown where “{title_of(tried)}” was done",
    }[said]
    name = title_of(tried)
    asked = f"Keep “{name}” going, and try it where the problem is alike."
    if said != "fell":
        asked = f"Decide whether to go on with “{name}”, and agree beforehand what would show that it works."
    below = abs(1 - tried.ratio.ratio)
    made = finding(
        brief,
        topic,
        f"tried-{tried.id}",
        title=title,
        statement=_sentence(brief, tried),
        so_what="It shows what the work came to, as far as counts can."
        if said == "fell"
        else "Money and effort go on with it, and the counts do not show what it comes to.",
        figures=[figure_id(tried)],
        harm=0.3,
        size=min(below, 1.0),
        change=min(below, 1.0) if said in ("fell", "rose") else 0.0,
        certainty=STANDS if said in ("fell", "rose") else SINGLE if said == "perhaps" else WEAK,
        public=f"There was less of this where we tried “{name}”: {topic.public}." if said == "fell" else "",
    )
    return replace(made, recommendation=asked)
