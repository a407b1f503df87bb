"""Methods handbook: pairs of points that lie close together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.nearby import pairs_within
from tests.plain import nearby as plain

title = "Close pairs"
question = "Which points are at most so many metres apart?"

# Doors along a street, and the pairs within 100 m (the edge included).
#
#   door     A     B     C      D
#   metres   0    60   160    400
#
#   A-B is 60 m, B-C is 100 m; A-C is 160 m and D is near nobody.

street = np.array([0.0, 60.0, 160.0, 400.0])


def test_each_pair_comes_once_with_its_distance():
    pairs, away = pairs_within(street, np.zeros(4), 100)

    assert dict(zip(map(tuple, pairs.tolist()), away.tolist(), strict=True)) == {(0, 1): 60, (1, 2): 100}


def test_round_a_corner_the_way_along_the_streets_is_longer_than_the_crow_flies():
    corner = np.array([0.0, 80.0]), np.array([0.0, 60.0])

    assert pairs_within(*corner, 100)[1].tolist() == [100]
    assert pairs_within(*corner, 100, manhattan=True)[1].size == 0


whole = st.integers(-12, 12)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(whole, whole), max_size=30), st.integers(0, 9), st.booleans())
def test_it_finds_what_measuring_every_pair_finds(places, metres, manhattan):
    east, north = np.array(places, float).reshape(-1, 2).T

    pairs, away = pairs_within(east, north, float(metres), manhattan=manhattan)

    found = dict(zip(map(tuple, pairs.tolist()), away.tolist(), strict=True))
    assert len(found) == away.size
    assert found == pytest.approx(plain.pairs_within(places, metres, manhattan=manhattan))


def test_many_points_are_looked_at_in_parts_and_none_is_lost():
    rng = np.random.default_rng(1)
    east, north = rng.uniform(0, 1_000, (2, 1_500))

    pairs, _ = pairs_within(east, north, 900.0)

    apart = np.hypot(east[:, None] - east, north[:, None] - north)
    assert pairs.shape[0] == np.count_nonzero(np.triu(apart <= 900, 1)) > 500_000


def test_a_point_without_a_place_is_an_error():
    with pytest.raises(ValueError, match="needs a place"):
        pairs_within(np.array([0.0, np.nan]), np.zeros(2), 100)
