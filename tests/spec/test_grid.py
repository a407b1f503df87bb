"""Methods handbook: a grid clipped to the area, and who is next to whom."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.grid import count_cells, grid_over, whole_grid
from goldthread.analysis.hotspots.neighbours import GridNeighbours, from_lists, touching
from tests.plain import hotspots as plain

title = "Grids and neighbours"
question = "Which cells are in the area, and which places lie next to each other?"

# A harbour with an island; o marks a centre inside.
#
#   +-----------+
#   | o o o o o |
#   | o +---+ o |
#   | o |   | o |
#   | o +---+ o |
#   | o o o o o |
#   +-----------+

SQUARE = [(0, 0), (1250, 0), (1250, 1250), (0, 1250)]
HARBOUR = [(250, 250), (1000, 250), (1000, 1000), (250, 1000)]
ISLAND = [(500, 500), (750, 500), (750, 750), (500, 750)]


def test_a_cell_is_in_the_area_when_its_centre_is():
    assert grid_over([SQUARE]).cells == 25
    assert grid_over([SQUARE, HARBOUR]).cells == 16
    assert grid_over([SQUARE, HARBOUR, ISLAND]).cells == 17


def test_cells_have_the_same_names_in_every_assessment():
    moved = grid_over([[(x + 408110, y + 91020) for x, y in SQUARE]])

    assert (moved.west, moved.south) == (408000, 91000)
    assert moved.name(0) == "408000,91000"
    assert moved.corners().shape == (moved.cells, 2)


def test_small_areas_side_by_side_make_the_same_grid_as_their_outline():
    left = [(0, 0), (333, 0), (333, 1250), (0, 1250)]
    right = [(333, 0), (1250, 0), (1250, 1250), (333, 1250)]

    assert np.array_equal(grid_over([left, right]).inside, grid_over([SQUARE]).inside)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.tuples(st.floats(0, 2000), st.floats(0, 2000)), min_size=3, max_size=8), min_size=1, max_size=3
    )
)
def test_it_agrees_with_counting_crossings_for_each_centre(rings):
    grid = grid_over(rings)
    expected = [[plain.inside(east, north, rings) for east in grid.centre_eastings] for north in grid.centre_northings]

    assert np.array_equal(grid.inside, np.array(expected))


def test_approximate_points_bear_no_cell_under_250_metres():
    with pytest.raises(ValueError, match="cells of 100 m would be finer than they are"):
        grid_over([SQUARE], cell=100)
    assert grid_over([SQUARE], cell=100, snapped=False).cells == 144


def test_every_event_is_in_a_cell_or_counted_as_elsewhere():
    grid = grid_over([SQUARE, HARBOUR])
    rng = np.random.default_rng(1)
    east, north = rng.uniform(-500, 2000, (2, 1000))
    east[:7] = np.nan
    layer = rng.integers(-1, 3, 1000)

    found = count_cells(grid, grid.cell_of(east, north), layer, 3)

    assert (found.counts.sum(axis=1) + found.elsewhere).tolist() == np.bincount(layer[layer >= 0]).tolist()
    assert found.elsewhere.sum() > 0


def test_a_point_on_a_corner_is_in_the_cell_to_its_north_east():
    grid = grid_over([SQUARE])

    assert grid.cell_of(np.array([250.0]), np.array([250.0])).tolist() == [6]
    assert grid.spread(np.arange(25))[0, 1, 1] == 6


def test_cells_have_eight_neighbours_and_fewer_at_the_edge_of_the_area():
    around = GridNeighbours(grid_over([SQUARE, HARBOUR]))
    laid = around.grid.spread(around.count)[0]

    assert laid[0].tolist() == [2, 3, 2, 3, 2]
    assert GridNeighbours(whole_grid(0, 0, 250, 5, 5)).count.max() == 8
    assert GridNeighbours(whole_grid(0, 0, 250, 5, 5), rings=2).count.max() == 24
    assert GridNeighbours(whole_grid(0, 0, 250, 1, 1), rings=3).count.tolist() == [0]


def test_small_areas_are_neighbours_when_they_share_a_corner():
    def unit(x: int, y: int) -> list[list[tuple[float, float]]]:
        return [[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)]]

    found = touching([unit(0, 0), unit(1, 0), unit(1, 1), unit(9, 9)])

    assert found.count.tolist() == [2, 2, 2, 0]
    assert found.sums(np.array([[1.0, 10.0, 100.0, 1000.0]])).tolist() == [[110, 101, 11, 0]]


def test_the_grids_own_neighbours_agree_with_touching_squares():
    grid = grid_over([SQUARE, HARBOUR, ISLAND])
    squares = [[[(x, y), (x + 250, y), (x + 250, y + 250), (x, y + 250)]] for x, y in grid.corners().tolist()]
    values = np.random.default_rng(2).integers(0, 9, (3, grid.cells)).astype(float)

    assert np.array_equal(touching(squares).sums(values), GridNeighbours(grid).sums(values))


def test_being_a_neighbour_is_mutual():
    with pytest.raises(ValueError, match="not the other way round"):
        from_lists([[1], []])


def test_no_boundary_is_a_sentence():
    with pytest.raises(ValueError, match="no boundary"):
        grid_over([])
