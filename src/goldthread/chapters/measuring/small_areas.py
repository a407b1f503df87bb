"""How every line is spread over small areas: counts, rates, shares, what stands out, and what changed where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.concentration import Quotients, location_quotient
from goldthread.analysis.rates import Rates, crude_rate
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import TOTAL, Lines
from goldthread.chapters.measuring.place_changes import PlaceChange, place_changes
from goldthread.chapters.topics import topics
from goldthread.evidence.periods import Period
from goldthread.evidence.store import Numbers

ASB_LINE, VIOLENCE = "anti-social-behaviour", "violence-and-sexual-offences"
CHANGED = (TOTAL, ASB_LINE, VIOLENCE)  # the lines whose change is asked of every small area


@dataclass(frozen=True)
class Place:
    """One small area of a line: its count, its share of the line, and its rate for every 1,000 a year."""

    code: str
    name: str
    ward: str
    n: float
    share: float
    rate: float

    @property
    def said(self) -> str:
        """Its name in a sentence: its ward, when that is known, with the end of its own name, which tells it apart."""
        return f"{self.ward} (LSOA {self.name.split()[-1]})" if self.ward else self.name


@dataclass(frozen=True)
class SmallAreas:
    """
    The small areas, who is in them, and how many rows of each line each had in the period.

    `counts` has one array a line, an entry for each of `codes`; `nowhere` is how
    many rows of a line have no small area. What is not known of an area is NaN.
    `came` is how many months of the period came of a line. `halves` are the
    counts of the first and of the second half of the period.
    """

    codes: tuple[str, ...]
    names: tuple[str, ...]
    wards: tuple[str, ...]
    population: Numbers
    households: Numbers
    workday: Numbers
    decile: Numbers
    counts: Mapping[str, Numbers]
    before: Mapping[str, Numbers]
    nowhere: Mapping[str, float]
    came: Mapping[str, int]
    changes: Mapping[str, PlaceChange]
    halves: Mapping[str, tuple[Numbers, Numbers]] = field(default_factory=dict)

    @property
    def has_people(self) -> bool:
        """Whether residents are known, so that there can be rates."""
        return bool((self.population > 0).any())

    @property
    def has_workday(self) -> bool:
        """Whether people present by day are known of nearly all areas, so that ranks can be compared."""
        return bool(self.codes) and float((self.workday > 0).mean()) >= 0.9

    def per(self, line: str) -> str:
        """What a rate of this line is for every 1,000 of: residents, or households where the topic says so."""
        topic = topics().get(line)
        homes = topic is not None and topic.per == "households" and bool((self.households > 0).any())
        return "households" if homes else "residents"

    def base(self, line: str) -> Numbers:
        """How many residents (or households) each area has; NaN where that is not known."""
        return self.households if self.per(line) == "households" else self.population

    def rates(self, line: str, base: Numbers | None = None) -> Rates:
        """Rates for every 1,000 a year with their intervals; NaN where the base is not known."""
        return crude_rate(
            self.counts[line], self.base(line) if base is None else base, years=max(self.came[line], 1) / 12
        )

    def area_rate(self, line: str) -> float:
        """The rate of the whole area: the rows that have a small area, over the people there; NaN without people."""
        base = self.base(line)
        known = base > 0
        if not known.any():
            return float("nan")
        years = max(self.came[line], 1) / 12
        return float(1000 * self.counts[line][known].sum() / base[known].sum() / years)

    def quotients(self, line: str) -> Quotients:
        """Each area's share of the line over its share of residents (or households); 1 is its fair share."""
        return location_quotient(self.counts[line], np.nan_to_num(self.base(line)))

    def placed(self, line: str) -> float:
        """How many rows of a line have a small area."""
        return float(self.counts[line].sum())

    def place(self, line: str, at: int) -> Place:
        """One small area of a line, by its position in `codes`."""
        n, whole = float(self.counts[line][at]), self.placed(line)
        rate = float(self.rates(line).rate[at])
        return Place(self.codes[at], self.names[at], self.wards[at], n, n / whole if whole else 0.0, rate)

    def top(self, line: str, most: int = 10) -> list[Place]:
        """
        Where is most of a line? The small areas with the highest counts, none without any, highest first.

        Empty for a line that is not known by small area.
        """
        if line not in self.counts:
            return []
        n = self.counts[line]
        order = np.lexsort((np.arange(n.size), -n))[:most]
        return [self.place(line, int(at)) for at in order if n[at] > 0]

    def share_in_top(self, line: str, of_areas: float = 0.1) -> tuple[int, float, float]:
        """How many small areas are this share of them, how many rows the busiest such have, and what share that is."""
        n = np.sort(self.counts[line])[::-1] if line in self.counts else np.zeros(0)
        many = max(1, round(of_areas * n.size))
        held = float(n[:many].sum())
        return many, held, held / float(n.sum()) if n.sum() else 0.0


def rank(values: Numbers) -> NDArray[np.int64]:
    """Ranks from the highest value, 1 first; equal values share the better, and what is not known has 0."""
    known = ~np.isnan(values)
    ordered = np.sort(-values[known])
    out = np.zeros(values.size, np.int64)
    out[known] = 1 + np.searchsorted(ordered, -values[known], side="left")
    return out


def measure_small_areas(brief: Brief) -> SmallAreas:
    """
    How is each line spread over the area's small areas, and where did it change?

    Lines of feeds that know the small area take part. The change of total
    crime, anti-social behaviour and violence in each small area is tested (see
    `place_changes`), and all those tests are corrected together as a family of
    their own: put into the report's, some hundreds of them would drown the rest.
    """
    ground = brief.evidence.columns(
        "SELECT lsoa, coalesce(name, lsoa) AS name, coalesce(ward_name, '') AS ward, population, households, workday, "
        "CAST(imd_decile AS DOUBLE) AS decile FROM places ORDER BY lsoa"
    )
    codes, size = tuple(str(c) for c in ground["lsoa"]), len(brief.period)
    lines = [
        line
        for line in brief.found(Lines).by_id.values()
        if codes and may_ask("small areas", Resolution.of_feed(line.feed.resolution))
    ]
    monthly, nowhere = _monthly(brief, lines, codes)
    return SmallAreas(
        codes=codes,
        names=tuple(str(n) for n in ground["name"]),
        wards=tuple(str(w) for w in ground["ward"]),
        population=_known(ground["population"]),
        households=_known(ground["households"]),
        workday=_known(ground["workday"]),
        decile=_known(ground["decile"]),
        counts={line.id: monthly[line.id][:, size:].sum(axis=1) for line in lines},
        before={line.id: monthly[line.id][:, :size].sum(axis=1) for line in lines},
        nowhere=nowhere,
        came={line.id: int((~np.isnan(line.over(brief.period))).sum()) for line in lines},
        changes=place_changes(brief, {line.id: line for line in lines}, monthly, CHANGED),
        halves={line.id: _halves(monthly[line.id][:, size:]) for line in lines},
    )


def _halves(monthly: Numbers) -> tuple[Numbers, Numbers]:
    half = monthly.shape[1] // 2
    return monthly[:, :half].sum(axis=1), monthly[:, half : 2 * half].sum(axis=1)


def _known(column: NDArray[np.float64]) -> Numbers:
    return np.ma.filled(np.ma.asarray(column, np.float64), np.nan)


def _monthly(brief: Brief, lines: Sequence[Line], codes: Sequence[str]) -> tuple[dict[str, Numbers], dict[str, float]]:
    """Counts of each line by area and month, the year before and then the period; and rows of the period nowhere."""
    both = Period(brief.before.first, brief.period.last)
    names = list(dict.fromkeys((line.feed.name, one) for line in lines for one in line.series))
    rows = brief.evidence.columns(
        "SELECT s.i AS series, coalesce(p.i, -1) AS place, "
        "CAST(date_diff('month', CAST(? AS DATE), c.month) AS INTEGER) AS step, sum(c.n) AS n FROM counts c "
        "JOIN (SELECT unnest(?::VARCHAR[]) AS feed, unnest(?::VARCHAR[]) AS series, unnest(range(?)) AS i) s "
        "ON s.feed = c.feed AND s.series = c.series "
        "LEFT JOIN (SELECT unnest(?::VARCHAR[]) AS lsoa, unnest(range(?)) AS i) p ON p.lsoa = c.lsoa "
        "WHERE c.month BETWEEN ? AND ? GROUP BY 1, 2, 3",
        [
            *(both.first.first_day, [n[0] for n in names], [n[1] for n in names], len(names)),
            *(list(codes), len(codes), both.first.first_day, both.last.first_day),
        ],
    )
    # One place more, the last, for rows that have none.
    table = np.zeros((len(names), len(codes) + 1, len(both)))
    np.add.at(table, (rows["series"], rows["place"], rows["step"]), np.asarray(rows["n"], np.float64))
    at = {name: i for i, name in enumerate(names)}
    months = [*range(len(brief.before)), *range(len(both) - len(brief.period), len(both))]
    monthly, nowhere = {}, {}
    for line in lines:
        own = table[[at[line.feed.name, one] for one in line.series]].sum(axis=0)[:, months]
        monthly[line.id] = own[:-1]
        nowhere[line.id] = float(own[-1, len(brief.before) :].sum())
    return monthly, nowhere
