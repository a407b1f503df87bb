"""Reoffending: who is proved to offend again, and people on probation."""

from __future__ import annotations

from goldthread.analysis.shares import share_of
from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.findings import ALONE as SINGLE
from goldthread.chapters.findings import COUNTED, STANDS
from goldthread.chapters.measuring.returns import (
    ALL,
    PROBATION,
    REOFFENCES,
    REOFFENDERS,
    REOFFENDING,
    Reading,
    Returns,
    ShareMoved,
    own_places,
)
from goldthread.chapters.model import MEMBER, Chapter, Column, Figure, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.returned import beside, part_of, read, readings_table
from goldthread.chapters.words import months
from goldthread.evidence.feeds import feed_named

ID = "reoffending"
TITLE = "Reoffending"
CASELOAD = "People on probation"
NEEDS = (
    "People on probation at high risk of serious harm",
    "People on probation aged 18 to 25",
    "Women on probation",
    "People on probation with a housing need",
    "People on probation with an employment need",
    "People on probation with a drug need",
    "People on probation with an alcohol need",
    "People in integrated offender management",
)
ADULT_WORDS = ("adult", "adults", "")


def write(brief: Brief) -> Chapter:
    """The share of a cohort proved to offend again and how often, with its lag, and the needs of those on probation."""
    page = Page(brief, ID, TITLE, "reoffending", (REOFFENDING, PROBATION))
    if not page.has(*page.uses):
        return page.missing()
    if page.has(REOFFENDING):
        _proven(page)
        page.bear_in_mind("reoffending-lag")
    if page.has(PROBATION):
        _probation(page)
    return page.chapter(
        "Reducing reoffending is a duty of the partnership. The share who reoffend is two years old when it comes, so "
        "work is steered by what people on probation need now: somewhere to live, work, and treatment."
    )


def _proven(page: Page) -> None:
    returns = page.brief.found(Returns)
    page.show("recorded", _cohorts(page))
    for group in returns.breakdowns(REOFFENDING, REOFFENDERS):
        if group == ALL and len(returns.breakdowns(REOFFENDING, REOFFENDERS)) > 1:
            continue
        figure = _share(page, group)
        if figure is None:
            continue
        page.say("recorded", _sentence(page, figure, group), MEMBER)
        others = _others(page, group)
        if others is not None:
            page.say("recorded", _others_sentence(figure, others))
        if group.casefold() in ADULT_WORDS:
            _finding(page, figure, group, others)


def _ended(page: Page, group: str) -> list[Reading]:
    """The cohorts that had ended by the end of the period, oldest first."""
    found = page.brief.found(Returns).of(REOFFENDING, REOFFENDERS, group)
    return [r for r in found if r.d and r.ends <= page.brief.period.last]


def _share(page: Page, group: str) -> Figure | None:
    returns = page.brief.found(Returns)
    series = _ended(page, group)
    if not series:
        return None
    now = max(series, key=lambda r: r.starts)
    again = next((r for r in returns.of(REOFFENDING, REOFFENCES, group) if r.starts == now.starts), None)
    more: dict[str, Answer] = {"cohort": months(str(now.starts), str(now.ends))}
    if again is not None and now.n:
        more |= {"reoffences": again.n, "each": again.n / now.n}
    moved = returns.shares.get((REOFFENDING, REOFFENDERS, group))
    if moved is not None and moved.before.d:
        more |= {
            "share_before": moved.before.n / moved.before.d,
            "points": moved.points,
            "points_low": moved.low,
            "points_high": moved.high,
            "p": moved.p,
        }
    asks = f"What share of the newest cohort were proved to have reoffended within a year ({group or 'all'})?"
    return part_of(
        page,
        f"proven-{group.casefold() or 'all'}",
        REOFFENDING,
        (REOFFENDERS,),
        asks,
        now.n,
        now.d or 0.0,
        when=(str(now.starts), str(now.starts)),
        breakdown=group,
        more=more,
    )


def _sentence(page: Page, figure: Figure, group: str) -> str:
    who = {"adult": "adults", "juvenile": "children"}.get(group.casefold(), group.casefold() or "people")
    told = (
        f"Of {said(figure, 'whole', 'n')} {who} in the cohort of {said(figure, 'cohort', 'text')}, "
        f"{said(figure, 'part', 'n')} ({said(figure, 'share', 'share1')}) were proved to have reoffended within a year"
    )
    told += f", {said(figure, 'each', 'n1')} times each on average." if "each" in figure.answer else "."
    return f"{told} {_change(page, figure, group)}"


def _verdict(page: Page, moved: ShareMoved | None) -> str:
    if moved is None:
        return "nothing"
    if page.brief.stands(moved.test):
        return "rise" if moved.points > 0 else "fall"
    return "perhaps" if moved.p <= ALONE else "unclear"


def _change(page: Page, figure: Figure, group: str) -> str:
    moved = page.brief.found(Returns).shares.get((REOFFENDING, REOFFENDERS, group))
    told = _verdict(page, moved)
    if told == "nothing":
        return "No earlier cohort was supplied, so no change can be given."
    points = f"{said(figure, 'points_low', 'signed1')} to {said(figure, 'points_high', 'signed1')} points"
    before = said(figure, "share_before", "share1")
    if told == "unclear":
        return (
            f"In the cohort before it was {before}; the difference ({said(figure, 'points', 'signed1')} points, likely "
            f"range {points}) is within chance."
        )
    if told == "perhaps":
        return (
            f"In the cohort before it was {before}; the difference ({said(figure, 'points', 'signed1')} points, likely "
            f"range {points}) would count as a change taken alone, but does not stand among all the tests in this "
            "assessment, so it is to be watched."
        )
    way = "higher" if told == "rise" else "lower"
    return (
        f"That is {said(figure, 'points', 'points')} {way} than in the cohort before ({before}), more than chance "
        f"would give (likely range {points})."
    )


def _others(page: Page, group: str) -> Figure | None:
    """The same share in the other areas of the same table, all together."""
    now, own = max(_ended(page, group), key=lambda r: r.starts), own_places(page.brief)
    [(n, d, areas)] = page.brief.evidence.rows(
        "SELECT sum(n), sum(d), count(DISTINCT place) FROM measures WHERE feed = ? AND measure = ? AND starts = ? AND "
        f"d > 0 AND coalesce(breakdown, '') = ? AND lower(place) NOT IN ({', '.join('?' for _ in own)})",
        [REOFFENDING, REOFFENDERS, now.starts.first_day, group, *own],
    )
    if not areas:
        return None
    asks = f"What share reoffended in the other areas of the same table ({group or 'all'})?"
    when = (str(now.starts), str(now.starts))
    return part_of(
        page,
        f"others-{group.casefold() or 'all'}",
        REOFFENDING,
        (REOFFENDERS,),
        asks,
        float(n),
        float(d),
        when=when,
        breakdown=group,
        more={"areas": int(areas)},
    )


def _others_sentence(figure: Figure, others: Figure) -> str:
    mine, theirs = (float(f.answer["share"] or 0) for f in (figure, others))
    low, high = float(figure.answer["low"] or 0), float(figure.answer["high"] or 1)
    where = (
        f"In the other {said(others, 'areas', 'count|area|areas')} of the same table it was "
        f"{said(others, 'share', 'share1')}"
    )
    if low <= theirs <= high:
        return (
            f"{where}, which is within the likely range here ({said(figure, 'low', 'share1')} to "
            f"{said(figure, 'high', 'share1')})."
        )
    way = "higher" if mine > theirs else "lower"
    return f"{where}, so it is {way} here; who is in the cohort differs from area to area, and is not allowed for."


def _finding(page: Page, figure: Figure, group: str, others: Figure | None) -> None:
    told = _verdict(page, page.brief.found(Returns).shares.get((REOFFENDING, REOFFENDERS, group)))
    change = {
        "rise": "rose in the newest cohort",
        "fall": "fell in the newest cohort",
        "perhaps": "may have changed in the newest cohort",
        "nothing": "was supplied for one cohort only",
    }.get(told, "did not clearly change")
    page.find(
        "proven",
        title=f"The share of adults proved to reoffend {change}",
        statement=_sentence(page, figure, group)
        + (f" {_others_sentence(figure, others)}" if others is not None else ""),
        so_what="What helps people to stop (a home, work, treatment) is held by several partners, so no one of them "
        "can bring this down alone.",
        figures=[f for f in (figure, others) if f is not None],
        n=float(figure.answer["part"] or 0),
        harm=0.65,
        states=("rising",) if told == "rise" else (),
        certainty={"rise": STANDS, "fall": STANDS, "perhaps": SINGLE}.get(told, COUNTED),
        public="Some people commit crime again and again. A home, a job and help with drugs make that less likely.",
    )


def _cohorts(page: Page) -> Table:
    returns = page.brief.found(Returns)
    rows: list[tuple[Cell, ...]] = []
    for group in returns.breakdowns(REOFFENDING, REOFFENDERS):
        again = {r.starts: r.n for r in returns.of(REOFFENDING, REOFFENCES, group)}
        for r in _ended(page, group):
            each = again[r.starts] / r.n if r.starts in again and r.n else None
            share = float(share_of(r.n, r.d or 0.0).share)
            rows.append((group or "All", months(str(r.starts), str(r.ends)), r.d, r.n, 100 * share, each))
    return Table(
        id=f"{page.id}.cohorts",
        title="Proven reoffending by cohort",
        columns=(
            Column("group", "Group"),
            Column("cohort", "Cohort"),
            Column("offenders", "In the cohort", "count"),
            Column("reoffenders", "Reoffended", "count"),
            Column("share", "Share", "percent", ("reoffenders", "offenders")),
            Column("each", "Reoffences each", "ratio", ("reoffenders",)),
        ),
        rows=tuple(rows),
        source=feed_named(REOFFENDING).title,
        protected=feed_named(REOFFENDING).protected,
    )


def _probation(page: Page) -> None:
    found = read(page, "probation", PROBATION, CASELOAD, "How many people are on probation?")
    if found is None:
        return
    figure, now = found
    page.say(
        "partners",
        f"{said(figure, 'n', 'n')} people were on probation at the end of "
        f"{said(figure, 'ends', 'month')}{beside(figure)}. How long people serve and when they are released moves "
        "this number more than crime does.",
        MEMBER,
    )
    page.show(
        "partners",
        readings_table(
            page, "needs", "People on probation, and what they need", PROBATION, (CASELOAD, *NEEDS), CASELOAD
        ),
    )
    figures = _needs(page, now)
    if not figures:
        return
    told = "; ".join(f"{said(one, 'share', 'share')} had {said(one, 'need', 'text')}" for one in figures)
    page.say("partners", f"Of them, {told}. One person may have several needs, and not all have been assessed.")
    most = max(figures, key=lambda f: float(f.answer["share"] or 0))
    page.find(
        "needs",
        title=f"{said(most, 'share', 'share')} of people on probation have {said(most, 'need', 'text')}",
        statement=f"{said(figure, 'n', 'n')} people were on probation{beside(figure)}. Of them, {told}.",
        so_what="Each of these needs is held by another partner, so probation alone cannot meet them.",
        figures=[figure, *figures],
        n=now.n,
        harm=0.6,
        states=("high",),
    )


def _needs(page: Page, now: Reading) -> list[Figure]:
    """The share of people on probation with each need, at the same time as the caseload."""
    returns, figures = page.brief.found(Returns), []
    for measure in NEEDS[3:7]:
        part = returns.latest(PROBATION, measure)
        if part is None or part.starts != now.starts:
            continue
        need = measure.removeprefix("People on probation with ")
        asks = f"What share of people on probation had {need}?"
        when = (str(now.starts), str(now.starts))
        one = part_of(
            page,
            f"need-{need.split()[1]}",
            PROBATION,
            (measure, CASELOAD),
            asks,
            part.n,
            now.n,
            when=when,
            more={"need": need},
        )
        if one is not None:
            figures.append(one)
    return figures
