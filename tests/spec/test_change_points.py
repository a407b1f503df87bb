"""Methods handbook: when did the level change?"""

from __future__ import annotations

import numpy as np
import pytest
import ruptures
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.change_points import change_points, neighbour_dispersion, recent_change
from goldthread.analysis.trends import season
from tests.plain import change_points as plain
from tests.spec.reference import columns
from tests.spec.test_trends import nothing_going_on

title = "Changes of level"
question = "When did the level change, if it did, and how likely is it that it changed within the last six months?"

# British coal-mining disasters, 1851 to 1962 (Jarrett 1979): one cut, after 1891.
#
#   1851-1891   41 years   127 disasters   3.10 a year
#   1892-1962   71 years    64 disasters    .90 a year

DISASTERS = [
    *(4, 5, 4, 1, 0, 4, 3, 4, 0, 6, 3, 3, 4, 0, 2, 6, 3, 3, 5, 4, 5, 3, 1, 4, 4, 1, 5, 5, 3, 4, 2, 5, 2, 2, 3, 4, 2),
    *(1, 3, 2, 2, 1, 1, 1, 1, 3, 0, 0, 1, 0, 1, 1, 0, 0, 3, 1, 0, 3, 2, 2, 0, 1, 1, 1, 0, 1, 0, 1, 0, 0, 0, 2, 1, 0),
    *(
        0,
        0,
        1,
        1,
        0,
        2,
        3,
        3,
        1,
        1,
        2,
        1,
        1,
        1,
        1,
        2,
        4,
        2,
        0,
        0,
        0,
        1,
        4,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        1,
        0,
        1,
    ),
]


def test_coal_mining_disasters_became_rarer_after_1891():
    answer = change_points(DISASTERS, dispersion=1, fewest=0)
    assert [1851 + start for start in answer.starts[0]] == [1892]
    assert sorted(set(answer.level[0].round(4))) == [0.9014, 3.0976]
    saved = plain.poisson_cost(DISASTERS) - plain.cost_of(DISASTERS, answer.starts[0], 0)
    assert saved == pytest.approx(69.9883, abs=1e-4)


@pytest.mark.real
@pytest.mark.parametrize("penalty", [9.21, 13.8])
def test_the_nile_fell_after_1898(penalty):
    flow = np.array(columns("method-references/nile.csv")["Nile"], dtype=float)
    answer = change_points(flow, cost="normal", penalty=penalty)
    assert [1871 + start for start in answer.starts[0]] == [1899]


@settings(max_examples=40)
@given(st.lists(st.integers(0, 30), min_size=6, max_size=14), st.floats(1, 12))
def test_no_other_way_to_cut_is_cheaper(y, penalty):
    y = [value + 1 for value in y]
    answer = change_points(y, penalty=penalty, shortest=3, dispersion=1, fewest=0)
    least, _ = plain.best(y, penalty, 3)
    assert plain.cost_of(y, answer.starts[0], penalty) == pytest.approx(least, abs=1e-7)


@pytest.mark.parametrize("seed", range(6))
def test_measures_are_cut_where_ruptures_cuts_them(seed):
    rng = np.random.default_rng(seed)
    y = rng.normal(np.repeat([0, rng.uniform(-3, 3), rng.uniform(-3, 3)], 20))
    ours = change_points(y, cost="normal", penalty=13.8, dispersion=1.0).starts[0]
    theirs = ruptures.Pelt(model="l2", min_size=6, jump=1).fit(y).predict(pen=13.8)[:-1]
    assert list(ours) == theirs


def test_many_series_are_cut_as_each_would_be_alone():
    y = np.random.default_rng(2).poisson(np.repeat([20, 35, 20], 16), (12, 48))
    together = change_points(y, dispersion=1)
    assert together.starts == tuple(change_points(row, dispersion=1).starts[0] for row in y)


def test_more_people_or_a_summer_is_not_a_new_level():
    people = np.repeat([100.0, 200.0], 24)
    y = np.random.default_rng(4).poisson(people / 4, (200, 48))
    assert all(any(abs(start - 24) <= 2 for start in starts) for starts in change_points(y).starts)
    assert np.mean([len(starts) > 0 for starts in change_points(y, exposure=people).starts]) < 0.03


def seasonal_shape(y):
    months = np.arange(y.shape[1])
    return np.maximum(season(y, 1, np.full(y.shape[1], 30.4375)).index[:, months % 12] / 100, 0.05)


@pytest.mark.parametrize("months", [36, 60])
def test_where_nothing_changed_one_series_in_twenty_or_fewer_is_cut(months):
    y = nothing_going_on(1500, months, 0.05, 500, months)
    answer = change_points(y, exposure=seasonal_shape(y))
    assert np.mean([len(starts) > 0 for starts in answer.starts]) <= 0.05


def test_a_level_that_rose_by_half_is_found_within_two_months_of_when():
    y = nothing_going_on(300, 60, 50, 500, 1)
    y[:, 35:] = np.round(y[:, 35:] * 1.5)
    found = change_points(y, exposure=seasonal_shape(y)).starts
    assert np.mean([any(abs(start - 35) <= 2 for start in starts) for starts in found]) > 0.8


def test_rare_things_and_series_with_holes_are_not_cut():
    assert change_points(np.r_[np.zeros(20), np.full(20, 3.0)], fewest=2).starts == ((),)
    with pytest.raises(ValueError, match="hole"):
        change_points([1, np.nan, 3])


def test_dispersion_between_neighbours_hardly_sees_a_step():
    rng = np.random.default_rng(7)
    steady, stepped = rng.poisson(40, (500, 60)), rng.poisson(np.repeat([30, 60], 30), (500, 60))
    assert neighbour_dispersion(steady).mean() == pytest.approx(neighbour_dispersion(stepped).mean(), abs=0.2)
    busy = rng.poisson(rng.gamma(10, 4, (500, 60)))
    assert neighbour_dispersion(busy).mean() == pytest.approx(5, abs=0.3)


# Did the level change of late? Before any evidence the odds are about one in ten.


@settings(max_examples=25)
@given(st.lists(st.integers(0, 25), min_size=3, max_size=20))
def test_the_odds_of_a_recent_change_are_those_of_bayes_rule(y):
    answer = recent_change(y, dispersion=1, within=6)
    assert answer.probability[0] == pytest.approx(plain.recent(y, 6, 60), abs=1e-9)
    assert answer.run_length.sum() == pytest.approx(1)


def test_a_fresh_doubling_is_all_but_certain_and_nothing_is_unlikely():
    rng = np.random.default_rng(3)
    y = rng.poisson(40, (200, 48)).astype(float)
    assert np.mean(recent_change(y).probability) < 0.1
    y[:, -4:] = rng.poisson(80, (200, 4))
    assert np.mean(recent_change(y).probability > 0.9) > 0.95
    long_ago = np.concatenate([rng.poisson(40, (200, 24)), rng.poisson(80, (200, 24))], axis=1)
    assert np.mean(recent_change(long_ago).probability > 0.5) < 0.05


def test_where_nothing_changed_a_recent_change_is_seldom_thought_likely():
    y = nothing_going_on(2000, 48, 0.5, 500, 9)
    assert np.mean(recent_change(y, exposure=seasonal_shape(y)).probability > 0.5) < 0.03


def test_a_missing_month_tells_nothing_either_way():
    y = np.random.default_rng(5).poisson(40, 40).astype(float)
    with_hole = y.copy()
    with_hole[20] = np.nan
    left_out = np.delete(y, 20)
    seen = recent_change(with_hole, dispersion=1).probability[0]
    assert seen == pytest.approx(recent_change(left_out, dispersion=1).probability[0], abs=0.02)
    assert np.isfinite(recent_change(with_hole).probability[0])
