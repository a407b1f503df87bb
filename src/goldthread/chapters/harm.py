"""Volume against harm: which crimes matter more by the harm they do than by their number, by each of two indices."""

from __future__ import annotations

import numpy as np

from goldthread.analysis.harm import Standing
from goldthread.chapters.brief import ALONE, Brief
from goldthread.chapters.draft import Draft, first_capital, said
from goldthread.chapters.findings import COUNTED, finding
from goldthread.chapters.measuring.harm import INDICES, MAIN, Harms, Weighed
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.chapters.model import Chapter, Chart, Column, Edition, Figure, Finding, Gap, Series, Table
from goldthread.chapters.topics import Topic, topic_of_series
from goldthread.chapters.words import listed, month, months
from goldthread.evidence.definitions import definition
from goldthread.evidence.periods import Month

ID = "harm"
TITLE = "Harm, beside volume"
BOARD = frozenset({Edition.ANALYST, Edition.EXECUTIVE})
NOT_PUBLIC = frozenset({Edition.ANALYST, Edition.EXECUTIVE, Edition.MEMBER})
# A type that rises so many places from volume to harm, and makes this part of the harm, is worth a board's notice.
RISES, PART = 3, 0.05


def write(brief: Brief) -> Chapter:
    """How the types of crime stand by number and by harm, whether harm changed, and where it is; each index apart."""
    found = brief.found(Harms)
    main = found.main
    if main is None:
        return _missing()
    draft = Draft(brief, ID, TITLE)
    figures = {index: draft.figure(_figure(brief, w)) for index, w in found.by_index.items()}
    draft.say(_lead(main, figures[MAIN]), NOT_PUBLIC)
    draft.show(_paired(brief, main, figures[MAIN]))
    draft.say(_risers(main, figures[MAIN]))
    draft.show(_table(brief, main, figures[MAIN]))
    draft.say(f"{_change(brief, main, figures[MAIN])} {_band(figures[MAIN])}")
    for index in INDICES[1:]:
        if index in found.by_index:
            other = found.by_index[index]
            draft.head(f"By the {other.weights.index}")
            draft.say(f"{_agreement(main, other, figures[index])} {_change(brief, other, figures[index])}")
            draft.show(_table(brief, other, figures[index]))
    draft.bear_in_mind("recorded-not-all", "no-weight")
    draft.findings += _findings(brief, main, figures[MAIN])
    return draft.chapter()


def _missing() -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="No police recorded crime was supplied, so harm cannot be set beside volume.",
        gaps=(
            Gap(
                "Which crimes do the most harm here",
                "A count gives a stolen bicycle and a rape the same weight.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _topic(kind: str) -> Topic:
    topic = topic_of_series(kind)
    assert topic is not None
    return topic


def _figure(brief: Brief, weighed: Weighed) -> Figure:
    """The harm of the period by one index, the most harmful types, and the change from the year before."""
    total = brief.found(Lines).by_id[TOTAL]
    done = weighed.harm
    answer: dict[str, float | int | str | None] = {
        "crimes": sum(done.counts.values()),
        "harm": done.total,
        "least": done.least,
        "most": done.most,
        "kinds": len(weighed.standings),
        "each": done.total / max(sum(done.counts.values()), 1),
        "matched_before": weighed.before,
        "matched_after": weighed.after,
        "percent": weighed.percent,
        "low": weighed.low,
        "high": weighed.high,
    }
    for i, s in enumerate(weighed.standings[:3], start=1):
        answer |= {
            f"share{i}": s.harm_share,
            f"crimes_share{i}": s.volume_share,
            f"weight{i}": s.harm / max(s.count, 1),
        }
    riser = riser_of(weighed)
    if riser is not None:
        answer |= {
            "riser_share": riser.harm_share,
            "riser_crimes_share": riser.volume_share,
            "riser_rank": riser.harm_rank,
            "riser_volume_rank": riser.volume_rank,
            "riser_n": riser.count,
        }
    return Figure(
        id=f"harm.{weighed.index}",
        asks=f"How much harm do recorded crimes add up to, and which types make it ({done.index})?",
        question="goldthread.analysis.harm.harm",
        answer=answer,
        rows=total.rows(brief.period),
        parameters={"index": done.index, "weights_taken_on": done.date, "unit": done.unit, "period": str(brief.period)},
        caveats=("harm-band",),
        source=f"{total.feed.title}; {definition('harm/sources')[weighed.index]['title']}",
    )


def riser_of(weighed: Weighed) -> Standing | None:
    """The type below the most harmful that rises furthest from volume to harm and makes a real part of it."""
    fitting = [s for s in weighed.standings[1:] if s.rise >= RISES and s.harm_share >= PART]
    return max(fitting, key=lambda s: (s.rise, s.harm_share), default=None)


def _lead(weighed: Weighed, figure: Figure) -> str:
    first = weighed.standings[0]
    said_first = (
        f"{first_capital(_topic(first.kind).subject)} made {said(figure, 'crimes_share1', 'share')} of recorded crimes "
        f"and {said(figure, 'share1', 'share')} of their harm"
    )
    when = month(weighed.weights.date[:7])
    if len(weighed.standings) < 2:
        return f"{said_first}, by the {weighed.weights.index} (weights as taken in {when})."
    others = [_topic(s.kind).subject for s in weighed.standings[1:3]]
    return (
        f"{said_first}, by the {weighed.weights.index} (weights as taken in {when}). Next by harm "
        f"{'is' if len(others) == 1 else 'are'} {listed(others)}, with "
        f"{listed([said(figure, f'share{i}', 'share') for i in range(2, 2 + len(others))])}."
    )


def _risers(weighed: Weighed, figure: Figure) -> str:
    riser = riser_of(weighed)
    fallers = [s for s in weighed.standings if s.rise <= -RISES and s.volume_rank <= 5]
    parts = []
    if riser is not None:
        parts.append(
            f"{first_capital(_topic(riser.kind).subject)} rises furthest when harm is counted: "
            f"{said(figure, 'riser_volume_rank', 'ordinal')} by number, {said(figure, 'riser_rank', 'ordinal')} by "
            "harm."
        )
    if fallers:
        names = [_topic(s.kind).subject for s in fallers]
        verb = "is" if len(names) == 1 and _topic(fallers[0].kind).verb == "is" else "are"
        parts.append(f"{first_capital(listed(names))} {verb} among the most numerous and well down by harm.")
    if not parts:
        parts.append("The types stand in much the same order by harm as by number.")
    return " ".join(parts)


def _change(brief: Brief, weighed: Weighed, figure: Figure) -> str:
    before = months(str(brief.before.first), str(brief.before.last))
    if weighed.before is None:
        return f"Nothing was supplied for {before}, so it cannot be said whether harm changed."
    if weighed.percent is None or brief.verdicts is None or np.isnan(brief.verdicts[weighed.test].p):
        return "Too little was recorded to say whether harm changed."
    between = f"between {said(figure, 'low', 'pct')} and {said(figure, 'high', 'pct')}"
    if brief.stands(weighed.test):
        moved = (
            f"Recorded harm {said(figure, 'percent', 'moved')} on {before} ({between}), more than chance would give."
        )
        return f"{moved} {_recorded_anew(brief, weighed)}".strip()
    if brief.verdicts[weighed.test].p <= ALONE:
        return (
            f"Recorded harm was {said(figure, 'percent', 'change')} on {before} ({between}): perhaps a change, to be "
            "watched."
        )
    if abs(weighed.percent) < 0.5:
        return f"Recorded harm was about the same as in {before} ({between})."
    return f"Recorded harm was {said(figure, 'percent', 'change')} on {before}, which is within chance ({between})."


def _recorded_anew(brief: Brief, weighed: Weighed) -> str:
    """A change in how the most harmful type is recorded, which the harm follows."""
    kind = weighed.standings[0].kind
    line = next(v for v in brief.found(Lines).of_feed(STREET) if v.title == kind)
    found = [c for c in recording_changes(brief, line) if c.fits((weighed.percent or 0) > 0)]
    if not found:
        return ""
    whens = listed([month(str(c.month)) for c in found])
    return f"How {_topic(kind).subject} are recorded changed from {whens}, and some or all of it may be that."


def _band(figure: Figure) -> str:
    return (
        f"The total is {said(figure, 'harm', 'n')} days of sentence, {said(figure, 'each', 'n')} for the average "
        "crime; because a category holds offences of different harm, it might be anything from "
        f"{said(figure, 'least', 'n')} to {said(figure, 'most', 'n')}, so small differences mean nothing."
    )


def _agreement(main: Weighed, other: Weighed, figure: Figure) -> str:
    mine, theirs = ([s.kind for s in w.standings[:3]] for w in (main, other))
    lead = f"The second index is another ruler and is never added to the first. By it {_topic(theirs[0]).subject}"
    share = f"{lead} {_topic(theirs[0]).verb} {said(figure, 'share1', 'share')} of the harm"
    if mine == theirs:
        return f"{share}, and the three most harmful types are the same, in the same order."
    if set(mine) == set(theirs):
        return f"{share}, and the three most harmful types are the same, in another order."
    return f"{share}, and its three most harmful types are {listed([_topic(k).subject for k in theirs])}."


def _paired(brief: Brief, weighed: Weighed, figure: Figure) -> Chart:
    shown = sorted(weighed.standings, key=lambda s: -s.volume_share)
    labels = tuple(_topic(s.kind).title for s in shown)
    return Chart(
        id="harm.paired",
        kind="paired",
        title="Share of recorded crimes and share of harm",
        y_title="Per cent of all recorded crimes with a weight",
        describes=(
            f"{_topic(weighed.standings[0].kind).title}: {said(figure, 'crimes_share1', 'share')} of crimes and "
            f"{said(figure, 'share1', 'share')} of harm, more than all other types together."
            if weighed.standings[0].harm_share > 0.5
            else f"{_topic(weighed.standings[0].kind).title} makes the largest part of the harm, "
            f"{said(figure, 'share1', 'share')}."
        ),
        series=(
            Series("Share of crimes", labels, tuple(100 * s.volume_share for s in shown)),
            Series("Share of harm", labels, tuple(100 * s.harm_share for s in shown), role="compare"),
        ),
        source=f"{brief.found(Lines).by_id[TOTAL].feed.title}; {weighed.weights.index}",
        figures=(figure.id,),
        editions=BOARD,
    )


def _table(brief: Brief, weighed: Weighed, figure: Figure) -> Table:
    return Table(
        id=f"harm.{weighed.index}.types",
        title=f"Types of crime by harm and by number: {weighed.weights.index}",
        columns=(
            Column("type", "Type"),
            Column("n", "Recorded", "count"),
            Column("weight", "Weight of one", "number"),
            Column("volume", "Share of crimes", "percent", ("n",)),
            Column("harm", "Share of harm", "percent", ("n",)),
            Column("volume_rank", "Rank by number", "number", ("n",)),
            Column("harm_rank", "Rank by harm", "number", ("n",)),
        ),
        rows=tuple(
            (
                _topic(s.kind).title,
                s.count,
                weighed.weights.of[s.kind],
                100 * s.volume_share,
                100 * s.harm_share,
                s.volume_rank,
                s.harm_rank,
            )
            for s in weighed.standings
        ),
        source=f"{brief.found(Lines).by_id[TOTAL].feed.title}; {weighed.weights.index}",
        note=f"Weights are in {weighed.weights.unit}, taken on {_day(weighed.weights.date)}.",
        figures=(figure.id,),
    )


def _day(date: str) -> str:
    return f"{int(date[8:10])} {month(str(Month(int(date[:4]), int(date[5:7]))))}"


def _findings(brief: Brief, weighed: Weighed, figure: Figure) -> list[Finding]:
    first, riser = weighed.standings[0], riser_of(weighed)
    found = []
    if first.harm_share >= 2 * PART and first.harm_share > first.volume_share:
        found.append(_most_harmful(brief, weighed, figure))
    if riser is not None:
        found.append(_riser_found(brief, riser, figure))
    return found


def _most_harmful(brief: Brief, weighed: Weighed, figure: Figure) -> Finding:
    first, topic = weighed.standings[0], _topic(weighed.standings[0].kind)
    make = "make" if topic.verb == "are" else "makes"
    most = "Most" if first.harm_share > 0.5 else "Much"
    return finding(
        brief,
        topic,
        "harm",
        title=f"{topic.title} {make} up {said(figure, 'share1', 'fraction')} of the harm of recorded crime",
        statement=(
            f"By the {weighed.weights.index}, {topic.subject} {make} up {said(figure, 'share1', 'share')} of the harm, "
            f"from {said(figure, 'crimes_share1', 'share')} of the crimes."
        ),
        so_what=(
            f"What is done about {'them' if topic.verb == 'are' else 'it'} moves harm more than anything done about "
            "lighter offences, however many."
        ),
        figures=[figure.id],
        harm=float(np.sqrt(first.harm_share)),
        size=float(np.log10(max(first.count, 1)) / 4),
        certainty=COUNTED,
        public=f"{most} of the harm that crime does here comes from {topic.public}.",
    )


def _riser_found(brief: Brief, riser: Standing, figure: Figure) -> Finding:
    topic = _topic(riser.kind)
    return finding(
        brief,
        topic,
        "harm",
        title=f"{topic.title} {topic.verb} few in number and high in harm",
        statement=(
            f"{first_capital(topic.subject)} {topic.was} {said(figure, 'riser_crimes_share', 'share1')} of recorded "
            f"crimes ({said(figure, 'riser_n', 'n')}) and {said(figure, 'riser_share', 'share1')} of their harm: "
            f"{said(figure, 'riser_volume_rank', 'ordinal')} by number, {said(figure, 'riser_rank', 'ordinal')} by "
            "harm."
        ),
        so_what="A list of priorities made by number alone would leave it out.",
        figures=[figure.id],
        harm=float(np.sqrt(riser.harm_share)),
        size=float(np.log10(max(riser.count, 1)) / 4),
        certainty=COUNTED,
    )
