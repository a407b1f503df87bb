"""Who: the people of a line by age and sex, with how many are not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goldthread.chapters.brief import Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.model import Chart, Column, Figure, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import NOT_KNOWN, UNKNOWN, share

Cells = Mapping[tuple[str, str], int]
SEXES = ("Female", "Male", NOT_KNOWN)


def people(page: Page, section: Section, line: Line, who: str) -> tuple[Figure | None, Figure | None]:
    """
    This will set out a line's people by age and sex.

    Returns the share who are female of those whose sex is known, and the share
    in the age band with most; None where neither is known. A sex other than
    the two, and one that is not known, stand together, because either is few.
    """
    condition, values = rows_of(line, page.brief.period)
    rows = page.brief.evidence.rows(
        f"SELECT coalesce(age_band, ''), coalesce(sex, ''), count(*) FROM incidents WHERE {condition} GROUP BY 1, 2",
        values,
    )
    cells: dict[tuple[str, str], int] = {}
    for age, sex, n in rows:
        at = (NOT_KNOWN if age in UNKNOWN else age, sex if sex in ("Female", "Male") else NOT_KNOWN)
        cells[at] = cells.get(at, 0) + int(n)
    if all(at == (NOT_KNOWN, NOT_KNOWN) for at in cells):
        return None, None
    ages = sorted({age for age, _ in cells}, key=_from_youngest)
    page.show(section, _pyramid(page, line, cells, ages, who))
    by_sex = {s: sum(n for (_, sex), n in cells.items() if sex == s) for s in SEXES[:2]}
    by_age = {a: sum(n for (age, _), n in cells.items() if age == a) for a in ages if a != NOT_KNOWN}
    return _share_of_sex(page, line, by_sex, who), _share_of_age(page, line, by_age, who)


def people_sentence(female: Figure | None, age: Figure | None, who: str) -> str:
    """Which sex most are and which age band has most, each of those whose sex or age is known."""
    told = []
    if female is not None and female.answer["share"] is not None:
        value = float(female.answer["share"])
        counted = f"({said(female, 'part', 'n')} of {said(female, 'whole', 'n')} whose sex is known)"
        if value < 0.45:
            told.append(f"Most {who} were men or boys; {said(female, 'share', 'share')} were women or girls {counted}.")
        elif value > 0.55:
            told.append(f"{said(female, 'share', 'share')} of {who} were women or girls {counted}.")
        else:
            told.append(
                f"About as many {who} were women or girls as men or boys: {said(female, 'share', 'share')} {counted}."
            )
    if age is not None:
        told.append(
            f"The age group with most was {said(age, 'band', 'text')}, with {said(age, 'share', 'share')} of those "
            "whose age is known."
        )
    return " ".join(told)


def under(ages: Sequence[str], limit: int) -> list[str]:
    """The bands that lie wholly below an age."""
    return [band for band in ages if _last_age(band) < limit]


def _numbers(band: str) -> list[int]:
    return [int(digits) for digits in "".join(c if c.isdigit() else " " for c in band).split()]


def _last_age(band: str) -> int:
    found = _numbers(band)
    if not found or "+" in band or "over" in band:
        return 999
    return found[-1] - 1 if band.startswith("under") else found[-1]


def _from_youngest(band: str) -> tuple[int, int]:
    found = _numbers(band)
    if not found:
        return 1, 0
    return 0, 2 * found[0] + {"under": -1, "over": 1}.get(band.split()[0], 0)


def _share_of_sex(page: Page, line: Line, by_sex: Mapping[str, int], who: str) -> Figure | None:
    whole = sum(by_sex.values())
    if not whole:
        return None
    asks = f"What share of {who} were female, of those whose sex is known ({line.title.lower()})?"
    return share(page, line, f"{line.id}.female", asks, by_sex["Female"], whole, {"sex": "Female"})


def _share_of_age(page: Page, line: Line, by_age: Mapping[str, int], who: str) -> Figure | None:
    whole = sum(by_age.values())
    if not whole:
        return None
    band = max(by_age, key=lambda age: (by_age[age], age))
    asks = f"What share of {who} were in the age band with most, of those whose age is known ({line.title.lower()})?"
    return share(page, line, f"{line.id}.age", asks, by_age[band], whole, {"age_band": band}, {"band": band})


def _longest(cells: Cells, ages: Sequence[str]) -> str:
    """Which bar is longest; nothing where no age is known."""
    bars = {(age, sex): cells.get((age, sex), 0) for age in ages for sex in SEXES[:2]}
    if not bars:
        return "No age is known."
    age, sex = max(bars, key=lambda bar: (bars[bar], bar))
    return f"The longest bar is of {'women and girls' if sex == 'Female' else 'men and boys'} aged {age}."


def _pyramid(page: Page, line: Line, cells: Cells, ages: Sequence[str], who: str) -> Chart:
    parts = {age: [cells.get((age, sex), 0) for sex in SEXES] for age in ages}
    body: list[tuple[Cell, ...]] = [(age, *some, sum(some)) for age, some in parts.items()]
    totals = [sum(column) for column in zip(*parts.values(), strict=True)]
    title = f"{line.title}: {who} by age and sex"
    table = Table(
        id=f"{page.id}.{line.id}.people-table",
        title=title,
        columns=(
            Column("age", "Age"),
            *(Column(sex.casefold().replace(" ", "-"), sex, "count") for sex in SEXES),
            Column("all", "All", "count"),
        ),
        rows=(*body, ("All ages", *totals, sum(totals))),
        source=line.feed.title,
        protected=line.feed.protected,
        total_row=True,
        sums=(("all", ("female", "male", "not-known")),),
    )
    shown = tuple(age for age in ages if age != NOT_KNOWN)
    return Chart(
        id=f"{page.id}.{line.id}.people",
        kind="paired",
        title=title,
        describes=f"Women and girls to the left, men and boys to the right, by age, in {page.when}. "
        f"{_longest(cells, shown)} The table has the numbers, and those whose age or sex is not known.",
        series=tuple(Series(sex, shown, tuple(float(cells.get((age, sex), 0)) for age in shown)) for sex in SEXES[:2]),
        source=line.feed.title,
        y_title="People",
        table=table,
        protected=line.feed.protected,
    )
