"""What residents answered: weighted shares, wave beside wave, each change one test of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.surveys import Moved, Share, kish, moved, share
from goldthread.chapters.brief import Brief, slug
from goldthread.evidence.definitions import definition

FEED = "residents-survey"


@dataclass(frozen=True)
class Answered:
    """
    The share of residents who gave one answer (or one of several), in this wave and the one before.

    `better` is up, down or nothing; `test` names its test in the report's family, empty when there was
    nothing to test.
    """

    id: str
    label: str
    question: str
    said: tuple[str, ...]
    topics: tuple[str, ...]
    better: str
    now: Share
    before: Share | None = None
    moved: Moved | None = None
    test: str = ""


@dataclass(frozen=True)
class Group:
    """How many of one group (of an age, a sex, a ward) feel safe after dark."""

    by: str
    name: str
    share: Share


@dataclass(frozen=True)
class Answers:
    """How many of an age band answered, unweighted, and what share of all they are before and after weighting."""

    age: str
    n: int
    unweighted: float
    weighted: float


@dataclass(frozen=True)
class Survey:
    """
    What a wave of the residents' survey says; `wave` is empty when no survey came.

    `problems` and `first` are in the order of their shares, the largest first.
    `widened` is Kish's design effect: by how much unequal weights widen every interval.
    """

    wave: str = ""
    earlier: str = ""
    base: int = 0
    earlier_base: int = 0
    widened: float = 1.0
    safety: tuple[Answered, ...] = ()
    opinions: tuple[Answered, ...] = ()
    problems: tuple[Answered, ...] = ()
    first: tuple[Answered, ...] = ()
    groups: tuple[Group, ...] = ()
    ages: tuple[Answers, ...] = ()

    def concern(self, topic: str) -> Answered | None:
        """What residents said most of a topic: the larger share of those who call part of it a problem."""
        return next((p for p in self.problems if topic in p.topics and not p.now.suppressed), None)

    def ranked_first(self, topic: str) -> Answered | None:
        """What share of residents put a topic first; None when it was not on the list."""
        return next((p for p in self.first if topic in p.topics and not p.now.suppressed), None)


@dataclass(frozen=True)
class _Wave:
    """The answers of one wave, question by question: the rows and who gave them."""

    question: NDArray[Any]
    answer: NDArray[Any]
    weight: NDArray[np.float64]
    groups: Mapping[str, NDArray[Any]]

    def asked(self, question: str) -> NDArray[np.bool_]:
        return np.asarray(self.question == question, dtype=np.bool_)

    def share(self, question: str, said: Sequence[str], only: NDArray[np.bool_] | None = None) -> Share:
        rows = self.asked(question) if only is None else self.asked(question) & only
        return share(np.isin(self.answer[rows], list(said)), self.weight[rows])


def measure_survey(brief: Brief) -> Survey:
    """
    What did residents say in the newest wave, and did it change from the wave before?

    Each share is of everyone who answered the question, weighted. Each change
    between waves in safety, opinions and problems is one test of the report's
    family; the list of what to do first is ranked and not tested. A wave named
    after a year that begins after the period is left out.
    """
    if not brief.has(FEED):
        return Survey()
    waves = _waves(brief)
    if not waves:
        return Survey()
    names = sorted(waves)
    now, before = waves[names[-1]], waves[names[-2]] if len(names) > 1 else None
    said = definition("residents")
    problems = [{**p, "id": slug(p["label"]), "said": said["problem_said"], "better": "down"} for p in said["problems"]]
    first = [
        {"id": f"first-{slug(a)}", "label": a, "question": said["first"]["question"], "said": [a], "topics": topics}
        for a, topics in said["first"]["answers"].items()
    ]
    one, weights = _one_each(now)
    return Survey(
        wave=names[-1],
        earlier=names[-2] if before else "",
        base=int(one.sum()),
        earlier_base=int(_one_each(before)[0].sum()) if before else 0,
        widened=kish(weights),
        safety=_answered(brief, now, before, said["safety"]),
        opinions=_answered(brief, now, before, said["opinions"]),
        problems=_largest_first(_answered(brief, now, before, problems)),
        first=tuple(a for a in _largest_first(_answered(brief, now, before, first, tested=False)) if _chosen(a)),
        groups=_groups(now, said["safety"][0]),
        ages=_ages(now),
    )


def _waves(brief: Brief) -> dict[str, _Wave]:
    found = brief.evidence.columns(
        "SELECT wave, question, answer, weight, coalesce(age_band, '') AS age, coalesce(sex, '') AS sex, "
        "coalesce(place, '') AS place FROM answers WHERE feed = ? AND answer IS NOT NULL AND weight > 0",
        [FEED],
    )
    part = {k: np.asarray(v) for k, v in found.items()}
    told: dict[str, _Wave] = {}
    for wave in np.unique(part["wave"].astype(str)):
        if wave[:4].isdigit() and int(wave[:4]) > brief.period.last.year:
            continue
        mine = part["wave"] == wave
        groups = {k: part[k][mine] for k in ("age", "sex", "place")}
        told[str(wave)] = _Wave(
            part["question"][mine], part["answer"][mine], part["weight"][mine].astype(float), groups
        )
    return told


def _one_each(wave: _Wave) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """The rows of the question that most people answered: one row a person."""
    questions, n = np.unique(wave.question, return_counts=True)
    rows = wave.asked(str(questions[int(np.argmax(n))]))
    return rows, wave.weight[rows]


def _chosen(answered: Answered) -> bool:
    """Whether anyone gave the answer; one that nobody gave was most likely not offered."""
    return answered.now.count > 0 or (answered.before is not None and answered.before.count > 0)


def _answered(
    brief: Brief, now: _Wave, before: _Wave | None, asked: Sequence[Mapping[str, Any]], *, tested: bool = True
) -> tuple[Answered, ...]:
    """Each question that was asked in this wave; the change from the wave before is entered in the family."""
    made = []
    for one in asked:
        question, said = str(one["question"]), tuple(one["said"])
        if not now.asked(question).any():
            continue
        shared = now.share(question, said)
        was = before.share(question, said) if before is not None and before.asked(question).any() else None
        change, test = None, ""
        if was is not None and tested:
            change, test = moved(was, shared), f"survey.{one['id']}"
            brief.enter(test, change.p)
        made.append(
            Answered(
                str(one["id"]),
                str(one["label"]),
                question,
                said,
                tuple(one.get("topics") or ()),
                str(one.get("better", "")),
                shared,
                was,
                change,
                test,
            )
        )
    return tuple(made)


def _largest_first(answered: Sequence[Answered]) -> tuple[Answered, ...]:
    """In the order of their shares; those that could not be given come last."""
    return tuple(sorted(answered, key=lambda a: (a.now.suppressed, -np.nan_to_num(a.now.value), a.label)))


def _groups(wave: _Wave, asked: Mapping[str, Any]) -> tuple[Group, ...]:
    question, said = str(asked["question"]), tuple(asked["said"])
    made = []
    for by, key in (("Age", "age"), ("Sex", "sex"), ("Ward", "place")):
        names = [str(n) for n in np.unique(wave.groups[key][wave.asked(question)].astype(str)) if n]
        made += [Group(by, name, wave.share(question, said, wave.groups[key] == name)) for name in names]
    return tuple(made)


def _ages(wave: _Wave) -> tuple[Answers, ...]:
    rows, weights = _one_each(wave)
    ages = wave.groups["age"][rows].astype(str)
    return tuple(
        Answers(
            str(a), int((ages == a).sum()), float((ages == a).mean()), float(weights[ages == a].sum() / weights.sum())
        )
        for a in np.unique(ages)
        if a
    )
