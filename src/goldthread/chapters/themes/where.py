"""Where: wards side by side by rate, and whether a line is gathered in a few of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.rates import Floats, crude_rate
from goldthread.chapters.brief import Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.model import Box, Chart, Column, Figure, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import total

CONCENTRATED = 2.0  # the fifth of wards with the highest rates has at least twice its share of people
# The highest wards hold more than their share by chance alone; from this many a ward chance does not double it.
ENOUGH_A_WARD = 20


@dataclass(frozen=True)
class Wards:
    """Wards from the highest rate down: counts, the people or households there, and rates for every 1,000 a year."""

    names: tuple[str, ...]
    counts: Floats
    bases: Floats
    rate: Floats
    low: Floats
    high: Floats
    per: str
    years: float

    @property
    def area_rate(self) -> float:
        """The rate of all of them together."""
        return float(1000 * self.counts.sum() / self.bases.sum() / self.years)

    @property
    def fifth(self) -> int:
        """How many wards are the fifth with the highest rates; at least one."""
        return max(1, round(len(self.names) / 5))


def wards_of(page: Page, line: Line, per: str = "residents") -> Wards | None:
    """A line's rows of the period by ward; None with fewer than two wards that have people, or no row in any."""
    condition, values = rows_of(line, page.brief.period)
    base = "households" if per == "households" else "population"
    rows = page.brief.evidence.rows(
        f"SELECT p.ward_name, sum(coalesce(i.n, 0)), sum(p.{base}) FROM places p LEFT JOIN (SELECT lsoa, count(*) AS n "
        f"FROM incidents WHERE {condition} GROUP BY 1) i ON i.lsoa = p.lsoa WHERE p.ward_name IS NOT NULL GROUP BY 1 "
        f"HAVING sum(p.{base}) > 0",
        values,
    )
    years = len(page.brief.period) / 12
    counts, bases = (np.array([float(row[at]) for row in rows]) for at in (1, 2))
    if len(rows) < 2 or not counts.sum():
        return None
    rates = crude_rate(counts, bases, years=years)
    order = np.lexsort((np.array([str(row[0]) for row in rows]), -rates.rate))
    parts = (counts[order], bases[order], rates.rate[order], rates.low[order], rates.high[order])
    return Wards(tuple(str(rows[i][0]) for i in order), *parts, per, years)


def by_ward(page: Page, section: Section, line: Line, what: str, *, per: str = "residents") -> Figure | None:
    """
    This will set wards side by side by rate, say where it is highest, and return the figure of that.

    Where the feed does not know the small area the refusal is printed instead.
    """
    ruling = may_ask("small areas", Resolution.of_feed(line.feed.resolution))
    if not ruling:
        page.show(section, Box(kind="caveat", title="Not said: where", text=ruling.reason))
        return None
    wards = wards_of(page, line, per)
    if wards is None:
        return None
    figure = _figure(page, line, wards)
    page.say(section, ward_sentence(figure, what))
    page.show(section, _chart(page, line, wards))
    page.bear_in_mind("residents-not-visitors")
    if Resolution.of_feed(line.feed.resolution).snapped:
        page.bear_in_mind("approximate-places")
    return figure


def ward_sentence(figure: Figure, what: str) -> str:
    """Where the rate is highest, and whether it is gathered there or spread, when there are enough to tell."""
    per = figure.parameters["per"]
    top = (
        f"The rate is highest in {said(figure, 'ward', 'text')}: {said(figure, 'rate', 'n1')} for every 1,000 {per} a "
        f"year (likely range {said(figure, 'low', 'n1')} to {said(figure, 'high', 'n1')}), against "
        f"{said(figure, 'area_rate', 'n1')} in the area as a whole."
    )
    if not _enough(figure):
        return f"{top} There are too few to say whether they gather in some wards more than chance would bring."
    wards = said(figure, "fifth_wards", "count|ward|wards")
    held, have = said(figure, "fifth_share", "share"), said(figure, "fifth_people", "share")
    told = f"the {wards} with the highest rates had {held} of {what}, with {have} of the {per}"
    if is_concentrated(figure):
        return f"{top} It is concentrated: {told}."
    return f"{top} It is spread rather than gathered: {told}."


def _enough(figure: Figure) -> bool:
    return float(figure.answer["placed"] or 0) >= ENOUGH_A_WARD * float(figure.answer["wards"] or 1)


def is_concentrated(figure: Figure | None) -> bool:
    """Whether the fifth of wards with the highest rates has twice its share of people, with enough rows to tell."""
    if figure is None or not _enough(figure):
        return False
    return float(figure.answer["fifth_share"] or 0) >= CONCENTRATED * float(figure.answer["fifth_people"] or 1)


def _figure(page: Page, line: Line, wards: Wards) -> Figure:
    fifth = slice(0, wards.fifth)
    return page.figure(
        Figure(
            id=f"{page.id}.{line.id}.wards",
            asks=f"Which ward has the highest rate, and how much is in the fifth with most ({line.title.lower()})?",
            question="goldthread.analysis.rates.crude_rate",
            answer={
                "ward": wards.names[0],
                "n": float(wards.counts[0]),
                "rate": float(wards.rate[0]),
                "low": float(wards.low[0]),
                "high": float(wards.high[0]),
                "area_rate": wards.area_rate,
                "fifth": float(wards.counts[fifth].sum()),
                "placed": float(wards.counts.sum()),
                "fifth_share": float(wards.counts[fifth].sum() / wards.counts.sum()),
                "fifth_people": float(wards.bases[fifth].sum() / wards.bases.sum()),
                "fifth_wards": wards.fifth,
                "wards": len(wards.names),
            },
            rows=line.rows(page.brief.period),
            parameters={"per": wards.per, "period": str(page.brief.period)},
            caveats=("residents-not-visitors",),
            protected=line.feed.protected,
            count_keys=("n", "fifth", "placed"),
            source=line.feed.title,
        )
    )


def _chart(page: Page, line: Line, wards: Wards) -> Chart:
    return Chart(
        id=f"{page.id}.{line.id}.wards-chart",
        kind="dots",
        title=f"{line.title}: for every 1,000 {wards.per}, by ward",
        describes=f"Wards from the highest rate, {wards.names[0]}, to the lowest, {wards.names[-1]}, each with its "
        f"likely range, beside the rate of {page.brief.area} as a whole, in {page.when}.",
        series=(
            Series(
                "Rate",
                wards.names,
                tuple(wards.rate.tolist()),
                tuple(wards.low.tolist()),
                tuple(wards.high.tolist()),
            ),
        ),
        source=f"{line.feed.title}; population estimates",
        y_title=f"For every 1,000 {wards.per} a year",
        table=_table(page, line, wards),
        parameters={"reference": wards.area_rate, "reference_label": page.brief.area},
        protected=line.feed.protected,
    )


def _table(page: Page, line: Line, wards: Wards) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (name, float(n), float(rate)) for name, n, rate in zip(wards.names, wards.counts, wards.rate, strict=True)
    ]
    whole = total(line, page.brief)
    rest = whole - float(wards.counts.sum())
    if rest:
        rows.append(("No ward known", rest, None))
    rows.append(("All", whole, None))
    return Table(
        id=f"{page.id}.{line.id}.wards-table",
        title=f"{line.title}, by ward",
        columns=(
            Column("ward", "Ward"),
            Column("n", "Count", "count"),
            Column("rate", f"For every 1,000 {wards.per} a year", "rate", ("n",)),
        ),
        rows=tuple(rows),
        source=line.feed.title,
        protected=line.feed.protected,
        total_row=True,
        figures=(f"{page.id}.{line.id}.wards",),
    )
