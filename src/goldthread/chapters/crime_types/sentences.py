"""What is said of a type of crime, in words that differ when the evidence differs."""

from __future__ import annotations

from goldthread.chapters import changes, comparing
from goldthread.chapters.crime_types.types import CrimeType
from goldthread.chapters.draft import said
from goldthread.chapters.measuring.recording import RecordingChange
from goldthread.chapters.measuring.trend import LONG
from goldthread.chapters.model import Figure
from goldthread.chapters.words import month, months

GATHERED, SPREAD = 2.0, 1.5  # the busiest tenth has so many times what chance alone would give it


def counted(kind: CrimeType, change: Figure, part: Figure) -> str:
    """How many were recorded, what part of all crime that is, and how it compares with the year before."""
    topic, period = kind.topic, kind.brief.period
    when = months(str(period.first), str(period.last))
    share = f", {said(part, 'share', 'share1')} of all recorded crime" if part.answer["share"] else ""
    nouns = f"plural|{topic.one}|{topic.many}"
    lead = f"Police recorded {said(change, 'after', 'n')} {said(change, 'after', nouns)} in {when}{share}."
    if change.answer["months"] != len(period):
        came = f"{said(change, 'months', 'word')} of the {len(period)} months"
        lead = f"{lead[:-1]}, counting the {came} that came."
    return f"{lead} {changes.sentence(kind.brief, kind.line, change)}"


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


def _effect(kind: CrimeType, change: RecordingChange) -> str:
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
    return (
        f"That is {said(rate, 'rate', 'n1')} for every 1,000 {per} a year. Too few other areas' counts came to say "
        "whether that is high or low."
    )


def gone(kind: CrimeType, course: Figure | None) -> str:
    """Trend, change of level and season; or why none can be given."""
    found, brief = kind.course, kind.brief
    if found is None or course is None:
        return "Fewer than 24 months came in a row, so neither a trend nor a season can be told from chance."
    parts = []
    trending = bool(found.trend_test) and brief.stands(found.trend_test)
    if trending and found.percent_per_year is not None:
        way = "risen" if found.per_year > 0 else "fallen"
        parts.append(
            f"Over the {said(course, 'months', 'word')} months that came in a row it has {way}, by about "
            f"{said(course, 'per_year_apart', 'pct')} a year."
        )
    elif len(found.run) >= LONG:
        parts.append(
            f"Over the {said(course, 'months', 'word')} months that came in a row no trend can be told from chance."
        )
    if found.cuts and (trending or kind.verdict in ("rise", "fall", "perhaps")):
        parts.append(_level(kind, course))
    parts.append(_season(kind, course))
    return " ".join(parts)


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
    assert kind.course is not None
    test = kind.course.season_test
    if not test:
        return ""
    if not kind.brief.stands(test):
        return "No season can be told from chance."
    return (
        f"It has a season: {said(course, 'peak', 'text')} is usually highest ({said(course, 'peak_above', 'pct')} "
        f"above the average month) and {said(course, 'trough', 'text')} lowest "
        f"({said(course, 'trough_below', 'pct')} below)."
    )


def placed(where: Figure | None) -> str:
    """How gathered it is, and where most of it is."""
    if where is None:
        return ""
    share, chance = float(where.answer["top_share"] or 0), float(where.answer["by_chance"] or 1)
    held = (
        f"the tenth of small areas with most had {said(where, 'top_share', 'share')} of it, against "
        f"{said(where, 'by_chance', 'share')} by chance alone"
    )
    if not where.answer["beyond_chance"] or share < SPREAD * chance:
        lead = f"It is spread over the area: {held}."
    elif share < GATHERED * chance:
        lead = f"It is somewhat gathered: {held}."
    else:
        lead = f"It is gathered in few places: {held}."
    if "ward2" not in where.answer:
        return lead
    wards = (
        f"{said(where, 'ward1', 'text')} ({said(where, 'share1', 'share')}) and {said(where, 'ward2', 'text')} "
        f"({said(where, 'share2', 'share')})"
    )
    return f"{lead} The wards with most were {wards}."


def weighed(kind: CrimeType, part: Figure) -> str:
    """What part of all harm it makes, beside its part of the number."""
    if "harm_share" not in part.answer:
        return ""
    share, of_harm = float(part.answer["share"] or 0), float(part.answer["harm_share"] or 0)
    said_so = (
        f"By harm it is {said(part, 'harm_share', 'share1')} of recorded crime, {said(part, 'harm_rank', 'ordinal')} "
        f"of {said(part, 'kinds', 'word')} types"
    )
    if of_harm > 1.5 * share:
        return f"{said_so}: more than its number suggests."
    if of_harm < share / 1.5:
        return f"{said_so}: less than its number suggests."
    return f"{said_so}, much as by number."


def ended(kind: CrimeType, figure: Figure | None) -> str:
    """What became of them, of those that have had three months or more."""
    if figure is None or kind.ended is None:
        return ""
    cohort, months_ = kind.ended
    within = " within three months" if cohort.dated else " so far"
    lead = (
        f"Of the {said(figure, 'crimes', 'n')} recorded in {months(str(months_.first), str(months_.last))}, "
        f"{said(figure, 'charged_share', 'share1')} led to a charge or summons{within} and "
        f"{said(figure, 'no_suspect_share', 'share1')} were closed with no suspect identified"
    )
    if float(figure.answer["unavailable_share"] or 0) < 0.05:
        return f"{lead}."
    return f"{lead}; for {said(figure, 'unavailable_share', 'share1')} the outcome is not available."
