"""Methods handbook: is it real?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.real import (
    Reading,
    RecordingChange,
    category_shifts,
    is_it_real,
    known_changes,
    step_everywhere,
    where_from,
)
from tests.plain import real as plain

title = "Is it real?"
question = "A thing rose or fell: chance, the season, recording, population, one place, or a change in what happens?"

# The same rise of 30 % in three towns of twenty places.
#
#   town        places up   places down   from the top place   without it   reading
#   Northgate      18            2               11 %            + 27 %     most places
#   Eastgate       10           10              104 %            -  1 %     one place
#   Westgate       20            0                9 %            + 28 %     a step in all places at once (in one month)

FIRST = date(2022, 1, 1)
NAMES = [f"place {number}" for number in range(1, 21)]
SEASON = 1 + 0.3 * np.cos(2 * np.pi * (np.arange(48) - 6) / 12)


def town(seed=1, rate=15.0, months=48):
    """Twenty places of nothing going on, with a season."""
    return np.random.default_rng(seed).poisson(rate * SEASON[:months], (20, months)).astype(float)


def grown(seed, factor):
    """The same with means multiplied by a factor for each month, or for each place and month."""
    return np.random.default_rng(seed).poisson(15 * SEASON * factor, (20, 48)).astype(float)


def asked(y, **told):
    return is_it_real(y.sum(0), FIRST, places=y, place_names=NAMES, **told)


def test_nothing_much_is_within_chance():
    readings = [asked(town(seed)).leading for seed in range(20)]
    assert readings.count(Reading.CHANCE) >= 17


def test_a_rise_that_grows_in_most_places_is_real():
    ramp = np.r_[np.ones(30), np.linspace(1, 1.5, 18)]
    answer = asked(grown(2, ramp))
    assert answer.way == "rise"
    assert answer.leading == Reading.WIDESPREAD
    assert answer.stands
    assert answer.places.same_way > answer.places.other_way
    assert answer.low > 1
    assert (answer.before, answer.after) == (grown(2, ramp)[:, 24:36].sum(), grown(2, ramp)[:, 36:].sum())


def test_a_rise_of_one_place_is_said_to_be_of_one_place():
    factor = np.ones((20, 48))
    factor[4, 36:] = 9
    answer = asked(grown(3, factor))
    assert answer.leading == Reading.ONE_PLACE
    assert answer.places.top == "place 5"
    assert answer.places.top_share > 0.7
    assert not answer.places.p_without < 0.05
    assert answer.stands


def test_a_rise_of_three_places_is_said_to_be_of_a_few():
    factor = np.ones((20, 48))
    factor[[2, 9, 15], 36:] = 3.5
    answers = [asked(grown(seed, factor)).leading for seed in range(8)]
    assert answers.count(Reading.FEW_PLACES) >= 6


def test_a_step_taken_by_all_places_in_one_month_raises_the_question_of_recording():
    step = np.where(np.arange(48) >= 40, 1.6, 1.0)
    answer = asked(grown(5, step))
    assert answer.leading == Reading.STEP
    assert not answer.stands
    assert answer.step.everywhere
    assert abs(answer.step.at - 40) <= 1
    assert answer.step.ratio == pytest.approx(1.6, abs=0.15)
    assert answer.step.together >= 0.85 * answer.step.compared


def test_a_steady_rise_is_seldom_taken_for_a_step():
    ramp = np.r_[np.ones(30), np.linspace(1, 1.6, 18)]
    steps = [step_everywhere(grown(seed, ramp), FIRST) for seed in range(30)]
    assert sum(step is not None and step.everywhere for step in steps) <= 6
    quiet = [step_everywhere(town(seed), FIRST) for seed in range(30)]
    assert sum(step is not None and step.everywhere for step in quiet) <= 1


def test_steps_are_not_looked_for_in_less_than_two_years_or_across_a_hole():
    y = town()
    assert step_everywhere(y[:, :20], FIRST) is None
    y[3, 7] = np.nan
    assert step_everywhere(y, FIRST) is None


CHANGE = RecordingChange(date(2025, 4, 1), "Stalking is now counted first", ("Violence",), "rise")


def test_a_known_recording_change_is_named_when_it_could_have_done_it():
    rising = grown(6, np.r_[np.ones(36), np.full(12, 1.4)])
    told = asked(rising, series="Violence", recording=[CHANGE])
    assert Reading.RECORDING in told.readings
    assert told.known == (CHANGE,)
    assert not told.stands
    assert asked(rising, series="Burglary", recording=[CHANGE]).known == ()


@pytest.mark.parametrize(
    ("series", "way", "first", "named"),
    [
        ("Violence", "rise", date(2024, 1, 1), True),
        ("Violence", "fall", date(2024, 1, 1), False),
        ("Burglary", "rise", date(2024, 1, 1), False),
        ("Violence", "rise", date(2025, 5, 1), False),
    ],
)
def test_a_recording_change_must_touch_the_series_in_time_and_the_right_way(series, way, first, named):
    assert bool(known_changes([CHANGE], series, way, first, date(2025, 12, 31))) == named


def test_a_change_that_touches_everything_either_way_is_always_named():
    change = RecordingChange(date(2025, 4, 1), "A new system")
    assert known_changes([change], "Burglary", "fall", date(2024, 1, 1), date(2025, 12, 31)) == (change,)


def test_a_category_that_vanishes_while_others_go_on_is_noticed():
    rng = np.random.default_rng(7)
    y = rng.poisson(12, (4, 36)).astype(float)
    y[1, 30:] = 0
    y[2, :30] = 0
    y[3] = rng.poisson(0.2, 36)
    shifts = category_shifts(y, ["theft", "old name", "new name", "rare"])
    assert [(shift.name, shift.moved, shift.at) for shift in shifts] == [
        ("old name", "vanished", 30),
        ("new name", "appeared", 30),
    ]
    assert shifts[0].a_month == pytest.approx(12, abs=2)
    with pytest.raises(ValueError, match="4 categories"):
        category_shifts(y, ["one"])


def test_a_category_that_came_or_went_is_put_before_other_readings():
    rising = grown(8, np.r_[np.ones(36), np.full(12, 1.5)])
    siblings = np.full((2, 48), 40.0)
    siblings[1, 38:] = 0
    answer = asked(rising, siblings=siblings, sibling_names=["other", "old name"])
    assert answer.leading == Reading.CATEGORY
    assert [shift.name for shift in answer.categories] == ["old name"]


def test_a_rise_that_people_account_for_is_put_down_to_them():
    y = grown(9, np.r_[np.ones(36), np.full(12, 1.25)])
    answer = asked(y, population=(100_000.0, 124_000.0))
    assert Reading.POPULATION in answer.readings
    assert answer.population.share > 0.7
    assert answer.population.low < 1.03
    assert not answer.stands
    small = asked(y, population=(100_000.0, 101_000.0))
    assert Reading.POPULATION not in small.readings
    assert small.population.rate_ratio == pytest.approx(small.ratio / 1.01)


def test_months_that_do_not_match_are_put_down_to_the_season_when_that_is_what_it_is():
    last = np.array([30, 28, 33, 31, 29, 34, 30, 32, 27, 31, 33, 30.0])
    this = np.round(last * 1.3) + np.array([1, -1, 2, -2, 0, 1, -1, 0, 2, -2, 1, -1])
    answer = is_it_real(np.r_[last, this], FIRST, season_ratio=1.3)
    assert answer.leading == Reading.SEASON
    assert answer.way == "rise"
    assert is_it_real(np.r_[last, this], FIRST).leading == Reading.REAL


def test_too_few_to_tell_is_not_the_same_as_no_change():
    answer = is_it_real([0] * 20 + [1, 0, 1, 1], FIRST)
    assert answer.leading == Reading.TOO_FEW
    assert np.isnan(answer.p)
    assert not answer.stands


def test_the_p_value_of_the_whole_report_decides():
    y = grown(2, np.r_[np.ones(30), np.linspace(1, 1.5, 18)])
    assert asked(y, p=0.2).leading == Reading.CHANCE
    assert asked(y, p=0.01).p == 0.01


def test_what_was_not_supplied_is_not_judged():
    answer = is_it_real(town().sum(0), FIRST)
    assert (answer.places, answer.step, answer.population, answer.known, answer.categories) == (
        None,
        None,
        None,
        (),
        (),
    )
    with pytest.raises(ValueError, match="a year back"):
        is_it_real(np.ones(20), FIRST)


counts = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=20)


@given(counts)
def test_half_of_a_change_comes_from_as_few_places_as_can_be(pairs):
    before, after = zip(*pairs, strict=True)
    names = [str(place) for place in range(len(pairs))]
    answer = where_from([[value / 12] * 12 for value in before], [[value / 12] * 12 for value in after], names)
    if sum(before) == sum(after):
        assert answer is None or abs(answer.top_share) > 1e6
    else:
        assert answer.half_from == plain.fewest_for_half(before, after)
        assert answer.same_way + answer.other_way == sum(a != b for a, b in pairs)


def test_places_need_names():
    with pytest.raises(ValueError, match="2 places"):
        where_from(np.ones((2, 12)), np.ones((2, 12)), ["one"])
