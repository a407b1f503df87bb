"""Methods handbook: hot and cold spots."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.chance import DrawnSums, two_sided
from goldthread.analysis.hotspots.discovery import discoveries
from goldthread.analysis.hotspots.gi_star import gi_star
from goldthread.analysis.hotspots.grid import whole_grid
from goldthread.analysis.hotspots.neighbours import GridNeighbours, from_lists
from goldthread.analysis.significance import benjamini_hochberg
from tests.plain import hotspots as plain
from tests.spec.reference import FOLDER, columns

title = "Hot and cold spots (Gi*)"
question = "Which places, with their neighbours, have more or fewer than chance would put there?"

# Nine cells with all the events in a corner. The corner and its neighbours hold 12 of 12.
#
#   0 0 0
#   4 0 0
#   4 4 0

FIELD = GridNeighbours(whole_grid(0, 0, 250, 40, 40))

worlds = {
    "nine in ten cells empty": lambda rng: np.where(rng.random((25, 1600)) < 0.9, 0, 1 + rng.poisson(3, (25, 1600))),
    "one a cell": lambda rng: rng.poisson(1.0, (25, 1600)),
    "overdispersed": lambda rng: rng.negative_binomial(0.3, 0.1, (25, 1600)),
    "a few enormous": lambda rng: rng.lognormal(0, 1.5, (25, 1600)).astype(int),
}


def columbus():
    crime = np.array([float(value) for value in columns("method-references/columbus.csv")["CRIME"]])
    lines = (FOLDER / "method-references/columbus_nb.txt").read_text().splitlines()
    return crime, from_lists([[int(one) - 1 for one in line.split(":")[1].split()] for line in lines])


@pytest.mark.real
def test_it_agrees_with_spdep_on_columbus():
    crime, around = columbus()
    expected = [float(value) for value in columns("method-references/columbus_gistar.csv")["giB"]]

    found = gi_star(crime, around)

    assert found.z[0] == pytest.approx(expected, abs=1e-12)
    assert np.count_nonzero(np.abs(found.z) > 1.96) == 16
    assert np.count_nonzero(found.hot | found.cold) == 9
    assert (int(np.argmax(found.z)) + 1, found.z.max()) == (36, pytest.approx(3.47505136))


@pytest.mark.real
def test_leaving_the_place_itself_out_gives_gi_as_spdep_has_it():
    crime, around = columbus()

    assert gi_star(crime, around, with_self=False).z[0, :6] == pytest.approx(
        [-0.98565912, -0.06666232, 0.99757866, 1.79917107, -0.93780765, -0.71841891], abs=1e-8
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=12, max_size=12).filter(lambda v: len(set(v)) > 1))
def test_it_agrees_with_the_formula_written_out(values):
    around = GridNeighbours(whole_grid(0, 0, 250, 3, 4))
    near = [
        [b for b in range(12) if b != a and abs(a // 4 - b // 4) <= 1 and abs(a % 4 - b % 4) <= 1] for a in range(12)
    ]

    assert gi_star(values, around).z[0] == pytest.approx(plain.gi_star(values, near), abs=1e-9)
    assert gi_star(values, from_lists(near)).z[0] == pytest.approx(plain.gi_star(values, near), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=9), st.integers(0, 4), st.integers(0, 30))
def test_the_chance_of_a_sum_is_that_of_every_choice_of_places(pool, k, total):
    sums = DrawnSums(np.array(pool), 5)
    chances = plain.sums_of_draws(pool, k)
    own = pool[0]
    others = plain.sums_of_draws(pool[1:], k)

    one = np.array([total])
    assert sums.chance_of_at_most(np.array([k]), one)[0] == pytest.approx(
        sum(p for t, p in chances.items() if t <= total), abs=1e-9
    )
    assert sums.without_one(k, np.array([own]), one)[0] == pytest.approx(
        sum(p for t, p in others.items() if t <= total), abs=1e-9
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 6), min_size=5, max_size=9), st.integers(1, 4))
def test_as_far_from_the_mean_counts_both_sides_and_ties(pool, k):
    sums, size = DrawnSums(np.array(pool), 5), np.array([k])
    chances = plain.sums_of_draws(pool, k)

    for total in chances:
        exact, mid = two_sided(
            lambda at: sums.chance_of_at_most(size, at), np.array([total]), np.array([k * np.mean(pool)])
        )
        assert (exact[0], mid[0]) == pytest.approx(plain.chance_as_far(chances, total), abs=1e-9)


@pytest.mark.parametrize("world", worlds)
def test_where_nothing_is_going_on_one_cell_in_twenty_is_below_five_per_cent(world):
    counts = worlds[world](np.random.default_rng(8))

    assert np.mean(gi_star(counts, FIELD).p < 0.05) == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("world", worlds)
def test_where_nothing_is_going_on_a_map_rarely_shows_a_hot_spot(world):
    counts = worlds[world](np.random.default_rng(9))

    shown = [bool((one.hot | one.cold).any()) for one in (gi_star(layer, FIELD) for layer in counts)]

    assert np.mean(shown) <= 0.12  # stated 5 %; 25 maps


def test_an_empty_cell_among_empty_cells_is_no_surprise():
    counts = np.zeros(1600, int)
    counts[::10] = 3

    found = gi_star(counts, FIELD)

    empty = found.local[0] == 0
    assert found.p[0, empty].min() > 0.3


def test_a_planted_cluster_is_found_and_nothing_cold_is_invented():
    rng = np.random.default_rng(10)
    counts = rng.poisson(0.2, (40, 40))
    counts[20:23, 20:23] += 4

    found = gi_star(counts.ravel(), FIELD)

    assert found.hot.reshape(40, 40)[21, 21]
    assert 9 <= found.hot.sum() <= 25
    assert not found.cold.any()
    assert found.local.reshape(40, 40)[21, 21] == counts[20:23, 20:23].sum()


def test_a_layer_with_no_events_has_no_hot_spots_and_does_not_disturb_the_others():
    rng = np.random.default_rng(11)
    counts = rng.poisson(1, (1, 1600))
    counts[0, :3] += 9

    alone, beside = gi_star(counts, FIELD), gi_star(np.vstack([counts, np.zeros((1, 1600), int)]), FIELD)

    assert np.isnan(beside.z[1]).all()
    assert np.array_equal(alone.hot[0], beside.hot[0])


@given(st.lists(st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=1, max_size=50))
def test_discoveries_are_those_of_benjamini_and_hochberg(p):
    values = np.array(p)

    assert np.array_equal(discoveries(values), benjamini_hochberg(values) <= 0.05)
