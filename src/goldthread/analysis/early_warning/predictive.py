"""The chance of a count as large as the one seen, when its mean and dispersion are known or only estimated."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammainc, gammaln, ndtri, stdtr

Floats = NDArray[np.float64]


def chance_beyond(count: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """
    How likely is a count above this one, when counts have this mean and `dispersion` times its variance?

    Negative binomial; Poisson where the dispersion is 1 or less. Below nought it is certain.
    """
    k, mu, phi = np.broadcast_arrays(
        np.asarray(count, np.float64), np.asarray(mean, np.float64), np.asarray(dispersion, np.float64)
    )
    wide = phi > 1 + 1e-9
    apart = np.where(wide, phi - 1, 1.0)
    k1 = np.maximum(k, 0.0) + 1
    negative_binomial = betainc(
        k1, np.maximum(mu / apart, 1e-12), np.where(wide, 1 - 1 / np.where(wide, phi, 2.0), 0.5)
    )
    return np.where(k < 0, 1.0, np.where(wide, negative_binomial, gammainc(k1, np.maximum(mu, 1e-12))))


def chance_of(count: ArrayLike, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """How likely is exactly this count?"""
    k, mu, phi = np.broadcast_arrays(
        np.asarray(count, np.float64),
        np.maximum(np.asarray(mean, np.float64), 1e-12),
        np.asarray(dispersion, np.float64),
    )
    wide = phi > 1 + 1e-9
    size = mu / np.where(wide, phi - 1, 1.0)
    phi = np.where(wide, phi, 2.0)
    with_spread = gammaln(k + size) - gammaln(size) + size * np.log(1 / phi) + k * np.log1p(-1 / phi)
    return np.asarray(np.exp(np.where(wide, with_spread, k * np.log(mu) - mu) - gammaln(k + 1)), dtype=np.float64)


def count_quantile(q: float, mean: ArrayLike, dispersion: ArrayLike) -> Floats:
    """What is the smallest count that is not exceeded with probability `q`?"""
    mu, phi = (
        np.array(each) for each in np.broadcast_arrays(np.asarray(mean, np.float64), np.asarray(dispersion, np.float64))
    )
    spread, wide = np.sqrt(np.maximum(phi, 1) * mu), np.maximum(phi, 1)
    skew = (2 * wide - 1) / np.maximum(spread, 1e-9)
    z = float(ndtri(q))
    # Cornish and Fisher's approximation is within a few counts; where it is not, every count is gone through.
    near = np.floor(mu + spread * (z + (z * z - 1) * skew / 6))
    low, high = np.maximum(near - 3, -1.0), np.maximum(near + 3, 0.0)
    missed = (1 - chance_beyond(low, mu, phi) >= q) | (1 - chance_beyond(high, mu, phi) < q)
    found = _halved(q, mu, phi, low, high)
    if missed.any():
        most = np.ceil(mu + 12 * spread + 20 * wide)[missed]
        found[missed] = _halved(q, mu[missed], phi[missed], np.full(most.shape, -1.0), most)
    return found


def _halved(q: float, mu: Floats, phi: Floats, low: Floats, high: Floats) -> Floats:
    """The smallest count above `low`, at most `high`, that is not exceeded with probability `q`."""
    for _ in range(int(np.log2(float((high - low).max(initial=1.0)))) + 2):
        middle = np.floor((low + high) / 2)
        reached = 1 - chance_beyond(middle, mu, phi) >= q
        low, high = np.where(reached, low, middle), np.where(reached, middle, high)
    return np.asarray(high, dtype=np.float64)


def predictive_p(seen: ArrayLike, mean: ArrayLike, variance: ArrayLike, freedom: int) -> Floats:
    """
    How surprising is so high a count, when its mean and variance had to be estimated?

    One-sided: the chance of more, and half that of as many, for a negative
    binomial of this mean and variance; then made as much less surprising as
    the t distribution of these degrees of freedom is than the normal, because
    the variance is itself uncertain.
    """
    y, mu = np.asarray(seen, np.float64), np.maximum(np.asarray(mean, np.float64), 1e-9)
    phi = np.maximum(np.asarray(variance, np.float64) / mu, 1.0)
    p = chance_beyond(y, mu, phi) + 0.5 * chance_of(y, mu, phi)
    return np.asarray(stdtr(freedom, ndtri(np.clip(p, 1e-300, 1 - 1e-16))), dtype=np.float64)
