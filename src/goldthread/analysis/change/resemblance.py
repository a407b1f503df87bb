"""How much neighbouring months resemble each other, and how much less certain that makes a total."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# One series' months say next to nothing about how far months resemble each other; several together do.
_FEWEST_SERIES_TO_LEARN_FROM = 5


def spread_of(d: Floats, both: Flags, n: NDArray[np.int64]) -> Floats:
    """The variance of the differences about their mean."""
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = d.sum(1) / n
        centred = np.where(both, d - mean[:, None], 0.0)
        return np.asarray((centred**2).sum(1) / np.maximum(n - 1, 1), dtype=np.float64)


def inflation_of(d: Floats, both: Flags, n: NDArray[np.int64]) -> Floats:
    """
    By how much does the resemblance of each month to the last raise the variance of a total?

    The lag-one correlation of the differences is averaged over every series
    with at least eight that differ, cleared of the bias of short series, and
    carried to longer lags as powers. An average within one standard error of
    nought is taken for nought, since otherwise a report of few series would
    allow for a resemblance that is not there.
    """
    speaks = ((np.abs(d) > 1e-9).sum(1) >= 8) & (n >= 8)
    if speaks.sum() < _FEWEST_SERIES_TO_LEARN_FROM:
        return np.ones(d.shape[0])
    m = n[speaks]
    centred = np.where(both[speaks], d[speaks] - (d[speaks].sum(1) / m)[:, None], 0.0)
    power = (centred**2).sum(1)
    raw = np.divide((centred[:, 1:] * centred[:, :-1]).sum(1), power, out=np.zeros(m.shape), where=power > 1e-12)
    cleared = (raw + 1 / m) / (1 - 4 / m)
    error = float(np.mean((m - 2) / (m * np.sqrt(m - 1)) / (1 - 4 / m))) / np.sqrt(m.size)
    resemblance = min(float(cleared.mean()), 0.9)
    if resemblance < error:
        return np.ones(d.shape[0])
    lags = np.arange(1, d.shape[1])
    together = np.maximum(1 - lags / np.maximum(n, 1)[:, None], 0.0) * resemblance**lags
    raised = 1 + 2 * together.sum(1)
    # The spread was itself measured from months that resemble each other, which makes it too small.
    return np.asarray(raised / (1 - (raised - 1) / np.maximum(n - 1, 1)).clip(0.1), dtype=np.float64)
