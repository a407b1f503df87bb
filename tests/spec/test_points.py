"""Methods handbook: points that many events share."""

from __future__ import annotations

import csv
import gzip

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldthread.analysis.points import distinct, share_at_busiest
from tests.spec.reference import FOLDER

title = "Points carried as weights"
question = "How many different places are there, and how many events at each?"

#   easting  northing          point  events
#    408000     91000            0       2
#    408000     91000            1       1
#    408500     92000
#      (no place)             counted, at no point


def test_a_point_is_carried_once_with_the_number_of_its_events():
    points = distinct(np.array([408000, 408000, 408500, np.nan]), np.array([91000, 91000, 92000, 1.0]))

    assert points.easting.tolist() == [408000, 408500]
    assert points.weights().tolist() == [[2, 1]]
    assert points.at.tolist() == [0, 0, 1, -1]
    assert points.rows_without_place == 1


def test_series_have_weights_of_their_own():
    points = distinct(np.array([1.0, 1.0, 2.0]), np.array([5.0, 5.0, 5.0]))

    assert points.weights(np.array([0, 2, -1]), 3).tolist() == [[1, 0], [0, 0], [1, 0]]


@given(st.lists(st.tuples(st.integers(-3, 3), st.integers(-3, 3)), max_size=40))
def test_nothing_is_lost_moved_or_merged(pairs):
    east, north = (np.array([pair[axis] for pair in pairs], float) + 400000.25 for axis in (0, 1))
    points = distinct(east, north)

    assert points.easting.size == len(set(pairs))
    assert np.array_equal(points.easting[points.at], east)
    assert np.array_equal(points.northing[points.at], north)
    assert points.weights().sum() == len(pairs)
    assert np.all(np.diff(points.northing) >= 0)


def test_a_map_drawn_by_one_superstore_is_seen_to_be():
    assert share_at_busiest(np.array([300.0] + [1.0] * 99 + [0.0] * 50)) == pytest.approx(300 / 399)


def test_no_points_at_all_is_no_error():
    assert distinct(np.array([np.nan]), np.array([1.0])).weights().shape == (1, 0)
    with pytest.raises(ValueError, match="no events"):
        share_at_busiest(np.zeros(3))


@pytest.mark.real
def test_a_year_of_dorset_lies_on_a_seventh_as_many_points_as_it_has_rows():
    files = sorted((FOLDER / "police-uk-dorset-2025").glob("*/*street.csv.gz"))
    if not files:
        pytest.skip("Dorset 2025 is not at hand; set GOLDTHREAD_SHARED_DATA to the folder that holds it.")
    places = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            places += [(row["Longitude"] or "nan", row["Latitude"] or "nan") for row in csv.DictReader(lines)]
    longitude, latitude = (np.array([place[i] for place in places], float) for i in range(2))

    points = distinct(longitude * 1e5, latitude * 1e5)  # six decimals, so no two points agree to the hundredth

    assert points.at.size == 56_023
    assert points.easting.size < 56_023 / 6
    assert points.weights().sum() + points.rows_without_place == 56_023
    assert share_at_busiest(points.weights()[0]) > 0.1
