"""Outcomes: what became of crimes that have all had the same time to be dealt with."""

from __future__ import annotations

from collections.abc import Mapping

from goldthread.analysis.outcomes import NONE_YET, UNAVAILABLE, Cohort
from goldthread.analysis.outcomes import moved as share_moved
from goldthread.analysis.shares import share_of
from goldthread.chapters.brief import ALONE, Brief, slug
from goldthread.chapters.findings import COUNTED, STANDS
from goldthread.chapters.measuring.ended import (
    CHARGED,
    NO_SUSPECT,
    NOT_PROSECUTED,
    OUT_OF_COURT,
    OUTCOMES,
    Ended,
)
from goldthread.chapters.measuring.lines import STREET
from goldthread.chapters.model import MEMBER, Chapter, Chart, Column, Figure, Rows, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.model.figures import Answer
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.topics import topic_of_series, topics
from goldthread.chapters.words import months
from goldthread.evidence.feeds import feed_named

ID = "outcomes"
TITLE = "What became of recorded crimes"
SHOWN = (CHARGED, OUT_OF_COURT, NOT_PROSECUTED, NO_SUSPECT, NONE_YET, UNAVAILABLE)
WAYS = {
    CHARGED: "led to a charge or summons",
    OUT_OF_COURT: "were dealt with out of court",
    NOT_PROSECUTED: "had a suspect who could not be prosecuted, most often because the victim did not support it",
    NO_SUSPECT: "were closed with no suspect identified",
}
FEWEST_OF_A_TYPE = 100  # crimes; a share of fewer is too rough to put beside others


def write(brief: Brief) -> Chapter:
    """What share of crimes led to a charge, to no suspect or to no prosecution, by type, and how that changed."""
    page = Page(brief, ID, TITLE, "violence-and-sexual-offences", (OUTCOMES,))
    found = page.brief.found(Ended)
    if found.now is None or found.months is None:
        return page.missing("what became of recorded crimes")
    figures = {outcome: _figure(page, found, outcome) for outcome in WAYS}
    _told(page, found, figures)
    page.show("recorded", _table(page, found), _chart(page, found))
    if found.too_young:
        page.bear_in_mind("outcomes-take-time")
    _finding_of_change(page, found, figures)
    _finding_of_type(page, found)
    return page.chapter(
        "Most victims will not see a charge, so what else they are offered matters: being told what happened, "
        "support, and work on the places and people behind the crimes that are never solved."
    )


def _when(found: Ended) -> str:
    assert found.months is not None
    return months(str(found.months.first), str(found.months.last))


def _figure(page: Page, found: Ended, outcome: str) -> Figure:
    """A share of the cohort with this outcome, and how it moved from the year before where that can be said."""
    now, before = found.now, found.before
    assert now is not None and found.months is not None
    share = share_of(now.counts.get(outcome, 0), now.crimes)
    answer: dict[str, Answer] = {
        "n": now.counts.get(outcome, 0),
        "crimes": now.crimes,
        "share": float(share.share),
        "low": float(share.low),
        "high": float(share.high),
    }
    if before is not None and before.crimes:
        gap = share_moved(before, now, outcome)
        answer |= {
            "share_before": before.share(outcome),
            "points": float(gap.points),
            "points_low": float(gap.low),
            "points_high": float(gap.high),
        }
        if outcome in found.tests and page.brief.verdicts is not None:
            answer["p"] = page.brief.verdicts[found.tests[outcome]].p
    return page.figure(
        Figure(
            id=f"{ID}.{slug(outcome)}",
            asks=f"What share of crimes at least three months old had this outcome: {outcome.lower()}?",
            question="goldthread.analysis.outcomes.cohort",
            answer=answer,
            rows=Rows(
                "incidents",
                tuple(found.by_type),
                (str(found.months.first), str(found.months.last)),
                where={"feed": STREET},
            ),
            parameters={"age": now.age, "dated": found.dated},
            caveats=("outcomes-take-time",),
            count_keys=("n", "crimes"),
            source=feed_named(STREET).title,
        )
    )


def _told(page: Page, found: Ended, figures: Mapping[str, Figure]) -> None:
    charged = figures[CHARGED]
    within = "within three months of being recorded" if found.dated else "so far"
    page.say(
        "recorded",
        f"Of {said(charged, 'crimes', 'n')} crimes recorded in {_when(found)}, {said(charged, 'share', 'share1')} "
        f"{WAYS[CHARGED]} {within}, {said(figures[NO_SUSPECT], 'share', 'share1')} {WAYS[NO_SUSPECT]}, and "
        f"{said(figures[NOT_PROSECUTED], 'share', 'share1')} {WAYS[NOT_PROSECUTED]}.",
        MEMBER,
    )
    if found.too_young:
        page.say(
            "recorded",
            "Crimes under three months old at the end of the period are left out, because they have not had time to "
            "be dealt with.",
        )
    page.say("recorded", _change(page, found, figures[CHARGED], CHARGED, "charged"))
    if found.before is not None:
        page.say("recorded", _change(page, found, figures[NO_SUSPECT], NO_SUSPECT, "closed with no suspect"))


def verdict(page: Page, found: Ended, outcome: str) -> str:
    """What can be said of the change in a share: rise, fall, perhaps, unclear, or nothing."""
    test = found.tests.get(outcome)
    if test is None or page.brief.verdicts is None or found.before is None or found.now is None:
        return "nothing"
    if page.brief.stands(test):
        return "rise" if found.now.share(outcome) > found.before.share(outcome) else "fall"
    return "perhaps" if page.brief.verdicts[test].p <= ALONE else "unclear"


def _change(page: Page, found: Ended, figure: Figure, outcome: str, words: str) -> str:
    told = verdict(page, found, outcome)
    if told == "nothing":
        why = found.why_not or "there is nothing to compare with"
        return f"No change from the year before is given: {why}."
    before = f"in the same months a year before it was {said(figure, 'share_before', 'share1')}"
    spread = f"{said(figure, 'points_low', 'signed1')} to {said(figure, 'points_high', 'signed1')} points"
    if told == "unclear":
        return f"The share {words} did not clearly change: {before} (difference {spread}, which is within chance)."
    if told == "perhaps":
        return (
            f"The share {words} may have changed: {before} (difference {spread}). It would count as a change taken "
            "alone, but does not stand among all the tests in this assessment."
        )
    way = "higher" if told == "rise" else "lower"
    return (
        f"The share {words} is {said(figure, 'points', 'points')} {way}: {before} (difference {spread}), more than "
        "chance would give."
    )


def _types(found: Ended) -> list[tuple[str, Cohort]]:
    return sorted(found.by_type.items(), key=lambda one: (-one[1].crimes, one[0]))


def _table(page: Page, found: Ended) -> Table:
    assert found.now is not None
    rows: list[tuple[Cell, ...]] = []
    for name, cohort in [*_types(found), ("All crimes", found.now)]:
        rows.append((name, cohort.crimes, *(100 * cohort.share(outcome) for outcome in SHOWN)))
    none = "No outcome in three months" if found.dated else "No outcome recorded"
    titles = {NONE_YET: none, NOT_PROSECUTED: "Could not be prosecuted", NO_SUSPECT: "No suspect"}
    return Table(
        id=f"{ID}.by-type",
        title=f"What became of crimes recorded in {_when(found)}, by type",
        columns=(
            Column("type", "Type"),
            Column("crimes", "Crimes", "count"),
            *(Column(f"o{at}", titles.get(outcome, outcome), "percent") for at, outcome in enumerate(SHOWN)),
        ),
        rows=tuple(rows),
        source=f"{feed_named(STREET).title}; {feed_named(OUTCOMES).title}" if found.dated else feed_named(STREET).title,
        note="Outcomes that are few are not shown, so shares need not add up to 100. A status that is unavailable is "
        "shown and never dropped, because dropping it would raise every other share.",
        total_row=True,
        figures=tuple(page.figures),
    )


def _chart(page: Page, found: Ended) -> Chart:
    """The share charged by type, with intervals, beside all crimes."""
    assert found.now is not None
    kept = [(name, cohort) for name, cohort in _types(found) if cohort.crimes >= FEWEST_OF_A_TYPE]
    shares = [share_of(cohort.counts.get(CHARGED, 0), cohort.crimes) for _, cohort in kept]
    order = sorted(range(len(kept)), key=lambda at: -float(shares[at].share))
    return Chart(
        id=f"{ID}.charged",
        kind="dots",
        title="Share of crimes that led to a charge or summons, by type",
        describes="A dot and its likely range for each type of crime, highest first, beside the share of all crimes.",
        series=(
            Series(
                "Charged or summonsed, %",
                tuple(kept[at][0] for at in order),
                tuple(100 * float(shares[at].share) for at in order),
                tuple(100 * float(shares[at].low) for at in order),
                tuple(100 * float(shares[at].high) for at in order),
            ),
        ),
        source=feed_named(STREET).title,
        y_title="Per cent of crimes at least three months old",
        parameters={"reference": 100 * found.now.share(CHARGED), "reference_label": "All crimes"},
        figures=(f"{ID}.charged-or-summonsed",),
    )


def _finding_of_change(page: Page, found: Ended, figures: Mapping[str, Figure]) -> None:
    told = verdict(page, found, CHARGED)
    charged = figures[CHARGED]
    title = {
        "rise": "A larger share of crimes led to a charge than a year before",
        "fall": "A smaller share of crimes led to a charge than a year before",
    }.get(told, f"{said(charged, 'share', 'share')} of recorded crimes led to a charge or summons")
    most = _most(found, NO_SUSPECT)
    unsolved = _of_type(page, found, most, NO_SUSPECT) if most is not None else None
    page.find(
        "outcomes-of-all-crime",
        topic=most[1] if most is not None else "violence-and-sexual-offences",
        title=title,
        statement=f"Of {said(charged, 'crimes', 'n')} crimes that have had three months to be dealt with, "
        f"{said(charged, 'share', 'share1')} {WAYS[CHARGED]} and {said(figures[NO_SUSPECT], 'share', 'share1')} "
        f"{WAYS[NO_SUSPECT]}. {_change(page, found, charged, CHARGED, 'charged')}"
        + (f" {_most_of(most[1], unsolved)}" if most is not None and unsolved is not None else ""),
        so_what="For most victims the case ends without a result in court, so trust rests on what else they are "
        "offered.",
        figures=[f for f in (charged, figures[NO_SUSPECT], unsolved) if f is not None],
        n=float(charged.answer["crimes"] or 0),
        harm=0.3,
        certainty=STANDS if told in ("rise", "fall") else COUNTED,
        public=f"About {said(charged, 'share', 'share')} of crimes led to a charge. You can ask the police what was "
        "done.",
    )


def _most(found: Ended, outcome: str) -> tuple[str, str] | None:
    """The type with most crimes that ended so, and its topic; None where there are too few to give a share of."""
    known = {name: topic.id for name in found.by_type if (topic := topic_of_series(name)) is not None}
    counts = {name: found.by_type[name].counts.get(outcome, 0) for name in known}
    most = max(counts, key=lambda name: (counts[name], name), default=None)
    if most is None or not counts[most] or found.by_type[most].crimes < FEWEST_OF_A_TYPE:
        return None
    return most, known[most]


def _most_of(topic: str, figure: Figure) -> str:
    about = topics()[topic]
    return (
        f"More of those closed with no suspect are {about.many} than of any other type: {said(figure, 'n', 'n')}, "
        f"{said(figure, 'share', 'share')} of all {about.many}."
    )


def _of_type(page: Page, found: Ended, most: tuple[str, str], outcome: str) -> Figure:
    """The share of one type of crime that ended so."""
    assert found.months is not None
    name, topic = most
    cohort = found.by_type[name]
    n = cohort.counts.get(outcome, 0)
    share = share_of(n, cohort.crimes)
    ends = {"share": float(share.share), "low": float(share.low), "high": float(share.high)}
    return page.figure(
        Figure(
            id=f"{ID}.{topic}.{slug(outcome)}",
            asks=f"What share of {topics()[topic].many} had this outcome: {outcome.lower()}?",
            question="goldthread.analysis.outcomes.cohort",
            answer={"n": n, "crimes": cohort.crimes, **ends},
            rows=Rows("incidents", (name,), (str(found.months.first), str(found.months.last)), where={"feed": STREET}),
            parameters={"age": cohort.age, "dated": found.dated},
            caveats=("outcomes-take-time",),
            count_keys=("n", "crimes"),
            source=feed_named(STREET).title,
        )
    )


def _finding_of_type(page: Page, found: Ended) -> None:
    """The type in which most people who reported saw a suspect who could not be prosecuted."""
    most = _most(found, NOT_PROSECUTED)
    if most is None:
        return
    figure, about = _of_type(page, found, most, NOT_PROSECUTED), topics()[most[1]]
    page.find(
        "could-not-be-prosecuted",
        topic=about.id,
        title=f"{about.title}: {said(figure, 'share', 'share')} had a suspect who could not be prosecuted",
        statement=f"Of {said(figure, 'crimes', 'n')} {about.many} that have had three months to be dealt with, "
        f"{said(figure, 'n', 'n')} ({said(figure, 'share', 'share')}) had a suspect who could not be prosecuted, most "
        "often because the victim did not support it or the evidence fell short.",
        so_what="Someone is known in each of these, so the chance to protect a victim and to change what a person "
        "does next is there, whatever the court does.",
        figures=[figure],
        n=float(figure.answer["n"] or 0),
        harm=0.6,
    )
