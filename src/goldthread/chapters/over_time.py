"""How everything has moved: what changed since the year before, how it went over the years, and month by month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.chapters import changes
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.draft import Draft, in_prose, said
from goldthread.chapters.measuring.lines import ASB, STREET, TOTAL, Lines, Moved
from goldthread.chapters.measuring.trend import NOT_EVENTS, Course, Courses
from goldthread.chapters.measuring.years import Years
from goldthread.chapters.model import Chapter, Chart, Column, Edition, Figure, Gap, Rows, Series, Table
from goldthread.chapters.words import listed, months, short_month
from goldthread.evidence.periods import Month, Period

ID = "changes"
TITLE = "How things have changed"
MEMBER_TOO = frozenset({Edition.ANALYST, Edition.MEMBER})
ALL = "changes.all"
PANDEMIC = Period(Month(2020, 3), Month(2021, 7))
MOST_NAMED = 8


def write(brief: Brief) -> Chapter:
    """What rose and fell among everything that came, the years side by side, and run charts month by month."""
    lines = [v for v in brief.found(Lines).by_id.values() if v.feed.name not in NOT_EVENTS]
    if not lines:
        return _missing()
    draft = Draft(brief, ID, TITLE)
    _since_last_year(draft, lines)
    _years(draft, lines)
    _by_month(draft, lines)
    _refused(draft)
    draft.bear_in_mind("many-tests")
    if any(month in PANDEMIC for month in brief.span):
        draft.bear_in_mind("pandemic-months")
    return draft.chapter()


def _missing() -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="Nothing that is counted month by month was supplied, so no change can be given.",
        gaps=(
            Gap(
                "Whether anything rose or fell",
                "Priorities follow from what is changing as well as from what there is.",
                "Partnership analyst",
            ),
        ),
    )


def _since_last_year(draft: Draft, lines: Sequence[Line]) -> None:
    """Which lines of any partner rose or fell, more than chance would give."""
    brief = draft.brief
    moved = brief.found(Lines).moved
    compared = _once([line for line in lines if line.id in moved])
    draft.head("Since the year before")
    if not compared:
        draft.say(f"Nothing was supplied for {draft.a_year_before}, so no change from that year can be given.")
        return
    verdicts = {line.id: changes.verdict(brief, moved[line.id]) for line in compared}
    rose, fell, perhaps = ([v for v in compared if verdicts[v.id] == w] for w in ("rise", "fall", "perhaps"))
    figure = draft.figure(_tally(brief, compared, rose, fell, perhaps))
    draft.say(
        f"{said(figure, 'compared', 'n')} counts of police and partners came for both years. Of these "
        f"{_some(figure, 'rose')} rose and {_some(figure, 'fell')} fell by more than chance would give, "
        f"when all {said(figure, 'tests', 'n')} tests of change in this assessment are corrected together, and "
        f"{_some(figure, 'perhaps')} more would count as changes if they stood alone and are to be watched. "
        "What the open data and the police’s own extract both count is taken once; others may still count the same "
        "events, so they are not to be added.",
        MEMBER_TOO,
    )
    for many, verb in ((rose, "Up"), (fell, "Down")):
        if many:
            draft.say(f"{verb}: {_named(draft, many)}.", MEMBER_TOO)
    shown = sorted([*rose, *fell, *perhaps], key=lambda v: -abs(moved[v.id].percent or 0))
    for line in shown:
        draft.figure(changes.figure(brief, line))
    if shown:
        draft.show(
            changes.table(
                brief, shown, name="changes.moved", title="What rose, fell or is to be watched, largest change first"
            )
        )


def _once(lines: Sequence[Line]) -> list[Line]:
    """The lines, without those of the police's own extract that police.uk counts by the same name."""
    street = {f"Police: {line.title}" for line in lines if line.feed.name == STREET}
    return [line for line in lines if line.title not in street]


def _some(figure: Figure, key: str) -> str:
    return said(figure, key, "word") if figure.answer[key] else "none"


def _named(draft: Draft, lines: Sequence[Line]) -> str:
    moved = draft.brief.found(Lines).moved
    most = sorted(lines, key=lambda v: -moved[v.id].after)[:MOST_NAMED]
    parts = []
    for line in most:
        figure = draft.figure(changes.figure(draft.brief, line))
        parts.append(f"{_plain(line)} ({said(figure, 'percent', 'change')})")
    more = len(lines) - len(most)
    if more:
        parts.append("others in the table below")
    return listed(parts)


def _plain(line: Line) -> str:
    """A line as a sentence goes on, with whose count it is when it is not police.uk's."""
    title = in_prose(line.title)
    if ":" in line.title or line.title[1:2].isupper():
        return title
    whose = line.feed.title.lower()
    return title if line.feed.name == STREET or whose.startswith(title) else f"{title} ({whose})"


def _tally(
    brief: Brief, compared: Sequence[Line], rose: Sequence[Line], fell: Sequence[Line], perhaps: Sequence[Line]
) -> Figure:
    return Figure(
        id=ALL,
        asks="How many of the counts that came for both years rose or fell by more than chance would give?",
        question="goldthread.analysis.significance.Family.settle",
        answer={
            "compared": len(compared),
            "rose": len(rose),
            "fell": len(fell),
            "perhaps": len(perhaps),
            "tests": brief.tests(standing=False)[0],
        },
        rows=Rows("counts", months=(str(brief.before.first), str(brief.period.last))),
        parameters={"period": str(brief.period), "before": str(brief.before), "level": 0.05},
        caveats=("many-tests",),
        source="All data sets that count events by month",
    )


def _years(draft: Draft, lines: Sequence[Line]) -> None:
    """The years side by side, with the trend and the change from the first of them."""
    brief, years = draft.brief, draft.brief.found(Years)
    street = [v for v in lines if v.feed.name == STREET] or list(lines)
    draft.head("Over the years")
    if len(years.periods) < 3:
        draft.say(
            "Fewer than three years came, so a trend over the years cannot be told from the change since the year "
            "before."
        )
        if len(years.periods) == 2:
            draft.show(_yearly(brief, years, street))
        return
    assert years.base is not None
    base = months(str(years.base.first), str(years.base.last))
    shown = [line for line in street if line.id in years.moved]
    for line in shown:
        draft.figure(_base_figure(line, years.moved[line.id], years.base, brief))
    told = [_since_base(draft, line, years.moved[line.id]) for line in shown if _stands(brief, years.moved[line.id])]
    if told:
        draft.say(
            f"Against {base}, the first year that came: {listed(told)}. Nothing else differs by more than chance."
        )
    else:
        draft.say(f"Against {base}, the first year that came, nothing differs by more than chance would give.")
    draft.show(_yearly(brief, years, street))


def _stands(brief: Brief, moved: Moved) -> bool:
    return moved.percent is not None and brief.stands(moved.test)


def _since_base(draft: Draft, line: Line, moved: Moved) -> str:
    figure = draft.figures[f"{line.id}.base"]
    return f"{_plain(line)} {said(figure, 'percent', 'moved')}"


def _base_figure(line: Line, moved: Moved, base: Period, brief: Brief) -> Figure:
    return Figure(
        id=f"{line.id}.base",
        asks=f"How does the count compare with that of the first year that came ({line.title.lower()})?",
        question="goldthread.analysis.change.against_base_year",
        answer={
            "before": moved.before,
            "after": moved.after,
            "percent": moved.percent,
            "low": moved.low,
            "high": moved.high,
            "p": moved.p,
        },
        rows=line.rows(Period(base.first, brief.period.last)),
        parameters={"base": str(base), "period": str(brief.period), "confidence": 0.95},
        protected=line.feed.protected,
        count_keys=("before", "after"),
        source=line.feed.title,
    )


def _yearly(brief: Brief, years: Years, lines: Sequence[Line]) -> Table:
    courses: Mapping[str, Course] = brief.found(Courses).by_line
    heads = [months(str(p.first), str(p.last)) for p in years.periods]
    heads = [h[-4:] if h.startswith("January to December") else h for h in heads]
    trends = any(c.trend_test for c in courses.values())
    rows = [(v.title, *years.totals[v.id], *(_trend(brief, courses.get(v.id)) if trends else ())) for v in lines]
    of_trend = (
        Column("trend", "Trend, a year", "percent", tuple(f"y{i}" for i in range(len(heads)))),
        Column("verdict", "What can be said of the trend"),
    )
    return Table(
        id="changes.years",
        title="Recorded in each year",
        columns=(
            Column("line", "Type"),
            *(Column(f"y{i}", head, "count") for i, head in enumerate(heads)),
            *(of_trend if trends else ()),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
        note="A year with a month missing is left blank. A trend needs three years without a missing month.",
        protected=any(line.feed.protected for line in lines),
        figures=tuple(changes.figure_id(line.id) for line in lines if line.id == TOTAL),
    )


def _trend(brief: Brief, course: Course | None) -> tuple[float | None, str]:
    """The trend of a line in per cent a year, and whether it stands."""
    if course is None or not course.trend_test or course.percent_per_year is None:
        return None, "–"
    if not brief.stands(course.trend_test):
        return course.percent_per_year, "None clear"
    return course.percent_per_year, "Rising" if course.percent_per_year > 0 else "Falling"


def _by_month(draft: Draft, lines: Sequence[Line]) -> None:
    """Small multiples of every type, season out; and the run charts of the two large totals."""
    courses = draft.brief.found(Courses).by_line
    street = [v for v in lines if v.feed.name == STREET and v.id in courses]
    if not street:
        return
    draft.head("Month by month")
    cut = [v for v in street if courses[v.id].cuts and v.id != TOTAL]
    outside = [v for v in street if courses[v.id].limits.outside]
    told = "No level changed within the months that came."
    if cut:
        whens = [f"{_plain(v)} ({short_month(str(courses[v.id].largest_cut))})" for v in cut]
        told = (
            f"With the season out, the level changed of {listed(whens)}. Of twenty series in which nothing changed, "
            "one would seem to."
        )
    draft.say(
        f"{told} "
        + (
            "Months outside the limits of usual variation are marked; with so many months a few are to be expected."
            if outside
            else "No month lies outside the limits of its usual variation."
        )
    )
    draft.show(_multiples(draft, [v for v in street if v.id != TOTAL], courses))
    for name in (TOTAL, "anti-social-behaviour"):
        line = next((v for v in street if v.id == name), None)
        if line is not None:
            draft.show(_run(draft, line, courses[name]))


def _multiples(draft: Draft, lines: Sequence[Line], courses: Mapping[str, Course]) -> Chart:
    for line in lines:
        draft.figure(changes.figure(draft.brief, line))
    least = min(len(courses[v.id].run) for v in lines)
    rising = [v for v in lines if changes.verdict(draft.brief, draft.brief.found(Lines).moved.get(v.id)) == "rise"]
    return Chart(
        id="changes.multiples",
        kind="multiples",
        title="Each type by month, with the season out",
        describes=(
            f"Each type on a scale of its own over {'the' if least == len(draft.brief.span) else 'at least'} "
            f"{least} months. "
            + (f"Up on the year before: {listed([_plain(v) for v in rising])}." if rising else "None is clearly up.")
        ),
        series=tuple(
            Series(v.title, tuple(str(m) for m in courses[v.id].run), tuple(float(n) for n in courses[v.id].adjusted))
            for v in lines
        ),
        y_title="A month of 30.4 days",
        source=lines[0].feed.title,
        figures=tuple(changes.figure_id(v.id) for v in lines),
        editions=MEMBER_TOO,
    )


def _run(draft: Draft, line: Line, course: Course) -> Chart:
    figure = draft.figure(changes.figure(draft.brief, line))
    months_ = tuple(str(m) for m in course.run)
    outside = [short_month(months_[i]) for i in course.limits.outside]
    told = f"Outside the limits: {listed(outside[-6:])}." if outside else "No month lies outside the limits."
    anew = (
        f" The limits are drawn anew from {listed([short_month(str(c)) for c in course.cuts])}." if course.cuts else ""
    )
    name = "Reports of anti-social behaviour" if line.title == ASB else line.title
    return Chart(
        id=f"changes.{line.id}.run",
        kind="run",
        title=f"{name} by month, with the season out and the limits of usual variation",
        describes=f"{told}{anew}",
        series=(
            Series("Season out", months_, tuple(float(v) for v in course.adjusted)),
            Series("As recorded", months_, tuple(float(v) for v in course.counts), role="compare"),
        ),
        y_title="A month of 30.4 days",
        source=line.feed.title,
        parameters={
            "centre": tuple(float(v) for v in course.limits.centre),
            "lower": tuple(float(v) for v in course.limits.lower),
            "upper": tuple(float(v) for v in course.limits.upper),
            "signals": course.limits.outside,
        },
        protected=line.feed.protected,
        figures=(figure.id,),
    )


def _refused(draft: Draft) -> None:
    """Why some lines have no trend: each reason once, with the data sets it holds for."""
    lines = draft.brief.found(Lines).by_id
    reasons: dict[str, dict[str, None]] = {}
    for name, reason in draft.brief.found(Courses).refused.items():
        reasons.setdefault(reason, {})[lines[name].feed.title] = None
    draft.not_said(
        "trends of some data sets", [f"{listed(list(feeds))}: {reason}" for reason, feeds in reasons.items()]
    )
