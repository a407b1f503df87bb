"""Methods handbook: are like values next to like?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.grid import whole_grid
from goldthread.analysis.hotspots.moran import WORDS, global_moran, local_moran
from goldthread.analysis.hotspots.neighbours import GridNeighbours, from_lists
from tests.plain import hotspots as plain
from tests.spec.reference import columns
from tests.spec.test_gi_star import FIELD, columbus, worlds

title = "Clusters and outliers (Moran's I)"
question = "Which places are like their neighbours, or unlike them, more than chance would have it?"

#   9 9 0      the 9s are high among high,
#   9 9 0      the 0s low among low,
#   0 0 0      and one 9 alone among 0s would be high among low


@pytest.mark.real
def test_the_global_index_agrees_with_spdep_on_columbus():
    crime, around = columbus()

    found = global_moran(crime, around)

    assert (found.i, found.expected, found.variance) == pytest.approx(
        (0.510951264, -0.020833333, 0.008908762), abs=1e-9
    )
    assert found.z == pytest.approx(5.634133, abs=1e-6)


@pytest.mark.real
def test_the_local_index_agrees_with_spdep_on_columbus():
    crime, around = columbus()
    expected = columns("method-references/columbus_localmoran.csv")

    found = local_moran(crime, around, shuffles=1999)

    assert found.i[0] == pytest.approx([float(value) for value in expected["Ii"]], abs=1e-12)
    published = np.array([float(value) for value in expected["Pr(z != E(Ii))"]])
    assert np.corrcoef(found.p[0], published)[0, 1] > 0.995  # theirs is the normal curve, ours the shuffles


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=6, max_size=6).filter(lambda v: len(set(v)) > 1))
def test_its_mean_and_variance_are_those_over_every_order_of_the_values(values):
    near = [[1, 3], [0, 2, 4], [1, 5], [0, 4], [1, 3, 5], [2, 4]]
    found = global_moran(values, from_lists(near))

    assert found.i == pytest.approx(plain.moran(values, near), abs=1e-9)
    assert (found.expected, found.variance) == pytest.approx(plain.moran_by_every_shuffle(values, near), abs=1e-9)


def test_it_agrees_with_pysals_own_index():
    from esda import Moran_Local
    from libpysal.weights import lat2W

    counts = np.random.default_rng(3).negative_binomial(0.5, 0.2, 144)
    theirs = Moran_Local(counts.astype(float), lat2W(12, 12, rook=False), permutations=0)
    ours = local_moran(counts, GridNeighbours(whole_grid(0, 0, 250, 12, 12)))

    assert ours.i[0] * 143 / 144 == pytest.approx(theirs.Is, abs=1e-12)  # theirs divides by n - 1


@pytest.mark.parametrize("world", worlds)
def test_where_nothing_is_going_on_one_place_in_twenty_is_below_five_per_cent(world):
    counts = worlds[world](np.random.default_rng(12))

    assert np.mean(local_moran(counts, FIELD).p < 0.05) == pytest.approx(0.05, abs=0.01)


def test_rates_are_shuffled_and_hold_their_level_too():
    rng = np.random.default_rng(13)
    around = GridNeighbours(whole_grid(0, 0, 250, 12, 12))

    found = local_moran(rng.gamma(0.5, 2.0, (12, 144)), around, shuffles=199)

    assert np.mean(found.p < 0.05) == pytest.approx(0.05, abs=0.015)


def test_the_worked_out_chance_is_what_many_shuffles_come_to():
    rng = np.random.default_rng(14)
    around = GridNeighbours(whole_grid(0, 0, 250, 7, 7))
    counts = rng.negative_binomial(0.6, 0.2, 49)
    place = int(np.argmax(around.count * (counts > 0)))

    near = int(around.sums(counts[None, :].astype(float))[0, place])
    others = np.delete(counts, place)
    sums = np.array([rng.choice(others, int(around.count[place]), replace=False).sum() for _ in range(20000)])
    far = np.abs(sums - around.count[place] * others.mean())
    own = abs(near - around.count[place] * others.mean())
    shuffled = (far > own + 1e-9).mean() + 0.5 * (np.abs(far - own) < 1e-9).mean()

    assert local_moran(counts, around).p[0, place] == pytest.approx(shuffled, abs=0.012)


def test_the_kinds_say_who_is_among_whom():
    counts = np.zeros((40, 40), int)
    counts[5:9, 5:9] = 9
    counts[30, 30] = 40
    rng = np.random.default_rng(15)

    kinds = local_moran((counts + rng.poisson(0.1, (40, 40))).ravel(), FIELD).kind.reshape(40, 40)

    assert WORDS[int(kinds[6, 6])] == "high among high"
    assert {WORDS[int(kind)] for kind in np.unique(kinds)} <= {"no pattern", "high among high", "low among high"}


def test_a_place_with_no_neighbours_has_no_answer_and_harms_nobody():
    found = local_moran([1, 2, 3, 4, 50], from_lists([[1, 2], [0, 3], [0, 3], [1, 2], []]))

    assert np.isnan(found.p[0, 4])
    assert np.isfinite(found.p[0, :4]).all()
    assert global_moran([1, 2, 3, 4, 50], from_lists([[1, 2], [0, 3], [0, 3], [1, 2], []])).places == 4
