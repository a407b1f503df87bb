"""Methods handbook: has it gone up or down?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import ttest_1samp

from benchmarks.calibration_change import drawn, flagged, invented
from goldthread.analysis.change import (
    against_base_year,
    compare_months,
    e_test,
    percent_change,
    rate_ratio,
    year_on_year,
)
from tests.plain import change as plain

title = "Change between two periods"
question = "Has it risen or fallen, by how much, and is that more than its usual coming and going?"

# Two totals alone: 21 events in 3,011 person-years, then 11 in 800.
#
#   rate before   rate after   ratio   95 % interval     p
#     .00697        .01375     1.97     .86 to 4.28     .080
#
# Nearly twice the rate, and still no clear change.

counts = st.integers(0, 40)


def test_a_ratio_of_two_rates_is_that_of_r_poisson_test():
    """R: poisson.test(c(11, 21), c(800, 3011)); poisson.test(137, 24.19893) is tested with rates."""
    answer = rate_ratio(11, 21, 800, 3011)
    assert float(answer.ratio) == pytest.approx(1.9714881, abs=1e-7)
    assert float(answer.p) == pytest.approx(0.07966863, abs=1e-8)
    assert (float(answer.low), float(answer.high)) == pytest.approx((0.8584264, 4.2772659), abs=1e-7)


@given(counts, counts, st.floats(0.2, 5))
def test_the_p_value_adds_up_every_split_no_likelier_than_the_one_seen(x1, x0, exposure):
    share = exposure / (1 + exposure)
    assert float(rate_ratio(x1, x0, exposure).p) == pytest.approx(plain.exact_p(x1, x0, share), abs=1e-9)
    assert float(rate_ratio(x1, x0, exposure, mid_p=True).p) == pytest.approx(plain.mid_p(x1, x0, share), abs=1e-9)


@given(st.integers(1, 40), st.integers(1, 40))
def test_at_the_ends_of_the_mid_p_interval_the_tail_is_one_fortieth(x1, x0):
    answer = rate_ratio(x1, x0, mid_p=True)
    for end in (float(answer.low), float(answer.high)):
        assert plain.mid_p(x1, x0, end / (1 + end)) == pytest.approx(0.05, abs=1e-6)


def test_the_mid_p_interval_is_the_narrower():
    exact, middle = rate_ratio(12, 5), rate_ratio(12, 5, mid_p=True)
    assert exact.low < middle.low
    assert middle.high < exact.high


def test_nothing_before_leaves_the_ratio_open_above_and_nothing_after_below():
    up, down, none = rate_ratio(5, 0), rate_ratio(0, 5), rate_ratio(0, 0)
    assert np.isposinf(up.high)
    assert float(up.low) > 0
    assert float(down.low) == 0
    assert np.isfinite(down.high)
    assert np.isnan(none.ratio)
    assert float(none.p) == 1


def test_variation_beyond_chance_widens_the_interval_and_weakens_the_test():
    plainly, stretched = rate_ratio(150, 100), rate_ratio(150, 100, dispersion=4)
    for end in ("low", "high"):
        told = np.log(float(getattr(plainly, end)) / 1.5)
        assert np.log(float(getattr(stretched, end)) / 1.5) == pytest.approx(2 * told)
    assert float(plainly.p) < 0.01 < 0.05 < float(stretched.p)
    assert np.isfinite(rate_ratio(0, 9, dispersion=3).high)
    assert float(rate_ratio(9, 0, dispersion=3).low) > 0


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        rate_ratio(-1, 3)


@pytest.mark.parametrize(("x1", "x2", "p"), [(0, 3, 0.0884), (6, 2, 0.1749)])
def test_the_e_test_gives_the_published_values(x1, x2, p):
    assert e_test(x1, x2) == pytest.approx(p, abs=5e-5)


@settings(max_examples=25)
@given(st.integers(0, 12), st.integers(0, 12), st.floats(0.5, 2))
def test_the_e_test_adds_up_every_pair_as_far_apart(x1, x2, exposure):
    told = e_test(x1, x2, 1.0, exposure)
    assert told == pytest.approx(plain.e_test(x1, x2, 1.0, exposure) if x1 + x2 else 1.0, abs=1e-6)


def test_a_percentage_is_not_given_on_a_base_below_twenty():
    assert percent_change([100, 19, 20], [112.3, 38, 10]) == pytest.approx([12.3, np.nan, -50.0], nan_ok=True)


# Months are better than totals: the season cancels and the usual coming and going is seen.
#
#                J   F   M   A   M   J   J   A   S   O   N   D   total
#   last year   20  18  22  25  30  34  40  38  28  24  20  21    320
#   this year   26  23  25  31  35  42  47  46  33  31  24  25    388   every month is up

LAST = [20, 18, 22, 25, 30, 34, 40, 38, 28, 24, 20, 21]
THIS = [26, 23, 25, 31, 35, 42, 47, 46, 33, 31, 24, 25]


def test_a_rise_in_every_month_is_a_rise_whatever_the_season():
    answer = compare_months(LAST, THIS)
    assert (answer.before[0], answer.after[0], answer.difference[0], answer.months[0]) == (320, 388, 68, 12)
    assert answer.percent[0] == pytest.approx(21.25)
    assert answer.percent_low[0] > 15
    assert answer.percent_high[0] < 30
    assert answer.p[0] < 0.001


months = st.lists(st.integers(0, 30), min_size=12, max_size=12)


@settings(max_examples=30)
@given(months, months)
def test_the_p_value_is_how_often_random_signs_do_as_much(before, after):
    answer = compare_months(before, after)
    differ = sum(a != b for a, b in zip(before, after, strict=True))
    if differ < 5:
        assert np.isnan(answer.p[0])
        assert not answer.enough[0]
    elif answer.inflation[0] == 1 and plain.by_signs(before, after) >= 0.005:
        assert answer.p[0] == pytest.approx(plain.by_signs(before, after), abs=1e-9)


def test_the_smallest_p_values_are_those_of_the_paired_t_test():
    answer = compare_months(LAST, THIS)
    oracle = ttest_1samp(np.array(THIS) - np.array(LAST), 0).pvalue
    assert answer.p[0] == pytest.approx(oracle, rel=1e-9)


@settings(max_examples=60)
@given(st.lists(st.tuples(months, months), min_size=1, max_size=20))
def test_the_interval_and_the_test_never_contradict_each_other(pairs):
    before, after = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    answer = compare_months(before, after)
    for low, high, p, ratio in zip(answer.low, answer.high, answer.p, answer.ratio, strict=True):
        if np.isfinite(p) and np.isfinite(ratio) and ratio > 0:
            assert (low > 1 or high < 1) == (p < 0.05)
            assert low <= ratio + 1e-9
            assert high >= ratio - 1e-9


def test_a_missing_month_takes_its_partner_with_it():
    gap = [*LAST[:3], np.nan, *LAST[4:]]
    answer = compare_months(gap, THIS)
    assert (answer.months[0], answer.before[0], answer.after[0]) == (11, 320 - 25, 388 - 31)
    without = compare_months([v for i, v in enumerate(LAST) if i != 3], [v for i, v in enumerate(THIS) if i != 3])
    assert answer.p[0] == pytest.approx(without.p[0])
    assert answer.low[0] == pytest.approx(without.low[0])


def test_more_people_may_explain_more_events():
    more_people = compare_months(LAST, THIS, exposure_before=100_000, exposure_after=121_000)
    assert more_people.ratio[0] == pytest.approx(388 / 320 / 1.21)
    assert more_people.p[0] > 0.05
    assert (more_people.before[0], more_people.after[0]) == (320, 388)
    with pytest.raises(ValueError, match="exposure"):
        compare_months(LAST, THIS, exposure_before=0)


def test_too_few_months_that_differ_are_too_little_to_tell():
    answer = compare_months([0] * 12, [1, 1, 1, 1, *[0] * 8])
    assert not answer.enough[0]
    assert np.isnan(answer.p[0])
    assert np.isnan(answer.percent[0])
    assert np.isposinf(answer.ratio[0])


def test_a_year_is_compared_with_the_year_before_or_with_a_base_year():
    series = np.array([LAST, [2 * v for v in LAST], THIS]).ravel()
    assert year_on_year(series).before[0] == 640
    assert against_base_year(series, years_back=2).before[0] == 320
    part = year_on_year(series, months=3)
    assert (part.before[0], part.after[0]) == (2 * (24 + 20 + 21), 31 + 24 + 25)
    with pytest.raises(ValueError, match="do not reach"):
        against_base_year(series, years_back=3)
    with pytest.raises(ValueError, match="overlap"):
        year_on_year(series, months=18)


def test_two_years_against_two_years_are_tested_too():
    rng = np.random.default_rng(3)
    series = rng.poisson(30, (400, 48)).astype(float)
    answer = against_base_year(series, years_back=2, months=24)
    assert np.mean(answer.p < 0.05) == pytest.approx(0.05, abs=0.02)


def test_a_surge_in_one_month_alone_is_not_called_a_rise_of_the_year():
    answer = compare_months([10] * 12, [11, 9, 60, 10, 12, 9, 8, 11, 10, 9, 10, 11])
    assert answer.percent[0] > 40
    assert answer.p[0] > 0.3


def test_where_nothing_changed_one_in_twenty_is_called_significant():
    """Sparse, seasonal and up to five times as variable as Poisson; the share is of those that can be tested."""
    rng = np.random.default_rng(11)
    series = invented(rng, *drawn(rng, 20_000))
    together, testable = flagged(series)
    assert together == pytest.approx(0.05, abs=0.01)
    assert testable > 0.7
    by_reports_of_fifteen, _ = flagged(series[:9_000], 15)
    assert by_reports_of_fifteen == pytest.approx(0.05, abs=0.01)


@pytest.mark.parametrize("dispersion", [1.0, 2.0, 5.0])
def test_the_level_holds_at_each_dispersion(dispersion):
    rng = np.random.default_rng(int(dispersion))
    rates, _ = drawn(rng, 12_000)
    share, _ = flagged(invented(rng, rates, np.full(rates.size, dispersion)))
    assert share == pytest.approx(0.05, abs=0.01)


def test_the_level_holds_where_months_resemble_the_month_before():
    rng = np.random.default_rng(4)
    share, _ = flagged(invented(rng, *drawn(rng, 12_000), resemblance=0.3))
    assert share == pytest.approx(0.05, abs=0.01)


def test_a_third_more_of_something_common_is_nearly_always_found():
    rng = np.random.default_rng(5)
    share, _ = flagged(invented(rng, *drawn(rng, 2_000, 50, 500), change=0.33))
    assert share > 0.9
