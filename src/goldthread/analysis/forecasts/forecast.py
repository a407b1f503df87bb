"""What the next months may bring, told only where it has been better than repeating last year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goldthread.analysis.early_warning.predictive import count_quantile
from goldthread.analysis.forecasts.measures import naive_scale, seasonal_naive
from goldthread.analysis.forecasts.smoothing import Smoothing, State, ahead, fitted, follow, widening
from goldthread.analysis.trends.calendar import last_unbroken_run

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

FEWEST_MONTHS = 36
# Rarer things come in clusters that no interval covers as often as it says.
FEWEST_A_MONTH = 2.0
ORIGINS = 12


@dataclass(frozen=True)
class Forecast:
    """
    The next months of each series, and how such forecasts have done.

    (series, months ahead): `mean`, its intervals `low80`..`high80` and
    `low95`..`high95`, and `naive`, what repeating last year gives. One a
    series: `mase` and `naive_mase`, the mean absolute error over the twelve
    rolling origins of the last year, this way and by repeating last year, in
    units of the usual year-on-year difference; `covered80` and `covered95`, the
    share of those months that lay inside the intervals; `kept`, true where the
    forecast did better and may be shown. Where it is false, show `naive` or
    nothing. `refused` says why there is no forecast at all.
    """

    mean: Floats
    low80: Floats
    high80: Floats
    low95: Floats
    high95: Floats
    naive: Floats
    mase: Floats
    naive_mase: Floats
    covered80: Floats
    covered95: Floats
    kept: Flags
    multiplicative: Flags
    refused: tuple[str, ...]


def forecast(counts: ArrayLike, *, months: int = 12) -> Forecast:
    """
    What may the next months bring, if things go on as they have?

    `counts` is (series, months), NaN for a month that did not come; the run
    since the last such month is used, and must be 36 months or longer, with two
    events a month or more. A damped
    trend with an additive or a multiplicative season, whichever followed the
    series more closely, is fitted without the last year, sent through it month
    by month (each month an origin from which the rest of the year is forecast),
    and compared there with repeating the year before. Then it is fitted to
    everything.

    Intervals are negative binomial, as variable as the one-step errors showed,
    wider with every month ahead, and stretched where the last year's errors,
    over all the series together, went beyond them. They do not know of laws,
    recording changes or events to come.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    starts, lengths = last_unbroken_run(y)
    lengths = np.where(starts + lengths == y.shape[1], lengths, 0)
    refused = tuple(_why_not(row[row.size - length :], row.size) for row, length in zip(y, lengths, strict=True))
    wide = np.full((6, y.shape[0], months), np.nan)
    scores = np.full((4, y.shape[0]), np.nan)
    multiplicative = np.zeros(y.shape[0], dtype=bool)
    for length in {int(value) for value, why in zip(lengths, refused, strict=True) if not why}:
        rows = np.array([row for row, why in enumerate(refused) if not why and lengths[row] == length])
        told = _tell(y[rows, y.shape[1] - length :], months)
        wide[:, rows], scores[:, rows], multiplicative[rows] = told.ahead, told.scores, told.multiplicative
    mean, low80, high80, low95, high95, naive = wide
    own, simple, covered80, covered95 = scores
    kept = np.asarray(own < simple, dtype=np.bool_)
    return Forecast(
        mean,
        low80,
        high80,
        low95,
        high95,
        naive,
        own,
        simple,
        covered80,
        covered95,
        kept,
        multiplicative,
        refused,
    )


def _why_not(run: Floats, months: int) -> str:
    if run.size >= FEWEST_MONTHS:
        return "" if run.mean() >= FEWEST_A_MONTH else "Fewer than two a month are too few to forecast."
    if months < FEWEST_MONTHS:
        return f"{months} months are too few for a forecast; it needs 36."
    if run.size == 0:
        return "The latest month did not come, so there is nothing to forecast from."
    return f"Only {run.size} months follow the last missing one; a forecast needs 36 without a gap."


@dataclass(frozen=True)
class _Told:
    ahead: Floats
    scores: Floats
    multiplicative: Flags


@dataclass(frozen=True)
class _Model:
    """One way of smoothing, chosen for each of many series."""

    how: Smoothing
    start: State
    multiplicative: Flags
    per_mean: Floats

    def states(self, y: Floats) -> list[State]:
        """The state of each series before its first month and after every one."""
        found: list[list[State]] = []
        for kind in (False, True):
            found.append(follow(y, self.start_of(kind), self._columns(), kind, keep=True)[1])
        additive, multiplied = found
        pick = self.multiplicative[:, None]
        return [
            State(
                np.where(pick, b.level, a.level),
                np.where(pick, b.slope, a.slope),
                np.where(pick[..., None], b.season, a.season),
            )
            for a, b in zip(additive, multiplied, strict=True)
        ]

    def start_of(self, kind: bool) -> State:
        """The start, with a harmless season for the series that are smoothed the other way."""
        own = self.multiplicative == kind
        other = 1.0 if kind else 0.0
        return State(self.start.level, self.start.slope, np.where(own[:, None], self.start.season, other))

    def _columns(self) -> Smoothing:
        how = self.how
        return Smoothing(how.alpha[:, None], how.beta[:, None], how.gamma[:, None], how.phi[:, None])

    def ahead(self, state: State, months: int) -> Floats:
        """The means of the next months, (series, months)."""
        both = [ahead(state, self._columns(), months, kind)[:, 0] for kind in (False, True)]
        return np.asarray(np.where(self.multiplicative[:, None], both[1], both[0]), dtype=np.float64)

    def variance(self, mean: Floats) -> Floats:
        """How uncertain each month ahead is: more with the mean, and with the distance."""
        wider = widening(self.how, mean.shape[1])
        return np.asarray(self.per_mean[:, None] * np.maximum(mean, 0.1) * wider, dtype=np.float64)


def _learn(y: Floats) -> _Model:
    """Which smoothing follows each series best, additive or multiplicative, and how far off is it, for its mean?"""
    ways = [fitted(y, kind) for kind in (False, True)]
    better = ways[1][2] < ways[0][2]

    def of(pick: int, name: str) -> Floats:
        a, b = (getattr(way[pick], name) for way in ways)
        return np.asarray(np.where(better if a.ndim == 1 else better[:, None], b, a), dtype=np.float64)

    how = Smoothing(of(0, "alpha"), of(0, "beta"), of(0, "gamma"), of(0, "phi"))
    start = State(of(1, "level"), of(1, "slope"), of(1, "season"))
    squares = np.where(better, ways[1][2], ways[0][2])
    # Twelve seasons, a level and the settings were fitted to these months, which makes their errors too small.
    freedom = max(y.shape[1] - 15, y.shape[1] // 3)
    per_mean = squares / freedom / np.maximum(y.mean(1), 0.1)
    return _Model(how, start, better, np.maximum(per_mean, 1.0))


def _tell(y: Floats, months: int) -> _Told:
    trained = y.shape[1] - ORIGINS
    trial = _learn(y[:, :trained])
    states = trial.states(y)
    own, naive, distance = [], [], []
    for origin in range(trained, y.shape[1]):
        left = y.shape[1] - origin
        mean = trial.ahead(states[origin], left)
        actual = y[:, origin:]
        own.append(np.abs(actual - mean))
        naive.append(np.abs(actual - seasonal_naive(y[:, :origin], left)))
        distance.append(np.abs(actual - mean) / np.sqrt(trial.variance(mean)))
    errors, naive_errors, away = (np.concatenate(each, axis=1) for each in (own, naive, distance))
    stretch80, stretch95 = _stretch(away, 0.8, 1.2816), _stretch(away, 0.95, 1.96)
    scale = naive_scale(y[:, :trained])
    scale = np.where(scale > 0, scale, np.nan)
    covered = [(away <= reach).mean(1) for reach in (1.2816 * stretch80, 1.96 * stretch95)]
    model = _learn(y)
    mean = model.ahead(model.states(y)[-1], months)
    bounds = [
        _bounds(mean, model.variance(mean) * stretch**2, level)
        for level, stretch in ((0.8, stretch80), (0.95, stretch95))
    ]
    wide = np.stack([mean, *bounds[0], *bounds[1], seasonal_naive(y, months)])
    return _Told(wide, np.stack([errors.mean(1) / scale, naive_errors.mean(1) / scale, *covered]), model.multiplicative)


def _stretch(away: Floats, share: float, usual: float) -> float:
    """By how much must intervals of the usual width grow for this share of last year's months to lie inside?"""
    return max(float(np.quantile(away, share)) / usual, 1.0)


def _bounds(mean: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    dispersion = np.maximum(variance / np.maximum(mean, 1e-9), 1.0)
    tail = (1 - level) / 2
    return count_quantile(tail, mean, dispersion), count_quantile(1 - tail, mean, dispersion)
