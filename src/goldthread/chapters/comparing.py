"""How an area's rate beside others is put into a figure and a sentence: the same words for the same evidence."""

from __future__ import annotations

from typing import Literal

from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.measuring.peer_group import STREET, PeerGroup
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import Figure, Rows
from goldthread.chapters.words import in_words, months
from goldthread.evidence.feeds import feed_named

Verdict = Literal["high", "low", "perhaps high", "perhaps low", "typical", "untested"]


def figure_id(line_id: str) -> str:
    """The id of the figure that holds a line's rate beside other areas."""
    return f"{line_id}.peers"


def group_of(brief: Brief) -> PeerGroup:
    """The group; only to be asked where there is one."""
    group = brief.found(Peers).group
    assert group is not None
    return group


def figure(brief: Brief, peered: Peered) -> Figure:
    """The rate of a line here and in the group, with the rank and what chance leaves of it."""
    group, c = group_of(brief), peered.comparison
    at, members = c.subject, len(c.members)
    street = group.feed == STREET
    first = str(group.period.first)
    return Figure(
        id=figure_id(peered.line),
        asks=f"How does the recorded rate ({peered.title.lower()}) compare with that of other areas?",
        question="goldthread.analysis.peers.compare",
        answer={
            "count": float(c.count[at]),
            "population": float(c.population[at]),
            "rate": float(c.rate[at]),
            "low": float(c.rate_low[at]),
            "high": float(c.rate_high[at]),
            "mean": c.mean,
            "distance": c.distance,
            "apart": abs(c.distance),
            "others_rate": peered.others_rate,
            "beside_others": 100 * (float(c.rate[at]) / peered.others_rate - 1) if peered.others_rate else None,
            "apart_from_others": abs(100 * (float(c.rate[at]) / peered.others_rate - 1))
            if peered.others_rate
            else None,
            "months": len(group.period),
            "members": members,
            "others": members - 1,
            "rank": int(c.rank[at]),
            "from_highest": peered.from_highest,
            "rank_low": int(c.rank_low[at]),
            "rank_high": int(c.rank_high[at]),
            "likely_from": members + 1 - int(c.rank_high[at]),
            "likely_to": members + 1 - int(c.rank_low[at]),
            **({"of_all_highest": peered.of_all[0], "of_all": peered.of_all[1]} if peered.of_all else {}),
            **({"of_all_lowest": peered.of_all[1] + 1 - peered.of_all[0]} if peered.of_all else {}),
        },
        rows=Rows(
            "comparators" if street else "measures",
            peered.series,
            (first, str(group.period.last) if street else first),
            tuple(p for a in (group.subject, *group.others) for p in group.counted.places[a.code])
            if group.counted
            else (),
            where={"feed": group.feed},
        ),
        parameters={"period": str(group.period), "per": f"1,000 {peered.per}", "group": group.how},
        caveats=(
            "recorded-not-all",
            *(("peers-worked-out",) if group.how == "most similar" else ()),
            *(("mixed-periods",) if group.period != brief.period else ()),
            *(("not-ons",) if group.counted else ()),
        ),
        count_keys=("count",),
        source=feed_named(group.feed).title,
    )


def when(brief: Brief) -> str:
    """The months that the rates are of, where that is not plainly the assessment's period."""
    group = group_of(brief)
    if group.period == brief.period and not group.counted:
        return ""
    return f" in {months(str(group.period.first), str(group.period.last))}"


def by_whom(group: PeerGroup) -> str:
    """How a sentence about a rate begins: with whose count it is, when it is not that of the assessment's own files."""
    return f"By the count of the {feed_named(group.feed).owner}, the" if group.counted else "The"


def rate_of(brief: Brief, peered: Peered) -> str:
    """What a rate in the comparison is: for every 1,000 residents, and over how many months when not twelve."""
    months_ = len(group_of(brief).period)
    return f"for every 1,000 {peered.per}" + ("" if months_ == 12 else f" over {in_words(months_)} months")


def verdict(brief: Brief, peered: Peered) -> Verdict:
    """
    Does the line's rate stand out from the group's?

    `high` and `low` stand when all the report's tests are corrected together;
    `perhaps` would if it stood alone; `untested` had too little to test.
    """
    found = brief.verdicts[peered.test] if brief.verdicts else None
    if found is None or found.p != found.p:
        return "untested"
    above = peered.comparison.rate[peered.comparison.subject] >= peered.others_rate
    if brief.stands(peered.test):
        return "high" if above else "low"
    if found.p <= ALONE:
        return "perhaps high" if above else "perhaps low"
    return "typical"


def placed(peered: Peered, shown: str) -> str:
    """Where the area ranks, as a sentence has it: the highest of the 11 areas, the second highest, the lowest."""
    of = f"of the {{{{{shown}:members:word}}}} areas compared"
    if peered.from_highest == 1:
        return f"the highest {of}"
    if peered.comparison.rank[peered.comparison.subject] == 1:
        return f"the lowest {of}"
    if _in_lower_half(peered):
        return f"the {{{{{shown}:rank:ordinal}}}} lowest {of}"
    return f"the {{{{{shown}:from_highest:ordinal}}}} highest {of}"


def apart(peered: Peered) -> str:
    """How far the rate is from the group's mean: 24% above the mean of the group."""
    if abs(peered.comparison.distance) < 0.5:
        return "at the mean of the group"
    side = "above" if peered.comparison.distance > 0 else "below"
    return f"{{{{{figure_id(peered.line)}:apart:pct}}}} {side} the mean of the group"


def sentence(brief: Brief, peered: Peered, shown: Figure) -> str:
    """What can be said of a line's rate beside other areas, in words that differ when the evidence differs."""
    group, name = group_of(brief), shown.id
    over = "" if len(group.period) == 12 else f" over {{{{{name}:months:word}}}} months"
    start = (
        f"{by_whom(group)} recorded rate{when(brief)} was {{{{{name}:rate:n1}}}} for every 1,000 {peered.per}{over}, "
        f"{placed(peered, name)}"
    )
    said = verdict(brief, peered)
    if not brief.found(Peers).plenty:
        return f"{start}. {_beside_few(peered, name, said)}"
    side = "above" if peered.comparison.distance > 0 else "below"
    if said == "untested":
        return f"{start}. Numbers are too small to say more."
    mean = f"the mean of the group ({{{{{name}:mean:n1}}}})"
    if said == "typical":
        among = (
            f"Areas of the group differ about as much from each other, so it does not stand out.{_likely(peered, name)}"
        )
        return f"{start}; the mean of the group is {{{{{name}:mean:n1}}}}. {among}"
    far = f"{start} and {{{{{name}:apart:pct}}}} {side} {mean}"
    if said in ("perhaps high", "perhaps low"):
        return f"{far}. Taken alone that would stand out, but among all the tests in this assessment it may be chance."
    return f"{far}. That is further from the others than they lie from each other."


def _beside_few(peered: Peered, name: str, said: Verdict) -> str:
    together = f"the other {{{{{name}:others:word}}}} taken together ({{{{{name}:others_rate:n1}}}})"
    if said == "untested":
        return f"Numbers are too small to say whether that differs from {together}."
    if said == "typical":
        return f"It does not clearly differ from that of {together}."
    side = "above" if said.endswith("high") else "below"
    far = f"It is {{{{{name}:apart_from_others:pct}}}} {side} that of {together}"
    if said.startswith("perhaps"):
        return f"{far}, which may be chance."
    return f"{far}, more than chance would give."


def _in_lower_half(peered: Peered) -> bool:
    return peered.from_highest > (len(peered.comparison.members) + 1) / 2


def _likely(peered: Peered, name: str) -> str:
    low, high = peered.comparison.rank_low, peered.comparison.rank_high
    if low[peered.comparison.subject] == high[peered.comparison.subject]:
        return ""
    keys, end = (
        (("rank_low", "rank_high"), "lowest") if _in_lower_half(peered) else (("likely_from", "likely_to"), "highest")
    )
    first, last = (f"{{{{{name}:{key}:ordinal}}}}" for key in keys)
    return f" Chance alone could put it anywhere from the {first} to the {last} {end}."
