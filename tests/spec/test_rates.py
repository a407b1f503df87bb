"""Methods handbook: rates and what is certain about them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.rates import count_interval, crude_rate, indirect_ratio, smoothed_rate, standardised_rate
from tests.plain import rates as plain

title = "Rates"
question = "How common is it for the people there, and how sure can that be?"

# A count says nothing until it is set against people, and little until its interval is beside it.
#
#   count    exact 95 %          Byar 95 %
#     0      0      to   3.69    0      to   3.69
#    10      4.80   to  18.39    4.79   to  18.39
#   137    115.02   to 161.96  115.02   to 161.96


def test_the_exact_interval_is_that_of_r_poisson_test():
    """R: poisson.test(137, 24.19893) gives 5.661407 (4.753125, 6.692709)."""
    rate = crude_rate(137, 24.19893, per=1)
    assert float(rate.rate) == pytest.approx(5.661407, abs=1e-6)
    assert float(rate.low) == pytest.approx(4.753125, abs=1e-6)
    assert float(rate.high) == pytest.approx(6.692709, abs=1e-6)


@given(st.integers(0, 150))
def test_the_ends_of_the_exact_interval_leave_a_fortieth_in_each_tail(count):
    low, high = count_interval(count)
    assert plain.poisson_at_most(count, float(high)) == pytest.approx(0.025, abs=1e-8)
    if count:
        assert 1 - plain.poisson_at_most(count - 1, float(low)) == pytest.approx(0.025, abs=1e-8)
    else:
        assert float(low) == 0


@given(st.integers(10, 100_000))
def test_byar_is_within_one_per_cent_of_exact_from_ten_upwards(count):
    for near, exact in zip(count_interval(count, how="byar"), count_interval(count), strict=True):
        assert float(near) == pytest.approx(float(exact), rel=0.01)


def test_nothing_counted_is_not_the_same_as_nothing_there():
    for how in ("exact", "byar"):
        low, high = count_interval([0, 0], how=how)
        assert list(low) == [0, 0]
        assert high == pytest.approx([3.69, 3.69], abs=0.03)


def test_six_months_are_made_comparable_with_twelve():
    assert crude_rate(50, 10_000, years=0.5).rate == pytest.approx(crude_rate(100, 10_000).rate)
    assert float(crude_rate(100, 10_000).rate) == pytest.approx(10.0)


def test_a_place_where_nobody_lives_has_no_rate():
    rate = crude_rate([5, 5], [0, 1000])
    assert np.isnan(rate.rate[0])
    assert np.isnan(rate.low[0])
    assert rate.rate[1] == pytest.approx(5.0)


def test_a_count_below_nought_is_refused():
    with pytest.raises(ValueError, match="below nought"):
        count_interval(-1)


# Two towns with the same risk at each age; Oldmouth has more old people. Only the crude rates differ.
#
#                 young            old          crude   standardised
#   Newton     90 of 9,000     2 of 1,000        9.2        6.0
#   Oldmouth   10 of 1,000    18 of 9,000        2.8        6.0


def test_the_same_risks_give_the_same_standardised_rate():
    rates = standardised_rate([[90, 2], [10, 18]], [[9000, 1000], [1000, 9000]], [1, 1])
    assert rates.rate == pytest.approx([6.0, 6.0])
    assert rates.rate[0] == pytest.approx(1000 * plain.standardised([90, 2], [9000, 1000], [1, 1]))
    assert list(rates.count) == [92, 28]
    assert np.all((rates.low < 6) & (rates.high > 6))


def test_a_standard_like_the_area_itself_gives_the_crude_rate_and_its_interval():
    crude = crude_rate(92, 10_000)
    own = standardised_rate([90, 2], [9000, 1000], [9000, 1000])
    assert float(own.rate) == pytest.approx(float(crude.rate))
    same_risk = standardised_rate([90, 10], [9000, 1000], [9000, 1000])
    assert float(same_risk.low) == pytest.approx(float(crude_rate(100, 10_000).low))
    assert float(same_risk.high) == pytest.approx(float(crude_rate(100, 10_000).high))


def test_a_standardised_rate_needs_people_in_every_group_that_counts():
    assert np.isnan(standardised_rate([1, 0], [10, 0], [1, 1]).rate)
    assert float(standardised_rate([1, 0], [10, 0], [1, 0]).rate) == pytest.approx(100)


def test_no_events_still_leave_an_upper_limit():
    rate = standardised_rate([0, 0], [1000, 1000], [1, 1])
    assert float(rate.rate) == 0
    assert float(rate.high) == pytest.approx(1.84, abs=0.01)


def test_the_standardised_ratio_sets_events_against_what_people_of_these_ages_would_have():
    ratio = indirect_ratio([30], [[1000, 2000]], [0.01, 0.005])
    assert float(ratio.expected[0]) == pytest.approx(20)
    assert float(ratio.ratio[0]) == pytest.approx(1.5)
    assert float(ratio.low[0]) == pytest.approx(30 * 0.674696 / 20, abs=1e-4)


areas = st.lists(st.tuples(st.integers(0, 50), st.integers(50, 5000)), min_size=2, max_size=30)


@given(areas)
def test_smoothing_is_marshalls_formula_as_printed(pairs):
    counts, people = zip(*pairs, strict=True)
    assert smoothed_rate(counts, people, per=1).smoothed == pytest.approx(plain.smoothed(counts, people), abs=1e-12)


def test_the_fewer_the_people_the_further_a_rate_is_drawn_in():
    answer = smoothed_rate([9, 900, 10, 2000], [300, 30_000, 2000, 200_000])
    assert answer.weight[0] < answer.weight[1]
    assert abs(answer.smoothed[1] - answer.rate[1]) < abs(answer.smoothed[0] - answer.rate[0])


def test_areas_that_differ_by_no_more_than_chance_get_one_rate():
    answer = smoothed_rate([10, 11, 9, 10], [1000, 1000, 1000, 1000])
    assert answer.smoothed == pytest.approx([10.0] * 4)
    assert list(answer.weight) == [0, 0, 0, 0]


def test_an_area_with_nobody_gets_the_overall_rate():
    answer = smoothed_rate([50, 10, 0], [1000, 1000, 0])
    assert answer.smoothed[2] == pytest.approx(30.0)
    with pytest.raises(ValueError, match="nobody"):
        smoothed_rate([0], [0])
