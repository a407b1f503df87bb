"""How recorded rates compare with those of other areas: who they are, where this area ranks, what stands out."""

from __future__ import annotations

from collections.abc import Sequence

from goldthread.chapters import comparing, most_alike, peers_shown
from goldthread.chapters.brief import Brief
from goldthread.chapters.draft import said
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peer_group import PeerGroup
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import (
    Block,
    Box,
    Chapter,
    Edition,
    Finding,
    Gap,
    Paragraph,
)
from goldthread.chapters.topics import topics
from goldthread.chapters.words import listed, months
from goldthread.evidence.feeds import feed_named

ID = "peers"
TITLE = "How the area compares with others"
VIOLENCE = "violence-and-sexual-offences"
MOST_DRAWN = 3  # types that are drawn area by area; the table has all
BOARD = frozenset({Edition.ANALYST, Edition.EXECUTIVE})
NOT_PUBLIC = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})
GAP = Gap(
    "Whether rates are high or low beside areas like this one",
    "A number alone does not say whether it is a problem here or the same everywhere.",
    "Partnership analyst",
    "comparators",
)


def write(brief: Brief) -> Chapter:
    """Who the group is, where the area ranks in it for each type, and what stands out, with a funnel if it can be."""
    found = brief.found(Peers)
    group = found.group
    if group is None or not found.by_line:
        return _alone(brief, group)
    figures = [most_alike.figure(group), *(comparing.figure(brief, p) for p in found.by_line.values())]
    blocks: list[Block] = [
        Paragraph(text=_who(brief, group), editions=BOARD),
        *_how_to_read(brief),
        Paragraph(text=_total(brief, found), editions=NOT_PUBLIC),
        Paragraph(text=_stand_out(brief, found), editions=NOT_PUBLIC),
        peers_shown.by_type(brief, found),
        peers_shown.ranks(brief, found),
    ]
    blocks += [peers_shown.dots(brief, peered) for peered in _shown(brief, found)]
    if found.plenty and TOTAL in found.by_line:
        blocks.append(peers_shown.funnel(brief, found.by_line[TOTAL]))
    blocks += most_alike.blocks(brief, group)
    gaps = () if found.plenty else (GAP,)
    return Chapter(ID, TITLE, tuple(blocks), tuple(figures), _findings(brief, found), gaps)


def _findings(brief: Brief, found: Peers) -> tuple[Finding, ...]:
    """That crime as a whole is recorded at a higher rate than elsewhere, when it is; types have their own pages."""
    total, violence = found.by_line.get(TOTAL), found.by_line.get(VIOLENCE)
    if total is None or violence is None or comparing.verdict(brief, total) != "high":
        return ()
    shown, part = comparing.figure(brief, total), comparing.figure(brief, violence)
    key, beside = ("apart", "mean") if found.plenty else ("apart_from_others", "others_rate")
    whom = "the mean of the group" if found.plenty else "the other areas in the same files taken together"
    also = ""
    if comparing.verdict(brief, violence) == "high":
        also = f" Violence and sexual offences are {said(part, key, 'pct')} above."
    return (
        finding(
            brief,
            topics()[VIOLENCE],
            "crime-rate",
            title="Crime as a whole is recorded at a higher rate than in the areas compared",
            statement=(
                f"{_police(brief)} recorded {said(shown, 'rate', 'n1')} crimes "
                f"{comparing.rate_of(brief, total)}{comparing.when(brief)}, against "
                f"{said(shown, beside, 'n1')} for {whom}: {said(shown, key, 'pct')} more, and more than chance would "
                f"give.{also}"
            ),
            so_what=(
                "When nearly everything is high at once, the reason is more likely to be in the place, its people by "
                "day and night and how crime is recorded than in any one type."
            ),
            figures=[shown.id, part.id],
            states=("high",),
            harm=0.5,
            size=1.0,
            change=total.comparison.distance / 100,
            certainty=STANDS if found.plenty else ALONE,
            public=(
                f"Police recorded {said(shown, 'rate', 'n')} crimes for every 1,000 people "
                f"here{comparing.when(brief)}. That is more than in the places we compared with."
            ),
        ),
    )


def _police(brief: Brief) -> str:
    group = comparing.group_of(brief)
    return f"By the count of the {feed_named(group.feed).owner}, police" if group.counted else "Police"


def _shown(brief: Brief, found: Peers) -> list[Peered]:
    """Total crime, and the few types that stand furthest from the group."""
    standing = [p for p in found.by_line.values() if p.line != TOTAL and _stands(brief, p)]
    standing.sort(key=lambda p: -abs(p.comparison.distance))
    return [*([found.by_line[TOTAL]] if TOTAL in found.by_line else []), *standing[:MOST_DRAWN]]


def _alone(brief: Brief, group: PeerGroup | None) -> Chapter:
    lacking = "No counts of other areas came" if group is None else "Counts of too few other areas came"
    if group is None or group.similar is None:
        return Chapter(ID, TITLE, missing=f"{lacking}, so no rate can be called high or low.", gaps=(GAP,))
    text = (
        f"{lacking} ({listed([a.name for a in group.others])}), so no rate can be called high or low. A comparison "
        "needs at least two."
    )
    return Chapter(
        ID, TITLE, (Paragraph(text=text), *most_alike.blocks(brief, group)), (most_alike.figure(group),), gaps=(GAP,)
    )


def _who(brief: Brief, group: PeerGroup) -> str:
    names = listed([a.name for a in group.others])
    when = months(str(group.period.first), str(group.period.last))
    how = {
        "supplied": "the areas of the table that was supplied",
        "most similar": "the areas most like it among those whose counts came, by people, housing and deprivation",
        "in the table": "every other area of the table",
        "in the files": "the other areas in the same police files, which are near it and need not be like it",
    }[group.how]
    left = ""
    if group.incomplete:
        be = "is" if len(group.incomplete) == 1 else "are"
        left = f" {listed(group.incomplete)} lacked months that {brief.area} has, and {be} left out."
    if group.how == "in the table":
        names = f"{{{{{most_alike.ID}:others:n}}}} of them"
    start = f"{brief.area} is compared with {how}: {names}. All counts are for {when}."
    return f"{start}{left}{_counted(brief, group)}"


def _counted(brief: Brief, group: PeerGroup) -> str:
    """Whose count it is, and how much of the area it has, where a published table is compared."""
    if group.counted is None:
        return ""
    feed = feed_named(group.feed)
    text = (
        f" They are from “{feed.title}”, of the {feed.owner}: fraud and anti-social behaviour are not in them, and "
        "they are not the totals of data.police.uk that stand elsewhere in this assessment."
    )
    partly, beyond = group.counted.partly, group.counted.beyond
    if partly:
        text += (
            f" The table has no number for the whole of {brief.area}: {listed(partly)} "
            f"{'stand' if len(partly) > 1 else 'stands'} for it here, with {{{{{most_alike.ID}:counted:pct}}}} of its "
            f"residents. The rest{f' is counted with {listed(beyond)} and' if beyond else ''} is in neither the counts "
            "nor the residents."
        )
    return text


def _how_to_read(brief: Brief) -> list[Block]:
    found = brief.found(Peers)
    if found.plenty:
        text = (
            "The group's mean is the mean of its members' rates, this area among them. A rate stands out when it is "
            "further from the others than they lie from each other, after all tests of how things stand are "
            "corrected together. Rates are for those who live here: a place with many visitors reads high."
        )
    else:
        text = (
            f"With only {{{{{most_alike.ID}:others:word}}}} other areas it can be said whether a rate "
            "differs from theirs by more than chance, but not whether it is more than areas usually differ by. "
            "Rates are for those who live here: a place with many visitors reads high."
        )
    return [Box(kind="caveat", title="How to read the comparison", text=text)]


def _total(brief: Brief, found: Peers) -> str:
    total = found.by_line.get(TOTAL)
    if total is None:
        return ""
    shown = comparing.figure(brief, total)
    return f"**All recorded crime.** {comparing.sentence(brief, total, shown)}{_of_all(total, shown.id)}"


def _of_all(total: Peered, name: str) -> str:
    """Where the rate ranks among all that the table counts."""
    if total.of_all is None:
        return ""
    end = "highest" if 2 * total.of_all[0] <= total.of_all[1] else "lowest"
    return f" Of all {{{{{name}:of_all:n}}}} areas in the table it is the {{{{{name}:of_all_{end}:ordinal}}}} {end}."


def _stands(brief: Brief, peered: Peered) -> bool:
    return comparing.verdict(brief, peered) in ("high", "low")


def _stand_out(brief: Brief, found: Peers) -> str:
    types = [p for p in found.by_line.values() if p.line != TOTAL]
    high = [p.title.lower() for p in types if comparing.verdict(brief, p) == "high"]
    low = [p.title.lower() for p in types if comparing.verdict(brief, p) == "low"]
    beyond = (
        "further above the group than its members lie from each other"
        if found.plenty
        else "above that of the others by more than chance"
    )
    under = beyond.replace("above", "below", 1)
    if not high and not low:
        return "No type stands out from the group."
    parts = [f"The recorded rate is {beyond} for {_types(high, types)}."] if high else []
    parts += [f"{'It' if high else 'The recorded rate'} is {under} for {_types(low, types)}."] if low else []
    return " ".join(parts)


def _types(some: Sequence[str], of: Sequence[Peered]) -> str:
    """Types as a sentence lists them; when nearly all are meant, the few that are not."""
    others = [p.title.lower() for p in of if p.title.lower() not in some]
    if not others:
        return "every type"
    return f"every type except {listed(others)}" if len(some) > 2 * len(others) else listed(some)
