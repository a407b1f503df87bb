"""How many people suffer it, how often, and how soon again?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln, lambertw, ndtri

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

MOST = 5  # people with this many or more are counted together


@dataclass(frozen=True)
class Victimisation:
    """
    How often people suffered it in a period; nobody is named or numbered.

    `people` had 1, 2 … 5 or more events; `expected` is how those people would
    be spread if every event struck independently at the same rate (Poisson, of
    those struck at all). `unidentified` events had no person and are in no
    other number. `top_shares` are the shares of events suffered by the most
    affected 1, 5 and 10 % of victims.
    """

    victims: int
    events: int
    unidentified: int
    people: Whole
    expected: Floats
    top_shares: tuple[tuple[float, float], ...]

    @property
    def concentration(self) -> float:
        """Events for each victim; NaN when there are none."""
        return self.events / self.victims if self.victims else float("nan")

    @property
    def repeat_victims(self) -> int:
        """How many people suffered more than one."""
        return int(self.people[1:].sum())

    @property
    def repeat_victim_share(self) -> float:
        """The share of victims who suffered more than one; NaN when there are none."""
        return self.repeat_victims / self.victims if self.victims else float("nan")

    @property
    def suffered_by_repeat_victims(self) -> float:
        """The share of events that were suffered by those who suffered more than one."""
        return 1 - int(self.people[0]) / self.events if self.events else float("nan")

    def prevalence(self, population: float) -> float:
        """The share of the population that suffered at least one."""
        return self.victims / population

    def incidence(self, population: float) -> float:
        """Events for each member of the population: prevalence times concentration."""
        return self.events / population


@dataclass(frozen=True)
class TimeToRepeat:
    """
    How soon it happens again to the same person, month by month (30 days) since an event.

    `at_risk` events were still being watched when the month began, after
    `repeats` in it were followed by another. `hazard` is the chance of another
    in the month, given none before; `by_then` the share with another by its
    end, from `low` to `high`. Events whose follow-up ends with the data are
    watched until then and no further (Kaplan and Meier).
    """

    at_risk: Whole
    repeats: Whole
    hazard: Floats
    by_then: Floats
    low: Floats
    high: Floats


def victimisation(person: Whole, shares: tuple[float, ...] = (0.01, 0.05, 0.10)) -> Victimisation:
    """
    How many people suffer it, and how unevenly?

    `person` numbers the pseudonym of each event's victim, -1 for none. Give it
    the events of twelve months: a longer period makes more people repeat
    victims, a shorter one fewer. Pseudonyms that differ between files, or one
    person recorded twice, make repeats too few. Farrell and Pease (1993);
    the comparison with chance after Nelson (1980), Journal of Criminal Law and
    Criminology 71:870.
    """
    known = person[person >= 0]
    _, each = np.unique(known, return_counts=True)
    people = np.bincount(np.minimum(each, MOST), minlength=MOST + 1)[1:]
    ordered = np.sort(each)[::-1]
    top = tuple((share, _suffered(ordered, share)) for share in shares)
    return Victimisation(int(each.size), int(known.size), int(person.size - known.size), people, _if_even(each), top)


def time_to_repeat(
    person: Whole, day: Floats, *, last_day: float, months: int = 12, confidence: float = 0.95
) -> TimeToRepeat:
    """
    How soon does it happen again to the same person?

    Every event starts a clock that stops at the person's next event, or at
    `last_day`, when the data end. So a person struck in December is not called
    free of repeats because the year was over. Needs days and a pseudonym. The
    interval is Greenwood's on the log of minus the log; it takes events as
    independent, so with a few people struck very often it is too narrow.
    Polvi, Looman, Humphries and Pease (1991), British Journal of Criminology
    31:411 (the time course of repeat victimisation).
    """
    known = person >= 0
    order = np.lexsort((day[known], person[known]))
    who, when = person[known][order], day[known][order]
    followed = np.append(who[1:] == who[:-1], False)
    waited = np.where(followed, np.append(when[1:], 0.0) - when, last_day - when)
    if np.any(waited < 0):
        raise ValueError("There are events after the last day of the data.")
    at = np.unique(waited[followed])
    watched = waited.size - np.searchsorted(np.sort(waited), at, side="left")
    struck = np.bincount(np.searchsorted(at, waited[followed]), minlength=at.size)
    free = np.cumprod(1 - struck / watched)
    with np.errstate(divide="ignore"):
        greenwood = np.cumsum(struck / (watched * np.maximum(watched - struck, 1e-12)))
    ends = 30.0 * np.arange(1, months + 1)
    upto = np.searchsorted(at, ends, side="left")  # a month ends before its last day's midnight: [0, 30) days
    left = np.concatenate([[1.0], free])[upto]
    spread = np.concatenate([[0.0], greenwood])[upto]
    low, high = _log_log(left, spread, confidence)
    before = np.concatenate([[1.0], left[:-1]])
    repeats = np.diff(np.concatenate([[0], np.cumsum(struck)])[upto], prepend=0)
    at_risk = waited.size - np.searchsorted(np.sort(waited), ends - 30.0, side="left")
    hazard = np.divide(before - left, before, out=np.full(months, np.nan), where=before > 0)
    return TimeToRepeat(at_risk, repeats, hazard, 1 - left, 1 - high, 1 - low)


def _suffered(ordered: Whole, share: float) -> float:
    """The share of events suffered by the most affected share of victims, part of the last one included."""
    if not ordered.size:
        return float("nan")
    taken = np.clip(share * ordered.size - np.arange(ordered.size), 0.0, 1.0)
    return float(taken @ ordered / ordered.sum())


def _if_even(each: Whole) -> Floats:
    """Victims expected with 1, 2 … 5 or more events when those struck are struck at one rate."""
    if not each.size:
        return np.zeros(MOST)
    mean = float(each.mean())
    rate = float(np.real(mean + lambertw(-mean * np.exp(-mean))))  # solves mean = rate / (1 - exp(-rate))
    if mean <= 1 or rate <= 1e-9:
        return np.concatenate([[float(each.size)], np.zeros(MOST - 1)])
    k = np.arange(1, MOST)
    chance = np.exp(k * np.log(rate) - rate - gammaln(k + 1)) / -np.expm1(-rate)
    return np.asarray(each.size * np.append(chance, max(1 - chance.sum(), 0.0)))


def _log_log(left: Floats, spread: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Interval of a survival curve that stays between 0 and 1."""
    inner = (left > 0) & (left < 1)
    log = np.log(np.where(inner, left, 0.5))
    reach = float(ndtri((1 + confidence) / 2)) * np.sqrt(np.where(inner, spread, 0.0)) / np.abs(log)
    low = np.where(inner, np.exp(log * np.exp(reach)), left)
    high = np.where(inner, np.exp(log * np.exp(-reach)), left)
    return low, high
