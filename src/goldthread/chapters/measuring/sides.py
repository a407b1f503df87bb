"""What is known of the three sides of a problem: who suffers it, who does it and where it is, each with its counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.topics import Topic
from goldthread.evidence.feeds import feed_named

CRIME, SUSPECTS = "police-local-crime", "police-local-suspects"
PREFIX = "Police: "
UNKNOWN = ("", "Not known", "Not stated", "Unknown")
FEWEST = 20  # people of whom less than this many are known are not described


@dataclass(frozen=True)
class Known:
    """People of a feed of whom something is known: how many, commonest age band and sex, and how many come back."""

    feed: str
    people: int
    age: str
    of_age: int
    sex: str
    of_sex: int
    again: int | None
    persons: int | None


@dataclass(frozen=True)
class Where:
    """How much of it is in one ward and in the busiest tenth of small areas; a part not known is None or empty."""

    placed: int
    ward: str
    in_ward: int
    areas: int
    in_areas: int


@dataclass(frozen=True)
class Sides:
    """The three sides of one issue; a side of which nothing is known is None."""

    victim: Known | None
    offender: Known | None
    place: Where | None

    @property
    def complete(self) -> int:
        """How many of the three sides have a figure."""
        return sum(side is not None for side in (self.victim, self.offender, self.place))


def sides_of(brief: Brief, topic: Topic, line: Line | None) -> Sides:
    """
    What do the data say of the victims, the offenders and the places of an issue?

    Victims are the people of the issue's own rows, or of the force's extract;
    offenders its suspects (known for some crimes only); places the line's own
    small areas.
    """
    return Sides(_victims(brief, topic, line), _offenders(brief, topic), _places(brief, line))


def _victims(brief: Brief, topic: Topic, line: Line | None) -> Known | None:
    if line is not None and line.feed.protected:
        condition, values = rows_of(line, brief.period)
        found = _known(brief, condition, values, line.feed.name)
        if found is not None:
            return found
    if not brief.has(CRIME):
        return None
    series = [s for s in topic.partners if s.startswith(PREFIX)]
    return _of_series(brief, CRIME, "series", series)


def _offenders(brief: Brief, topic: Topic) -> Known | None:
    if not brief.has(SUSPECTS):
        return None
    if "Police suspects" in topic.partners:
        return _of_series(brief, SUSPECTS, "series", ["Police suspects"])
    return _of_series(brief, SUSPECTS, "category", [s.removeprefix(PREFIX) for s in topic.partners if PREFIX in s])


def _of_series(brief: Brief, feed: str, column: str, names: Sequence[str]) -> Known | None:
    if not names:
        return None
    span = [brief.period.first.first_day, brief.period.last.first_day]
    condition = (
        f"feed = ? AND NOT superseded AND month BETWEEN ? AND ? AND {column} IN ({', '.join('?' for _ in names)})"
    )
    return _known(brief, condition, [feed, *span, *names], feed)


def _known(brief: Brief, condition: str, values: Sequence[object], feed: str) -> Known | None:
    """Ages, sexes and people who come back, over the rows of people; None with too few to describe."""
    rows = brief.evidence.rows(
        "SELECT coalesce(age_band, ''), coalesce(sex, ''), count(*) FROM incidents "
        f"WHERE {condition} AND (age_band IS NOT NULL OR sex IS NOT NULL) GROUP BY 1, 2",
        list(values),
    )
    ages, sexes = _tally(rows, 0), _tally(rows, 1)
    people = sum(int(n) for _, _, n in rows)
    if people < FEWEST or not (ages or sexes):
        return None
    age, sex = _commonest(ages), _commonest(sexes)
    again, persons = _again(brief, condition, values, feed)
    return Known(feed, people, age, ages.get(age, 0), sex, sexes.get(sex, 0), again, persons)


def _tally(rows: Sequence[tuple[object, ...]], at: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in rows:
        name = str(row[at])
        if name not in UNKNOWN:
            found[name] = found.get(name, 0) + int(str(row[2]))
    return found


def _commonest(counts: Mapping[str, int]) -> str:
    return max(sorted(counts), key=lambda name: counts[name]) if counts else ""


def _again(brief: Brief, condition: str, values: Sequence[object], feed: str) -> tuple[int | None, int | None]:
    """How many people are there more than once, of how many; None where the feed knows no people apart."""
    if not may_ask("repeat victims", Resolution.of_feed(feed_named(feed).resolution)):
        return None, None
    [(again, persons)] = brief.evidence.rows(
        "SELECT count(*) FILTER (n > 1), count(*) FROM (SELECT person, count(*) AS n FROM incidents "
        f"WHERE {condition} AND person IS NOT NULL GROUP BY 1)",
        list(values),
    )
    return (int(again), int(persons)) if persons else (None, None)


def _places(brief: Brief, line: Line | None) -> Where | None:
    areas = brief.measured.get(SmallAreas)
    if line is None or not isinstance(areas, SmallAreas) or line.id not in areas.counts:
        return _counted(brief, line) if line is not None else None
    placed = int(areas.placed(line.id))
    if placed < FEWEST:
        return None
    many, held, _ = areas.share_in_top(line.id)
    wards: dict[str, float] = {}
    for ward, n in zip(areas.wards, areas.counts[line.id], strict=True):
        if ward:
            wards[ward] = wards.get(ward, 0.0) + float(n)
    ward = max(sorted(wards), key=lambda w: wards[w]) if wards else ""
    return Where(placed, ward, int(wards.get(ward, 0)), many, int(held))


def _counted(brief: Brief, line: Line) -> Where | None:
    """The same for a line that is not among the small areas, such as a flag's."""
    condition, values = rows_of(line, brief.period)
    rows = brief.evidence.rows(
        f"SELECT i.lsoa, any_value(p.ward_name), count(*) FROM (SELECT lsoa FROM incidents WHERE {condition}) i "
        "JOIN places p ON p.lsoa = i.lsoa GROUP BY 1 ORDER BY 3 DESC, 1",
        values,
    )
    placed = sum(int(n) for _, _, n in rows)
    if placed < FEWEST:
        return None
    [(every,)] = brief.evidence.rows("SELECT count(*) FROM places")
    many = max(1, round(0.1 * int(every)))
    wards: dict[str, int] = {}
    for _, ward, n in rows:
        if ward:
            wards[ward] = wards.get(ward, 0) + int(n)
    ward = max(sorted(wards), key=lambda w: wards[w]) if wards else ""
    return Where(placed, ward, wards.get(ward, 0), many, sum(int(n) for _, _, n in rows[:many]))
