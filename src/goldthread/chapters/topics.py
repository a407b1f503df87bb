"""The issues that an assessment knows: their words, their series, who answers for them, and what might be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from goldthread.evidence.definitions import definition


@dataclass(frozen=True)
class Topic:
    """
    One issue: see the keys of definitions/topics.yaml.

    `one` and `many` go after a number; `subject` and `verb` begin a sentence.
    `per` is residents, households or none; `harm` its category in the harm
    weights, empty when it has none; `statutory` keeps it in view whatever its
    score.
    """

    id: str
    title: str
    one: str
    many: str
    subject: str
    verb: str
    per: str
    harm: str
    is_crime: bool
    statutory: bool
    series: tuple[str, ...]
    partners: tuple[str, ...]
    flags: tuple[str, ...]
    owner: str
    public: str
    advice: str
    victim: str
    offender: str
    place: str

    @property
    def was(self) -> str:
        """The past of its verb."""
        return "were" if self.verb == "are" else "was"


@dataclass(frozen=True)
class Step:
    """Something that might be done: what, and of which kind."""

    do: str
    kind: str


def _topic(said: Mapping[str, Any]) -> Topic:
    words, counts = said["words"], said["counts"]
    keys: dict[str, Any] = {k: str(said[k]) for k in ("id", "title", "owner", "public", "advice")}
    keys |= {k: str(said[k]) for k in ("victim", "offender", "place")}
    keys |= {k: str(words[k]) for k in ("one", "many", "subject", "verb")}
    keys |= {k: tuple(said.get(k) or ()) for k in ("series", "partners", "flags")}
    counted: dict[str, Any] = {"per": str(counts["per"]), "harm": str(counts["harm"])}
    return Topic(**keys, **counted, is_crime=bool(counts["crime"]), statutory=bool(counts["statutory"]))


@cache
def topics() -> Mapping[str, Topic]:
    """Every topic by its id, in the order of the definitions."""
    return {t["id"]: _topic(t) for t in definition("topics")["topics"]}


def topic_of_series(series: str) -> Topic | None:
    """The topic that a series counts, police's own before partners'; None when no topic names it."""
    known = topics().values()
    return next((t for t in known if series in t.series), None) or next(
        (t for t in known if series in t.partners), None
    )


def measure_of(topic: str) -> str:
    """How one would know whether work on a topic succeeded."""
    return str(definition("recommendations")["recommendations"].get(topic, {}).get("measure", ""))


def steps_for(topic: str, states: Sequence[str]) -> list[Step]:
    """
    What might be done about a topic in these states of the evidence, most telling state first.

    States are `rising`, `high`, `concentrated` and `stable`; a state with no
    step of its own gives none.
    """
    said = definition("recommendations")["recommendations"].get(topic, {})
    return [Step(str(s["do"]), str(s["kind"])) for state in states for s in said.get(state) or ()]
