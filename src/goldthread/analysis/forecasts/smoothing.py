"""Exponential smoothing with a damped trend and a season (Holt–Winters), run for many series and settings at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PERIOD = 12

# Where the search begins: a coarse grid over how fast level, trend and season follow, then finer steps about the best.
_ALPHAS = (0.03, 0.1, 0.2, 0.35, 0.55)
_TRENDS = ((0.0, 0.0), (0.02, 0.9), (0.1, 0.9), (0.02, 0.98))
_GAMMAS = (0.0, 0.1, 0.3)
_REFINEMENTS = 4
_BLOCK = 256


@dataclass(frozen=True)
class Smoothing:
    """
    How fast each part follows what is seen, one value a series (or several to try: the shapes broadcast).

    `alpha` is for the level, `beta` the trend, `gamma` the season, `phi` how
    much of a trend is left after a month (nought: no trend).
    """

    alpha: Floats
    beta: Floats
    gamma: Floats
    phi: Floats


@dataclass(frozen=True)
class State:
    """Level, trend and season at one time; `season` has the next twelve months along its last axis, in turn."""

    level: Floats
    slope: Floats
    season: Floats


def starting_state(y: Floats, multiplicative: bool) -> State:
    """
    Where does each series begin: its level and slope, and the season averaged over the years given?

    `y` is (series, months), two whole years or more.
    """
    years = y.shape[1] // PERIOD
    whole = y[:, : years * PERIOD].reshape(-1, years, PERIOD)
    yearly = whole.mean(2)
    slope = (yearly[:, -1] - yearly[:, 0]) / (PERIOD * (years - 1))
    place = np.arange(years * PERIOD).reshape(years, PERIOD)
    line = yearly.mean(1)[:, None, None] + slope[:, None, None] * (place - place.mean())
    if multiplicative:
        season = whole.sum(1) / np.maximum(np.maximum(line, 0.05).sum(1), 1e-9)
        season = np.maximum(season / np.maximum(season.mean(1, keepdims=True), 1e-9), 0.01)
    else:
        season = (whole - line).mean(1)
        season -= season.mean(1, keepdims=True)
    first = yearly[:, 0] - slope * (PERIOD - 1) / 2 - slope
    return State(np.maximum(first, 0.05), slope, season)


def follow(
    y: Floats, start: State, how: Smoothing, multiplicative: bool, *, keep: bool = False
) -> tuple[Floats, list[State], Floats]:
    """
    This will run the smoothing through each series.

    `y` is (series, months); `how` is (series or 1, settings). Gives the sum of
    squared one-step errors (series, settings); with `keep` also the state after
    each month, beginning with the start, and the one-step means (series,
    settings, months).
    """
    shape = np.broadcast_shapes(how.alpha.shape, (y.shape[0], 1))
    level = np.broadcast_to(start.level[:, None], shape).copy()
    slope = np.where(how.phi > 0, start.slope[:, None], 0.0) * np.ones(shape)
    season = np.broadcast_to(start.season[:, None, :], (*shape, PERIOD)).copy()
    squares = np.zeros(shape)
    states = [State(level, slope, season.copy())] if keep else []
    means: list[Floats] = []
    for t in range(y.shape[1]):
        now, base = season[..., t % PERIOD], level + how.phi * slope
        base = np.maximum(base, 0.02) if multiplicative else base
        mean = base * now if multiplicative else base + now
        error = y[:, t, None] - mean
        gained = error / now if multiplicative else error
        learnt = now + how.gamma * (error / base if multiplicative else error)
        season[..., t % PERIOD] = np.maximum(learnt, 0.01) if multiplicative else learnt
        level, slope = base + how.alpha * gained, how.phi * slope + how.beta * gained
        squares += error**2
        if keep:
            states.append(State(level, slope, np.roll(season, -(t + 1) % PERIOD, axis=-1)))
            means.append(mean)
    return squares, states, np.stack(means, axis=-1) if keep else np.empty((0,))


def ahead(state: State, how: Smoothing, months: int, multiplicative: bool) -> Floats:
    """What is the mean of each of the next months, (..., months)? Never below nought."""
    steps = np.arange(1, months + 1)
    kept = np.cumsum(how.phi[..., None] ** steps, axis=-1)
    base = state.level[..., None] + kept * state.slope[..., None]
    season = state.season[..., (steps - 1) % PERIOD]
    return np.maximum(np.maximum(base, 0.0) * season if multiplicative else base + season, 0.0)


def widening(how: Smoothing, months: int) -> Floats:
    """
    By how much does the variance of a month so far ahead exceed that of the next one? (Series, months.)

    Source: Hyndman, Koehler, Ord and Snyder (2008), Forecasting with
    Exponential Smoothing, table 6.1.
    """
    j = np.arange(1, months)
    phi = np.where(how.phi > 0, how.phi, 0.5)[..., None]
    damped = how.beta[..., None] * phi * (1 - phi**j) / (1 - phi)
    carried = how.alpha[..., None] + damped + how.gamma[..., None] * (j % PERIOD == 0)
    ones = np.ones((*how.alpha.shape, 1))
    return np.concatenate([ones, 1 + np.cumsum(carried**2, axis=-1)], axis=-1)


def fitted(y: Floats, multiplicative: bool) -> tuple[Smoothing, State, Floats]:
    """
    Which settings follow each series best, judged by squared one-step errors?

    Gives settings and start for each series, and the sum of squares. A coarse
    grid for all, then finer steps about each series' own best; a block of
    series at a time, to stay within the processor's cache.
    """
    start = starting_state(y, multiplicative)
    found = []
    for at in range(0, y.shape[0], _BLOCK):
        block = slice(at, at + _BLOCK)
        own = State(start.level[block], start.slope[block], start.season[block])
        found.append(_searched(y[block], own, multiplicative))
    alpha, beta, gamma, phi, squares = np.concatenate(found, axis=1)
    return Smoothing(alpha, beta, gamma, phi), start, squares


def _searched(y: Floats, start: State, multiplicative: bool) -> Floats:
    """The four settings found for each series, and the sum of squares: (5, series)."""
    grid = [(a, b * a, g * (1 - a), phi) for a in _ALPHAS for b, phi in _TRENDS for g in _GAMMAS]
    tried = Smoothing(*np.array(grid).T[:, None, :])
    step = 1.0
    for _ in range(_REFINEMENTS + 1):
        squares, _, _ = follow(y, start, tried, multiplicative)
        best = squares.argmin(1)[:, None]
        wide = [np.broadcast_to(each, squares.shape) for each in (tried.alpha, tried.beta, tried.gamma, tried.phi)]
        chosen = [np.take_along_axis(each, best, 1) for each in wide]
        step /= 2
        tried = _about(Smoothing(*chosen), step)
    return np.stack([each[:, 0] for each in chosen] + [squares.min(1)])


def _about(how: Smoothing, step: float) -> Smoothing:
    """Settings about each series' own, each part faster or slower, none beyond what keeps the smoothing stable."""
    factors = np.ones((7, 3))
    for part in range(3):
        factors[2 * part + 1 : 2 * part + 3, part] = 1 - step, 1 + step
    alpha = np.clip(how.alpha * factors[:, 0], 0.005, 0.95)
    beta = np.minimum(how.beta * factors[:, 1], alpha)
    gamma = np.clip(how.gamma * factors[:, 2], 0.0, 1 - alpha)
    return Smoothing(alpha, beta, gamma, np.broadcast_to(how.phi, alpha.shape))
