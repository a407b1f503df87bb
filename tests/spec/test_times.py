"""Methods handbook: when does it happen?"""

from __future__ import annotations

import csv
from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldthread.analysis.times import aoristic, heat_clock, hour_of_week, hour_of_week_counts, season
from tests.plain import times as plain
from tests.spec.reference import FOLDER

title = "Hours, days and seasons"
question = "When does it happen, also when nobody saw it happen?"

# A burglary found after a night out happened some time between leaving and coming home.
#
#   from                to                  Monday 01:00   Monday 02:00
#   Mon 01:00           Mon 02:30               2/3            1/3
#   Mon 01:50           Mon 02:10               1/2            1/2

MONDAY = "2025-01-06"


def moments(*texts: str | None) -> np.ndarray:
    return np.array([np.datetime64("NaT") if text is None else np.datetime64(text) for text in texts], "datetime64[m]")


def test_the_week_begins_on_monday_at_midnight():
    assert hour_of_week(moments(f"{MONDAY}T00:59", "2025-01-12T23:00", "1969-12-28T23:59", None)).tolist() == [
        0,
        167,
        167,
        -1,
    ]
    assert hour_of_week_counts(moments(f"{MONDAY}T05:00", f"{MONDAY}T05:30", None))[5] == 2


@pytest.mark.parametrize(
    ("start", "end", "first", "second"),
    [("01:00", "02:30", 2 / 3, 1 / 3), ("01:50", "02:10", 1 / 2, 1 / 2), ("01:00", "02:00", 1, 0)],
)
def test_a_window_is_shared_out_by_the_minute(start, end, first, second):
    found = aoristic(moments(f"{MONDAY}T{start}"), moments(f"{MONDAY}T{end}"))

    assert found.weights[1:3] == pytest.approx([first, second])
    assert found.weights.sum() == pytest.approx(1)
    assert found.windowed == 1


def test_with_no_end_it_counts_when_it_started():
    found = aoristic(moments(f"{MONDAY}T03:10"), moments(None))

    assert found.weights[3] == 1
    assert found.dated == 1


def test_an_end_before_the_start_is_counted_at_the_start_and_reported():
    found = aoristic(moments(f"{MONDAY}T03:10"), moments(f"{MONDAY}T02:00"))

    assert found.weights[3] == 1
    assert (found.backwards, found.windowed) == (1, 0)


def test_a_window_of_more_than_a_week_says_nothing_of_the_hour():
    found = aoristic(moments(f"{MONDAY}T03:10"), moments("2025-01-20T02:00"))

    assert found.weights == pytest.approx(np.full(168, 1 / 168))
    assert found.too_wide == 1


def test_wide_windows_can_be_set_aside_to_see_whether_the_peak_moves():
    start, end = moments(f"{MONDAY}T03:00"), moments("2025-01-09T03:00")

    assert aoristic(start, end).windowed == 1
    assert aoristic(start, end, longest_hours=48).too_wide == 1


def test_a_window_over_sunday_night_comes_round_to_monday():
    found = aoristic(moments("2025-01-12T23:00"), moments("2025-01-13T01:00"))

    assert (found.weights[167], found.weights[0]) == pytest.approx((0.5, 0.5))


def test_one_with_no_start_counts_nowhere_and_is_said():
    found = aoristic(moments(None, f"{MONDAY}T03:10"), moments(f"{MONDAY}T03:10", None))

    assert (found.events, found.undated, found.weights.sum()) == (1, 1, 1)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60_000), st.integers(0, 168 * 60)), min_size=1, max_size=6))
def test_it_agrees_with_walking_through_every_minute(windows):
    begin = datetime(2025, 1, 1)
    pairs = [(begin + timedelta(minutes=a), begin + timedelta(minutes=a + span)) for a, span in windows]
    found = aoristic(np.array([a for a, _ in pairs], "datetime64[m]"), np.array([b for _, b in pairs], "datetime64[m]"))

    assert found.weights == pytest.approx(plain.aoristic(pairs), abs=1e-9)
    assert found.weights.sum() == pytest.approx(len(pairs))


def test_a_heat_clock_names_friday_night_and_nothing_else():
    hours = np.full(168, 20)
    hours[4 * 24 + 22] = 60

    found = heat_clock(hours)

    assert np.argwhere(found.high).tolist() == [[4, 22]]
    assert found.counts.sum() == found.expected.sum()


def test_a_period_with_five_mondays_expects_more_on_mondays():
    found = heat_clock(np.repeat([50, 40, 40, 40, 40, 40, 40], 24), days=[5, 4, 4, 4, 4, 4, 4])

    assert np.abs(found.residual).max() == pytest.approx(0, abs=1e-9)


def test_busy_nights_and_busy_fridays_are_not_by_themselves_a_busy_friday_night():
    by_day, by_hour = np.array([1, 1, 1, 1, 3, 1, 1]), np.where(np.arange(24) >= 18, 4, 1)
    hours = 10 * np.outer(by_day, by_hour)

    assert heat_clock(hours).high[4, 18:].all()
    assert not heat_clock(hours, against="day and hour").high.any()
    assert not heat_clock(hours, against="day and hour").low.any()


@pytest.mark.parametrize("mean", [3, 30])
def test_an_even_week_is_called_uneven_in_one_hour_in_twenty(mean):
    rng = np.random.default_rng(2)

    small = [heat_clock(rng.poisson(mean, 168)).p < 0.05 for _ in range(150)]

    assert np.mean(small) == pytest.approx(0.05, abs=0.01)


def test_an_even_week_rarely_has_any_hour_named():
    rng = np.random.default_rng(3)

    named = [heat_clock(rng.poisson(6, 168)) for _ in range(300)]

    assert np.mean([np.any(one.high | one.low) for one in named]) <= 0.06


def test_february_is_not_low_for_being_short():
    days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] * 2
    found = season([10 * d for d in days], "2025-01")

    assert found.index == pytest.approx(np.full(12, 100), abs=1e-6)
    assert not found.stands_out.any()
    assert found.p == pytest.approx(1)


def test_a_rise_from_year_to_year_is_not_a_season():
    days = np.array([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])

    found = season(np.concatenate([10 * days, 20 * days, 30 * days]), "2021-01")

    assert found.index == pytest.approx(np.full(12, 100), abs=1e-6)
    assert found.years == 3


def test_summer_stands_out_and_a_missing_month_is_not_a_zero():
    shape = np.array([80, 80, 90, 100, 110, 130, 140, 130, 100, 90, 80, 70])
    counts = np.tile(shape, 3).astype(float)
    observed = np.ones(36, bool)
    observed[[6, 7]] = False
    counts[~observed] = 0

    found = season(counts, "2023-01", observed=observed)

    assert found.index[6] == pytest.approx(season(np.tile(shape, 3), "2023-01").index[6], rel=0.01)
    assert found.stands_out[[5, 6, 7]].all()
    assert found.p < 1e-6
    assert found.days[6] == 62


def test_a_season_may_begin_in_april():
    counts = np.tile([1, 1, 1, 9, 1, 1, 1, 1, 1, 1, 1, 1], 2)

    assert int(np.argmax(season(counts, "2023-04").index)) == 6


@pytest.mark.parametrize("shape", [np.inf, 20.0])
def test_no_season_is_called_a_season_one_time_in_twenty(shape):
    rng = np.random.default_rng(4)
    months = np.datetime64("2021-01") + np.arange(49)
    even = 1.3 * np.diff(months.astype("datetime64[D]")).astype(float)

    called = []
    for _ in range(1000):
        mean = even * (np.ones(48) if shape == np.inf else rng.gamma(shape, 1 / shape, 48))
        called.append(season(rng.poisson(mean), "2021-01").p < 0.05)

    assert np.mean(called) == pytest.approx(0.05, abs=0.02)


def test_too_few_months_make_no_season():
    with pytest.raises(ValueError, match="every calendar month"):
        season([1] * 11, "2025-01")


@pytest.mark.real
def test_real_windows_are_all_accounted_for_and_cars_go_in_the_small_hours():
    import gzip

    path = FOLDER / "benchmarks-spatial/crimedata_nycvehiclethefts.csv.gz"
    if not path.exists():
        pytest.skip("The New York vehicle thefts are not at hand; set GOLDTHREAD_SHARED_DATA.")
    with gzip.open(path, "rt") as lines:
        rows = list(csv.DictReader(lines))
    start, end = (
        moments(*[row[name][:16].replace(" ", "T") or None for row in rows]) for name in ("date_start", "date_end")
    )

    found = aoristic(start, end, longest_hours=48)

    assert found.dated + found.windowed + found.backwards + found.too_wide == found.events
    assert found.events + found.undated == len(rows)
    assert found.weights.sum() == pytest.approx(found.events)
    assert int(np.argmax(found.weights.reshape(7, 24).sum(axis=0))) in {0, 1, 2, 3}
