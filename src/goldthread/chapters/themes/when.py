"""When: the hours of the week of a line, and how much of it is on weekend nights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.times import WEEK, hour_of_week_counts
from goldthread.chapters.brief import Line
from goldthread.chapters.measuring.selecting import rows_of
from goldthread.chapters.model import Box, Chart, Figure, Series
from goldthread.chapters.themes.form import Page, Section, said
from goldthread.chapters.themes.tallies import share

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# From eight on Friday and on Saturday evening to four the next morning.
NIGHTS = [(24 * day + hour) % WEEK for day in (4, 5) for hour in range(20, 28)]
USUAL = len(NIGHTS) / WEEK
MIDNIGHT_TOO_OFTEN = 0.05  # an even day has 0.1 % in the two minutes about midnight
FEWEST_FOR_A_CLOCK = 60


def at_night(page: Page, section: Section, line: Line, what: str) -> Figure | None:
    """
    This will draw a line's hours of the week, and return the share on Friday and Saturday nights.

    Where the feed does not know the time of day the refusal is printed
    instead. Nothing is drawn for fewer than 60 rows, and many rows at midnight
    bring their caveat.
    """
    ruling = may_ask("hour of the week", Resolution.of_feed(line.feed.resolution))
    if not ruling:
        page.show(section, Box(kind="caveat", title="Not said: at which hours", text=ruling.reason))
        return None
    condition, values = rows_of(line, page.brief.period)
    when = page.brief.evidence.columns(
        f"SELECT happened_at FROM incidents WHERE happened_at IS NOT NULL AND {condition}", values
    )["happened_at"]
    moments = np.asarray(when, dtype="datetime64[m]")
    if moments.size < FEWEST_FOR_A_CLOCK:
        return None
    if float(np.mean(moments.astype(np.int64) % (24 * 60) <= 1)) > MIDNIGHT_TOO_OFTEN:
        page.bear_in_mind("clock-unknown")
    hours = hour_of_week_counts(moments)
    page.show(section, _clock(page, line, hours, what))
    asks = f"What share happened on Friday and Saturday nights, from eight to four ({line.title.lower()})?"
    return share(page, line, f"{line.id}.nights", asks, float(hours[NIGHTS].sum()), float(moments.size))


def _clock(page: Page, line: Line, hours: NDArray[np.int64], what: str) -> Chart:
    labels = tuple(f"{hour:02d}:00" for hour in range(24))
    busiest = np.argmax(hours)
    return Chart(
        id=f"{page.id}.{line.id}.clock",
        kind="clock",
        title=f"{line.title}: hour of the week",
        describes=f"Seven days by 24 hours, darker where there were more {what} in {page.when}. The darkest is the "
        f"hour from {int(busiest) % 24:02d}:00 on {DAYS[int(busiest) // 24]}.",
        series=tuple(
            Series(day, labels, tuple(float(n) for n in row))
            for day, row in zip(DAYS, hours.reshape(7, 24), strict=True)
        ),
        source=line.feed.title,
        y_title="Count",
        protected=line.feed.protected,
    )


def night_sentence(figure: Figure, what: str) -> str:
    """What share fell on weekend nights, beside the share of the week that those nights are."""
    value = float(figure.answer["share"] or 0.0)
    part = f"{said(figure, 'share', 'share')} of {what}"
    usual = f"those nights are {100 * USUAL:.0f}% of the week"
    if value >= 2 * USUAL:
        return f"Friday and Saturday nights (eight to four) stand out: {part} were then, though {usual}."
    if value <= 1.25 * USUAL:
        return f"Friday and Saturday nights (eight to four) do not stand out: {part} were then, and {usual}."
    return f"Friday and Saturday nights (eight to four) had {part}, somewhat more than an even share; {usual}."
