"""People at high risk of domestic abuse: what the conferences (MARAC) heard, beside what is expected."""

from __future__ import annotations

from goldthread.chapters.measuring.returns import CASES, MARAC, Returns
from goldthread.chapters.model import Column, Figure, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.returned import Number, added, change_sentence, part_of
from goldthread.chapters.words import in_words, percent
from goldthread.evidence.feeds import feed_named

EXPECTED = 40.0  # cases for every 10,000 women, SafeLives
# SafeLives, Marac national dataset, United Kingdom, twelve months to 30 June 2023: shares of cases.
UK_REPEATS, UK_PARTNERS = 0.32, 0.36
UK_VICTIMS = {
    "MARAC victims who are racially minoritised": 16.1,
    "MARAC victims who are LGBT": 1.6,
    "MARAC victims who are disabled": 10.0,
    "MARAC victims who are male": 6.5,
    "MARAC victims aged 16 to 17": 1.3,
}
YOUNG_PERPETRATORS = "MARAC perpetrators aged 17 or under"
NEAR = 0.1  # within a tenth of what is expected counts as about as many
SOURCE_OF_UK = "UK: SafeLives, Marac national dataset, year to June 2023."


def panel(page: Page) -> None:
    """This will set out cases, rate, repeats, children, referrals and victims, and the finding that they support."""
    cases = added(page, "marac-cases", MARAC, CASES, "How many cases did the conferences hear?")
    if cases is None:
        return
    quarters = f"{in_words(cases.added.parts)} {'quarter' if cases.added.parts == 1 else 'quarters'}"
    page.say(
        "partners",
        f"Conferences on people at high risk (MARAC) heard {said(cases.figure, 'n', 'n')} cases in the {quarters} "
        f"supplied. {change_sentence(page, cases)}",
    )
    rate = _rate(page, cases)
    if rate is not None:
        page.say("partners", _rate_sentence(rate))
    shares = _repeats_and_referrals(page, cases)
    referrers = _referrers(page, cases)
    if referrers is not None:
        page.show("partners", referrers)
    page.show("partners", _table(page, cases))
    if rate is not None:
        _finding(page, cases, rate, shares)


def _rate(page: Page, cases: Number) -> Figure | None:
    women = cases.added.d
    if not women:
        return None
    years = cases.added.months / 12
    rate = cases.n / women / years * 10_000
    return page.figure(
        Figure(
            id=f"{page.id}.marac-rate",
            asks="How many cases did the conferences hear for every 10,000 women, and how many are expected?",
            question="goldthread.analysis.rates.crude_rate",
            answer={
                "n": cases.n,
                "women": women,
                "rate": rate,
                "expected_rate": EXPECTED,
                "expected": women * EXPECTED / 10_000 * years,
                "of_expected": rate / EXPECTED,
            },
            rows=Rows("measures", (CASES,), cases.figure.rows.months, where={"feed": MARAC}),
            parameters={"expected": "SafeLives: 40 cases for every 10,000 women a year", "years": years},
            protected=True,
            count_keys=("n",),
            source=feed_named(MARAC).title,
        )
    )


def _standing(rate: Figure) -> str:
    """Whether as many were heard as are expected: below, near or above."""
    of = float(rate.answer["of_expected"] or 0)
    return "below" if of < 1 - NEAR else "above" if of > 1 + NEAR else "near"


def _rate_sentence(rate: Figure) -> str:
    told = f"That is {said(rate, 'rate', 'n1')} for every 10,000 women a year."
    expected = (
        f"SafeLives expects about {said(rate, 'expected_rate', 'n')}, which here would be "
        f"{said(rate, 'expected', 'n')} cases."
    )
    return {
        "below": f"{told} {expected} Fewer were heard, which may mean that people at high risk are not being found.",
        "above": f"{told} {expected} More were heard: more may be at risk here, or more may be found.",
        "near": f"{told} {expected} About as many were heard as expected.",
    }[_standing(rate)]


def _repeats_and_referrals(page: Page, cases: Number) -> list[Figure]:
    returns, shares = page.brief.found(Returns), []
    repeats = returns.sum_of(MARAC, "MARAC repeat cases")
    if repeats is not None:
        asks = "What share of cases were repeats within twelve months of the last referral?"
        figure = part_of(page, "marac-repeats", MARAC, ("MARAC repeat cases", CASES), asks, repeats.n, cases.n)
        if figure is not None:
            shares.append(figure)
            page.say(
                "partners",
                f"{said(figure, 'share', 'share')} of cases were repeats ({said(figure, 'part', 'n')}); in the United "
                f"Kingdom it was {percent(100 * UK_REPEATS)} in the year to June 2023. Neither few nor many is simply "
                "good: few may mean that agencies do not refer again, many that the first plan did not hold.",
            )
    theirs = returns.sum_of(MARAC, "MARAC cases referred by other agencies")
    if theirs is not None:
        asks = "What share of cases were referred by agencies other than the police?"
        names = ("MARAC cases referred by other agencies", CASES)
        figure = part_of(page, "marac-partners", MARAC, names, asks, theirs.n, cases.n)
        if figure is not None:
            shares.append(figure)
            page.say(
                "partners",
                f"Agencies other than the police referred {said(figure, 'share', 'share')} of cases, against "
                f"{percent(100 * UK_PARTNERS)} in the United Kingdom.",
            )
    return shares


def _referrers(page: Page, cases: Number) -> Table | None:
    """Who referred the cases, as a table that adds up where the two kinds of referral make all of them."""
    returns = page.brief.found(Returns)
    kinds = ("MARAC cases referred by police", "MARAC cases referred by other agencies")
    found = [(kind, added) for kind in kinds if (added := returns.sum_of(MARAC, kind)) is not None]
    if len(found) < 2:
        return None
    parts: list[tuple[Cell, ...]] = [(_short(kind), one.before, one.n) for kind, one in found]
    before = [one.before for _, one in found]
    known = all(n is not None for n in before)
    adds = sum(one.n for _, one in found) == cases.n
    adds = adds and (not known or sum(n for n in before if n is not None) == cases.added.before)
    return Table(
        id=f"{page.id}.marac-referrals",
        title="Conference cases, by who referred them",
        columns=(
            Column("who", "Who referred"),
            Column("before", "Year before", "count"),
            Column("n", "This year", "count"),
        ),
        rows=(*parts, ("All cases", cases.added.before, cases.n)),
        source=feed_named(MARAC).title,
        protected=True,
        total_row=adds,
    )


def _table(page: Page, cases: Number) -> Table:
    """Repeats, children and victims, each beside the year before and the United Kingdom; they overlap."""
    returns = page.brief.found(Returns)
    rows: list[tuple[Cell, ...]] = []
    for measure in ("MARAC repeat cases", "Children in MARAC households", *UK_VICTIMS, YOUNG_PERPETRATORS):
        found = returns.sum_of(MARAC, measure)
        if found is None:
            continue
        children = measure.startswith("Children")
        share = None if children or not cases.n else 100 * found.n / cases.n
        uk = 100 * UK_REPEATS if measure == "MARAC repeat cases" else UK_VICTIMS.get(measure)
        rows.append((_short(measure), found.before, found.n, share, uk))
    return Table(
        id=f"{page.id}.marac",
        title="Repeats, children and victims at conferences (MARAC)",
        columns=(
            Column("measure", "What was counted"),
            Column("before", "Year before", "count"),
            Column("n", "This year", "count"),
            Column("share", "Share of cases", "percent", ("n",)),
            Column("uk", "Share in the UK, %", "number"),
        ),
        rows=tuple(rows),
        source=feed_named(MARAC).title,
        note=f"Victims may be in several of the groups. {SOURCE_OF_UK}",
        protected=True,
    )


def _short(measure: str) -> str:
    words = measure.removeprefix("MARAC ")
    return words[0].upper() + words[1:]


def _finding(page: Page, cases: Number, rate: Figure, shares: list[Figure]) -> None:
    standing = _standing(rate)
    title = {
        "below": "Fewer people at high risk of domestic abuse reach a conference than expected",
        "above": "More people at high risk of domestic abuse reach a conference than expected",
        "near": "About as many people at high risk of domestic abuse reach a conference as expected",
    }[standing]
    so_what = {
        "below": "Some people at high risk are most likely not being found or not being referred.",
        "above": "Advocates and agencies carry more cases than is usual, and their capacity should follow.",
        "near": "The way in is working; the question is whether the plans hold and who is not reached.",
    }[standing]
    statement = (
        f"Conferences heard {said(cases.figure, 'n', 'n')} cases, or {said(rate, 'rate', 'n1')} for every 10,000 women "
        f"a year; {said(rate, 'expected_rate', 'n')} are expected."
    )
    if shares:
        statement += f" {said(shares[0], 'share', 'share')} were repeats." if "repeats" in shares[0].id else ""
    page.find(
        "high-risk",
        title=title,
        statement=statement,
        so_what=so_what,
        figures=(cases.figure, rate, *shares),
        n=cases.n,
        harm=0.95,
        states={"below": ("high",), "above": ("rising",), "near": ()}[standing],
        public="Police, health and councils meet to keep people at high risk safe. You can ask them for help.",
    )
