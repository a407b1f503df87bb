"""Young people: entering the justice system, out of school, and harmed."""

from __future__ import annotations

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.findings import ALONE, COUNTED, STANDS
from goldthread.chapters.measuring.returns import ENTRANTS, YOUTH, Returns
from goldthread.chapters.measuring.theme_lines import CRIME, ED
from goldthread.chapters.model import MEMBER, Chapter, Figure, Rows
from goldthread.chapters.themes.form import Page, Section, said, titled
from goldthread.chapters.themes.returned import Number, added, beside, change_sentence, part_of, read, verdict
from goldthread.chapters.themes.suspected import disposals
from goldthread.chapters.themes.tallies import known, share, shares_table, tally, total
from goldthread.chapters.themes.who import under
from goldthread.chapters.words import plural
from goldthread.evidence.feeds import feed_named

ID = "young-people"
TITLE = "Young people"
EXCLUSIONS, SUSPECTS = "school-exclusions", "police-local-suspects"
SUSPENDED = "school-exclusions.school-exclusions-suspension"
EXCLUDED = "school-exclusions.school-exclusions-permanent-exclusion"
CUSTODY = "Children sentenced to custody"
VIOLENT = (
    *("Physical assault against a pupil", "Physical assault against an adult", "Use or threat of a weapon"),
    *("Verbal abuse or threats against a pupil", "Verbal abuse or threats against an adult", "Sexual misconduct"),
)


def write(brief: Brief) -> Chapter:
    """Children new to the justice system, what became of those suspected, suspensions, and children who were harmed."""
    page = Page(brief, ID, TITLE, "young-people", (YOUTH, EXCLUSIONS, SUSPECTS, CRIME, ED))
    if not page.has(*page.uses):
        return page.missing()
    _entrants(page)
    if page.has(SUSPECTS):
        disposals(page, "recorded")
    _victims(page)
    _exclusions(page)
    return page.chapter(
        "Children who offend, who are harmed and who are out of school are often the same children. Each list here "
        "belongs to another service; what helps is to read them together, early, and to step in at the first sign."
    )


def _entrants(page: Page) -> None:
    number = added(
        page, "entrants", YOUTH, ENTRANTS, "How many children entered the justice system for the first time?"
    )
    if number is None:
        return
    page.say(
        "recorded",
        f"{said(number.figure, 'n', 'n')} children had a first caution or conviction in {page.when}. "
        f"{change_sentence(page, number)}",
        MEMBER,
    )
    rate = _rate(page, number)
    if rate is not None:
        page.say(
            "recorded",
            f"That is {said(rate, 'rate', 'n')} for every 100,000 children aged 10 to 17 a year (not for every 1,000, "
            "as is sometimes printed).",
        )
    again = _again(page)
    _custody_and_caseload(page)
    told = verdict(page.brief, number.added)
    if told == "too-few":
        page.bear_in_mind("small-numbers")
    _finding(page, number, rate, again, told)


def _custody_and_caseload(page: Page) -> None:
    custody = added(page, "custody", YOUTH, CUSTODY, "How many children were sentenced to custody?")
    if custody is not None:
        many = said(custody.figure, "n", "n") if custody.n else "No"
        page.say(
            "recorded", f"{many} {plural(custody.n, 'child was', 'children were')} sentenced to custody in {page.when}."
        )
    load = read(
        page,
        "caseload",
        YOUTH,
        "Children on the youth justice caseload",
        "How many children did the service work with?",
    )
    if load is not None:
        page.say(
            "recorded",
            f"The youth justice service was working with {said(load[0], 'n', 'n')} children{beside(load[0])}.",
        )


def _finding(page: Page, number: Number, rate: Figure | None, again: Figure | None, told: str) -> None:
    statement = (
        f"{said(number.figure, 'n', 'n')} children had a first caution or conviction. {change_sentence(page, number)}"
    )
    if rate is not None:
        statement += f" That is {said(rate, 'rate', 'n')} for every 100,000 aged 10 to 17."
    page.find(
        "first-time",
        title=titled(told, number.figure, "n", "children new to the justice system"),
        statement=statement,
        so_what="Each is a chance to turn a life around, and the fewer there are the more each one can be given.",
        figures=[f for f in (number.figure, rate, again) if f is not None],
        n=number.n,
        harm=0.7,
        states=("rising",) if told == "rise" else (),
        certainty={"rise": STANDS, "fall": STANDS, "perhaps": ALONE}.get(told, COUNTED),
        public="If you are worried about a child, tell a teacher or call the NSPCC on 0808 800 5000.",
    )


def _rate(page: Page, number: Number) -> Figure | None:
    children = number.added.d
    if not children:
        return None
    years = number.added.months / 12
    return page.figure(
        Figure(
            id=f"{page.id}.entrants-rate",
            asks="How many children aged 10 to 17 entered the justice system, for every 100,000 a year?",
            question="goldthread.analysis.rates.crude_rate",
            answer={"n": number.n, "children": children, "rate": 100_000 * number.n / children / years},
            rows=Rows("measures", (ENTRANTS,), number.figure.rows.months, where={"feed": YOUTH}),
            parameters={"per": 100_000, "years": years},
            caveats=("small-numbers",),
            protected=True,
            count_keys=("n",),
            source=feed_named(YOUTH).title,
        )
    )


def _again(page: Page) -> Figure | None:
    returns, measure = page.brief.found(Returns), "Children who reoffended"
    parts = [r for r in returns.of(YOUTH, measure) if r.starts in page.brief.period and r.d]
    if not parts:
        return None
    asks = "What share of children in the cohorts followed reoffended within a year?"
    whole = sum(r.d or 0.0 for r in parts)
    figure = part_of(page, "reoffended", YOUTH, (measure,), asks, sum(r.n for r in parts), whole)
    if figure is not None:
        page.say(
            "recorded",
            f"Of {said(figure, 'whole', 'n')} children followed, {said(figure, 'part', 'n')} "
            f"({said(figure, 'share', 'share')}) reoffended within a year.",
        )
        page.bear_in_mind("reoffending-lag")
    return figure


def _victims(page: Page) -> None:
    asked: tuple[tuple[str, str, Section], ...] = (
        ("police-local-crime.all", "victims of crime recorded by the police", "who"),
        ("emergency-department-assaults.emergency-department-assaults", "people treated after an assault", "partners"),
    )
    for name, who, section in asked:
        line = page.line(name)
        if line is None:
            continue
        ages = known(tally(page.brief, line, "age_band"))
        young, whole = sum(ages[a] for a in under(list(ages), 18)), sum(ages.values())
        if not whole:
            continue
        asks = f"What share of {who}, of those whose age is known, were under 18?"
        figure = share(page, line, f"{line.id}.under-18", asks, young, whole)
        page.say(
            section,
            f"{said(figure, 'part', 'n')} {who} were under 18, {said(figure, 'share', 'share')} of those whose age is "
            "known.",
        )
    youth = page.line("police-local-asb.all")
    if youth is not None:
        page.say(
            "who",
            "Calls about anti-social behaviour that mention young people are in the chapter on anti-social behaviour; "
            "being mentioned is not having done anything.",
        )


def _exclusions(page: Page) -> None:
    lines = page.lines([SUSPENDED, EXCLUDED])
    if not lines:
        return
    page.compared("partners", lines, "exclusions", "Suspensions and permanent exclusions from school")
    page.say(
        "partners",
        "The rows are suspensions and not children: one pupil may be suspended many times.",
    )
    line = lines[0]
    figure = page.headline("partners", line, f"Schools reported %s {_words(line)} in {page.when}.")
    reasons = tally(page.brief, line, "category")
    page.show("partners", shares_table(page, line, reasons, "reasons", f"Reasons: {_words(line)}", "Main reason"))
    violent = sum(reasons.get(reason, 0) for reason in VIOLENT)
    asks = "What share of suspensions were for violence, threats, a weapon or sexual misconduct?"
    harmful = share(page, line, "violent-reasons", asks, violent, sum(reasons.values()))
    page.say(
        "partners",
        f"{said(harmful, 'share', 'share')} were for violence, threats, a weapon or sexual misconduct.",
    )
    page.find(
        "exclusions",
        title=page.titled(line, f"{_words(line)} from school"),
        statement=f"Schools reported {said(figure, 'after', 'n')} {_words(line)}. {page.change(line)} "
        f"{said(harmful, 'share', 'share')} were for violence, threats, a weapon or sexual misconduct.",
        so_what="A child out of school is more likely to be harmed or drawn into crime, so a suspension is an early "
        "sign that help is needed.",
        figures=[figure, harmful],
        n=total(line, page.brief),
        harm=0.5,
        line=line,
    )


def _words(line: Line) -> str:
    return "permanent exclusions" if line.id == EXCLUDED else "suspensions"
