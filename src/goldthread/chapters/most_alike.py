"""Which areas of the country are most like this one, and whether their counts came."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.peer_group import PeerGroup
from goldthread.chapters.model import Block, Column, Figure, Heading, Paragraph, Rows, Table
from goldthread.chapters.words import listed

ID = "peers.group"


def figure(group: PeerGroup) -> Figure:
    """Who is in the group, and how many of the areas most like this one are."""
    similar, came = group.similar, {a.code for a in group.others}
    like = similar.members if similar else ()
    return Figure(
        id=ID,
        asks="Which areas is this one compared with, and are they like it?",
        question="goldthread.analysis.similar.most_similar",
        answer={
            "others": len(group.others),
            "like": len(like),
            "like_that_came": sum(code in came for code in like),
            "variables": len(similar.variables) if similar else 0,
            "steadiness": similar.steadiness if similar else None,
            "counted": 100 * group.counted.share if group.counted else None,
        },
        rows=Rows("profile"),
        parameters={"how": group.how, "feed": group.feed, "variables": ", ".join(similar.variables) if similar else ""},
        source="Census 2021, population estimates and indices of deprivation",
    )


def blocks(brief: Brief, group: PeerGroup) -> list[Block]:
    """The areas of the country most like this one, whether or not their counts came."""
    similar = group.similar
    if similar is None:
        return []
    came = {a.code for a in group.others}
    rows = tuple(
        (group.name_of(code), distance, 100 * stable, "Yes" if code in came else "No")
        for code, distance, stable in zip(similar.members, similar.distances, similar.stability, strict=True)
    )
    text = (
        f"No official group was supplied, so the areas most like {brief.area} were worked out from "
        f"{{{{{ID}:variables:word}}}} things known of every authority: {listed(similar.variables)}. "
        f"{_came(rows, group)}"
    )
    if group.how == "supplied":
        text = text.replace("No official group was supplied, so the", "As a check on the group that was supplied, the")
    table = Table(
        id="peers.similar",
        title=f"The areas most like {brief.area}, nearest first",
        columns=(
            Column("area", "Area"),
            Column("distance", "Distance (standard deviations)", "number"),
            Column("stability", "Stays when one variable is left out", "percent"),
            Column("came", "Counts came"),
        ),
        rows=rows,
        source="Census 2021, population estimates and indices of deprivation, as in the register of sources",
        note="Worked out, and not the official most similar group. Alike in people is not alike in recording.",
    )
    return [Heading(text="Which areas are most like this one"), Paragraph(text=text), table]


def _came(rows: Sequence[tuple[str, float, float, str]], group: PeerGroup) -> str:
    """How many of them came, and how the others could."""
    with_counts = sum(row[-1] == "Yes" for row in rows)
    if with_counts == len(rows):
        return "Counts came for all of them."
    more = "To compare with the others, add the police.uk files of their forces or a table of recorded crime."
    if group.counted and group.how == "most similar":
        more = "The table has no number for each of the others alone; the next most alike stand in their place."
    if not with_counts:
        return f"Counts came for none of the {{{{{ID}:like:word}}}} most like it. {more}"
    return f"Counts came for {{{{{ID}:like_that_came:word}}}} of the {{{{{ID}:like:word}}}} most like it. {more}"
