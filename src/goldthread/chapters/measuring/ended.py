"""What became of recorded crimes, when each has had the same three months."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.outcomes import LEAST_AGE, UNAVAILABLE, Cohort, cohort
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.returns import same_share
from goldthread.evidence.periods import Period

OUTCOMES = "police-uk-outcomes"
CHARGED, NO_SUSPECT = "Charged or summonsed", "No suspect identified"
NOT_PROSECUTED = "Suspect known, could not be prosecuted"
OUT_OF_COURT = "Dealt with out of court"
TESTED = (CHARGED, NO_SUSPECT)


@dataclass(frozen=True)
class Ended:
    """
    Crimes of the period that are at least three months old, by what became of them.

    `months` are those of the crimes counted, `too_young` how many of the period
    are left out. `now` and `by_type` are for them; `before` for the same months
    a year earlier, None where outcomes had no dates or months are missing, for
    then the older crimes would have had longer: `why_not` says which. `dated`
    says whether only outcomes within three months count. `tests` names the
    test of each outcome.
    """

    months: Period | None
    now: Cohort | None
    before: Cohort | None
    by_type: Mapping[str, Cohort]
    why_not: str
    tests: Mapping[str, str]
    dated: bool
    too_young: int


NOTHING = Ended(None, None, None, {}, "", {}, False, 0)
Columns = Mapping[str, NDArray[Any]]


def measure_ended(brief: Brief) -> Ended:
    """
    What became of this period's crimes within three months, and did that change from the year before?

    The newest outcome dated within three months of the crime counts. One dated
    later, or that only the street file knows (its newest release may be years
    younger), does not, so that older crimes are not flattered; a status that is
    unavailable stays so. Without dated outcomes for all the months the latest
    outcome known counts, and nothing is compared.
    """
    total = brief.found(Lines).by_id.get(TOTAL)
    came = brief.evidence.months_of(OUTCOMES) or brief.evidence.months_of(STREET)
    if total is None or not came:
        return NOTHING
    last = min(brief.period.last, came[-1] + -LEAST_AGE)
    if last < brief.period.first:
        return NOTHING
    months = Period(brief.period.first, last)
    earlier = Period(months.first + -12, months.last + -12)
    dated = _came(brief, OUTCOMES, months, LEAST_AGE)
    crimes = _crimes(brief, total.series, months, dated=dated)
    now = _cohort(crimes, months, dated=dated)
    if not now.crimes:
        return NOTHING
    why_not, before = _why_not(brief, earlier, dated=dated), None
    if not why_not:
        before = _cohort(_crimes(brief, total.series, earlier, dated=True), earlier, dated=True)
    series = crimes["series"].astype(str)
    by_type = {
        name: _cohort({k: v[series == name] for k, v in crimes.items()}, months, dated=dated)
        for name in total.series
        if (series == name).any()
    }
    young = total.over(Period(last + 1, brief.period.last)) if last < brief.period.last else np.zeros(0)
    tests = _tests(brief, now, before)
    return Ended(months, now, before, by_type, why_not, tests, dated, int(np.nansum(young)))


def _came(brief: Brief, feed: str, months: Period, more: int = 0) -> bool:
    return set(Period(months.first, months.last + more)) <= set(brief.evidence.months_of(feed))


def _why_not(brief: Brief, earlier: Period, *, dated: bool) -> str:
    """Why nothing can be compared; empty when it can."""
    if not dated:
        return "dated outcomes were not supplied for every month, so older crimes have had longer to be dealt with"
    if not _came(brief, STREET, earlier):
        return "the same months of the year before were not all supplied"
    if not _came(brief, OUTCOMES, earlier, LEAST_AGE):
        return "outcomes of some months of the year before were not supplied"
    return ""


def _crimes(brief: Brief, series: tuple[str, ...], months: Period, *, dated: bool) -> Columns:
    """One row a crime: its series, its month, and its outcome, within three months where outcomes are dated."""
    marks = ", ".join("?" for _ in series)
    street = (
        "SELECT file, line, series, month, reference, coalesce(outcome, '') AS outcome FROM incidents "
        f"WHERE feed = ? AND NOT superseded AND series IN ({marks}) AND month BETWEEN ? AND ?"
    )
    values: list[object] = [STREET, *series, months.first.first_day, months.last.first_day]
    told = "SELECT series, 12 * year(month) + month(month) - 1 AS recorded, outcome FROM s"
    soon = ""
    if dated:
        soon = (
            ", o AS (SELECT s.file, s.line, arg_max(i.outcome, i.month) AS soon FROM s JOIN incidents i "
            "ON i.reference = s.reference WHERE i.feed = ? AND NOT i.superseded AND i.month >= s.month "
            f"AND i.month <= s.month + INTERVAL {LEAST_AGE} MONTH GROUP BY 1, 2)"
        )
        told = (
            "SELECT s.series, 12 * year(s.month) + month(s.month) - 1 AS recorded, coalesce(o.soon, "
            "CASE WHEN lower(s.outcome) = ? THEN s.outcome ELSE '' END) AS outcome "
            "FROM s LEFT JOIN o ON o.file = s.file AND o.line = s.line"
        )
        values += [OUTCOMES, UNAVAILABLE.casefold()]
    found = brief.evidence.columns(f"WITH s AS ({street}){soon} {told}", values)
    return {name: np.ma.getdata(column) for name, column in found.items()}


def _cohort(crimes: Columns, months: Period, *, dated: bool) -> Cohort:
    """These crimes as one cohort; what was reached too late stands under “No outcome recorded” already."""
    recorded = crimes["recorded"].astype(float)
    last = (months.last + LEAST_AGE).index
    return cohort(recorded, crimes["outcome"].tolist(), last, outcome_month=recorded if dated else None)


def _tests(brief: Brief, now: Cohort, before: Cohort | None) -> dict[str, str]:
    if before is None or not before.crimes:
        return {}
    tests = {}
    for outcome in TESTED:
        name = f"outcomes.{outcome.casefold().replace(' ', '-')}"
        counts = now.counts.get(outcome, 0), before.counts.get(outcome, 0)
        brief.enter(name, same_share(counts[0], now.crimes, counts[1], before.crimes))
        tests[outcome] = name
    return tests
