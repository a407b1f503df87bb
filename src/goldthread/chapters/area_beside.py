"""What the area is like beside all authorities whose figures came: age, density, deprivation, ethnic group."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from goldthread.analysis.peers import ranks
from goldthread.chapters.draft import Draft, first_capital
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.words import listed

SOURCE = "Census 2021, population estimates and indices of deprivation"
FEWEST = 20  # authorities below which a rank among them says little
# What each variable of the profile is called here; those in NUMBERS are no shares of residents.
CALLED: Mapping[str, str] = {
    "residents": "number of residents",
    "density": "residents per hectare",
    "aged under 16": "residents aged under 16",
    "aged 16 to 24": "residents aged 16 to 24",
    "aged 65 and over": "residents aged 65 and over",
    "household size": "residents per household",
    "deprived": "residents in the most deprived fifth of small areas",
    "deprivation score": "score of the English index of deprivation",
    "crime deprived": "residents in the fifth of small areas with most crime deprivation",
    "rural": "residents in rural small areas",
    "Asian": "Asian residents",
    "Black": "Black residents",
    "mixed": "residents of mixed ethnic groups",
    "other white": "white residents who are not British",
    "other group": "residents of other ethnic groups",
}
NUMBERS = frozenset({"residents", "density", "household size", "deprivation score"})


def like_others(draft: Draft) -> None:
    """What the area is like, variable by variable, beside the middle of all authorities."""
    brief = draft.brief
    code = brief.evidence.provenance["area_code"]
    rows = brief.evidence.rows("SELECT variable, authority, value FROM profile WHERE value IS NOT NULL ORDER BY 1, 2")
    values: dict[str, dict[str, float]] = {}
    for variable, authority, value in rows:
        values.setdefault(variable, {})[authority] = value
    known = [v for v in CALLED if code in values.get(v, {})]
    if not known:
        return
    draft.head("What it is like beside other authorities")
    figure = draft.figure(_standing(known, values, code))
    high = [
        v for v in known if figure.answer[f"{_key(v)}_above"] and float(figure.answer[f"{_key(v)}_above"] or 0) >= 0.9
    ]
    low = [v for v in known if float(figure.answer[f"{_key(v)}_above"] or 0) <= 0.1]
    if len(values[known[0]]) >= FEWEST and (high or low):
        for end, some in (("highest", high), ("lowest", low)):
            if some:
                draft.say(f"It is in the {end} tenth of authorities by its {listed([CALLED[v] for v in some])}.")
    draft.show(_beside(known, values, code, figure))


def _key(variable: str) -> str:
    return variable.lower().replace(" ", "_")


def _standing(known: list[str], values: Mapping[str, Mapping[str, float]], code: str) -> Figure:
    answer: dict[str, Answer] = {}
    for v in known:
        every = np.array(list(values[v].values()))
        answer |= {
            _key(v): values[v][code],
            f"{_key(v)}_middle": float(np.median(every)),
            f"{_key(v)}_above": float((every < values[v][code]).mean()),
            f"{_key(v)}_of": int(every.size),
        }
    return Figure(
        id="area.like",
        asks="What is the area like beside all authorities of the country whose figures came?",
        question="goldthread.analysis.peers.ranks",
        answer=answer,
        rows=Rows("profile", where={"authority": code}),
        source=SOURCE,
    )


def _beside(known: list[str], values: Mapping[str, Mapping[str, float]], code: str, figure: Figure) -> Table:
    rows = []
    for v in known:
        every = np.array(list(values[v].values()))
        at = list(values[v]).index(code)
        times = 1.0 if v in NUMBERS else 100.0
        rows.append(
            (
                first_capital(CALLED[v]),
                "%" if v not in NUMBERS else "",
                values[v][code] * times,
                float(np.median(every)) * times,
                int(ranks(-every)[at]),
                int(every.size),
            )
        )
    return Table(
        id="area.beside",
        title="The area beside the middle one of all authorities",
        columns=(
            Column("what", "What"),
            Column("unit", "Unit"),
            Column("here", "Here", "number"),
            Column("middle", "Middle authority", "number"),
            Column("rank", "Rank from the highest", "number"),
            Column("of", "Of so many authorities", "number"),
        ),
        rows=tuple(rows),
        source=SOURCE,
        note="Authorities are those of England and Wales; deprivation is set against the small areas of each nation.",
        figures=(figure.id,),
    )
