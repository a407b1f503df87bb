"""Numbers of partners' returns as figures and sentences: added up over the period, or read at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.shares import share_of
from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.measuring.returns import ALL, Added, Reading, Returns
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.words import months
from goldthread.evidence.feeds import feed_named


@dataclass(frozen=True)
class Number:
    """A number of a return as a figure, with what it was added up from."""

    figure: Figure
    added: Added

    @property
    def n(self) -> float:
        """The number itself."""
        return self.added.n


def added(page: Page, name: str, feed: str, measure: str, asks: str, breakdown: str = ALL) -> Number | None:
    """A return's number added up over the period, as a figure; None when no whole quarter of it came."""
    found = page.brief.found(Returns).sum_of(feed, measure, breakdown)
    if found is None:
        return None
    answer: dict[str, Answer] = {"n": found.n, "parts": found.parts}
    for key in ("d", "before", "matched", "percent", "low", "high", "p"):
        value = getattr(found, key)
        if value is not None:
            answer[key] = value
    figure = Figure(
        id=f"{page.id}.{name}",
        asks=asks,
        question="goldthread.chapters.measuring.returns.measure_returns",
        answer=answer,
        rows=_rows(feed, measure, breakdown, (str(page.brief.period.first), str(page.brief.period.last))),
        parameters={"period": str(page.brief.period), "before": str(page.brief.before)},
        protected=feed_named(feed).protected,
        count_keys=tuple(k for k in ("n", "before", "matched") if k in answer),
        source=feed_named(feed).title,
    )
    return Number(page.figure(figure), found)


def _rows(feed: str, measure: str, breakdown: str, between: tuple[str, str]) -> Rows:
    where = {"feed": feed} | ({"breakdown": breakdown} if breakdown else {})
    return Rows("measures", (measure,), between, where=where)


def verdict(brief: Brief, found: Added) -> str:
    """What can be said of a return's change, in the words that `changes.verdict` uses."""
    if found.before is None or found.matched is None:
        return "nothing"
    if found.percent is None or found.p is None:
        return "too-few"
    if found.matched == found.before:
        return "same"
    if found.test and brief.stands(found.test):
        return "rise" if found.percent > 0 else "fall"
    return "perhaps" if found.p <= ALONE else "unclear"


def change_sentence(page: Page, number: Number) -> str:
    """How a return's number compares with the same quarters a year before."""
    figure, found = number.figure, number.added
    told = verdict(page.brief, found)
    if told == "nothing":
        return "Nothing was supplied for the same quarters a year before, so no change can be given."
    was = said(figure, "before", "n")
    partly = ""
    if found.both < found.parts:
        partly = f" Only {found.both} of {found.parts} quarters came in both years, and only those are compared."
    if told == "too-few":
        return f"A year before there were {was}; numbers are too small to say whether that is a change.{partly}"
    if told == "same":
        return f"That is the same as a year before ({was}).{partly}"
    between = f"between {said(figure, 'low', 'pct')} and {said(figure, 'high', 'pct')}"
    change = said(figure, "percent", "change")
    if told == "unclear":
        return (
            f"That is {change} on a year before ({was}), which is within what chance and ordinary variation would give "
            f"({between}).{partly}"
        )
    if told == "perhaps":
        return (
            f"That is {change} on a year before ({was}; {between}). Taken alone it would count as a change, but among "
            f"all the tests in this assessment it does not stand, so it is to be watched.{partly}"
        )
    return (
        f"That is {said(figure, 'percent', 'rise')} on a year before ({was}), more than chance would give "
        f"({between}).{partly}"
    )


def part_of(
    page: Page,
    name: str,
    feed: str,
    measures: tuple[str, ...],
    asks: str,
    part: float,
    whole: float,
    *,
    when: tuple[str, str] | None = None,
    breakdown: str = ALL,
    more: Mapping[str, Answer] | None = None,
) -> Figure | None:
    """One number of a return as a share of another, with Wilson's interval; None when the whole is nothing."""
    if whole <= 0 or part > whole:
        return None
    found = share_of(part, whole)
    answer: dict[str, Answer] = {"part": part, "whole": whole, "rest": whole - part}
    ends = (("share", found.share), ("low", found.low), ("high", found.high))
    answer |= {k: None if np.isnan(float(v)) else float(v) for k, v in ends}
    between = when or (str(page.brief.period.first), str(page.brief.period.last))
    where = {"feed": feed} | ({"breakdown": breakdown} if breakdown else {})
    return page.figure(
        Figure(
            id=f"{page.id}.{name}",
            asks=asks,
            question="goldthread.analysis.shares.share_of",
            answer={**answer, **(more or {})},
            rows=Rows("measures", measures, between, where=where),
            parameters={"confidence": 0.95},
            protected=feed_named(feed).protected,
            count_keys=("part", "whole", "rest"),
            source=feed_named(feed).title,
        )
    )


def read(
    page: Page, name: str, feed: str, measure: str, asks: str, breakdown: str = ALL
) -> tuple[Figure, Reading] | None:
    """A number as it stood at the period's end, and twelve months before; None when none came."""
    returns = page.brief.found(Returns)
    now, was = returns.latest(feed, measure, breakdown), returns.year_earlier(feed, measure, breakdown)
    if now is None:
        return None
    answer: dict[str, Answer] = {"n": now.n, "ends": str(now.ends)}
    if was is not None:
        answer |= {"before": was.n}
        if was.n >= 20:
            answer["percent"] = 100 * (now.n / was.n - 1)
    figure = Figure(
        id=f"{page.id}.{name}",
        asks=asks,
        question="goldthread.chapters.measuring.returns.measure_returns",
        answer=answer,
        rows=_rows(feed, measure, breakdown, (str((was or now).starts), str(now.starts))),
        parameters={"at": months(str(now.starts), str(now.ends))},
        protected=feed_named(feed).protected,
        count_keys=tuple(k for k in ("n", "before") if k in answer),
        source=feed_named(feed).title,
    )
    return page.figure(figure), now


def readings_table(page: Page, name: str, title: str, feed: str, measures: Sequence[str], base: str) -> Table:
    """Numbers as they stood at the period's end, beside a year before, with the share that each is of one of them."""
    returns = page.brief.found(Returns)
    whole = returns.latest(feed, base)
    rows: list[tuple[Cell, ...]] = []
    for measure in measures:
        now, was = returns.latest(feed, measure), returns.year_earlier(feed, measure)
        if now is not None:
            part = whole is not None and measure != base and whole.n and whole.starts == now.starts
            share = 100 * now.n / whole.n if part and whole is not None else None
            rows.append((measure, was.n if was else None, now.n, share))
    return Table(
        id=f"{page.id}.{name}",
        title=title,
        columns=(
            Column("measure", "Who"),
            Column("before", "Year before", "count"),
            Column("now", "Now", "count"),
            Column("share", f"Share of {base[0].lower()}{base[1:]}", "percent", ("now",)),
        ),
        rows=tuple(rows),
        source=feed_named(feed).title,
        note="Groups overlap and do not add up.",
        protected=feed_named(feed).protected,
    )


def beside(figure: Figure) -> str:
    """What a number that was read off was a year before, in brackets; nothing when that did not come."""
    if "percent" in figure.answer:
        return f" ({said(figure, 'before', 'n')} a year before, {said(figure, 'percent', 'change')})"
    if "before" in figure.answer:
        return f" ({said(figure, 'before', 'n')} a year before)"
    return ""
