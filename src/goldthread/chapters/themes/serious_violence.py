"""Serious violence: what is counted as serious here, in the police record and in the hospital."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.measuring.theme_lines import ADMISSIONS, CRIME, ED, SERIOUS
from goldthread.chapters.model import Box, Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import flag_came, flagged, known, share, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.themes.who import people, people_sentence, under

ID = "serious-violence"
TITLE = "Serious violence"
AMBULANCE = "ambulance-assaults"
LINE, WHAT = "police-local-crime.serious", "serious violence"
POLICE = ("police-local-crime.knife", "police-local-crime.injury")
HEALTH = (
    "emergency-department-assaults.emergency-department-assaults",
    "emergency-department-assaults.knife",
    "ambulance-assaults.ambulance-calls-to-assaults",
    "hospital-admissions-violence.hospital-admissions-assault",
)
OPEN = ("Possession of weapons", "Robbery", "Violence and sexual offences")


def write(brief: Brief) -> Chapter:
    """Homicide, violence with injury, robbery of people and knife crime, beside what health services saw."""
    page = Page(brief, ID, TITLE, "serious-violence", (CRIME, ED, AMBULANCE, ADMISSIONS))
    line = page.line(LINE)
    if line is None and not page.has(*page.uses, STREET):
        return page.missing()
    page.before_all.append(_definition(line is not None))
    if line is not None:
        _recorded(page, line)
    else:
        _open_data(page)
    health = page.lines(HEALTH)
    if health:
        page.say(
            "partners",
            "Health services count people who were hurt, whether or not the police know. The counts below overlap "
            "with each other and with the police record, and are set beside them and never added.",
        )
        page.compared("partners", health, "health", "What health services recorded")
        page.bear_in_mind("sources-overlap")
    page.bear_in_mind("recorded-not-all")
    return page.chapter(
        "The duty is to find the kinds of serious violence and their causes, not only to count it. The partnership "
        "should agree what it calls serious, by the four tests in the law, and follow one health measure beside the "
        "police one, because the police record moves with recording and with trust."
    )


def _definition(local: bool) -> Box:
    counted = (
        "Counted here are recorded homicide, violence with injury and robbery of personal property. Crimes flagged as "
        "involving a knife are shown beside them, and overlap with them."
        if local
        else "The open data cannot tell serious violence from other violence, so what follows is the nearest they have."
    )
    return Box(
        kind="definition",
        title="What is counted as serious",
        text=f"{counted} The law leaves it to the partnership to decide what is serious, by the greatest penalty, the "
        "harm to victims, how common it is here and what it does to the community (Police, Crime, Sentencing and "
        "Courts Act 2022, section 13). Domestic abuse and sexual offences may be serious violence, and have chapters "
        "of their own.",
    )


def _recorded(page: Page, line: Line) -> None:
    figure = page.headline(
        "recorded", line, f"Police recorded %s crimes that are counted here as serious violence in {page.when}."
    )
    page.compared("recorded", page.series(CRIME, *SERIOUS), "kinds", "Serious violence by kind", line)
    weapons = page.series(CRIME, "Police: Possession of weapons")
    page.compared("recorded", [*weapons, *page.lines(POLICE)], "beside", "Weapons and flags, which overlap with it")
    if weapons:
        page.bear_in_mind("police-activity")
    page.bear_in_mind("flags-by-hand")
    female, age = people(page, "who", line, "victims")
    young = _under_25(page, line)
    page.introduce("who", people_sentence(female, age, f"victims of {WHAT}"))
    if young is not None:
        page.say("who", f"{said(young, 'share', 'share')} of victims whose age is known were under 25.")
    shares = _shares(page, line)
    nights = at_night(page, "who", line, WHAT)
    if nights is not None:
        page.introduce("who", night_sentence(nights, WHAT))
    wards = by_ward(page, "who", line, WHAT)
    knife = page.line(POLICE[0])
    statement = f"Police recorded {said(figure, 'after', 'n')} crimes of serious violence. {page.change(line)}"
    if knife is not None:
        statement += f" A knife or blade was flagged in {said(page.count(knife), 'after', 'n')} crimes of any kind."
    if young is not None:
        statement += f" {said(young, 'share', 'share')} of victims were under 25."
    page.find(
        "recorded",
        title=page.titled(line, "recorded crimes of serious violence"),
        statement=statement,
        so_what="It is gathered in a few wards, so prevention there reaches much of it."
        if is_concentrated(wards)
        else "It is not gathered in one place, so prevention has to follow people and settings rather than streets.",
        figures=[f for f in (figure, page.count(knife) if knife else None, young, *shares) if f is not None],
        n=float(figure.answer["after"] or 0),
        harm=1.0,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public=f"Police recorded {said(figure, 'after', 'n')} of the worst attacks and robberies. If you worry that "
        "someone carries a knife, talk to someone you trust.",
    )


def _under_25(page: Page, line: Line) -> Figure | None:
    ages = known(tally(page.brief, line, "age_band"))
    whole = sum(ages.values())
    if not whole:
        return None
    asks = "What share of victims of serious violence whose age is known were under 25?"
    return share(page, line, "under-25", asks, sum(ages[a] for a in under(list(ages), 25)), whole)


def _shares(page: Page, line: Line) -> list[Figure]:
    whole, found, told = total(line, page.brief), [], []
    names = {"domestic": "domestic abuse", "public place": "in a public place", "alcohol": "involving alcohol"}
    there = [flag for flag in names if flag_came(page.brief, CRIME, flag)]
    counts = flagged(page.brief, line, *there) if there else {}
    for flag in there:
        asks = f"What share of serious violence was flagged as {names[flag]}?"
        found.append(share(page, line, flag.replace(" ", "-"), asks, counts[flag], whole, {"flag": flag}))
        told.append(f"{said(found[-1], 'share', 'share')} was flagged as {names[flag]}")
    if told:
        page.say("who", f"Of serious violence, {'; '.join(told)}. A crime may carry several flags.")
    return found


def _open_data(page: Page) -> None:
    lines = page.series(STREET, *OPEN)
    if not lines:
        return
    page.compared("recorded", lines, "open", "The nearest that the open data have")
    page.bear_in_mind("police-activity")
    weapons = next((each for each in lines if each.title == OPEN[0]), None)
    if weapons is not None:
        page.headline("recorded", weapons, f"Police recorded %s weapons offences in {page.when}.")
    page.say(
        "recorded",
        "The open data hold no offences, no injuries and no flags, so knife crime, homicide and violence with injury "
        "cannot be told apart.",
    )
