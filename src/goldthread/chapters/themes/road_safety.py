"""Road safety: collisions in which somebody was hurt, and how badly."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.selecting import clause
from goldthread.chapters.measuring.theme_lines import ROADS
from goldthread.chapters.model import MEMBER, Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import flag_came, flagged, share, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.words import months
from goldthread.evidence.periods import Period

ID = "road-safety"
TITLE = "Road safety"
LINE = "road-collisions.ksi"
SEVERITIES = ("Road collisions: Fatal", "Road collisions: Serious", "Road collisions: Slight")
YEARS = 3


def write(brief: Brief) -> Chapter:
    """Collisions in which someone was killed or badly hurt, over three years because they are few."""
    page = Page(brief, ID, TITLE, "road-safety", (ROADS,))
    line = page.line(LINE)
    if line is None:
        return page.missing()
    figure = page.headline(
        "recorded",
        line,
        f"Someone was killed or seriously injured in %s collisions recorded by the police in {page.when}.",
    )
    page.compared("recorded", page.series(ROADS, *SEVERITIES[:2]), "severity", "Serious collisions by severity", line)
    page.compared("recorded", page.series(ROADS, SEVERITIES[2]), "slight", "Collisions with slight injury")
    several = _three_years(page, line)
    if several is not None:
        page.say(
            "recorded",
            f"Over the {said(several, 'years', 'word')} years to {said(several, 'ends', 'month')} there were "
            f"{said(several, 'n', 'n')}, or {said(several, 'each', 'n1')} a year, of which "
            f"{said(several, 'fatal', 'n')} were fatal. A collision is not a casualty: one may hurt several people.",
            MEMBER,
        )
    child = _children(page, line)
    nights = at_night(page, "who", line, "these collisions")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "these collisions"))
    wards = by_ward(page, "who", line, "these collisions")
    _finding(page, line, figure, [f for f in (several, child, wards) if f is not None])
    if _crossed(page):
        page.bear_in_mind("recording-change")
    return page.chapter(
        "Much of the death and serious injury on the roads has known places and known remedies, and several of the "
        "partners hold them."
    )


def _finding(page: Page, line: Line, figure: Figure, others: list[Figure]) -> None:
    several = next((f for f in others if f.id.endswith(".three-years")), None)
    wards = next((f for f in others if f.id.endswith(".wards")), None)
    statement = (
        f"Someone was killed or seriously injured in {said(figure, 'after', 'n')} collisions. {page.change(line)}"
    )
    if several is not None:
        statement += f" Over {said(several, 'years', 'word')} years it is {said(several, 'each', 'n1')} a year."
    page.find(
        "killed-or-seriously-injured",
        title=page.titled(line, "collisions in which someone was killed or seriously injured"),
        statement=statement,
        so_what="Numbers are small for one area, so the places and causes of three years say more than the change of "
        "one.",
        figures=[figure, *others],
        n=total(line, page.brief),
        harm=0.7,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"People were killed or badly hurt in {said(figure, 'after', 'n')} road crashes. Slow down near schools "
        "and homes.",
    )


def _crossed(page: Page) -> bool:
    """Whether the partnership said that the recording of collisions changed between the two periods."""
    spans = (page.brief.before.first, page.brief.period.last)
    return any(
        change.get("feed") == ROADS and str(spans[0]) < str(change.get("month", ""))[:7] <= str(spans[1])
        for change in page.brief.context.recording_changes
    )


def _three_years(page: Page, line: Line) -> Figure | None:
    """The last three years to the end of the period, or as many whole months of them as came."""
    last = page.brief.period.last
    span = Period(last + (1 - 12 * YEARS), last)
    counts = line.over(span)
    came = int((~np.isnan(counts)).sum())
    if came <= 12:
        return None
    condition, values = clause(SEVERITIES[:1], {})
    [(fatal,)] = page.brief.evidence.rows(
        f"SELECT count(*) FROM incidents WHERE feed = ? AND month BETWEEN ? AND ? AND {condition}",
        [ROADS, span.first.first_day, span.last.first_day, *values],
    )
    first = next(month for month, n in zip(span, counts, strict=True) if not np.isnan(n))
    n = float(np.nansum(counts))
    return page.figure(
        Figure(
            id=f"{page.id}.three-years",
            asks="How many collisions in three years killed or seriously injured someone?",
            question="goldthread.chapters.themes.road_safety.write",
            answer={
                "n": n,
                "fatal": int(fatal),
                "years": came / 12,
                "each": n / (came / 12),
                "ends": str(last),
                "when": months(str(first), str(last)),
            },
            rows=line.rows(Period(first, last)),
            protected=line.feed.protected,
            count_keys=("n", "fatal"),
            source=line.feed.title,
        )
    )


def _children(page: Page, line: Line) -> Figure | None:
    if not flag_came(page.brief, ROADS, "child"):
        return None
    count = flagged(page.brief, line, "child")["child"]
    asks = "In what share of these collisions was a child among those hurt?"
    figure = share(page, line, "child", asks, count, total(line, page.brief), {"flag": "child"})
    page.say(
        "who",
        f"A child was among those hurt in {said(figure, 'part', 'n')} ({said(figure, 'share', 'share')}) of them.",
    )
    return figure
