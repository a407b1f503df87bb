"""Methods handbook: is this area's rate high, low or ordinary among areas like it?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.funnels import ACTION, WARNING, dispersion, funnel, poisson_limits
from goldthread.analysis.peers import compare, rank_intervals, ranks
from tests.plain import peers as plain

title = "Comparison with similar areas"
question = "Is this area's rate high, low or ordinary among areas like it?"

# Saltmarsh among four areas like it, burglaries in a year.
#
#   area         burglaries   people    rate per 1,000   rank (1 is lowest)
#   Saltmarsh           240   80,000         3.0              4
#   Fenwick             100   50,000         2.0              2
#   Highcliffe          100  100,000         1.0              1
#   Marlpool            150   60,000         2.5              3
#   Overy               280   70,000         4.0              5
#                                      mean  2.5   (not 870 / 360,000 = 2.4)
NAMES = ("Saltmarsh", "Fenwick", "Highcliffe", "Marlpool", "Overy")
COUNT = (240, 100, 100, 150, 280)
PEOPLE = (80_000, 50_000, 100_000, 60_000, 70_000)


@pytest.fixture
def saltmarsh():
    return compare(NAMES, COUNT, PEOPLE, "Saltmarsh")


def test_the_mean_of_the_group_is_the_mean_of_its_members_rates_with_the_subject_among_them(saltmarsh):
    assert saltmarsh.rate.tolist() == [3.0, 2.0, 1.0, 2.5, 4.0]
    assert saltmarsh.mean == pytest.approx(2.5)


def test_the_distance_is_in_per_cent_of_the_mean(saltmarsh):
    assert saltmarsh.distance == pytest.approx(20.0)


def test_rank_one_is_the_lowest_rate(saltmarsh):
    assert saltmarsh.rank.tolist() == [4, 2, 1, 3, 5]


def test_equal_rates_share_the_better_rank():
    assert ranks([2.0, 1.0, 2.0, 3.0]).tolist() == [2, 1, 2, 4]


def test_a_rank_has_an_interval_and_holds_its_rank(saltmarsh):
    assert (saltmarsh.rank_low <= saltmarsh.rank).all()
    assert (saltmarsh.rank <= saltmarsh.rank_high).all()
    # 240 among 80,000 may trade places with Marlpool's 150 among 60,000, and with nobody else's.
    assert (saltmarsh.rank_low[0], saltmarsh.rank_high[0]) == (3, 4)


def test_few_crimes_leave_a_rank_wide_open():
    small = compare(NAMES, (3, 2, 4, 2, 3), PEOPLE, "Saltmarsh")
    assert small.rank_low[0] == 1
    assert small.rank_high[0] == 5


def test_rank_intervals_hold_about_as_often_as_they_say():
    truth = np.array([1.0, 1.3, 1.6, 2.0, 2.4])
    draw, held = np.random.default_rng(3), 0
    for _ in range(60):
        low, high = rank_intervals(draw.poisson(truth * 60), np.full(5, 60.0), draws=1000)
        held += int(((low <= np.arange(1, 6)) & (np.arange(1, 6) <= high)).sum())
    assert held / 300 > 0.93


def test_limits_leave_the_middle_alone_and_show_who_stands_out():
    counts, people = [500] * 12 + [800, 240], [100_000.0] * 14
    found = compare([f"Area {i}" for i in range(14)], counts, people, "Area 12")
    assert found.position in {"above", "far above"}
    assert found.positions[0] == "within"
    assert found.positions[13] in {"below", "far below"}


def test_a_comparison_needs_somebody_to_compare_with():
    with pytest.raises(ValueError, match="at least two others"):
        compare(("Saltmarsh", "Fenwick"), (1, 2), (10, 10), "Saltmarsh")
    with pytest.raises(ValueError, match="No count or population for Fenwick"):
        compare(("Saltmarsh", "Fenwick", "Overy"), (1, 2, 3), (10, 0, 10), "Saltmarsh")


# Funnel limits on counted over expected, as published tables of the method have them.
#
#   expected    99.8 % low   95 % low   95 % high   99.8 % high
#       20        0.35846     0.56025     1.43729      1.73568
#      100        0.70065     0.80366     1.19581      1.31805


@pytest.mark.parametrize(
    ("expected", "limits"),
    [(20, (0.35846, 0.56025, 1.43729, 1.73568)), (100, (0.70065, 0.80366, 1.19581, 1.31805))],
)
def test_funnel_limits_are_the_exact_poisson_ones_interpolated(expected, limits):
    (outer_low, outer_high), (low, high) = poisson_limits(expected, 0.998), poisson_limits(expected, 0.95)
    found = np.array([outer_low, low, high, outer_high]) / expected
    assert found == pytest.approx(limits, abs=5e-6)


@settings(max_examples=60, deadline=None)
@given(st.floats(0.02, 400), st.sampled_from([0.95, 0.998]))
def test_funnel_limits_agree_with_adding_up_the_distribution_term_by_term(expected, confidence):
    low, high = poisson_limits(expected, confidence)
    assert low == pytest.approx(plain.limit(expected, (1 - confidence) / 2), abs=1e-6)
    assert high == pytest.approx(plain.limit(expected, 1 - (1 - confidence) / 2), abs=1e-6)


def test_nothing_expected_has_no_funnel():
    with pytest.raises(ValueError, match="more than nought"):
        poisson_limits([0.0, 3.0])


def test_chance_alone_does_not_widen_a_funnel_and_real_differences_do():
    draw = np.random.default_rng(5)
    expected = draw.uniform(50, 400, 200)
    by_chance = draw.poisson(expected)
    differing = draw.poisson(expected * draw.gamma(10, 0.1, 200))
    assert dispersion(by_chance, expected) == pytest.approx(1.0, abs=0.25)
    assert dispersion(differing, expected) > 5
    narrow = funnel(by_chance, expected)
    unwidened = np.mean((differing / expected > narrow.high) | (differing / expected < narrow.low))
    assert unwidened > 0.4
    for how in ("multiplied", "added"):
        wide = funnel(differing, expected, how=how)
        assert (wide.high > narrow.high).all()
        outside = np.mean((differing / expected > wide.high) | (differing / expected < wide.low))
        assert outside < 0.08
    assert (funnel(differing, expected, how="none").high <= narrow.high + 1e-9).all()


# The share of groups in which an area that differs from the others only as they differ among themselves lies
# beyond limits that say one in twenty and one in five hundred.
@pytest.mark.parametrize("size", [6, 15])
@pytest.mark.parametrize("differ", [0.0, 0.2, 0.4])
@pytest.mark.parametrize("per_thousand", [0.05, 4.0])
def test_limits_flag_no_more_areas_that_are_like_the_rest_than_they_say(size, differ, per_thousand):
    draw, beyond, far, groups = np.random.default_rng(7), 0, 0, 1200
    for _ in range(groups):
        people = draw.uniform(60_000, 300_000, size)
        alike = draw.gamma(differ**-2, differ**2, size) if differ else np.ones(size)
        counts = draw.poisson(people / 1000 * per_thousand * alike)
        expected = people * max(float((counts / people).mean()), 1e-12)
        warn, act = (funnel(counts, expected, confidence=c, how="added") for c in (WARNING, ACTION))
        ratio = counts[0] / expected[0]
        beyond += int(ratio > warn.high[0] or ratio < warn.low[0])
        far += int(ratio > act.high[0] or ratio < act.low[0])
    assert beyond / groups <= 0.06
    assert far / groups <= 0.012


def test_no_limit_is_below_nothing():
    found = funnel([9, 0, 0], [1.0, 1.0, 1.0])
    assert (found.low >= 0).all()
