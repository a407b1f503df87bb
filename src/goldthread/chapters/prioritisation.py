"""Which issues come first: scored in the open with the raw inputs, tried under other weights, open to be overruled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from goldthread.analysis.prioritisation import LEVELS, Placed, Scored, place
from goldthread.chapters.brief import Brief
from goldthread.chapters.model import (
    Block,
    Box,
    Bullets,
    Chapter,
    Chart,
    Column,
    Figure,
    Gap,
    Heading,
    Paragraph,
    Rows,
    Series,
    Table,
)
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.weighing import Issue, Weighing, weigh
from goldthread.chapters.words import in_words, listed, months, number, percent, plural
from goldthread.evidence.definitions import definition

ID = "prioritisation"
TITLE = "How the issues were scored"
SHARES = ("low", "moderate", "high")
RESTS = {"harm": ("volume",), "trend": ("volume",)}  # inputs that are withheld with the count they come from


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """Scores with their raw inputs and weights, the grid of impact and likelihood, and how steady the order is."""
    weighed = weigh(brief, chapters)
    if not any(s.coverage > 0 for s in weighed.result.issues):
        gap = Gap("Which issues should come first", "The law asks for it.", "Partnership manager")
        return Chapter(ID, TITLE, missing="Nothing that came can be scored, so no order is proposed.", gaps=(gap,))
    ordered = [s for s in weighed.result.issues if s.coverage > 0]
    blocks: list[Block] = [
        Paragraph(
            text="Each issue is scored on what is known of it, in the open: below are the scores, what went into them, "
            "the weights, and what becomes of the order under other weights. The order is a proposal; the partnership "
            "may set another with a reason, which is then printed beside it."
        ),
        Paragraph(text=_steady(weighed, ordered)),
        _scores_chart(weighed, ordered),
        _scores(weighed, ordered),
        _inputs(brief, weighed, ordered),
        _weights(),
        Heading(text="Impact and likelihood"),
        Paragraph(
            text="Impact is the harm of an issue and likelihood its volume, each from 1 to 4 among the issues. How "
            "sure the figures are stands beside them and is never multiplied in, or what is little known would be made "
            "small."
        ),
        _grid(weighed, ordered),
        *_not_known(weighed, ordered),
        *_decided(weighed),
    ]
    figures = tuple(_figure(brief, weighed, s) for s in ordered)
    return Chapter(ID, TITLE, tuple(blocks), figures)


def figure_id(topic: str) -> str:
    """The id of the figure that holds an issue's score."""
    return f"prioritisation.{topic}"


def _figure(brief: Brief, weighed: Weighing, scored: Scored) -> Figure:
    issue = weighed.issues[scored.issue]
    answer: dict[str, float | int | str | None] = dict(issue.raw)
    answer |= {
        "score": scored.score,
        "rank": scored.rank,
        "final_rank": scored.final_rank,
        "of": weighed.scored_count,
        "coverage": scored.coverage,
        "confidence": weighed.confidence(scored.issue),
        "without_low": scored.without_low,
        "without_high": scored.without_high,
        "weights_low": scored.weights_low,
        "weights_high": scored.weights_high,
        "top_share": scored.top_share,
    }
    rows = issue.line.rows(brief.period) if issue.line else Rows("measures", (issue.counted,))
    return Figure(
        id=figure_id(scored.issue),
        asks=f"Where does {issue.topic.subject} stand among the issues, and how far does that depend on the weights?",
        question="goldthread.analysis.prioritisation.prioritise",
        answer=answer,
        rows=rows,
        parameters={c.name: c.weight for c in weighed.result.criteria},
        caveats=("recorded-not-all",),
        protected=issue.protected,
        count_keys=("volume",),
        source=f"{issue.counted}; definitions/prioritisation.yaml",
    )


def _steady(weighed: Weighing, ordered: Sequence[Scored]) -> str:
    """How far the order depends on the weights, in words."""
    top = [s for s in ordered if s.final_rank <= weighed.result.top]
    always = [weighed.issues[s.issue].topic.subject for s in top if s.top_share >= 0.95]
    often = [weighed.issues[s.issue].topic.subject for s in top if s.top_share < 0.75]
    said = []
    if always:
        verb, named = plural(len(always), "stays", "stay"), listed(always)
        first = f"among the first {in_words(weighed.result.top)}"
        said.append(f"{named[0].upper()}{named[1:]} {verb} {first} under nearly all other weights.")
    if often:
        place = plural(len(often), "The place", "The places")
        verb = plural(len(often), "depends on the weights and is", "depend on the weights and are")
        said.append(f"{place} of {listed(often)} {verb} for the partnership to argue over.")
    return " ".join(said) or "The order moves a little under other weights and does not turn on any one of them."


def _scores_chart(weighed: Weighing, ordered: Sequence[Scored]) -> Chart:
    first = weighed.issues[ordered[0].issue].topic.title
    return Chart(
        id="prioritisation.scores-chart",
        kind="bars",
        title="Score of each issue, from 0 to 1",
        describes=f"{first} stands first of {len(ordered)} issues, at {number(ordered[0].score, 2)}.",
        series=(
            Series(
                "Score",
                tuple(weighed.issues[s.issue].topic.title for s in ordered),
                tuple(round(s.score, 3) for s in ordered),
            ),
        ),
        source="definitions/prioritisation.yaml; inputs in the table of raw inputs",
        y_title="Score",
        figures=tuple(figure_id(s.issue) for s in ordered),
    )


def _range(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} to {high}"


def confidence_word(value: float) -> str:
    """How sure, in the three words of the grid."""
    return SHARES[min(int(value * 3), 2)]


def _scores(weighed: Weighing, ordered: Sequence[Scored]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (
            s.final_rank,
            weighed.issues[s.issue].topic.title,
            number(s.score, 2),
            s.rank,
            _range(s.without_low, s.without_high),
            _range(s.weights_low, s.weights_high),
            percent(100 * s.top_share),
            percent(100 * s.coverage),
            confidence_word(weighed.confidence(s.issue)).capitalize(),
            "Yes" if s.statutory else "–",
        )
        for s in ordered
    ]
    return Table(
        id="prioritisation.scores",
        title="Issues in order, and how far the order depends on the weights",
        columns=(
            Column("final", "Place", "number"),
            Column("issue", "Issue"),
            Column("score", "Score"),
            Column("rank", "By score alone", "number"),
            Column("without", "Leaving one criterion out"),
            Column("weights", "Nine in ten other weights"),
            Column("top", f"Among the first {weighed.result.top}"),
            Column("coverage", "Known"),
            Column("confidence", "Confidence"),
            Column("statutory", "Kept in view by law"),
        ),
        rows=tuple(rows),
        source="definitions/prioritisation.yaml; inputs in the next table",
        note="Known: the share of the weight that rests on something known. Confidence: that, times how complete the "
        "counts are, halved where much is never reported. Other weights are drawn at random around the given ones.",
        figures=tuple(figure_id(s.issue) for s in ordered),
    )


def _inputs(brief: Brief, weighed: Weighing, ordered: Sequence[Scored]) -> Table:
    said = definition("prioritisation")["criteria"]
    kinds: dict[str, Any] = {"volume": "count", "harm": "rate", "trend": "change", "concern": "percent"}
    rows = []
    for s in ordered:
        issue = weighed.issues[s.issue]
        rows.append((issue.topic.title, issue.counted, *(_rounded(issue, c["id"]) for c in said)))
    protected = any(weighed.issues[s.issue].protected for s in ordered)
    return Table(
        id="prioritisation.inputs",
        title=f"What went into the scores, {months(str(brief.period.first), str(brief.period.last))}",
        columns=(
            Column("issue", "Issue"),
            Column("counted", "What is counted"),
            *(Column(c["id"], c["title"], kinds.get(c["id"], "number"), RESTS.get(c["id"], ())) for c in said),
        ),
        rows=tuple(rows),
        source="Recorded crime and partners’ data sets, each as its chapter describes it",
        note=" ".join(f"{c['title']}: {c['unit']}." for c in said) + " Different data sets count in different ways.",
        protected=protected,
        figures=tuple(figure_id(s.issue) for s in ordered),
    )


def _rounded(issue: Issue, name: str) -> Cell:
    value = issue.raw[name]
    if value is None:
        return None
    return int(value) if name == "volume" else round(value, 0 if name == "harm" else 1)


def _weights() -> Table:
    said = definition("prioritisation")["criteria"]
    total = sum(c["weight"] for c in said)
    scales = {"log": "Ten times as much counts one step more", "as it is": "As it is"}
    return Table(
        id="prioritisation.weights",
        title="The weights",
        columns=(
            Column("criterion", "Criterion"),
            Column("weight", "Weight", "number"),
            Column("share", "Share of the score", "percent"),
            Column("unit", "Measured in"),
            Column("scale", "Counted"),
        ),
        rows=tuple(
            (
                c["title"],
                c["weight"],
                100 * c["weight"] / total,
                c["unit"],
                scales.get(c["scale"], f"{c['scale']} or more counts as the most"),
            )
            for c in said
        ),
        source="definitions/prioritisation.yaml",
    )


def placed(weighed: Weighing, scored: Scored) -> Placed | None:
    """Where an issue stands on the grid; None without its harm or its volume."""
    impact, likelihood = scored.normalised.get("harm"), scored.normalised.get("volume")
    if impact is None or likelihood is None:
        return None
    return place(weighed.issues[scored.issue].topic.title, impact, likelihood, weighed.confidence(scored.issue))


def _grid(weighed: Weighing, ordered: Sequence[Scored]) -> Table:
    found = [p for s in ordered if (p := placed(weighed, s)) is not None]
    found.sort(key=lambda p: (-p.score, p.issue))
    rows: list[tuple[Cell, ...]] = [
        (p.issue, p.impact, p.likelihood, p.score, p.band.capitalize(), p.confidence.capitalize()) for p in found
    ]
    return Table(
        id="prioritisation.grid",
        title="Impact and likelihood, 1 to 4 each, with how sure that is",
        columns=(
            Column("issue", "Issue"),
            Column("impact", "Impact", "number"),
            Column("likelihood", "Likelihood", "number"),
            Column("score", "Impact times likelihood", "number"),
            Column("band", "Band"),
            Column("confidence", "Confidence"),
        ),
        rows=tuple(rows),
        source="The inputs above",
        note=f"Bands: {LEVELS[0]} to 3, {LEVELS[1]} to 7, {LEVELS[2]} to 11, {LEVELS[3]} above. Issues whose harm or "
        "volume is not known are not on the grid.",
    )


def _not_known(weighed: Weighing, ordered: Sequence[Scored]) -> list[Block]:
    little = [weighed.issues[s.issue].topic.subject for s in ordered if s.coverage < weighed.least_known]
    nothing = [weighed.issues[s.issue].topic.subject for s in weighed.result.issues if s.coverage == 0]
    said = definition("prioritisation")["not_scored"]
    text = []
    if little:
        text.append(
            f"Of {listed(little)} less than half of what is scored is known, so they are not proposed on their score."
        )
    if nothing:
        text.append(f"Of {listed(nothing)} nothing that is scored came; the law keeps them in view all the same.")
    otherwise = [i.topic.subject for i in weighed.issues.values() if i.recorded_otherwise]
    if otherwise:
        text.append(
            f"The change of {listed(otherwise)} is left out of the score, because the way of recording changed between "
            "the two periods and would have moved the count that way."
        )
    text.append(" ".join(f"“{name.replace('-', ' ').capitalize()}” is not scored. {why}" for name, why in said.items()))
    return [Box(kind="caveat", title="What the score does not know", text=" ".join(text))]


def _decided(weighed: Weighing) -> list[Block]:
    """What people set instead of the score, with the reason, and what of that could not be used."""
    moved = [s for s in weighed.result.issues if s.reason]
    items = [
        f"{weighed.issues[s.issue].topic.title}: place {s.final_rank}, not {s.rank}, by {s.by}. {s.reason}"
        for s in moved
    ]
    items += list(weighed.refused)
    if not items:
        return []
    return [Heading(text="What the partnership decided instead"), Bullets(items=tuple(items))]
