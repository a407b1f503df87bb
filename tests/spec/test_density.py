"""Methods handbook: where events are densest."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.density import choose_bandwidth, density, density_at, mass_inside
from goldthread.analysis.hotspots.grid import grid_over, whole_grid
from tests.plain import hotspots as plain
from tests.spec.reference import columns

title = "Kernel density"
question = "How many events per square kilometre per year are there round each place?"

# Three events at one place, smoothed over 400 m: the density falls off with distance.
#
#   metres away        0      400      800
#   events per km2    2.98    1.81     0.40

COAST = [(0, 0), (9000, 0), (9000, 3000), (6500, 3400), (5000, 6000), (0, 6200)]


def test_the_density_falls_off_with_distance():
    grid = whole_grid(-4000, -4000, 800, 11, 11)
    found = density(grid, np.array([400.0]), np.array([400.0]), [3], 400, edge="none")
    laid = grid.spread(found.surface)[0]

    assert laid[5, 5] == pytest.approx(3e6 / (2 * np.pi * 400**2))
    assert laid[5, 6] / laid[5, 5] == pytest.approx(np.exp(-2))


@pytest.mark.real
def test_it_agrees_with_spatstat_on_redwoods():
    table = columns("method-references/redwood.csv")
    x, y = (np.array([float(value) for value in table[axis]]) for axis in ("x", "y"))
    unit = whole_grid(0, -1, 1 / 200, 200, 200)
    expected = {
        "none": [47.541540, 70.247163, 69.489660],
        "uniform": [60.330433, 83.494364, 88.168747],
        "diggle": [57.717933, 83.892568, 82.699310],
    }

    for edge, values in expected.items():
        found = density_at(unit, x, y, np.ones(x.size), 0.1, (x[:3], y[:3]), edge=edge)
        assert found == pytest.approx(values, rel=1e-8 if edge == "none" else 4e-5)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 5000), st.floats(0, 5000), st.integers(1, 9)), min_size=1, max_size=12),
    st.sampled_from([250.0, 400.0, 700.0]),
)
def test_it_agrees_with_adding_up_every_event(points, sigma):
    grid = whole_grid(0, 0, 500, 10, 10)
    east, north, weight = (np.array([point[i] for point in points], float) for i in range(3))

    found = density(grid, east, north, weight, sigma, edge="none", years=2)

    expected = [
        plain.density(x, y, points, sigma) * 1e6 / 2 for y in grid.centre_northings for x in grid.centre_eastings
    ]
    assert found.surface[0] == pytest.approx(expected, abs=found.surface.max() * 1e-6)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.tuples(st.floats(300, 4700), st.floats(300, 2700), st.integers(1, 50)), min_size=1, max_size=30),
    st.sampled_from([250.0, 400.0, 900.0]),
)
def test_no_event_is_lost_or_made_however_near_the_coast(points, sigma):
    grid = grid_over([COAST])
    east, north, weight = (np.array([point[i] for point in points], float) for i in range(3))

    found = density(grid, east, north, weight, sigma, edge="diggle")

    assert found.surface.sum() * grid.cell_km2 == pytest.approx(weight.sum(), rel=1e-9)
    assert found.events.tolist() == [weight.sum()]


def test_what_lies_far_outside_is_left_out_and_counted():
    found = density(
        grid_over([COAST]), np.array([4000.0, 4000.0]), np.array([2000.0, 90000.0]), [2, 5], 400, edge="diggle"
    )

    assert (found.events[0], found.left_out[0]) == (2, 5)


def test_an_even_spread_stays_even_up_to_the_edge():
    grid = grid_over([COAST])
    corner = grid.corners() + grid.cell / 2

    found = density(grid, corner[:, 0], corner[:, 1], np.ones(grid.cells), 400, edge="uniform")

    assert found.surface[0] == pytest.approx(np.full(grid.cells, 1 / grid.cell_km2), rel=1e-6)
    assert 0.2 < mass_inside(grid, 400).min() < 0.5
    assert mass_inside(grid, 400).max() == pytest.approx(1)


def test_duplicate_points_carried_as_weights_give_the_same_surface():
    rng = np.random.default_rng(4)
    east, north = rng.uniform(0, 5000, (2, 40))
    weight = rng.integers(1, 6, 40)
    grid = grid_over([COAST])

    once = density(grid, east, north, weight, 400)
    often = density(grid, np.repeat(east, weight), np.repeat(north, weight), np.ones(weight.sum()), 400)

    assert once.surface == pytest.approx(often.surface, rel=1e-9)


def test_many_points_are_worked_on_patch_by_patch_with_the_same_result():
    rng = np.random.default_rng(5)
    east, north = rng.uniform(0, 6000, (2, 3000))
    layers = rng.integers(0, 2, (3, 3000)).astype(float)
    layers[2, 5:] = 0
    grid = grid_over([COAST])
    corner = grid.corners() + grid.cell / 2

    found = density(grid, east, north, layers, 400)

    for layer in range(3):
        at = density_at(grid, east, north, layers[layer], 400, (corner[:, 0].astype(float), corner[:, 1].astype(float)))
        assert found.surface[layer] == pytest.approx(at * 1e6, rel=1e-5)


def test_the_bandwidth_is_explained():
    rng = np.random.default_rng(6)
    east, north = rng.normal(0, 3000, (2, 1000))
    weight = np.ones(1000)

    usual = choose_bandwidth(east, north, weight, snapped=True)
    small = choose_bandwidth(east, north, weight, snapped=True, metres=100)

    assert (usual.metres, usual.rule) == (400, "default")
    assert "Scott's rule would give 9" in usual.words
    assert small.metres == 250
    assert small.words.startswith("Smoothed over 250 m and not the 100 m asked for, because the points are approximate")
    assert choose_bandwidth(east, north, weight, snapped=False, metres=100).metres == 100


@pytest.mark.real
def test_scotts_rule_is_spatstats():
    table = columns("method-references/redwood.csv")
    x, y = (np.array([float(value) for value in table[axis]]) * 1e6 for axis in ("x", "y"))

    words = choose_bandwidth(x, y, np.ones(62), snapped=False).words

    assert words.endswith("(Scott's rule would give 137,035 m).")  # between spatstat's .136202 and .137863 by axis
