"""Domestic abuse, and violence against women and girls."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.returns import MARAC
from goldthread.chapters.measuring.theme_lines import ADMISSIONS, AGAINST_WOMEN, CRIME, ED
from goldthread.chapters.model import Box, Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.marac import panel
from goldthread.chapters.themes.tallies import ended, flag_came, flagged, share, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.themes.who import people, people_sentence
from goldthread.chapters.words import listed

ID = "domestic-abuse"
TITLE = "Domestic abuse and violence against women and girls"
FLAGGED, WOMEN = "police-local-crime.domestic", "police-local-crime.women-and-girls"


def write(brief: Brief) -> Chapter:
    """Crimes flagged as domestic abuse and violence against women and girls, beside conferences and hospital."""
    page = Page(brief, ID, TITLE, "domestic-abuse", (CRIME, MARAC, ED, ADMISSIONS))
    if not page.has(*page.uses):
        return page.missing()
    line, women = page.line(FLAGGED), page.line(WOMEN)
    if line is not None and total(line, page.brief):
        _recorded(page, line)
        page.bear_in_mind("flags-by-hand")
    elif page.has(CRIME):
        page.say("recorded", "No crime in the police extract is flagged as domestic abuse, so none can be counted.")
    if women is not None:
        _women(page, women)
    _health(page)
    panel(page)
    page.bear_in_mind("recorded-not-all", "under-reported")
    return page.chapter(
        "The number recorded is not the number harmed. What the partnership can act on is whether people at high risk "
        "are found, whether they are safe a year later, and whether every part of the area reaches help; a target to "
        "bring the recorded number down would reward silence."
    )


def _recorded(page: Page, line: Line) -> None:
    figure = page.headline("recorded", line, "Police flagged %s crimes as domestic abuse in " + f"{page.when}.")
    every = page.line("police-local-crime.all")
    shares = [_share_of(page, line, every, "all", "all crime in the police's own extract")] if every else []
    violence = _of_violence(page, line)
    if violence is not None:
        shares.append(violence)
    told = [f"{said(f, 'share', 'share')} of {w}" for f, w in zip(shares, ("all crime", "violence"), strict=False)]
    if told:
        page.say("recorded", f"That is {listed(told)} in the police’s own extract.")
    if page.verdict(line) in ("rise", "perhaps"):
        page.bear_in_mind("reporting-may-explain-rise")
    page.by_month(
        "recorded",
        page.lines([FLAGGED, WOMEN]),
        "months",
        "Domestic abuse and violence against women and girls, month by month",
        "One small line for each count.",
    )
    female, age = people(page, "who", line, "victims")
    page.introduce("who", people_sentence(female, age, "victims of crimes flagged as domestic abuse"))
    nights = at_night(page, "who", line, "crimes flagged as domestic abuse")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "crimes flagged as domestic abuse"))
    ended(page, "who", line, "crimes flagged as domestic abuse")
    wards = by_ward(page, "who", line, "crimes flagged as domestic abuse")
    _finding(page, line, figure, shares, female, wards)


def _share_of(page: Page, line: Line, whole: Line, name: str, words: str) -> Figure:
    asks = f"What share of {words} was flagged as domestic abuse?"
    return share(page, line, f"share-of-{name}", asks, total(line, page.brief), total(whole, page.brief))


def _of_violence(page: Page, line: Line) -> Figure | None:
    counts = tally(page.brief, line, "series")
    violent = [s for s in AGAINST_WOMEN if s in counts]
    whole = sum(total(each, page.brief) for each in page.series(CRIME, *AGAINST_WOMEN))
    if not violent or not whole:
        return None
    asks = "What share of violence (sexual offences and stalking among it) was flagged as domestic abuse?"
    return share(page, line, "share-of-violence", asks, sum(counts[s] for s in violent), whole)


def _finding(
    page: Page, line: Line, figure: Figure, shares: list[Figure], female: Figure | None, wards: Figure | None
) -> None:
    told = page.verdict(line)
    statement = f"Police flagged {said(figure, 'after', 'n')} crimes as domestic abuse. {page.change(line)}"
    if shares:
        statement += f" They are {said(shares[0], 'share', 'share')} of all crime in the police’s own extract."
    if female is not None:
        statement += f" {said(female, 'share', 'share')} of victims were women or girls."
    so_what = {
        "rise": "More people are known to need help; whether more were harmed or more came forward, they must be met.",
        "fall": "Fewer reports are not proof of less abuse; ask services and survivors whether trust has fallen.",
    }.get(told, "It stays one of the largest causes of harm here, and one that reports to the police only partly show.")
    page.find(
        "recorded",
        title=page.titled(line, "crimes flagged as domestic abuse"),
        statement=statement,
        so_what=so_what,
        figures=[f for f in (figure, *shares, female) if f is not None],
        n=float(figure.answer["after"] or 0),
        harm=0.9,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"Police marked {said(figure, 'after', 'n')} crimes as abuse at home. Many people never tell the "
        "police, and help is there for them too.",
    )


def _women(page: Page, line: Line) -> None:
    page.before_all.append(
        Box(
            kind="definition",
            title="How violence against women and girls is counted here",
            text="Recorded crimes with a female victim that are homicide, violence with or without injury, stalking "
            "and harassment, rape or other sexual offences. Some are also flagged as domestic abuse; the two counts "
            "overlap and are never added.",
        )
    )
    figure = page.headline(
        "recorded", line, "Police recorded %s crimes of violence against women and girls in " + f"{page.when}."
    )
    domestic = flagged(page.brief, line, "domestic")["domestic"]
    asks = "What share of violence against women and girls was flagged as domestic abuse?"
    home = share(page, line, "women-domestic", asks, domestic, total(line, page.brief), {"flag": "domestic"})
    outside = None
    if flag_came(page.brief, CRIME, "public place"):
        public = flagged(page.brief, line, "public place")["public place"]
        asks = "What share of violence against women and girls was in a public place?"
        outside = share(page, line, "women-public", asks, public, total(line, page.brief), {"flag": "public place"})
    told = f"{said(home, 'share', 'share')} of it was flagged as domestic abuse"
    told += f", and {said(outside, 'share', 'share')} as in a public place." if outside is not None else "."
    page.say("recorded", told)
    page.find(
        "recorded",
        topic="violence-against-women-and-girls",
        title=page.titled(line, "recorded crimes of violence against women and girls"),
        statement=f"Police recorded {said(figure, 'after', 'n')} crimes of violence against women and girls. "
        f"{page.change(line)} {told}",
        so_what="Most of it is not by strangers in the street, so a plan for streets alone would miss most of the harm."
        if float(home.answer["share"] or 0) >= 0.5
        else "Home is not the only place: plans for streets, venues, work and online are needed beside that for homes.",
        figures=[f for f in (figure, home, outside) if f is not None],
        n=float(figure.answer["after"] or 0),
        harm=0.85,
        line=line,
        public="Too many women and girls are hurt or scared. If this is you, tell someone you trust.",
    )


def _health(page: Page) -> None:
    lines = page.lines(
        ["emergency-department-assaults.domestic", "hospital-admissions-violence.hospital-admissions-domestic-abuse"]
    )
    if not lines:
        return
    page.compared("partners", lines, "health", "What hospitals recorded as domestic abuse")
    page.bear_in_mind("sources-overlap")
    first = lines[0]
    if first.feed.name == ED and total(first, page.brief) and flag_came(page.brief, ED, "police informed"):
        knew = flagged(page.brief, first, "police informed")["police informed"]
        asks = (
            "Of those hurt by a partner or relative and treated, what share were not marked as having told the police?"
        )
        whole = total(first, page.brief)
        figure = share(page, first, "ed-not-told", asks, whole - knew, whole)
        page.say(
            "partners",
            f"Of {said(figure, 'whole', 'n')} people who came to the emergency department hurt by a partner or "
            f"relative, {said(figure, 'share', 'share')} ({said(figure, 'part', 'n')}) were not marked as having told "
            "the police.",
        )
