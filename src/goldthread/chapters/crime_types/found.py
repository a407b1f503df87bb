"""What a type of crime puts forward as a finding: it rose, it fell, or its rate is higher than elsewhere."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from goldthread.analysis.real import Reading
from goldthread.chapters import reading_changes
from goldthread.chapters.brief import slug
from goldthread.chapters.crime_types import sentences
from goldthread.chapters.crime_types.sentences import GATHERED, anew
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.draft import said
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.measuring.ward_changes import WardChange
from goldthread.chapters.model import Figure, Finding
from goldthread.chapters.words import listed

# An area whose rates are all high has one cause to look into; a type stands out when it is this far above even that.
BEYOND_THE_AREA = 1.15
PART_MOVED = 4.0  # a ward that moved by a quarter of the area's whole counts as the largest change there is
LARGE = 50.0  # per cent: a change or a distance of this size counts as the largest there is
# Topics of which much is never told to anyone, and those that count what the police look for.
HIDDEN = frozenset({"violence-and-sexual-offences"})
LOOKED_FOR = frozenset({"drugs", "possession-of-weapons"})


@dataclass(frozen=True)
class Shown:
    """The figures of a type's page that its findings rest on; None where there is none."""

    change: Figure
    part: Figure
    peers: Figure | None
    where: Figure | None
    alike: Figure | None
    ward: Figure | None


def findings_of(kind: CrimeType, shown: Shown) -> list[Finding]:
    """
    The findings that the evidence on a type supports; most types have none.

    A change is a finding when it stands among all the report's tests, and a
    high rate when it does and is high even beside the area's other crime. Where
    the whole did not clearly move, one ward of it may have.
    """
    high = kind.standing == "high" and shown.peers is not None and stands_apart(kind)
    if kind.verdict in ("rise", "fall"):
        return [_moved(kind, shown, high=high)]
    found = [_in_one_ward(kind, shown.ward, shown.part)] if shown.ward is not None else []
    if high and shown.peers is not None:
        found.append(_high(kind, shown))
    return found


def _in_one_ward(kind: CrimeType, ward: Figure, part: Figure) -> Finding:
    """A change in one ward of a type that did not clearly change as a whole."""
    one = kind.warded
    assert one is not None
    rose = one.after > one.before
    way = said(ward, "percent", "moved") if one.percent is not None else ("rose" if rose else "fell")
    ask = "what changed there, and agree one plan with one lead" if rose else "what helped, and keep it up"
    made = finding(
        kind.brief,
        kind.topic,
        f"ward-{slug(one.ward)}",
        title=f"Recorded {kind.topic.subject} {_by_times(one, way)} in {one.ward}",
        statement=(
            f"In {said(ward, 'ward', 'text')} police recorded {said(ward, 'after', 'n')} {kind.topic.many}, against "
            f"{said(ward, 'before', 'n')} the year before: more than chance would give, of {said(ward, 'wards', 'n')} "
            f"wards looked at.{_as_well(kind, ward)} In the area as a whole {kind.topic.subject} did not clearly "
            "change."
        ),
        so_what=(
            "A change in one place has a reason in that place: something opened or closed, someone came or went, or "
            "one site began to report."
        ),
        figures=[ward.id, part.id],
        states=["rising" if rose else "falling"],
        harm=_harm(part),
        size=float(np.log10(max(one.after, one.before, 1.0)) / 4),
        change=PART_MOVED * abs(one.after - one.before) / max(kind.n, 1.0),
        certainty=STANDS,
        public=(
            f"In {one.ward}, police wrote down {said(ward, 'after', 'n')} reports of {kind.topic.public}. The year "
            f"before it was {said(ward, 'before', 'n')}."
        ),
    )
    return replace(made, recommendation=f"Ask those who know {one.ward} {ask}.")


def _as_well(kind: CrimeType, ward: Figure) -> str:
    others = kind.warded.others if kind.warded else ()
    if not others:
        return ""
    return f" The same is true of others: {listed([sentences.went(ward, str(k)) for k in range(2, len(others) + 2)])}."


def _by_times(one: WardChange, way: str) -> str:
    """How a ward moved, in words: tripled, doubled, halved, or by how much."""
    ratio = one.after / one.before if one.before else 0.0
    if ratio >= 2.75:
        return "more than tripled" if ratio > 3.05 else "about tripled"
    if 1.9 <= ratio <= 2.1:
        return "about doubled"
    return way


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


def _alike_too(kind: CrimeType) -> bool:
    """Whether the months recorded alike in both years moved the same way, by more than chance."""
    found = kind.alike
    if found is None or kind.moved is None or not kind.brief.stands(found.test):
        return False
    return (found.percent > 0) == ((kind.moved.percent or 0) > 0)


def _moved(kind: CrimeType, shown: Shown, *, high: bool) -> Finding:
    assert kind.moved is not None and kind.moved.percent is not None
    change, part, alike = shown.change, shown.part, shown.alike
    rose = kind.moved.percent > 0
    way = "rise" if rose else "fall"
    anew_, even_so = [c for c in kind.recording if c.fits(rose)], _alike_too(kind)
    explained = [] if even_so else anew_
    asked = reading_changes.asked_of(kind.brief, kind.line.id)
    readings = asked.explanation.readings if asked else ()
    title = f"Recorded {kind.topic.subject} {said(change, 'percent', 'moved')}"
    statement = (
        f"Police recorded {said(change, 'matched_after', 'n')} {kind.topic.many}, {said(change, 'percent', 'change')} "
        f"on the {said(change, 'matched_before', 'n')} of the year before, which is more than chance would give."
    )
    figures = [change.id, part.id]
    if asked is not None:
        read = reading_changes.figure(kind.brief, asked)
        told = [Reading.STEP] if Reading.STEP in readings and not anew_ else []
        statement += f" {reading_changes.sentence(asked, read, (*told, *reading_changes.WHERE))}"
        figures.append(read.id)
    if Reading.ONE_PLACE in readings:
        title += ", all from one ward"
    if explained:
        title += ", in a year in which the recording changed"
        anew_said = "; ".join(anew(c).removeprefix(": ").strip() for c in explained)
        statement += f" But the recording changed ({anew_said}), and some or all of the {way} may be that."
    if anew_ and alike is not None:
        statement += f" {sentences.alike(kind, alike)}"
        figures.append(alike.id)
    if even_so and alike is not None:
        title = f"Recorded {kind.topic.subject} {said(alike, 'percent', 'moved')} in the months recorded alike"
    if high and shown.peers is not None:
        statement += f" The rate is also {_beside(kind, shown.peers)}."
        figures.append(shown.peers.id)
    counts_anew = " But the way this is counted has changed." if anew_ else ""
    made = finding(
        kind.brief,
        kind.topic,
        "rose" if rose else "fell",
        title=title,
        statement=statement.strip(),
        so_what=_so_what_moved(kind, part, rose=rose, explained=bool(explained)),
        figures=figures,
        states=[*_ways(rose=rose, explained=bool(explained)), *_states(kind, shown.where, high=high)],
        harm=_harm(part),
        size=_size(kind),
        change=abs(kind.moved.percent) / LARGE,
        certainty=ALONE if explained or Reading.STEP in readings else STANDS,
        public=(
            f"Police wrote down {said(change, 'matched_after', 'n')} reports of {kind.topic.public}. That is "
            f"{said(change, 'percent', 'change')} on the year before.{counts_anew}"
        ),
    )
    if Reading.ONE_PLACE not in readings or asked is None or asked.explanation.places is None:
        return made
    there = f"In {asked.explanation.places.top}, {made.recommendation[:1].lower()}{made.recommendation[1:]}"
    return replace(made, recommendation=there)


def _so_what_moved(kind: CrimeType, part: Figure, *, rose: bool, explained: bool) -> str:
    if explained and kind.alike is not None:
        return (
            "The months recorded alike do not settle it, so this is neither success nor failure yet: what residents "
            "and partners saw should be asked before it is told as either."
        )
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


def _high(kind: CrimeType, shown: Shown) -> Finding:
    change, part, peers = shown.change, shown.part, shown.peers
    assert peers is not None
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
        states=_states(kind, shown.where, high=True),
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
