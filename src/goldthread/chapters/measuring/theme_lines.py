"""The lines that themes follow beside each feed's own: what a flag marks, what several series make, who reported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from goldthread.chapters.brief import Brief, Line, slugs
from goldthread.chapters.measuring.lines import Lines, Moved, compare
from goldthread.chapters.measuring.selecting import clause
from goldthread.evidence.periods import Month
from goldthread.evidence.store import Numbers

CRIME, ASB, FIRE = "police-local-crime", "police-local-asb", "fire-incidents"
ED, ADMISSIONS, ROADS = "emergency-department-assaults", "hospital-admissions-violence", "road-collisions"
STAFF, HATE = "staff-assaults", "hate-crime"

SEXUAL = ("Police: Rape", "Police: Other sexual offences")
VIOLENCE = ("Police: Homicide", "Police: Violence with injury", "Police: Violence without injury")
AGAINST_WOMEN = (*VIOLENCE, "Police: Stalking and harassment", *SEXUAL)
SERIOUS = ("Police: Homicide", "Police: Violence with injury", "Police: Robbery of personal property")
DELIBERATE = (
    *("Fire: Deliberate primary fire", "Fire: Deliberate primary vehicle fire"),
    "Fire: Deliberate secondary fire",
)
SUBSTANCE_ADMISSIONS = (
    *("Hospital admissions: Drugs and other substances", "Hospital admissions: Toxic effect of alcohol"),
    "Hospital admissions: Evidence of alcohol",
)


@dataclass(frozen=True)
class Followed:
    """A line that is counted from rows of a feed by series, by flag or by another column."""

    id: str
    title: str
    feed: str
    series: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


FOLLOWED = (
    Followed("police-local-crime.all", "All crimes in the police's own extract", CRIME),
    Followed("police-local-crime.domestic", "Crimes flagged as domestic abuse", CRIME, where={"flag": "domestic"}),
    Followed(
        "police-local-crime.women-and-girls",
        "Violence against women and girls",
        CRIME,
        AGAINST_WOMEN,
        {"sex": "Female"},
    ),
    Followed("police-local-crime.sexual", "Sexual offences", CRIME, SEXUAL),
    Followed("police-local-crime.serious", "Serious violence, as counted here", CRIME, SERIOUS),
    Followed("police-local-crime.knife", "Crimes with a knife or blade (flagged)", CRIME, where={"flag": "knife"}),
    Followed(
        "police-local-crime.injury", "Crimes in which someone was hurt (flagged)", CRIME, where={"flag": "injury"}
    ),
    Followed("police-local-crime.hate", "Crimes flagged as hate crime", CRIME, where={"flag": "hate"}),
    Followed("police-local-crime.alcohol", "Crimes flagged as involving alcohol", CRIME, where={"flag": "alcohol"}),
    Followed(
        "police-local-crime.emergency-worker",
        "Crimes against emergency and public service workers (flagged)",
        CRIME,
        where={"flag": "emergency worker"},
    ),
    Followed("police-local-asb.all", "Anti-social behaviour in the police's own log", ASB),
    Followed("fire-incidents.deliberate", "Deliberate fires", FIRE, DELIBERATE),
    Followed("fire-incidents.attacks", "Attacks on fire crews (flagged)", FIRE, where={"flag": "attack on staff"}),
    Followed(
        "emergency-department-assaults.domestic",
        "Emergency department assaults by a partner or relative (flagged)",
        ED,
        where={"flag": "domestic"},
    ),
    Followed(
        "emergency-department-assaults.knife",
        "Emergency department assaults with a knife or sharp object",
        ED,
        where={"category": "Knife or sharp object"},
    ),
    Followed(
        "hospital-admissions-violence.substances", "Admissions for drugs and alcohol", ADMISSIONS, SUBSTANCE_ADMISSIONS
    ),
    Followed(
        "road-collisions.ksi",
        "Collisions in which someone was killed or seriously injured",
        ROADS,
        ("Road collisions: Fatal", "Road collisions: Serious"),
    ),
)

# Feeds with a line for each value of a column: employers are not compared with each other, nor strands.
BY_VALUE = ((STAFF, "reporter"), (STAFF, "category"), (HATE, "category"))


@dataclass(frozen=True)
class ThemeLines:
    """
    The themes' own lines by id, how each moved from the year before, and which flags each feed brought.

    A flag that no row of a feed carries is not among `flags`: most likely its
    column did not come, and nothing can be said of it.
    """

    by_id: Mapping[str, Line]
    moved: Mapping[str, Moved]
    flags: Mapping[str, frozenset[str]]

    def by_value(self, feed: str, column: str) -> list[Line]:
        """The lines of a feed for each value of a column, most rows first."""
        mine = [v for v in self.by_id.values() if v.feed.name == feed and list(v.where) == [column]]
        return sorted(mine, key=lambda line: (-float(np.nansum(line.counts)), line.id))


def measure_theme_lines(brief: Brief) -> ThemeLines:
    """
    How did each thing that a theme follows change from the same months a year before?

    Flags and groups of series overlap with the lines of their feeds, so these
    are counted and compared beside them and never added to them. Only lines of
    feeds that came are made; each is one test of the report's family.
    """
    wanted = [f for f in FOLLOWED if brief.has(f.feed)] + _by_value(brief)
    lines = [line for feed in dict.fromkeys(f.feed for f in wanted) for line in _lines(brief, feed, wanted)]
    return ThemeLines({line.id: line for line in lines}, compare(brief, lines, "change"), _flags(brief))


def _flags(brief: Brief) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for feed, flags in brief.evidence.rows("SELECT DISTINCT feed, flags FROM incidents WHERE flags <> ''"):
        found.setdefault(feed, set()).update(str(flags).split(","))
    return {feed: frozenset(flags) for feed, flags in found.items()}


def _by_value(brief: Brief) -> list[Followed]:
    found = []
    for feed, column in BY_VALUE:
        if brief.has(feed):
            values = brief.evidence.rows(
                f"SELECT DISTINCT {column} FROM incidents WHERE feed = ? AND {column} IS NOT NULL ORDER BY 1", [feed]
            )
            names = [str(v) for (v,) in values]
            found += [
                Followed(f"{feed}.{column}.{one}", name, feed, where={column: name})
                for one, name in zip(slugs(names), names, strict=True)
            ]
    return found


def _lines(brief: Brief, feed: str, wanted: Sequence[Followed]) -> list[Line]:
    mine = [f for f in wanted if f.feed == feed]
    parts = [clause(f.series, f.where) for f in mine]
    counted = ", ".join(f"count(*) FILTER (WHERE {condition})" for condition, _ in parts)
    values: list[object] = [value for _, some in parts for value in some]
    rows = brief.evidence.rows(
        f"SELECT month, {counted} FROM incidents WHERE month IS NOT NULL AND feed = ? GROUP BY 1", [*values, feed]
    )
    came = np.full(len(brief.span), np.nan)
    for month in brief.evidence.months_of(feed):
        came[month - brief.span.first] = 0.0
    counts: list[Numbers] = [came.copy() for _ in mine]
    for month, *numbers in rows:
        at = Month.of(month) - brief.span.first
        for i, n in enumerate(numbers):
            counts[i][at] = float(n)
    about = brief.evidence.feeds[feed]
    return [
        Line(f.id, f.title, about, f.series, brief.span, counts[i], f.where)
        for i, f in enumerate(mine)
        if np.nansum(counts[i]) > 0 or not f.where
    ]


def with_theme_lines(brief: Brief) -> Brief:
    """The brief as the themes read it: their own lines stand among the lines of the feeds."""
    lines, own = brief.found(Lines), brief.found(ThemeLines)
    wider = Lines({**lines.by_id, **own.by_id}, {**lines.moved, **own.moved})
    return replace(brief, measured={**brief.measured, Lines: wider})
