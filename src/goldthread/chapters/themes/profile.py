"""Victims and suspects: who they are, as far as that was recorded."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.searched import residents_by_group
from goldthread.chapters.measuring.theme_lines import CRIME
from goldthread.chapters.model import Chapter, Column, Figure, Heading, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.suspected import SUSPECTS, suspects
from goldthread.chapters.themes.tallies import NOT_KNOWN, known, share, tally, total
from goldthread.chapters.themes.who import people, people_sentence

ID = "people"
TITLE = "Victims and suspects"
SUSPECT_FEED = "police-local-suspects"
ENOUGH_STATED = 0.8  # with fewer whose ethnic group is known, shares are not set beside those of residents


def write(brief: Brief) -> Chapter:
    """Victims and suspects by age, sex and ethnic group, with how many are not known, and who comes up often."""
    page = Page(brief, ID, TITLE, "reoffending", (CRIME, SUSPECT_FEED))
    if not page.has(*page.uses):
        return page.missing("who victims and suspects are")
    victims, suspected = page.line("police-local-crime.all"), page.line(SUSPECTS)
    if victims is not None:
        page.show("who", Heading(text="Victims", level=4))
        _victims(page, victims)
    if suspected is not None:
        page.show("who", Heading(text="Suspects", level=4))
        figures = suspects(page, "who")
        ethnic = _ethnicity(page, suspected, "suspects")
        _finding(page, suspected, figures, ethnic)
    page.bear_in_mind("recorded-not-all")
    return page.chapter(
        "Who is recorded depends on who reports and on whom the police look at. These shares say where to offer help "
        "first; they do not say that any group is more to blame, or more at risk, than its record shows."
    )


def _victims(page: Page, line: Line) -> None:
    figure = page.count(line)
    with_person = _with_person(page, line)
    page.say(
        "who",
        f"Police recorded {said(figure, 'after', 'n')} crimes in their own extract. In "
        f"{said(with_person, 'share', 'share')} of them a person is recorded as the victim; the others are against "
        "businesses, the state or nobody in particular.",
    )
    female, age = people(page, "who", line, "victims")
    page.introduce("who", people_sentence(female, age, "victims"))
    _ethnicity(page, line, "victims")
    if female is None and age is None:
        return
    statement = people_sentence(female, age, "victims")
    page.find(
        "victims",
        topic="violence-and-sexual-offences",
        title=f"The age group with most recorded victims is {said(age, 'band', 'text')}"
        if age is not None
        else "Who the recorded victims are",
        statement=statement,
        so_what="Help for victims should be easy to reach at the ages where most are, and should ask who does not "
        "report.",
        figures=[f for f in (with_person, female, age) if f is not None],
        n=float(with_person.answer["part"] or 0),
        harm=0.4,
    )


def _with_person(page: Page, line: Line) -> Figure:
    """In how many crimes anything is known of a person as the victim."""
    ages, sexes = tally(page.brief, line, "age_band"), tally(page.brief, line, "sex")
    there = max(sum(known(ages).values()), sum(known(sexes).values()))
    asks = "In what share of crimes is a person recorded as the victim?"
    return share(page, line, "with-person", asks, there, total(line, page.brief))


def _ethnicity(page: Page, line: Line, who: str) -> Figure | None:
    """Ethnic groups with their completeness; set beside residents only where most are known."""
    counts = tally(page.brief, line, "ethnicity")
    told = known(counts)
    everyone = sum(tally(page.brief, line, "sex").values()) - tally(page.brief, line, "sex").get(NOT_KNOWN, 0)
    if not told:
        page.say("who", f"The ethnic group of {who} did not come.")
        return None
    stated = sum(told.values())
    whole = max(everyone, stated)
    asks = f"Of what share of {who} is the ethnic group known?"
    figure = share(page, line, f"{line.id}.ethnicity-known", asks, stated, whole)
    page.show("who", _ethnic_table(page, line, told, who, stated / whole))
    words = f"The ethnic group of {said(figure, 'share', 'share')} of {who} is known."
    if stated / whole < ENOUGH_STATED:
        words += " That is too few to set beside the residents, because those not known may differ from those who are."
    else:
        words += " The shares of residents are from the census, and are not those who were out at the time."
        page.bear_in_mind("resident-base")
    page.say("who", words)
    return figure


def _ethnic_table(page: Page, line: Line, told: dict[str, int], who: str, complete: float) -> Table:
    residents = residents_by_group(page.brief) if complete >= ENOUGH_STATED else {}
    everyone, stated = sum(residents.values()), sum(told.values())
    rows: list[tuple[Cell, ...]] = [
        (group, n, 100 * n / stated, 100 * residents[group] / everyone if group in residents else None)
        for group, n in told.items()
    ]
    rows.append(("All whose group is known", stated, 100.0, 100.0 if residents else None))
    columns = (
        Column("group", "Ethnic group"),
        Column("n", "Count", "count"),
        Column("share", "Share of those known", "percent", ("n",)),
        Column("residents", "Share of residents", "percent", ()),
    )
    kept = columns if residents else columns[:3]
    return Table(
        id=f"{page.id}.{line.id}.ethnicity",
        title=f"{who.capitalize()} by ethnic group, of those whose group is known",
        columns=kept,
        rows=tuple(row[: len(kept)] for row in rows),
        source=line.feed.title,
        protected=line.feed.protected,
        total_row=True,
    )


def _finding(page: Page, line: Line, figures: list[Figure], ethnic: Figure | None) -> None:
    often = next((f for f in figures if f.id.endswith(".suspected-often")), None)
    if often is None:
        return
    page.find(
        "suspected-often",
        title=f"{said(often, 'often_share', 'share')} of suspects are suspected of {said(often, 'share', 'share')} of "
        "the crimes that have one",
        statement=f"{said(often, 'people', 'n')} people were suspected of {said(often, 'whole', 'n')} crimes. Those "
        f"suspected of three or more ({said(often, 'often', 'n')}) were suspected of {said(often, 'share', 'share')} "
        "of them. A suspect has not been found guilty.",
        so_what="A short list that partners share, with help as well as enforcement, would reach much of what is "
        "recorded.",
        figures=[often, *([ethnic] if ethnic is not None else [])],
        n=float(often.answer["whole"] or 0),
        harm=0.55,
        states=("concentrated",),
    )
