"""What is said of a type of crime, in words that differ when the evidence differs."""

from __future__ import annotations

from goldthread.chapters import changes, comparing
from goldthread.chapters.brief import ALONE
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.draft import said
from goldthread.chapters.measuring.recording import RecordingChange
from goldthread.chapters.model import Figure
from goldthread.chapters.words import in_words, listed, month, months, plural

GATHERED, SPREAD = 2.0, 1.5  # the busiest tenth has so many times what chance alone would give it
HALF, ONE_WARD, EVEN_WARDS = 0.5, 0.4, 0.15  # shares from or below which places are said otherwise
LARGE_PART, SMALL_PART = 0.2, 0.02  # shares of all crime that are a large and a small part
MOSTLY, OFTEN_CHARGED = 0.6, 0.25  # shares with no suspect, and charged, from which that comes first


def counted(kind: CrimeType, change: Figure, part: Figure) -> str:
    """How many were recorded, what part of all crime that is, and how it compares with the year before."""
    topic, period = kind.topic, kind.brief.period
    when = months(str(period.first), str(period.last))
    nouns = f"plural|{topic.one}|{topic.many}"
    lead = f"Police recorded {said(change, 'after', 'n')} {said(change, 'after', nouns)} in {when}"
    if change.answer["months"] != len(period):
        lead = f"{lead}, counting the {said(change, 'months', 'word')} of the {len(period)} months that came"
    lead = f"{lead}{_of_all(part)}."
    if kind.verdict == "nothing":
        return lead
    return f"{lead} {changes.sentence(kind.brief, kind.line, change)}"


def _of_all(part: Figure) -> str:
    """What part of all recorded crime it is, as a sentence goes on."""
    share = float(part.answer["share"] or 0)
    if not share:
        return ""
    if share >= LARGE_PART:
        return f": {said(part, 'share', 'share')} of all recorded crime"
    if share < SMALL_PART:
        return f", fewer than {int(SMALL_PART * 100)} in every 100 recorded crimes"
    return f", {said(part, 'share', 'share1')} of all recorded crime"


def recorded_anew(kind: CrimeType) -> str:
    """Known changes in recording that fall across the comparison."""
    return " ".join(f"The recording changed{anew(c)}. {_effect(kind, c)}" for c in kind.recording).strip()


def anew(change: RecordingChange) -> str:
    """When and how the recording changed, as a sentence goes on; the month is not said twice."""
    when = month(str(change.month))
    told = lower(change.what).rstrip(".")
    return f": {told}" if when in told else f" from {when}: {told}"


def lower(words: str) -> str:
    """A sentence as it goes on after a colon or in brackets; an abbreviation keeps its capitals."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def alike(kind: CrimeType, shown: Figure | None) -> str:
    """What the months recorded alike in both years say, and so how far the recording explains the change."""
    found = kind.alike
    if found is None or shown is None:
        return ""
    when = months(str(found.first), str(found.last))
    lead = (
        f"Over the months recorded alike in both years ({when} and a year before) there were "
        f"{said(shown, 'after', 'n')}, against {said(shown, 'before', 'n')}: {said(shown, 'percent', 'change')}"
    )
    between = f"between {said(shown, 'low', 'pct')} and {said(shown, 'high', 'pct')}"
    if not kind.brief.stands(found.test) and found.p <= ALONE:
        return f"{lead} ({between}), which taken alone would count as a change."
    if not kind.brief.stands(found.test):
        return f"{lead}, which is within what chance would give ({between})."
    same_way = kind.moved is None or not kind.moved.percent or (kind.moved.percent > 0) == (found.percent > 0)
    told = "so the recording does not explain it all" if same_way else "the other way"
    return f"{lead}, more than chance would give ({between}), {told}."


def warded(kind: CrimeType, shown: Figure | None) -> str:
    """The one ward that moved beyond chance, where how the change is to be read does not name it already."""
    if shown is None or kind.warded is None:
        return ""
    if kind.verdict in ("rise", "fall"):
        return f"{went(shown, '')}, the surest change of any ward."
    number = len(kind.warded.others) + 1
    named = listed([went(shown, "" if k == 1 else str(k)) for k in range(1, number + 1)])
    wards = plural(number, "one ward", f"{in_words(number)} wards")
    return f"Within the area {wards} moved by more than chance would give: {named}."


def went(shown: Figure, key: str) -> str:
    """From how many to how many a ward went."""
    return (
        f"{said(shown, f'ward{key}', 'text')} went from {said(shown, f'before{key}', 'n')} to "
        f"{said(shown, f'after{key}', 'n')}"
    )


def _effect(kind: CrimeType, change: RecordingChange) -> str:
    if kind.alike is not None and kind.brief.stands(kind.alike.test):
        return ""
    if kind.verdict not in ("rise", "fall", "perhaps") or kind.moved is None or kind.moved.percent is None:
        return ""
    rose = kind.moved.percent > 0
    way = "rise" if rose else "fall"
    if change.fits(rose):
        return f"Some or all of the {way} may be that."
    return f"That would work against the {way}, so it does not explain it."


def rated(kind: CrimeType, peers: Figure | None, rate: Figure | None) -> str:
    """Its rate, beside other areas where there are any."""
    if kind.peered is not None and peers is not None:
        return comparing.sentence(kind.brief, kind.peered, peers)
    if rate is None:
        return ""
    per = str(rate.parameters["per"]).removeprefix("1,000 ")
    return f"That is {said(rate, 'rate', 'n1')} for every 1,000 {per} a year."


def gone(kind: CrimeType, course: Figure | None) -> str:
    """Trend, change of level and season, of which only what is more than chance is said."""
    found, brief = kind.course, kind.brief
    if found is None or course is None:
        return ""
    parts = []
    trending = bool(found.trend_test) and brief.stands(found.trend_test)
    if trending and found.percent_per_year is not None:
        way = "risen" if found.per_year > 0 else "fallen"
        parts.append(
            f"Over the {said(course, 'months', 'word')} months that came in a row it has {way}, by about "
            f"{said(course, 'per_year_apart', 'pct')} a year."
        )
    if found.cuts and (trending or kind.verdict in ("rise", "fall", "perhaps")):
        parts.append(_level(kind, course))
    parts.append(_season(kind, course))
    return " ".join(part for part in parts if part)


def _level(kind: CrimeType, course: Figure) -> str:
    assert kind.course is not None
    cut = kind.course.largest_cut
    assert cut is not None
    sentence = (
        f"With the season out, its level changed with {said(course, 'cut', 'month')}: from about "
        f"{said(course, 'level_before', 'n')} a month to about {said(course, 'level_after', 'n')}."
    )
    if any(c.explains(cut) for c in kind.recording):
        return f"{sentence} The recording changed at about that time."
    return sentence


def _season(kind: CrimeType, course: Figure) -> str:
    if kind.seasonal is None or not kind.brief.stands(kind.seasonal.test):
        return ""
    return (
        f"It has a season: {said(course, 'peak', 'text')} is usually highest ({said(course, 'peak_above', 'pct')} "
        f"above the year’s average) and {said(course, 'trough', 'text')} lowest "
        f"({said(course, 'trough_below', 'pct')} below)."
    )


def placed(where: Figure | None) -> str:
    """How gathered it is, and where most of it is."""
    if where is None:
        return ""
    share, chance = float(where.answer["top_share"] or 0), float(where.answer["by_chance"] or 1)
    tenth, by_chance = said(where, "top_share", "share"), said(where, "by_chance", "share")
    if not where.answer["beyond_chance"] or share < SPREAD * chance:
        lead = (
            f"It is spread over the area: the busiest tenth of small areas had {tenth}, little more than the "
            f"{by_chance} that chance alone would put there."
        )
    elif share >= HALF:
        lead = f"A tenth of small areas had {tenth} of it, where chance alone would put {by_chance}."
    elif share < GATHERED * chance:
        lead = f"It is somewhat gathered: the busiest tenth of small areas had {tenth}, against {by_chance} by chance."
    else:
        lead = (
            f"It is gathered in few places: the busiest tenth of small areas had {tenth}; chance would put {by_chance}."
        )
    return f"{lead}{_wards(where)}"


def _wards(where: Figure) -> str:
    if "ward2" not in where.answer:
        return ""
    first, second = (f"{said(where, f'ward{i}', 'text')} ({said(where, f'share{i}', 'share')})" for i in (1, 2))
    if float(where.answer["share1"] or 0) >= ONE_WARD:
        return f" {said(where, 'ward1', 'text')} alone had {said(where, 'share1', 'share')}, and {second} came next."
    if float(where.answer["share1"] or 0) < EVEN_WARDS:
        return f" No ward had much more than the others; {first} and {second} had most."
    return f" The wards with most were {first} and {second}."


def weighed(kind: CrimeType, part: Figure) -> str:
    """What part of all harm it makes, where that is not what its number would suggest."""
    if "harm_share" not in part.answer:
        return ""
    share, of_harm = float(part.answer["share"] or 0), float(part.answer["harm_share"] or 0)
    ranked = f"{said(part, 'harm_rank', 'ordinal')} of {said(part, 'kinds', 'word')} types"
    if of_harm > 1.5 * share:
        return (
            f"By harm it stands higher than by number: {said(part, 'harm_share', 'share1')} of the harm of recorded "
            f"crime, {ranked}."
        )
    if of_harm < share / 5:
        return f"By harm it is slight: {said(part, 'harm_share', 'share1')} of the whole, {ranked}."
    if of_harm < share / 1.5:
        return f"It makes {said(part, 'harm_share', 'share1')} of the harm, less than its number suggests."
    return ""


def ended(kind: CrimeType, figure: Figure | None) -> str:
    """What became of them, of those that have had three months or more."""
    if figure is None or kind.ended is None:
        return ""
    cohort, months_ = kind.ended
    within = " within three months" if cohort.dated else " so far"
    of = f"Of the {said(figure, 'crimes', 'n')} recorded in {months(str(months_.first), str(months_.last))}, "
    charged, nobody = (float(figure.answer[k] or 0) for k in ("charged_share", "no_suspect_share"))
    led, closed = said(figure, "charged_share", "share1"), said(figure, "no_suspect_share", "share1")
    if not figure.answer["charged"]:
        lead = f"{of}none had led to a charge or summons{within}, and {closed} were closed with no suspect identified"
    elif nobody >= MOSTLY:
        lead = (
            f"{of}most ({closed}) were closed with no suspect identified, and {led} led to a charge or summons{within}"
        )
    elif charged >= OFTEN_CHARGED:
        lead = f"{of}{led} led to a charge or summons{within}, more often than most crimes do; {closed} had no suspect"
    else:
        lead = f"{of}{led} led to a charge or summons{within} and {closed} were closed with no suspect identified"
    if float(figure.answer["unavailable_share"] or 0) < 0.05:
        return f"{lead}."
    return f"{lead}; for {said(figure, 'unavailable_share', 'share1')} the outcome is not available."
