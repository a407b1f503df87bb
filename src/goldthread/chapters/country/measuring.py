"""The statistics of every authority at once: each method is asked of all authorities and lines together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.change import Change, compare_months
from goldthread.analysis.concentration import Concentration, concentration
from goldthread.analysis.early_warning import Warnings, warnings_across
from goldthread.analysis.harm import Harm, category_weights, harm
from goldthread.analysis.peers import Comparison, Position, compare
from goldthread.analysis.rates import Rates, crude_rate
from goldthread.analysis.significance import benjamini_hochberg
from goldthread.analysis.trends import days_in_months
from goldthread.chapters.country.counted import Authority, Counted, Line
from goldthread.chapters.measuring.harm import INDICES
from goldthread.chapters.measuring.lines import TOTAL
from goldthread.evidence.store import Numbers

WINDOW = 3  # the last months that are set against what was to be expected
FEWEST_MONTHS = 24
PER = 1000.0
# Half of what one area's chapter draws: intervals move by a hundredth, and there are hundreds of areas.
RESAMPLES = 499


@dataclass(frozen=True)
class Measured:
    """
    What was found, in arrays of one value an authority and line (in that order, authorities first).

    `change` is None where the year before did not come, `warnings` where there
    are fewer than 24 months. `adjusted` corrects all changes together.
    `counts`, `years` and `rates` are of the period, months that did not come
    left out of both. `compared` has, for each line, the authorities that came
    whole (by position) and how they compare. `positions` says where each stands
    against the limits. `concentrated` and `harms` are by
    line or index and then authority, None where there is nothing.
    """

    change: Change | None
    adjusted: Numbers
    warnings: Warnings | None
    counts: Numbers
    years: Numbers
    rates: Rates
    compared: Mapping[int, tuple[NDArray[np.intp], Comparison]]
    positions: Mapping[int, tuple[Position, ...]]
    concentrated: Mapping[str, Sequence[Concentration | None]]
    harms: Mapping[str, Sequence[Harm | None]]


def measure_country(counted: Counted) -> Measured:
    """What does each method say of every authority and line?"""
    authorities, lines = len(counted.authorities), len(counted.lines)
    now, then = counted.over(counted.period), counted.over(counted.period.before())
    flat = (authorities * lines, len(counted.period))
    change = None
    if (~np.isnan(now) & ~np.isnan(then)).any():
        change = compare_months(then.reshape(flat), now.reshape(flat))
    came = ~np.isnan(now)
    counts = np.where(came.any(-1), np.where(came, now, 0).sum(-1), np.nan)
    years = came.sum(-1) / 12
    people = np.array([a.people for a in counted.authorities])[:, None]
    compared = _compared(counted, counts, years)
    return Measured(
        change=change,
        adjusted=benjamini_hochberg(change.p) if change else np.full(flat[0], np.nan),
        warnings=_warned(counted),
        counts=counts,
        years=years,
        rates=crude_rate(counts, np.where(years > 0, people * years, np.nan), per=PER),
        compared=compared,
        positions={i: comparison.positions for i, (_, comparison) in compared.items()},
        concentrated={name: [_gathered(counts) for counts in places] for name, places in counted.places.items()},
        harms=_harms(counted.authorities, counted.lines, counts),
    )


def _warned(counted: Counted) -> Warnings | None:
    """
    What was expected of every authority and line in the last months, and what came.

    Totals are not judged, since what they add up is; and all are corrected together.
    """
    if len(counted.span) < FEWEST_MONTHS or not counted.lines:
        return None
    months = np.where(
        np.array([line.id == TOTAL for line in counted.lines])[None, :, None], np.nan, counted.months
    ).reshape(-1, len(counted.span))
    days = days_in_months(counted.span.first.first_day, len(counted.span))
    return warnings_across(months, window=WINDOW, exposure=days / 30.4375)


def _compared(counted: Counted, counts: Numbers, years: Numbers) -> dict[int, tuple[NDArray[np.intp], Comparison]]:
    """How the authorities whose every month came compare, line by line; none when fewer than three did."""
    people = np.array([a.people for a in counted.authorities])

    def one(i: int) -> tuple[NDArray[np.intp], Comparison] | None:
        whole = np.flatnonzero((years[:, i] * 12 == len(counted.period)) & (people > 0))
        if len(whole) < 3 or not counts[whole, i].sum() > 0:
            return None
        names = [counted.authorities[w].code for w in whole]
        exposure = people[whole] * len(counted.period) / 12
        return whole, compare(names, counts[whole, i], exposure, names[0], per=PER)

    with ThreadPoolExecutor(2) as two:  # ranks are drawn thousands of times, which lets go of the interpreter
        found = two.map(one, range(len(counted.lines)))
        return {i: compared for i, compared in enumerate(found) if compared is not None}


def _gathered(counts: NDArray[np.int64]) -> Concentration | None:
    return concentration(counts, resamples=RESAMPLES) if counts.size > 1 and counts.sum() > 0 else None


def _harms(authorities: Sequence[Authority], lines: Sequence[Line], counts: Numbers) -> dict[str, list[Harm | None]]:
    """The harm of each authority's crimes, weighed by its own force's mix of offences."""
    found: dict[str, list[Harm | None]] = {}
    for index in INDICES:
        by_force = {force: category_weights(index, force or None) for force in {a.force for a in authorities}}
        weighed: list[Harm | None] = []
        for i, authority in enumerate(authorities):
            weights = by_force[authority.force]
            own = {
                line.title: int(n)
                for line, n in zip(lines, counts[i], strict=True)
                if line.title in weights.of and not np.isnan(n)
            }
            weighed.append(harm(own, weights) if sum(own.values()) else None)
        found[index] = weighed
    return found
