"""What became of crimes, when each has had the same time to be dealt with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.shares import ShareDifference, Shares, share_difference, share_of

LEAST_AGE = 3  # months: younger crimes have not had time to be dealt with

# What data.police.uk calls the outcomes, and the group each belongs to. A name that is not here stays as it is.
GROUPS: Mapping[str, str] = {
    "suspect charged": "Charged or summonsed",
    "suspect charged as part of another case": "Charged or summonsed",
    "awaiting court outcome": "Charged or summonsed",
    "court result unavailable": "Charged or summonsed",
    "defendant found not guilty": "Charged or summonsed",
    "defendant sent to crown court": "Charged or summonsed",
    "court case unable to proceed": "Charged or summonsed",
    "offender sent to prison": "Charged or summonsed",
    "offender fined": "Charged or summonsed",
    "offender given community sentence": "Charged or summonsed",
    "offender given conditional discharge": "Charged or summonsed",
    "offender given absolute discharge": "Charged or summonsed",
    "offender given suspended prison sentence": "Charged or summonsed",
    "offender ordered to pay compensation": "Charged or summonsed",
    "offender deprived of property": "Charged or summonsed",
    "offender otherwise dealt with": "Charged or summonsed",
    "offender given a caution": "Dealt with out of court",
    "offender given a drugs possession warning": "Dealt with out of court",
    "offender given penalty notice": "Dealt with out of court",
    "local resolution": "Dealt with out of court",
    "investigation complete; no suspect identified": "No suspect identified",
    "unable to prosecute suspect": "Suspect known, could not be prosecuted",
    "formal action is not in the public interest": "Not in the public interest",
    "further investigation is not in the public interest": "Not in the public interest",
    "further action is not in the public interest": "Not in the public interest",
    "action to be taken by another organisation": "Passed to another organisation",
    "under investigation": "Still under investigation",
    "status update unavailable": "Status update unavailable",
    "": "No outcome recorded",
}
UNAVAILABLE, NONE_YET = "Status update unavailable", "No outcome recorded"


@dataclass(frozen=True)
class Cohort:
    """
    Crimes that have all had at least `age` months to be dealt with, by what became of them.

    `counts` is by outcome, most first, and adds up to `crimes`. `too_young` had
    not had the time and are left out of it; `later` had an outcome dated after
    `age` months, which does not count yet (they stand under "No outcome
    recorded"), so that an older cohort is not flattered.
    `dated` says whether outcomes had dates; without them an older crime has
    had longer, and shares of different ages must not be compared.
    """

    crimes: int
    age: int
    counts: Mapping[str, int]
    shares: Shares
    too_young: int
    later: int
    dated: bool

    @property
    def unavailable(self) -> int:
        """How many have 'status update unavailable': shown, never dropped."""
        return self.counts.get(UNAVAILABLE, 0)

    def share(self, outcome: str) -> float:
        """The share with this outcome; 0 when none had it, NaN when there are no crimes."""
        return self.counts.get(outcome, 0) / self.crimes if self.crimes else float("nan")


def grouped(outcomes: Sequence[str | None]) -> list[str]:
    """The group of each outcome; one that has no group stays as it is, and nothing is dropped."""
    known: dict[str | None, str] = {}
    for outcome in outcomes:
        if outcome not in known:
            words = (outcome or "").strip()
            known[outcome] = GROUPS.get(words.casefold(), words)
    return [known[outcome] for outcome in outcomes]


def cohort(
    crime_month: ArrayLike,
    outcome: Sequence[str | None],
    last_month: int,
    *,
    outcome_month: ArrayLike | None = None,
    age: int = LEAST_AGE,
    confidence: float = 0.95,
) -> Cohort:
    """
    What became of crimes that have all had `age` months to be dealt with?

    Months are whole numbers in one count (year × 12 + month − 1), `last_month`
    the last that the data covers. Crimes younger than `age` months are left
    out and counted. With `outcome_month` (NaN where there is none) only
    outcomes reached within `age` months count, so that cohorts of any year can
    be compared; without it, the latest outcome known. Blank outcomes and
    'status update unavailable' are outcomes like any other here: dropping
    them would raise every other share.

    Limits: an outcome is what the force recorded, once; a charge later dropped
    still counts as charged. Raises ValueError for an age under 3 months.
    """
    if age < LEAST_AGE:
        raise ValueError(f"Crimes need at least {LEAST_AGE} months to be dealt with before their outcomes are counted.")
    months = np.asarray(crime_month, float)
    words = np.asarray(grouped(outcome), dtype=object)
    old: NDArray[np.bool_] = np.asarray(months <= last_month - age)
    later = np.zeros(months.size, bool)
    if outcome_month is not None:
        # A comparison with NaN is false: an outcome without a date counts as reached.
        later = old & (np.asarray(outcome_month, float) > months + age) & (words != NONE_YET)
        words = np.where(later, NONE_YET, words)
    names, counts = np.unique(words[old].astype(str), return_counts=True)
    order = np.lexsort((names, -counts))
    held = {str(names[i]): int(counts[i]) for i in order}
    crimes = int(old.sum())
    return Cohort(
        crimes=crimes,
        age=age,
        counts=held,
        shares=share_of(np.array([*held.values()], float), float(crimes), confidence=confidence),
        too_young=int((~old).sum()),
        later=int(later.sum()),
        dated=outcome_month is not None,
    )


def moved(before: Cohort, after: Cohort, outcome: str) -> ShareDifference:
    """
    By how many percentage points did the share with this outcome move from one cohort to the next?

    Raises ValueError unless both were held to the same age with dated outcomes: otherwise
    the older one has had longer and looks better for it.
    """
    if before.age != after.age or not (before.dated and after.dated):
        raise ValueError("Two cohorts can be compared only at one fixed age, with outcomes that have dates.")
    first, second = (share_of(c.counts.get(outcome, 0), c.crimes) for c in (after, before))
    return share_difference(first, second)
