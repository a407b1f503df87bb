"""Where a change came from, worked out place by place."""

from __future__ import annotations

from collections.abc import Sequence


def fewest_for_half(before: Sequence[int], after: Sequence[int]) -> int:
    """Take places in order of how far they moved with the total until half of that movement is reached."""
    net = sum(after) - sum(before)
    sign = 1 if net > 0 else -1
    gains = sorted(((a - b) * sign for b, a in zip(before, after, strict=True) if (a - b) * sign > 0), reverse=True)
    reached, taken = 0, 0
    for gain in gains:
        reached, taken = reached + gain, taken + 1
        if 2 * reached >= sum(gains):
            break
    return taken
