"""Deliberate fires, hoax calls and attacks on crews."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.theme_lines import CRIME, DELIBERATE, FIRE
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import flag_came, flagged, share, shares_table, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated

ID = "fire"
TITLE = "Deliberate fires"
LINE, HOAX, ATTACKS = "fire-incidents.deliberate", "fire-incidents.fire-malicious-false-alarm", "fire-incidents.attacks"
DWELLING = "fire-incidents.fire-accidental-dwelling-fire"


def write(brief: Brief) -> Chapter:
    """Fires thought to be set, by kind and place; hoaxes, attacks on crews, and homes without an alarm."""
    page = Page(brief, ID, TITLE, "deliberate-fires", (FIRE,))
    line = page.line(LINE)
    if line is None:
        return page.missing()
    figure = page.headline("recorded", line, f"The fire service attended %s deliberate fires in {page.when}.")
    page.compared("recorded", page.series(FIRE, *DELIBERATE), "kinds", "Deliberate fires by kind", line)
    page.compared("recorded", page.lines([HOAX, ATTACKS]), "beside", "Hoax calls, and attacks on crews")
    small = _secondary(page, line)
    page.show(
        "recorded", shares_table(page, line, tally(page.brief, line, "category"), "burned", "What burned", "Property")
    )
    nights = at_night(page, "who", line, "deliberate fires")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "deliberate fires"))
    wards = by_ward(page, "who", line, "deliberate fires")
    _alarms(page)
    _arson(page)
    _finding(page, line, figure, small, wards)
    return page.chapter(
        "Deliberate fires sit beside damage, waste and anti-social behaviour, and often in the same few places. What "
        "burns tells what to clear away."
    )


def _arson(page: Page) -> None:
    arson = page.series(CRIME, "Police: Arson")
    if arson:
        page.headline("partners", arson[0], f"Police recorded %s offences of arson in {page.when}.")
        page.say(
            "partners",
            "The police count what was reported as crime, and the fire service what an officer at the scene thought, "
            "so the two differ.",
        )


def _finding(page: Page, line: Line, figure: Figure, small: Figure | None, wards: Figure | None) -> None:
    page.find(
        "deliberate",
        title=page.titled(line, "deliberate fires"),
        statement=f"The fire service attended {said(figure, 'after', 'n')} deliberate fires. {page.change(line)}"
        + (f" {said(small, 'share', 'share')} were small outdoor fires." if small is not None else ""),
        so_what="Most are small fires outdoors, which need something left out to burn; clearing it before dry "
        "weather is within the partners’ reach."
        if small is not None and float(small.answer["share"] or 0) >= 0.5
        else "Fires in buildings and vehicles put lives at risk, so each needs a joint look at who and why.",
        figures=[f for f in (figure, small, wards) if f is not None],
        n=total(line, page.brief),
        harm=0.45,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"{said(figure, 'after', 'n')} fires were set on purpose. Do not leave rubbish where it could be lit.",
    )


def _secondary(page: Page, line: Line) -> Figure | None:
    kinds = tally(page.brief, line, "series")
    if not kinds.get(DELIBERATE[-1]):
        return None
    asks = "What share of deliberate fires were small outdoor (secondary) fires?"
    figure = share(
        page, line, "secondary", asks, kinds[DELIBERATE[-1]], sum(kinds.values()), {"series": DELIBERATE[-1]}
    )
    page.say(
        "recorded",
        f"{said(figure, 'share', 'share')} of them were secondary: small fires outdoors, which follow dry weather.",
    )
    return figure


def _alarms(page: Page) -> None:
    line = page.line(DWELLING)
    if line is None or not flag_came(page.brief, FIRE, "no smoke alarm"):
        return
    without = flagged(page.brief, line, "no smoke alarm")["no smoke alarm"]
    asks = "In what share of accidental fires in homes was there no smoke alarm?"
    figure = share(page, line, "no-alarm", asks, without, total(line, page.brief), {"flag": "no smoke alarm"})
    page.say(
        "partners",
        f"Of {said(figure, 'whole', 'n')} accidental fires in homes, {said(figure, 'part', 'n')} "
        f"({said(figure, 'share', 'share')}) had no smoke alarm fitted. Those are the deaths that can be prevented.",
    )
