"""What is coming: political, economic, social, technological, environmental, legal and organisational."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import MEMBER, Block, Chapter, Column, Edition, Gap, Paragraph, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words, listed, month, plural

ID = "horizon"
TITLE = "What is coming"
KINDS = ("political", "economic", "social", "technological", "environmental", "legal", "organisational")
LEAST, MOST = 1, 5
# The usual bands of a five by five grid: the lowest score of each.
BANDS = ((20, "extreme"), (10, "high"), (5, "moderate"), (1, "low"))
SHOWN = frozenset({Edition.ANALYST, Edition.MEMBER})


def write(brief: Brief) -> Chapter:
    """The matters that the partnership sees coming, scored by likelihood and impact, highest first."""
    given = [item for item in brief.context.horizon if item.get("title")]
    if not given:
        gap = Gap(
            "What is coming that may change crime and disorder here",
            "A plan made only from last year's figures is late for what is new.",
            "Partnership manager",
        )
        return Chapter(ID, TITLE, missing="No horizon scan was supplied in the partnership file.", gaps=(gap,))
    ordered = sorted(given, key=lambda item: (-(score(item) or 0), str(item.get("when", ""))))
    blocks: list[Block] = [Paragraph(text=_summary(ordered), editions=MEMBER), _table(brief, ordered), _counted(given)]
    return Chapter(ID, TITLE, tuple(blocks))


def _scale(item: Mapping[str, Any], key: str) -> int | None:
    value = item.get(key)
    return value if isinstance(value, int) and LEAST <= value <= MOST else None


def score(item: Mapping[str, Any]) -> int | None:
    """Likelihood times impact, from 1 to 25; None when either was not given from 1 to 5."""
    likelihood, impact = _scale(item, "likelihood"), _scale(item, "impact")
    return likelihood * impact if likelihood and impact else None


def band(value: int | None) -> str:
    """The band of a score: extreme from 20, high from 10, moderate from 5, low below."""
    return next((name for least, name in BANDS if value >= least), "") if value else "not scored"


def _summary(ordered: list[Mapping[str, Any]]) -> str:
    top = [f"“{item['title']}”" for item in ordered if (score(item) or 0) >= 10]
    if not top:
        return "Nothing that was named scores high on likelihood and impact together."
    return f"Of {in_words(len(ordered))} matters, these score highest on likelihood and impact together: {listed(top)}."


def _when(item: Mapping[str, Any]) -> str:
    said = str(item.get("when", ""))[:7]
    try:
        return month(said)
    except ValueError:
        return said or "–"


def _touches(brief: Brief, topic: str) -> str:
    """The issue that a matter touches, and whether it is a current priority."""
    about = topics().get(topic)
    if about is None:
        return "–"
    current = any(p.get("topic") == topic for p in brief.context.current_priorities)
    return f"{about.title} (a current priority)" if current else about.title


def _table(brief: Brief, ordered: list[Mapping[str, Any]]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for item in ordered:
        value = score(item)
        rows.append(
            (
                str(item.get("kind", "other")).capitalize(),
                str(item["title"]),
                str(item.get("what", "")),
                _when(item),
                _scale(item, "likelihood"),
                _scale(item, "impact"),
                value,
                band(value).capitalize(),
                _touches(brief, str(item.get("topic", ""))),
                str(item.get("source", "")) or "not given",
            )
        )
    return Table(
        id="horizon.table",
        title="What is coming, highest score first",
        columns=(
            Column("kind", "Kind"),
            Column("title", "Matter"),
            Column("what", "What it is"),
            Column("when", "By"),
            Column("likelihood", "Likelihood, 1 to 5", "number"),
            Column("impact", "Impact, 1 to 5", "number"),
            Column("score", "Score", "number"),
            Column("band", "Band"),
            Column("topic", "Touches"),
            Column("source", "Read in"),
        ),
        rows=tuple(rows),
        source="The partnership file: judgements of the partnership, not measurements",
        note="Score is likelihood times impact: low to 4, moderate to 9, high to 19, extreme from 20.",
        editions=SHOWN,
    )


def _counted(given: list[Mapping[str, Any]]) -> Paragraph:
    """How many of each kind, and which kinds nobody looked at."""
    kinds = [str(item.get("kind", "")).lower() for item in given]
    none = [kind for kind in KINDS if kind not in kinds]
    counts = [f"{in_words(kinds.count(kind))} {kind}" for kind in KINDS if kind in kinds]
    text = f"By kind: {listed(counts)}."
    if none:
        text += (
            f" Nothing {listed(none, 'or')} was named, which {plural(len(none), 'is a side', 'are sides')} to look at."
        )
    return Paragraph(text=text)
