"""How a line's change is put into a figure, a sentence and a table: the same words for the same evidence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from goldthread.chapters.brief import ALONE, Brief, Line
from goldthread.chapters.measuring.lines import TOTAL, Lines, Moved
from goldthread.chapters.model import ANALYST, Column, Edition, Figure, Table
from goldthread.chapters.words import in_words, months, number, plural

HARDLY = 1.0  # per cent: a difference so small is hardly one
ALMOST_ANYTHING = 60.0  # percentage points between the ends of a likely range that says next to nothing
# What an edition shows among its first numbers, and what it is called there.
HEADLINES = {TOTAL: "Recorded crimes", "anti-social-behaviour": "Reports of anti-social behaviour"}


def figure_id(line_id: str) -> str:
    """The id of the figure that holds a line's change."""
    return f"{line_id}.change"


def figure(brief: Brief, line: Line, headline: str = "") -> Figure:
    """
    A line's count in the period, and in the same months a year before where those came.

    `headline` is what it is called where an edition shows it as one of its
    first numbers; the lines of HEADLINES have theirs.
    """
    headline = headline or HEADLINES.get(line.id, "")
    moved = brief.found(Lines).moved.get(line.id)
    counts = line.over(brief.period)
    came = int((~np.isnan(counts)).sum())
    answer: dict[str, float | int | str | None] = {"after": float(np.nansum(counts)), "months": came}
    if moved is not None:
        answer |= {
            "matched_before": moved.before,
            "matched_after": moved.after,
            "matched_months": moved.months,
            "percent": moved.percent,
            "low": moved.low,
            "high": moved.high,
            "p": moved.p,
            "stands": int(brief.stands(moved.test)),
        }
    return Figure(
        id=figure_id(line.id),
        asks=f"How many were recorded ({line.title.lower()}), and how does that compare with a year before?",
        question="goldthread.analysis.change.compare_months",
        answer=answer,
        rows=line.rows(brief.period),
        parameters={
            "period": str(brief.period),
            "before": str(brief.before),
            "confidence": 0.95,
            **({"headline": headline} if headline else {}),
        },
        caveats=("recorded-not-all", *(("small-numbers",) if moved and moved.percent is None else ())),
        protected=line.feed.protected,
        count_keys=("after", "matched_before", "matched_after"),
        source=line.feed.title,
    )


def verdict(brief: Brief, moved: Moved | None) -> str:
    """
    What can be said of a change?

    `rise` or `fall` stands when every test of the report is corrected together;
    `perhaps` would be one if it stood alone; `unclear` is within chance;
    `too-few` cannot be told; `same` did not change at all; `nothing` had nothing to be compared with.
    """
    if moved is None:
        return "nothing"
    if moved.p is None or moved.percent is None:
        return "same" if moved.percent == 0 else "too-few"
    if brief.stands(moved.test):
        return "rise" if moved.percent > 0 else "fall"
    return "perhaps" if moved.p <= ALONE else "unclear"


def sentence(brief: Brief, line: Line, shown: Figure) -> str:
    """What the evidence says of a line's change, in words that differ when the evidence differs."""
    moved = brief.found(Lines).moved.get(line.id)
    name = f"{{{{{shown.id}:%s:%s}}}}"
    said = verdict(brief, moved)
    before = months(str(brief.before.first), str(brief.before.last))
    if moved is None or said == "nothing":
        return f"Nothing was supplied for {before}, so no change can be given."
    was = name % ("matched_before", "n")
    # Figures like any others, so that an edition that withholds the counts withholds these with them.
    between = f"between {name % ('low', 'pct')} and {name % ('high', 'pct')}"
    if moved.months < len(brief.period):
        return _of_some_months(brief, moved, said, name, between)
    if said == "same":
        return f"That is the same as in {before} ({was})."
    if said == "too-few":
        return f"There were {was} in {before}; numbers are too small to say whether that is a change."
    if said == "unclear":
        return _within_chance(moved, name, before, between)
    if said == "perhaps":
        return (
            f"That is {name % ('percent', 'change')} on {before} ({was}; {between}). Taken alone it would count as a "
            f"change, but among the {_tests(brief)} tests in this assessment some as large come up by chance, so it is "
            "to be watched."
        )
    return f"That is {name % ('percent', 'rise')} on {before} ({was}), more than chance would give ({between})."


def _tests(brief: Brief) -> int:
    return brief.verdicts.tests if brief.verdicts else 0


def _within_chance(moved: Moved, name: str, before: str, between: str) -> str:
    """A difference that chance could have made: hardly any, one that could be nearly anything, or an ordinary one."""
    was, low, high = name % ("matched_before", "n"), moved.low or 0.0, moved.high or 0.0
    if abs(moved.percent or 0.0) < HARDLY:
        return f"That is much as in {before} ({was}), and within what chance would give ({between})."
    if high - low > ALMOST_ANYTHING:
        return (
            f"There were {was} in {before} ({name % ('percent', 'change')}), but months vary so much that anything "
            f"{between} is within what chance would give."
        )
    return (
        f"That is {name % ('percent', 'change')} on {before} ({was}), which is within what chance and ordinary "
        f"variation would give ({between})."
    )


def _of_some_months(brief: Brief, moved: Moved, said: str, name: str, between: str) -> str:
    """The change where some months came in one year only: what is compared comes first, so that it is not misread."""
    n, were = in_words(moved.months), "was" if moved.after == 1 else "were"
    lead = (
        f"Only {n} of the {len(brief.period)} months came in both years. In {plural(moved.months, 'it', 'those')} "
        f"there {were} {name % ('matched_after', 'n')}, against {name % ('matched_before', 'n')} a year before"
    )
    if said == "same":
        return f"{lead}: the same."
    if said == "too-few":
        return f"{lead}; numbers are too small to say whether that is a change."
    change = name % ("percent", "change")
    if said == "unclear":
        return f"{lead} ({change}), which is within what chance and ordinary variation would give ({between})."
    if said == "perhaps":
        return f"{lead} ({change}; {between}), which may be chance among {_tests(brief)} tests and is to be watched."
    return f"{lead} ({change}), more than chance would give ({between})."


def table(
    brief: Brief,
    lines: Sequence[Line],
    *,
    name: str,
    title: str,
    total_row: bool = False,
    editions: frozenset[Edition] = ANALYST,
) -> Table:
    """Previous, current, difference and percentage change of these lines, with what stands marked in words."""
    moved = brief.found(Lines).moved
    if not any(line.id in moved for line in lines):
        return _of_one_year(brief, lines, name, title, total_row, editions)
    said = {
        "rise": "Rise",
        "fall": "Fall",
        "perhaps": "Watch: perhaps a change",
        "unclear": "No clear change",
        "too-few": "Too few to tell",
        "same": "No change",
        "nothing": "–",
    }
    rows = []
    for line in lines:
        m = moved.get(line.id)
        after = m.after if m else float(np.nansum(line.over(brief.period)))
        rows.append(
            (
                line.title,
                m.before if m else None,
                after,
                after - m.before if m else None,
                m.percent if m else None,
                f"{number(m.low)} to {number(m.high)}%" if m and m.low is not None and m.high is not None else "–",
                said[verdict(brief, m)],
            )
        )
    return Table(
        id=name,
        title=title,
        columns=(
            Column("line", "Type"),
            Column("before", "Year before", "count"),
            Column("after", "This year", "count"),
            Column("difference", "Difference", "number", ("before", "after")),
            Column("percent", "Change", "change", ("before", "after")),
            Column("interval", "Likely range of the change", "text", ("before", "after")),
            Column("verdict", "What can be said"),
        ),
        rows=tuple(rows),
        source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
        note="No percentage is given where the year before had fewer than 20.",
        protected=any(line.feed.protected for line in lines),
        total_row=total_row,
        figures=tuple(figure_id(line.id) for line in lines),
        editions=editions,
    )


def _of_one_year(
    brief: Brief, lines: Sequence[Line], name: str, title: str, total_row: bool, editions: frozenset[Edition]
) -> Table:
    """The counts of the period where no earlier year came: columns of dashes would say nothing."""
    counts = [float(np.nansum(line.over(brief.period))) for line in lines]
    whole = counts[-1] if total_row and counts and counts[-1] else None
    columns = [Column("line", "Type"), Column("after", "This year", "count")]
    if whole:
        columns.append(Column("share", "Share of all", "percent", ("after",)))
    return Table(
        id=name,
        title=title.partition(", compared with")[0],
        columns=tuple(columns),
        rows=tuple(
            (line.title, n, *((100 * n / whole,) if whole else ())) for line, n in zip(lines, counts, strict=True)
        ),
        source="; ".join(dict.fromkeys(line.feed.title for line in lines)),
        note="No earlier year came to compare with.",
        protected=any(line.feed.protected for line in lines),
        total_row=total_row,
        figures=tuple(figure_id(line.id) for line in lines),
        editions=editions,
    )
