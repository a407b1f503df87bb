"""How much harm recorded crime adds up to, by each of two indices, and whether it changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from goldthread.analysis.change import compare_months
from goldthread.analysis.harm import Harm, Standing, Weights, category_weights, harm, standings
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import STREET, Lines
from goldthread.evidence.periods import Period

INDICES = ("ons-severity", "cambridge")
MAIN = "ons-severity"  # the one that has a weight for every offence; the other stands beside it, never in it


@dataclass(frozen=True)
class Weighed:
    """
    The harm of the period by one index, where each kind stands, and how it moved from the year before.

    `before` and `after` are harm in months that came in both years; they and
    `percent` are None where there were none. `test` names the test in the report's family.
    """

    index: str
    weights: Weights
    harm: Harm
    standings: tuple[Standing, ...]
    before: float | None
    after: float | None
    percent: float | None
    low: float | None
    high: float | None
    test: str

    def of(self, kind: str) -> Standing | None:
        """Where one kind of crime stands, by its police.uk name."""
        return next((s for s in self.standings if s.kind == kind), None)


@dataclass(frozen=True)
class Harms:
    """What was weighed by each index; empty when no recorded crime came."""

    by_index: Mapping[str, Weighed]

    @property
    def main(self) -> Weighed | None:
        """The index that findings are ranked by."""
        return self.by_index.get(MAIN)

    def share(self, kind: str) -> float:
        """The share of all harm that one kind makes, by the main index; 0 where it has no weight."""
        standing = self.main.of(kind) if self.main else None
        return standing.harm_share if standing else 0.0


def measure_harm(brief: Brief) -> Harms:
    """
    How much harm do the period's crimes add up to, and did it change?

    Counts by police.uk category times the weight of the force's own mix of
    offences. The change is tested on each month's harm, month against the same
    month, so that one grave month does not make a rise; each index is one test
    of the report's family.
    """
    lines = [line for line in brief.found(Lines).of_feed(STREET) if len(line.series) == 1]
    return Harms({index: weighed for index in INDICES if (weighed := _weigh(brief, lines, index)) is not None})


def _weigh(brief: Brief, lines: list[Line], index: str) -> Weighed | None:
    weights = category_weights(index, brief.evidence.provenance.get("force") or None)
    known = [line for line in lines if line.title in weights.of]
    counts = {line.title: int(np.nansum(line.over(brief.period))) for line in known}
    if not sum(counts.values()):
        return None
    done = harm(counts, weights)
    test = f"harm.{index}"
    before, after = _monthly(known, weights, brief.before), _monthly(known, weights, brief.period)
    if not (~np.isnan(before) & ~np.isnan(after)).any():
        return Weighed(index, weights, done, standings(done), None, None, None, None, None, test)
    changed = compare_months(before, after)
    brief.enter(test, float(changed.p[0]))
    percent, low, high = (
        None if np.isnan(v[0]) else float(v[0]) for v in (changed.percent, changed.percent_low, changed.percent_high)
    )
    return Weighed(
        index,
        weights,
        done,
        standings(done),
        float(changed.before[0]),
        float(changed.after[0]),
        percent,
        low,
        high,
        test,
    )


def _monthly(lines: list[Line], weights: Weights, period: Period) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The harm of each month; NaN where the month did not come."""
    return np.asarray(sum(line.over(period) * weights.of[line.title] for line in lines), dtype=np.float64)
