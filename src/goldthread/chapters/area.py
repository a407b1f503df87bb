"""The area: who lives there, what it is like beside other authorities, and what rates are set against."""

from __future__ import annotations

import numpy as np

from goldthread.chapters.area_beside import SOURCE, like_others
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import Draft, said
from goldthread.chapters.measuring.lines import TOTAL, Lines
from goldthread.chapters.measuring.small_areas import SmallAreas, rank
from goldthread.chapters.model import Chapter, Chart, Column, Edition, Figure, Gap, Map, Rows, Series, Table
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.places.mapped import has_shapes
from goldthread.evidence.store import Numbers

ID = "area"
TITLE = "The area and its people"
MEMBER_TOO = frozenset({Edition.ANALYST, Edition.MEMBER})
MOST_DEPRIVED = 2  # deciles 1 and 2 are the most deprived fifth of small areas in the country


def write(brief: Brief) -> Chapter:
    """Who lives there, what the area is like beside others, its wards, and what rates are set against."""
    areas = brief.found(SmallAreas)
    if not areas.has_people:
        return _missing(brief)
    draft = Draft(brief, ID, TITLE)
    people = draft.figure(_people(brief, areas))
    draft.say(_lead(brief, people), MEMBER_TOO)
    like_others(draft)
    _deprivation(draft, areas, people)
    draft.head("Wards")
    draft.show(_wards(areas))
    _denominators(draft, areas)
    return draft.chapter()


def _missing(brief: Brief) -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing=f"The people of {brief.area} were not supplied, so there is no profile and no rate for those who live "
        "there.",
        gaps=(
            Gap(
                "Who lives in the area, and how deprived its parts are",
                "A count says how much there is; only a rate says how much there is for those who live there.",
                "Partnership analyst",
                "population",
            ),
        ),
    )


def _people(brief: Brief, areas: SmallAreas) -> Figure:
    people = float(np.nansum(areas.population))
    homes, day = float(np.nansum(areas.households)), float(np.nansum(areas.workday))
    deprived = areas.decile <= MOST_DEPRIVED
    known = np.isfinite(areas.decile)
    held = float(np.nansum(areas.population[deprived]))
    answer: dict[str, Answer] = {
        "residents": people,
        "households": homes or None,
        "by_day": day if areas.has_workday else None,
        "by_day_ratio": day / people if areas.has_workday else None,
        "areas": len(areas.codes),
        "wards": len({w for w in areas.wards if w}),
        "deprived_areas": int(deprived.sum()) if known.any() else None,
        "deprived_people": held if known.any() else None,
        "deprived_share": held / people if known.any() else None,
    }
    return Figure(
        id="area.people",
        asks="How many people and homes are there, and how many in the most deprived fifth of the country?",
        question="goldthread.chapters.measuring.small_areas.measure_small_areas",
        answer=answer,
        rows=Rows("places"),
        parameters={"population_year": brief.evidence.provenance.get("population_year", "")},
        source=SOURCE,
    )


def _lead(brief: Brief, people: Figure) -> str:
    year = brief.evidence.provenance.get("population_year", "")
    homes = f" in {said(people, 'households', 'n')} households" if people.answer["households"] else ""
    wards = f" and {said(people, 'wards', 'n')} wards" if people.answer["wards"] else ""
    lead = (
        f"{brief.area} has {said(people, 'residents', 'n')} residents{f' (mid-{year})' if year else ''}{homes}, in "
        f"{said(people, 'areas', 'n')} small areas{wards}."
    )
    if people.answer["by_day"]:
        side = "more" if float(people.answer["by_day_ratio"] or 1) > 1 else "fewer"
        lead += f" By day there are {said(people, 'by_day', 'n')} people, {side} than live there."
    if people.answer["deprived_share"] is None:
        return lead
    country = brief.evidence.provenance.get("country") or "the country"
    share = float(people.answer["deprived_share"])
    beside = "about what" if 0.15 <= share <= 0.25 else "more than" if share > 0.25 else "less than"
    even = "an even share would be" if beside == "about what" else "an even share, which would be a fifth"
    return (
        f"{lead} Of its residents {said(people, 'deprived_share', 'share')} live in the most deprived fifth of small "
        f"areas of {country}, {beside} {even}."
    )


def _deprivation(draft: Draft, areas: SmallAreas, people: Figure) -> None:
    """How residents are spread over the deciles of deprivation, and a map of them."""
    known = np.isfinite(areas.decile) & (areas.population > 0)
    if not known.any():
        return
    draft.head("Deprivation")
    held = np.bincount(areas.decile[known].astype(np.int64), areas.population[known], 11)[1:]
    shares = 100 * held / held.sum()
    most = int(np.argmax(shares)) + 1
    labels = ("1 (most deprived)", *(str(i) for i in range(2, 10)), "10 (least deprived)")
    draft.show(
        Chart(
            id="area.deciles",
            kind="bars",
            title="Residents by decile of deprivation of where they live",
            y_title="Per cent of residents; ten would be an even share",
            describes=f"More residents live in decile {most} than in any other; "
            f"{said(people, 'deprived_share', 'share')} live in deciles 1 and 2.",
            series=(Series("Residents", labels, tuple(float(s) for s in shares)),),
            source=SOURCE,
            figures=(people.id,),
        )
    )
    if has_shapes(draft):
        draft.show(_map(draft.brief, areas, people))


def _map(brief: Brief, areas: SmallAreas, people: Figure) -> Map:
    # Shaded darker the more deprived, so the value is how many deciles lie between an area and the least deprived.
    values = {
        code: float(10 - decile) for code, decile in zip(areas.codes, areas.decile, strict=True) if np.isfinite(decile)
    }
    rows = tuple(
        (areas.names[i], areas.wards[i], int(areas.decile[i]), float(areas.population[i]))
        for i in np.lexsort((np.array(areas.names), areas.decile))
        if np.isfinite(areas.decile[i])
    )
    return Map(
        id="area.deprivation",
        title=f"Deprivation in {brief.area}, by small area",
        describes=f"{said(people, 'deprived_areas', 'n')} of {said(people, 'areas', 'n')} small areas are in the most "
        "deprived fifth of the country.",
        values=values,
        classes=(0.0, 2.0, 4.0, 6.0, 8.0),
        labels=("Least deprived fifth", "Fourth fifth", "Middle fifth", "Second fifth", "Most deprived fifth"),
        source=SOURCE,
        caveat="Deprivation describes places and not the people in them; a small area holds rich and poor.",
        unit="deciles from the least deprived",
        table=Table(
            id="area.deprivation-table",
            title="Small areas from the most deprived",
            columns=(
                Column("area", "Small area"),
                Column("ward", "Ward"),
                Column("decile", "Decile", "number"),
                Column("people", "Residents", "number"),
            ),
            rows=rows,
            source=SOURCE,
        ),
        figures=(people.id,),
    )


def _wards(areas: SmallAreas) -> Table:
    names = sorted({w for w in areas.wards if w}) or [""]
    of = np.array(areas.wards)

    def total(values: Numbers, name: str) -> float | None:
        held = values[of == name]
        return float(np.nansum(held)) if np.isfinite(held).any() else None

    rows = []
    for name in names:
        people, deprived = (
            total(areas.population, name),
            total(np.where(areas.decile <= MOST_DEPRIVED, areas.population, 0.0), name),
        )
        rows.append(
            (
                name or "The whole area",
                int((of == name).sum()),
                people,
                total(areas.households, name),
                *((total(areas.workday, name),) if areas.has_workday else ()),
                100 * deprived / people if people and deprived is not None else None,
            )
        )
    day = (Column("day", "People by day", "number"),) if areas.has_workday else ()
    return Table(
        id="area.wards",
        title="Wards and their people",
        columns=(
            Column("ward", "Ward"),
            Column("areas", "Small areas", "number"),
            Column("people", "Residents", "number"),
            Column("homes", "Households", "number"),
            *day,
            Column("deprived", "Residents in the most deprived fifth", "percent"),
        ),
        rows=tuple(rows),
        source=SOURCE,
        note="Wards are made of whole small areas, as best they fit.",
    )


def _denominators(draft: Draft, areas: SmallAreas) -> None:
    """What rates are against, and how the ranking of wards changes when it is people present by day."""
    draft.head("What rates are set against")
    stated = draft.brief.evidence.provenance.get("people", "")
    draft.say(
        "Rates are for every 1,000 residents, and for every 1,000 households where homes are what is at risk, as with "
        f"burglary. {stated}".strip()
    )
    figure = _by_day(draft, areas)
    if figure is None:
        draft.say(
            "How many people are there by day, at night or as visitors was not supplied, so rates in centres with few "
            "residents and many visitors look higher than the risk to anyone who is there."
        )
        return
    if figure.answer["first"] == figure.answer["day_first"]:
        draft.say(
            f"Against people present by day {said(figure, 'first', 'text')} still has the highest rate of recorded "
            f"crime of the {said(figure, 'wards', 'word')} wards; {said(figure, 'moved', 'word')} of them change rank "
            "by two places or more."
        )
    else:
        draft.say(
            f"Against residents {said(figure, 'first', 'text')} has the highest rate of recorded crime of the "
            f"{said(figure, 'wards', 'word')} wards; against people present by day it is "
            f"{said(figure, 'first_by_day', 'ordinal')} and {said(figure, 'day_first', 'text')} is first. "
            f"{said(figure, 'moved', 'Word')} wards change rank by two places or more."
        )


def _by_day(draft: Draft, areas: SmallAreas) -> Figure | None:
    """How wards rank by recorded crime against residents and against people by day; None without both."""
    names = sorted({w for w in areas.wards if w})
    if not areas.has_workday or TOTAL not in areas.counts or len(names) < 3:
        return None
    of = np.array([names.index(w) if w else len(names) for w in areas.wards])

    def by_ward(
        values: Numbers,
    ) -> Numbers:
        return np.asarray(np.bincount(of, np.nan_to_num(values), len(names) + 1)[: len(names)], np.float64)

    crimes, homes, day = (by_ward(v) for v in (areas.counts[TOTAL], areas.population, areas.workday))
    at_home, by_day = rank(crimes / np.maximum(homes, 1)), rank(crimes / np.maximum(day, 1))
    first = int(np.argmin(at_home))
    line = draft.brief.found(Lines).by_id[TOTAL]
    return draft.figure(
        Figure(
            id="area.by-day",
            asks="Which ward has the highest rate of recorded crime, against residents and against people by day?",
            question="goldthread.chapters.measuring.small_areas.rank",
            answer={
                "wards": len(names),
                "first": names[first],
                "day_first": names[int(np.argmin(by_day))],
                "first_by_day": int(by_day[first]),
                "moved": int((np.abs(at_home - by_day) >= 2).sum()),
            },
            rows=line.rows(draft.brief.period),
            source=f"{line.feed.title}; people present by day",
        )
    )
