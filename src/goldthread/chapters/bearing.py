"""What is so of the evidence as a whole that a reader of its figures must bear in mind."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Figure
from goldthread.chapters.sources import BLANK_ALARM, PLACED
from goldthread.evidence.definitions import definition, table_of
from goldthread.evidence.feeds import all_feeds
from goldthread.evidence.periods import Month

PANDEMIC = (Month(2020, 3), Month(2021, 7))
MIDNIGHT = 0.05  # the share of timed rows at midnight or a minute past from which the clock is doubted
POLICE = frozenset({"police-uk-street", "police-local-crime", "police-local-asb", "police-uk-outcomes"})
TALKED_OF_LITTLE = frozenset({"domestic-abuse", "sexual-violence", "hate-crime", "exploitation"})


@dataclass(frozen=True)
class Facts:
    """
    Facts that conditions of caveats ask for, each worked out once.

    `feed_of` says which feed a series or a measure is of. `missing`, `no_place`
    and `midnight` are feeds: with months that did not come, with many rows
    without a small area, with many rows timed at midnight.
    """

    came: frozenset[str]
    feed_of: Mapping[str, str]
    missing: frozenset[str] = frozenset()
    no_place: frozenset[str] = frozenset()
    midnight: frozenset[str] = frozenset()
    pandemic: bool = False
    borders_changed: bool = False
    partnerships: int = 1
    old_population: bool = False
    lsoa_changed: bool = False
    forces_missing: bool = False
    police: frozenset[str] = POLICE
    under_reported: frozenset[str] = field(default=TALKED_OF_LITTLE)

    @property
    def series(self) -> frozenset[str]:
        """Every series that came."""
        return frozenset(self.feed_of)

    def feeds(self, figure: Figure) -> frozenset[str]:
        """The feeds of the rows behind a figure."""
        named = {figure.rows.where["feed"]} if "feed" in figure.rows.where else set()
        return frozenset(named | {self.feed_of[s] for s in figure.rows.series if s in self.feed_of})


def facts_of(brief: Brief) -> Facts:
    """What is so of this evidence, kept with the rest of what was measured."""
    kept = brief.measured.get(Facts)
    if isinstance(kept, Facts):
        return kept
    ask = brief.evidence.rows
    feed_of = {s: f for f, s in ask("SELECT DISTINCT feed, series FROM counts ORDER BY 1 DESC, 2")}
    feed_of |= {m: f for f, m in ask("SELECT DISTINCT feed, measure FROM measures ORDER BY 1, 2") if m not in feed_of}
    told = brief.evidence.provenance
    span = (brief.before.first, brief.period.last)
    made = Facts(
        came=frozenset(brief.evidence.feeds),
        feed_of=feed_of,
        missing=frozenset(f for f, _, m in brief.evidence.missing() if span[0] <= Month.of(m) <= span[1]),
        no_place=frozenset(f for f, share in _no_place(brief).items() if 100 * share > BLANK_ALARM),
        midnight=_midnight(brief),
        pandemic=span[0] <= PANDEMIC[1] and PANDEMIC[0] <= span[1],
        borders_changed=_borders_changed(brief),
        partnerships=_partnerships(told.get("area_code", "")),
        old_population=(told.get("population_year") or "9999") < str(brief.period.first.year),
        lsoa_changed=bool(ask("SELECT 1 FROM incidents WHERE place_how LIKE '2011%' LIMIT 1")),
        forces_missing=_forces_missing(brief),
    )
    brief.measured[Facts] = made
    return made


def _no_place(brief: Brief) -> dict[str, float]:
    """The share of rows without a small area, of feeds that have small areas at all."""
    placed = {f.name for f in all_feeds() if f.resolution.get("place") in PLACED}
    rows = brief.evidence.rows("SELECT feed, 1 - count(lsoa) / count(*) FROM incidents WHERE NOT superseded GROUP BY 1")
    return {f: float(share) for f, share in rows if f in placed}


def _midnight(brief: Brief) -> frozenset[str]:
    """Feeds that have the time of day, and of which many rows are timed at midnight or a minute past."""
    timed = {f.name for f in all_feeds() if f.resolution.get("time") == "minute"}
    rows = brief.evidence.rows(
        "SELECT feed, avg(CASE WHEN hour(happened_at) = 0 AND minute(happened_at) < 2 THEN 1.0 ELSE 0.0 END) "
        "FROM incidents WHERE happened_at IS NOT NULL AND NOT superseded GROUP BY 1"
    )
    return frozenset(f for f, share in rows if f in timed and share > MIDNIGHT)


def _borders_changed(brief: Brief) -> bool:
    """Whether an authority that went into the area was last used within the period, or the year before it."""
    own = set(json.loads(brief.evidence.provenance.get("authorities") or "[]"))
    last = [
        int(r["last_used"]) for r in table_of("areas/former-authorities") if r["authority"] in own and r["last_used"]
    ]
    return any(year >= brief.before.first.year for year in last)


def _partnerships(code: str) -> int:
    """Under how many partnership codes national tables hold the area."""
    return len({r["csp_code"] for r in table_of("areas/authorities") if r["code"] == code}) or 1


def _forces_missing(brief: Brief) -> bool:
    """Whether a force that a comparator lies in has a known gap that reaches into the two years."""
    forces = {
        f
        for (f,) in brief.evidence.rows(
            "SELECT DISTINCT a.force FROM comparators c JOIN authorities a ON a.authority = c.authority"
        )
        if f
    }
    first, last = str(brief.before.first), str(brief.period.last)
    return any(
        any(str(force).lower() in str(gap["name"]).lower() for force in forces)
        and str(gap["first"]) <= last
        and (not gap["last"] or str(gap["last"]) >= first)
        for gap in definition("coverage-gaps")["gaps"]
    )
