"""Sexual violence: what police recorded, and who is known to others."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.measuring.theme_lines import CRIME, SEXUAL
from goldthread.chapters.model import Chapter, Figure
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import ended, flag_came, flagged, share, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.chapters.themes.who import people, people_sentence

ID = "sexual-violence"
TITLE = "Sexual violence"
AMBULANCE = "ambulance-assaults"
LINE, WHAT = "police-local-crime.sexual", "sexual offences"


def write(brief: Brief) -> Chapter:
    """Sexual offences by kind, by victim, by delay and by place, beside what the ambulance service is called to."""
    page = Page(brief, ID, TITLE, "sexual-violence", (CRIME, AMBULANCE))
    line = page.line(LINE)
    if line is None and not page.has(AMBULANCE):
        return page.missing("sexual violence (the open data count it together with other violence)")
    if line is not None:
        _recorded(page, line)
    _ambulance(page)
    page.bear_in_mind("recorded-not-all", "under-reported")
    return page.chapter(
        "Recorded sexual offences follow trust as much as harm. What can be acted on is whether those who come "
        "forward are helped, how long they waited before they could, and where the offences of this year were."
    )


def _recorded(page: Page, line: Line) -> None:
    figure = page.headline("recorded", line, f"Police recorded %s sexual offences in {page.when}.")
    page.compared("recorded", page.series(CRIME, *SEXUAL), "kinds", "Sexual offences by kind", line)
    if page.verdict(line) in ("rise", "perhaps"):
        page.bear_in_mind("reporting-may-explain-rise")
    late = _delay(page, line)
    shares = _home_and_public(page, line)
    female, age = people(page, "who", line, "victims")
    page.introduce("who", people_sentence(female, age, f"victims of {WHAT}"))
    nights = at_night(page, "who", line, WHAT)
    if nights is not None:
        page.introduce("who", night_sentence(nights, WHAT))
    ended(page, "who", line, WHAT)
    wards = by_ward(page, "who", line, WHAT)
    statement = f"Police recorded {said(figure, 'after', 'n')} sexual offences. {page.change(line)}"
    if late is not None:
        statement += f" {said(late, 'share', 'share')} were reported more than a year after they happened."
    if shares:
        statement += f" {said(shares[0], 'share', 'share')} were flagged as domestic abuse."
    page.find(
        "recorded",
        title=page.titled(line, "recorded sexual offences"),
        statement=statement,
        so_what="Referral centres and advisers meet whoever comes forward, so their waiting times and capacity should "
        "be read beside this number.",
        figures=[f for f in (figure, late, *shares, female) if f is not None],
        n=float(figure.answer["after"] or 0),
        harm=0.95,
        line=line,
        states=("concentrated",) if is_concentrated(wards) else (),
        public="If someone did something sexual to you that you did not want, it was not your fault. You can get help.",
    )


def _delay(page: Page, line: Line) -> Figure | None:
    """How many were recorded more than a year after they happened; offences of the past are not this year's risk."""
    condition, values = rows_of(line, page.brief.period)
    [(dated, late)] = page.brief.evidence.rows(
        "SELECT count(happened_at), count(*) FILTER (WHERE happened_at < month - INTERVAL 12 MONTH) FROM incidents "
        f"WHERE {condition}",
        values,
    )
    if not dated:
        return None
    asks = "What share of sexual offences were recorded more than a year after they happened?"
    figure = share(page, line, "late", asks, int(late), int(dated))
    page.say(
        "who",
        f"{said(figure, 'share', 'share')} of sexual offences whose date is known ({said(figure, 'part', 'n')}) "
        "happened more than a year before they were recorded. They need support like any other, but say nothing of "
        "the risk this year.",
    )
    return figure


def _home_and_public(page: Page, line: Line) -> list[Figure]:
    counts = flagged(page.brief, line, "domestic", "public place")
    whole, found = total(line, page.brief), []
    for flag, name, words in (
        ("domestic", "domestic", "domestic abuse"),
        ("public place", "public", "in a public place"),
    ):
        if flag_came(page.brief, CRIME, flag):
            asks = f"What share of sexual offences were flagged as {words}?"
            found.append(share(page, line, name, asks, counts[flag], whole, {"flag": flag}))
            page.say("who", f"{said(found[-1], 'share', 'share')} of sexual offences were flagged as {words}.")
    if found:
        page.bear_in_mind("flags-by-hand")
    return found if found and found[0].id.endswith(".domestic") else []


def _ambulance(page: Page) -> None:
    line = page.line("ambulance-assaults.ambulance-calls-to-assaults")
    if line is None:
        return
    counts = tally(page.brief, line, "category")
    called = sum(n for words, n in counts.items() if "sexual" in words.casefold())
    asks = "What share of ambulance calls to assaults were said to be sexual assaults?"
    figure = share(page, line, "ambulance", asks, called, total(line, page.brief))
    page.say(
        "partners",
        f"Ambulances were called to {said(figure, 'part', 'n')} reported sexual assaults, "
        f"{said(figure, 'share', 'share')} of their calls to assaults. The words are the caller’s, before anyone was "
        "seen, and some of these people may also be in the police record.",
    )
    page.bear_in_mind("sources-overlap")
