"""What partners' returns say: numbers for a quarter or a year, added up or read off, with the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtr, ndtri, stdtr, stdtrit

from goldthread.analysis.change.ratios import rate_ratio
from goldthread.analysis.shares import share_difference, share_of
from goldthread.chapters.brief import Brief
from goldthread.evidence.periods import Month, Period

MARAC, TREATMENT, PROBATION = "marac-quarterly", "drug-alcohol-treatment", "probation-caseload"
REOFFENDING, YOUTH, SLAVERY = "proven-reoffending", "youth-justice", "modern-slavery-referrals"
REVIEWS, MENTAL = "asb-case-reviews", "mental-health-attendances"
RETURNS = (MARAC, TREATMENT, PROBATION, REOFFENDING, YOUTH, SLAVERY, REVIEWS, MENTAL)
ATTENDED = "First attendances for mental illness"
CASES, ENTRANTS = "MARAC cases", "First-time entrants"
ADULTS = "Adults referred as potential victims of modern slavery"
CHILDREN = "Children referred as potential victims of modern slavery"
REOFFENDERS, REOFFENCES = "Proven reoffenders", "Proven reoffences"
ALL = ""
FEWEST_QUARTERS = 6  # fewer say too little about how much quarters vary


@dataclass(frozen=True)
class Reading:
    """One number of a return: `n`, and what it is out of when that was given, for `months` from `starts`."""

    starts: Month
    months: int
    n: float
    d: float | None

    @property
    def ends(self) -> Month:
        """The last month it is for."""
        return self.starts + (self.months - 1)


@dataclass(frozen=True)
class Added:
    """
    A return's number added up over the period, and over the same quarters a year before.

    `n` is over `parts` quarters; `matched` and `before` are over the `both`
    quarters that came in both years, and None when there are none. `d` is the
    mean of what it is out of. `percent` and its ends are None where `before`
    is below twenty; `p` allows for quarters that vary more than chance. `test`
    names it in the report's family, empty when it was not tested.
    """

    n: float
    parts: int
    d: float | None
    months: int
    before: float | None = None
    matched: float | None = None
    both: int = 0
    percent: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    test: str = ""


@dataclass(frozen=True)
class ShareMoved:
    """A share of a return and the share a year before: by how many points it moved, and whether by more than chance."""

    now: Reading
    before: Reading
    points: float
    low: float
    high: float
    p: float
    test: str


Key = tuple[str, str, str]  # feed, measure, breakdown


@dataclass(frozen=True)
class Returns:
    """Every number of the returns by feed, measure and breakdown, oldest first, and what was tested of them."""

    readings: Mapping[Key, tuple[Reading, ...]]
    added: Mapping[Key, Added]
    shares: Mapping[Key, ShareMoved]
    period: Period

    def of(self, feed: str, measure: str, breakdown: str = ALL) -> tuple[Reading, ...]:
        """The numbers of a measure, oldest first; nothing when it did not come."""
        return self.readings.get((feed, measure, breakdown), ())

    def of_feed(self, feed: str) -> list[Reading]:
        """Every number of a feed."""
        return [r for (f, _, _), some in self.readings.items() if f == feed for r in some]

    def breakdowns(self, feed: str, measure: str) -> list[str]:
        """The breakdowns that a measure came in, those with most first."""
        found = {b: sum(r.n for r in some) for (f, m, b), some in self.readings.items() if (f, m) == (feed, measure)}
        return sorted(found, key=lambda b: (-found[b], b))

    def sum_of(self, feed: str, measure: str, breakdown: str = ALL) -> Added | None:
        """A measure added up over the period; None when no whole quarter of it came."""
        tested = self.added.get((feed, measure, breakdown))
        return tested or added_up(self.of(feed, measure, breakdown), self.period)

    def latest(self, feed: str, measure: str, breakdown: str = ALL) -> Reading | None:
        """The last number that was for a time no later than the period's end."""
        return _last([r for r in self.of(feed, measure, breakdown) if r.ends <= self.period.last])

    def year_earlier(self, feed: str, measure: str, breakdown: str = ALL) -> Reading | None:
        """The number for a time twelve months before the latest."""
        now = self.latest(feed, measure, breakdown)
        found = [r for r in self.of(feed, measure, breakdown) if now and r.starts == now.starts + -12]
        return _last(found)


def _last(found: Sequence[Reading]) -> Reading | None:
    return max(found, key=lambda r: r.starts) if found else None


def measure_returns(brief: Brief) -> Returns:
    """
    What do the returns say, and did the counts that carry a theme change from the year before?

    Of the many numbers only those that carry a theme are tested: conference
    cases, children new to the justice system, modern slavery referrals, first
    attendances for mental illness, and the shares of cohorts who reoffend. Numbers that cover
    twelve months each (treatment) overlap from year to year and are not tested.
    """
    readings = _readings(brief)
    added = {
        key: tested
        for key in (
            (MARAC, CASES, ALL),
            (YOUTH, ENTRANTS, ALL),
            (SLAVERY, ADULTS, ALL),
            (SLAVERY, CHILDREN, ALL),
            (MENTAL, ATTENDED, ALL),
        )
        if (tested := _tested(brief, key, readings.get(key, ())))
    }
    shares = {
        key: moved
        for key in readings
        if key[:2] == (REOFFENDING, REOFFENDERS) and (moved := _share_moved(brief, key, readings[key]))
    }
    return Returns(readings, added, shares, brief.period)


def _readings(brief: Brief) -> dict[Key, tuple[Reading, ...]]:
    """The area's own numbers; those of several conferences or authorities for one time are added up."""
    places = own_places(brief)
    rows = brief.evidence.rows(
        "SELECT feed, measure, coalesce(breakdown, ''), starts, months, sum(n), sum(d) FROM measures "
        f"WHERE feed IN ({', '.join('?' for _ in RETURNS)}) AND starts IS NOT NULL "
        f"AND (feed <> '{REOFFENDING}' OR lower(place) IN ({', '.join('?' for _ in places)})) "
        "GROUP BY 1, 2, 3, 4, 5 ORDER BY 1, 2, 3, 4",
        [*RETURNS, *places],
    )
    found: dict[Key, list[Reading]] = {}
    for feed, measure, breakdown, starts, months, n, d in rows:
        said = "" if str(breakdown).casefold() in ("all", "total", "all ages") else str(breakdown)
        found.setdefault((feed, measure, said), []).append(Reading(Month.of(starts), int(months), float(n), d))
    for feed, measure in {(f, m) for f, m, b in found if b}:
        if (feed, measure, ALL) not in found:
            found[feed, measure, ALL] = _over_breakdowns([found[k] for k in found if k[:2] == (feed, measure)])
    return {key: tuple(some) for key, some in found.items()}


def _over_breakdowns(parts: Sequence[Sequence[Reading]]) -> list[Reading]:
    """All breakdowns of a time added up; what they are out of only where every one of them says."""
    by_time: dict[tuple[Month, int], list[Reading]] = {}
    for some in parts:
        for reading in some:
            by_time.setdefault((reading.starts, reading.months), []).append(reading)
    return [
        Reading(
            starts,
            months,
            sum(r.n for r in some),
            sum(r.d or 0.0 for r in some) if all(r.d is not None for r in some) else None,
        )
        for (starts, months), some in sorted(by_time.items(), key=lambda one: one[0][0])
    ]


def own_places(brief: Brief) -> list[str]:
    """The names and codes that a table of the whole country may know the area by, in small letters."""
    told = brief.evidence.provenance
    rows = brief.evidence.rows(
        "SELECT DISTINCT a.authority, a.name FROM authorities a JOIN places p ON p.authority = a.authority"
    )
    return sorted({w.casefold() for w in (told["area"], told["area_code"], *(w for r in rows for w in r if w))})


def added_up(readings: Sequence[Reading], period: Period) -> Added | None:
    """A number added up over the whole quarters of a period, beside the same quarters a year before."""
    inside = [r for r in readings if r.starts in period and r.ends in period]
    if not inside:
        return None
    earlier = {r.starts + 12: r for r in readings}
    pairs = [(r, earlier[r.starts]) for r in inside if r.starts in earlier]
    out_of = [r.d for r in inside if r.d is not None]
    whole = Added(
        n=sum(r.n for r in inside),
        parts=len(inside),
        d=float(np.mean(out_of)) if out_of else None,
        months=sum(r.months for r in inside),
    )
    if not pairs:
        return whole
    now, was = (sum(r.n for r in some) for some in zip(*pairs, strict=True))
    return replace(whole, matched=now, before=was, both=len(pairs))


def _tested(brief: Brief, key: Key, readings: Sequence[Reading]) -> Added | None:
    """
    The same with its change tested: exact Poisson, widened by how much quarters vary about their year.

    The widening is an estimate from few quarters, so p and the interval are
    read from the t distribution. With fewer than six quarters there is no test.
    """
    found = added_up(readings, brief.period)
    if found is None or found.before is None or found.matched is None or len(readings) < FEWEST_QUARTERS:
        return found
    spread, free = _dispersion(readings)
    wider = 2 * float(ndtr(stdtrit(free, 0.975))) - 1 if free else 0.95
    compared = rate_ratio(found.matched, found.before, dispersion=spread, confidence=wider)
    p = float(compared.p)
    if free > 0 and 0 < p < 1:
        p = float(2 * stdtr(free, ndtri(p / 2)))
    test = f"returns.{key[0]}.{key[1].casefold().replace(' ', '-')}"
    enough = found.before >= 20
    brief.enter(test, p if found.before + found.matched >= 20 else float("nan"))
    ends = (100 * (float(compared.ratio) - 1), 100 * (float(compared.low) - 1), 100 * (float(compared.high) - 1))
    percent, low, high = ends if enough else (None, None, None)
    return replace(found, percent=percent, low=low, high=high, p=p if enough else None, test=test)


def _dispersion(readings: Sequence[Reading]) -> tuple[float, int]:
    """How many times more quarters vary about their own year's mean than chance would, never below 1; and how sure."""
    years: dict[int, list[float]] = {}
    for r in readings:
        years.setdefault(r.starts.year, []).append(r.n)
    squares, free = 0.0, 0
    for some in years.values():
        mean = float(np.mean(some))
        if len(some) > 1 and mean > 0:
            squares += sum((n - mean) ** 2 for n in some) / mean
            free += len(some) - 1
    return (max(1.0, squares / free), free) if free else (1.0, 0)


def _share_moved(brief: Brief, key: Key, readings: Sequence[Reading]) -> ShareMoved | None:
    """The newest cohort's share beside that of the one before; the two have different people in them."""
    shares = [r for r in readings if r.d and r.ends <= brief.period.last]
    now = _last(shares)
    was = _last([r for r in shares if now and r.ends < now.starts])
    if now is None or was is None or not now.d or not was.d:
        return None
    gap = share_difference(share_of(now.n, now.d), share_of(was.n, was.d))
    p = same_share(now.n, now.d, was.n, was.d)
    test = f"returns.{key[0]}.{key[2].casefold() or 'all'}"
    brief.enter(test, p)
    return ShareMoved(now, was, float(gap.points), float(gap.low), float(gap.high), p, test)


def same_share(first: float, of_first: float, second: float, of_second: float) -> float:
    """How often would chance part two shares this far, were they the same (score test)? NaN when it cannot tell."""
    together = (first + second) / (of_first + of_second) if of_first + of_second else 0.0
    error = np.sqrt(together * (1 - together) * (1 / of_first + 1 / of_second)) if of_first and of_second else 0.0
    if error == 0:
        return float("nan")
    z = (first / of_first - second / of_second) / error
    return float(2 * ndtr(-abs(z)))
