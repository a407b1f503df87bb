"""Substance misuse: offences, treatment, and hospital."""

from __future__ import annotations

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.measuring.returns import TREATMENT, Returns
from goldthread.chapters.measuring.theme_lines import ADMISSIONS, CRIME, SUBSTANCE_ADMISSIONS
from goldthread.chapters.model import MEMBER, Chapter, Column, Figure, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.returned import beside, part_of, read
from goldthread.chapters.themes.tallies import total
from goldthread.chapters.themes.where import by_ward, is_concentrated
from goldthread.evidence.feeds import feed_named

ID = "substance-misuse"
TITLE = "Substance misuse"
SCENE = "street-scene"
PEOPLE, COMPLETED = "People in drug or alcohol treatment", "Successful treatment completions"
LEAVERS, DEATHS = "Prison leavers who engaged with treatment", "Deaths in treatment"
OFFENCES = ("Police: Trafficking of drugs", "Police: Possession of drugs")
MODELLED = 0.7  # estimates of need are models, so a share of them is less sure than a count


def write(brief: Brief) -> Chapter:
    """Drug offences as a measure of police work, people in treatment beside those who need it, and admissions."""
    page = Page(brief, ID, TITLE, "substance-misuse", (TREATMENT, ADMISSIONS, SCENE))
    if not page.has(STREET, CRIME, *page.uses):
        return page.missing()
    _offences(page)
    _treatment(page)
    _admissions(page)
    litter = page.line("street-scene.street-scene-drug-litter")
    if litter is not None:
        page.headline("partners", litter, f"%s reports of drug litter were made to the council in {page.when}.")
        by_ward(page, "partners", litter, "reports of drug litter")
    return page.chapter(
        "Reducing harm from drugs and alcohol is a duty of the partnership whatever the crime figures say. Offences "
        "show where the police looked; treatment, admissions and deaths show whether people are reached in time."
    )


def _offences(page: Page) -> None:
    lines = page.series(STREET, "Drugs")
    local = [*page.series(CRIME, *OFFENCES), *page.lines(["police-local-crime.alcohol"])]
    if lines:
        line = lines[0]
        figure = page.headline("recorded", line, f"Police recorded %s drug offences in {page.when}.")
        page.bear_in_mind("police-activity")
        wards = by_ward(page, "who", line, "drug offences")
        page.find(
            "offences",
            topic="drugs",
            title=page.titled(line, "recorded drug offences"),
            statement=f"Police recorded {said(figure, 'after', 'n')} drug offences. {page.change(line)} Most come to "
            "light because officers look, so the number follows their work.",
            so_what="It says where the police were, and is no measure of how many people use drugs.",
            figures=[f for f in (figure, wards) if f is not None],
            n=total(line, page.brief),
            harm=0.4,
            line=line,
            states=("concentrated",) if is_concentrated(wards) else (),
        )
    page.compared("recorded", local, "offences", "Drug offences by kind, and crimes flagged as involving alcohol")
    if len(local) > len(OFFENCES):
        page.bear_in_mind("flags-by-hand")


def _treatment(page: Page) -> None:
    everyone = read(page, "in-treatment", TREATMENT, PEOPLE, "How many people were in treatment?")
    if everyone is None:
        return
    figure, reading = everyone
    page.say(
        "partners",
        f"{said(figure, 'n', 'n')} people were in treatment for drugs or alcohol in the twelve months to "
        f"{said(figure, 'ends', 'month')}{beside(figure)}. Each figure covers twelve months, so those of different "
        "quarters overlap and are not added or tested.",
        MEMBER,
    )
    page.show("partners", _table(page))
    reached = _reached(page)
    finished = _finished(page)
    _leavers(page)
    if not reached and not finished:
        return
    statement = f"{said(figure, 'n', 'n')} people were in treatment{beside(figure)}."
    title = "Few people are known to be in treatment for drugs or alcohol"
    if reached:
        least = min(reached, key=lambda f: float(f.answer["share"] or 0))
        title = (
            f"{said(least, 'share', 'share')} of those thought to need treatment for {said(least, 'kind', 'text')} get "
            "it"
        )
        statement += " " + _reached_sentence(least)
    if finished:
        statement += " " + _finished_sentence(min(finished, key=lambda f: float(f.answer["share"] or 0)))
    page.find(
        "treatment",
        title=title if reached else "How many people in treatment for drugs or alcohol finish it",
        statement=statement,
        so_what="Treatment is meant to prevent deaths and crime alike, so those who are missed are the partnership’s "
        "concern and not health’s alone.",
        figures=[figure, *reached, *finished],
        n=reading.n,
        harm=0.7,
        states=("rising",) if reached else (),
        certainty=MODELLED,
        public="If you want help with drink or drugs, your GP can tell you where to go. It works.",
    )


def _kinds(page: Page) -> list[str]:
    return [kind for kind in page.brief.found(Returns).breakdowns(TREATMENT, PEOPLE) if kind] or [""]


def _reached(page: Page) -> list[Figure]:
    """The share of those thought to need treatment who are in it, for each kind with an estimate of need."""
    found = []
    for kind in _kinds(page):
        now = page.brief.found(Returns).latest(TREATMENT, PEOPLE, kind)
        if now is None or not now.d:
            continue
        asks = f"What share of those thought to need treatment are in it ({kind or 'all'})?"
        figure = part_of(
            page,
            f"reached-{kind.casefold() or 'all'}",
            TREATMENT,
            (PEOPLE,),
            asks,
            now.n,
            now.d,
            when=(str(now.starts), str(now.starts)),
            breakdown=kind,
            more={"kind": _words(kind)},
        )
        if figure is not None:
            found.append(figure)
            page.say("partners", _reached_sentence(figure))
    return found


def _reached_sentence(figure: Figure) -> str:
    return (
        f"Of {said(figure, 'whole', 'n')} people thought to need treatment for {said(figure, 'kind', 'text')}, "
        f"{said(figure, 'part', 'n')} ({said(figure, 'share', 'share')}) were in it; the need is an estimate and some "
        "years old."
    )


def _finished(page: Page) -> list[Figure]:
    found = []
    for kind in _kinds(page):
        now = page.brief.found(Returns).latest(TREATMENT, COMPLETED, kind)
        if now is None or not now.d:
            continue
        asks = f"What share of people in treatment finished and did not come back within six months ({kind or 'all'})?"
        was = page.brief.found(Returns).year_earlier(TREATMENT, COMPLETED, kind)
        more = {"kind": _words(kind)} | ({"share_before": was.n / was.d} if was is not None and was.d else {})
        figure = part_of(
            page,
            f"finished-{kind.casefold() or 'all'}",
            TREATMENT,
            (COMPLETED,),
            asks,
            now.n,
            now.d,
            when=(str(now.starts), str(now.starts)),
            breakdown=kind,
            more=more,
        )
        if figure is not None:
            found.append(figure)
            page.say("partners", _finished_sentence(figure))
    return found


def _finished_sentence(figure: Figure) -> str:
    before = f" ({said(figure, 'share_before', 'share1')} a year before)" if "share_before" in figure.answer else ""
    return (
        f"{said(figure, 'share', 'share1')} of those in treatment for {said(figure, 'kind', 'text')} finished and did "
        f"not come back within six months{before}."
    )


def _leavers(page: Page) -> None:
    now = page.brief.found(Returns).latest(TREATMENT, LEAVERS)
    if now is not None and now.d:
        asks = "What share of prison leavers who were referred began treatment within three weeks?"
        when = (str(now.starts), str(now.starts))
        figure = part_of(page, "prison-leavers", TREATMENT, (LEAVERS,), asks, now.n, now.d, when=when)
        if figure is not None:
            page.say(
                "partners",
                f"Of {said(figure, 'whole', 'n')} people referred on leaving prison, {said(figure, 'part', 'n')} began "
                f"treatment within three weeks ({said(figure, 'share', 'share')}, likely range "
                f"{said(figure, 'low', 'share')} to {said(figure, 'high', 'share')}).",
            )
    died = read(page, "deaths", TREATMENT, DEATHS, "How many people died while in treatment?")
    if died is not None:
        page.say("partners", f"{said(died[0], 'n', 'n')} people died while in treatment{beside(died[0])}.")


def _words(kind: str) -> str:
    return kind.casefold() if kind else "drugs or alcohol"


def _table(page: Page) -> Table:
    returns, rows = page.brief.found(Returns), []
    for kind in _kinds(page):
        now, was = returns.latest(TREATMENT, PEOPLE, kind), returns.year_earlier(TREATMENT, PEOPLE, kind)
        done, new = (returns.latest(TREATMENT, m, kind) for m in (COMPLETED, "People new to treatment"))
        if now is None:
            continue
        row: tuple[Cell, ...] = (
            kind or "All",
            was.n if was else None,
            now.n,
            now.d,
            100 * now.n / now.d if now.d else None,
            new.n if new else None,
            done.n if done else None,
            100 * done.n / done.d if done and done.d else None,
        )
        rows.append(row)
    columns = (
        Column("kind", "Substance"),
        Column("before", "In treatment a year before", "count"),
        Column("now", "In treatment", "count"),
        Column("need", "Thought to need it", "count"),
        Column("reached", "Reached", "percent", ("now", "need")),
        Column("new", "New to treatment", "count"),
        Column("done", "Finished", "count"),
        Column("finished", "Finished, of all in treatment", "percent", ("done", "now")),
    )
    kept = [at for at, _ in enumerate(columns) if any(row[at] is not None for row in rows)]
    return Table(
        id=f"{page.id}.treatment",
        title="People in treatment for drugs and alcohol",
        columns=tuple(columns[at] for at in kept),
        rows=tuple(tuple(row[at] for at in kept) for row in rows),
        source=feed_named(TREATMENT).title,
        note="A person counts once, under the most serious substance. Numbers are for the twelve months to the "
        "quarter.",
        protected=True,
    )


def _admissions(page: Page) -> None:
    every = page.line("hospital-admissions-violence.substances")
    if every is None:
        return
    page.headline("partners", every, f"%s emergency admissions of residents were for drugs or alcohol in {page.when}.")
    page.compared(
        "partners", page.series(ADMISSIONS, *SUBSTANCE_ADMISSIONS), "admissions", "Admissions by cause", every
    )
