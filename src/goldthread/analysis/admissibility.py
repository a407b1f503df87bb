"""What the data can bear: whether a method may be asked of data that are known only so well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

# Coarsest first. A feed says which it has under `resolution` (docs/reference/feed-format.md).
TIME = {
    "year": "only the year",
    "quarter": "only the quarter",
    "month": "only the month",
    "day": "the day",
    "minute": "the time of day",
}
PLACE = {
    "none": "no place",
    "area": "only the authority",
    "outward postcode": "only the first half of the postcode",
    "ward": "only the ward",
    "lsoa": "only the small area (LSOA)",
    "snapped point": "a point moved to a nearby street, shared with its neighbours",
    "point": "the exact point",
    "address": "the address",
}
PERSON = {"none": "nobody's identity", "pseudonym": "a pseudonym for the person"}

# The least cell and the least bandwidth, in metres, for points that have been moved to a nearby street.
LEAST_METRES_WHEN_SNAPPED = 250.0


@dataclass(frozen=True)
class Resolution:
    """How well each incident of a data set is known in time, place and person, in the words of its feed."""

    time: str
    place: str
    person: str = "none"

    def __post_init__(self) -> None:
        for found, known, what in (
            (self.time, TIME, "time"),
            (self.place, PLACE, "place"),
            (self.person, PERSON, "person"),
        ):
            if found not in known:
                raise ValueError(f"“{found}” is not a resolution in {what}; use one of: {', '.join(known)}.")

    @classmethod
    def of_feed(cls, words: Mapping[str, str]) -> Resolution:
        """The resolution a feed states: `time`, `place` and `person`, the last `none` unless said."""
        return cls(words.get("time", ""), words.get("place", ""), words.get("person", "none"))

    @property
    def snapped(self) -> bool:
        """Are places approximate points, which bear nothing below an LSOA or a cell of 250 m?"""
        return self.place == "snapped point"

    def coarsest(self, other: Resolution) -> Resolution:
        """What two data sets that are used together can both bear."""
        return Resolution(
            min(self.time, other.time, key=list(TIME).index),
            min(self.place, other.place, key=list(PLACE).index),
            min(self.person, other.person, key=list(PERSON).index),
        )


@dataclass(frozen=True)
class Needs:
    """
    The least a method needs, and what goes wrong with less.

    `asks` finishes “To say …”; `else_wrong` is a clause that finishes
    “with less, …”.
    """

    asks: str
    time: str = "year"
    place: str = "none"
    person: str = "none"
    else_wrong: str = ""


@dataclass(frozen=True)
class Ruling:
    """Yes, or no with a sentence a reader understands. True when the answer is yes."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


_STREETS = "neighbours share a point, so what looks like one address is a street or more"
_MONTHLY = "events at opposite ends of a month look simultaneous"

METHODS: Mapping[str, Needs] = {
    "rates": Needs("how much there is for each resident"),
    "change": Needs("whether it rose or fell between two periods"),
    "peers": Needs("how the area compares with others", place="area"),
    "harm": Needs("how much harm it does"),
    "trend": Needs("which way it is going", time="quarter", else_wrong="there are too few points for a trend"),
    "season": Needs("whether it has a season", time="month", else_wrong="the months cannot be told apart"),
    "change points": Needs("when its level changed", time="month", else_wrong="the months cannot be told apart"),
    "early warning": Needs("what is unusual now", time="month", else_wrong="the months cannot be told apart"),
    "forecast": Needs("what to expect next", time="month", else_wrong="the months cannot be told apart"),
    "small areas": Needs("which small areas have most", place="lsoa", else_wrong="small areas cannot be told apart"),
    "concentration": Needs("how concentrated it is", place="lsoa", else_wrong="small areas cannot be told apart"),
    "kernel density": Needs(
        "where it is densest", place="snapped point", else_wrong="everything in an area lies at its centre"
    ),
    "hotspots on a grid": Needs(
        "which 250 m cells are hotspots", place="snapped point", else_wrong="everything in an area lies at its centre"
    ),
    "emerging hotspots": Needs(
        "which hotspots are new or growing", "month", "lsoa", else_wrong="small areas or months cannot be told apart"
    ),
    "predictive accuracy": Needs(
        "how well past hotspots predict the next",
        "month",
        "snapped point",
        else_wrong="months or cells cannot be told apart",
    ),
    "cells under 250 m": Needs("what happens within 250 m", place="point", else_wrong=_STREETS),
    "streets": Needs("which streets it happens on", place="point", else_wrong=_STREETS),
    "repeat places": Needs("which addresses suffer again", "day", "address", else_wrong=_STREETS),
    "near repeats": Needs(
        "whether one is soon followed by another nearby", "day", "point", else_wrong=f"{_MONTHLY} and {_STREETS}"
    ),
    "space-time scan": Needs(
        "whether something new is gathering in one place just now",
        "day",
        "lsoa",
        else_wrong="the last weeks cannot be told from those before them",
    ),
    "repeat victims": Needs(
        "who suffers again",
        "month",
        person="pseudonym",
        else_wrong="one person's two cannot be told from two people's",
    ),
    "time to repeat": Needs(
        "how soon it happens again",
        "day",
        person="pseudonym",
        else_wrong=f"{_MONTHLY} and people cannot be told apart",
    ),
    "hour of the week": Needs("at which hours it happens", time="minute", else_wrong="hours cannot be told apart"),
    "aoristic": Needs(
        "at which hours it probably happened", time="minute", else_wrong="a window has no hours to be spread over"
    ),
    "day of the week": Needs("on which days it happens", time="day", else_wrong="days cannot be told apart"),
}


def may_ask(method: str, of: Resolution) -> Ruling:
    """
    May this method be asked of data that are known this well?

    The reason of a no is ready to print: what was asked, what it needs, what
    the data have, and what would go wrong. Raises ValueError for a method that
    is not in METHODS, with the nearest ones.
    """
    if method not in METHODS:
        near = get_close_matches(method, METHODS, n=3, cutoff=0.3) or list(METHODS)
        raise ValueError(f"“{method}” is not a method with stated needs; did you mean {', '.join(near)}?")
    needs = METHODS[method]
    wanted, had = [], []
    for scale, least, found in (
        (TIME, needs.time, of.time),
        (PLACE, needs.place, of.place),
        (PERSON, needs.person, of.person),
    ):
        if list(scale).index(found) < list(scale).index(least):
            wanted.append(scale[least].removeprefix("only "))
            had.append(scale[found])
    if not wanted:
        return Ruling()
    verb = "is" if len(wanted) == 1 else "are"
    because = f": {needs.else_wrong}" if needs.else_wrong else ""
    return Ruling(f"To say {needs.asks}, {_and(wanted)} of each {verb} needed; these data have {_and(had)}{because}.")


def refused(of: Resolution) -> dict[str, str]:
    """Which methods do these data not bear, and why not? For the list of what could not be said."""
    return {method: ruling.reason for method in METHODS if not (ruling := may_ask(method, of))}


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
