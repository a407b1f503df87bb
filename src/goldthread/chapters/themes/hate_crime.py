"""Hate crime: what police recorded, by strand, and what other sources say of it."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.theme_lines import CRIME, HATE, ThemeLines
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import flag_came, flagged, known, share, shares_table, tally, total
from goldthread.chapters.themes.where import by_ward, is_concentrated

ID = "hate-crime"
TITLE = "Hate crime"
LINE, POLICE = "hate-crime.hate-crimes-and-incidents", "police-local-crime.hate"


def write(brief: Brief) -> Chapter:
    """Hate crimes and incidents by strand and by who was told, beside the police's own flag."""
    page = Page(brief, ID, TITLE, "hate-crime", (HATE, CRIME))
    line, police = page.line(LINE), page.line(POLICE)
    if line is None and police is None:
        return page.missing()
    if line is not None:
        _recorded(page, line)
    if police is not None:
        section: Section = "partners" if line is not None else "recorded"
        page.headline(
            section, police, f"In the police’s own extract %s crimes carry the hate crime flag in {page.when}."
        )
        page.bear_in_mind("flags-by-hand")
        if line is not None:
            page.say(
                section,
                "The flag is on crimes alone, while the record of hate holds incidents and reports to others as well, "
                "so the two differ and are not added.",
            )
    page.bear_in_mind("under-reported")
    return page.chapter(
        "A rise may be more hate or more trust, and only the communities that are targeted can say which. The aim is "
        "that people report and are helped, not that the number falls."
    )


def _recorded(page: Page, line: Line) -> None:
    figure = page.headline("recorded", line, f"%s hate crimes and incidents were recorded in {page.when}.")
    if page.verdict(line) in ("rise", "perhaps"):
        page.bear_in_mind("reporting-may-explain-rise")
    whole = total(line, page.brief)
    crime = _crimes(page, line, whole)
    strands = page.brief.found(ThemeLines).by_value(HATE, "category")
    page.compared("recorded", strands, "strands", "Hate crimes and incidents by main strand", line)
    largest = _largest(page, line)
    others = _told(page, line)
    wards = by_ward(page, "who", line, "hate crimes and incidents")
    told = page.verdict(line)
    statement = f"{said(figure, 'after', 'n')} hate crimes and incidents were recorded. {page.change(line)}"
    if largest is not None:
        statement += f" {said(largest, 'share', 'share')} were about {said(largest, 'strand', 'text')}."
    page.find(
        "recorded",
        title=page.titled(line, "hate crimes and incidents"),
        statement=statement,
        so_what={
            "rise": "The communities named should be asked whether they see more hate or trust more in reporting it.",
            "fall": "A fall may be less hate or less trust; the communities named should be asked which.",
        }.get(told, "Most hate crime is never reported, so a steady number is no sign that all is well."),
        figures=[f for f in (figure, largest, crime, others) if f is not None],
        n=whole,
        harm=0.65,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"{said(figure, 'after', 'n')} times, people told us they were picked on for who they are. Tell us if "
        "it happens to you.",
    )


def _crimes(page: Page, line: Line, whole: float) -> Figure | None:
    """How many were crimes and not only incidents, where the column came."""
    if not flag_came(page.brief, HATE, "crime"):
        return None
    crimes = flagged(page.brief, line, "crime")["crime"]
    asks = "What share of hate crimes and incidents were recorded as crimes?"
    figure = share(page, line, "crimes", asks, crimes, whole, {"flag": "crime"})
    page.say(
        "recorded", f"{said(figure, 'share', 'share')} of them ({said(figure, 'part', 'n')}) were recorded as crimes."
    )
    return figure


def _told(page: Page, line: Line) -> Figure | None:
    """How many were reported to someone other than the police, where more than one is named."""
    reporters = tally(page.brief, line, "reporter")
    named = known(reporters)
    if len(named) < 2:
        return None
    page.show("partners", shares_table(page, line, reporters, "reporters", "Who was told", "Told"))
    elsewhere = sum(n for who, n in named.items() if "police" not in who.casefold())
    asks = "What share of reports were made to someone other than the police?"
    figure = share(page, line, "not-police", asks, elsewhere, sum(named.values()))
    page.say("partners", f"{said(figure, 'share', 'share')} of reports were made to someone other than the police.")
    return figure


def _largest(page: Page, line: Line) -> Figure | None:
    strands = known(tally(page.brief, line, "category"))
    if not strands:
        return None
    strand = next(iter(strands))
    asks = "Which strand has most hate crimes and incidents, and what share is that?"
    figure = share(
        page,
        line,
        "largest-strand",
        asks,
        strands[strand],
        sum(strands.values()),
        {"category": strand},
        words={"strand": strand[0].lower() + strand[1:]},
    )
    page.say(
        "recorded",
        f"The largest strand is {said(figure, 'strand', 'text')}, with {said(figure, 'share', 'share')} of all.",
    )
    return figure
