"""Who is harmed among groups that the law protects: victims by ethnic group beside residents, and what is held."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from goldthread.analysis.change.ratios import rate_ratio
from goldthread.chapters.brief import Brief, slug

CRIME = "police-local-crime"
REFERENCE = "White"
# The groups of the force's extract, and what the census calls the same.
CENSUS: Mapping[str, tuple[str, ...]] = {
    "Asian": ("Asian",),
    "Black": ("Black",),
    "Mixed": ("mixed",),
    "Other": ("other group",),
}
UNKNOWN = ("", "Not known", "Not stated", "Unknown")
COMPLETE = 0.8  # below this share known, a ratio between groups says more of who was asked than of who was harmed
FEWEST = 20


@dataclass(frozen=True)
class Held:
    """How many rows of a data set about people say a characteristic, of how many; None where it has no such column."""

    feed: str
    rows: int
    age: int | None
    sex: int | None
    ethnicity: int | None


@dataclass(frozen=True)
class Group:
    """People of one ethnic group among victims, their share of residents, and their rate over the reference group's."""

    name: str
    people: int
    residents: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float | None
    test: str


@dataclass(frozen=True)
class Groups:
    """What is held, and the ethnic groups of recorded victims; `known` is the share of victims whose group is known."""

    held: tuple[Held, ...] = ()
    victims: int = 0
    known: float = 0.0
    groups: tuple[Group, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether enough is known to set groups side by side."""
        return self.known >= COMPLETE and bool(self.groups)


def measure_groups(brief: Brief) -> Groups:
    """
    Is any ethnic group recorded as victim more often than its number of residents would give?

    People are counted once, however often they were victims. Each group beside
    the largest is one test of the report's family; none is made where less
    than four fifths of victims have a known group.
    """
    victims, by_group = _victims(brief)
    known = sum(by_group.values()) / victims if victims else 0.0
    groups = _beside(brief, by_group, known) if known >= COMPLETE else ()
    return Groups(_held(brief), victims, known, groups)


def _held(brief: Brief) -> tuple[Held, ...]:
    """Completeness of age band, sex and ethnic group, for every data set in which anyone has one."""
    unknown = ", ".join(f"'{u}'" for u in UNKNOWN)
    counted = ", ".join(
        f"count(*) FILTER ({c} IS NOT NULL AND {c} NOT IN ({unknown})), count({c})"
        for c in ("age_band", "sex", "ethnicity")
    )
    made = []
    for feed, rows, *cells in brief.evidence.rows(
        f"SELECT feed, count(*), {counted} FROM incidents WHERE NOT superseded AND month BETWEEN ? AND ? "
        "GROUP BY 1 ORDER BY 1",
        [brief.period.first.first_day, brief.period.last.first_day],
    ):
        told = [int(cells[2 * i]) if cells[2 * i + 1] else None for i in range(3)]
        if any(t is not None for t in told):
            made.append(Held(feed, int(rows), *told))
    return tuple(made)


def _victims(brief: Brief) -> tuple[int, dict[str, int]]:
    """How many different people were recorded as victims, and how many of each known ethnic group."""
    if not brief.has(CRIME):
        return 0, {}
    rows = brief.evidence.rows(
        "SELECT coalesce(ethnicity, ''), count(DISTINCT person) FROM incidents WHERE feed = ? AND NOT superseded "
        "AND person IS NOT NULL AND month BETWEEN ? AND ? GROUP BY 1",
        [CRIME, brief.period.first.first_day, brief.period.last.first_day],
    )
    return sum(int(n) for _, n in rows), {str(g): int(n) for g, n in rows if g not in UNKNOWN}


def _beside(brief: Brief, by_group: Mapping[str, int], known: float) -> tuple[Group, ...]:
    """Each group's rate over that of the largest, from counts of people and shares of residents."""
    shares = _residents(brief)
    reference = by_group.get(REFERENCE, 0)
    if not shares or not reference or shares.get(REFERENCE, 0.0) <= 0:
        return ()
    made = [Group(REFERENCE, reference, shares[REFERENCE], 1.0, None, None, None, "")]
    for name in CENSUS:
        n, share, test = by_group.get(name, 0), shares.get(name, 0.0), f"equality.{slug(name)}"
        if n < FEWEST or share <= 0:
            made.append(Group(name, n, share, None, None, None, None, ""))
            continue
        found = rate_ratio(n, reference, share, shares[REFERENCE])
        brief.enter(test, float(found.p))
        made.append(
            Group(name, n, share, float(found.ratio), float(found.low), float(found.high), float(found.p), test)
        )
    return tuple(made)


def _residents(brief: Brief) -> dict[str, float]:
    """The share of residents of each group, from the census; empty when it was not supplied."""
    own = json.loads(brief.evidence.provenance.get("authorities") or "[]")
    rows = brief.evidence.rows(
        f"SELECT variable, avg(value) FROM profile WHERE authority IN ({', '.join('?' for _ in own)}) GROUP BY 1", own
    )
    told = {v: float(n) for v, n in rows}
    if not all(name in told for names in CENSUS.values() for name in names):
        return {}
    shares = {group: sum(told[name] for name in names) for group, names in CENSUS.items()}
    return {**shares, REFERENCE: 1 - sum(shares.values())}
