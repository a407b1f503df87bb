"""An adversary who tries every table of whole numbers that could lie behind a published one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Shown = Sequence[Sequence[int | None]]


def every_table(shown: Shown, *, least: int, cap: int, withheld: frozenset[tuple[int, int]]) -> np.ndarray:
    """
    All tables with a total row and a total column that look like `shown`: one line a table, cells along the rows.

    `shown` has its last row and column as totals. Cells that are withheld are
    tried from `least` to `cap`; all others are as shown.
    """
    height, width = len(shown) - 1, len(shown[0]) - 1
    ranges = []
    for i in range(height):
        for j in range(width):
            value = shown[i][j]
            ranges.append(np.arange(least, cap + 1) if (i, j) in withheld else np.array([value]))
    inner = np.stack([grid.ravel() for grid in np.meshgrid(*ranges, indexing="ij")], axis=1)
    cube = inner.reshape(-1, height, width)
    cube = np.concatenate([cube, cube.sum(1, keepdims=True)], axis=1)
    cube = np.concatenate([cube, cube.sum(2, keepdims=True)], axis=2)
    keep = np.ones(len(cube), bool)
    for i in range(height + 1):
        for j in range(width + 1):
            if (i, j) in withheld:
                keep &= cube[:, i, j] >= least
            elif i == height or j == width:
                keep &= cube[:, i, j] == shown[i][j]
    return cube[keep]
