"""Methods handbook: density clusters."""

from __future__ import annotations

import numpy as np
import pytest

from goldthread.analysis.hotspots.clusters import density_clusters

title = "Density clusters"
question = "Which groups of nearby points hold many events?"

# Along a seafront: metres from the pier, and events there.
#
#   metres     0    200    400    900    5000
#   events     6      5      1      1       9
#
#   |---- one cluster ----|  alone   a second

front, events = np.array([0.0, 200.0, 400.0, 900.0, 5000.0]), np.array([6.0, 5.0, 1.0, 1.0, 9.0])


def test_points_within_reach_of_a_busy_one_are_one_cluster():
    found = density_clusters(front, np.zeros(5), events, metres=250, least=8, snapped=True)

    assert found.label.tolist() == [0, 0, 0, -1, 1]
    assert (found.events.tolist(), found.points.tolist(), found.scattered) == ([12, 9], [3, 1], 1)
    assert found.easting[0] == pytest.approx((200 * 5 + 400) / 12)


def test_weights_give_what_sklearn_gives_with_every_event_written_out():
    from sklearn.cluster import DBSCAN

    rng = np.random.default_rng(1)
    east, north = rng.integers(0, 60, (2, 400)) * 100.0
    place, where = np.unique(np.column_stack([east, north]), axis=0, return_inverse=True)
    weights = np.bincount(where.ravel()).astype(float)

    theirs = DBSCAN(eps=250, min_samples=5).fit(np.column_stack([east, north]))
    ours = density_clusters(place[:, 0], place[:, 1], weights, metres=250, least=5, snapped=True)

    core = np.zeros(400, bool)
    core[theirs.core_sample_indices_] = True
    pairs = set(zip(theirs.labels_[core].tolist(), ours.label[where.ravel()][core].tolist(), strict=True))
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs})
    assert np.array_equal(theirs.labels_ < 0, ours.label[where.ravel()] < 0)
    assert ours.events.sum() + ours.scattered == 400


def test_a_point_with_no_events_neither_joins_a_cluster_nor_two():
    between = np.array([0.0, 200.0, 400.0])

    found = density_clusters(between, np.zeros(3), np.array([9.0, 0.0, 9.0]), metres=250, least=8, snapped=True)

    assert found.label.tolist() == [0, -1, 1]


def test_a_long_street_is_one_cluster_in_whatever_order_its_points_come():
    along = np.random.default_rng(2).permutation(400) * 200.0

    found = density_clusters(along, np.zeros(400), np.ones(400), metres=250, least=2, snapped=True)

    assert (found.points.tolist(), found.scattered) == ([400], 0)


def test_where_nothing_is_dense_there_is_no_cluster():
    found = density_clusters(front, np.zeros(5), events, metres=250, least=99, snapped=True)

    assert (found.events.size, found.scattered) == (0, 22)


def test_approximate_points_are_not_clustered_by_the_yard():
    with pytest.raises(ValueError, match="150 m would be finer"):
        density_clusters(front, front, events, metres=150, least=5, snapped=True)
    assert density_clusters(front, np.zeros(5), events, metres=150, least=5, snapped=False).points.tolist() == [1, 1, 1]
