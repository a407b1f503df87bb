"""Methods handbook: how well past hotspots say where the next events will be."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.hotspots.accuracy import accuracy, rolling_accuracy

title = "Predictive accuracy"
question = "How much of what happened next lay in the cells that past hotspots chose?"

# Three cells, predicted 3, 2, 1; nine events happened there: 6, 3, 0.
#
#   cells chosen   hits   share of area   PAI    PEI
#        1           6        1/3         2.0     1
#        2           9        2/3         1.5     1
#        3           9        3/3         1.0     1

counts = st.lists(st.integers(0, 6), min_size=6, max_size=6)


def test_the_index_is_the_hit_rate_over_the_share_of_the_area():
    """The three rows that crimepy's own tests hold."""
    found = accuracy([3, 2, 1], [6, 3, 0], (1 / 3, 2 / 3, 1))

    assert found.hits.tolist() == [[6, 9, 9]]
    assert found.pai == pytest.approx([2, 1.5, 1])
    assert found.pei == pytest.approx([1, 1, 1])


def test_half_of_a_tie_gets_half_of_its_events():
    found = accuracy([5, 2, 2, 0], [1, 4, 2, 3], (0.5,))

    assert found.hits[0, 0] == 1 + (4 + 2) / 2


@settings(max_examples=60)
@given(counts, counts.filter(any))
def test_a_tie_is_the_average_over_every_way_of_choosing(scores, happened):
    from itertools import permutations

    found = accuracy(scores, happened, (0.5,)).hits[0, 0]

    every = []
    for order in permutations(range(6)):
        chosen = sorted(range(6), key=lambda cell: (-scores[cell], order[cell]))[:3]
        every.append(sum(happened[cell] for cell in chosen))
    assert found == pytest.approx(np.mean(every))


@given(counts, counts.filter(any))
def test_hindsight_is_never_beaten(scores, happened):
    found = accuracy(scores, happened, (1 / 6, 0.5, 1.0))

    assert np.all(found.hits <= found.best + 1e-9)
    assert found.hit_rate[-1] == pytest.approx(1)


def test_a_prediction_that_says_nothing_is_no_better_than_anywhere():
    happened = np.random.default_rng(1).poisson(1, (5, 100))

    assert accuracy(np.ones((5, 100)), happened).pai == pytest.approx([1, 1, 1])


def test_the_future_is_never_used():
    rng = np.random.default_rng(2)
    months = rng.poisson(0.5, (16, 200))
    changed = months.copy()
    changed[-1] = rng.poisson(9, 200)

    first, second = (rolling_accuracy(one.astype(float), one, origins=4, history=12) for one in (months, changed))

    assert np.array_equal(first.naive.hits[:-1], second.naive.hits[:-1])
    assert first.naive.events[-1] != second.naive.events[-1]


def test_each_origin_predicts_from_the_year_before_it():
    months = np.arange(16 * 4).reshape(16, 4) % 7

    found = rolling_accuracy(months.astype(float), months, origins=4, history=12, shares=(0.25,))

    for origin in range(4):
        year = months[origin : origin + 12].sum(axis=0)
        best = np.flatnonzero(year == year.max())
        assert found.naive.hits[origin, 0] == pytest.approx(months[origin + 12][best].mean())


def test_places_that_stay_the_same_are_foretold_and_smoothing_is_judged_fairly():
    rng = np.random.default_rng(3)
    level = rng.gamma(0.3, 3.0, 400)
    months = rng.poisson(level, (24, 400))

    found = rolling_accuracy(np.tile(level, (24, 1)), months)

    assert found.naive.pai[1] > 3
    assert found.random.pai == pytest.approx([1, 1, 1])
    assert found.density.pei[2] >= found.naive.pei[2]
    assert not found.better()[0] or found.p[0] < 0.05


def test_two_methods_that_differ_by_chance_are_called_different_one_time_in_twenty():
    rng = np.random.default_rng(4)

    called = []
    for _ in range(300):
        months = rng.poisson(1, (24, 100)).astype(float)
        called.append(rolling_accuracy(rng.random((24, 100)), months, shares=(0.2,)).p[0] < 0.05)

    assert np.mean(called) == pytest.approx(0.05, abs=0.035)


def test_too_few_months_are_a_sentence():
    with pytest.raises(ValueError, match="24 months are needed, and there are 12"):
        rolling_accuracy(np.ones((12, 4)), np.ones((12, 4)))
    with pytest.raises(ValueError, match="Nothing happened"):
        rolling_accuracy(np.ones((24, 4)), np.zeros((24, 4)))
