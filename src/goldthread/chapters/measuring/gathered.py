"""How far each line is gathered in few small areas, beside what chance would bring, and whether they stay the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from goldthread.analysis.concentration import Concentration, Held, concentration, held_over
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.lines import STREET, Lines
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.evidence.store import Numbers

FEWEST = 30  # rows below which concentration says more of their number than of places
TENTH = 0.10
_DRAWS, _RESAMPLES = 99, 399


@dataclass(frozen=True)
class Gathered:
    """
    How one line is spread over small areas, and what chance would make of as many.

    `chance_places` and `chance_events` are the Lorenz curve by chance: every
    resident (or household) as likely as any, or every place alike where `against`
    is places. `held` says how the places that were busiest before did in the
    period, and `held_from` whether before was the year before or the first half.
    """

    line: str
    found: Concentration
    chance_places: Numbers
    chance_events: Numbers
    against: str
    held: tuple[Held, ...]
    held_from: str
    p: float
    test: str

    def top(self, of_places: float) -> tuple[float, float]:
        """The share of events in the busiest share of places, and what chance would put there."""
        one = next(t for t in self.found.top if t.of_places == of_places)
        return one.share, one.by_chance

    def held_of(self, of_places: float) -> Held | None:
        """How the busiest share of places before did in the period."""
        return next((h for h in self.held if h.of_places == of_places), None)


@dataclass(frozen=True)
class Concentrations:
    """Each line that has enough rows with a small area, by its id."""

    by_line: Mapping[str, Gathered]


def spread_of(brief: Brief, areas: SmallAreas, line: str) -> Concentration:
    """
    How a line is spread over small areas, the same wherever it is asked: chance has every resident as likely as any.

    As it was measured, or worked out now for a line of another feed.
    """
    kept = brief.measured.get(Concentrations)
    if isinstance(kept, Concentrations) and line in kept.by_line:
        return kept.by_line[line].found
    base = areas.base(line)
    weight = base if bool((base > 0).all()) else np.ones(base.size)
    return concentration(areas.counts[line], exposure=weight, resamples=_RESAMPLES, chance_draws=_DRAWS)


def measure_gathered(brief: Brief) -> Concentrations:
    """
    Is each line gathered in few small areas by more than chance, and in the same ones as before?

    Police.uk's lines, because others are counted too differently to be set
    side by side. Each asks one test of the report's family: whether counts of
    small areas differ by more than chance would make them, given how many live
    in each.
    """
    areas = brief.found(SmallAreas)
    found = {}
    for line in brief.found(Lines).of_feed(STREET):
        counts = areas.counts.get(line.id)
        if counts is None or counts.sum() < FEWEST or counts.size < 10 or ":" in line.title:
            continue
        base = areas.base(line.id)
        known = bool((base > 0).all())
        weight = base if known else np.ones(counts.size)
        test = f"concentration.{line.id}"
        p = uneven(counts, weight)
        brief.enter(test, p)
        held, held_from = _held(areas, line.id)
        across, up = _curve(counts, weight)
        found[line.id] = Gathered(
            line=line.id,
            found=concentration(counts, exposure=weight, resamples=_RESAMPLES, chance_draws=_DRAWS),
            chance_places=across,
            chance_events=up,
            against=areas.per(line.id) if known else "places",
            held=held,
            held_from=held_from,
            p=p,
            test=test,
        )
    return Concentrations(found)


def _held(areas: SmallAreas, line: str) -> tuple[tuple[Held, ...], str]:
    before, now = areas.before[line], areas.counts[line]
    if before.sum() >= FEWEST:
        return held_over(before, now), "year"
    first, second = areas.halves[line]
    if first.sum() >= FEWEST and second.sum() >= FEWEST:
        return held_over(first, second), "half"
    return (), ""


def _curve(counts: Numbers, weight: Numbers) -> tuple[Numbers, Numbers]:
    """The Lorenz curve of as many events thrown at random, busiest places first: the mean of draws."""
    events = int(counts.sum())
    thrown = np.random.default_rng(1).multinomial(events, weight / weight.sum(), size=_DRAWS)
    ordered = -np.sort(-thrown, axis=1)
    up = np.cumsum(ordered.mean(axis=0)) / events
    return np.linspace(0, 1, counts.size + 1), np.concatenate([[0.0], up])


def uneven(counts: Numbers, weight: Numbers) -> float:
    """
    How often would counts differ as much from their share of people, were every person as likely?

    Pearson's statistic, with p from the gamma curve that has its exact mean and
    variance, so that it holds where few are expected in each place.
    """
    total, share = counts.sum(), weight / weight.sum()
    expected = total * share
    statistic = float(((counts - expected) ** 2 / expected).sum())
    k = counts.size
    mean = k - 1.0
    variance = 2 * mean + float((1 / share).sum() - k * k - 2 * k + 2) / total
    return float(gammaincc(mean**2 / variance, statistic * mean / variance))
