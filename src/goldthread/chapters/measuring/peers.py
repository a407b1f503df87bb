"""How each line's rate stands beside other areas, in the same months and per the same kind of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from goldthread.analysis.change import compare_months
from goldthread.analysis.peers import Comparison, compare
from goldthread.chapters.brief import Brief, slug
from goldthread.chapters.measuring.lines import ASB, TOTAL, Lines
from goldthread.chapters.measuring.peer_group import STREET, PeerGroup, group_of
from goldthread.chapters.measuring.peer_tables import Counted as Table
from goldthread.chapters.topics import topics
from goldthread.evidence.periods import Month
from goldthread.evidence.store import Numbers

# From this many others on, how much areas differ among themselves can be judged, and is what an area is held to.
PLENTY = 5
FEWEST_OTHERS = 2
MANY = 50  # a table of more areas than this is of the country, and no group that somebody chose

# What the tables of the Office for National Statistics call the categories of data.police.uk.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "Total recorded crime": ("Total recorded crime (excluding fraud)",),
    "Violence and sexual offences": ("Violence against the person", "Sexual offences"),
    "Robbery": ("Robbery",),
    "Burglary": ("Burglary",),
    "Vehicle crime": ("Vehicle offences",),
    "Theft from the person": ("Theft from the person",),
    "Bicycle theft": ("Bicycle theft",),
    "Shoplifting": ("Shoplifting",),
    "Other theft": ("All other theft offences",),
    "Criminal damage and arson": ("Criminal damage and arson",),
    "Drugs": ("Drug offences",),
    "Possession of weapons": ("Possession of weapons offences",),
    "Public order": ("Public order offences",),
    "Other crime": ("Miscellaneous crimes against society",),
}


@dataclass(frozen=True)
class Peered:
    """
    One line beside the group: the comparison, what a rate is per, and the test's name in the report's family.

    `series` are the words of the source for it. `others_rate` is the rate of
    all the others taken together. `of_all` is the rank from the highest among
    all that a published table counts, and how many those are.
    """

    line: str
    title: str
    per: str
    series: tuple[str, ...]
    comparison: Comparison
    others_rate: float
    test: str
    of_all: tuple[int, int] | None = None

    @property
    def from_highest(self) -> int:
        """The area's rank counted from the highest rate; equal rates share the better."""
        rates = self.comparison.rate
        return int(1 + (rates > rates[self.comparison.subject]).sum())


@dataclass(frozen=True)
class Peers:
    """Who the area was compared with (None when nobody's counts came), and each line beside them."""

    group: PeerGroup | None
    by_line: Mapping[str, Peered] = field(default_factory=dict)

    @property
    def plenty(self) -> bool:
        """Whether there are enough others to judge how much areas differ."""
        return self.group is not None and len(self.group.others) >= PLENTY


@dataclass(frozen=True)
class _Counted:
    """Counts of each line, (lines, members) with the subject first, and by month where months came."""

    names: tuple[str, ...]
    series: tuple[tuple[str, ...], ...]
    n: Numbers
    monthly: NDArray[np.float64] | None = None
    of_all: tuple[tuple[int, int] | None, ...] = ()


def measure_peers(brief: Brief) -> Peers:
    """
    Is each line's rate high, low or ordinary beside other areas?

    Rates are per 1,000 residents, or households where definitions/topics.yaml
    says so. With five others or more, the test asks whether the area lies
    further from the others than they lie from each other (`outlying`). With two
    to four it asks only whether its rate differs from theirs taken together,
    month against month; how far areas differ cannot be judged from so few. Each
    is one test of the report's family.
    """
    group = group_of(brief)
    if group is None or len(group.others) < FEWEST_OTHERS:
        return Peers(group)
    counted = _from_table(brief, group, group.counted) if group.counted else _from_street(brief, group)
    members = (group.subject, *group.others)
    people = np.array([a.people for a in members])
    homes = np.array([a.households for a in members])
    sizes = [homes if _per(name) == "households" and not np.isnan(homes).any() else people for name in counted.names]
    p = _tests(counted, sizes, len(group.others))
    found = {}
    for i, name in enumerate(counted.names):
        line = TOTAL if name == "Total recorded crime" else slug(name)
        test = f"peers.{line}"
        brief.enter(test, float(p[i]))
        found[line] = Peered(
            line=line,
            title=name,
            per="households" if sizes[i] is homes else "residents",
            series=counted.series[i],
            comparison=compare([a.name for a in members], counted.n[i], sizes[i], group.subject.name),
            others_rate=float(counted.n[i, 1:].sum() / sizes[i][1:].sum() * 1000),
            test=test,
            of_all=counted.of_all[i] if counted.of_all else None,
        )
    return Peers(group, found)


def _per(name: str) -> str:
    topic = topics().get(slug(name))
    return topic.per if topic else "residents"


def _tests(counted: _Counted, sizes: Sequence[Numbers], others: int) -> Numbers:
    if others >= PLENTY:
        return np.array([outlying(n, size) for n, size in zip(counted.n, sizes, strict=True)])
    if counted.monthly is None:
        return np.full(len(counted.names), np.nan)
    size = np.array(sizes)
    return compare_months(
        counted.monthly[:, 1:].sum(1),
        counted.monthly[:, 0],
        exposure_before=size[:, 1:].sum(1, keepdims=True),
        exposure_after=size[:, [0]],
    ).p


def outlying(count: Numbers, size: Numbers) -> float:
    """
    How often would an area that belongs to the group lie as far from the others as the first one does?

    On square roots of rates, whose chance variation depends on size alone: the
    first area's distance from the mean of the others, against what the others
    differ by and what chance adds for its own size (Student's t). NaN when
    fewer than ten events were counted in all.
    """
    if count.sum() < 10:
        return float("nan")
    root = np.sqrt((count + 0.375) / size)
    others, k = root[1:], root.size - 1
    seen = float(others.var(ddof=1))
    beyond_chance = max(seen - float(np.mean(1 / (4 * size[1:]))), 0.0)
    variance = max(beyond_chance + 1 / (4 * size[0]), seen) + seen / k
    return float(2 * stdtr(k - 1, -abs(root[0] - others.mean()) / np.sqrt(max(variance, 1e-300))))


def _from_table(brief: Brief, group: PeerGroup, table: Table) -> _Counted:
    rows = brief.evidence.rows(
        "SELECT measure, place, sum(n) FROM measures WHERE feed = ? AND starts = ? AND months = ? GROUP BY ALL",
        [table.feed, table.period.first.first_day, len(table.period)],
    )
    told = {(measure, place): float(n) for measure, place, n in rows if n is not None}
    units = [table.places[a.code] for a in (group.subject, *group.others)]
    names, series, counts, ranks = [], [], [], []
    for name, parts in GROUPS.items():
        if all((part, place) in told for part in parts for places in units for place in places):
            names.append(name)
            series.append(parts)
            counts.append([sum(told[part, place] for part in parts for place in places) for places in units])
            ranks.append(_among_all(table, told, parts, _per(name)))
    n = np.array(counts, dtype=np.float64).reshape(len(names), len(units))
    return _Counted(tuple(names), tuple(series), n, of_all=tuple(ranks))


def _among_all(
    table: Table, told: Mapping[tuple[str, str], float], parts: Sequence[str], per: str
) -> tuple[int, int] | None:
    """Where the area's rate ranks, from the highest, among all units that have the number; None when they are few."""
    rates = {}
    for unit in (table.subject, *table.others):
        size = unit.area.households if per == "households" else unit.area.people
        if size > 0 and all((part, place) in told for part in parts for place in unit.places):
            rates[unit.area.code] = sum(told[part, place] for part in parts for place in unit.places) / size
    own = rates.get(table.subject.area.code)
    if own is None or len(rates) <= MANY:
        return None
    return 1 + sum(rate > own for rate in rates.values()), len(rates)


def _from_street(brief: Brief, group: PeerGroup) -> _Counted:
    lines = brief.found(Lines)
    own = [line for line in lines.of_feed(STREET) if len(line.series) == 1 and ":" not in line.title]
    codes = [a.code for a in group.others]
    at = {line.title: i for i, line in enumerate(own)}
    monthly = np.zeros((len(own), 1 + len(codes), len(brief.period)))
    monthly[:, 0] = [line.over(brief.period) for line in own]
    rows = brief.evidence.rows(
        "SELECT series, authority, month, sum(n) FROM comparators "
        "WHERE feed = ? AND month BETWEEN ? AND ? GROUP BY ALL",
        [STREET, brief.period.first.first_day, brief.period.last.first_day],
    )
    place = {code: i + 1 for i, code in enumerate(codes)}
    for series, code, month, n in rows:
        if series in at and code in place:
            monthly[at[series], place[code], Month.of(month) - brief.period.first] = n
    monthly[:, 1:, np.isnan(monthly[:, 0]).all(0)] = np.nan
    crimes = [i for i, line in enumerate(own) if line.title != ASB]
    table = np.concatenate([monthly[crimes].sum(0, keepdims=True), monthly])
    names = ("Total recorded crime", *(line.title for line in own))
    series = (tuple(own[i].title for i in crimes), *(line.series for line in own))
    return _Counted(names, series, np.nansum(table, axis=2), table)
