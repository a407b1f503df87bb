"""When: the hours of the week of a line, and how much of it is on weekend nights."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import Resolution, may_ask
from goldthread.analysis.times import WEEK, aoristic
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
UNKNOWN = np.datetime64("NaT")


def at_night(page: Page, section: Section, line: Line, what: str) -> Figure | None:
    """
    This will draw a line's hours of the week, and return the share on Friday and Saturday nights.

    Where only a window is known it is shared out over its hours (aoristic), as
    in the chapter of hours. Where the feed does not know the time of day the
    refusal is printed instead. Nothing is drawn for fewer than 60 rows, and many rows at midnight
    bring their caveat.
    """
    ruling = may_ask("hour of the week", Resolution.of_feed(line.feed.resolution))
    if not ruling:
        page.show(section, Box(kind="caveat", title="Not said: at which hours", text=ruling.reason))
        return None
    condition, values = rows_of(line, page.brief.period)
    when = page.brief.evidence.columns(
        f"SELECT happened_at, ended_at FROM incidents WHERE happened_at IS NOT NULL AND {condition}", values
    )
    start, end = (np.ma.filled(np.ma.asarray(when[c]).astype("datetime64[m]"), UNKNOWN) for c in when)
    if start.size < FEWEST_FOR_A_CLOCK:
        return None
    exact = start[np.isnat(end) | (end <= start)]
    if exact.size and float(np.mean(exact.astype(np.int64) % (24 * 60) <= 1)) > MIDNIGHT_TOO_OFTEN:
        page.bear_in_mind("clock-unknown")
    hours = aoristic(start, end).weights
    page.show(section, _clock(page, line, hours, what))
    asks = f"What share happened on Friday and Saturday nights, from eight to four ({line.title.lower()})?"
    return share(page, line, f"{line.id}.nights", asks, float(hours[NIGHTS].sum()), float(start.size))


def _clock(page: Page, line: Line, hours: NDArray[np.float64], what: str) -> Chart:
    labels = tuple(f"{hour:02d}:00" for hour in range(24))
    busiest = np.argmax(hours)
    return Chart(
        id=f"{page.id}.{line.id}.clock",
        kind="clock",
        title=f"{line.title}: hour of the week",
        describes=f"Seven days by 24 hours, darker where more of the {what.removeprefix('these ')} fell, in "
        f"{page.when}. The darkest is the hour from {int(busiest) % 24:02d}:00 on {DAYS[int(busiest) // 24]}.",
        series=tuple(
            Series(day, labels, tuple(round(float(n), 1) for n in row))
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
    usual = f"{100 * USUAL:.0f}% of the week"
    if value >= 2 * USUAL:
        return f"Friday and Saturday nights (eight to four) stand out: they are {usual} and had {part}."
    if value < 0.8 * USUAL:
        return f"It is not a matter of weekend nights: Friday and Saturday nights are {usual} and had {part}."
    if value <= 1.25 * USUAL:
        return f"Friday and Saturday nights (eight to four) had {part}, about an even share ({usual})."
    return f"Friday and Saturday nights (eight to four) had {part}, somewhat more than an even share ({usual})."
