"""What is not known: every gap that a chapter met and every data set that did not come, by who could mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.peer_tables import TABLES
from goldthread.chapters.model import ANALYST, Block, Chapter, Column, Figure, Gap, Heading, Paragraph, Rows, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.words import in_words, listed, plural
from goldthread.evidence.definitions import definition
from goldthread.evidence.feeds import Feed, all_feeds

ID = "gaps"
TITLE = "What we do not know"
# What the published tables of people and places bring, asked of the evidence file.
PUBLISHED: Mapping[str, str] = {
    "population": "SELECT count(population) > 0 FROM places",
    "households": "SELECT count(households) > 0 FROM places",
    "workday-population": "SELECT count(workday) > 0 FROM places",
    "deprivation": "SELECT count(imd_decile) > 0 FROM places",
}
BY_LAW, AGREED, OPEN = "By law", "By agreement", "Published"


def write(brief: Brief, chapters: Sequence[Chapter]) -> Chapter:
    """The register of gaps by owner, and each data set that did not come, with why it matters and by what right."""
    absent = absent_feeds(brief)
    noted = list(dict.fromkeys(g for c in chapters for g in c.gaps))
    own = [_gap(feed) for feed in absent if feed.name not in {g.feed for g in noted}]
    every = [*noted, *own]
    blocks: list[Block] = []
    if not every:
        blocks.append(Paragraph(text="Every data set that is known came, and no chapter met a gap."))
    else:
        blocks += [Paragraph(text=_summary(every, absent)), _register(every), _by_owner(every)]
    if absent:
        blocks += [Heading(text="Data sets that did not come"), _absent(absent)]
    figure = Figure(
        id="gaps.counted",
        asks="How many gaps are there, and how many data sets did not come?",
        question="goldthread.chapters.gaps.write",
        answer={"gaps": len(every), "absent": len(absent), "feeds": len(all_feeds())},
        rows=Rows("files"),
        source="The evidence file’s own record, and the chapters",
    )
    return Chapter(ID, TITLE, tuple(blocks), (figure,), gaps=tuple(own))


def absent_feeds(brief: Brief) -> list[Feed]:
    """The data sets that are known and did not come, those that the law prescribes first."""
    came = set(brief.evidence.feeds)
    came |= {name for name, question in PUBLISHED.items() if _holds(brief, question)}
    others = ", ".join(f"'{feed}'" for feed in TABLES)
    if _holds(brief, "SELECT count(*) > 0 FROM comparators") or _holds(
        brief, f"SELECT count(*) > 0 FROM measures WHERE feed IN ({others})"
    ):
        came |= set(TABLES)  # whichever came, other areas can be compared with
    return sorted((f for f in all_feeds() if f.name not in came), key=lambda f: (_standing(f) != BY_LAW, f.title))


def _holds(brief: Brief, question: str) -> bool:
    [(found,)] = brief.evidence.rows(question)
    return bool(found)


def _standing(feed: Feed) -> str:
    if feed.section_17a:
        return BY_LAW
    return AGREED if feed.protected else OPEN


def _gap(feed: Feed) -> Gap:
    return Gap(f"What “{feed.title}” would say", feed.why_it_matters, feed.owner, feed.name)


def _summary(every: Sequence[Gap], absent: Sequence[Feed]) -> str:
    owners: dict[str, int] = {}
    for gap in every:
        owners[gap.owner] = owners.get(gap.owner, 0) + 1
    most = sorted(owners.items(), key=lambda o: (-o[1], o[0]))[:3]
    named = listed([f"{owner} ({in_words(n)})" for owner, n in most])
    came = "{{gaps.counted:absent:n}} of {{gaps.counted:feeds:n}} known data sets did not come"
    if not absent:
        came = "all {{gaps.counted:feeds:n}} known data sets came"
    return (
        "There {{gaps.counted:gaps:plural|is|are}} {{gaps.counted:gaps:count|gap|gaps}}, and "
        f"{came}. Those who could mend most of them: {named}. A gap is not a finding that all is well."
    )


def _register(every: Sequence[Gap]) -> Table:
    titles = {f.name: f.title for f in all_feeds()}
    return Table(
        id="gaps.register",
        title="Gaps in what is known",
        columns=(
            Column("what", "What we do not know"),
            Column("why", "Why it matters"),
            Column("owner", "Who could mend it"),
            Column("feed", "With which data set"),
        ),
        rows=tuple((g.what, g.why_it_matters, g.owner, titles.get(g.feed, "–")) for g in every),
        source="The chapters of this assessment",
        editions=ANALYST,
    )


def _by_owner(every: Sequence[Gap]) -> Table:
    owners: dict[str, int] = {}
    for gap in every:
        owners[gap.owner] = owners.get(gap.owner, 0) + 1
    return Table(
        id="gaps.by-owner",
        title="Gaps by who could mend them",
        columns=(Column("owner", "Who could mend it"), Column("n", "Gaps", "number")),
        rows=tuple((owner, owners[owner]) for owner in sorted(owners, key=lambda o: (-owners[o], o))),
        source="The register above",
    )


def _absent(absent: Sequence[Feed]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for feed in absent:
        sets = plural(len(feed.section_17a), "data set", "data sets")
        by_law = f"{BY_LAW}: prescribed {sets} {listed([str(n) for n in feed.section_17a])}"
        standing = {BY_LAW: by_law, AGREED: "By agreement; optional", OPEN: "Published; optional"}[_standing(feed)]
        rows.append((feed.title, feed.owner, standing, feed.expected.capitalize()))
    return Table(
        id="gaps.absent",
        title="Data sets that did not come, and by what right they are asked for",
        columns=(
            Column("title", "Data set"),
            Column("owner", "From"),
            Column("standing", "By what right"),
            Column("expected", "How often"),
        ),
        rows=tuple(rows),
        source="definitions/feeds and definitions/prescribed-information.yaml",
        note="Those that the law prescribes are owed to the partnership; an assessment can be made without the others. "
        "Why each matters is in the register.",
    )


def prescribed(brief: Brief) -> Table:
    """The twelve data sets that partners must share without names: which feeds answer each, and whether they came."""
    law: Mapping[str, Any] = definition("prescribed-information")
    titles = {f.name: f.title for f in all_feeds()}
    came = set(brief.evidence.feeds)
    rows: list[tuple[Cell, ...]] = []
    for one in law["data_sets"]:
        here = [f for f in one["feeds"] if f in came]
        away = [f for f in one["feeds"] if f not in came]
        state = "Came" if not away else "Came in part" if here else "Did not come"
        answered = listed([titles[f] for f in here]) or "–"
        lacking = listed([titles[f] for f in away]) or "–"
        rows.append((one["number"], one["holder"], str(one["what"]).strip(), state, answered, lacking))
    return Table(
        id="statutory.prescribed",
        title="The twelve data sets of section 17A, and whether they came",
        columns=(
            Column("number", "No.", "number"),
            Column("holder", "Holder"),
            Column("what", "What it is"),
            Column("state", "State"),
            Column("came", "Answered by"),
            Column("lacking", "Did not come"),
        ),
        rows=tuple(rows),
        source=str(law["legal_source"]),
        note="Where several data sets answer one, any of them may do; what did not come is named, to be asked for.",
    )
