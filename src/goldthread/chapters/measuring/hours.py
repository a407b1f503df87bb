"""When things happen: the hours of the week where partners know them, and the months of the year where years came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.times import WEEK, Aoristic, HeatClock, Season, aoristic, heat_clock, hour_of_week, season
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET, Lines
from goldthread.chapters.measuring.selecting import clause
from goldthread.chapters.measuring.theme_lines import ASB, CRIME, DELIBERATE, ED, FIRE, VIOLENCE
from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Period
from goldthread.evidence.store import Numbers

# From eight on Friday and on Saturday evening to four the next morning.
NIGHTS = np.array([(24 * day + hour) % WEEK for day in (4, 5) for hour in range(20, 28)])
USUAL = NIGHTS.size / WEEK
WINDOW = 4  # hours of the busiest stretch that is named
FEWEST = 60  # rows below which no clock is drawn
FEWEST_A_YEAR = 120  # rows a year below which no season is looked for
YEARS_FOR_A_SEASON = 2
MIDNIGHT_TOO_OFTEN = 0.05  # an even day has 0.1 % in the two minutes about midnight


@dataclass(frozen=True)
class Wanted:
    """A clock that is drawn when its feed comes: which rows of which feed, and what they are called after a number."""

    id: str
    title: str
    feed: str
    many: str
    topic: str
    series: tuple[str, ...] = ()


WANTED = (
    Wanted("violence", "Violence", CRIME, "violent crimes", "violence-and-sexual-offences", VIOLENCE),
    Wanted("burglary", "Residential burglary", CRIME, "burglaries", "burglary", ("Police: Residential burglary",)),
    Wanted("asb", "Anti-social behaviour", ASB, "calls about anti-social behaviour", "anti-social-behaviour"),
    Wanted(
        "ambulance",
        "Ambulance calls to assaults",
        "ambulance-assaults",
        "ambulance calls to assaults",
        "violence-and-sexual-offences",
    ),
    Wanted("ed", "Emergency department assaults", ED, "arrivals after an assault", "violence-and-sexual-offences"),
    Wanted("fires", "Deliberate fires", FIRE, "deliberate fires", "deliberate-fires", DELIBERATE),
)


@dataclass(frozen=True)
class Clock:
    """
    The hours of the week of one kind of row.

    `spread` shares windows out over the hours in which they may have happened;
    `clock` says which hours stand out. `nights` is how much lies on Friday and
    Saturday nights and `p` whether that is more than an even week would give.
    `peak` is the hour of the week in which its busiest four hours begin and
    `peak_share` what they hold. `wards` are the wards with most on those nights.
    """

    wanted: Wanted
    feed: Feed
    rows: int
    spread: Aoristic
    clock: HeatClock
    nights: float
    p: float
    test: str
    peak: int
    peak_share: float
    midnight: bool
    wards: tuple[tuple[str, int], ...] = ()
    placed: int = 0

    @property
    def nights_share(self) -> float:
        """The share on Friday and Saturday nights."""
        return self.nights / self.spread.events


@dataclass(frozen=True)
class Seasonal:
    """The season of one line, and the name of the test whether there is one."""

    line: str
    found: Season
    test: str


@dataclass(frozen=True)
class Hours:
    """Every clock that could be drawn and every season that could be asked; `refused` are feeds that know no hour."""

    clocks: tuple[Clock, ...]
    seasons: Mapping[str, Seasonal]
    months_of_season: int
    refused: tuple[str, ...] = field(default=())

    def clock(self, name: str) -> Clock | None:
        """One clock by its id."""
        return next((c for c in self.clocks if c.wanted.id == name), None)


def measure_hours(brief: Brief) -> Hours:
    """
    At which hours of the week, and in which months of the year?

    Hours from feeds that know them to the minute; where only a window is known,
    it is spread over its hours (aoristic). Each clock asks one test of the
    report's family: whether Friday and Saturday nights have more than their
    share. Months from police.uk where two years came; each line asks one test:
    whether it has a season at all.
    """
    clocks = [clock for wanted in WANTED if (clock := _clock(brief, wanted)) is not None]
    refused = [
        ruling.reason
        for method in ("hour of the week", "day of the week", "aoristic")
        if STREET in brief.evidence.feeds
        and not (ruling := may_ask(method, Resolution.of_feed(brief.evidence.feeds[STREET].resolution)))
    ]
    seasons, months = _seasons(brief)
    return Hours(tuple(clocks), seasons, months, tuple(dict.fromkeys(refused)))


def _clock(brief: Brief, wanted: Wanted) -> Clock | None:
    feed = brief.evidence.feeds.get(wanted.feed)
    if feed is None or not may_ask("aoristic", Resolution.of_feed(feed.resolution)):
        return None
    condition, values = clause(wanted.series, {})
    rows = brief.evidence.columns(
        "SELECT i.happened_at, i.ended_at, coalesce(p.ward_name, '') AS ward FROM incidents i "
        f"LEFT JOIN places p ON p.lsoa = i.lsoa WHERE i.feed = ? AND i.month BETWEEN ? AND ? AND {condition}",
        [wanted.feed, brief.period.first.first_day, brief.period.last.first_day, *values],
    )
    start, end = _moments(rows["happened_at"]), _moments(rows["ended_at"])
    spread = aoristic(start, end)
    if spread.events < FEWEST:
        return None
    days = weekdays(brief.period)
    nights = float(spread.weights[NIGHTS].sum())
    even = float(np.repeat(days / days.sum() / 24, 24)[NIGHTS].sum())
    p = beyond(nights, spread.events, even)
    test = f"times.{wanted.id}.nights"
    brief.enter(test, p)
    stretch = np.convolve(np.concatenate([spread.weights, spread.weights[: WINDOW - 1]]), np.ones(WINDOW), "valid")
    known = ~np.isnat(start)
    exact = known & (np.isnat(end) | (end <= start))
    wards, placed = _wards(start[known], rows["ward"][known])
    return Clock(
        wanted=wanted,
        feed=feed,
        rows=int(start.size),
        spread=spread,
        clock=heat_clock(spread.weights, days=days),
        nights=nights,
        p=p,
        test=test,
        peak=int(np.argmax(stretch)),
        peak_share=float(stretch.max() / spread.events),
        midnight=_often_midnight(start[exact]),
        wards=wards,
        placed=placed,
    )


def _moments(column: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    return np.ma.filled(np.ma.asarray(column).astype("datetime64[m]"), np.datetime64("NaT"))


def _often_midnight(start: NDArray[np.datetime64]) -> bool:
    minutes = start.astype("datetime64[m]").astype(np.int64) % (24 * 60)
    return bool(minutes.size and float(np.mean(minutes <= 1)) > MIDNIGHT_TOO_OFTEN)


def _wards(start: NDArray[np.datetime64], ward: NDArray[np.object_]) -> tuple[tuple[tuple[str, int], ...], int]:
    """Wards with most that began on Friday and Saturday nights, and how many of those have a ward."""
    mine = ward[np.isin(hour_of_week(start), NIGHTS)]
    names, counts = np.unique(mine[mine != ""].astype(str), return_counts=True)
    order = np.lexsort((names, -counts))[:3]
    return tuple((str(names[i]), int(counts[i])) for i in order), int(counts.sum())


def weekdays(period: Period) -> Numbers:
    """How many Mondays, Tuesdays … Sundays a period has."""
    first = np.datetime64(str(period.first), "D")
    last = (np.datetime64(str(period.last), "M") + 1).astype("datetime64[D]")
    days = np.arange(first, last)
    # 1 January 1970 was a Thursday.
    return np.bincount((days.astype(np.int64) + 3) % 7, minlength=7).astype(np.float64)


def beyond(part: float, whole: int, share: float) -> float:
    """How often would a share this far from its even share come by chance? Normal, two-sided."""
    spread = np.sqrt(whole * share * (1 - share))
    return float(2 * ndtr(-max(abs(part - whole * share) - 0.5, 0.0) / spread))


def _seasons(brief: Brief) -> tuple[dict[str, Seasonal], int]:
    """The season of each line of police.uk, from the last whole years; none with fewer than two years of months."""
    lines: Sequence[str] = [line.id for line in brief.found(Lines).of_feed(STREET) if ":" not in line.title]
    if not lines:
        return {}, 0
    months = len(brief.span) // 12 * 12
    span = Period(brief.period.last + (1 - months), brief.period.last) if months else brief.period
    found = {}
    came = 0
    for name in lines:
        counts = brief.found(Lines).by_id[name].over(span)
        seen = ~np.isnan(counts)
        came = int(seen.sum())
        years = months / 12
        if months < 12 * YEARS_FOR_A_SEASON or np.nansum(counts) < FEWEST_A_YEAR * years or not _all_months(seen):
            continue
        test = f"times.season.{name}"
        result = season(np.nan_to_num(counts), str(span.first), observed=seen)
        brief.enter(test, result.p)
        found[name] = Seasonal(name, result, test)
    return found, came


def _all_months(seen: NDArray[np.bool_]) -> bool:
    """Whether every calendar month came in two years or more, so that one year's events are not a season."""
    return bool((np.bincount(np.arange(seen.size) % 12, seen, 12) >= YEARS_FOR_A_SEASON).all())
