"""What happens again: to the same people, at the same address, and near by soon after, where the records bear it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.repeats import knox, near_repeat_share, time_to_repeat, victimisation
from goldthread.analysis.repeats.knox import Knox
from goldthread.analysis.repeats.victims import TimeToRepeat, Victimisation
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.measuring.premises import Premises, premises_of
from goldthread.chapters.measuring.theme_lines import ASB, CRIME, VIOLENCE
from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Period
from goldthread.evidence.places import to_grid
from goldthread.evidence.store import Numbers

Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

YEAR_OF_DAYS = 365
FEWEST_PEOPLE, FEWEST_PLACED, FEWEST_NEAR, FEWEST_WAITS = 30, 30, 50, 60
NEAR_METRES, NEAR_DAYS = 200.0, 14.0
PLACED = 0.8  # the share of rows with a point from which near repeats are looked for
BURGLARY = ("Police: Residential burglary",)


@dataclass(frozen=True)
class Kind:
    """A kind of crime that is looked at: its series, or a flag, and what it is called."""

    id: str
    title: str
    many: str
    series: tuple[str, ...] = ()
    flag: str = ""


KINDS = (
    Kind("all", "All crimes with a victim", "crimes"),
    Kind("domestic", "Crimes flagged as domestic abuse", "crimes flagged as domestic abuse", flag="domestic"),
    Kind("violence", "Violence", "violent crimes", VIOLENCE),
    Kind(
        "stalking",
        "Stalking and harassment",
        "offences of stalking and harassment",
        ("Police: Stalking and harassment",),
    ),
    Kind("burglary", "Residential burglary", "residential burglaries", BURGLARY),
    Kind("damage", "Criminal damage", "offences of criminal damage", ("Police: Criminal damage",)),
    Kind("vehicle", "Vehicle offences", "vehicle offences", ("Police: Vehicle offences",)),
)
CALLERS = Kind("callers", "Calls about anti-social behaviour", "calls about anti-social behaviour")
OF_PEOPLE = ("all", "domestic", "violence", "stalking")
OF_ADDRESSES = ("burglary", "domestic", "violence", "damage")


@dataclass(frozen=True)
class RepeatVictims:
    """How often the people of one kind suffered it in the period, and how soon again; nobody is named or numbered."""

    kind: Kind
    feed: Feed
    found: Victimisation
    soon: TimeToRepeat | None


@dataclass(frozen=True)
class RepeatPlaces:
    """
    Crimes of one kind at an address that had one in the year before.

    `repeats` of `events` in the period; `addresses` had any, `again` more than
    one. `unplaced` have no address key. `year_seen` says whether the whole year
    before the period came; without it `repeats` reads low.
    """

    kind: Kind
    feed: Feed
    repeats: int
    events: int
    addresses: int
    again: int
    unplaced: int
    year_seen: bool

    @property
    def share(self) -> float:
        """The share of events that were repeats."""
        return self.repeats / self.events if self.events else float("nan")


@dataclass(frozen=True)
class NearRepeats:
    """
    Whether one of a kind is soon followed by another near by.

    `found` is by distance and days; `close` the same with one band, from another
    place up to 200 m and under 14 days, which is the test that is entered.
    `following` of `events` had another that near in the fortnight before.
    """

    kind: Kind
    feed: Feed
    found: Knox
    close: Knox
    following: int
    events: int
    test: str

    @property
    def pairs(self) -> tuple[int, float, float]:
        """Pairs in the band that is tested, how many are usual, and p."""
        return int(self.close.observed[1, 0]), float(self.close.usual[1, 0]), float(self.close.p[1, 0])


@dataclass(frozen=True)
class Again:
    """Everything that could be asked of repeats, and the sentences that say why something could not."""

    victims: tuple[RepeatVictims, ...] = ()
    places: tuple[RepeatPlaces, ...] = ()
    near: NearRepeats | None = None
    premises: Premises | None = None
    refused: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Rows:
    """The rows of the local extract of the year before and the period; -1 is no person or no address."""

    series: NDArray[np.object_]
    domestic: Flags
    person: Whole
    address: Whole
    day: Numbers
    easting: Numbers
    northing: Numbers
    in_period: Flags

    def of(self, kind: Kind) -> Flags:
        """Which rows are of a kind."""
        if kind.flag:
            return self.domestic
        return np.isin(self.series, list(kind.series)) if kind.series else np.ones(self.day.size, bool)


def measure_again(brief: Brief) -> Again:
    """
    What happens again to the same people, at the same address, and near by soon after?

    From the police's own extract, which has days, addresses and pseudonyms;
    where it did not come, what police.uk cannot bear is said. Near repeats are
    one test of the report's family.
    """
    refused = _refusals(brief)
    victims: list[RepeatVictims] = []
    places: list[RepeatPlaces] = []
    near = None
    if (feed := brief.evidence.feeds.get(CRIME)) is not None:
        rows = _rows(brief, CRIME)
        victims += [found for kind in KINDS if kind.id in OF_PEOPLE and (found := _victims(brief, kind, feed, rows))]
        places += [place for kind in KINDS if kind.id in OF_ADDRESSES and (place := _places(brief, kind, feed, rows))]
        near = _near(brief, next(kind for kind in KINDS if kind.id == "burglary"), feed, rows)
    if (log := brief.evidence.feeds.get(ASB)) is not None and (
        callers := _victims(brief, CALLERS, log, _rows(brief, ASB))
    ):
        victims.append(callers)
    return Again(tuple(victims), tuple(places), near, premises_of(brief), refused)


def _refusals(brief: Brief) -> tuple[str, ...]:
    """Why police.uk cannot say any of this, ready to print."""
    if STREET not in brief.evidence.feeds:
        return ()
    of = Resolution.of_feed(brief.evidence.feeds[STREET].resolution)
    asked = [may_ask(method, of).reason for method in ("repeat victims", "repeat places", "near repeats")]
    return tuple(reason for reason in dict.fromkeys(asked) if reason)


def _rows(brief: Brief, feed: str) -> _Rows:
    both = Period(brief.before.first, brief.period.last)
    rows = brief.evidence.columns(
        "SELECT series, list_contains(string_split(coalesce(flags, ''), ','), 'domestic') AS domestic, "
        "CASE WHEN person IS NULL THEN -1 ELSE dense_rank() OVER (ORDER BY person) END AS person, "
        "CASE WHEN coalesce(location, '') = '' THEN -1 ELSE dense_rank() OVER (ORDER BY location) END AS address, "
        "CAST(date_diff('day', DATE '2000-01-01', CAST(happened_at AS DATE)) AS DOUBLE) AS day, "
        "longitude, latitude, month >= ? AS in_period FROM incidents "
        "WHERE feed = ? AND month BETWEEN ? AND ? AND NOT superseded AND happened_at IS NOT NULL "
        "ORDER BY happened_at, file, line",
        [brief.period.first.first_day, feed, both.first.first_day, both.last.first_day],
    )
    east, north = to_grid(_filled(rows["longitude"]), _filled(rows["latitude"]))
    return _Rows(
        series=np.ma.filled(np.ma.asarray(rows["series"]), ""),
        domestic=np.asarray(rows["domestic"], bool),
        person=np.asarray(rows["person"], np.int64),
        address=np.asarray(rows["address"], np.int64),
        day=np.asarray(rows["day"], np.float64),
        easting=east,
        northing=north,
        in_period=np.asarray(rows["in_period"], bool),
    )


def _filled(column: NDArray[np.float64]) -> Numbers:
    return np.ma.filled(np.ma.asarray(column, np.float64), np.nan)


def _victims(brief: Brief, kind: Kind, feed: Feed, rows: _Rows) -> RepeatVictims | None:
    if not may_ask("repeat victims", Resolution.of_feed(feed.resolution)):
        return None
    mine = rows.of(kind)
    found = victimisation(rows.person[mine & rows.in_period])
    if found.victims < FEWEST_PEOPLE:
        return None
    return RepeatVictims(kind, feed, found, _soon(brief, feed, rows, mine))


def _soon(brief: Brief, feed: Feed, rows: _Rows, mine: Flags) -> TimeToRepeat | None:
    """How soon it happens again, from all that happened in the two years; None where too few were watched."""
    if not may_ask("time to repeat", Resolution.of_feed(feed.resolution)):
        return None
    first, last = _day(str(brief.before.first)), _day(str(brief.period.last + 1)) - 1
    inside = mine & (rows.person >= 0) & (rows.day >= first) & (rows.day <= last)
    if inside.sum() < FEWEST_WAITS:
        return None
    return time_to_repeat(rows.person[inside], rows.day[inside], last_day=last)


def _day(month: str) -> float:
    return float((np.datetime64(month, "D") - np.datetime64("2000-01-01", "D")).astype(np.int64))


def follows(place: Whole, day: Numbers, within_days: float = YEAR_OF_DAYS) -> Flags:
    """
    Which events came after another at the same place (or to the same person) within so many days?

    Of two on one day the later row follows. The count of these is what
    `analysis.repeats.repeat_share` gives; here it is known which they are.
    """
    out = np.zeros(place.size, bool)
    known = np.flatnonzero(place >= 0)
    order = known[np.lexsort((known, day[known], place[known]))]
    again = (place[order][1:] == place[order][:-1]) & (np.diff(day[order]) <= within_days)
    out[order[1:][again]] = True
    return out


def _places(brief: Brief, kind: Kind, feed: Feed, rows: _Rows) -> RepeatPlaces | None:
    mine = rows.of(kind)
    known = mine & rows.in_period & (rows.address >= 0)
    # An address key knows the address, whatever the feed says of its points.
    words = dict(feed.resolution) | {"place": "address"}
    if known.sum() < FEWEST_PLACED or not may_ask("repeat places", Resolution.of_feed(words)):
        return None
    again = np.zeros(mine.size, bool)
    again[mine] = follows(rows.address[mine], rows.day[mine])
    _, each = np.unique(rows.address[known], return_counts=True)
    came = set(brief.evidence.months_of(feed.name))
    return RepeatPlaces(
        kind=kind,
        feed=feed,
        repeats=int((again & known).sum()),
        events=int(known.sum()),
        addresses=int(each.size),
        again=int((each > 1).sum()),
        unplaced=int((mine & rows.in_period & (rows.address < 0)).sum()),
        year_seen=all(month in came for month in brief.before),
    )


def _near(brief: Brief, kind: Kind, feed: Feed, rows: _Rows) -> NearRepeats | None:
    """Near repeats in the period; None where too few have an exact point."""
    if not may_ask("near repeats", Resolution.of_feed(feed.resolution)):
        return None
    mine = rows.of(kind) & rows.in_period
    placed = mine & np.isfinite(rows.easting) & np.isfinite(rows.northing)
    if placed.sum() < max(FEWEST_NEAR, PLACED * mine.sum()):
        return None
    at = (rows.easting[placed], rows.northing[placed], rows.day[placed])
    close = knox(*at, metres=(0.0, 1.0, NEAR_METRES), days=(0.0, NEAR_DAYS))
    test = f"repeats.{kind.id}.near"
    brief.enter(test, float(close.p[1, 0]))
    following, events = near_repeat_share(*at, metres=NEAR_METRES, days=NEAR_DAYS)
    return NearRepeats(kind, feed, knox(*at), close, following, events, test)
