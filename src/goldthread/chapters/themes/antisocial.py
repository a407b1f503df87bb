"""Anti-social behaviour: the police beside the council, kept apart, and reviews of complaints."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.measuring.returns import REVIEWS, Reading, Returns
from goldthread.chapters.measuring.theme_lines import ASB
from goldthread.chapters.model import Chapter, Column, Figure, Table
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.returned import part_of
from goldthread.chapters.themes.tallies import flag_came, flagged, share, shares_table, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.words import months
from goldthread.evidence.feeds import feed_named
from goldthread.evidence.periods import Month

ID = "anti-social-behaviour"
TITLE = "Anti-social behaviour: police and partners"
COUNCIL, NOISE = "council-asb", "council-noise"
TYPES = ("Police ASB: Personal", "Police ASB: Nuisance", "Police ASB: Environmental")
OPEN, LOCAL = "anti-social-behaviour", "police-local-asb.all"
CASES, COMPLAINTS = "council-asb.council-anti-social-behaviour", "council-noise.council-noise-complaints"
COUNTS = (
    ("ASB case review applications", "Applications for a review"),
    ("ASB case reviews where the threshold was not met", "Threshold not met"),
    ("ASB case reviews carried out", "Reviews carried out"),
    ("ASB case reviews with recommendations", "Reviews with recommendations"),
)


def write(brief: Brief) -> Chapter:
    """Anti-social behaviour as the police log it and as the council and landlords hear it; never added together."""
    page = Page(brief, ID, TITLE, "anti-social-behaviour", (ASB, COUNCIL, NOISE, REVIEWS))
    if not page.has(STREET, *page.uses):
        return page.missing()
    police, council = page.lines([LOCAL, OPEN]), page.lines([CASES, COMPLAINTS])
    if police:
        _police(page, police)
    if council:
        _partners(page, council, police[0] if police else None)
    lines = [*police, *council]
    page.by_month(
        "recorded",
        lines,
        "months",
        "Anti-social behaviour by who recorded it, month by month",
        "One small line for each record. They count different things and are not added.",
    )
    if page.has(REVIEWS):
        _reviews(page)
    page.bear_in_mind("asb-not-crime", "asb-recorded-as-crime", "sources-overlap")
    return page.chapter(
        "Each record holds a different part: calls to the police, cases of the council and landlords, complaints of "
        "noise. A fall in one may be a move to another, so they are read side by side, and people who complain again "
        "and again to any of them are the ones to find first."
    )


def _police(page: Page, police: list[Line]) -> None:
    line = police[0]
    figure = page.headline("recorded", line, f"Police logged %s incidents of anti-social behaviour in {page.when}.")
    if len(police) > 1:
        page.say(
            "recorded",
            f"The open data (data.police.uk) hold {said(page.count(police[1]), 'after', 'n')} for the same months. The "
            "two are drawn from different systems at different times, and are not mixed here.",
        )
    kinds = page.series(ASB, *TYPES)
    if kinds:
        page.compared("recorded", kinds, "types", "Police anti-social behaviour by type", line)
    repeat = _flags(page, line)
    nights = at_night(page, "who", line, "incidents")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "incidents"))
    wards = by_ward(page, "who", line, "incidents")
    statement = f"Police logged {said(figure, 'after', 'n')} incidents of anti-social behaviour. {page.change(line)}"
    if repeat is not None:
        statement += (
            f" {said(repeat, 'share', 'share')} of calls were from people who had called about the same before."
        )
    page.find(
        "police",
        title=page.titled(line, "incidents of anti-social behaviour logged by the police"),
        statement=statement,
        so_what="It is the trouble that residents meet most often, and those who call again are at risk of real harm."
        if repeat is not None
        else "It is the trouble that residents meet most often; who meets it again and again is not in these data.",
        figures=[f for f in (figure, repeat, wards) if f is not None],
        n=total(line, page.brief),
        harm=0.4,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"Police were told {said(figure, 'after', 'n')} times about bad behaviour. If it keeps on where you "
        "live, you can ask for a case review.",
    )


def _flags(page: Page, line: Line) -> Figure | None:
    """How much is called in again, involves young people or involves drink; the share called in again."""
    words = {
        "repeat": "came from repeat callers",
        "youth": "were said to involve young people",
        "alcohol": "were marked as involving alcohol",
    }
    there = [flag for flag in words if flag_came(page.brief, line.feed.name, flag)]
    counts = flagged(page.brief, line, *there) if there else {}
    whole, told, found = total(line, page.brief), [], None
    for flag in there:
        asks = f"What share of incidents were marked “{flag}” ({line.title.lower()})?"
        figure = share(page, line, f"{line.id}.{flag}", asks, counts[flag], whole, {"flag": flag})
        found = figure if flag == "repeat" else found
        told.append(f"{said(figure, 'share', 'share')} {words[flag]}")
    if told:
        page.say("who", f"Of incidents, {'; '.join(told)}.")
        page.bear_in_mind("flags-by-hand")
    return found


def _partners(page: Page, council: list[Line], police: Line | None) -> None:
    for line in council:
        what = "cases of anti-social behaviour were opened by the council and landlords"
        if line.id == COMPLAINTS:
            what = "complaints of noise were made to the council"
        page.headline("partners", line, f"%s {what} in {page.when}.")
        kinds = tally(page.brief, line, "category")
        page.show("partners", shares_table(page, line, kinds, f"{line.id}.kinds", f"{line.title}: what it was", "Kind"))
    page.compared("partners", council, "council", "What the council recorded, beside the year before")
    first = council[0]
    wards = by_ward(page, "partners", first, "these")
    figure = page.count(first)
    beside = page.count(police) if police is not None else None
    statement = f"There were {said(figure, 'after', 'n')} {_nouns(first)}. {page.change(first)}"
    if beside is not None:
        statement += (
            f" The police logged {said(beside, 'after', 'n')} incidents in the same months; the two are not added."
        )
    page.find(
        "partners",
        title=page.titled(first, _nouns(first)),
        statement=statement,
        so_what="Some people tell the council or their landlord and never the police, so neither record is the whole.",
        figures=[f for f in (figure, beside, wards) if f is not None],
        n=total(first, page.brief),
        harm=0.35,
        line=first,
        states=("concentrated",) if is_concentrated(wards) else (),
    )


def _nouns(line: Line) -> str:
    if line.id == COMPLAINTS:
        return "complaints of noise to the council"
    return "cases of anti-social behaviour opened by the council and landlords"


def _reviews(page: Page) -> None:
    """The four counts that must be published each year, for each year that came."""
    returns = page.brief.found(Returns)
    years = {r.starts: r for r in returns.of(REVIEWS, COUNTS[0][0]) if r.ends <= page.brief.period.last}
    if not years:
        return
    newest = max(years)
    found = {m: {r.starts: r for r in returns.of(REVIEWS, m)} for m, _ in COUNTS}
    source = feed_named(REVIEWS)
    page.show(
        "partners",
        Table(
            id=f"{page.id}.reviews",
            title="Case reviews: the four counts that the law asks for",
            columns=(
                Column("year", "Year"),
                *(Column(f"c{at}", title, "count") for at, (_, title) in enumerate(COUNTS)),
            ),
            rows=tuple(
                (_year(years[starts]), *(found[m][starts].n if starts in found[m] else None for m, _ in COUNTS))
                for starts in sorted(years)
            ),
            source=source.title,
            note="A review may be carried out in the year after it was asked for, so the counts need not add up.",
            protected=source.protected,
        ),
    )
    _threshold(page, found, newest)


def _threshold(page: Page, found: Mapping[str, Mapping[Month, Reading]], newest: Month) -> None:
    applied, refused = (found[m].get(newest) for m, _ in COUNTS[:2])
    if applied is None or refused is None:
        return
    names = tuple(m for m, _ in COUNTS[:2])
    asks = "What share of applications for a case review did not meet the threshold?"
    when = (str(newest), str(newest))
    figure = part_of(page, "threshold-not-met", REVIEWS, names, asks, refused.n, applied.n, when=when)
    if figure is not None:
        page.say(
            "partners",
            f"In {_year(applied)} {said(figure, 'whole', 'n')} people asked for a case review, and in "
            f"{said(figure, 'part', 'n')} cases ({said(figure, 'share', 'share')}) the threshold was not met. Few "
            "people know that they may ask, so a low number is not good news in itself.",
        )


def _year(reading: Reading) -> str:
    return months(str(reading.starts), str(reading.ends))
