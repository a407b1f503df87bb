"""Which groups of nearby points hold many events (density clusters)?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import LEAST_METRES_WHEN_SNAPPED
from goldthread.analysis.nearby import pairs_within

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class Clusters:
    """
    Points grouped into clusters; those with most events come first.

    `label` is the cluster of each point, -1 for none. Of each cluster: its
    `events`, how many `points`, and the weighted centre. `scattered` events are
    in no cluster.
    """

    label: Whole
    events: Floats
    points: Whole
    easting: Floats
    northing: Floats
    scattered: float


def density_clusters(
    easting: Floats, northing: Floats, weights: Floats, *, metres: float, least: float, snapped: bool
) -> Clusters:
    """
    Which groups of nearby points hold many events?

    A point is a core when `least` events or more lie within `metres` of it, its
    own included; cores within `metres` of each other are one cluster, and a
    point that is no core but lies near one joins the cluster of its nearest.
    Points are given once, with their events as weights. On points moved to a
    nearby street `metres` is at least 250.

    Unlike a grid it follows a street or a seafront; unlike Gi* it does not say
    whether chance could have done it. Ester and others (1996), KDD-96:226
    (DBSCAN).
    """
    if snapped and metres < LEAST_METRES_WHEN_SNAPPED:
        raise ValueError(f"These points are approximate: {metres:g} m would be finer than they are (250 m).")
    # Points with no events neither join nor are counted, and on exact points nearly all have none of one kind.
    used = np.flatnonzero(weights > 0)
    own = weights[used]
    pairs, away = pairs_within(easting[used], northing[used], metres)
    near, far = np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]])
    core = own + np.bincount(near, own[far], own.size) >= least
    label = np.full(weights.size, -1, np.int64)
    label[used] = _bordered(_joined(core, near, far), core, near, far, np.tile(away, 2))
    return _largest_first(label, easting, northing, weights)


def _joined(core: NDArray[np.bool_], near: Whole, far: Whole) -> Whole:
    """The cluster of each core, named by its first point; -1 for other points."""
    both = core[near] & core[far]
    one, other = near[both], far[both]
    label = np.arange(core.size)
    while True:
        # Each takes the lowest name among those near it, then the name which that one has taken, and so on.
        lower = label.copy()
        np.minimum.at(lower, label[one], label[other])
        while not np.array_equal(lower[lower], lower):
            lower = lower[lower]
        lower = lower[label]
        if np.array_equal(lower, label):
            return np.where(core, label, -1)
        label = lower


def _bordered(label: Whole, core: NDArray[np.bool_], near: Whole, far: Whole, away: Floats) -> Whole:
    """The same with each point that is no core in the cluster of its nearest core."""
    edge = np.flatnonzero(~core[near] & core[far])
    edge = edge[np.lexsort((far[edge], away[edge], near[edge]))]
    first = edge[np.flatnonzero(np.diff(near[edge], prepend=-1))]
    label[near[first]] = label[far[first]]
    return label


def _largest_first(label: Whole, easting: Floats, northing: Floats, weights: Floats) -> Clusters:
    found, which = np.unique(label[label >= 0], return_inverse=True)
    own = weights[label >= 0]
    events = np.bincount(which, own, found.size).astype(np.float64)
    order = np.argsort(-events, kind="stable")
    rank = np.empty(found.size, np.int64)
    rank[order] = np.arange(found.size)
    renamed = np.full(label.size, -1, np.int64)
    renamed[label >= 0] = rank[which]
    totals = [np.bincount(which, own * axis[label >= 0], found.size) / events for axis in (easting, northing)]
    points = np.bincount(which, minlength=found.size)
    return Clusters(
        renamed, events[order], points[order], totals[0][order], totals[1][order], float(weights[label < 0].sum())
    )
