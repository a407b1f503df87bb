"""Licensed premises beside violence at night, by small area: counts side by side, and no premises by name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.measuring.theme_lines import CRIME, VIOLENCE
from goldthread.evidence.store import Numbers

LICENCES = "licensed-premises"
FEWEST_AT_NIGHT = 60
# From eight on Friday and on Saturday evening to four the next morning.
AT_NIGHT = (
    "(isodow(happened_at) = 5 AND hour(happened_at) >= 20) OR (isodow(happened_at) = 7 AND hour(happened_at) < 4) OR "
    "(isodow(happened_at) = 6 AND (hour(happened_at) >= 20 OR hour(happened_at) < 4))"
)


@dataclass(frozen=True)
class Premises:
    """
    Licences in force, and violence on Friday and Saturday nights, by small area.

    One value for each of the small areas' codes. `late` are those that may sell
    alcohol after midnight.
    """

    licences: Numbers
    late: Numbers
    nights: Numbers

    @property
    def with_late(self) -> int:
        """How many small areas have late premises."""
        return int((self.late > 0).sum())

    @property
    def nights_with_late(self) -> float:
        """How much of the violence at night is in small areas with late premises."""
        return float(self.nights[self.late > 0].sum())


def premises_of(brief: Brief) -> Premises | None:
    """
    Where are late premises, and how much violence on weekend nights is there?

    None without both, or where there are too few of either.
    """
    if not brief.has(LICENCES) or not brief.has(CRIME):
        return None
    codes = brief.found(SmallAreas).codes
    licences = brief.evidence.rows(
        "SELECT lsoa, count(*), count(*) FILTER (WHERE list_contains(string_split(coalesce(flags, ''), ','), 'late')) "
        "FROM incidents WHERE feed = ? AND month <= ? AND NOT superseded AND lsoa IS NOT NULL GROUP BY 1",
        [LICENCES, brief.period.last.first_day],
    )
    nights = brief.evidence.rows(
        "SELECT lsoa, count(*) FROM incidents WHERE feed = ? AND month BETWEEN ? AND ? AND NOT superseded "
        f"AND lsoa IS NOT NULL AND series IN ({', '.join('?' for _ in VIOLENCE)}) AND ({AT_NIGHT}) GROUP BY 1",
        [CRIME, brief.period.first.first_day, brief.period.last.first_day, *VIOLENCE],
    )
    at = {code: i for i, code in enumerate(codes)}
    found = Premises(*(np.zeros(len(codes)) for _ in range(3)))
    for code, n, late in licences:
        if code in at:
            found.licences[at[code]], found.late[at[code]] = n, late
    for code, n in nights:
        if code in at:
            found.nights[at[code]] = n
    return found if found.nights.sum() >= FEWEST_AT_NIGHT and found.licences.any() else None
