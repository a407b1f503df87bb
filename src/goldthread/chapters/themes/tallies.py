"""The rows of a line counted by any one column, and shares of them as figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from goldthread.analysis.shares import share_of
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.measuring.theme_lines import ThemeLines
from goldthread.chapters.model import Column, Figure, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.themes.form import Page, Section, said

NOT_KNOWN = "Not known"
UNKNOWN = (None, "", NOT_KNOWN, "Not stated", "Unknown")


def tally(brief: Brief, line: Line, by: str) -> dict[str, int]:
    """How many of a line's rows in the period have each value of a column, most first; blank is “Not known”, last."""
    condition, values = rows_of(line, brief.period)
    rows = brief.evidence.rows(f"SELECT {by}, count(*) FROM incidents WHERE {condition} GROUP BY 1", values)
    found: dict[str, int] = {}
    for value, n in rows:
        name = NOT_KNOWN if value in UNKNOWN else str(value)
        found[name] = found.get(name, 0) + int(n)
    return dict(sorted(found.items(), key=lambda one: (one[0] == NOT_KNOWN, -one[1], one[0])))


def flagged(brief: Brief, line: Line, *flags: str) -> dict[str, int]:
    """How many of a line's rows in the period carry each of these flags; a flag that is not set is not there."""
    condition, values = rows_of(line, brief.period)
    counted = ", ".join("count(*) FILTER (WHERE list_contains(string_split(flags, ','), ?))" for _ in flags)
    [row] = brief.evidence.rows(f"SELECT {counted} FROM incidents WHERE {condition}", [*flags, *values])
    return dict(zip(flags, (int(n) for n in row), strict=True))


def flag_came(brief: Brief, feed: str, flag: str) -> bool:
    """Whether any row of a feed carries a flag; where none does, the column most likely did not come."""
    return flag in brief.found(ThemeLines).flags.get(feed, frozenset())


def known(counts: Mapping[str, int]) -> dict[str, int]:
    """A tally without what is not known."""
    return {name: n for name, n in counts.items() if name != NOT_KNOWN}


def total(line: Line, brief: Brief) -> float:
    """How many rows a line has in the period."""
    return float(np.nansum(line.over(brief.period)))


def share(
    page: Page,
    line: Line,
    name: str,
    asks: str,
    part: float,
    whole: float,
    where: Mapping[str, str] | None = None,
    words: Mapping[str, str] | None = None,
) -> Figure:
    """
    A share of a line's rows, put into the chapter as a figure: both counts, the rest, and Wilson's interval.

    `where` narrows the line's rows to those of the part, for the thread; `words`
    are answers in words that the sentence needs, such as which part it is.
    """
    found = share_of(part, whole)
    ends = {k: float(v) for k, v in (("share", found.share), ("low", found.low), ("high", found.high))}
    answer: dict[str, Answer] = {**(words or {}), "part": part, "whole": whole, "rest": whole - part}
    answer |= {k: None if np.isnan(v) else v for k, v in ends.items()}
    rows = line.rows(page.brief.period)
    return page.figure(
        Figure(
            id=f"{page.id}.{name}",
            asks=asks,
            question="goldthread.analysis.shares.share_of",
            answer=answer,
            rows=replace(rows, where={**rows.where, **(where or {})}),
            parameters={"period": str(page.brief.period), "confidence": 0.95},
            protected=line.feed.protected,
            count_keys=("part", "whole", "rest"),
            source=line.feed.title,
        )
    )


def ended(page: Page, section: Section, line: Line, what: str) -> Figure | None:
    """
    This will say how many crimes were closed because the victim did not support action, and how many charged.

    Shares are of crimes with an outcome; a crime without one is most likely still open.
    """
    outcomes = tally(page.brief, line, "outcome")
    decided = known(outcomes)
    whole = sum(decided.values())
    if not whole:
        return None
    alone = sum(n for words, n in decided.items() if "not support" in words.casefold())
    charged = sum(n for words, n in decided.items() if "charged" in words.casefold())
    asks = f"What share of {what} with an outcome were closed because the victim did not support action?"
    figure = share(page, line, f"{line.id}.not-supported", asks, alone, whole)
    asks = f"What share of {what} with an outcome led to a charge or summons?"
    brought = share(page, line, f"{line.id}.charged", asks, charged, whole)
    page.say(
        section,
        f"Of {said(figure, 'whole', 'n')} {what} with an outcome so far, {said(figure, 'share', 'share')} were closed "
        f"because the victim did not support action, and {said(brought, 'share', 'share1')} led to a charge or "
        "summons.",
    )
    return figure


def shares_table(
    page: Page, line: Line, counts: Mapping[str, int], name: str, title: str, heading: str, note: str = ""
) -> Table:
    """A tally as a table that adds up: each value, its count, and its share of all."""
    whole = sum(counts.values())
    rows: list[tuple[Cell, ...]] = [(value, n, 100 * n / whole if whole else None) for value, n in counts.items()]
    rows.append(("All", whole, 100.0 if whole else None))
    return Table(
        id=f"{page.id}.{name}",
        title=title,
        columns=(
            Column("value", heading),
            Column("n", "Count", "count"),
            Column("share", "Share of all", "percent", ("n",)),
        ),
        rows=tuple(rows),
        source=line.feed.title,
        note=note,
        protected=line.feed.protected,
        total_row=True,
    )
