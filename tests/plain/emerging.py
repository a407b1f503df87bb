"""What has become of a place, read off its sequence of steps one rule at a time."""

from __future__ import annotations

from collections.abc import Sequence


def kind(sequence: str, trend: int) -> str:
    """
    The kind of a place from its steps, H hot, C cold, . neither, and its trend (1, 0, -1).

    Written from the words of the rules, for hot; a cold one is read in the mirror.
    """
    if sequence[-1] == "C" or (sequence[-1] == "." and sequence.count("C") > sequence.count("H")):
        mirrored = kind(sequence.translate(str.maketrans("HC", "CH")), -trend)
        return "none" if mirrored == "none" else f"{mirrored} cold"
    share = sequence.count("H") / len(sequence)
    if sequence[-1] != "H":
        return "historical" if share >= 0.9 else "none"
    if sequence.count("H") == 1:
        return "new"
    if share >= 0.9:
        return {1: "intensifying", -1: "diminishing", 0: "persistent"}[trend]
    before_the_last_run = sequence.rstrip("H")
    if "H" not in before_the_last_run:
        return "consecutive"
    return "oscillating" if "C" in sequence else "sporadic"


def mann_kendall(series: Sequence[float]) -> tuple[int, float]:
    """The statistic and its variance with ties, pair by pair."""
    n = len(series)
    s = sum((later > earlier) - (later < earlier) for i, earlier in enumerate(series) for later in series[i + 1 :])
    ties = [series.count(value) for value in set(series)] if isinstance(series, list) else []
    return s, (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18
