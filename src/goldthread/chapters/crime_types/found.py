"""What a type of crime puts forward as a finding: it rose, it fell, or its rate is higher than elsewhere."""

from __future__ import annotations

import numpy as np

from goldthread.analysis.real import Reading
from goldthread.chapters import reading_changes
from goldthread.chapters.crime_types.sentences import GATHERED, anew
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.draft import said
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.model import Figure, Finding

# An area whose rates are all high has one cause to look into; a type stands out when it is this far above even that.
BEYOND_THE_AREA = 1.15
LARGE = 50.0  # per cent: a change or a distance of this size counts as the largest there is
# Topics of which much is never told to anyone, and those that count what the police look for.
HIDDEN = frozenset({"violence-and-sexual-offences"})
LOOKED_FOR = frozenset({"drugs", "possession-of-weapons"})


def findings_of(
    kind: CrimeType, change: Figure, part: Figure, peers: Figure | None, where: Figure | None
) -> list[Finding]:
    """
    The findings that the evidence on a type supports; most types have none.

    A change is a finding when it stands among all the report's tests, and a
    high rate when it does and is high even beside the area's other crime.
    """
    high = kind.standing == "high" and peers is not None and stands_apart(kind)
    if kind.verdict in ("rise", "fall"):
        return [_moved(kind, change, part, peers if high else None, where)]
    if high and peers is not None:
        return [_high(kind, change, part, peers, where)]
    return []


def stands_apart(kind: CrimeType) -> bool:
    """Whether the type's rate is high even for an area whose rate of all crime may be high."""
    total = kind.brief.found(Peers).by_line.get(TOTAL)
    mine = kind.peered
    if mine is None or not mine.others_rate:
        return False
    if total is None or not total.others_rate:
        return True

    return _times(mine) >= BEYOND_THE_AREA * max(_times(total), 1.0)


def _times(peered: Peered) -> float:
    c = peered.comparison
    return float(c.rate[c.subject]) / peered.others_rate


def _ways(*, rose: bool, explained: bool) -> list[str]:
    """The states of a change: what the recording may have made, and then which way it went."""
    return [*(["recorded-anew"] if explained else []), "rising" if rose else "falling"]


def _states(kind: CrimeType, where: Figure | None, *, high: bool) -> list[str]:
    gathered = where is not None and float(where.answer["top_share"] or 0) >= GATHERED * float(
        where.answer["by_chance"] or 1
    )
    return [s for s, true in (("high", high), ("concentrated", gathered)) if true]


def _harm(part: Figure) -> float:
    return float(np.sqrt(float(part.answer.get("harm_share") or 0.0)))


def _size(kind: CrimeType) -> float:
    return float(np.log10(max(kind.n, 1.0)) / 4)


def _moved(kind: CrimeType, change: Figure, part: Figure, high: Figure | None, where: Figure | None) -> Finding:
    assert kind.moved is not None and kind.moved.percent is not None
    rose = kind.moved.percent > 0
    way = "rise" if rose else "fall"
    explained = [c for c in kind.recording if c.fits(rose)]
    asked = reading_changes.asked_of(kind.brief, kind.line.id)
    readings = asked.explanation.readings if asked else ()
    title = f"Recorded {kind.topic.subject} {said(change, 'percent', 'moved')}"
    statement = (
        f"Police recorded {said(change, 'matched_after', 'n')} {kind.topic.many}, {said(change, 'percent', 'change')} "
        f"on the {said(change, 'matched_before', 'n')} of the year before, which is more than chance would give."
    )
    figures = [change.id, part.id]
    if asked is not None:
        shown = reading_changes.figure(kind.brief, asked)
        told = [Reading.STEP] if Reading.STEP in readings and not explained else []
        statement += f" {reading_changes.sentence(asked, shown, (*told, *reading_changes.WHERE))}"
        figures.append(shown.id)
    if Reading.ONE_PLACE in readings:
        title += ", all from one ward"
    if explained:
        title += ", in a year in which the recording changed"
        anew_said = "; ".join(anew(c).removeprefix(": ").strip() for c in explained)
        statement += f" But the recording changed ({anew_said}), and some or all of the {way} may be that."
    if high is not None:
        assert kind.peered is not None
        statement += f" The rate is also {_beside(kind, high)}."
        figures.append(high.id)
    counts_anew = " But the way this is counted has changed." if explained else ""
    return finding(
        kind.brief,
        kind.topic,
        "rose" if rose else "fell",
        title=title,
        statement=statement.strip(),
        so_what=_so_what_moved(kind, part, rose=rose, explained=bool(explained)),
        figures=figures,
        states=[*_ways(rose=rose, explained=bool(explained)), *_states(kind, where, high=high is not None)],
        harm=_harm(part),
        size=_size(kind),
        change=abs(kind.moved.percent) / LARGE,
        certainty=ALONE if explained or Reading.STEP in readings else STANDS,
        public=(
            f"Police wrote down {said(change, 'matched_after', 'n')} reports of {kind.topic.public}. That is "
            f"{said(change, 'percent', 'change')} on the year before.{counts_anew}"
        ),
    )


def _so_what_moved(kind: CrimeType, part: Figure, *, rose: bool, explained: bool) -> str:
    if explained:
        return (
            "Until the effect of the new recording is known, this is neither success nor failure: compare only months "
            "since it, and ask what residents and partners saw."
        )
    if kind.topic.id in LOOKED_FOR:
        more = "more" if rose else "less"
        return f"This counts what the police look for: it may mean {more} police work as well as {more} of the crime."
    if not rose:
        told = " or fewer people telling the police" if kind.topic.id in HIDDEN else ""
        return (
            f"If the fall is real it is worth knowing what brought it, so that it can be kept up; it may also be fewer "
            f"recorded{told}."
        )
    weight = _weight(part)
    if kind.topic.id in HIDDEN:
        return f"{weight} The rise may be in what happened, in what was reported, or in both."
    return weight


def _weight(part: Figure) -> str:
    share, of_harm = float(part.answer.get("share") or 0), float(part.answer.get("harm_share") or 0)
    if of_harm > 1.5 * share:
        return (
            f"Each does more harm than most crimes: it is {said(part, 'share', 'share')} of crimes and "
            f"{said(part, 'harm_share', 'share')} of the harm."
        )
    if "harm_share" in part.answer and of_harm < share / 1.5:
        return (
            f"Each does less harm than most crimes ({said(part, 'share', 'share1')} of crimes, "
            f"{said(part, 'harm_share', 'share1')} of the harm), but it touches many people and how safe a place feels."
        )
    return "It weighs about as much by harm as by number."


def _beside(kind: CrimeType, peers: Figure) -> str:
    plenty = kind.brief.found(Peers).plenty
    if plenty:
        return (
            f"{said(peers, 'apart', 'pct')} above the mean of the {said(peers, 'members', 'word')} areas compared "
            f"({said(peers, 'rate', 'n1')} against {said(peers, 'mean', 'n1')} for every 1,000 "
            f"{kind.peered.per if kind.peered else 'residents'})"
        )
    return (
        f"{said(peers, 'apart_from_others', 'pct')} above that of the {said(peers, 'others', 'word')} other areas in "
        f"the same files taken together ({said(peers, 'rate', 'n1')} against {said(peers, 'others_rate', 'n1')} for "
        f"every 1,000 {kind.peered.per if kind.peered else 'residents'})"
    )


def _high(kind: CrimeType, change: Figure, part: Figure, peers: Figure, where: Figure | None) -> Finding:
    plenty = kind.brief.found(Peers).plenty
    limit = "" if plenty else " So few areas cannot show how far areas like these usually differ."
    return finding(
        kind.brief,
        kind.topic,
        "high",
        title=f"Recorded {kind.topic.subject} {kind.topic.verb} well above the rate of the areas compared",
        statement=(
            f"The recorded rate of {kind.topic.subject} is {_beside(kind, peers)}, which is more than chance would "
            f"give and more than the area's crime as a whole.{limit}"
        ),
        so_what=_so_what_high(kind, part),
        figures=[peers.id, part.id, change.id],
        states=_states(kind, where, high=True),
        harm=_harm(part),
        size=_size(kind),
        change=float(peers.answer["beside_others"] or 0) / (2 * LARGE),
        certainty=STANDS if plenty else ALONE,
        public=(
            f"Police get more reports of {kind.topic.public} here than in the places we compared with: "
            f"{said(peers, 'rate', 'n1')} for every 1,000 {_homes(kind)}."
        ),
    )


def _homes(kind: CrimeType) -> str:
    return "homes" if kind.peered and kind.peered.per == "households" else "people"


def _so_what_high(kind: CrimeType, part: Figure) -> str:
    if kind.topic.id in LOOKED_FOR:
        return "This counts what the police look for, so first ask whether more is looked for here than elsewhere."
    return (
        f"{_weight(part)} Once it is known that offences are recorded alike, it is worth asking what is different here."
    )
