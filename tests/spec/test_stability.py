"""Methods handbook: hotspots made from approximate points."""

from __future__ import annotations

import numpy as np
import pytest

from goldthread.analysis.hotspots.grid import whole_grid
from goldthread.analysis.hotspots.stability import catchments, stability

title = "Stability of hotspots from approximate points"
question = "Would the same cells be hotspots, had we known where within its street each event was?"

# Two points in a row of four cells. Whatever was nearer to A than to B was moved to A.
#
#   |  . A .  |    .    |    .    |  . B .  |
#   |<----- A's catchment-->|<----- B's --->|

ROW = whole_grid(0, 0, 250, 1, 4)


def test_an_event_was_nearer_to_its_point_than_to_any_other():
    found = catchments(ROW, np.array([125.0, 875.0]), np.array([125.0, 125.0]))

    assert found.point.tolist() == [0, 0, 1, 1]
    assert found.cell.tolist() == [0, 1, 2, 3]
    assert found.chance == pytest.approx([0.5, 0.5, 0.5, 0.5])


def test_the_chances_of_a_point_add_up_to_one_and_no_point_is_left_out():
    rng = np.random.default_rng(1)
    grid = whole_grid(0, 0, 250, 12, 12)
    east, north = rng.uniform(0, 3000, (2, 80))

    found = catchments(grid, np.append(east, east[0]), np.append(north, north[0]))

    assert np.bincount(found.point, found.chance, 81) == pytest.approx(np.ones(81))


def test_a_catchment_reaches_a_kilometre_and_no_further():
    found = catchments(whole_grid(0, 0, 250, 1, 40), np.array([125.0]), np.array([125.0]))

    assert found.cell.max() == 4


def test_a_hotspot_far_ahead_stays_and_one_among_equals_does_not():
    grid = whole_grid(0, 0, 250, 10, 10)
    corner = grid.corners() + 125.0
    ahead = np.ones(100)
    ahead[44] = 500

    steady = stability(grid, corner[:, 0], corner[:, 1], ahead, top=1)
    unsteady = stability(grid, corner[:, 0] + 120, corner[:, 1], np.full(100, 3.0), top=5)

    assert (steady.cells.tolist(), steady.stays.tolist()) == ([44], [1.0])
    assert unsteady.stays.mean() < 0.5
    assert unsteady.expected == pytest.approx(unsteady.stays.sum())


def test_no_event_is_lost_in_a_draw():
    from goldthread.analysis.hotspots.stability import _drawn

    rng = np.random.default_rng(2)
    grid = whole_grid(0, 0, 250, 8, 8)
    east, north = rng.uniform(0, 2000, (2, 15))
    weights = rng.integers(0, 40, 15)

    drawn = _drawn(catchments(grid, east, north), weights, grid.cells, 20, rng)

    assert drawn.sum(axis=1).tolist() == [weights.sum()] * 20


def test_draws_follow_the_chances_of_the_catchment():
    from goldthread.analysis.hotspots.stability import Catchments, _drawn

    shares = Catchments(np.array([0, 0, 0]), np.array([2, 0, 1]), np.array([0.2, 0.5, 0.3]))

    drawn = _drawn(shares, np.array([10_000]), 3, 50, np.random.default_rng(3))

    assert drawn.mean(axis=0) / 10_000 == pytest.approx([0.5, 0.3, 0.2], abs=0.005)


def test_the_same_question_has_the_same_answer():
    rng = np.random.default_rng(4)
    east, north = rng.uniform(0, 1000, (2, 30))
    ask = dict(easting=east, northing=north, weights=rng.integers(0, 9, 30).astype(float), top=3)
    grid = whole_grid(0, 0, 250, 4, 4)

    assert np.array_equal(stability(grid, **ask).stays, stability(grid, **ask).stays)


def test_a_top_of_everything_is_refused():
    with pytest.raises(ValueError, match="between 1 and 3 cells"):
        stability(ROW, np.array([1.0]), np.array([1.0]), np.ones(1), top=4)
