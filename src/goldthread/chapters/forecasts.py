"""What the next year may bring, told only where that has been better than repeating last year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.draft import Draft, said
from goldthread.chapters.measuring.forecast import Forecasts, Foreseen, WhyNot
from goldthread.chapters.measuring.lines import STREET, TOTAL, Lines
from goldthread.chapters.model import Chapter, Chart, Column, Figure, Gap, Series, Table
from goldthread.chapters.words import listed, months
from goldthread.evidence.periods import Period

ID = "forecasts"
TITLE = "What the next year may bring"
MOST_DRAWN = 4
MOST_NAMED = 10
TALLY = "forecasts.tally"
DROPPED: Mapping[WhyNot, str] = {
    "no better than last year": "repeating last year did as well or better, so the best guess for a month is the same "
    "month of last year",
    "new level": "the level changed within the last year, and too little has been seen of the new one",
    "range missed": "the range missed most months of the last year",
}


def write(brief: Brief) -> Chapter:
    """The forecasts that beat repeating last year, drawn and set beside it; the others named and left out."""
    found = brief.found(Forecasts)
    if not found.by_line:
        return _missing(found)
    draft = Draft(brief, ID, TITLE)
    lines = [brief.found(Lines).by_id[name] for name in found.by_line]
    kept = [line for line in lines if not found.by_line[line.id].why_not]
    tally = draft.figure(_tally(brief, lines, kept))
    ahead = months(str(found.by_line[lines[0].id].ahead.first), str(found.by_line[lines[0].id].ahead.last))
    draft.say(
        f"{said(tally, 'tried', 'n')} counts have three years or more without a missing month. Each was forecast for "
        f"{ahead}, and the forecast tried first on the year that is known: it is shown only where it came nearer than "
        "repeating the year before would have, and its range held. "
        f"{said(tally, 'kept', 'Count|forecast passed|forecasts passed')}."
    )
    for line in kept:
        draft.figure(_figure(brief, line, found.by_line[line.id]))
    shown = _order(kept)
    for line in shown[:MOST_DRAWN]:
        draft.say(_sentence(draft, line, found.by_line[line.id], ahead))
        draft.show(_chart(brief, line, found.by_line[line.id]))
    if kept:
        draft.show(_table(brief, shown, found))
    for reason, because in DROPPED.items():
        mine = _order([line for line in lines if found.by_line[line.id].why_not == reason])
        if mine:
            more = " and others" if len(mine) > MOST_NAMED else ""
            draft.say(f"For {listed([_plain(v) for v in mine[:MOST_NAMED]])}{more} no forecast is given: {because}.")
    _refused(draft, found)
    draft.bear_in_mind("model-forecast")
    return draft.chapter()


def _missing(found: Forecasts) -> Chapter:
    reason = next(iter(found.refused.values()), "Nothing that is counted month by month was supplied.")
    return Chapter(
        ID,
        TITLE,
        missing=f"No forecast is given. {reason}",
        gaps=(
            Gap(
                "What the next year may bring if things go on as they have",
                "Plans and budgets are made for next year and not for last.",
                "Police force analyst",
                STREET,
            ),
        ),
    )


def _order(lines: Sequence[Line]) -> list[Line]:
    """Police.uk's own lines first, the total before its parts, and most events first."""
    return sorted(lines, key=lambda v: (v.feed.name != STREET, v.id != TOTAL, -float(np.nansum(v.counts)), v.id))


def _plain(line: Line) -> str:
    return line.title if ":" in line.title or line.title[1:2].isupper() else line.title[:1].lower() + line.title[1:]


def _tally(brief: Brief, lines: Sequence[Line], kept: Sequence[Line]) -> Figure:
    return Figure(
        id=TALLY,
        asks="How many counts could be forecast better than by repeating last year?",
        question="goldthread.analysis.forecasts.forecast",
        answer={"tried": len(lines), "kept": len(kept)},
        rows=lines[0].rows(Period(brief.span.first, brief.period.last)),
        source="All data sets that count events by month",
    )


def _figure(brief: Brief, line: Line, foreseen: Foreseen) -> Figure:
    last = line.over(Period(brief.period.last + -11, brief.period.last))
    return Figure(
        id=f"{line.id}.forecast",
        asks=f"What may the next twelve months bring ({line.title.lower()})?",
        question="goldthread.analysis.forecasts.forecast",
        answer={
            "last_year": float(last.sum()),
            "next_year": float(foreseen.mean.sum()),
            "change": 100 * (float(foreseen.mean.sum()) / float(last.sum()) - 1) if last.sum() else None,
            "first_low": float(foreseen.low80[0]),
            "first_high": float(foreseen.high80[0]),
            "last_low": float(foreseen.low80[-1]),
            "last_high": float(foreseen.high80[-1]),
            "error": foreseen.error,
            "naive_error": foreseen.naive_error,
            "better": 1 - foreseen.error / foreseen.naive_error if foreseen.naive_error else None,
            "covered": foreseen.covered,
        },
        rows=line.rows(Period(brief.span.first, brief.period.last)),
        parameters={"ahead": str(foreseen.ahead), "interval": 0.8},
        caveats=("model-forecast",),
        protected=line.feed.protected,
        count_keys=("last_year",),
        source=line.feed.title,
    )


def _sentence(draft: Draft, line: Line, foreseen: Foreseen, ahead: str) -> str:
    figure = draft.figures[f"{line.id}.forecast"]
    return (
        f"**{line.title}.** If things go on as they have there would be about {said(figure, 'next_year', 'n')} in "
        f"{ahead}, after {said(figure, 'last_year', 'n')} in the twelve months before "
        f"({said(figure, 'change', 'change')}). By its last month the likely range (four in five) is "
        f"{said(figure, 'last_low', 'n')} to {said(figure, 'last_high', 'n')} a month. On the year that "
        f"is known its errors were {said(figure, 'better', 'share')} smaller than those of repeating the year before, "
        f"and {said(figure, 'covered', 'share')} of months lay in the range."
    )


def _chart(brief: Brief, line: Line, foreseen: Foreseen) -> Chart:
    past = Period(brief.span.first, brief.period.last)
    figure = f"{line.id}.forecast"
    ahead = tuple(str(m) for m in foreseen.ahead)
    counts = tuple(None if np.isnan(v) else float(v) for v in line.over(past))

    def of(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, ...]:
        return tuple(round(float(v), 1) for v in values)

    return Chart(
        id=f"forecasts.{line.id}",
        kind="line",
        title=f"{line.title}: the months recorded and the year ahead",
        describes=f"About {{{{{figure}:next_year:n}}}} in the year ahead, against {{{{{figure}:last_year:n}}}} in the "
        "last; the band holds four months in five.",
        series=(
            Series("Recorded", tuple(str(m) for m in past), counts),
            Series("Forecast", ahead, of(foreseen.mean), of(foreseen.low80), of(foreseen.high80), "forecast"),
            Series("As last year", ahead, of(foreseen.naive), role="compare"),
        ),
        y_title="A month",
        source=line.feed.title,
        protected=line.feed.protected,
        figures=(figure,),
    )


def _table(brief: Brief, lines: Sequence[Line], found: Forecasts) -> Table:
    rows = []
    for line in lines:
        one = found.by_line[line.id]
        last = float(line.over(Period(brief.period.last + -11, brief.period.last)).sum())
        rows.append((line.title, last, round(float(one.mean.sum())), one.error, one.naive_error, 100 * one.covered))
    return Table(
        id="forecasts.kept",
        title="Forecasts that beat repeating last year",
        columns=(
            Column("line", "Type"),
            Column("last", "Last twelve months", "count"),
            Column("next", "Next twelve", "number", ("last",)),
            Column("error", "Error of the forecast", "number"),
            Column("naive", "Error of repeating last year", "number"),
            Column("covered", "Months in the range", "percent"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
        note="Errors are those of the last year, in units of how far a month usually is from the same month a year "
        "before. Of the months, 80% should lie in the range.",
        protected=any(line.feed.protected for line in lines),
        figures=tuple(f"{line.id}.forecast" for line in lines),
    )


def _refused(draft: Draft, found: Forecasts) -> None:
    lines = draft.brief.found(Lines).by_id
    reasons: dict[str, dict[str, None]] = {}
    for name, reason in found.refused.items():
        reasons.setdefault(reason, {})[lines[name].feed.title] = None
    said_so = [f"{listed(list(feeds))}: {reason}" for reason, feeds in reasons.items()]
    draft.not_said("forecasts of some counts", said_so)
