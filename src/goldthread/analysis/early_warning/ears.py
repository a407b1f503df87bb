"""Is today's count unlike the last few: the EARS rules, for days or weeks without years of history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Rule = Literal["C1", "C2", "C3"]


@dataclass(frozen=True)
class Ears:
    """
    Each place of each series against the seven before it, (series, places).

    `upper` is the bound and `statistic` what is held against `limit`; all are
    NaN where there is too little before. `alarm` is true beyond the bound.
    """

    observed: Floats
    upper: Floats
    statistic: Floats
    alarm: NDArray[np.bool_]
    limit: float


def ears(series: ArrayLike, rule: Rule = "C1", *, alpha: float | None = None, baseline: int = 7) -> Ears:
    """
    Which days or weeks stand out from those just before?

    C1 compares with the `baseline` places just before; C2 leaves two out
    between, so that a rise that has begun does not hide itself; C3 adds up how
    far C2 passed one standard deviation over three places. `alpha` is 0.001 for
    C1 and C2 and 0.025 for C3 if not given. No season, no trend, and a
    standard deviation from seven values: for watching dated events from day to
    day, never for a statement about a year. Where the seven before are all
    alike the bound is their mean. (R's `surveillance` adds the count itself,
    where the mean belongs, into the bound of C3, and so alarms a place late.)

    Source: Hutwagner, Thompson, Seeman and Treadwell (2003), J. Urban Health
    80 (suppl. 1), i89; Fricker, Hegler and Dunfee (2008), Statistics in Medicine 27, 3407.
    """
    y = np.atleast_2d(np.asarray(series, np.float64))
    if baseline < 3:
        raise ValueError("A baseline needs three places or more.")
    lag = 0 if rule == "C1" else 2
    mean, spread = _before(y, baseline, lag)
    limit = float(-ndtri(alpha if alpha is not None else (0.025 if rule == "C3" else 0.001)))
    away = y - mean
    c = np.where(spread > 0, away / np.where(spread > 0, spread, 1.0), np.where(away > 0, np.inf, 0.0))
    c = np.where(np.isnan(mean), np.nan, c)
    if rule != "C3":
        return Ears(y, mean + limit * spread, c, c > limit, limit)
    over = np.maximum(c - 1, 0.0)
    earlier = np.full(y.shape, np.nan)
    earlier[:, 2:] = over[:, 1:-1] + over[:, :-2]
    statistic = over + earlier
    room = np.maximum(limit - earlier, 0.0)
    return Ears(y, mean + (room + 1) * spread, statistic, statistic > limit, limit)


def _before(y: Floats, baseline: int, lag: int) -> tuple[Floats, Floats]:
    mean, spread = np.full(y.shape, np.nan), np.full(y.shape, np.nan)
    if y.shape[1] > baseline + lag:
        windows = np.lib.stride_tricks.sliding_window_view(y, baseline, axis=1)[:, : y.shape[1] - baseline - lag]
        mean[:, baseline + lag :] = windows.mean(-1)
        spread[:, baseline + lag :] = windows.std(-1, ddof=1)
    return mean, spread
