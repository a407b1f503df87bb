"""Methods handbook: is it behaving as it usually does?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.control_charts import RULES, u_chart, xmr_chart
from tests.plain import control_charts as plain

title = "Control charts"
question = "Which months are unlike the rest, judged by how much each usually differs from the one before?"

# Twelve months of staff assaults, and a thirteenth.
#
#   month     1   2   3   4   5   6   7   8   9  10  11  12 | 13
#   count    10  12   9  11  13  10   8  12  11   9  10  12 | 19
#   range         2   3   2   2   3   2   4   1   2   1   2 |  7
#
#   mean 10.58, average range 2.18: limits 4.78 to 16.39, range limit 7.13. The thirteenth is outside.

ASSAULTS = [10, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12]


def test_a_month_beyond_the_limits_signals():
    chart = xmr_chart([*ASSAULTS, 19], baseline=12)
    assert chart.centre[0] == pytest.approx(10.5833, abs=1e-4)
    assert (chart.lower[0, 0], chart.upper[0, 0]) == pytest.approx((4.780, 16.387), abs=1e-3)
    assert chart.range_limit[0] == pytest.approx(7.1280, abs=1e-3)
    assert list(np.flatnonzero(chart.signals["outside"][0])) == [12]
    assert list(np.flatnonzero(chart.any_signal[0])) == [12]


@given(st.lists(st.integers(0, 60).map(float), min_size=12, max_size=40))
def test_limits_and_runs_are_what_counting_place_by_place_gives(values):
    chart = xmr_chart(values, floor=None)
    centre, low, high = plain.xmr(values)
    assert (chart.centre[0], chart.lower[0, 0], chart.upper[0, 0]) == pytest.approx((centre, low, high))
    assert list(chart.signals["eight on one side"][0]) == plain.eight_on_one_side(values, float(chart.centre[0]))


def test_eight_on_one_side_signal_and_seven_do_not():
    up = [5] * 8 + [15] * 7
    assert not xmr_chart([*up, 5], baseline=None).signals["eight on one side"][0, 8:].any()
    assert xmr_chart([5] * 8 + [15] * 8).signals["eight on one side"][0, 15]


def test_the_other_two_rules_signal_only_when_asked_for():
    steady = [10, 12, 9, 11, 13, 10, 8, 12, 11, 9, 10, 12]
    assert set(xmr_chart(steady).signals) == {"outside", "eight on one side"}
    rising = xmr_chart([*steady, 8, 9, 10, 11, 12, 13], baseline=12, rules=RULES)
    assert list(np.flatnonzero(rising.signals["six in one direction"][0])) == [17]
    near = xmr_chart([*steady, 15.5, 10, 15.5], baseline=12, rules=RULES)
    assert list(np.flatnonzero(near.signals["two of three near a limit"][0])) == [14]


def test_fewer_than_twelve_points_have_no_limits():
    chart = xmr_chart(ASSAULTS[:11])
    assert not chart.enough[0]
    assert np.isnan(chart.upper).all()
    assert not chart.any_signal.any()


def test_a_hole_breaks_a_run_and_lends_no_range():
    values = [5.0] * 8 + [15.0] * 4 + [np.nan] + [15.0] * 4
    chart = xmr_chart(values)
    assert np.isnan(chart.moving_range[0, [12, 13]]).all()
    assert not chart.signals["eight on one side"][0, 9:].any()


def test_a_count_has_no_limit_below_nought():
    assert xmr_chart([0, 1, 0, 2, 0, 1, 0, 3, 0, 1, 0, 2]).lower[0, 0] == 0


def test_how_often_each_rule_signals_on_sixty_months_of_chance():
    chart = xmr_chart(np.random.default_rng(6).poisson(50, (3000, 60)), rules=RULES)
    assert chart.signals["outside"].mean() == pytest.approx(0.003, abs=0.001)
    assert chart.signals["eight on one side"].mean() == pytest.approx(0.005, abs=0.001)
    assert chart.any_signal.any(1).mean() == pytest.approx(0.4, abs=0.06)


# Rates of months with different numbers of people behind them: a u-chart.
#
#   people     1,000   2,000   500
#   limits     widen as people grow fewer, by the square root


def test_limits_are_wider_where_fewer_people_stand_behind_a_rate():
    people = np.array([1000, 2000, 500, 1000] * 4)
    counts = people * 0.05
    chart = u_chart(counts, people, allow_for_dispersion=False)
    assert chart.centre[0] == pytest.approx(0.05)
    assert chart.upper[0, 0] == pytest.approx(0.05 + 3 * np.sqrt(0.05 / 1000))
    reach = chart.upper[0] - 0.05
    assert reach[2] / reach[1] == pytest.approx(2)


def test_counts_more_variable_than_poisson_do_not_make_every_month_signal():
    rng = np.random.default_rng(8)
    counts = rng.poisson(rng.gamma(12.5, 4, (1000, 60)))
    plainly = u_chart(counts, 1.0, allow_for_dispersion=False)
    assert plainly.signals["outside"].mean() > 0.1
    assert u_chart(counts, 1.0).signals["outside"].mean() < 0.01


def test_a_month_with_nobody_is_no_month_and_a_chart_of_nothing_is_quiet():
    chart = u_chart([5.0] * 13, [100.0] * 12 + [0.0])
    assert np.isnan(chart.values[0, 12])
    assert not u_chart([0.0] * 12, 10.0).any_signal.any()
    assert not u_chart([5.0] * 6, 10.0).enough[0]
