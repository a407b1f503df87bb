"""Is something new gathering in one place in the last weeks, in the records that know the day and the small area?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.scans import Cluster, scan
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.measuring.selecting import clause
from goldthread.chapters.measuring.theme_lines import ASB, CRIME, DELIBERATE, FIRE, VIOLENCE
from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Month, Period
from goldthread.evidence.store import Numbers

WEEKS = 52  # of days that are looked at, up to the last of the period
FEWEST_WEEKS = 26  # below which the last weeks have too little to be held against
LONGEST = 8  # weeks that a cluster may have lasted and still be new
FEWEST = 60  # rows below which nothing is looked for
SHUFFLES = 999


@dataclass(frozen=True)
class Watched:
    """A kind of record that is looked at when its feed comes: its rows, what they are called, and its topic."""

    id: str
    feed: str
    series: tuple[str, ...]
    many: str
    topic: str


WATCHED = (
    Watched("burglary", CRIME, ("Police: Residential burglary",), "residential burglaries", "burglary"),
    Watched("violence", CRIME, VIOLENCE, "violent crimes", "violence-and-sexual-offences"),
    Watched("robbery", CRIME, ("Police: Robbery of personal property",), "robberies of people", "robbery"),
    Watched("damage", CRIME, ("Police: Criminal damage",), "offences of criminal damage", "criminal-damage-and-arson"),
    Watched("shoplifting", CRIME, ("Police: Shoplifting",), "shop thefts", "shoplifting"),
    Watched("asb", ASB, (), "calls about anti-social behaviour", "anti-social-behaviour"),
    Watched("fires", FIRE, DELIBERATE, "deliberate fires", "deliberate-fires"),
    Watched("fly-tipping", "fly-tipping", (), "fly-tips", "environmental-crime"),
)


@dataclass(frozen=True)
class Gathering:
    """
    What the scan found of one kind of record.

    `first` is the day on which the weeks that were looked at begin. `cluster`
    is the most unusual circle of small areas, None where there is none; `names`
    are its small areas, the one in the middle first, and `wards` theirs.
    """

    watched: Watched
    feed: Feed
    events: int
    weeks: int
    first: np.datetime64
    last: np.datetime64
    cluster: Cluster | None
    names: tuple[str, ...]
    wards: tuple[str, ...]
    test: str


@dataclass(frozen=True)
class Emerging:
    """Every kind of record that could be looked at; and why others could not, a sentence each."""

    found: tuple[Gathering, ...] = ()
    refused: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Ground:
    codes: tuple[str, ...]
    names: tuple[str, ...]
    wards: tuple[str, ...]
    east: Numbers
    north: Numbers


def measure_emerging(brief: Brief) -> Emerging:
    """
    Is something new gathering somewhere just now (the space-time permutation scan)?

    Weeks of small areas over the last year of days, circles of up to a quarter
    of all events that have lasted up to eight weeks. What is expected comes
    from the place's own total and the weeks' own totals, so that a place that
    is always busy, or a week that is busy everywhere, is nothing new. The best
    circle of each kind of record is one test of the report's family.
    """
    refused = []
    if STREET in brief.evidence.feeds:
        ruling = may_ask("space-time scan", Resolution.of_feed(brief.evidence.feeds[STREET].resolution))
        refused += [] if ruling else [ruling.reason]
    ground = _ground(brief)
    if len(ground.codes) < 2:
        return Emerging((), tuple(refused))
    made = [one for watched in WATCHED if (one := _looked_at(brief, watched, ground)) is not None]
    return Emerging(tuple(made), tuple(refused))


def _ground(brief: Brief) -> _Ground:
    rows = brief.evidence.rows(
        "SELECT lsoa, coalesce(name, lsoa), coalesce(ward_name, ''), easting, northing FROM places "
        "WHERE easting IS NOT NULL AND northing IS NOT NULL ORDER BY lsoa"
    )
    codes, names, wards = (tuple(str(row[at]) for row in rows) for at in range(3))
    east, north = (np.array([float(row[at]) for row in rows]) for at in (3, 4))
    return _Ground(codes, names, wards, east, north)


def _run(brief: Brief, feed: str) -> Period | None:
    """The months up to the last of the period that came without a hole, at most the last twelve."""
    came = set(brief.evidence.months_of(feed))
    months: list[Month] = []
    at = brief.period.last
    while at in came and len(months) < 12:
        months.append(at)
        at = at + -1
    return Period(months[-1], months[0]) if months else None


def _looked_at(brief: Brief, watched: Watched, ground: _Ground) -> Gathering | None:
    feed = brief.evidence.feeds.get(watched.feed)
    run = _run(brief, watched.feed) if feed is not None else None
    if feed is None or run is None or not may_ask("space-time scan", Resolution.of_feed(feed.resolution)):
        return None
    end = (np.datetime64(str(run.last), "M") + 1).astype("datetime64[D]")
    weeks = min(WEEKS, int(run.days // 7))
    counts = _counts(brief, watched, ground, run, end, weeks)
    if weeks < FEWEST_WEEKS or counts.sum() < FEWEST:
        return None
    result = scan(counts, ground.east, ground.north, longest=LONGEST, shuffles=SHUFFLES, most=1)
    cluster = result.clusters[0] if result.clusters else None
    test = f"emerging.{watched.id}"
    brief.enter(test, cluster.p if cluster else 1.0)
    inside = () if cluster is None else (cluster.centre, *(a for a in cluster.areas if a != cluster.centre))
    return Gathering(
        watched=watched,
        feed=feed,
        events=result.events,
        weeks=weeks,
        first=end - np.timedelta64(7 * weeks, "D"),
        last=end - np.timedelta64(1, "D"),
        cluster=cluster,
        names=tuple(ground.names[a] for a in inside),
        wards=_each_once([ground.wards[a] for a in inside]),
        test=test,
    )


def _each_once(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(w for w in words if w))


def _counts(
    brief: Brief, watched: Watched, ground: _Ground, run: Period, end: np.datetime64, weeks: int
) -> NDArray[np.int64]:
    """(weeks, small areas), the earliest week first; whole weeks back from the end of the last month."""
    condition, values = clause(watched.series, {})
    rows = brief.evidence.columns(
        "SELECT CAST(happened_at AS DATE) AS day, lsoa FROM incidents WHERE feed = ? AND month BETWEEN ? AND ? "
        f"AND happened_at IS NOT NULL AND lsoa IS NOT NULL AND {condition}",
        [watched.feed, run.first.first_day, run.last.first_day, *values],
    )
    days = np.ma.filled(np.ma.asarray(rows["day"]).astype("datetime64[D]"), np.datetime64("NaT"))
    back = (end - days).astype(np.int64) - 1
    week = weeks - 1 - back // 7
    at = np.searchsorted(np.array(ground.codes), np.asarray(rows["lsoa"], dtype=str))
    at = np.minimum(at, len(ground.codes) - 1)
    known = np.array(ground.codes)[at] == np.asarray(rows["lsoa"], dtype=str)
    inside = known & (back >= 0) & (week >= 0) & ~np.isnat(days)
    counts = np.zeros((weeks, len(ground.codes)), np.int64)
    np.add.at(counts, (week[inside], at[inside]), 1)
    return counts
