"""What really happened in Saltmarsh: each crime and report with its time and address, before anyone publishes it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from example.geography import geography
from example.rates import ASB, BURGLARY, SERIES, VIOLENCE, expected, night_area
from example.streets import ADDRESSES, Streets, streets
from example.truths import MONTHS, effect, month_name

Numbers = NDArray[np.float64]
Whole = NDArray[np.int64]

# Of the seeds tried, one that leaves every series in which nothing was planted quiet from year to year.
SEED = 2108
DAY, HOUR = 1440, 60
STARTS = np.array([f"{month_name(k)}-01" for k in range(MONTHS + 1)], dtype="datetime64[D]")
LENGTHS = (STARTS[1:] - STARTS[:-1]).astype(int)
# Hours before which a window may have begun: burglary while out, vehicles and bicycles overnight, damage found later.
WINDOWS = {"Burglary": 11, "Vehicle crime": 12, "Bicycle theft": 9, "Criminal damage and arson": 10, "Other theft": 4}


@dataclass(frozen=True)
class Crimes:
    """
    One element a crime or report of anti-social behaviour, in order of time.

    `area`, `series` and `month` are numbers; `address` is within the area;
    `start` and `end` are minutes since the first of January 2023.
    """

    area: Whole
    series: Whole
    month: Whole
    address: Whole
    start: Whole
    end: Whole

    def __len__(self) -> int:
        return len(self.area)


@cache
def crimes() -> Crimes:
    """Every crime of the 36 months, the same every time."""
    rng = np.random.default_rng(SEED)
    world, ground = geography(), streets()
    counts = rng.poisson(expected(world, rng))
    cell = np.repeat(np.arange(counts.size), counts.ravel())
    area, series, month = (np.asarray(a) for a in np.unravel_index(cell, counts.shape))
    address = _addresses(rng, area, series, ground)
    start = _times(rng, area, series, month, night_area(world))
    _near_repeats(rng, area, series, month, address, start, ground)
    end = start + _windows(rng, series)
    order = np.lexsort((area, start))
    return Crimes(*(a[order] for a in (area, series, month, address, start, end)))


def _addresses(rng: np.random.Generator, area: Whole, series: Whole, ground: Streets) -> Whole:
    """Homes are burgled evenly; what happens in public gathers at a few addresses."""
    chosen = rng.integers(0, ADDRESSES, len(area))
    public = ~np.isin(series, [BURGLARY, SERIES.index("Vehicle crime")])
    upto = ground.favour.cumsum(axis=1)
    drawn = (upto[area[public]] < rng.random((public.sum(), 1))).sum(axis=1)
    chosen[public] = np.minimum(drawn, ADDRESSES - 1)
    return chosen


def profile(peak: float, spread: float, weekend: float) -> Numbers:
    """Shares of a week's 168 hours, from Monday, round a peak; `weekend` lifts Friday and Saturday nights."""
    hour = np.arange(24)
    away = np.minimum(np.abs(hour - peak), 24 - np.abs(hour - peak))
    day = np.exp(-((away / spread) ** 2)) + 0.03
    week = np.tile(day, 7)
    late = np.r_[np.arange(4 * 24 + 20, 5 * 24 + 4), np.arange(5 * 24 + 20, 6 * 24 + 4)]
    week[late] *= weekend
    return np.asarray(week / week.sum())


PROFILES = {
    "Burglary": profile(13, 5, 1),
    "Vehicle crime": profile(23, 5, 1),
    "Bicycle theft": profile(13, 5, 1),
    "Shoplifting": profile(14.5, 4, 0.3),
    "Theft from the person": profile(17, 6, 2),
    "Anti-social behaviour": profile(19, 5, 1.6),
    "Violence and sexual offences": profile(19, 7, 1.7),
    "Public order": profile(19, 6, 2.0),
    "Robbery": profile(21, 5, 1.8),
}
ORDINARY, NIGHT = profile(16, 7, 1.2), profile(0.5, 3, 6)


def _times(rng: np.random.Generator, area: Whole, series: Whole, month: Whole, night: int) -> Whole:
    """Minutes since the first of January 2023, in the right month, by each crime's own week."""
    hours = np.zeros(len(area), dtype=np.int64)
    late = (area == night) & np.isin(series, [VIOLENCE, SERIES.index("Public order")])
    for number, name in enumerate(SERIES):
        mine = (series == number) & ~late
        hours[mine] = rng.choice(168, mine.sum(), p=PROFILES.get(name, ORDINARY))
    hours[late] = rng.choice(168, late.sum(), p=NIGHT)
    weekday, hour = hours // 24, hours % 24
    first = (STARTS[:-1].astype(int)[month] + 3) % 7  # 1970-01-01 was a Thursday; Monday is 0
    offset = (weekday - first) % 7
    weeks = (LENGTHS[month] - 1 - offset) // 7 + 1
    day = offset + 7 * (rng.random(len(area)) * weeks).astype(np.int64)
    since = (STARTS[:-1] - STARTS[0]).astype(np.int64)[month]
    return np.asarray((since + day) * DAY + hour * HOUR + rng.integers(0, 60, len(area)))


def _windows(rng: np.random.Generator, series: Whole) -> Whole:
    """How many minutes later each ended or was found out; most crimes are known to the minute."""
    longest = np.array([WINDOWS.get(s, 0) for s in SERIES])[series] * HOUR
    return np.asarray((rng.beta(1.6, 2.2, len(series)) * longest).astype(np.int64))


def _near_repeats(
    rng: np.random.Generator,
    area: Whole,
    series: Whole,
    month: Whole,
    address: Whole,
    start: Whole,
    ground: Streets,
) -> None:
    """Move a share of each area's burglaries to just after, and just beside, another of the same month, in place."""
    said = effect("near_repeats")
    mine = np.flatnonzero(series == BURGLARY)
    wards = np.array([a.ward.code for a in geography().areas])[area[mine]]
    groups: dict[tuple[str, int], list[int]] = {}
    for k, ward, when in zip(mine.tolist(), wards.tolist(), month[mine].tolist(), strict=True):
        groups.setdefault((ward, when), []).append(k)
    last = (STARTS[1:] - STARTS[0]).astype(int) * DAY - 1
    for (_, when), members in groups.items():
        followers = [k for k in members[1:] if rng.random() < said["share"]]
        leaders = [k for k in members if k not in followers]
        for k in followers:
            leader = leaders[int(rng.integers(len(leaders)))]
            place = area[leader]
            x, y = ground.x[place], ground.y[place]
            away = np.hypot(x - x[address[leader]], y - y[address[leader]])
            close = np.flatnonzero(away <= said["within_metres"])
            area[k], address[k] = place, close[int(rng.integers(len(close)))]
            later = int(rng.integers(60, said["within_days"] * DAY - 12 * HOUR))
            start[k] = min(int(start[leader]) + later, int(last[when]))


def is_asb(found: Crimes) -> NDArray[np.bool_]:
    """Which rows are anti-social behaviour, and so neither crimes nor given a reference."""
    return np.asarray(found.series == ASB)
