"""What can happen, as `thing:happened`, each with the sentence that the history shows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

NAME = re.compile(r"^[a-z][a-z-]*:[a-z][a-z-]*$")


@dataclass(frozen=True)
class Event:
    """
    One kind of thing that can happen.

    `sentence` is filled with `by` (who), `thing` (what it happened to) and
    whatever the action notes under the names in braces.
    """

    name: str
    sentence: str

    def __post_init__(self) -> None:
        if not NAME.match(self.name):
            raise ValueError(f"“{self.name}” is not written thing:happened.")
        if "by" not in self.needs():
            raise ValueError(f"The sentence of {self.name} does not say who did it.")

    def needs(self) -> frozenset[str]:
        """The names in braces of the sentence."""
        return frozenset(name for _, name, _, _ in Formatter().parse(self.sentence) if name)

    def said(self, words: Mapping[str, object]) -> str:
        """The sentence, filled; KeyError when the action did not note a word that it needs."""
        return self.sentence.format(**{name: words[name] for name in self.needs()})


class Events:
    """All events of one part of the product, by name; two of the same name are an error."""

    def __init__(self, *events: Event) -> None:
        self._by_name = {event.name: event for event in events}
        if len(self._by_name) != len(events):
            raise ValueError("Two events have the same name.")

    def __getitem__(self, name: str) -> Event:
        return self._by_name[name]

    def __iter__(self) -> Iterator[Event]:
        return iter(self._by_name.values())
