"""Methods handbook: are a few places behind most of it?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.concentration import (
    concentration,
    generalised_gini,
    gini,
    held_over,
    location_quotient,
    lorenz,
)
from tests.plain import concentration as plain

title = "Concentration"
question = "Are a few places behind most of it, and more so than chance alone would make them?"

# Ten places each. The plain Gini calls all four very uneven; the generalised one
# asks what is left once having few events is allowed for.
#
#   events at each place      plain   generalised
#   10 8 2 0 0 0 0 0 0 0       .78        .78
#    5 2 1 0 0 0 0 0 0 0       .80        .75
#    3 1 1 0 0 0 0 0 0 0       .78        .56
#   10 0 0 0 0 0 0 0 0 0       .90        .90

few = st.lists(st.integers(0, 30), min_size=2, max_size=40).filter(any)


@pytest.mark.parametrize(
    ("counts", "expected", "general"),
    [
        ([10, 8, 2] + [0] * 7, 0.78, 0.78),
        ([5, 2, 1] + [0] * 7, 0.80, 0.75),
        ([3, 1, 1] + [0] * 7, 0.78, 0.56),
        ([10] + [0] * 9, 0.90, 0.90),
        ([22, 18, 17, 12, 11, 8, 6, 3, 2, 1], 0.392, 0.392),
    ],
)
def test_the_generalised_gini_does_not_rise_for_having_few_events(counts, expected, general):
    """Values of Bernasco and Steenbeek's own package, lorenzgini."""
    assert gini(counts) == pytest.approx(expected, abs=1e-12)
    assert generalised_gini(counts) == pytest.approx(general, abs=1e-12)


def test_everything_in_one_place_is_one_when_unbiased():
    assert generalised_gini([10] + [0] * 9, unbiased=True) == pytest.approx(1)


def test_each_crime_at_a_place_of_its_own_is_no_concentration():
    assert generalised_gini([1, 1, 1, 0, 0, 0, 0, 0, 0, 0]) == pytest.approx(0)


@given(few)
def test_the_gini_is_half_the_relative_mean_difference(counts):
    assert gini(counts) == pytest.approx(plain.gini(counts), abs=1e-12)


@given(few, st.floats(0.01, 1))
def test_the_curve_runs_through_every_top_share(counts, share):
    across, up = lorenz(counts)

    assert np.interp(share, across, up) == pytest.approx(plain.top_share(counts, share), abs=1e-12)
    assert (across[0], up[0], across[-1], up[-1]) == pytest.approx((0, 0, 1, 1))
    assert np.all(np.diff(up) >= 0)


def test_the_top_fifth_counts_a_part_of_its_last_place():
    found = concentration([6, 3, 1, 0, 0, 0, 0], shares=(0.2,))

    [top] = found.top
    assert top.places == pytest.approx(1.4)
    assert top.events == pytest.approx(6 + 0.4 * 3)
    assert top.share == pytest.approx(0.72)


def test_events_thrown_at_random_are_not_called_concentrated():
    rng = np.random.default_rng(7)

    called = [
        concentration(rng.multinomial(600, np.full(240, 1 / 240)), resamples=50).beyond_chance for _ in range(200)
    ]

    assert np.mean(called) <= 0.075  # one-sided 2.5 % stated, 99 draws


def test_chance_is_the_same_for_few_and_many_events_however_it_is_drawn():
    rng = np.random.default_rng(3)

    for places, events in ((100, 900), (100, 300), (1000, 300)):
        found = concentration(np.bincount(np.arange(events) % places, minlength=places), resamples=20, chance_draws=400)
        thrown = rng.multinomial(events, np.full(places, 1 / places), size=400)
        assert found.by_chance == pytest.approx(np.mean([generalised_gini(row) for row in thrown]), abs=0.005)


def test_where_people_live_is_allowed_for_when_it_is_known():
    people = np.array([9000, 500, 300, 200])
    counts = [90, 5, 3, 2]

    assert concentration(counts).beyond_chance
    assert not concentration(counts, exposure=people).beyond_chance


def test_the_interval_holds_the_truth_about_as_often_as_it_says():
    truth = generalised_gini(np.random.default_rng(0).negative_binomial(1, 0.2, 400_000))
    rng = np.random.default_rng(11)

    held = 0
    for _ in range(200):
        found = concentration(rng.negative_binomial(1, 0.2, 300), resamples=400, chance_draws=2)
        held += found.low <= truth <= found.high

    assert 0.90 <= held / 200 <= 0.99


def test_the_busiest_places_of_one_year_are_measured_on_the_next():
    first = [9, 7, 1, 1, 0, 0, 0, 0, 0, 0]
    second = [4, 0, 2, 2, 1, 1, 0, 0, 0, 0]

    [tenth, third] = held_over(first, second, (0.1, 0.3))

    assert tenth.then == pytest.approx(9 / 18)
    assert tenth.next == pytest.approx(4 / 10)
    assert third.next == pytest.approx((4 + 0 + 0.5 * 4) / 10)  # two places tie for third: half of each
    assert third.by_chance == 0.3


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), min_size=2, max_size=30), st.floats(0.01, 1))
def test_ties_at_the_edge_count_in_proportion(pairs, share):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    if not any(first) or not any(second):
        return

    [found] = held_over(first, second, (share,))

    assert found.next == pytest.approx(plain.held_over(first, second, share), abs=1e-9)


def test_chance_alone_flatters_the_year_that_chose_the_places():
    rng = np.random.default_rng(5)
    first, second = (rng.multinomial(500, np.full(1000, 1 / 1000)) for _ in range(2))

    [found] = held_over(first, second, (0.05,))

    assert found.then > 0.15
    assert found.next == pytest.approx(0.05, abs=0.03)


def test_a_location_quotient_is_a_share_against_a_share():
    found = location_quotient([30, 10, 0], [1000, 2000, 1000])

    assert found.quotient == pytest.approx([3.0, 0.5, 0.0])
    assert found.expected == pytest.approx([10, 20, 10])
    assert found.low[0] > 1
    assert found.high[1] < 1
    assert found.low[2] == 0
    assert found.high[2] == pytest.approx((1 - 0.025 ** (1 / 40)) / 0.25)  # Clopper and Pearson, none of 40


def test_a_place_with_no_base_has_no_quotient():
    assert np.isnan(location_quotient([1, 2], [0, 10]).quotient[0])


def test_no_events_is_a_sentence_not_a_number():
    with pytest.raises(ValueError, match="no concentration to measure"):
        concentration([0, 0, 0])
