"""Methods handbook: something new gathering somewhere."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.scans import scan
from tests.plain import scans as plain
from tests.spec.reference import FOLDER

title = "Space-time scan"
question = "Is something new gathering somewhere just now?"

# Burglaries by month in four areas. Area C is always busy; area A is not, and now is.
#
#            A   B   C   D
#   month 1  0   1   9   1
#   month 2  1   0   8   1
#   month 3  0   1   9   0
#   month 4  1   1   8   1
#   month 5  6   0   9   1     A: expected 2.2 of the 16, had 6

months = [[0, 1, 9, 1], [1, 0, 8, 1], [0, 1, 9, 0], [1, 1, 8, 1], [6, 0, 9, 1]]
east, north = np.array([0.0, 1000.0, 5000.0, 9000.0]), np.zeros(4)


def test_what_is_new_is_found_and_what_is_always_busy_is_not():
    [first, *_] = scan(months, east, north, largest=0.5).clusters

    assert (first.areas, first.steps, first.events) == ((0,), 1, 6)
    assert first.expected == pytest.approx(8 * 16 / 58)
    assert first.ratio == pytest.approx(6 / (8 * 16 / 58))
    assert first.p < 0.1


@pytest.mark.real
def test_it_finds_what_satscan_found():
    """SaTScan 9.4.4 on 25 places and 100 cases, prospective space-time permutation, as kept with open_cp."""
    path = FOLDER / "benchmarks-spatial/satscan"
    if not path.exists():
        pytest.skip("The SaTScan example is not at hand; set GOLDTHREAD_SHARED_DATA to the folder that holds it.")
    cases = np.loadtxt(path / "satscan_test1.cas", dtype=int)
    places = np.loadtxt(path / "satscan_test1.geo")
    names = places[:, 0].astype(int)
    counts = np.zeros((1001, names.size), int)
    np.add.at(counts, (cases[:, 2], np.searchsorted(names, cases[:, 0])), cases[:, 1])

    first, second, *_ = scan(counts, places[:, 1], places[:, 2], longest=500, largest=0.5, shuffles=199).clusters

    assert {int(names[area]) for area in first.areas} == {23, 6, 16}
    assert (first.metres, first.steps, first.events) == (20, 8, 3)
    assert (first.expected, first.llr) == pytest.approx((0.42, 3.352053), abs=1e-6)
    assert [int(names[area]) for area in second.areas] == [10]
    assert (second.steps, second.events, second.llr) == (39, 4, pytest.approx(2.715606, abs=1e-6))
    assert first.p > 0.1  # theirs is 0.202


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.lists(st.integers(0, 4), min_size=5, max_size=5), min_size=3, max_size=6).filter(
        lambda rows: sum(map(sum, rows)) >= 4
    ),
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=5, max_size=5, unique=True),
)
def test_it_agrees_with_trying_every_circle(counts, places):
    x, y = (np.array([place[i] for place in places], float) * 100 for i in range(2))
    metres = list(zip(x.tolist(), y.tolist(), strict=True))

    found = scan(counts, x, y, longest=2, largest=0.6, shuffles=1)

    expected = plain.best_circle(counts, metres, 2, 0.6)
    best = found.clusters[0].llr if found.clusters else 0.0
    assert best == pytest.approx(expected, abs=1e-9) or max(best, expected) < 0.5


def test_where_nothing_is_new_one_scan_in_twenty_says_there_is():
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 9000, (2, 20))
    busy = rng.gamma(0.7, 1.0, 20)
    season = 1 + 0.5 * np.sin(np.arange(18))

    said = [bool(scan(rng.poisson(np.outer(season, busy)), x, y, shuffles=59).beyond_chance()) for _ in range(250)]

    assert np.mean(said) == pytest.approx(0.05, abs=0.03)


def test_a_planted_outbreak_is_found_with_its_extent():
    rng = np.random.default_rng(2)
    x, y = (axis.ravel().astype(float) for axis in np.meshgrid(np.arange(7) * 500, np.arange(7) * 500))
    counts = rng.poisson(0.8, (24, 49))
    middle = np.flatnonzero(np.hypot(x - 1500, y - 1500) < 600)
    counts[-3:, middle] += 4

    [first] = scan(counts, x, y, shuffles=199).beyond_chance()

    assert set(middle.tolist()) <= set(first.areas)
    assert first.steps == 3
    assert first.p == pytest.approx(1 / 200)


def test_circles_that_are_reported_share_no_area():
    rng = np.random.default_rng(3)
    found = scan(rng.poisson(1, (12, 30)), rng.uniform(0, 9, 30), rng.uniform(0, 9, 30), shuffles=9)

    areas = [area for cluster in found.clusters for area in cluster.areas]
    assert len(areas) == len(set(areas))


def test_shuffling_stops_when_it_is_plain_that_nothing_is_new():
    found = scan(np.ones((12, 9), int), np.arange(9.0), np.zeros(9))

    assert found.shuffles < 999
    assert not found.beyond_chance()


def test_too_little_to_go_on_is_a_sentence():
    with pytest.raises(ValueError, match="At least two events"):
        scan(np.zeros((5, 4), int), east, north)
    with pytest.raises(ValueError, match="a column for each area"):
        scan(np.ones((5, 3), int), east, north)
