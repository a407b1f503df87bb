"""The tables and charts of what residents said: bases beside shares, intervals beside both."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Literal

from goldthread.analysis.surveys import Share
from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.measuring.survey import FEED, Answered, Group, Survey
from goldthread.chapters.model import EXECUTIVE, MEMBER, Chart, Column, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import listed, number, percent
from goldthread.evidence.feeds import feed_named

BASES = "A share of fewer than 30 answers is not given. Bases are unweighted; shares are weighted."


def figure_id(one: Answered) -> str:
    """The id of the figure that holds a share."""
    return f"residents.{one.id}"


def source(survey: Survey) -> str:
    """Where the shares come from, with the waves."""
    waves = listed([w for w in (survey.earlier, survey.wave) if w])
    return f"{feed_named(FEED).title}, {waves}"


def _percent(value: float) -> float | None:
    return None if isnan(value) else 100 * value


def _range(share: Share) -> str:
    return "–" if share.suppressed else f"{number(100 * share.low)} to {percent(100 * share.high)}"


def _verdict(brief: Brief, one: Answered) -> str:
    """What can be said of a change between waves."""
    if one.moved is None:
        return "–"
    if isnan(one.moved.p):
        return "Too few to tell"
    if brief.stands(one.test):
        return "More" if one.moved.points > 0 else "Fewer"
    return "Watch: perhaps a change" if one.moved.p <= ALONE else "No clear change"


def _changes(brief: Brief, survey: Survey, some: Sequence[Answered], name: str, title: str, first: str) -> Table:
    """A row a question: base, share, interval, the wave before, and what can be said."""
    rows: list[tuple[Cell, ...]] = []
    for one in some:
        before = _percent(one.before.value) if one.before else None
        points = one.moved.points if one.moved and not isnan(one.moved.points) else None
        rows.append(
            (
                one.label[0].upper() + one.label[1:],
                one.now.base,
                _percent(one.now.value),
                _range(one.now),
                before,
                None if points is None else f"{'+' if points > 0 else ''}{number(points, 1)}",
                _verdict(brief, one),
            )
        )
    return Table(
        id=f"residents.{name}",
        title=title,
        columns=(
            Column("label", first),
            Column("base", "Answered", "count"),
            Column("share", f"Share {survey.wave}", "percent", ("base",)),
            Column("range", "Likely range", "text", ("base",)),
            Column("before", f"Share {survey.earlier}" if survey.earlier else "Before", "percent", ("base",)),
            Column("points", "Difference, in points", "text", ("base",)),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=source(survey),
        note=BASES,
        protected=True,
        figures=tuple(figure_id(one) for one in some),
    )


def opinions_table(brief: Brief, survey: Survey) -> Table:
    """Victims, reporting, and confidence in the police and council."""
    some = [*survey.safety, *survey.opinions]
    return _changes(brief, survey, some, "opinions", "Residents who …", "Residents who")


def problems_table(brief: Brief, survey: Survey) -> Table:
    """Every problem that was asked about, the largest share first."""
    return _changes(brief, survey, survey.problems, "problems", "Called a very big or fairly big problem", "Problem")


def wanted_first(survey: Survey) -> Table:
    """Residents' priorities as their own list, in order."""
    rows: list[tuple[Cell, ...]] = [
        (
            at,
            one.label,
            _percent(one.now.value),
            _range(one.now),
            _percent(one.before.value) if one.before else None,
            one.now.base,
        )
        for at, one in enumerate(survey.first, 1)
    ]
    return Table(
        id="residents.first",
        title="What residents want to be dealt with first",
        columns=(
            Column("at", "Place", "number"),
            Column("label", "Matter"),
            Column("share", f"Chose it, {survey.wave}", "percent", ("base",)),
            Column("range", "Likely range", "text", ("base",)),
            Column("before", f"Chose it, {survey.earlier}" if survey.earlier else "Before", "percent", ("base",)),
            Column("base", "Answered", "count"),
        ),
        rows=tuple(rows),
        source=source(survey),
        note="Places whose ranges overlap may be in either order.",
        protected=True,
        figures=tuple(figure_id(one) for one in survey.first),
        editions=MEMBER,
    )


def _series(
    name: str, labels: Sequence[str], shares: Sequence[Share | None], role: Literal["main", "compare"] = "main"
) -> Series:
    def part(key: str) -> tuple[float | None, ...]:
        return tuple(None if s is None else _percent(getattr(s, key)) for s in shares)

    return Series(name, tuple(labels), part("value"), part("low"), part("high"), role)


def safety_chart(survey: Survey) -> Chart:
    """By day and after dark side by side, wave beside wave."""
    labels = [{"after-dark": "After dark", "by-day": "By day"}.get(s.id, s.label) for s in survey.safety]
    series = [_series(survey.wave, labels, [s.now for s in survey.safety])]
    if survey.earlier:
        series.append(_series(survey.earlier, labels, [s.before for s in survey.safety], "compare"))
    said = [f"{percent(100 * s.now.value)} {s.label}" for s in survey.safety if not s.now.suppressed]
    return Chart(
        id="residents.safety",
        kind="bars",
        title="Residents who feel safe outside, after dark and by day",
        describes=f"In {survey.wave} {listed(said) if said else 'too few answered to say'}.",
        series=tuple(series),
        source=source(survey),
        y_title="Per cent",
        protected=True,
        figures=tuple(figure_id(s) for s in survey.safety),
        editions=EXECUTIVE | MEMBER,
    )


def problems_chart(survey: Survey) -> Chart:
    """The problems that most residents name, at most ten."""
    some = [p for p in survey.problems if not p.now.suppressed][:10]
    last = f" to {some[-1].label.lower()} ({percent(100 * some[-1].now.value)})" if len(some) > 1 else ""
    said = f"From {some[0].label.lower()} ({percent(100 * some[0].now.value)}){last}." if some else "Too few answered."
    return Chart(
        id="residents.problems-chart",
        kind="bars",
        title="What residents call a very big or fairly big problem",
        describes=said,
        series=(_series(survey.wave, [p.label for p in some], [p.now for p in some]),),
        source=source(survey),
        y_title="Per cent",
        protected=True,
        figures=tuple(figure_id(p) for p in some),
    )


def groups_chart(survey: Survey, given: Sequence[Group]) -> Chart:
    """Safe after dark by age, sex and ward, with everybody's share as the line."""
    dark = next((s for s in survey.safety if s.id == "after-dark"), survey.safety[0])
    labels = [f"{g.by} {g.name}" if g.by == "Age" else g.name for g in given]
    ordered = sorted(given, key=lambda g: g.share.value)
    least, most = (f"{percent(100 * g.share.value)} ({g.name})" for g in (ordered[0], ordered[-1]))
    return Chart(
        id="residents.groups-chart",
        kind="dots",
        title="Who feels safe outside after dark, with likely ranges",
        describes=f"From {least} to {most}, beside {percent(100 * dark.now.value)} of all.",
        series=(_series(survey.wave, labels, [g.share for g in given]),),
        source=source(survey),
        y_title="Per cent",
        parameters={"reference": 100 * dark.now.value, "reference_label": "All"},
        protected=True,
        figures=(figure_id(dark),),
    )


def groups_table(survey: Survey, given: Sequence[Group]) -> Table:
    """The same with bases."""
    dark = next((s for s in survey.safety if s.id == "after-dark"), survey.safety[0])
    return Table(
        id="residents.groups",
        title="Residents who feel safe outside after dark, by age, sex and ward",
        columns=(
            Column("by", "By"),
            Column("name", "Group"),
            Column("base", "Answered", "count"),
            Column("share", "Feel safe", "percent", ("base",)),
            Column("range", "Likely range", "text", ("base",)),
        ),
        rows=tuple((g.by, g.name, g.share.base, _percent(g.share.value), _range(g.share)) for g in given),
        source=source(survey),
        note=BASES,
        protected=True,
        figures=(figure_id(dark),),
    )
