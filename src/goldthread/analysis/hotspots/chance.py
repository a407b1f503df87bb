"""What a few places would add up to, had the counts fallen on places in any order: worked out, not simulated."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

# Rounding in the transforms leaves tails about this size; nothing smaller is claimed.
SMALLEST_P = 1e-12


class DrawnSums:
    """
    The sum of k counts drawn without replacement from a pool of counts, for k from 0 to `most`.

    This is what a permutation test estimates by shuffling 999 times, worked out
    instead: the generating function of draws without replacement, by Newton's
    identities on the Fourier transform of the pool. Counts are whole numbers.
    """

    def __init__(self, pool: Whole, most: int) -> None:
        self.size = int(pool.size)
        self.most = min(most, self.size)
        self.top = int(np.sort(pool[pool > 0])[::-1][: self.most].sum())
        self.at_most = _distributions(pool, self.most, self.top)

    def chance_of_at_most(self, k: Whole | int, total: Whole) -> Floats:
        """The chance that k counts drawn from the pool add up to `total` or less."""
        found = self.at_most[k, np.minimum(np.maximum(total, 0), self.top)]
        found[total < 0] = 0.0
        return np.asarray(found)

    def without_one(self, k: int, own: Whole, total: Whole) -> Floats:
        """
        The same for k counts drawn from the others, the place's `own` count being left out of the pool.

        Drawing k from all either misses the place or takes it and k - 1 of the
        others; solving that for the first gives one step of the loop.
        """
        out = np.zeros(total.shape)
        for drawn in range(k + 1):
            target = total - (k - drawn) * own
            with_it = drawn / self.size
            out = (self.chance_of_at_most(drawn, target) - with_it * out) / (1 - with_it)
        return out


def two_sided(at_most: Callable[[Whole], Floats], total: Whole, mean: Floats) -> tuple[Floats, Floats]:
    """
    The chance of a sum as far from its mean as this, on either side: exact p, and mid-p.

    `at_most` gives the chance of so much or less. The exact p counts a tie as
    being as far, so it never claims too much and, with many ties, claims too
    little: it is the one to correct for many tests. The mid-p counts half of a
    tie, and is below 0.05 about one time in twenty when nothing is going on.
    Counts are lopsided: where nothing could be far below the mean, all of the
    chance is above it, and an empty place among empty places is no surprise.
    """
    high = total > mean
    mirror = 2 * mean - total
    # The far side begins at the mirror image; a hair's breadth decides whether that is itself a whole number.
    below, above = np.floor(mirror + 1e-9).astype(np.int64), np.ceil(mirror - 1e-9).astype(np.int64)
    here, less, far, nearly = at_most(np.stack([total, total - 1, below, above - 1]))
    exact = np.where(high, 1 - less + far, here + 1 - nearly)
    exact = np.minimum(exact, 1.0)
    beyond = np.where(high, 1 - here + nearly, less + 1 - far)
    return np.clip(exact, SMALLEST_P, 1.0), np.clip((exact + beyond) / 2, SMALLEST_P, 1.0)


def _distributions(pool: Whole, most: int, top: int) -> Floats:
    """Row k: the chance that k draws add up to at most 0, 1 … top."""
    n = pool.size
    length = 1 << int(top + 1).bit_length()
    wave = np.fft.fft(np.bincount(pool, minlength=length).astype(np.float64))
    half = np.arange(length // 2 + 1)
    powers = [wave[j * half % length] for j in range(most + 1)]
    sums = [np.ones(half.size, np.complex128)]
    for k in range(1, most + 1):
        total = np.zeros(half.size, np.complex128)
        ratio = 1.0 / k
        for j in range(1, k + 1):
            ratio *= (k - j + 1) / (n - k + j)  # ways to choose k - j over ways to choose k, divided by k
            total += ((-1) ** (j - 1) * ratio) * powers[j] * sums[k - j]
        sums.append(total)
    chances = np.fft.irfft(np.stack(sums), length, axis=1)[:, : top + 1]
    return np.asarray(np.clip(np.cumsum(chances, axis=1), 0.0, 1.0))
