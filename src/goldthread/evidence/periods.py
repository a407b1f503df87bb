"""Months, quarters and years, so that like is compared with like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from goldthread.evidence.trouble import BadRequest

MONTH = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month. Months can be subtracted, and moved by a number of months."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __add__(self, months: int) -> Month:
        index = self.index + months
        return Month(index // 12, index % 12 + 1)

    def __sub__(self, other: Month) -> int:
        return self.index - other.index

    @property
    def index(self) -> int:
        """Months since the year 0: what arithmetic is done on."""
        return self.year * 12 + self.month - 1

    @property
    def first_day(self) -> date:
        """The first day of the month."""
        return date(self.year, self.month, 1)

    @property
    def days(self) -> int:
        """How many days the month has."""
        return ((self + 1).first_day - self.first_day).days

    @staticmethod
    def of(day: date) -> Month:
        """The month a day is in."""
        return Month(day.year, day.month)


def month_from(words: str) -> Month:
    """A month written 2025-01; anything else is refused."""
    found = MONTH.fullmatch(words.strip())
    if not found or not 1 <= int(found[2]) <= 12:
        raise BadRequest(f"“{words}” is not a month. Write it as 2025-01.")
    return Month(int(found[1]), int(found[2]))


@dataclass(frozen=True)
class Period:
    """A run of whole months, both ends included."""

    first: Month
    last: Month

    def __str__(self) -> str:
        return f"{self.first}..{self.last}"

    def __iter__(self) -> Iterator[Month]:
        return (self.first + i for i in range(len(self)))

    def __len__(self) -> int:
        return self.last - self.first + 1

    def __contains__(self, month: object) -> bool:
        return isinstance(month, Month) and self.first <= month <= self.last

    @property
    def days(self) -> int:
        """How many days the period has."""
        return sum(month.days for month in self)

    def before(self) -> Period:
        """The same months a year (or whole years) earlier, so that seasons match."""
        years = 12 * max(1, -(-len(self) // 12))
        return Period(self.first + -years, self.last + -years)


def period_from(words: str) -> Period:
    """A period written 2025-01..2025-12, or one month."""
    first, _, last = words.partition("..")
    period = Period(month_from(first), month_from(last or first))
    if period.last < period.first:
        raise BadRequest(f"The period {words} ends before it begins. Write the earlier month first.")
    return period
