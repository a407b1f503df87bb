"""Methods handbook: repeat victimisation."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.repeats.places import repeat_share
from goldthread.analysis.repeats.victims import time_to_repeat, victimisation
from tests.plain import repeats as plain

title = "Repeats and repeat victims"
question = "How much of it happens to those, and where, it has happened before?"

#   place   day
#     A       0     first
#     A      19     repeat, 19 days on
#     B      31     first
#     A     424     first again: 405 days since the last

place, day = np.array([0, 0, 1, 0]), np.array([0.0, 19.0, 31.0, 424.0])


def test_a_second_event_at_a_place_within_a_year_is_a_repeat():
    found = repeat_share(place, day)

    assert (found.repeats, found.events, found.places, found.places_again) == (1, 4, 2, 1)
    assert found.share == 0.25
    assert repeat_share(place, day, within_days=500).repeats == 2


def test_of_two_on_one_day_one_is_first_and_one_the_repeat():
    assert repeat_share(np.array([7, 7]), np.array([3.0, 3.0])).repeats == 1


def test_an_event_with_no_place_is_counted_apart():
    found = repeat_share(np.array([-1, -1, 3]), np.zeros(3))

    assert (found.repeats, found.events, found.unplaced) == (0, 1, 2)
    assert np.isnan(repeat_share(np.array([-1]), np.zeros(1)).share)


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 60)), max_size=20), st.integers(0, 40))
def test_it_agrees_with_looking_back_from_each_event(events, within):
    places, days = (np.array([event[i] for event in events], float) for i in range(2))

    assert repeat_share(places.astype(int), days, within_days=within).repeats == plain.repeats(events, within)


# Ten people were struck: seven once, two twice, one five times.
people = np.repeat(np.arange(10), [1, 1, 1, 1, 1, 1, 1, 2, 2, 5])


def test_few_victims_suffer_much_of_it():
    found = victimisation(np.append(people, [-1, -1]))

    assert (found.victims, found.events, found.unidentified) == (10, 16, 2)
    assert found.people.tolist() == [7, 2, 0, 0, 1]
    assert (found.repeat_victims, found.repeat_victim_share) == (3, 0.3)
    assert found.suffered_by_repeat_victims == pytest.approx(9 / 16)
    assert found.concentration == 1.6
    assert found.prevalence(1000) * found.concentration == pytest.approx(found.incidence(1000))
    assert dict(found.top_shares)[0.10] == pytest.approx(5 / 16)


def test_chance_gives_as_many_victims_of_each_number_as_independent_events_would():
    rng = np.random.default_rng(1)
    struck = rng.poisson(0.4, 50_000)

    found = victimisation(np.repeat(np.arange(50_000), struck))

    assert found.expected == pytest.approx(found.people, rel=0.15, abs=12)
    assert found.expected.sum() == pytest.approx(found.victims)


def test_when_everyone_is_struck_once_nothing_else_is_expected():
    assert victimisation(np.arange(9)).expected.tolist() == [9, 0, 0, 0, 0]
    assert np.isnan(victimisation(np.array([-1])).concentration)


def test_those_struck_late_are_not_called_free_of_repeats():
    #  person   days     watched until day 360
    #    A      0, 20    a repeat after 20, then 340 days with none
    #    B      350      10 days with none
    found = time_to_repeat(np.array([0, 0, 1]), np.array([0.0, 20.0, 350.0]), last_day=360)

    assert found.at_risk[:2].tolist() == [3, 1]
    assert found.repeats.tolist()[:2] == [1, 0]
    assert found.by_then[0] == pytest.approx(1 / 2)  # after 20 days B is no longer watched: one of two
    assert found.low[0] < found.by_then[0] < found.high[0]


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 200)), min_size=1, max_size=25))
def test_it_agrees_with_the_product_limit_written_out(events):
    people, days = np.array([event[0] for event in events]), np.array([event[1] for event in events], float)
    waits = []
    for person in set(people.tolist()):
        own = sorted(days[people == person])
        waits += [(b - a, True) for a, b in itertools.pairwise(own)] + [(200 - own[-1], False)]

    found = time_to_repeat(people, days, last_day=200, months=6)

    expected = [1 - plain.free_of_repeats(waits, 30 * month) for month in range(1, 7)]
    assert found.by_then == pytest.approx(expected, abs=1e-12)
    assert found.repeats.sum() == sum(again and wait < 180 for wait, again in waits)


def test_events_that_strike_independently_have_a_level_hazard():
    rng = np.random.default_rng(2)
    count = rng.poisson(3, 4000)
    people = np.repeat(np.arange(4000), count)
    days = rng.uniform(0, 1000, people.size)

    found = time_to_repeat(people, days, last_day=1000)

    steady = 1 - np.exp(-30 * 3 / 1000)
    assert found.hazard == pytest.approx(np.full(12, steady), rel=0.15)
    assert found.low[5] < 1 - np.exp(-180 * 3 / 1000) < found.high[5]


def test_an_event_after_the_data_end_is_refused():
    with pytest.raises(ValueError, match="after the last day"):
        time_to_repeat(np.array([1]), np.array([50.0]), last_day=40)
