"""Methods handbook: how many were there in all, when two lists each caught some?"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.capture_recapture import chapman, sensitivity

title = "Capture and recapture"
question = "How many assaults were there in all, when police and hospital each know of some?"

# A year of assaults with injury, matched by day, place and age.
#
#                        in hospital's list   not in it
#   in the police list          30               170
#   not in it                  120         about 658 in neither
#
#   (201 × 151) / 31 − 1 = 978 in all


def test_the_fewer_that_are_on_both_lists_the_more_are_on_neither():
    found = chapman(200, 150, 30)
    assert found.total == pytest.approx(978.0645, abs=1e-4)
    assert found.se == pytest.approx(141.8943, abs=1e-4)
    assert (found.only_first, found.only_second, found.both, found.seen) == (170, 120, 30, 320)
    assert found.unseen == pytest.approx(658.0645, abs=1e-4)


def test_the_interval_leans_upwards_and_never_falls_below_what_was_seen():
    found = chapman(200, 150, 30)
    assert found.high - found.total > found.total - found.low
    assert chapman(20, 20, 15).low >= 25


def test_two_lists_that_are_the_same_leave_nobody_unseen():
    found = chapman(50, 50, 50)
    assert (found.total, found.se, found.unseen) == (50, 0, 0)
    assert (found.low, found.high) == (50, 50)


def test_lists_that_do_not_overlap_still_give_a_number_with_a_very_wide_interval():
    found = chapman(40, 30, 0)
    assert found.total == 41 * 31 - 1
    assert found.high > 3 * found.total


def test_more_cannot_be_on_both_than_on_one():
    with pytest.raises(ValueError, match="No more can be on both"):
        chapman(10, 5, 6)


def test_lists_that_depend_on_each_other_move_the_total_and_the_table_shows_how_far():
    rows = {(row.odds, row.missed_links): row.total for row in sensitivity(200, 150, 30)}
    assert rows[1.0, 0.0] == pytest.approx(chapman(200, 150, 30).total)
    assert rows[0.5, 0.0] < rows[1.0, 0.0] < rows[2.0, 0.0]
    assert rows[2.0, 0.0] - 320 == pytest.approx(4 * (rows[0.5, 0.0] - 320))
    # Matches that were missed made the overlap too small, and so the total too large.
    assert rows[1.0, 0.1] < rows[1.0, 0.0]


@given(st.integers(1, 400), st.integers(1, 400), st.integers(0, 400))
def test_the_total_is_never_less_than_was_seen(first, second, both):
    if both <= min(first, second):
        found = chapman(first, second, both)
        assert found.seen - 1e-9 <= found.low <= found.total + 1e-9 <= found.high + 2e-9


def test_the_interval_holds_about_as_often_as_it_says():
    draw, held = np.random.default_rng(16), 0
    for _ in range(1500):
        one, two = draw.random(800) < 0.3, draw.random(800) < 0.25
        found = chapman(int(one.sum()), int(two.sum()), int((one & two).sum()))
        held += found.low <= 800 <= found.high
    assert held / 1500 == pytest.approx(0.95, abs=0.02)
