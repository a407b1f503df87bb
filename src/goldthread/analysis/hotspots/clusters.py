"""Which groups of nearby points hold many events (density clusters)?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goldthread.analysis.admissibility import LEAST_METRES_WHEN_SNAPPED

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
    near, far, away = _links(easting, northing, metres)
    held = weights + np.bincount(near, weights[far], weights.size)
    core = (held >= least) & (weights > 0)
    label = _joined(core, near, far)
    _border(label, core, near, far, away, weights)
    return _largest_first(label, easting, northing, weights)


def _links(easting: Floats, northing: Floats, metres: float) -> tuple[Whole, Whole, Floats]:
    """Every two points at most `metres` apart, both ways round, and how far."""
    # Imported here because it costs a tenth of a second that those who do not ask should not pay.
    from scipy.spatial import cKDTree

    at = np.column_stack([easting, northing])
    pairs = cKDTree(at).query_pairs(metres, output_type="ndarray").astype(np.int64)
    away = np.hypot(*(at[pairs[:, 0]] - at[pairs[:, 1]]).T)
    return np.concatenate([pairs[:, 0], pairs[:, 1]]), np.concatenate([pairs[:, 1], pairs[:, 0]]), np.tile(away, 2)


def _joined(core: NDArray[np.bool_], near: Whole, far: Whole) -> Whole:
    """The cluster of each core, -1 for other points."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    both = core[near] & core[far]
    links = coo_array((np.ones(int(both.sum()), np.int8), (near[both], far[both])), shape=(core.size, core.size))
    _, label = connected_components(links, directed=False)
    return np.where(core, label, -1).astype(np.int64)


def _border(label: Whole, core: NDArray[np.bool_], near: Whole, far: Whole, away: Floats, weights: Floats) -> None:
    """This will give each point that is no core, and has events, to the cluster of its nearest core."""
    edge = np.flatnonzero(~core[near] & core[far] & (weights[near] > 0))
    edge = edge[np.lexsort((far[edge], away[edge], near[edge]))]
    first = edge[np.flatnonzero(np.diff(near[edge], prepend=-1))]
    label[near[first]] = label[far[first]]


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
