"""Fly-tipping, graffiti and the street scene."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import Lines
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import flag_came, flagged, known, share, shares_table, tally, total
from goldthread.chapters.themes.where import by_ward, is_concentrated

ID = "environmental-crime"
TITLE = "Fly-tipping, graffiti and the street scene"
TIPPED, DRAWN, SCENE = "fly-tipping", "graffiti", "street-scene"
LINES = {TIPPED: "fly-tipping.fly-tipping", DRAWN: "graffiti.graffiti"}


def write(brief: Brief) -> Chapter:
    """What was dumped, drawn and dropped, by who found it and where, and what was done."""
    page = Page(brief, ID, TITLE, "environmental-crime", (TIPPED, DRAWN, SCENE))
    if not page.has(*page.uses):
        return page.missing()
    tipped, drawn = page.line(LINES[TIPPED]), page.line(LINES[DRAWN])
    scene = page.lines(line.id for line in page.brief.found(Lines).of_feed(SCENE))
    if tipped is not None:
        _tipped(page, tipped)
    if drawn is not None:
        _drawn(page, drawn)
    if scene:
        page.compared("recorded", scene, "scene", "Other reports about the street")
    return page.chapter(
        "These are the small signs that residents see every day. Reports follow who reports and how easy it is, so "
        "places that come back after they are cleared tell more than the total."
    )


def _tipped(page: Page, line: Line) -> None:
    figure = page.headline("recorded", line, f"%s fly-tips were found or reported in {page.when}.")
    page.show(
        "recorded", shares_table(page, line, tally(page.brief, line, "category"), "waste", "What was dumped", "Waste")
    )
    public = _by_public(page, line, "fly-tips")
    acted = _acted(page, line)
    wards = by_ward(page, "who", line, "fly-tips", per="households")
    statement = f"{said(figure, 'after', 'n')} fly-tips were found or reported. {page.change(line)}"
    if wards is not None:
        statement += f" That is {said(wards, 'area_rate', 'n1')} for every 1,000 households a year."
    if acted is not None:
        statement += f" An investigation or more followed {said(acted, 'share', 'share')} of them."
    page.find(
        "fly-tipping",
        title=page.titled(line, "fly-tips found or reported"),
        statement=statement,
        so_what="It is gathered in a few wards, where cameras, barriers and bins would reach much of it."
        if is_concentrated(wards)
        else "It is spread over the area, so easy disposal and telling people what happens to dumpers may do more "
        "than cameras in one place.",
        figures=[f for f in (figure, wards, acted, public) if f is not None],
        n=total(line, page.brief),
        harm=0.15,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"Rubbish was dumped {said(figure, 'after', 'n')} times. Ask who takes your rubbish away and where it "
        "goes.",
    )


def _by_public(page: Page, line: Line, what: str) -> Figure | None:
    """How many the public reported; when crews find most of it, the count follows their rounds."""
    told = known(tally(page.brief, line, "reporter"))
    crews = sum(n for who, n in told.items() if any(w in who.casefold() for w in ("crew", "officer", "contractor")))
    if not told or not crews:
        return None
    asks = f"What share of {what} did a crew find, of those where it is known?"
    figure = share(page, line, f"{line.id}.crews", asks, crews, sum(told.values()))
    page.say(
        "who",
        f"Crews found {said(figure, 'share', 'share')} of {what}, and their count follows where and how often they go.",
    )
    return figure


def _acted(page: Page, line: Line) -> Figure | None:
    outcomes = tally(page.brief, line, "outcome")
    told = {words: n for words, n in outcomes.items() if words.casefold() not in ("none", "no action", "cleared only")}
    acted = sum(known(told).values())
    whole = sum(outcomes.values())
    if not known(outcomes):
        return None
    asks = "What share of fly-tips were followed by an investigation, a penalty or more?"
    figure = share(page, line, "acted", asks, acted, whole)
    page.say(
        "partners",
        f"An investigation, a penalty or more followed {said(figure, 'part', 'n')} fly-tips "
        f"({said(figure, 'share', 'share')}).",
    )
    return figure


def _drawn(page: Page, line: Line) -> None:
    page.headline("recorded", line, f"%s reports of graffiti, or jobs to remove it, were made in {page.when}.")
    if flag_came(page.brief, DRAWN, "offensive"):
        count = flagged(page.brief, line, "offensive")["offensive"]
        asks = "What share of graffiti was racist, hateful or obscene?"
        figure = share(page, line, "offensive", asks, count, total(line, page.brief), {"flag": "offensive"})
        page.say(
            "recorded",
            f"{said(figure, 'part', 'n')} ({said(figure, 'share', 'share')}) were marked racist, hateful or obscene.",
        )
    _by_public(page, line, "graffiti")
    by_ward(page, "who", line, "graffiti")
