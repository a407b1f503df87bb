"""Which of many small places rose or fell: one test each, which learn from one another how much months vary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import digamma, polygamma, stdtr

from goldthread.analysis.change.ratios import percent_change
from goldthread.analysis.significance import benjamini_hochberg
from goldthread.chapters.brief import Brief, Line
from goldthread.evidence.store import Numbers

RATE = 0.05  # of the small areas named as changed, about this share may be there by chance
FEWEST = 10  # events in both years together, below which a place is not tested
_FEWEST_PLACES = 10  # below which places say too little of one another
_SURE = 1e6


@dataclass(frozen=True)
class PlaceChange:
    """
    How a line changed in each small area from the year before, and where that is more than chance.

    Arrays have one value an area. `percent` is NaN where the year before had
    fewer than twenty. `stands` is after correcting all areas of all lines
    together; `tested` is how many of this line could be tested.
    """

    before: Numbers
    after: Numbers
    percent: Numbers
    stands: NDArray[np.bool_]
    tested: int


def chances(before: Numbers, after: Numbers) -> Numbers:
    """
    How often would each place's total differ as much between two years, had nothing changed?

    `before` and `after` are (places, months). Months are compared with the
    same months, so a season cancels. Counts may vary more than Poisson, some
    places more than others, and a year of months says little of one place:
    each place's variance over mean is drawn towards that of all by as much as
    the spread of all says it should be (Smyth 2004, Stat. Appl. Genet. Mol.
    Biol. 3, 3; on the log scale), never below 1, and p is Student's with the
    degrees of freedom that gives. Months that resemble the one before widen
    it, by the mean over all places. NaN below ten events in both years
    together, or with fewer than ten places; a missing month is NaN and is left
    out.
    """
    months = ~np.isnan(before).any(axis=0) & ~np.isnan(after).any(axis=0)
    y0, y1 = before[:, months], after[:, months]
    n, total = y0.shape[1], y0.sum(axis=1) + y1.sum(axis=1)
    tested = total >= FEWEST
    out = np.full(total.size, np.nan)
    if n < 3 or tested.sum() < _FEWEST_PLACES:
        return out
    apart = y1 - y0
    centred = apart - apart.mean(axis=1, keepdims=True)
    own = (centred**2).sum(axis=1)[tested] / (n - 1) / (total[tested] / n)
    common, weight = _in_common(own, n - 1)
    spread = np.maximum((weight * common + (n - 1) * own) / (weight + n - 1), 1.0) * _resemblance(centred[tested], n)
    # Half a count on each side, since totals are whole numbers.
    gap = np.maximum(np.abs(apart.sum(axis=1)[tested]) - 1.0, 0.0)
    out[tested] = 2 * stdtr(min(weight + n - 1, _SURE), -gap / np.sqrt(spread * total[tested]))
    return out


def _in_common(own: Numbers, freedom: int) -> tuple[float, float]:
    """The variance over mean that places have in common, and how many degrees of freedom it is worth."""
    logs = np.log(np.maximum(own, 1e-3))
    beyond = float(logs.var(ddof=1) - polygamma(1, freedom / 2))
    weight = _SURE
    if beyond > 0:
        low, high = 1e-3, _SURE
        for _ in range(80):
            weight = float(np.sqrt(low * high))
            low, high = (weight, high) if polygamma(1, weight / 2) > beyond else (low, weight)
    centre = float(logs.mean() - digamma(freedom / 2) + np.log(freedom / 2))
    return max(1.0, float(np.exp(centre + digamma(weight / 2) - np.log(weight / 2)))), weight


def _resemblance(centred: Numbers, n: int) -> float:
    """By how much months that resemble the one before widen the variance of a total; 1 when they do not clearly."""
    size = np.sqrt((centred**2).mean(axis=1, keepdims=True))
    scaled = np.divide(centred, size, out=np.zeros_like(centred), where=size > 0)
    # A short series' own mean lowers the correlation by about one over its length.
    lag = float((scaled[:, 1:] * scaled[:, :-1]).mean()) + 1 / n
    if lag <= 1 / np.sqrt(scaled[:, 1:].size):
        return 1.0
    steps = np.arange(1, n)
    return float(1 + 2 * ((1 - steps / n) * min(lag, 0.8) ** steps).sum())


def place_changes(
    brief: Brief, lines: Mapping[str, Line], monthly: Mapping[str, Numbers], names: Sequence[str]
) -> dict[str, PlaceChange]:
    """
    Where did each of these lines rise or fall from the same months a year before?

    `monthly` is (areas, months) of each line, the year before and then the
    period. All areas of all lines are corrected together, as a family of their
    own; a line without matching earlier months is not there.
    """
    size = len(brief.period)
    found: dict[str, tuple[Numbers, Numbers, Numbers]] = {}
    for name in names:
        if name not in lines:
            continue
        line = lines[name]
        gone = np.isnan(line.over(brief.before)) | np.isnan(line.over(brief.period))
        if gone.all():
            continue
        counts = np.where(np.concatenate([gone, gone]), np.nan, monthly[name])
        before, after = counts[:, :size], counts[:, size:]
        found[name] = (np.nansum(before, axis=1), np.nansum(after, axis=1), chances(before, after))
    if not found:
        return {}
    adjusted = np.split(benjamini_hochberg(np.concatenate([p for _, _, p in found.values()])), len(found))
    return {
        name: PlaceChange(was, now, percent_change(was, now), among <= RATE, int((~np.isnan(p)).sum()))
        for (name, (was, now, p)), among in zip(found.items(), adjusted, strict=True)
    }
