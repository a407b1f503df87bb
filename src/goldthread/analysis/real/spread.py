"""Where a change came from: one place, a few, or most of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc

from goldthread.analysis.change import compare_months
from goldthread.analysis.real.answers import Places, Spread

Floats = NDArray[np.float64]


def where_from(before: ArrayLike, after: ArrayLike, names: Sequence[str], *, level: float = 0.05) -> Places | None:
    """
    How many places does the change come from, and would there be one without the place that moved most?

    `before` and `after` are (places, months), matched months. One place: it
    makes up half of the net change or more, and without it the others show no
    change in that direction. Most: more places moved with the total than a
    toss of a coin would have it (one-sided, 5 %). A few: not most, and three
    places, or a tenth of those that moved, make up half of all that moved with
    the total. None when the total did not change, or there is only one place.
    """
    y0, y1 = (np.nan_to_num(np.atleast_2d(np.asarray(side, np.float64))) for side in (before, after))
    if len(names) != y0.shape[0]:
        raise ValueError(f"There are {len(names)} names for {y0.shape[0]} places.")
    moved = y1.sum(1) - y0.sum(1)
    net = float(moved.sum())
    if net == 0 or y0.shape[0] < 2:
        return None
    along = moved * np.sign(net)
    top = int(np.argmax(along))
    others = np.arange(y0.shape[0]) != top
    without = compare_months(y0[others].sum(0), y1[others].sum(0))
    ratio_without, p_without = float(without.ratio[0]), float(without.p[0])
    gone = not (p_without < level and np.sign(without.difference[0]) == np.sign(net))
    compared = int(((y0.sum(1) + y1.sum(1)) > 0).sum())
    same, other, half_from = int((along > 0).sum()), int((along < 0).sum()), _fewest_for_half(along)
    share = float(moved[top] / net)
    counts = int(y0[top].sum()), int(y1[top].sum())
    spread = _spread(share, gone, half_from, same, other)
    return Places(compared, same, other, half_from, names[top], *counts, share, ratio_without, p_without, spread)


def _fewest_for_half(along: Floats) -> int:
    gains = np.sort(np.maximum(along, 0.0))[::-1]
    return int(np.searchsorted(np.cumsum(gains), gains.sum() / 2 - 1e-9) + 1)


def _spread(top_share: float, gone_without: bool, half_from: int, same: int, other: int) -> Spread:
    if top_share >= 0.5 and gone_without:
        return "one place"
    moved = same + other
    # The chance that so many or more of the places that moved went one way, were it a toss of a coin.
    by_coin = float(betainc(same, moved - same + 1, 0.5)) if same else 1.0
    if by_coin < 0.05:
        return "most places"
    return "a few places" if half_from <= max(3, moved // 10) else "mixed"
