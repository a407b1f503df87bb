"""The issues that an assessment knows: their words, their series, who answers for them, and what might be done."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
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
    """
    Something that might be done: what, and of which kind.

    `needs` are feeds of which one must have come for it to make sense;
    `measure` and `owner` are its own where they are not the issue's.
    """

    do: str
    kind: str
    needs: tuple[str, ...] = ()
    measure: str = ""
    owner: str = ""

    def makes_sense(self, came: Container[str]) -> bool:
        """Whether what it rests on came."""
        return not self.needs or any(feed in came for feed in self.needs)


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


def measure_of(topic: str, came: Container[str]) -> str:
    """How one would know whether work on a topic succeeded, by a record that came."""
    said = definition("recommendations")["recommendations"].get(topic, {})
    needs = said.get("measure_needs") or ()
    if needs and not any(feed in came for feed in needs):
        return str(said["measure_open"])
    return str(said.get("measure", ""))


def steps_for(topic: str, states: Sequence[str], came: Container[str]) -> list[Step]:
    """
    What might be done about a topic in these states of the evidence, most telling state first.

    States are `rising`, `high`, `concentrated` and `stable`, and for any topic
    `recorded-anew` and `falling`; a state with no step of its own gives none,
    and nor does a step that rests on feeds of which none came.
    """
    said = definition("recommendations")
    own, subject = said["recommendations"].get(topic, {}), topics()[topic].subject if topic in topics() else "it"
    steps = [_step(s, subject) for state in states for s in own.get(state) or said["any"].get(state) or ()]
    return [step for step in steps if step.makes_sense(came)]


def step_of_finding(name: str, topic: str) -> Step | None:
    """The step that a finding of this name asks for, whatever its topic; a name may go on after the known one."""
    said = definition("recommendations")["findings"]
    known = max((k for k in said if name == k or name.startswith(f"{k}-")), key=len, default=None)
    return None if known is None else _step(said[known], topics()[topic].subject)


def _step(said: Mapping[str, Any], subject: str) -> Step:
    keys = {k: str(said.get(k) or "") for k in ("measure", "owner")}
    return Step(
        str(said["do"]).replace("{subject}", subject), str(said["kind"]), tuple(said.get("needs") or ()), **keys
    )
