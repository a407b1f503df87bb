"""Assaults on public service staff."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.theme_lines import CRIME, FIRE, STAFF, ThemeLines
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import flag_came, flagged, share, shares_table, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence

ID = "staff-assaults"
TITLE = "Assaults on public service staff"
LINE = "staff-assaults.assaults-on-public-service-staff"
POLICE, CREWS = "police-local-crime.emergency-worker", "fire-incidents.attacks"
WORDS = {
    "injury": "the member of staff was hurt",
    "weapon": "a weapon was used or threatened",
    "clinical cause": "illness was the cause",
}


def write(brief: Brief) -> Chapter:
    """What employers were told, each by itself, beside what the police and the fire service recorded."""
    page = Page(brief, ID, TITLE, "staff-assaults", (STAFF, CRIME, FIRE))
    line, others = page.line(LINE), page.lines([POLICE, CREWS])
    if line is None and not others:
        return page.missing()
    if line is not None:
        _employers(page, line)
    if others:
        section: Section = "partners" if line is not None else "recorded"
        page.compared(section, others, "others", "In other services’ records")
        page.say(
            section,
            "The police flag covers emergency and public service workers of every employer, and some of these "
            "incidents are in the employers’ records too, so they are not added.",
        )
        page.bear_in_mind("sources-overlap", "flags-by-hand")
        if line is None:
            _flagged_only(page, others[0])
    return page.chapter(
        "Staff who are attacked leave, and services go with them. Employers hold the record and the police hold part "
        "of it; one way to report, and an answer to each report, is what would make the number mean something."
    )


def _flagged_only(page: Page, line: Line) -> None:
    """The finding where no employer sent its record: what another service flagged, which is only part of it."""
    figure = page.count(line)
    page.find(
        "flagged",
        title=page.titled(line, line.title[0].lower() + line.title[1:]),
        statement=f"Another service recorded {said(figure, 'after', 'n')} ({line.title.lower()}). {page.change(line)}",
        so_what="Employers hold most of the record of attacks on their staff, and none of them sent it.",
        figures=[figure],
        n=total(line, page.brief),
        harm=0.55,
        line=line,
    )


def _employers(page: Page, line: Line) -> None:
    figure = page.headline(
        "recorded", line, f"Employers were told of %s assaults on staff or abuse of them in {page.when}."
    )
    lines = page.brief.found(ThemeLines)
    page.compared("recorded", lines.by_value(STAFF, "reporter"), "employers", "Reports by employer", line)
    page.say(
        "recorded",
        "Employers use different systems and lists, so each is read against its own year before and not against the "
        "others.",
    )
    kinds = tally(page.brief, line, "category")
    page.show("recorded", shares_table(page, line, kinds, "kinds", "What was done", "Kind"))
    physical = _physical(page, line, kinds)
    told = _told_of(page, line)
    untold = _not_told(page, line)
    nights = at_night(page, "who", line, "reports")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "reports"))
    statement = f"Employers were told of {said(figure, 'after', 'n')} assaults or abuse. {page.change(line)}"
    if physical is not None:
        statement += f" {said(physical, 'share', 'share')} were physical."
    if untold is not None:
        statement += f" {said(untold, 'share', 'share')} were not marked as told to the police."
    page.find(
        "employers",
        title=f"{said(untold, 'share', 'share')} of assaults and abuse of staff were not marked as told to the police"
        if untold is not None and float(untold.answer["share"] or 0) >= 0.5
        else page.titled(line, "reports of assaults and abuse of staff"),
        statement=statement,
        so_what="The police record shows only part of it, so neither help for staff nor action against the few who "
        "come back can rest on it alone.",
        figures=[f for f in (figure, physical, untold, *told) if f is not None],
        n=total(line, page.brief),
        harm=0.55,
        line=line,
        states=("high",),
        public="Be kind to staff. They are there to help, and too many of them are hurt at work.",
    )


def _physical(page: Page, line: Line, kinds: dict[str, int]) -> Figure | None:
    if not kinds.get("Physical assault"):
        return None
    asks = "What share of reports were of a physical assault?"
    where = {"category": "Physical assault"}
    figure = share(page, line, "physical", asks, kinds["Physical assault"], sum(kinds.values()), where)
    page.say(
        "recorded",
        f"{said(figure, 'share', 'share')} of reports ({said(figure, 'part', 'n')}) were of a physical assault.",
    )
    return figure


def _told_of(page: Page, line: Line) -> list[Figure]:
    there = [flag for flag in WORDS if flag_came(page.brief, STAFF, flag)]
    counts = flagged(page.brief, line, *there) if there else {}
    found, told = [], []
    for flag in there:
        asks = f"In what share of reports was it marked that {WORDS[flag]}?"
        figure = share(page, line, flag.replace(" ", "-"), asks, counts[flag], total(line, page.brief), {"flag": flag})
        found.append(figure)
        told.append(f"in {said(figure, 'share', 'share')} {WORDS[flag]}")
    if told:
        page.say("who", f"Of reports, {'; '.join(told)}. Illness is not crime, and is shown apart for that reason.")
    return found


def _not_told(page: Page, line: Line) -> Figure | None:
    if not flag_came(page.brief, STAFF, "police informed"):
        return None
    whole = total(line, page.brief)
    knew = flagged(page.brief, line, "police informed")["police informed"]
    asks = "What share of reports were not marked as told to the police?"
    figure = share(page, line, "not-told", asks, whole - knew, whole)
    page.say(
        "who", f"{said(figure, 'share', 'share')} ({said(figure, 'part', 'n')}) were not marked as told to the police."
    )
    return figure
