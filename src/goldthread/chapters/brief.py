"""What every chapter is written from: evidence, period, the partnership's own words, and what was measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar

import numpy as np

from goldthread.analysis.significance import Family, Verdicts
from goldthread.chapters.context import Context
from goldthread.chapters.model import Figure, Rows
from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.store import Evidence, Numbers

Found = TypeVar("Found")

ALONE = 0.05  # a test that stood alone would call this a change; of twenty where nothing changed, one would

# Kinds of test, by the first word of their names, that ask how things stand (between places, hours, months of the year,
# groups of people, areas) and not what changed. Of these most are true everywhere and always.
STRUCTURE = frozenset(
    {"season", "concentration", "times", "hotspots", "repeats", "peers", "equality", "searches", "agreement"}
)


def of_standing(test: str) -> bool:
    """Whether a test asks how things stand; any other asks what changed."""
    return test.split(".")[0] in STRUCTURE


def slug(words: str) -> str:
    """Words as an id: burglary, violence-and-sexual-offences."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def slugs(names: Iterable[str]) -> list[str]:
    """
    An id for each of these names, no two alike; the first of those that would be alike keeps the plain one.

    Partners write their own names: “A & B” and “A-B” may both come.
    """
    made: list[str] = []
    for name in names:
        plain = one = slug(name) or "other"
        again = 1
        while one in made:
            again += 1
            one = f"{plain}-{again}"
        made.append(one)
    return made


@dataclass(frozen=True)
class Line:
    """
    One line of counts that the assessment follows month by month: a crime type, ASB, fires, referrals.

    `counts` has one value a month of `span`; a month that did not come is NaN.
    `feed` and `series` say which rows it counts; `where` narrows them further.
    """

    id: str
    title: str
    feed: Feed
    series: tuple[str, ...]
    span: Period
    counts: Numbers
    where: Mapping[str, str] = field(default_factory=dict)

    def over(self, period: Period) -> Numbers:
        """The counts of these months; NaN where the evidence does not reach."""
        out = np.full(len(period), np.nan)
        for i, month in enumerate(period):
            if month in self.span:
                out[i] = self.counts[month - self.span.first]
        return out

    def rows(self, period: Period) -> Rows:
        """The rows of the evidence that stand behind the line in a period."""
        told = {"feed": self.feed.name, **self.where}
        return Rows("incidents", self.series, (str(period.first), str(period.last)), where=told)


@dataclass
class Brief:
    """
    The assessment being written.

    Measuring comes first and enters every test in `family`; `settle` corrects
    them all together, once; then chapters are written and may ask `stands`.
    """

    evidence: Evidence
    context: Context
    family: Family = field(default_factory=Family)
    verdicts: Verdicts | None = None
    measured: dict[type, object] = field(default_factory=dict)

    @cached_property
    def period(self) -> Period:
        """The months the assessment is about."""
        return self.evidence.period

    @cached_property
    def before(self) -> Period:
        """The same months a year earlier."""
        return self.period.before()

    @property
    def area(self) -> str:
        """The area's name."""
        return self.evidence.provenance["area"]

    @cached_property
    def span(self) -> Period:
        """All months the evidence reaches, at least those of the period."""
        [(first, last)] = self.evidence.rows("SELECT min(month), max(month) FROM came")
        if first is None:
            return self.period
        return Period(min(Month.of(first), self.period.first), max(Month.of(last), self.period.last))

    def has(self, *feeds: str) -> bool:
        """Whether rows of any of these feeds were kept."""
        return any(f in self.evidence.feeds for f in feeds)

    def enter(self, name: str, p: float) -> None:
        """Enter a test in the family that the whole report is corrected by; NaN says it could not be made."""
        self.family.add(name, p)

    def settle(self) -> None:
        """
        Correct every test that was entered, together.

        Tests of how things stand (that crime has seasons, gathers in few
        places, is higher here than elsewhere) are a family of their own: nearly
        all are true, and among tests of what changed they would lower the bar
        for the rest.
        """
        apart, others = Family(), Family()
        for name, p in self.family.entered.items():
            (apart if of_standing(name) else others).add(name, p)
        settled = others.settle()
        self.verdicts = Verdicts({**settled.by_name, **apart.settle().by_name}, settled.level, settled.method)

    def tests(self, *, standing: bool) -> tuple[int, int]:
        """How many tests of how things stand, or of what changed, were made; and how many of them stand."""
        asked = [v for v in (self.verdicts or {}).values() if of_standing(v.name) is standing and not np.isnan(v.p)]
        return len(asked), sum(v.significant for v in asked)

    def stands(self, name: str) -> bool:
        """Whether a test is still significant once the whole report's tests are corrected together."""
        if self.verdicts is None:
            raise RuntimeError(f"“{name}” was asked before all tests were in. Call settle first.")
        return name in self.verdicts and self.verdicts[name].significant

    def found(self, kind: type[Found]) -> Found:
        """What a measuring step found, by the kind of its answer."""
        answer = self.measured[kind]
        assert isinstance(answer, kind)
        return answer


def by_id(figures: Iterable[Figure]) -> dict[str, Figure]:
    """Figures by id; two with the same id would make one untraceable, so that is an error."""
    found: dict[str, Figure] = {}
    for figure in figures:
        if figure.id in found and found[figure.id] != figure:
            raise ValueError(f"Two figures are called {figure.id}.")
        found[figure.id] = figure
    return found
