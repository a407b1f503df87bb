"""Methods handbook: places that are busiest again and again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.hotspots.persistence import persistence

title = "Persistence"
question = "Which places are busiest again and again, and not just once?"

# The busiest of five places, quarter by quarter:
#
#            A  B  C  D  E
#   spring   9  1  0  2  1     A
#   summer   7  8  0  2  1     B
#   autumn   6  6  0  2  1     (A and B tie: neither is the one busiest)
#   winter   5  1  0  2  1     A

quarters = [[9, 1, 0, 2, 1], [7, 8, 0, 2, 1], [6, 6, 0, 2, 1], [5, 1, 0, 2, 1]]


def test_a_place_counts_for_each_period_in_which_it_was_in_the_top():
    found = persistence(quarters, top=0.2, least=2)

    assert found.times.tolist() == [2, 1, 0, 0, 0]
    assert np.flatnonzero(found.persistent).tolist() == [0]
    assert (found.top_places, found.periods, found.events.tolist()) == (1, 4, [27, 16, 0, 8, 4])


def test_the_list_runs_from_the_most_persistent():
    assert persistence(quarters, top=0.4, least=1).ranked().tolist() == [0, 1, 3]


def test_four_periods_in_five_unless_another_number_is_asked_for():
    assert persistence(np.ones((12, 50), int), top=0.01).least == 10


@given(
    st.lists(st.lists(st.integers(0, 4), min_size=8, max_size=8), min_size=1, max_size=6), st.sampled_from([1, 2, 3])
)
def test_the_top_is_never_larger_than_it_says_and_never_holds_the_empty(counts, size):
    found = persistence(counts, top=size / 8, least=1)

    for place in range(8):
        expected = sum(row[place] > 0 and sum(other >= row[place] for other in row) <= size for row in counts)
        assert found.times[place] == expected


def test_chance_says_how_many_would_be_persistent_if_each_quarter_drew_its_top_anew():
    rng = np.random.default_rng(1)
    seen = [persistence(rng.random((4, 200)) * 1e6, top=0.1, least=2).persistent.sum() for _ in range(200)]

    expected = persistence((rng.random((4, 200)) * 1e6), top=0.1, least=2).by_chance
    assert expected == pytest.approx(200 * (6 * 0.01 * 0.81 + 4 * 0.001 * 0.9 + 0.0001))
    assert np.mean(seen) == pytest.approx(expected, rel=0.05)


def test_it_cannot_be_in_the_top_more_often_than_there_are_periods():
    with pytest.raises(ValueError, match="13 times in 4 periods"):
        persistence(quarters, least=13)
    with pytest.raises(ValueError, match="share of places"):
        persistence(quarters, top=5)
