"""Deprivation: how much is recorded in the most deprived fifths of the country, and how many live there."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from goldthread.chapters.brief import Line
from goldthread.chapters.draft import Draft, first_capital, many, said
from goldthread.chapters.findings import COUNTED, finding
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.small_areas import VIOLENCE, SmallAreas
from goldthread.chapters.model import MEMBER, Chart, Column, Figure, Gap, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words
from goldthread.evidence.store import Numbers

FIFTHS = ("Most deprived", "Second", "Middle", "Fourth", "Least deprived")
FEWEST_AREAS = 3  # small areas in the most deprived fifth, below which nothing is said of it
CENTRE = 4  # times the rate of the whole area, from which a rate tells of people who come there
FAR_MORE, MORE, LESS = 2.0, 1.25, 0.8  # how many times the rate of the other small areas


def deprivation(draft: Draft, areas: SmallAreas, lines: Sequence[Line]) -> None:
    """What is recorded in each fifth of deprivation, beside who lives there?"""
    draft.head("Deprivation")
    known = np.isfinite(areas.decile) & (areas.population > 0)
    if not known.any():
        draft.say("Deprivation of small areas was not supplied, so nothing is said of it.")
        draft.gaps.append(
            Gap(
                "How what is recorded goes with deprivation",
                "Equality duties ask whether the most deprived places bear more of it.",
                "Council research manager",
                "deprivation",
            )
        )
        return
    fifth = np.where(known, np.ceil(np.nan_to_num(areas.decile) / 2) - 1, -1).astype(np.int64)
    found = {line.id: _figure(draft, areas, line, fifth) for line in lines}
    first = found[lines[0].id]
    draft.say(_sentence(first, lines[0]), MEMBER)
    others = [line for line in lines[1:] if first.answer["areas"] and int(first.answer["areas"]) >= FEWEST_AREAS]
    if others:
        parts = [f"{said(found[line.id], 'share', 'share')} of {many(line.id)}" for line in others]
        draft.say(f"The same places had {' and '.join(parts)}.")
    draft.show(_chart(draft, areas, lines, fifth))
    draft.say(
        "The index of deprivation holds recorded crime as one of its parts, so some of the match is by the way the "
        "index is made. It describes places: it does not say that people who are poor commit crime."
    )
    if VIOLENCE in found:
        _finding(draft, found[VIOLENCE], found.get(TOTAL))


def _in_fifths(values: Numbers, fifth: NDArray[np.int64]) -> Numbers:
    inside = fifth >= 0
    return np.asarray(np.bincount(fifth[inside], np.nan_to_num(values)[inside], len(FIFTHS)), np.float64)


def _figure(draft: Draft, areas: SmallAreas, line: Line, fifth: NDArray[np.int64]) -> Figure:
    counts, people = _in_fifths(areas.counts[line.id], fifth), _in_fifths(areas.population, fifth)
    number = np.bincount(fifth[fifth >= 0], minlength=len(FIFTHS))
    years = max(areas.came[line.id], 1) / 12
    rates = [1000 * n / p / years if p else None for n, p in zip(counts, people, strict=True)]
    without = _without_centres(areas, line, fifth, years)
    share, living = counts[0] / counts.sum() if counts.sum() else 0.0, people[0] / people.sum()
    rest = people[1:].sum()
    elsewhere = 1000 * counts[1:].sum() / rest / years if rest else None
    return draft.figure(
        Figure(
            id=f"places.{line.id}.deprivation",
            asks=f"How much is recorded in the most deprived fifth of small areas, and how many live there "
            f"({line.title.lower()})?",
            question="goldthread.chapters.places.deprivation.deprivation",
            answer={
                "areas": int(number[0]),
                "n": float(counts[0]),
                "all": float(counts.sum()),
                "share": float(share),
                "people": float(living),
                "rate": rates[0],
                "elsewhere": elsewhere,
                "times": float(rates[0] / elsewhere) if rates[0] and elsewhere else None,
                "centres": without[0],
                "times_without": without[1],
            },
            rows=line.rows(draft.brief.period),
            parameters={"fifths": "deciles 1 and 2 of the nation, and so on", "period": str(draft.brief.period)},
            protected=line.feed.protected,
            count_keys=("n", "all"),
            source=f"{line.feed.title}; index of multiple deprivation",
        )
    )


def _without_centres(areas: SmallAreas, line: Line, fifth: NDArray[np.int64], years: float) -> tuple[int, float | None]:
    """How many small areas have rates that tell of visitors, and how many times the rate is without them."""
    known = fifth >= 0
    rates = np.where(known, 1000 * areas.counts[line.id] / np.maximum(areas.population, 1.0) / years, 0.0)
    whole = areas.area_rate(line.id)
    centres = known & (rates >= CENTRE * whole) if whole > 0 else np.zeros(known.size, bool)
    keep = known & ~centres
    first = keep & (fifth == 0)
    people = [float(areas.population[some].sum()) for some in (first, keep & ~first)]
    counts = [float(areas.counts[line.id][some].sum()) for some in (first, keep & ~first)]
    if not all(people) or not counts[1]:
        return int(centres.sum()), None
    return int(centres.sum()), (counts[0] / people[0]) / (counts[1] / people[1])


def _beside_centres(found: Figure) -> str:
    """What is left without the places to which people come, where there are any."""
    if not found.answer["centres"] or found.answer["times_without"] is None:
        return ""
    some = said(found, "centres", "count|small area|small areas")
    return (
        f" Without the {some} whose rates are over {in_words(CENTRE)} times that of the whole, most likely because "
        f"people come there, it was {said(found, 'times_without', 'ratio')}."
    )


def _sentence(found: Figure, line: Line) -> str:
    number = int(found.answer["areas"] or 0)
    if number < FEWEST_AREAS:
        few = "None" if number == 0 else said(found, "areas", "Word")
        are = "is" if number == 1 else "are"
        return f"{few} of the small areas {are} among the most deprived fifth of the country, so nothing is said of it."
    lives = (
        f"{said(found, 'people', 'share')} of residents live in the {said(found, 'areas', 'n')} small areas that are "
        f"among the most deprived fifth of the country; {said(found, 'share', 'share')} of {many(line.id)} "
        f"({said(found, 'n', 'n')}) were recorded there"
    )
    if found.answer["times"] is None:
        return f"{lives}."
    beside = f"the rate there was {said(found, 'times', 'ratio')} that of the other small areas"
    times = float(found.answer["times"])
    if times >= FAR_MORE:
        return f"{lives}, far more than their share: {beside}.{_beside_centres(found)}"
    if times >= MORE:
        return f"{lives}, more than their share: {beside}.{_beside_centres(found)}"
    if times >= LESS:
        return f"{lives}, about their share."
    return f"{lives}, less than their share: {beside}."


def _finding(draft: Draft, found: Figure, total: Figure | None) -> None:
    """A finding when the most deprived fifth bears far more than its share of violence."""
    times = float(found.answer["times"] or 0)
    if int(found.answer["areas"] or 0) < FEWEST_AREAS or times < FAR_MORE or float(found.answer["n"] or 0) < 100:
        return
    draft.findings.append(
        finding(
            draft.brief,
            topics()[VIOLENCE],
            "deprivation",
            title="The most deprived places bear far more than their share of violence",
            statement=f"{said(found, 'share', 'share')} of {many(VIOLENCE)} ({said(found, 'n', 'n')} of "
            f"{said(found, 'all', 'n')}) were recorded in the small areas of the most deprived fifth of "
            f"the country, where {said(found, 'people', 'share')} of residents live. The rate there was "
            f"{said(found, 'times', 'ratio')} that of the other small areas.{_beside_centres(found)}",
            so_what="Work that is spread evenly leaves these places with most of the harm. Services there "
            "(housing, schools, health) can reach people before the police are called.",
            figures=[found.id, *([total.id] if total else [])],
            harm=0.8,
            size=float(np.log10(max(float(found.answer["n"] or 1), 1)) / 4),
            certainty=COUNTED,
            public="Poorer places have more than their share of violence.",
        )
    )


def _chart(draft: Draft, areas: SmallAreas, lines: Sequence[Line], fifth: NDArray[np.int64]) -> Chart:
    people = _in_fifths(areas.population, fifth)
    number = np.bincount(fifth[fifth >= 0], minlength=len(FIFTHS))
    there = [i for i in range(len(FIFTHS)) if people[i] > 0]
    counts = [_in_fifths(areas.counts[line.id], fifth) for line in lines]
    columns = [
        Column("fifth", "Fifth of the country"),
        Column("areas", "Small areas", "number"),
        Column("people", "Share of residents", "percent"),
    ]
    for line in lines:
        columns += [
            Column(line.id, line.title, "count"),
            Column(f"{line.id}-share", "Share", "percent", (line.id,)),
            Column(f"{line.id}-rate", "For every 1,000", "rate", (line.id,)),
        ]
    rows: list[tuple[Cell, ...]] = []
    bars: list[float] = []
    for i in there:
        row: list[Cell] = [FIFTHS[i], int(number[i]), 100 * float(people[i] / people.sum())]
        for line, n in zip(lines, counts, strict=True):
            years = max(areas.came[line.id], 1) / 12
            share = 100 * float(n[i] / n.sum()) if n.sum() else None
            row += [float(n[i]), share, float(1000 * n[i] / people[i] / years)]
        bars.append(float(1000 * counts[0][i] / people[i] / (max(areas.came[lines[0].id], 1) / 12)))
        rows.append(tuple(row))
    labels = tuple(FIFTHS[i] for i in there)
    title = "Rates by fifth of deprivation"
    source = f"{'; '.join(dict.fromkeys(line.feed.title for line in lines))}; index of multiple deprivation"
    protected = any(line.feed.protected for line in lines)
    return Chart(
        id="places.deprivation-chart",
        kind="bars",
        title=f"{title}: {lines[0].title.lower()}",
        describes=f"A bar for each fifth of the country by deprivation: {many(lines[0].id)} for every 1,000 residents "
        f"of the small areas in it, in {draft.when}.",
        series=(Series(first_capital(many(lines[0].id)), labels, tuple(bars)),),
        source=source,
        y_title="For every 1,000 residents a year",
        table=Table(
            id="places.deprivation-table",
            title=title,
            columns=tuple(columns),
            rows=tuple(rows),
            source=source,
            note="Fifths are of all small areas of the nation (deciles 1 and 2, 3 and 4, and so on).",
            protected=protected,
        ),
        protected=protected,
        figures=tuple(f"places.{line.id}.deprivation" for line in lines),
    )
