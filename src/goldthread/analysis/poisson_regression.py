"""Log-linear (quasi-)Poisson regression, fitted to many series at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """
    A regression fitted to each of many series that share one table of explanations.

    Shapes: `coefficients` (series, terms), `covariance` (series, terms, terms)
    before multiplying by `dispersion`, `mean` (series, months). `dispersion` is
    Pearson's chi-square over its degrees of freedom; 1 is Poisson.
    """

    coefficients: Floats
    covariance: Floats
    mean: Floats
    dispersion: Floats
    freedom: int

    def standard_errors(self, floor: float = 0.0) -> Floats:
        """How sure each coefficient is, with the dispersion (no less than `floor`) allowed for."""
        spread = np.maximum(self.dispersion, floor)[:, None]
        return np.asarray(np.sqrt(np.diagonal(self.covariance, axis1=1, axis2=2) * spread), dtype=np.float64)


def fit(
    counts: ArrayLike,
    design: ArrayLike,
    *,
    weights: ArrayLike = 1.0,
    offset: ArrayLike = 0.0,
    steps: int = 30,
    tolerance: float = 1e-9,
) -> Fit:
    """
    Which log-linear mean explains each series best?

    `counts` is (series, months), `design` (months, terms) and shared; `weights`
    (nought leaves a month out) and `offset` (the log of people or days)
    broadcast against `counts`. Solved by iteratively reweighted least squares
    for all series in step. Where the data cannot tell a term (a factor level
    with no events) its coefficient stays finite and its standard error is
    enormous, as in R.

    Source: McCullagh and Nelder (1989), Generalized Linear Models, 2nd ed., 40.
    """
    y = np.atleast_2d(np.asarray(counts, np.float64))
    x = np.asarray(design, np.float64)
    w = np.broadcast_to(np.asarray(weights, np.float64), y.shape)
    off = np.broadcast_to(np.asarray(offset, np.float64), y.shape)
    y = np.where(w > 0, y, 0.0)
    if x.shape[0] != y.shape[1]:
        raise ValueError(f"The table of explanations has {x.shape[0]} months and the series have {y.shape[1]}.")
    terms = x.shape[1]
    squares = (x[:, :, None] * x[:, None, :]).reshape(x.shape[0], -1)
    mean = np.maximum((y + np.average(y, axis=1, weights=w + 1e-12)[:, None]) / 2, 0.05)
    eta = np.log(mean)
    deviance = np.full(y.shape[0], np.inf)
    coefficients: Floats = np.zeros((y.shape[0], terms))
    for _ in range(steps):
        working = eta - off + (y - mean) / mean
        normal = _normal_matrix(w * mean, squares, terms)
        moments = ((w * mean * working) @ x)[..., None]
        coefficients = np.asarray(np.linalg.solve(normal, moments)[..., 0], dtype=np.float64)
        eta = np.clip(coefficients @ x.T + off, -30.0, 30.0)
        mean = np.exp(eta)
        before, deviance = deviance, _deviance(y, mean, w)
        if np.all(np.abs(before - deviance) <= tolerance * (np.abs(deviance) + 0.1)):
            break
    covariance = np.asarray(np.linalg.inv(_normal_matrix(w * mean, squares, terms)), dtype=np.float64)
    freedom = int((w > 0).sum(1).max(initial=0)) - terms
    pearson = (w * (y - mean) ** 2 / mean).sum(1)
    return Fit(coefficients, covariance, mean, pearson / max(freedom, 1), freedom)


def _normal_matrix(weight: Floats, squares: Floats, terms: int) -> Floats:
    normal = (weight @ squares).reshape(-1, terms, terms)
    # A trace of stiffness keeps terms that the data cannot tell from making the equations insoluble.
    stiffness = 1e-9 * (np.trace(normal, axis1=1, axis2=2) / terms + 1e-6)
    return np.asarray(normal + stiffness[:, None, None] * np.eye(terms), dtype=np.float64)


def _deviance(y: Floats, mean: Floats, w: Floats) -> Floats:
    logs = np.where(y > 0, y * np.log(np.where(y > 0, y, 1.0) / mean), 0.0)
    return np.asarray(2 * (w * (logs - (y - mean))).sum(1), dtype=np.float64)


def harmonics(months: ArrayLike, *, pairs: int = 2, period: float = 12.0) -> Floats:
    """This will make the columns that describe a smooth season: `pairs` sines and cosines of the month's number."""
    angle = 2 * np.pi * np.asarray(months, np.float64)[:, None] * np.arange(1, pairs + 1) / period
    return np.concatenate([np.cos(angle), np.sin(angle)], axis=1)
