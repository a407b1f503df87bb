"""On which days a cycle meets: the same weekday of the month as the first, such as the second Tuesday."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from goldthread.meetings.models import Rhythm

MONTHS = {Rhythm.MONTHLY: 1, Rhythm.BI_MONTHLY: 2, Rhythm.QUARTERLY: 3}
SIX_WEEKS = timedelta(weeks=6)


def days(rhythm: str, first: date) -> list[date]:
    """
    Every day of the year from the first on which a cycle meets.

    Counted in months, it keeps the weekday and its place in the month; the
    fifth of its kind becomes the last where a month has only four. Six-weekly
    ones are 42 days apart.
    """
    end = date(first.year + 1, first.month, min(first.day, monthrange(first.year + 1, first.month)[1]))
    found, step = [first], 0
    while True:
        step += 1
        following = (
            first + step * SIX_WEEKS if rhythm == Rhythm.SIX_WEEKLY else _alike(first, step * MONTHS[Rhythm(rhythm)])
        )
        # A month-counted meeting can fall a few days before or after the year's end: that month is the next year's.
        if following >= end or (rhythm != Rhythm.SIX_WEEKLY and step * MONTHS[Rhythm(rhythm)] >= 12):
            return found
        found.append(following)


def _alike(first: date, months: int) -> date:
    """The day some months on that is the same weekday, in the same place in its month."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    month += 1
    opening = date(year, month, 1)
    earliest = opening + timedelta(days=(first.weekday() - opening.weekday()) % 7)
    wanted = earliest + timedelta(weeks=(first.day - 1) // 7)
    return wanted if wanted.month == month else wanted - timedelta(weeks=1)
