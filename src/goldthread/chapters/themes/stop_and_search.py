"""Stop and search: how many, for what, with what result, and of whom."""

from __future__ import annotations

from goldthread.analysis.searches import CAVEATS, GroupSearched
from goldthread.analysis.shares import share_of
from goldthread.chapters.brief import ALONE, Brief, Line
from goldthread.chapters.findings import ALONE as DOUBTFUL
from goldthread.chapters.findings import COUNTED, STANDS
from goldthread.chapters.measuring.searched import REFERENCE, RESULT, SEARCHES, Searched
from goldthread.chapters.model import Box, Chapter, Chart, Column, Figure, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.themes.form import Page, said
from goldthread.chapters.themes.tallies import known, share, shares_table, tally, total
from goldthread.chapters.themes.when import at_night, night_sentence
from goldthread.chapters.themes.where import by_ward

ID = "stop-and-search"
TITLE = "Stop and search"
LINE = "police-uk-stop-and-search.stop-and-search"
WEAPONS = "weapon"
PEOPLE = {
    "Asian": "Asian people",
    "Black": "Black people",
    "Mixed": "People of mixed ethnicity",
    "Other": "People of other ethnic groups",
}
# The feed keeps one answer on ethnicity, so the method's own caveat on two answers gives way to this one.
READING = (
    *(c for c in CAVEATS if not c.startswith("Ethnicity")),
    "Ethnicity is as the person gave it; those who gave none are in no group.",
)
# A ratio at which a group is searched twice as often, and a low end from which a ratio above one is clear.
TWICE, CLEARLY = 2.0, 1.2


def write(brief: Brief) -> Chapter:
    """Searches, what they led to, and whether any group is searched more than its number of residents would bring."""
    page = Page(brief, ID, TITLE, "possession-of-weapons", (SEARCHES,))
    line, found = page.line(LINE), page.brief.found(Searched)
    if line is None or not found.total:
        return page.missing("stop and search")
    figure = page.headline("recorded", line, f"Police searched people and vehicles %s times in {page.when}.")
    page.bear_in_mind("police-activity")
    result = _result(page, line, found)
    weapons = _objects(page, line)
    nights = at_night(page, "who", line, "searches")
    if nights is not None:
        page.introduce("who", night_sentence(nights, "searches"))
    by_ward(page, "who", line, "searches")
    _ages(page, line)
    page.find(
        "result",
        title=f"{said(result, 'share', 'share')} of searches led to something",
        statement=f"Police made {said(figure, 'after', 'n')} searches. {page.change(line)} {_result_words(result)} "
        f"{_result_change(page, found, result)}",
        so_what="A search that leads to nothing still costs trust, so the share that leads to something matters more "
        "than how many there are.",
        figures=[f for f in (figure, result, weapons) if f is not None],
        n=total(line, page.brief),
        harm=0.3,
        recommendation="Put the results of searches, by what was looked for, before the scrutiny panel each quarter.",
    )
    if found.groups is not None:
        _groups(page, line, found)
    else:
        page.say(
            "who", "The make-up of the residents was not supplied, so searches of different groups cannot be compared."
        )
    return page.chapter(
        "Searches are a choice of the police and not a measure of crime. They should be read for what they find and "
        "for whom they fall on, by a panel that can see the record of each."
    )


def _result(page: Page, line: Line, found: Searched) -> Figure:
    asks = "What share of searches led to something more than no further action?"
    figure = share(page, line, "result", asks, found.result, found.total)
    page.say("recorded", f"{_result_words(figure)} {_result_change(page, found, figure)}")
    linked = share(
        page,
        line,
        "linked",
        "What share of searches led to something linked to what was looked for?",
        found.linked,
        found.total,
        {"flag": "linked"},
    )
    page.say("recorded", f"In {said(linked, 'share', 'share')} of all searches it was linked to what was looked for.")
    return figure


def _result_words(figure: Figure) -> str:
    return (
        f"{said(figure, 'part', 'n')} of them ({said(figure, 'share', 'share')}) led to something, such as an arrest, "
        "a warning or a resolution, and the rest to no further action."
    )


def _result_change(page: Page, found: Searched, figure: Figure) -> str:
    if not found.before or page.brief.verdicts is None:
        return "Nothing was supplied for the year before."
    was = share_of(found.before_result, found.before)
    before = page.figure(
        Figure(
            id=f"{ID}.result-before",
            asks="What share of searches led to something a year before?",
            question="goldthread.analysis.shares.share_of",
            answer={"part": found.before_result, "whole": found.before, "share": float(was.share)},
            rows=type(figure.rows)(
                "incidents",
                figure.rows.series,
                (str(page.brief.before.first), str(page.brief.before.last)),
                where=figure.rows.where,
            ),
            count_keys=("part", "whole"),
            source=figure.source,
        )
    )
    year_before = f"A year before it was {said(before, 'share', 'share')}"
    if page.brief.stands(RESULT):
        way = "higher" if float(figure.answer["share"] or 0) > float(was.share) else "lower"
        return f"{year_before}, so the share is {way} by more than chance would give."
    if page.brief.verdicts[RESULT].p <= ALONE:
        return (
            f"{year_before}; taken alone that would count as a change, but it does not stand among all the tests here."
        )
    return f"{year_before}, and the difference is within chance."


def _objects(page: Page, line: Line) -> Figure | None:
    objects = tally(page.brief, line, "category")
    page.show("recorded", shares_table(page, line, objects, "objects", "What was looked for", "Object of the search"))
    some = sum(n for words, n in known(objects).items() if WEAPONS in words.casefold() or "firearm" in words.casefold())
    if not known(objects):
        return None
    asks = "What share of searches looked for weapons?"
    figure = share(page, line, "weapons", asks, some, sum(objects.values()))
    page.say("recorded", f"{said(figure, 'share', 'share')} of searches were for weapons.")
    return figure


def _ages(page: Page, line: Line) -> None:
    ages = known(tally(page.brief, line, "age_band"))
    young = sum(n for band, n in ages.items() if band in ("under 10", "10-17"))
    if not sum(ages.values()):
        return
    asks = "What share of those searched whose age is known were under 18?"
    figure = share(page, line, "under-18", asks, young, sum(ages.values()))
    page.say(
        "who",
        f"{said(figure, 'share', 'share')} of those whose age is known were under 18 ({said(figure, 'part', 'n')}).",
    )


def _groups(page: Page, line: Line, found: Searched) -> None:
    assert found.groups is not None
    shown = [g for g in found.groups.groups if g.searches]
    page.show("who", _table(page, line, found), _chart(page, line, shown))
    unused = [g.group for g in found.groups.groups if not g.searches and g.residents]
    told, figures, clear = [], [], []
    for group in shown:
        if group.group == REFERENCE or group.group not in found.tests:
            continue
        figure = _ratio(page, line, group)
        figures.append(figure)
        stands = page.brief.stands(found.tests[group.group])
        clear += [(group, figure)] if stands and group.ratio > 1 else []
        told.append(_group_sentence(group, figure, stands=stands))
    stated = share(
        page,
        line,
        "ethnicity-stated",
        "Of what share of people searched is the ethnic group known?",
        found.groups.searches - found.groups.not_stated,
        found.groups.searches,
    )
    page.say("who", " ".join(told))
    page.say(
        "who",
        f"The ethnic group is known for {said(stated, 'share', 'share')} of people searched. The table shows how far "
        "the rest could move each ratio."
        + (
            f" No search is recorded of anyone in the group {unused[0]}, whose heading may not be in use."
            if unused
            else ""
        ),
    )
    page.show("who", Box(kind="caveat", title="How to read these ratios", text=" ".join(READING)))
    _finding(page, clear, figures, stated)


def _ratio(page: Page, line: Line, group: GroupSearched) -> Figure:
    return page.figure(
        Figure(
            id=f"{ID}.{group.group.casefold()}",
            asks=f"How many times as often as White residents were {group.group} ones searched, for their number?",
            question="goldthread.analysis.searches.disproportionality",
            answer={
                "searches": group.searches,
                "residents": group.residents,
                "rate": group.rate,
                "ratio": group.ratio,
                "low": group.low,
                "high": group.high,
                "least": group.if_all_reference,
                "most": group.if_all_group,
                "found": group.found,
                "find_rate": group.find_rate,
            },
            rows=line.rows(page.brief.period).__class__(
                "incidents",
                line.series,
                (str(page.brief.period.first), str(page.brief.period.last)),
                where={"feed": SEARCHES, "ethnicity": group.group},
            ),
            parameters={"reference": REFERENCE},
            caveats=("resident-base",),
            protected=line.feed.protected,
            count_keys=("searches", "found"),
            source=line.feed.title,
        )
    )


def _group_sentence(group: GroupSearched, figure: Figure, *, stands: bool) -> str:
    ends = f"likely range {said(figure, 'low', 'n1')} to {said(figure, 'high', 'n1')}"
    told = (
        f"{PEOPLE[group.group]} were searched {said(figure, 'ratio', 'n1')} times as often as White people, for their "
        f"number of residents ({ends})"
    )
    if not stands:
        return f"{told}, which cannot be told from no difference."
    way = "more" if group.ratio > 1 else "less"
    return f"{told}: {way} often, by more than chance would give."


def _finding(page: Page, clear: list[tuple[GroupSearched, Figure]], figures: list[Figure], stated: Figure) -> None:
    if not figures:
        return
    if not clear:
        page.find(
            "who-is-searched",
            title="No group is clearly searched more than its number of residents would bring",
            statement="For their number of residents no ethnic group was searched more than White people by more than "
            f"chance would give. The ethnic group is known for {said(stated, 'share', 'share')} of people searched.",
            so_what="That is no proof that each search was fair; the reasons given and what was found should still be "
            "read.",
            figures=[*figures, stated],
            n=float(stated.answer["whole"] or 0),
            harm=0.2,
            certainty=COUNTED,
            recommendation="Keep the scrutiny panel’s reading of search records, and raise the share whose ethnicity "
            "is known.",
        )
        return
    most, figure = max(clear, key=lambda one: one[0].ratio)
    page.find(
        "who-is-searched",
        title=f"{PEOPLE[most.group]} are searched {said(figure, 'ratio', 'n1')} times as often as White people",
        statement=f"{PEOPLE[most.group]} were searched {said(figure, 'ratio', 'n1')} times as often as White people, "
        f"for their number of residents (likely range {said(figure, 'low', 'n2')} to {said(figure, 'high', 'n2')}). "
        f"That rests on {said(figure, 'searches', 'count|search|searches')}, of which "
        f"{said(figure, 'find_rate', 'share')} led to something. The ethnic group is known for "
        f"{said(stated, 'share', 'share')} of people searched.",
        so_what="It does not show why, nor that any one search was wrong; it does show whom this power falls on, and "
        "that must be explained to them.",
        figures=[figure, *[f for f in figures if f is not figure], stated],
        n=float(figure.answer["searches"] or 0),
        harm=0.65 if most.ratio >= TWICE else 0.45,
        certainty=STANDS if most.low >= CLEARLY else DOUBTFUL,
    )


def _table(page: Page, line: Line, found: Searched) -> Table:
    assert found.groups is not None
    rows: list[tuple[Cell, ...]] = [
        (
            g.group,
            g.searches,
            g.residents,
            g.rate,
            None if g.ratio != g.ratio else g.ratio,
            f"{g.low:.1f} to {g.high:.1f}" if g.group != REFERENCE and g.searches else "–",
            f"{g.if_all_reference:.1f} to {g.if_all_group:.1f}" if g.group != REFERENCE and g.searches else "–",
            100 * g.find_rate if g.searches else None,
        )
        for g in found.groups.groups
    ]
    rows.append(("Not stated", found.groups.not_stated, None, None, None, "–", "–", None))
    return Table(
        id=f"{ID}.groups",
        title="People searched, by ethnic group",
        columns=(
            Column("group", "Ethnic group"),
            Column("searches", "Searches", "count"),
            Column("residents", "Residents", "number"),
            Column("rate", "For every 1,000 residents", "rate", ("searches",)),
            Column("ratio", "Times the rate of White people", "ratio", ("searches",)),
            Column("interval", "Likely range", "text", ("searches",)),
            Column("bounds", "Were all not stated White, or of this group", "text", ("searches",)),
            Column("result", "Led to something", "percent", ("searches",)),
        ),
        rows=tuple(rows),
        source=f"{line.feed.title}; Census 2021",
        note=f"{found.no_person} searches have neither sex, age nor ethnicity, most likely of a vehicle alone, and are "
        "left out.",
        protected=line.feed.protected,
        figures=tuple(f"{ID}.{g.casefold()}" for g in found.tests),
    )


def _chart(page: Page, line: Line, shown: list[GroupSearched]) -> Chart:
    return Chart(
        id=f"{ID}.rates",
        kind="dots",
        title="Searches for every 1,000 residents of each group",
        describes="A dot and its likely range for each ethnic group, beside the rate of White residents.",
        series=(
            Series(
                "Rate",
                tuple(g.group for g in shown),
                tuple(g.rate for g in shown),
                tuple(g.rate_low for g in shown),
                tuple(g.rate_high for g in shown),
            ),
        ),
        source=f"{line.feed.title}; Census 2021",
        y_title="For every 1,000 residents",
        parameters={
            "reference": next((g.rate for g in shown if g.group == REFERENCE), None),
            "reference_label": "White residents",
        },
        protected=line.feed.protected,
        figures=tuple(f"{ID}.{g.group.casefold()}" for g in shown if g.group != REFERENCE),
    )
