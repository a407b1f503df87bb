"""Methods handbook: is something new under way?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import nbinom, poisson

from goldthread.analysis.early_warning import (
    FLEXIBLE_2013,
    MONTHLY,
    ORIGINAL_1996,
    chance_beyond,
    chance_of,
    count_quantile,
    cusum,
    ears,
    ewma,
    farrington,
    negative_binomial_threshold,
    outbreak_weights,
    poisson_cusum,
    predictive_p,
    season_blocks,
    two_thirds_threshold,
    warnings_across,
)
from tests.plain import early_warning as plain
from tests.spec.reference import columns
from tests.spec.test_trends import nothing_going_on

title = "Early warning"
question = "Is there suddenly more than there should be, in any of many places, without crying wolf?"

# Sixty months of shop theft in one place; the last month against what the years before lead one to expect.
#
#   expected   upper bound   seen   exceedance
#      21          31         48       2.7       an alarm, were it the only series
#
# Three hundred such series at 5 % would raise fifteen false alarms a month. Corrected together they raise one
# in about twenty months.


def salmonella():
    return np.array(columns("method-references/salmonella_agona.csv")["n"], dtype=float)


@pytest.mark.real
def test_farrington_flexible_gives_the_bounds_of_r_surveillance():
    """The first fourteen of the last 26 weeks of Salmonella Agona, 1990-95, with the negative binomial bound."""
    y = salmonella()
    bounds = [farrington(y, FLEXIBLE_2013, at=week).upper[0] for week in range(286, 300)]
    assert bounds == [6, 6, 6, 7, 8, 8, 9, 9, 9, 9, 9, 10, 10, 9]


@pytest.mark.real
def test_the_original_method_alarms_less_readily_the_smaller_alpha():
    y = salmonella()
    wide = farrington(y, replace(ORIGINAL_1996, alpha=0.005))
    narrow = farrington(y, replace(ORIGINAL_1996, alpha=0.1))
    assert wide.upper[0] > narrow.upper[0] > narrow.expected[0]
    assert 0 < wide.p[0] < 1


def test_past_outbreaks_weigh_less():
    """surveillance's own check by hand: five residuals of 0 and five of 2, threshold 0."""
    assert outbreak_weights([0.0] * 5 + [2.0] * 5, 0.0)[0] == pytest.approx([1.6] * 5 + [0.4] * 5)
    assert outbreak_weights([0.0] * 10, 0.0)[0] == pytest.approx([1.0] * 10)


def test_the_two_kinds_of_bound_are_those_of_surveillance():
    """Values of surveillance's tests, for an expected 5."""
    upper, p = two_thirds_threshold(8, 5, 0.2**2, 1, 0.05)
    assert (float(upper), float(p)) == pytest.approx((9.1154825, 0.1094727), abs=1e-6)
    upper, p = negative_binomial_threshold(11, 5, 1.5, 0.05)
    assert (float(upper), float(p)) == pytest.approx((10, 0.03763657), abs=1e-6)
    upper, p = negative_binomial_threshold(11, 5, 1.0, 0.05)
    assert (float(upper), float(p)) == pytest.approx((9, 0.01369527), abs=1e-6)


def test_many_series_are_judged_as_each_would_be_alone():
    y = nothing_going_on(6, 66, 5, 200, 2)
    together = farrington(y, MONTHLY)
    for row in range(6):
        alone = farrington(y[row], MONTHLY)
        assert together.upper[row] == alone.upper[0]
        assert together.expected[row] == pytest.approx(alone.expected[0], rel=1e-6)


def test_the_season_is_cut_into_steps_of_like_length():
    blocks = season_blocks(66, 65, MONTHLY)
    assert list(blocks[:16]) == [-1] * 16
    assert np.bincount(blocks[16:]).tolist() == [4] * 9 + [4 * 3 + 2]
    assert list(blocks[[17, 29, 41, 53, 65]]) == [9] * 5
    with pytest.raises(ValueError, match="4 years back"):
        season_blocks(40, 39, MONTHLY)


def test_a_burst_is_an_alarm_and_a_handful_is_not():
    y = nothing_going_on(40, 66, 20, 60, 4)
    y[:, -1] *= 4
    assert farrington(y, MONTHLY).alarm.all()
    quiet = np.zeros((1, 66))
    quiet[0, [10, 30, 64, 65]] = 1
    assert not farrington(quiet, MONTHLY).alarm.any()


@given(st.floats(0.05, 80), st.one_of(st.just(1.0), st.floats(1.1, 6)), st.integers(0, 150))
def test_the_chances_of_counts_are_those_of_scipy(mean, dispersion, count):
    law = poisson(mean) if dispersion == 1 else nbinom(mean / (dispersion - 1), 1 / dispersion)
    assert float(chance_beyond(count, mean, dispersion)) == pytest.approx(law.sf(count), abs=1e-10)
    assert float(chance_of(count, mean, dispersion)) == pytest.approx(law.pmf(count), abs=1e-10)
    assert float(count_quantile(0.95, mean, dispersion)) == law.ppf(0.95)
    assert float(chance_beyond(-1, mean, dispersion)) == 1


def test_what_is_known_from_few_months_is_less_surprising():
    many, few = predictive_p(30, 15, 20, 1000), predictive_p(30, 15, 20, 8)
    assert float(many) < float(few) < 0.05


# Across all series.


def test_months_of_nothing_in_a_hundred_places_raise_an_alarm_one_time_in_twenty():
    """Of 240 reports; two hundred reports of three hundred series each gave 4 to 6 in a hundred."""
    raised = []
    for months, window in ((24, 1), (36, 3), (60, 1), (60, 3)):
        reports = nothing_going_on(100 * 60, months, 0.05, 500, 7).reshape(60, 100, months)
        raised += [warnings_across(report, window=window).alarm.any() for report in reports]
    assert 0.01 < np.mean(raised) < 0.09


def test_a_month_at_two_and_a_half_times_the_usual_is_seen_among_three_hundred_series():
    y = nothing_going_on(300, 60, 20, 500, 1)
    y[:20, -1] = np.round(y[:20, -1] * 2.5)
    found = warnings_across(y)
    assert found.alarm[:20].mean() > 0.6
    assert found.alarm[20:].sum() <= 2
    assert np.all(found.exceedance[found.alarm] > 1)
    assert np.all((found.upper > found.expected)[found.tested])


def test_a_rise_under_way_for_months_does_not_hide_itself():
    y = np.random.default_rng(2).poisson(40, (50, 60)).astype(float)
    y[:, -5:] *= 2
    assert warnings_across(y, skip=6).alarm.mean() > 0.9


def test_a_season_is_not_news():
    t = np.arange(60)
    mean = 60 * (1 + 0.5 * np.cos(2 * np.pi * (t - 59) / 12))
    assert warnings_across(np.random.default_rng(5).poisson(mean, (200, 60))).alarm.sum() == 0


def test_series_with_holes_or_too_short_are_not_tested():
    y = nothing_going_on(3, 30, 5, 50, 8)
    y[1, 4] = np.nan
    answer = warnings_across(y)
    assert list(answer.tested) == [True, False, True]
    assert np.isnan(answer.p[1])
    assert not answer.alarm[1]
    assert not warnings_across(y[:, :23]).tested.any()


def test_a_handful_of_events_in_a_quiet_place_is_no_alarm():
    y = np.zeros((1, 60))
    y[0, -1] = 4
    assert warnings_across(y).p[0] == 1
    y[0, -1] = 40
    assert warnings_across(y).alarm[0]


def test_more_people_are_more_to_be_expected():
    y = np.random.default_rng(3).poisson(50, (30, 60)).astype(float)
    y[:, -1] *= 2
    people = np.ones(60)
    people[-1] = 2
    assert warnings_across(y).alarm.mean() > 0.9
    assert warnings_across(y, exposure=people).alarm.sum() == 0


# Rules for dated events, without years of history: EARS. Weeks before | this week
#
#   2 0 5 3 1 4 2 | 11     mean 2.43, s.d. 1.72: C1 bound 7.74


def test_ears_sets_today_against_the_seven_before():
    answer = ears([2, 0, 5, 3, 1, 4, 2, 11])
    assert answer.upper[0, 7] == pytest.approx(2.42857 + 3.09023 * 1.71825, abs=1e-4)
    assert list(np.flatnonzero(answer.alarm[0])) == [7]
    assert np.isnan(answer.upper[0, :7]).all()


@given(st.lists(st.integers(0, 20), min_size=12, max_size=30))
def test_ears_is_what_counting_place_by_place_gives(y):
    c2 = ears(y, "C2")
    c3 = ears(y, "C3")
    for place in range(11, len(y)):
        if all(len(set(y[p - 9 : p - 2])) > 1 for p in range(place - 2, place + 1)):
            c = [plain.ears_c2(y, p, 2) for p in (place, place - 1, place - 2)]
            assert c2.statistic[0, place] == pytest.approx(c[0])
            assert c3.statistic[0, place] == pytest.approx(sum(max(v - 1, 0) for v in c))


@pytest.mark.real
def test_ears_on_the_last_twenty_weeks_of_salmonella():
    """R's earsC alarms at week 2 of these (C1) and at week 4 (C3, a week late: its bound holds the count itself)."""
    y = salmonella()
    assert list(np.flatnonzero(ears(y, "C1").alarm[0, -20:]) + 1) == [2]
    assert list(np.flatnonzero(ears(y, "C3").alarm[0, -20:]) + 1) == [3, 4]


def test_ears_needs_a_baseline():
    with pytest.raises(ValueError, match="three places"):
        ears([1, 2, 3], baseline=2)
    flat = ears([3] * 8 + [4])
    assert np.isinf(flat.statistic[0, 8])
    assert flat.alarm[0, 8]


# Small shifts that last. How long until a false alarm, on average?
#
#   CUSUM, slack 1/2, height 4      336 one way   168 both ways
#   CUSUM, slack 1/2, height 5      930           465
#   EWMA, weight 0.2, width 2.962                 500
#   EWMA, weight 0.1, width 2.814                 500


@pytest.mark.parametrize(("height", "places"), [(4.0, 336), (5.0, 930)])
def test_a_cusum_cries_wolf_as_seldom_as_the_tables_say(height, places):
    assert plain.cusum_run_length(0.5, height) == pytest.approx(places, rel=0.005)
    z = np.random.default_rng(4).normal(size=(400, 2500))
    assert 1 / cusum(z, height=height).alarm.mean() == pytest.approx(places, rel=0.1)


@pytest.mark.parametrize(("weight", "width"), [(0.2, 2.962), (0.1, 2.814)])
def test_an_ewma_cries_wolf_once_in_five_hundred(weight, width):
    assert plain.ewma_run_length(weight, width) == pytest.approx(500, rel=0.02)
    chart = ewma(np.random.default_rng(6).normal(size=(600, 4000)), weight=weight, width=width)
    first = np.where(chart.alarm.any(1), chart.alarm.argmax(1), 4000)
    assert first.mean() == pytest.approx(500, rel=0.12)


def test_a_lasting_rise_is_gathered_and_a_fall_is_not():
    rng = np.random.default_rng(9)
    y = np.r_[rng.poisson(10, 30), rng.poisson(20, 12)]
    chart = poisson_cusum(y, 10.0, times=2, height=8)
    assert not chart.alarm[0, :30].any()
    assert chart.alarm[0, 30:34].any()
    assert not cusum(np.full(50, -1.0)).alarm.any()
    assert chart.statistic.min() >= 0
