"""
How often is "a significant rise or fall" said where nothing changed, and how often where something did?

Run `python benchmarks/calibration_change.py`. A thousand invented areas at a
time, each with two years of months: between 0.05 and 500 events a month (even
on a log scale), 1 to 5 times as variable as Poisson, with a season of up to
half its mean. Says the share called significant at 5 % where nothing changed,
by how common the thing is and by how variable; then the share found where the
second year was changed on purpose.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.change import year_on_year

Floats = NDArray[np.float64]
LEVEL = 0.05
BANDS = ((0.05, 0.5), (0.5, 2.0), (2.0, 10.0), (10.0, 50.0), (50.0, 500.0))


def invented(
    rng: np.random.Generator, rates: Floats, dispersion: Floats, change: float = 0.0, resemblance: float = 0.0
) -> Floats:
    """This will make two years of months for areas of these rates a month; the second is changed by `change`."""
    areas, months = rates.size, np.arange(24)
    season = rng.uniform(0, 0.5, (areas, 1)) * np.cos(2 * np.pi * (months - rng.uniform(0, 12, (areas, 1))) / 12)
    mean = rates[:, None] * (1 + season) * np.where(months >= 12, 1 + change, 1.0)
    extra = np.maximum(dispersion[:, None] - 1, 1e-9)
    if resemblance == 0:
        return rng.poisson(rng.gamma(mean / extra) * extra).astype(np.float64)
    # Months that resemble the month before: the extra variation wanders instead of being drawn afresh.
    width = np.sqrt(np.log1p(extra / mean))
    wander = np.empty(mean.shape)
    wander[:, 0] = rng.standard_normal(areas)
    for month in months[1:]:
        fresh = rng.standard_normal(areas)
        wander[:, month] = resemblance * wander[:, month - 1] + np.sqrt(1 - resemblance**2) * fresh
    return rng.poisson(mean * np.exp(width * wander - width**2 / 2)).astype(np.float64)


def drawn(rng: np.random.Generator, areas: int, low: float = 0.05, high: float = 500.0) -> tuple[Floats, Floats]:
    """This will draw areas' rates a month and their dispersion."""
    return np.exp(rng.uniform(np.log(low), np.log(high), areas)), rng.uniform(1, 5, areas)


def flagged(counts: Floats, report: int | None = None) -> tuple[float, float]:
    """Which share of the testable series is called significant, and which share is testable?"""
    size = report or counts.shape[0]
    p = np.concatenate([year_on_year(counts[at : at + size]).p for at in range(0, counts.shape[0], size)])
    tested = ~np.isnan(p)
    return float(np.mean(p[tested] < LEVEL)), float(tested.mean())


def main(repeats: int = 20, seed: int = 2025) -> None:
    rng = np.random.default_rng(seed)
    areas = 1000 * repeats
    print(f"Nothing changed, {areas:,} areas. Called significant at {LEVEL:.0%} / enough to test:")
    rates, dispersion = drawn(rng, areas)
    counts = invented(rng, rates, dispersion)
    print("  all areas             {:6.2%} / {:6.1%}".format(*flagged(counts)))
    print("  in reports of fifteen {:6.2%} / {:6.1%}".format(*flagged(counts, 15)))
    for low, high in BANDS:
        inside = (rates >= low) & (rates < high)
        print(f"  {low:>6g} to {high:<4g} a month  " + "{:6.2%} / {:6.1%}".format(*flagged(counts[inside])))
    for value in (1.0, 2.0, 5.0):
        made = invented(rng, rates, np.full(areas, value))
        print(f"  dispersion {value:g}          " + "{:6.2%} / {:6.1%}".format(*flagged(made)))
    for value in (0.3, 0.6):
        made = invented(rng, rates, dispersion, resemblance=value)
        print(f"  wandering {value:g}         " + "{:6.2%} / {:6.1%}".format(*flagged(made)))
    print("Changed on purpose. Share found, by events a month and by size of the change:")
    sizes = (-0.5, -0.3, -0.2, -0.1, 0.1, 0.2, 0.3, 0.5)
    print(" " * 18 + "".join(f"{size:>8.0%}" for size in sizes))
    for low, high in BANDS:
        found = []
        for size in sizes:
            rates, dispersion = drawn(rng, 2000, low, high)
            found.append(np.mean(year_on_year(invented(rng, rates, dispersion, size)).p < LEVEL))
        print(f"  {low:>6g} to {high:<7g}" + "".join(f"{share:>8.1%}" for share in found))


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:2]))
