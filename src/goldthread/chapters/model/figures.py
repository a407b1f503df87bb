"""A figure is a question asked of sealed evidence and its answer; a finding is figures and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Answer = float | int | str | None


@dataclass(frozen=True)
class Rows:
    """
    Which rows of the evidence stand behind a figure.

    `table` is a table of the evidence file (`incidents`, `counts`, `measures`,
    `answers` or `comparators`); an empty selection means all of it. Months are
    written 2025-01, both ends included. `where` holds further columns that
    must be equal, such as {"reporter": "Dorset Police"}.
    """

    table: str
    series: tuple[str, ...] = ()
    months: tuple[str, str] | None = None
    places: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """
    One question, the evidence it was asked of, and the answer as counts with its interval.

    `id` is dotted and readable, such as `burglary.change`; it is what
    `goldthread thread` follows. `question` names the function that was asked,
    such as `analysis.change.rate_ratio`, and `asks` says it as a sentence.
    `answer` keeps counts beside what was worked out from them, so that the
    answer can be checked and, where numbers are small, withheld.

    `protected` is true when the answer counts people or households that a
    small number could give away (partners' records, health, surveys); counts
    that were already published, such as police.uk's, are not protected.
    `count_keys` names the keys of the answer that are counts of such things.
    """

    id: str
    asks: str
    question: str
    answer: Mapping[str, Answer]
    rows: Rows
    parameters: Mapping[str, object] = field(default_factory=dict)
    caveats: tuple[str, ...] = ()
    protected: bool = False
    count_keys: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Finding:
    """
    Figures plus words: what was found, why it matters and what to do about it.

    `statement`, `so_what` and `recommendation` may quote figures as
    `{{figure.id:key:format}}` (see `chapters.words`); nothing else puts a
    number into a sentence. `harm`, `size`, `certainty` and `change` run from
    0 to 1 and rank the finding; `certainty` is also said in words. `topic` is
    the issue it is about, such as `burglary`, and joins it to priorities.
    `steady` says that it only tells how many there were, with nothing to be
    said of a change.
    """

    id: str
    topic: str
    title: str
    statement: str
    so_what: str
    recommendation: str
    figures: tuple[str, ...]
    owner: str
    harm: float = 0.0
    size: float = 0.0
    certainty: float = 0.0
    change: float = 0.0
    public: str = ""
    steady: bool = False

    @property
    def rank(self) -> float:
        """How high the finding stands: harm counts twice, and nothing uncertain stands high."""
        return (2 * self.harm + self.size + self.change) / 4 * (0.25 + 0.75 * self.certainty)
