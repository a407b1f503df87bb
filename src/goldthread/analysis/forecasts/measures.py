"""How good a forecast was: its errors against those of simply repeating last year."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
PERIOD = 12


def seasonal_naive(series: ArrayLike, months: int) -> Floats:
    """What would the next months be, were each the same as a year before? (Series, months.)"""
    y = np.atleast_2d(np.asarray(series, np.float64))
    if y.shape[1] < PERIOD:
        raise ValueError("Repeating last year needs a last year: twelve months or more.")
    return np.asarray(y[:, y.shape[1] - PERIOD + np.arange(months) % PERIOD], dtype=np.float64)


def naive_scale(history: ArrayLike) -> Floats:
    """By how much does a month usually differ from the same month a year before? The yardstick of `mase`."""
    y = np.atleast_2d(np.asarray(history, np.float64))
    return np.asarray(np.abs(y[:, PERIOD:] - y[:, :-PERIOD]).mean(1), dtype=np.float64)


def mase(actual: ArrayLike, forecast: ArrayLike, history: ArrayLike) -> Floats:
    """
    How large were the errors, where 1 is how far a month usually is from the same month a year before?

    Source: Hyndman and Koehler (2006), International J. Forecasting 22, 679.
    """
    away = np.abs(np.atleast_2d(np.asarray(actual, np.float64)) - np.asarray(forecast, np.float64)).mean(-1)
    scale = naive_scale(history)
    return np.asarray(np.where(scale > 0, away / np.where(scale > 0, scale, 1.0), np.nan), dtype=np.float64)


def rmse(actual: ArrayLike, forecast: ArrayLike) -> Floats:
    """How large were the errors, large ones counting for more, in events?"""
    away = np.atleast_2d(np.asarray(actual, np.float64)) - np.asarray(forecast, np.float64)
    return np.asarray(np.sqrt((away**2).mean(-1)), dtype=np.float64)
