"""The figures of a line's hotspots: lasting ones, squares beyond chance, new ones, what they foretold, few points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.hotspots import Kind
from goldthread.chapters.draft import Draft
from goldthread.chapters.measuring.hot_found import HotCells, HotLine
from goldthread.chapters.measuring.hot_search import TOP
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.model import Figure
from goldthread.chapters.model.figures import Answer

NAMED = 3


@dataclass(frozen=True)
class Figures:
    """The figures of one line's hotspots; None where that could not be asked."""

    lasting: Figure | None
    hot: Figure
    points: Figure
    emerging: Figure | None
    foretold: Figure | None


def figures_of(draft: Draft, found: HotCells, line: HotLine) -> Figures:
    """This will put a line's figures into the chapter."""
    assert found.grid is not None
    cells = found.grid.cells
    hot: dict[str, Answer] = {
        "cells": cells,
        "hot": int(line.hot.sum()),
        "area_share": float(line.hot.mean()),
        "n": int(line.cells[line.hot].sum()),
        "all": line.n,
        "share": line.hot_share,
    }
    name = draft.brief.found(Lines).by_id[line.line].title.lower()
    return Figures(
        lasting=_lasting(draft, cells, line, name),
        hot=_figure(
            draft,
            line,
            "beyond-chance",
            f"How many squares have, with their neighbours, more than chance would put there ({name})?",
            "goldthread.analysis.hotspots.gi_star",
            hot,
        ),
        points=_figure(
            draft,
            line,
            "points",
            f"What share is at the busiest one in a hundred map points ({name})?",
            "goldthread.analysis.points.share_at_busiest",
            {"share": line.at_busiest_points},
        ),
        emerging=_emerging(draft, line, name),
        foretold=_foretold(draft, line, name),
    )


def _figure(
    draft: Draft, line: HotLine, what: str, asks: str, question: str, answer: Mapping[str, Answer], **told: object
) -> Figure:
    counted = draft.brief.found(Lines).by_id[line.line]
    return draft.figure(
        Figure(
            id=f"hotspots.{line.line}.{what}",
            asks=asks,
            question=question,
            answer=answer,
            rows=counted.rows(draft.brief.period),
            parameters={"period": str(draft.brief.period), "cell_metres": 250, **told},
            protected=counted.feed.protected,
            source=counted.feed.title,
        )
    )


def _lasting(draft: Draft, cells: int, line: HotLine, name: str) -> Figure | None:
    found = line.persistence
    if found is None:
        return None
    answer: dict[str, Answer] = {
        "cells": cells,
        "top_places": found.top_places,
        "periods": found.periods,
        "least": found.least,
        "by_chance": found.by_chance,
        "squares": line.squares,
        "spots": len(line.hotspots),
        "area_share": line.squares / cells,
        "n": line.in_hotspots,
        "all": line.n,
        "share": line.in_hotspots / line.n if line.n else 0.0,
    }
    for at, spot in enumerate(line.hotspots[:NAMED], start=1):
        answer |= {f"name{at}": spot.named.said, f"n{at}": spot.n, f"share{at}": spot.share, f"times{at}": spot.times}
    return _figure(
        draft,
        line,
        "lasting",
        f"Which squares were among the busiest again and again, and how much do they hold ({name})?",
        "goldthread.analysis.hotspots.persistence",
        answer,
        steps=f"{found.periods} {line.step}s to {draft.brief.period.last}",
        top=TOP,
    )


def _emerging(draft: Draft, line: HotLine, name: str) -> Figure | None:
    found = line.emerging
    if found is None:
        return None
    answer: dict[str, Answer] = {kind.name.lower(): int(found.places(kind).size) for kind in Kind if kind}
    answer |= {"steps": found.steps, "hot_now": int(sum(found.places(k).size for k in Kind if 0 < k < Kind.HISTORICAL))}
    for at, (kind, _, named) in enumerate(line.watched, start=1):
        answer |= {f"watched{at}": named.said, f"kind{at}": kind.name.lower()}
    return _figure(
        draft,
        line,
        "emerging",
        f"Which hot squares are new, growing, steady or fading ({name})?",
        "goldthread.analysis.hotspots.emerging",
        answer,
        steps=f"{found.steps} {line.emerging_step}s",
    )


def _foretold(draft: Draft, line: HotLine, name: str) -> Figure | None:
    found = line.foretold
    if found is None:
        return None
    at = found.density.shares.index(TOP)
    return _figure(
        draft,
        line,
        "foretold",
        f"How much of the next month is in the busiest one in a hundred squares of the year before ({name})?",
        "goldthread.analysis.hotspots.rolling_accuracy",
        {
            "density": float(found.density.hit_rate[at]),
            "counts": float(found.naive.hit_rate[at]),
            "by_chance": float(found.random.hit_rate[at]),
            "best": float(np.asarray(found.naive.best[:, at]).sum() / found.naive.events.sum()),
            "density_pai": float(found.density.pai[at]),
            "counts_pai": float(found.naive.pai[at]),
            "p": float(found.p[at]),
            "stands": int(draft.brief.stands(line.test)),
            "months": int(found.naive.events.size),
        },
        top=TOP,
    )
