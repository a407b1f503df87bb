"""How the partnership works: its groups and whom they answer to, and what changed in law and policy around it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from goldthread.chapters.brief import Brief
from goldthread.chapters.model import Block, Chapter, Chart, Column, Edition, Gap, Heading, Paragraph, Series, Table
from goldthread.chapters.model.blocks import Cell
from goldthread.chapters.topics import topics
from goldthread.chapters.words import in_words, listed, month, plural

ID = "delivery"
TITLE = "How the partnership works"
SOURCE = "The partnership file"
SHOWN = frozenset({Edition.ANALYST, Edition.MEMBER})
KINDS = ("board", "strategic", "tactical", "task-and-finish")
Group = Mapping[str, Any]


def write(brief: Brief) -> Chapter:
    """The groups as they answer to each other, what each is for, and policy that changed; a gap where none was told."""
    groups, changes = brief.context.groups, brief.context.policy_changes
    if not groups and not changes:
        return Chapter(
            ID,
            TITLE,
            missing="Neither the partnership's groups nor changes of policy were supplied in the partnership file.",
            gaps=(_no_groups(), _no_policy()),
        )
    blocks: list[Block] = []
    gaps = [*([] if groups else [_no_groups()]), *([] if changes else [_no_policy()])]
    if groups:
        ordered = list(_down(groups))
        blocks += [Paragraph(text=_said(ordered), editions=SHOWN), _chart(ordered), _table(ordered)]
        blocks += _unled(brief, groups)
    if changes:
        blocks += [Heading(text="What changed around it", editions=SHOWN), _policy(changes)]
    return Chapter(ID, TITLE, tuple(blocks), gaps=tuple(gaps))


def _no_groups() -> Gap:
    return Gap(
        "Which groups carry out the partnership's plan, and whom they answer to",
        "A recommendation without a group that owns it is nobody's.",
        "Partnership manager",
    )


def _no_policy() -> Gap:
    return Gap(
        "Which national and local policies changed in the year",
        "A change of law or of a partner's policy can move the figures, and what may be done about them.",
        "Partnership manager",
    )


def _down(groups: Sequence[Group]) -> Iterator[tuple[int, Group]]:
    """
    Each group with how far it stands below the top, a group before those that answer to it.

    A group that answers to one that was not named stands at the top; so does
    the first of any that answer to each other in a ring.
    """
    ids = {str(g["id"]) for g in groups}
    left = list(groups)

    def below(group: Group, depth: int) -> Iterator[tuple[int, Group]]:
        left.remove(group)
        yield depth, group
        for other in [g for g in groups if g.get("reports_to") == group["id"]]:
            if other in left:
                yield from below(other, depth + 1)

    for group in groups:
        if group in left and group.get("reports_to") not in ids:
            yield from below(group, 0)
    while left:
        yield from below(left[0], 0)


def _kind(group: Group) -> str:
    return str(group.get("kind", "")).strip().lower().replace("task and finish", "task-and-finish")


def _said(ordered: Sequence[tuple[int, Group]]) -> str:
    counts = [(kind, sum(_kind(g) == kind for _, g in ordered)) for kind in KINDS[1:]]
    below = [f"{in_words(n)} {kind} {plural(n, 'group', 'groups')}" for kind, n in counts if n]
    top = [str(g["name"]) for depth, g in ordered if depth == 0]
    lead = f"{listed(top)} {plural(len(top), 'stands', 'stand')} at the top"
    return f"{lead}, over {listed(below)}." if below else f"{lead}."


def _chart(ordered: Sequence[tuple[int, Group]]) -> Chart:
    names = tuple(str(g["name"]) for _, g in ordered)
    over = {str(g["id"]): str(g["name"]) for _, g in ordered}
    told = [
        f"{g['name']} answers to {over[str(g['reports_to'])]}" for _, g in ordered if str(g.get("reports_to")) in over
    ]
    return Chart(
        id="delivery.structure",
        kind="structure",
        title="The groups, each under the group that it answers to",
        describes=f"{'; '.join(told)}." if told else f"{listed(names)}, none of which answers to another.",
        series=(Series("Level", names, tuple(float(depth) for depth, _ in ordered)),),
        source=SOURCE,
        parameters={"kinds": tuple(_kind(g).capitalize() for _, g in ordered)},
        editions=SHOWN,
    )


def _table(ordered: Sequence[tuple[int, Group]]) -> Table:
    over = {str(g["id"]): str(g["name"]) for _, g in ordered}
    rows: list[tuple[Cell, ...]] = [
        (
            str(g["name"]),
            _kind(g).capitalize() or "–",
            over.get(str(g.get("reports_to", "")), "–"),
            str(g.get("chair", "")) or "–",
            str(g.get("meets", "")) or "–",
            str(g.get("does", "")) or "–",
        )
        for _, g in ordered
    ]
    columns = (("name", "Group"), ("kind", "Kind"), ("over", "Answers to"), ("chair", "Chair"), ("meets", "Meets"))
    return Table(
        id="delivery.groups",
        title="The groups and what they do",
        columns=(*(Column(key, title) for key, title in columns), Column("does", "What it does")),
        rows=tuple(rows),
        source=SOURCE,
    )


def _unled(brief: Brief, groups: Sequence[Group]) -> list[Block]:
    """Current priorities that no group was said to work on."""
    covered = {str(topic) for g in groups for topic in g.get("topics") or ()}
    alone = [str(p["title"]) for p in brief.context.current_priorities if str(p.get("topic", "")) not in covered]
    if not covered or not alone:
        return []
    return [
        Paragraph(
            text=f"No group was said to work on {plural(len(alone), 'this current priority', 'these priorities')}: "
            f"{listed(alone)}.",
            editions=SHOWN,
        )
    ]


def _policy(changes: Sequence[Group]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for change in sorted(changes, key=lambda c: str(c.get("when", ""))):
        about = topics().get(str(change.get("topic", "")))
        rows.append(
            (
                str(change.get("level", "")).capitalize() or "–",
                str(change["title"]),
                str(change["what"]),
                _when(str(change.get("when", ""))),
                about.title if about else "–",
            )
        )
    columns = (("level", "Level"), ("title", "Change"), ("what", "What it means here"), ("when", "From"))
    return Table(
        id="delivery.policy",
        title="National and local policy that changed",
        columns=(*(Column(key, title) for key, title in columns), Column("topic", "Touches")),
        rows=tuple(rows),
        source=SOURCE,
        editions=SHOWN,
    )


def _when(said: str) -> str:
    try:
        return month(said[:7])
    except ValueError:
        return said or "–"
