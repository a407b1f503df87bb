"""Suspects: what became of children suspected, who was suspected, and how often the same people were."""

from __future__ import annotations

from goldthread.chapters.brief import Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.model import Column, Figure, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import flag_came, flagged, share, total
from goldthread.chapters.themes.who import people, people_sentence, under

SUSPECTS = "police-local-suspects.police-suspects"
# The first words of what police systems call an outcome, to what it comes to for the person.
COMES_TO = (
    ("charge", "Charged or summonsed"),
    ("caution", "Cautioned"),
    ("community resolution", "Community resolution"),
    ("not support", "Victim does not support action"),
    ("public interest", "Not in the public interest"),
)
OFTEN = 3  # crimes in the period


def comes_to(outcome: str) -> str:
    """What an outcome in a police system's words comes to; its own words when none is known."""
    plain = outcome.casefold()
    return next((words for part, words in COMES_TO if part in plain), outcome)


def disposals(page: Page, section: Section) -> None:
    """This will set out what became of crimes of which children were suspected."""
    line = page.line(SUSPECTS)
    if line is None:
        return
    condition, values = rows_of(line, page.brief.period)
    rows = page.brief.evidence.rows(
        f"SELECT age_band, coalesce(outcome, ''), count(*) FROM incidents WHERE {condition} AND age_band IS NOT NULL "
        "GROUP BY 1, 2",
        values,
    )
    young = set(under([band for band, _, _ in rows], 18))
    if not young:
        return
    ended: dict[str, int] = {}
    for band, outcome, n in rows:
        if band in young:
            ended[comes_to(outcome) if outcome else "No outcome yet"] = (
                ended.get(comes_to(outcome) if outcome else "No outcome yet", 0) + n
            )
    whole = sum(ended.values())
    asks = "Of times a child was suspected of a crime, what share ended in a charge or summons?"
    figure = share(page, line, "children-charged", asks, ended.get("Charged or summonsed", 0), whole)
    page.say(
        section,
        f"Children were suspected {said(figure, 'whole', 'n')} times in {page.when}, and "
        f"{said(figure, 'share', 'share')} of those ended in a charge or summons. A suspect is not an offender, and "
        "one child may be suspected several times.",
    )
    page.show(section, _table(page, line, ended))
    page.bear_in_mind("suspects-only")


def _table(page: Page, line: Line, ended: dict[str, int]) -> Table:
    order = sorted(ended, key=lambda words: (-ended[words], words))
    rows: list[tuple[Cell, ...]] = [(words, ended[words]) for words in order]
    rows.append(("All", sum(ended.values())))
    return Table(
        id=f"{page.id}.disposals",
        title="Crimes of which a child was suspected, by what became of them",
        columns=(Column("outcome", "Outcome"), Column("n", "Count", "count")),
        rows=tuple(rows),
        source=line.feed.title,
        protected=True,
        total_row=True,
    )


def suspects(page: Page, section: Section) -> list[Figure]:
    """This will set out who was suspected, whether they live here, and how many were suspected often."""
    line = page.line(SUSPECTS)
    if line is None:
        return []
    whole = total(line, page.brief)
    figures = []
    female, age = people(page, section, line, "suspects")
    page.introduce(section, people_sentence(female, age, "suspects"))
    if flag_came(page.brief, line.feed.name, "lives in area"):
        here = flagged(page.brief, line, "lives in area")["lives in area"]
        asks = "What share of suspects live in the area?"
        resident = share(page, line, "live-here", asks, here, whole, {"flag": "lives in area"})
        page.say(section, f"{said(resident, 'share', 'share')} of suspects live in the area.")
        figures.append(resident)
    often = _often(page, line)
    if often is not None:
        figures.append(often)
        page.say(
            section,
            f"{said(often, 'people', 'n')} people were suspected of {said(often, 'whole', 'n')} crimes. Those "
            f"suspected of {OFTEN} or more ({said(often, 'often', 'n')} people, "
            f"{said(often, 'often_share', 'share')}) were suspected of {said(often, 'share', 'share')} of the crimes. "
            "One person may have several records, so these are undercounted.",
        )
    page.bear_in_mind("suspects-only")
    return [f for f in (female, age, *figures) if f is not None]


def _often(page: Page, line: Line) -> Figure | None:
    """People suspected of three or more crimes in the period, and the share of crimes that they account for."""
    condition, values = rows_of(line, page.brief.period)
    rows = page.brief.evidence.rows(
        f"SELECT n, count(*) FROM (SELECT person, count(DISTINCT reference) AS n FROM incidents WHERE {condition} AND "
        "person IS NOT NULL GROUP BY 1) GROUP BY 1",
        values,
    )
    whole, everyone = (sum(n * k for n, k in rows), sum(k for _, k in rows))
    if not whole:
        return None
    many = [(n, k) for n, k in rows if n >= OFTEN]
    some = sum(k for _, k in many)
    asks = "What share of crimes with a suspect have one of those suspected of three or more?"
    figure = share(page, line, "suspected-often", asks, sum(n * k for n, k in many), whole)
    answer = {**figure.answer, "people": everyone, "often": some, "often_share": some / everyone}
    return page.figure(
        Figure(**{**figure.__dict__, "answer": answer, "count_keys": (*figure.count_keys, "people", "often")})
    )
