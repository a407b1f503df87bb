"""The equality lens: what is held of characteristics that the law protects, how completely, and who is harmed more."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.groups import CRIME, REFERENCE, Group, Groups
from goldthread.chapters.model import Block, Box, Chapter, Column, Figure, Gap, Heading, Paragraph, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import listed, number, percent
from goldthread.evidence.feeds import feed_named

ID = "equality"
TITLE = "Equality: who is harmed, and what is known of it"
# The nine of section 4 of the Equality Act 2010, and words by which a series or a measure speaks of one.
PROTECTED = {
    "Age": ("aged",),
    "Disability": ("disabled", "disability"),
    "Gender reassignment": ("transgender",),
    "Marriage and civil partnership": (),
    "Pregnancy and maternity": (),
    "Race": ("racially", "race"),
    "Religion or belief": ("religion", "faith"),
    "Sex": ("women", "who are male"),
    "Sexual orientation": ("lgbt", "sexual orientation"),
}
ELSEWHERE = ("people", "hate-crime", "stop-and-search", "residents", "domestic-abuse")


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """What is held of each protected characteristic, how completely, and victims by ethnic group beside residents."""
    found = brief.found(Groups)
    held = _held_by(brief, found)
    lacking = [name for name, where in held.items() if not where]
    gaps = (
        Gap(
            f"How people differ by {listed([name.lower() for name in lacking])}",
            "The equality duty asks who is harmed and who is helped; what nobody writes down cannot be seen.",
            "Partnership manager",
        ),
    )
    blocks: list[Block] = [
        Paragraph(
            text="Public bodies must have due regard to equality (Equality Act 2010, section 149). This "
            "says what the data sets hold of the nine protected characteristics, how completely, and what can be seen."
        ),
        _characteristics(held),
    ]
    figures: list[Figure] = []
    if found.held:
        blocks.append(_completeness(found))
    if found.victims:
        figures = [_figure(brief, found), *(_ratio(brief, g) for g in found.groups if g.ratio is not None and g.test)]
        blocks += [Heading(text="Recorded victims by ethnic group"), *_ethnic(brief, found)]
    where = [c.title for c in chapters if c.id in ELSEWHERE and not c.missing]
    if where:
        blocks.append(Paragraph(text=f"Groups of people are looked at in these chapters too: {listed(where)}."))
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), gaps=gaps if lacking else ())


def _held_by(brief: Brief, found: Groups) -> dict[str, list[str]]:
    """Which data sets hold each characteristic: by a column, or by the name of a measure or category."""
    rows = brief.evidence.rows("SELECT DISTINCT feed, lower(measure) FROM measures")
    rows += brief.evidence.rows("SELECT DISTINCT feed, lower(category) FROM incidents WHERE feed = 'hate-crime'")
    columns = {"Age": "age", "Sex": "sex", "Race": "ethnicity"}
    told: dict[str, list[str]] = {}
    for name, words in PROTECTED.items():
        feeds = [h.feed for h in found.held if name in columns and getattr(h, columns[name]) is not None]
        feeds += [feed for feed, said in rows if said and any(w in said for w in words)]
        told[name] = [feed_named(f).title for f in dict.fromkeys(feeds)]
    return told


def _characteristics(held: dict[str, list[str]]) -> Table:
    return Table(
        id="equality.held",
        title="The nine protected characteristics, and which data sets hold them",
        columns=(Column("name", "Characteristic"), Column("held", "Held by")),
        rows=tuple((name, "; ".join(where) or "No data set that came") for name, where in held.items()),
        source="The data sets received; Equality Act 2010, section 4",
    )


def _completeness(found: Groups) -> Table:
    def share(n: int | None, of: int) -> Cell:
        return None if n is None else 100 * n / of if of else None

    return Table(
        id="equality.completeness",
        title="How completely age, sex and ethnic group are known",
        columns=(
            Column("feed", "Data set"),
            Column("rows", "Rows in the period", "count"),
            Column("age", "Age band known", "percent", ("rows",)),
            Column("sex", "Sex known", "percent", ("rows",)),
            Column("ethnicity", "Ethnic group known", "percent", ("rows",)),
        ),
        rows=tuple(
            (feed_named(h.feed).title, h.rows, share(h.age, h.rows), share(h.sex, h.rows), share(h.ethnicity, h.rows))
            for h in found.held
        ),
        source="The evidence file; rows about no person, such as thefts from shops, have none and are among the rows",
        protected=True,
    )


def _figure(brief: Brief, found: Groups) -> Figure:
    return Figure(
        id="equality.victims",
        asks="Of how many recorded victims is the ethnic group known?",
        question="goldthread.chapters.measuring.groups.measure_groups",
        answer={"victims": found.victims, "known": found.known},
        rows=Rows("incidents", months=(str(brief.period.first), str(brief.period.last)), where={"feed": CRIME}),
        caveats=("recorded-not-all",),
        protected=True,
        count_keys=("victims",),
        source=feed_named(CRIME).title,
    )


def _ratio(brief: Brief, group: Group) -> Figure:
    return Figure(
        id=f"equality.{group.name.lower()}",
        asks=f"Are people recorded as {group.name} victims more often than people recorded as {REFERENCE}?",
        question="goldthread.analysis.change.ratios.rate_ratio",
        answer={
            "people": group.people,
            "ratio": group.ratio,
            "low": group.low,
            "high": group.high,
            "p": group.p,
            "stands": int(brief.stands(group.test)),
        },
        rows=Rows(
            "incidents",
            months=(str(brief.period.first), str(brief.period.last)),
            where={"feed": CRIME, "ethnicity": group.name},
        ),
        caveats=("recorded-not-all",),
        protected=True,
        count_keys=("people",),
        source=feed_named(CRIME).title,
    )


def _ethnic(brief: Brief, found: Groups) -> list[Block]:
    """Groups side by side where enough is known, and why not where it is not."""
    known = "{{equality.victims:known:share}} of {{equality.victims:victims:n}} people recorded as victims"
    if not found.complete:
        why = "less than four fifths" if found.known else "too little"
        return [
            Box(
                kind="caveat",
                title="Not said: whether any group is harmed more",
                text=f"The ethnic group of {known} is known, which is {why} to compare groups, or residents by group "
                "were not supplied. A ratio would say more of who was asked than of who was harmed.",
            )
        ]
    stand = [g for g in found.groups if g.test and brief.stands(g.test) and g.ratio is not None]
    if stand:
        said = [f"{g.name} ({{{{equality.{g.name.lower()}:ratio:ratio2}}}})" for g in stand]
        text = f"Beside residents, these groups differ from people recorded as {REFERENCE} by more than chance: "
        text += f"{listed(said)}. A figure above one is more often, below one less often."
    else:
        text = f"Beside residents, no group differs from people recorded as {REFERENCE} by more than chance would give."
    return [
        Paragraph(text=f"The ethnic group of {known} is known. {text}"),
        _groups(brief, found),
        Box(
            kind="caveat",
            title="What this cannot show",
            text="The base is who lives here by the census, which is older than the period. Groups differ in age, in "
            "who reports and in who is asked; a ratio does not say why.",
        ),
    ]


def _groups(brief: Brief, found: Groups) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for g in found.groups:
        wide = f"{number(g.low, 2)} to {number(g.high, 2)}" if g.low is not None and g.high is not None else "–"
        verdict = (
            "Reference" if g.name == REFERENCE else "Too few to tell" if g.ratio is None else "No clear difference"
        )
        if g.test and brief.stands(g.test) and g.ratio is not None:
            verdict = "More often" if g.ratio > 1 else "Less often"
        rows.append((g.name, g.people, percent(100 * g.residents, 1), g.ratio, wide, verdict))
    return Table(
        id="equality.ethnic",
        title="People recorded as victims, by ethnic group, beside residents",
        columns=(
            Column("group", "Ethnic group"),
            Column("people", "People", "count"),
            Column("residents", "Share of residents"),
            Column("ratio", f"Rate beside {REFERENCE}", "ratio", ("people",)),
            Column("range", "Likely range", "text", ("people",)),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source=f"{feed_named(CRIME).title}; ethnic group of residents, census",
        protected=True,
        figures=("equality.victims",),
    )
