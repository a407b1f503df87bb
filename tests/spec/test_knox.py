"""Methods handbook: near repeats."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.repeats.knox import knox
from goldthread.analysis.repeats.places import near_repeat_share
from tests.plain import repeats as plain
from tests.spec.reference import columns

title = "Near repeats (Knox)"
question = "Is one event soon followed by another nearby, more often than chance would have it?"

# Four burglaries along a street, and the pairs they make.
#
#   house   metres   day             0-6 days   7-13 days
#     A        0      0      0-99 m     AB          BC
#     B       50      3    100-199 m    -           AC
#     C      140     10
#     D     5000     11          (D is near nobody: no pair)

east, day = np.array([0.0, 50.0, 140.0, 5000.0]), np.array([0.0, 3.0, 10.0, 11.0])


def test_each_pair_is_in_one_band_of_distance_and_one_of_time():
    found = knox(east, np.zeros(4), day, metres=(0, 100, 200), days=(0, 7, 14), shuffles=99)

    assert found.observed.tolist() == [[1, 1], [0, 1]]
    assert found.pairs_near.tolist() == [2, 1]
    assert found.pairs_soon.tolist() == [2, 4]


def test_a_band_holds_its_lower_edge_and_not_its_upper():
    found = knox(
        np.array([0.0, 100.0, 5000.0]), np.zeros(3), np.array([0.0, 7.0, 50.0]), metres=(0, 100, 200), days=(0, 7, 14)
    )

    assert found.observed.tolist() == [[0, 0], [0, 1]]


@pytest.mark.real
def test_the_counts_of_meningococcal_cases_are_those_of_surveillance():
    table = columns("method-references/imdepi.csv")
    x, y, t = (np.array([float(value) for value in table[name]]) for name in ("x", "y", "t"))

    found = knox(x, y, t, metres=(0, 50), days=(0, 30), shuffles=199)

    assert (found.observed[0, 0], found.pairs_near[0], found.pairs_soon[0]) == (422, 13764, 5179)
    assert found.expected[0, 0] == pytest.approx(353.012, abs=1e-3)
    assert found.p[0, 0] == pytest.approx(1 / 200)
    assert found.ratio[0, 0] == pytest.approx(422 / 353, rel=0.02)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 20)), min_size=3, max_size=15))
def test_it_agrees_with_looking_at_every_pair(events):
    x, y, t = (np.array([event[i] for event in events], float) for i in range(3))
    metres, days = (0.0, 1.0, 2.0, 4.0, np.inf), (0.0, 1.0, 7.0, np.inf)

    found = knox(x, y, t, metres=metres, days=days, shuffles=9)

    assert found.observed.tolist() == plain.knox(events, metres, days)
    assert found.observed.sum() == len(events) * (len(events) - 1) // 2


def test_shuffles_agree_with_the_exact_mean():
    rng = np.random.default_rng(1)
    x, y, t = rng.uniform(0, 1000, 150), rng.uniform(0, 1000, 150), rng.integers(0, 60, 150).astype(float)

    found = knox(x, y, t, metres=(0, 100, 200), days=(0, 7, 14), shuffles=999)

    assert found.usual == pytest.approx(found.expected, rel=0.1)


def test_a_planted_follow_up_is_found_where_it_was_planted():
    rng = np.random.default_rng(2)
    x, y, t = rng.uniform(0, 10_000, 400), rng.uniform(0, 10_000, 400), rng.integers(0, 365, 400).astype(float)
    x, y = np.append(x, x[:25] + 60), np.append(y, y[:25])
    t = np.append(t, t[:25] + 4)

    found = knox(x, y, t, metres=(0, 1, 100, 400), days=(0, 7, 28), shuffles=199)

    assert found.adjusted[1, 0] <= 0.05
    assert found.ratio[1, 0] > 3
    assert not (found.adjusted[2] <= 0.05).any()


def test_busy_places_and_busy_days_by_themselves_are_not_near_repeats():
    rng = np.random.default_rng(3)

    small = []
    for _ in range(400):
        x = rng.choice([0.0, 150.0, 3000.0, 9000.0], 120, p=[0.6, 0.2, 0.1, 0.1])
        t = np.round(rng.beta(2, 6, 120) * 200)
        small.append(knox(x, np.zeros(120), t, metres=(0, 100, 200), days=(0, 7), shuffles=99).p[0, 0] <= 0.05)

    assert np.mean(small) == pytest.approx(0.05, abs=0.025)


def test_bands_that_can_hold_no_pair_are_not_tested():
    found = knox(east, np.zeros(4), day, metres=(0, 1, 100), days=(0, 7), shuffles=9)

    assert np.isnan(found.p[0, 0])
    assert np.isnan(found.ratio[0, 0])


def test_along_a_street_grid_is_further_than_as_the_crow_flies():
    x, y, t = np.array([0.0, 3.0, 99.0]), np.array([0.0, 4.0, 99.0]), np.zeros(3)

    assert knox(x, y, t, metres=(0, 6), days=(0, 1), shuffles=9).observed[0, 0] == 1
    assert knox(x, y, t, metres=(0, 6), days=(0, 1), shuffles=9, manhattan=True).observed[0, 0] == 0


def test_how_many_followed_another_nearby():
    assert near_repeat_share(east, np.zeros(4), day, metres=100, days=7) == (1, 4)
    assert near_repeat_share(east, np.zeros(4), day, metres=100, days=14) == (2, 4)


def test_bands_that_do_not_rise_and_too_few_events_are_refused():
    with pytest.raises(ValueError, match="distance bands must have edges that rise from 0"):
        knox(east, east, day, metres=(0, 200, 100))
    with pytest.raises(ValueError, match="time bands"):
        knox(east, east, day, days=(1, 7))
    with pytest.raises(ValueError, match="At least three"):
        knox(east[:2], east[:2], day[:2])
