"""The answer to “is it real?”: what each possible explanation has to say for itself, and which one leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

Way = Literal["rise", "fall", "no change"]
Moved = Literal["appeared", "vanished"]
Spread = Literal["one place", "a few places", "most places", "mixed", "not known"]


class Reading(StrEnum):
    """How a rise or fall is to be read; the earlier ones come before the later ones when several hold."""

    TOO_FEW = "too few to tell"
    CHANCE = "within chance"
    SEASON = "the season"
    CATEGORY = "a category appeared or vanished"
    RECORDING = "a known recording change"
    STEP = "a step in all places at once"
    POPULATION = "population"
    ONE_PLACE = "one place"
    FEW_PLACES = "a few places"
    WIDESPREAD = "most places"
    REAL = "beyond chance, nothing else found"


@dataclass(frozen=True)
class RecordingChange:
    """
    A dated change in how something is recorded or reported, as the partnership knows it.

    `series` it touches (empty: all), and whether it would make counts rise,
    fall, or either.
    """

    on: date
    what: str
    series: tuple[str, ...] = ()
    makes: Literal["rise", "fall", "either"] = "either"


@dataclass(frozen=True)
class CategoryShift:
    """A category that came or went for good: at which position of the months, and how many a month it had."""

    name: str
    moved: Moved
    at: int
    a_month: float


@dataclass(frozen=True)
class Step:
    """
    A sudden step of the total, and how many places took it at once.

    `at` is the position of the first month of the new level, `ratio` new level
    over old. `abrupt` is the share of the change that came between the three
    months before and the three after (a steady rise over a year gives about a
    quarter). `together` of `compared` places moved the same way.
    """

    at: int
    ratio: float
    abrupt: float
    compared: int
    together: int
    everywhere: bool


@dataclass(frozen=True)
class Population:
    """What is left when the people have changed: the ratio of rates with its interval, and the share explained."""

    before: float
    after: float
    rate_ratio: float
    low: float
    high: float
    share: float
    explains: bool


@dataclass(frozen=True)
class Places:
    """
    Where the change came from.

    `same_way` of `compared` places moved with the total and `other_way`
    against it; `half_from` is the fewest places that make up half of all
    movement with the total. `top` is the place that moved most, `top_before`
    and `top_after` its counts, `top_share` its part of the net change (above 1
    when others moved back). `ratio_without` and `p_without` are the change of
    all the others together.
    """

    compared: int
    same_way: int
    other_way: int
    half_from: int
    top: str
    top_before: int
    top_after: int
    top_share: float
    ratio_without: float
    p_without: float
    spread: Spread


@dataclass(frozen=True)
class Explanation:
    """
    A rise or fall and everything that might explain it.

    `ratio` is after over before, less what `season_ratio` accounts for, with its
    interval. `leading` is the reading a sentence is chosen from; `readings` are
    all that hold, in order of precedence. Parts are None where nothing was supplied to
    judge by, and then the sentence must not claim to have looked.
    """

    way: Way
    before: int
    after: int
    ratio: float
    low: float
    high: float
    p: float
    season_ratio: float
    known: tuple[RecordingChange, ...]
    categories: tuple[CategoryShift, ...]
    step: Step | None
    population: Population | None
    places: Places | None
    readings: tuple[Reading, ...]

    @property
    def leading(self) -> Reading:
        """The reading that comes first."""
        return self.readings[0]

    @property
    def stands(self) -> bool:
        """Is it a change beyond chance and season, with no recording or population reason found?"""
        doubts = set(Reading) - {Reading.ONE_PLACE, Reading.FEW_PLACES, Reading.WIDESPREAD, Reading.REAL}
        return not doubts & set(self.readings)
