"""The standard error of a weighted mean by leaving out each cluster in turn."""

from __future__ import annotations

import math


def jackknife(values, weights, clusters) -> float:
    """How much the mean moves when each cluster is left out (delete-one jackknife)."""
    names = sorted(set(clusters.tolist()))
    means = []
    for name in names:
        kept = [(v, w) for v, w, c in zip(values, weights, clusters, strict=True) if c != name]
        means.append(sum(v * w for v, w in kept) / sum(w for _, w in kept))
    middle = sum(means) / len(means)
    return math.sqrt((len(names) - 1) / len(names) * sum((m - middle) ** 2 for m in means))
