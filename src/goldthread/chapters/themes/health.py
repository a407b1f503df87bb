"""What health services see of violence: emergency department (the Cardiff model), ambulance and admissions."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.theme_lines import ADMISSIONS, ED
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import NOT_KNOWN, flag_came, flagged, known, share, shares_table, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.themes.who import people, people_sentence

ID = "health"
TITLE = "What health services see of violence"
AMBULANCE = "ambulance-assaults"
ATTENDANCES = "emergency-department-assaults.emergency-department-assaults"
CALLS = "ambulance-assaults.ambulance-calls-to-assaults"
ADMITTED = "hospital-admissions-violence.hospital-admissions-assault"
FEWEST_AT_A_PLACE = 5


def write(brief: Brief) -> Chapter:
    """Who came to hospital after an assault, when, hurt with what, and how many of them the police did not know of."""
    page = Page(brief, ID, TITLE, "violence-and-sexual-offences", (ED, AMBULANCE, ADMISSIONS))
    if not page.has(*page.uses):
        return page.missing("what health services see of violence")
    attended, calls, admitted = page.line(ATTENDANCES), page.line(CALLS), page.line(ADMITTED)
    if attended is not None:
        _attended(page, attended)
    if calls is not None:
        _called(page, calls)
    if admitted is not None:
        page.headline("recorded", admitted, f"%s people’s admissions to hospital were for assault in {page.when}.")
        if attended is None:
            female, age = people(page, "who", admitted, "people admitted")
            page.introduce("who", people_sentence(female, age, "people admitted"))
    page.by_month(
        "recorded",
        [line for line in (attended, calls, admitted) if line is not None],
        "months",
        "Violence seen by health services, month by month",
        "One small line for each service.",
    )
    page.bear_in_mind("sources-overlap")
    return page.chapter(
        "Health services meet people who were hurt whether or not a crime was recorded. Sharing where, when and with "
        "what, every month and without names, is the part of the picture that police data cannot give."
    )


def _attended(page: Page, line: Line) -> None:
    figure = page.headline(
        "recorded", line, f"%s people came to the emergency department after an assault in {page.when}."
    )
    untold = _not_told(page, line, "attendance")
    if untold is not None:
        page.say("recorded", _untold_sentence(untold, "people who came"))
    weapons = tally(page.brief, line, "category")
    page.show("recorded", shares_table(page, line, weapons, "weapons", "Emergency department: what was used", "Weapon"))
    hurt = _weapon(page, line, weapons)
    _told_of(page, line)
    female, age = people(page, "who", line, "people who came")
    page.introduce("who", people_sentence(female, age, "people who came after an assault"))
    nights = at_night(page, "who", line, "assaults")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "assaults treated there"))
    by_ward(page, "who", line, "assaults")
    _places(page, line)
    statement = (
        f"{said(figure, 'after', 'n')} people came to the emergency department after an assault. {page.change(line)}"
    )
    if untold is not None:
        statement += f" {_untold_sentence(untold, 'them')}"
    page.find(
        "hospital",
        title=_title(page, line, untold),
        statement=statement,
        so_what="Police figures alone would miss this part of the violence, and plans made from them would miss its "
        "places and hours."
        if untold is not None
        else "It counts people who were hurt, whatever was recorded, and so is a check on the police record.",
        figures=[f for f in (figure, untold, hurt, nights) if f is not None],
        n=total(line, page.brief),
        harm=0.85,
        line=line,
        public=f"Our hospital treated {said(figure, 'after', 'n')} people who had been attacked. Police may not know "
        "of many of them.",
    )


def _title(page: Page, line: Line, untold: Figure | None) -> str:
    if untold is not None and float(untold.answer["share"] or 0) >= 1 / 3:
        who = "of people treated after an assault were not marked as having told the police"
        return f"{said(untold, 'share', 'share')} {who}"
    return page.titled(line, "people treated in hospital after an assault")


def _not_told(page: Page, line: Line, name: str) -> Figure | None:
    """How many had not told the police; None when the column did not come."""
    if not flag_came(page.brief, line.feed.name, "police informed"):
        return None
    knew, whole = flagged(page.brief, line, "police informed")["police informed"], total(line, page.brief)
    asks = f"What share was not marked as known to the police ({line.title.lower()})?"
    return share(page, line, f"{name}-not-told", asks, whole - knew, whole)


def _untold_sentence(untold: Figure, who: str) -> str:
    return (
        f"{said(untold, 'share', 'share')} of {who} ({said(untold, 'part', 'n')}) were not marked as having told the "
        "police, which includes those who were not asked."
    )


def _weapon(page: Page, line: Line, weapons: Mapping[str, int]) -> Figure | None:
    told = known(weapons)
    whole, cut = sum(told.values()), told.get("Knife or sharp object", 0)
    if not whole:
        return None
    asks = "What share of attendances, of those where it is known, were hurt with a knife or sharp object?"
    figure = share(page, line, "knife", asks, cut, whole, {"category": "Knife or sharp object"})
    unknown = weapons.get(NOT_KNOWN, 0)
    completeness = share(
        page, line, "weapon-known", "Of what share of attendances is it known what was used?", whole, whole + unknown
    )
    page.say(
        "recorded",
        f"{said(figure, 'share', 'share')} were hurt with a knife or sharp object, of the "
        f"{said(completeness, 'share', 'share')} where it is known what was used.",
    )
    return figure


def _told_of(page: Page, line: Line) -> None:
    """What patients said of the attacker and of drink, where the columns came."""
    whole, told = total(line, page.brief), []
    words = {
        "attacker known": "the attacker was known to the patient",
        "domestic": "it was a partner or relative",
        "alcohol": "alcohol was a factor",
    }
    there = [flag for flag in words if flag_came(page.brief, line.feed.name, flag)]
    counts = flagged(page.brief, line, *there) if there else {}
    for flag in there:
        asks = f"In what share of attendances was it marked that {words[flag]}?"
        figure = share(page, line, flag.replace(" ", "-"), asks, counts[flag], whole, {"flag": flag})
        told.append(f"in {said(figure, 'share', 'share')} {words[flag]}")
    if told:
        page.say("who", f"Of attendances, {'; '.join(told)}.")


def _places(page: Page, line: Line) -> None:
    """Named places with enough attendances to be shown to the analyst; a place with few is not named at all."""
    places = {name: n for name, n in known(tally(page.brief, line, "location")).items() if n >= FEWEST_AT_A_PLACE}
    if not places:
        return
    rest = int(total(line, page.brief)) - sum(places.values())
    top = dict(list(places.items())[:10])
    others = rest + sum(places.values()) - sum(top.values())
    counts = top | ({"All other places, and not known": others} if others else {})
    page.show(
        "who",
        shares_table(
            page,
            line,
            counts,
            "ed-places",
            "Emergency department: where patients said it happened",
            "Place, in words",
            note=f"Places are as written down, with fewer than {FEWEST_AT_A_PLACE} put together; one place may be "
            "spelled in several ways. A single business is not to be named to the public.",
        ),
    )


def _called(page: Page, line: Line) -> None:
    page.headline("partners", line, f"Ambulances were called to %s assaults and other disorder in {page.when}.")
    untold = _not_told(page, line, "ambulance")
    if untold is not None:
        page.say("partners", f"At {said(untold, 'share', 'share')} of them the police were not marked as present.")
    nights = at_night(page, "partners", line, "ambulance calls")
    if nights is not None:
        page.introduce("partners", night_sentence(nights, "ambulance calls to assaults"))
    figure = page.count(line)
    wards = by_ward(page, "partners", line, "ambulance calls")
    if wards is None:
        return
    page.find(
        "ambulance",
        title=f"{page.titled(line, 'ambulance calls to assaults')}; most, by rate, in {said(wards, 'ward', 'text')}",
        statement=f"Ambulances were called to {said(figure, 'after', 'n')} assaults. {page.change(line)} The rate is "
        f"highest in {said(wards, 'ward', 'text')}, at {said(wards, 'rate', 'n1')} for every 1,000 residents a year "
        f"against {said(wards, 'area_rate', 'n1')} in the area as a whole.",
        so_what="Where ambulances go and police figures are low, violence may go unreported; where both are high, "
        "both services can plan together.",
        figures=[f for f in (figure, wards, untold) if f is not None],
        n=total(line, page.brief),
        harm=0.75,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
    )
