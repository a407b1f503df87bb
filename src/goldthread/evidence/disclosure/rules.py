"""What each edition may show of a small count, read from `definitions/disclosure.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from goldthread.evidence.definitions import definition


@dataclass(frozen=True)
class Rule:
    """
    How one edition treats small counts.

    A count from 1 to `threshold - 1` is small. When `withholds` is false small
    counts are shown and marked; otherwise they, and whatever would give them
    away, are withheld. Shown counts are rounded to the nearest `round_to`
    (halves up). When `shows_zeros` is false a zero is small too. When
    `groups` is true, a group of which everybody is of one kind is protected
    as well. `mark` is printed in place of every withheld cell, small or not,
    because a reader who could tell them apart would know which are small.
    `protects` names the kinds of output the rule covers.
    """

    edition: str
    withholds: bool = True
    threshold: int = 5
    round_to: int = 1
    shows_zeros: bool = True
    groups: bool = False
    mark: str = "[c]"
    protects: tuple[str, ...] = ("sentences", "tables", "charts", "maps", "downloads")

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError(f"Edition {self.edition}: a threshold of {self.threshold} protects nobody.")
        if self.round_to < 1 or self.round_to > 2 * self.threshold:
            raise ValueError(
                f"Edition {self.edition}: rounding to {self.round_to} needs a threshold of at least half of it, "
                "or a shown count could round to zero."
            )

    @property
    def least(self) -> int:
        """The least a reader knows a withheld count to be: 1 where zeros are always shown."""
        return 1 if self.shows_zeros and not self.groups else 0

    def is_small(self, count: int | None) -> bool:
        """Whether this count, by itself, could point to somebody."""
        return count is not None and (0 < count < self.threshold or (count == 0 and not self.shows_zeros))

    def rounded(self, count: int) -> int:
        """A count as this edition prints it when it may be shown: to the nearest `round_to`, halves up."""
        return (count + self.round_to // 2) // self.round_to * self.round_to if self.round_to > 1 else count

    def behind(self, shown: int) -> tuple[int, int]:
        """The least and most a count can be that this edition prints as `shown`."""
        if self.round_to == 1 or shown == 0:
            return shown, shown
        least = shown - self.round_to // 2
        return max(least, self.threshold), least + self.round_to - 1


def read_rule(edition: str, words: Mapping[str, Any], mark: str, protects: tuple[str, ...]) -> Rule:
    """One edition's rule from its words. Raises ValueError for a word that is not understood."""
    meanings = {"shows": ("everything", "what is safe"), "zeros": ("shown", "withheld")}
    for key, allowed in meanings.items():
        if words[key] not in allowed:
            raise ValueError(f"disclosure.yaml, {edition}: {key} is “{words[key]}”, not one of {', '.join(allowed)}.")
    return Rule(
        edition=edition,
        withholds=words["shows"] == "what is safe",
        threshold=int(words["threshold"]),
        round_to=int(words["round_to"]),
        shows_zeros=words["zeros"] == "shown",
        groups=bool(words["groups"]),
        mark=mark,
        protects=protects,
    )


@cache
def rules() -> Mapping[str, Rule]:
    """Every edition's rule, as `definitions/disclosure.yaml` has it."""
    words = definition("disclosure")
    protects = tuple(words["protects"])
    return {edition: read_rule(edition, rule, words["mark"], protects) for edition, rule in words["editions"].items()}


def rule_for(edition: str) -> Rule:
    """The rule of one edition; an edition without one is held to the strictest there is."""
    return rules().get(edition) or max(
        rules().values(), key=lambda rule: (rule.withholds, rule.threshold, rule.round_to)
    )
