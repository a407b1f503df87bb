"""Early warning: what has lately gone beyond what was to be expected, in the area or one of its wards."""

from __future__ import annotations

from goldthread.chapters import changes
from goldthread.chapters.brief import Brief, slug
from goldthread.chapters.draft import Draft, said
from goldthread.chapters.emerging_shown import gathering
from goldthread.chapters.findings import ALONE, STANDS, finding
from goldthread.chapters.measuring.emerging import Emerging
from goldthread.chapters.measuring.harm import Harms
from goldthread.chapters.measuring.lines import STREET, Lines
from goldthread.chapters.measuring.recording import recording_changes
from goldthread.chapters.measuring.warning import WINDOW, Warning, Warnings
from goldthread.chapters.model import Chapter, Chart, Column, Figure, Finding, Gap, Rows, Series, Table
from goldthread.chapters.topics import Topic, topic_of_series, topics
from goldthread.chapters.words import listed, month, months

ID = "early-warning"
TITLE = "Early warning"
LOOKED_AT = "early-warning.looked-at"
MOST_DRAWN = 6


def write(brief: Brief) -> Chapter:
    """What lately went beyond what was to be expected, how many counts were looked at, and what could not be."""
    found = brief.found(Warnings)
    emerging = brief.found(Emerging)
    if not found.tested and not emerging.found:
        return _missing(brief)
    draft = Draft(brief, ID, TITLE)
    if found.tested:
        _by_month(draft, found)
    gathering(draft, emerging)
    draft.bear_in_mind("recorded-not-all")
    return draft.chapter()


def _by_month(draft: Draft, found: Warnings) -> None:
    """This will say which counts of the last months went beyond what was to be expected."""
    figure = draft.figure(_looked_at(found))
    window = months(str(found.window.first), str(found.window.last))
    wards = f", {said(figure, 'lines', 'n')} for the area and the rest for one of {said(figure, 'wards', 'n')} wards"
    draft.say(
        f"{said(figure, 'tested', 'n')} counts were looked at{wards if found.wards > 1 else ''}. Each was held in "
        f"{window} against what its own season and trend led one to expect. All are corrected together, so that in "
        f"months in which nothing happens the chance of any alarm at all is {said(figure, 'level', 'share')}."
    )
    if not found.found:
        draft.say("None was beyond what was to be expected.")
    else:
        draft.say(f"{said(figure, 'alarms', 'Count|count was|counts were')} beyond what was to be expected.")
        for warning in found.found:
            draft.figure(_figure(warning, found))
        draft.show(_table(found))
        draft.show(_chart(found.found[:MOST_DRAWN]))
        _findings(draft, found)
    if found.short:
        draft.not_said(
            "early warning for some data sets",
            [f"{_short(found)}: fewer than 24 months in a row came up to the last."],
        )


def _short(found: Warnings) -> str:
    return listed(list(dict.fromkeys(line.feed.title for line in found.short)))


def _missing(brief: Brief) -> Chapter:
    return Chapter(
        ID,
        TITLE,
        missing="Fewer than 24 months in a row came of every data set, so what is unusual now cannot be told from the "
        "season.",
        gaps=(
            Gap(
                f"What is new in {brief.area} in the last three months",
                "A rise that is seen early can be met while it is small.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _looked_at(found: Warnings) -> Figure:
    return Figure(
        id=LOOKED_AT,
        asks="How many counts were looked at, and how many went beyond what was to be expected?",
        question="goldthread.analysis.early_warning.warnings_across",
        answer={
            "tested": found.tested,
            "lines": found.lines,
            "wards": found.wards,
            "alarms": len(found.found),
            "level": 0.05,
        },
        rows=Rows("counts", months=(str(found.window.first), str(found.window.last))),
        parameters={"window": str(found.window), "correction": "Benjamini-Hochberg over all of them"},
        source="All data sets that count events by month",
    )


def _id(warning: Warning) -> str:
    return f"early-warning.{warning.line.id}" + (f".{slug(warning.ward)}" if warning.ward else "")


def _figure(warning: Warning, found: Warnings) -> Figure:
    where = f" in {warning.ward}" if warning.ward else ""
    return Figure(
        id=_id(warning),
        asks=f"Was there more in the last {WINDOW} months than to be expected ({warning.line.title.lower()}{where})?",
        question="goldthread.analysis.early_warning.warnings_across",
        answer={
            "observed": warning.observed,
            "expected": warning.expected,
            "upper": warning.upper,
            "times": warning.observed / warning.expected if warning.expected else None,
            "p": warning.p,
        },
        rows=warning.line.rows(found.window),
        parameters={"window": str(found.window), "run": str(warning.run), "ward": warning.ward},
        protected=warning.line.feed.protected,
        count_keys=("observed",),
        source=warning.line.feed.title,
    )


def _table(found: Warnings) -> Table:
    return Table(
        id="early-warning.alarms",
        title="Counts beyond what was to be expected, most unusual first",
        columns=(
            Column("line", "Type"),
            Column("where", "Where"),
            Column("observed", "Recorded", "count"),
            Column("expected", "Expected", "number", ("observed",)),
            Column("upper", "Upper bound", "number", ("observed",)),
            Column("times", "Times as many as expected", "ratio", ("observed",)),
        ),
        rows=tuple(
            (
                w.line.title,
                w.ward or "The whole area",
                w.observed,
                w.expected,
                w.upper,
                w.observed / w.expected if w.expected else None,
            )
            for w in found.found
        ),
        source="; ".join(dict.fromkeys(w.line.feed.title for w in found.found)),
        note=f"Over {months(str(found.window.first), str(found.window.last))}. Of 40 quiet counts, chance takes one "
        "over its upper bound.",
        protected=any(w.line.feed.protected for w in found.found),
        figures=tuple(_id(w) for w in found.found),
    )


def _chart(shown: tuple[Warning, ...]) -> Chart:
    return Chart(
        id="early-warning.months",
        kind="multiples",
        title="The counts that raised an alarm, month by month",
        describes="Each count over the months that it was judged by; the last three are those that went beyond what "
        "was to be expected.",
        series=tuple(
            Series(
                f"{w.line.title}, {w.ward}" if w.ward else w.line.title,
                tuple(str(m) for m in w.run),
                tuple(float(n) for n in w.months),
            )
            for w in shown
        ),
        y_title="A month",
        source="; ".join(dict.fromkeys(w.line.feed.title for w in shown)),
        protected=any(w.line.feed.protected for w in shown),
        figures=tuple(_id(w) for w in shown),
    )


def _findings(draft: Draft, found: Warnings) -> None:
    """One finding for each topic with an alarm: the area's own where it has one, else the ward most unusual."""
    by_topic: dict[str, list[Warning]] = {}
    for warning in found.found:
        topic = topic_of_series(warning.line.series[0])
        if topic is not None:
            by_topic.setdefault(topic.id, []).append(warning)
    for name, warnings in by_topic.items():
        first = next((w for w in warnings if not w.ward), warnings[0])
        moved = draft.brief.found(Lines).moved.get(first.line.id)
        # A rise of the whole area over the year is found in the page of its type.
        if first.ward or changes.verdict(draft.brief, moved) != "rise":
            draft.findings.append(_finding(draft, topics()[name], first, warnings, found))


def _finding(draft: Draft, topic: Topic, first: Warning, warnings: list[Warning], found: Warnings) -> Finding:
    brief, figure = draft.brief, draft.figures[_id(first)]
    window = months(str(found.window.first), str(found.window.last))
    where = f" in {first.ward}" if first.ward else ""
    changed = [c for c in recording_changes(brief, first.line) if c.effect != "down"]
    also = [w.ward for w in warnings if w.ward and w is not first and w.line is first.line]
    others = f" Wards that stand out as well: {listed(also)}." if also else ""
    whens = listed([month(str(c.month)) for c in changed])
    doubt = f" The recording changed from {whens}, which may be why." if changed else ""
    return finding(
        brief,
        topic,
        "emerging",
        title=f"Emerging: more {topic.subject}{where} than was to be expected",
        statement=(
            f"In {window} {said(figure, 'observed', 'n')} were recorded{where}, where {said(figure, 'expected', 'n')} "
            f"were to be expected: {said(figure, 'times', 'ratio')} as many.{others}{doubt}"
        ),
        so_what="It is recent. What is found out and done now costs least, and it may as well pass by itself.",
        figures=[figure.id],
        states=("rising",),
        harm=brief.found(Harms).share(first.line.title) ** 0.5,
        size=min(first.observed / 1000, 1.0),
        change=min(first.observed / max(first.expected, 1.0) - 1, 1.0),
        certainty=ALONE if changed else STANDS,
        public=f"There were more reports of {topic.public}{where} at the end of the year than we would expect.",
    )
