"""Whether police, health, council and residents see the same: issue by issue, ward by ward, and case by case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.capture_recapture import Estimated, Sensitivity, chapman, sensitivity
from goldthread.analysis.triangulation import Matrix, PairAgreement, Unseen, agree, matrix, unseen
from goldthread.chapters.brief import Brief, slug, slugs
from goldthread.chapters.measuring.survey import Survey
from goldthread.chapters.measuring.theme_lines import ThemeLines
from goldthread.chapters.topics import Topic, topics
from goldthread.chapters.words import listed
from goldthread.evidence.feeds import feed_named
from goldthread.evidence.periods import Month

POLICE, HEALTH, COUNCIL, RESIDENTS = "Police", "Health", "Council", "Residents"
STREET, LOCAL, AMBULANCE, HOSPITAL = (
    *("police-uk-street", "police-local-crime"),
    *("ambulance-assaults", "emergency-department-assaults"),
)
SPEAKS: Mapping[str, str] = {
    **dict.fromkeys((STREET, LOCAL, "police-local-asb", "hate-crime", "road-collisions"), POLICE),
    **dict.fromkeys((AMBULANCE, HOSPITAL, "hospital-admissions-violence"), HEALTH),
    **dict.fromkeys(("council-asb", "council-noise", "fly-tipping", "graffiti", "street-scene"), COUNCIL),
}
# Issues that would put the same rows of a source in the matrix twice: read with another, or left to it.
READ_WITH = {"substance-misuse": "drugs"}
# Issues that a chapter counts by more than their series: by the sex of the victim, or by a flag.
COUNTED_BY = {
    "violence-against-women-and-girls": "police-local-crime.women-and-girls",
    "domestic-abuse": "police-local-crime.domestic",
}
LEFT_TO_OTHERS = frozenset({"serious-violence", "sexual-violence"})
FEWEST_WARDS = 5
DRAWS = 1_999  # shuffles behind a p-value: it is told to the nearest two thousandth
FEWEST_MATCHED = 20  # people on both lists: fewer make the estimate of those on neither wild
INFORMED = "police informed"
WITH_INJURY = "Police: Violence with injury"
AMBULANCE_CALLS, ED_ASSAULTS = "Ambulance calls to assaults", "Emergency department assaults"


@dataclass(frozen=True)
class Counted:
    """What one source counts of an issue: which series (or flag) of which feed, and how many; a share for residents."""

    source: str
    feed: str
    what: str
    value: float


@dataclass(frozen=True)
class Pair:
    """Two sources of the same kind of trouble, ward by ward: what they count, and whether they agree."""

    issue: str
    first: str
    second: str
    agreement: PairAgreement
    test: str


@dataclass(frozen=True)
class Hidden:
    """One ward's ambulance calls beside its police-recorded violence, and how many of the calls the police were at."""

    ward: str
    found: Unseen
    informed: int | None
    test: str


@dataclass(frozen=True)
class Overlap:
    """Police and hospital lists of people hurt, and how many there would be in all were the lists independent."""

    police: int
    hospital: int
    both: int
    estimated: Estimated
    otherwise: tuple[Sensitivity, ...]


@dataclass(frozen=True)
class Triangulated:
    """
    What the sources say of the same issues and places; parts that the feeds do not bear are empty.

    `counted` has, by topic, what each source counts; `order` the topics in the order of `matrix`.
    `police_of` says which police series the wards were compared on.
    """

    order: tuple[str, ...] = ()
    counted: Mapping[str, tuple[Counted, ...]] | None = None
    matrix: Matrix | None = None
    pairs: tuple[Pair, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    police_of: str = ""
    months: int = 0
    overlap: Overlap | None = None


def measure_agreement(brief: Brief) -> Triangulated:
    """
    Do the sources agree on what the trouble is, and where?

    Each pair of sources ward by ward, and each ward's ambulance calls beside
    police violence, is one test of the report's family.
    """
    counted = _counted(brief)
    order = tuple(counted)
    hidden, police_of, months = _hidden(brief)
    return Triangulated(
        order=order,
        counted=counted,
        matrix=_matrix(order, counted),
        pairs=_pairs(brief),
        hidden=hidden,
        police_of=police_of,
        months=months,
        overlap=_overlap(brief),
    )


def _counted(brief: Brief) -> dict[str, tuple[Counted, ...]]:
    """What each source counts of each issue on which at least two of them speak."""
    span = [brief.period.first.first_day, brief.period.last.first_day]
    series = {
        (feed, name): float(n)
        for feed, name, n in brief.evidence.rows(
            "SELECT feed, series, sum(n) FROM counts WHERE month BETWEEN ? AND ? GROUP BY 1, 2", span
        )
    }
    flags = {
        (feed, flag): float(n)
        for feed, flag, n in brief.evidence.rows(
            "SELECT feed, flag, count(*) FROM (SELECT feed, unnest(string_split(flags, ',')) AS flag FROM incidents "
            "WHERE flags IS NOT NULL AND NOT superseded AND month BETWEEN ? AND ?) GROUP BY 1, 2",
            span,
        )
    }
    survey = brief.found(Survey)
    told: dict[str, list[Counted]] = {}
    for topic in topics().values():
        if topic.id in LEFT_TO_OTHERS:
            continue
        found = [best for source in (POLICE, HEALTH, COUNCIL) if (best := _largest(source, topic, series, flags))]
        concern = survey.concern(topic.id)
        found = [_as_its_chapter(brief, topic, c) if c.source == POLICE else c for c in found]
        if concern and concern.topics[0] == topic.id:
            found.append(Counted(RESIDENTS, "residents-survey", concern.label, 100 * concern.now.value))
        mine = told.setdefault(READ_WITH.get(topic.id, topic.id), [])
        mine += [c for c in found if c.source not in {m.source for m in mine}]
    return {topic: tuple(found) for topic, found in told.items() if len(found) > 1}


def _as_its_chapter(brief: Brief, topic: Topic, counted: Counted) -> Counted:
    """What the police record of an issue, counted as the issue's own chapter counts it where it has a line there."""
    lines = brief.measured.get(ThemeLines)
    line = lines.by_id.get(COUNTED_BY.get(topic.id, "")) if isinstance(lines, ThemeLines) else None
    n = float(np.nansum(line.over(brief.period))) if line is not None else 0.0
    return Counted(POLICE, line.feed.name, line.title, n) if line is not None and n else counted


def _largest(
    source: str, topic: Topic, series: Mapping[tuple[str, str], float], flagged: Mapping[tuple[str, str], float]
) -> Counted | None:
    """
    What this source counts most of an issue.

    One event may be in several feeds, so those are not added and the largest
    is taken; a row of a feed is in one series, so series of one feed are added.
    The open data come before the force's own extract, since the other sources
    are read against the same count everywhere; a flag speaks where no series does.
    """
    names = topic.series if source == POLICE and any(s in topic.series for _, s in series) else topic.partners
    by_feed: dict[str, list[str]] = {}
    for feed, name in sorted(series):
        if SPEAKS.get(feed) == source and name in names:
            by_feed.setdefault(feed, []).append(name)
    found = [Counted(source, f, _named(f, some), sum(series[f, s] for s in some)) for f, some in by_feed.items()]
    found += [
        Counted(source, f, f"{feed_named(f).title}, marked {flag}", n)
        for (f, flag), n in flagged.items()
        if SPEAKS.get(f) == source and flag in topic.flags and f not in by_feed and names is not topic.series
    ]
    return max(found, key=lambda c: (c.value, c.feed, c.what)) if found else None


def _named(feed: str, series: Sequence[str]) -> str:
    """What the series of a feed are called together."""
    return listed(series) if len(series) < 3 else feed_named(feed).title


def _matrix(order: Sequence[str], counted: Mapping[str, Sequence[Counted]]) -> Matrix | None:
    sources = [s for s in (POLICE, HEALTH, COUNCIL, RESIDENTS) if any(c.source == s for t in order for c in counted[t])]
    if len(order) < 3 or len(sources) < 2:
        return None
    values = {
        source: [next((c.value for c in counted[t] if c.source == source), np.nan) for t in order] for source in sources
    }
    return matrix([topics()[t].title for t in order], values)


def _by_ward(brief: Brief, feed: str, series: Sequence[str], months: Sequence[Month]) -> dict[str, float]:
    """How many of these series each ward has in these months; every ward is there, with none if need be."""
    wards = {
        w: 0.0 for (w,) in brief.evidence.rows("SELECT DISTINCT ward_name FROM places WHERE ward_name IS NOT NULL")
    }
    if not months:
        return {}
    found = brief.evidence.rows(
        "SELECT p.ward_name, sum(c.n) FROM counts c JOIN places p ON p.lsoa = c.lsoa WHERE c.feed = ? "
        f"AND c.series IN ({', '.join('?' for _ in series)}) AND c.month IN ({', '.join('?' for _ in months)}) "
        "AND p.ward_name IS NOT NULL GROUP BY 1",
        [feed, *series, *(m.first_day for m in months)],
    )
    return {**wards, **{w: float(n) for w, n in found}}


def _both_came(brief: Brief, first: str, second: str) -> list[Month]:
    """The months of the period that came of both feeds."""
    return [m for m in brief.evidence.months_of(first) if m in brief.period and m in brief.evidence.months_of(second)]


def _hidden(brief: Brief) -> tuple[tuple[Hidden, ...], str, int]:
    """Each ward's ambulance calls beside its police violence, in the months that came of both."""
    injury = (WITH_INJURY, "Police: Violence without injury")
    feed, series = (LOCAL, injury) if brief.has(LOCAL) else (STREET, ("Violence and sexual offences",))
    months = _both_came(brief, feed, AMBULANCE) if brief.has(feed) and brief.has(AMBULANCE) else []
    police = _by_ward(brief, feed, series, months)
    calls = _by_ward(brief, AMBULANCE, (AMBULANCE_CALLS,), months)
    if len(police) < FEWEST_WARDS or not sum(police.values()) or not sum(calls.values()):
        return (), "", 0
    wards = sorted(police)
    informed = _informed(brief, months)
    made, ids = [], dict(zip(wards, slugs(wards), strict=True))
    for found in unseen(wards, [police[w] for w in wards], [calls[w] for w in wards]):
        test = f"hidden.{ids[found.item]}"
        brief.enter(test, found.p)
        made.append(Hidden(found.item, found, informed.get(found.item, 0) if informed else None, test))
    made.sort(key=lambda h: (-h.found.ratio, h.ward))
    return tuple(made), " and ".join(s.removeprefix("Police: ").lower() for s in series), len(months)


def _informed(brief: Brief, months: Sequence[Month]) -> dict[str, int]:
    """At how many ambulance calls of each ward the police were; empty when nothing says so of any."""
    rows = brief.evidence.rows(
        "SELECT p.ward_name, count(*) FROM incidents i JOIN places p ON p.lsoa = i.lsoa WHERE i.feed = ? "
        f"AND i.month IN ({', '.join('?' for _ in months)}) AND list_contains(string_split(i.flags, ','), ?) "
        "AND p.ward_name IS NOT NULL GROUP BY 1",
        [AMBULANCE, *(m.first_day for m in months), INFORMED],
    )
    return {w: int(n) for w, n in rows}


def _pairs(brief: Brief) -> tuple[Pair, ...]:
    """The pairs of sources of one kind of trouble, each compared ward by ward as rates by residents."""
    people = {
        w: float(n or 0)
        for w, n in brief.evidence.rows("SELECT ward_name, sum(population) FROM places GROUP BY 1")
        if w
    }
    if len(people) < FEWEST_WARDS or min(people.values()) <= 0:
        return ()
    violence, asb, damage = "Violence and sexual offences", "Anti-social behaviour", "Criminal damage and arson"
    wanted = (
        ("Violence", (STREET, violence), (AMBULANCE, AMBULANCE_CALLS)),
        ("Anti-social behaviour", (STREET, asb), ("council-asb", "Council anti-social behaviour")),
        ("Noise and anti-social behaviour", (STREET, asb), ("council-noise", "Council noise complaints")),
        ("Damage and graffiti", (STREET, damage), ("graffiti", "Graffiti")),
    )
    made = []
    for issue, first, second in wanted:
        if not (brief.has(first[0]) and brief.has(second[0])):
            continue
        months = _both_came(brief, first[0], second[0])
        counts = [_by_ward(brief, feed, (series,), months) for feed, series in (first, second)]
        if not all(c and sum(c.values()) > 0 for c in counts):
            continue
        rates = {s[1]: [c[w] / people[w] for w in sorted(people)] for s, c in zip((first, second), counts, strict=True)}
        pair = agree(rates, draws=DRAWS).pairs[0]
        test = f"agreement.{slug(issue)}"
        brief.enter(test, pair.p)
        made.append(Pair(issue, first[1], second[1], pair, test))
    return tuple(made)


def _overlap(brief: Brief) -> Overlap | None:
    """People hurt whom police, hospital or both know of; None unless the hospital says whom the police were told of."""
    if not (brief.has(LOCAL) and brief.has(HOSPITAL)):
        return None
    months = [m.first_day for m in _both_came(brief, LOCAL, HOSPITAL)]
    if not months:
        return None
    marks = ", ".join("?" for _ in months)
    [(police, hospital, both)] = brief.evidence.rows(
        "SELECT count(*) FILTER (feed = ? AND series = ?), count(*) FILTER (feed = ?), "
        "count(*) FILTER (feed = ? AND list_contains(string_split(flags, ','), ?)) "
        f"FROM incidents WHERE NOT superseded AND feed IN (?, ?) AND month IN ({marks})",
        [LOCAL, WITH_INJURY, HOSPITAL, HOSPITAL, INFORMED, LOCAL, HOSPITAL, *months],
    )
    if both < FEWEST_MATCHED or both > min(police, hospital):
        return None
    counts = int(police), int(hospital), int(both)
    return Overlap(*counts, chapman(*counts), sensitivity(*counts))
