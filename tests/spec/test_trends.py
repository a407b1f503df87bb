"""Methods handbook: where is it going, once the season is taken out?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.seasonal import STL

from goldthread.analysis.trends import (
    Windows,
    days_in_months,
    direction,
    last_unbroken_run,
    mann_kendall,
    per_standard_month,
    periodic,
    season,
    stl,
    theil_sen,
    trend,
)
from tests.plain import trends as plain
from tests.spec.reference import columns

title = "Trend and season"
question = "Where is it going, once the season and the length of months are taken out?"


def column(file, name):
    return np.array(columns(f"method-references/{file}")[name], dtype=float)


# Months are made equally long before anything else. The same 28 a day:
#
#   month      days   count   per month of 30.44 days
#   January     31     868          852
#   February    28     784          852      not a quiet month, a short one


def test_a_short_month_is_not_a_quiet_one():
    assert list(days_in_months(date(2023, 12, 1), 4)) == [31, 31, 29, 31]
    assert per_standard_month([868, 784], date(2025, 1, 1)) == pytest.approx([852.25, 852.25])


gappy = st.lists(st.one_of(st.just(float("nan")), st.integers(0, 9).map(float)), min_size=1, max_size=30)


@given(gappy)
def test_the_run_in_use_is_the_one_since_the_last_missing_month(series):
    start, length = last_unbroken_run(series)
    expected = plain.last_unbroken_run(series)
    assert int(length[0]) == expected[1]
    if expected[1]:
        assert int(start[0]) == expected[0]


# Season, trend and remainder (STL) add up to the series. R and statsmodels are the judges.


@pytest.mark.real
def test_the_temperatures_of_nottingham_come_apart_as_in_r():
    """R: stl(nottem, s.window = "periodic")."""
    y = column("nottem.csv", "y")
    parts = stl(y, periodic(y.size))
    yearly = parts.seasonal.reshape(-1, 12).mean(0)
    assert yearly[:4] == pytest.approx([-9.34719803, -9.85524962, -6.85330079, -2.76347102], abs=1e-7)
    assert parts.trend[0, :4] == pytest.approx([49.68067265, 49.54552082, 49.41036899, 49.32862225], abs=1e-7)


@pytest.mark.real
@pytest.mark.parametrize(
    ("robust", "seasonal", "level"),
    [(False, -0.0001849334, 5.7535410579), (True, -0.0001974914, 5.7534316498)],
)
def test_carbon_dioxide_comes_apart_as_in_r(robust, seasonal, level):
    """R: stl(log(co2), s.window = 21), plain to nine places and robust to seven."""
    windows = Windows(seasonal=21, seasonal_degree=0, jumps=(3, 3, 2))
    parts = stl(np.log(column("co2.csv", "y")), windows, robust=robust)
    assert parts.seasonal[0, 0] == pytest.approx(seasonal, abs=3e-8 if robust else 1e-9)
    assert parts.trend[0, 0] == pytest.approx(level, abs=3e-8 if robust else 1e-9)


@pytest.mark.parametrize(
    ("months", "robust"),
    [(24, False), (43, False), (60, False), (96, False), (43, True), (60, True), (96, True)],
)
def test_series_of_any_length_come_apart_as_in_statsmodels(months, robust):
    y = np.random.default_rng(months).poisson(40, (3, months)).astype(float)
    parts = stl(y, robust=robust)
    for row in range(3):
        theirs = STL(y[row], period=12, seasonal=13, robust=robust).fit(
            inner_iter=1 if robust else 2, outer_iter=15 if robust else 0
        )
        assert parts.seasonal[row] == pytest.approx(theirs.seasonal, abs=1e-9)
        assert parts.trend[row] == pytest.approx(theirs.trend, abs=1e-9)
    assert parts.seasonal + parts.trend + parts.remainder == pytest.approx(y)
    assert parts.adjusted == pytest.approx(y - parts.seasonal)


def test_a_trend_is_not_drawn_across_a_hole():
    with pytest.raises(ValueError, match="hole"):
        stl([1.0, np.nan] * 20)
    with pytest.raises(ValueError, match="two whole years"):
        stl(np.ones(23))
    with pytest.raises(ValueError, match="hole"):
        mann_kendall([1, np.nan, 3])
    with pytest.raises(ValueError, match="24 months"):
        direction(np.ones(12))


# Order alone: the Nile's yearly flow, 1871 to 1970, fell.
#
#   score      variance        z       tau
#   -1387     112728.33     -4.128    -.2807


@pytest.mark.real
def test_the_nile_fell():
    """R: Kendall::MannKendall(Nile)."""
    answer = mann_kendall(column("nile.csv", "Nile"))
    assert answer.score[0] == -1387
    assert answer.variance[0] == pytest.approx(112728.3333, abs=1e-4)
    assert answer.z[0] == pytest.approx(-4.128067, abs=1e-6)
    assert answer.tau[0] == pytest.approx(-0.28074133, abs=1e-8)
    assert mann_kendall(column("nile.csv", "Nile"), hamed_rao=True).p[0] > answer.p[0]


@given(st.lists(st.integers(0, 8).map(float), min_size=4, max_size=25))
def test_order_statistics_are_what_counting_pair_by_pair_gives(y):
    score, variance, slope = plain.mann_kendall(y)
    answer = mann_kendall(y)
    assert (answer.score[0], theil_sen(y)[0]) == (score, pytest.approx(slope))
    assert answer.variance[0] == pytest.approx(variance)
    assert mann_kendall(y, hamed_rao=True).correction[0] == pytest.approx(plain.hamed_rao(y))


# Is there a trend? Smoothing out a season makes neighbouring months alike, and trends appear where none are:
# on seasonally adjusted months of nothing, Mann-Kendall cries trend this often at 5 %.
#
#   months                                24      36      60
#   Mann-Kendall on the adjusted series   99 %    30 %    14 %
#   with Hamed and Rao's correction       99 %    45 %    30 %
#   calendar months against themselves     5 %     5 %     5 %


def nothing_going_on(series, months, low, high, seed, slope=0.0, resemblance=0.0):
    rng = np.random.default_rng(seed)
    rates = np.exp(rng.uniform(np.log(low), np.log(high), (series, 1)))
    extra, t = rng.uniform(0.01, 4, (series, 1)), np.arange(months)
    wave = rng.uniform(0, 0.5, (series, 1)) * np.cos(2 * np.pi * (t - rng.uniform(0, 12, (series, 1))) / 12)
    mean = rates * (1 + wave) * np.exp(slope * t / 12)
    if not resemblance:
        return rng.poisson(rng.gamma(mean / extra) * extra).astype(float)
    width, wander = np.sqrt(np.log1p(extra / mean)), rng.standard_normal((series, months))
    for month in range(1, months):
        fresh = np.sqrt(1 - resemblance**2) * wander[:, month]
        wander[:, month] = resemblance * wander[:, month - 1] + fresh
    return rng.poisson(mean * np.exp(width * wander - width**2 / 2)).astype(float)


@pytest.mark.parametrize("months", [24, 36, 60])
def test_where_there_is_no_trend_one_in_twenty_is_called_one(months):
    p = direction(nothing_going_on(6000, months, 2, 500, months)).p
    assert np.mean(p < 0.05) == pytest.approx(0.05, abs=0.01)
    rare = direction(nothing_going_on(4000, months, 0.05, 2, months)).p
    assert np.mean(rare[~np.isnan(rare)] < 0.05) < 0.06
    wandering = direction(nothing_going_on(4000, months, 2, 500, months, resemblance=0.3)).p
    assert np.mean(wandering < 0.05) == pytest.approx(0.05, abs=0.02)


def test_mann_kendall_on_adjusted_months_would_not_have_held_its_level():
    adjusted = stl(nothing_going_on(500, 60, 10, 500, 1)).adjusted
    assert np.mean(mann_kendall(adjusted).p < 0.05) > 0.1
    assert np.mean(mann_kendall(adjusted, hamed_rao=True).p < 0.05) > 0.1


def test_a_tenth_more_each_year_for_five_years_is_nearly_always_found():
    p = direction(nothing_going_on(1000, 60, 10, 500, 2, slope=0.1)).p
    assert np.mean(p < 0.05) > 0.85


@settings(max_examples=40)
@given(st.lists(st.integers(0, 40).map(float), min_size=24, max_size=50))
def test_a_direction_is_the_slope_within_calendar_months(y):
    answer = direction(y)
    slope, error = plain.direction(y)
    assert answer.per_year[0] == pytest.approx(slope, abs=1e-8)
    if sum(y) >= 10 and error > 1e-6:
        assert answer.high[0] > slope > answer.low[0]
        assert (answer.low[0] > 0 or answer.high[0] < 0) == (answer.p[0] < 0.05)


def test_too_few_events_have_no_direction():
    assert np.isnan(direction(np.r_[np.zeros(30), 1, 0, 1]).p[0])
    assert np.isnan(direction(np.full(24, 7.0)).p[0])


# Rare things get a smooth season: two waves, and a p-value for whether there is a season at all.


def test_a_smooth_season_is_found_and_measured():
    t = np.arange(60)
    mean = 4 * (1 + 0.5 * np.cos(2 * np.pi * (t - 6) / 12))
    answer = season(np.random.default_rng(8).poisson(mean, (300, 60)), 1, np.full(60, 30.4375))
    assert answer.index.mean(0) == pytest.approx(100 * mean[:12] / 4, abs=4)
    assert np.mean(answer.p < 0.05) > 0.95
    assert answer.index.mean(1) == pytest.approx(np.full(300, 100.0))


def test_where_there_is_no_season_one_in_twenty_is_called_one():
    rng = np.random.default_rng(9)
    extra = rng.uniform(0.01, 4, (4000, 1))
    mean = np.repeat(np.exp(rng.uniform(np.log(0.5), np.log(300), (4000, 1))), 36, axis=1)
    p = season(rng.poisson(rng.gamma(mean / extra) * extra), 1, np.full(36, 30.4375)).p
    assert np.mean(p[~np.isnan(p)] < 0.05) == pytest.approx(0.05, abs=0.01)


# All together.


def test_a_series_with_a_hole_is_followed_from_the_hole_on():
    y = np.random.default_rng(1).poisson(30, (3, 48)).astype(float)
    y[1, 10] = np.nan
    y[2, 40] = np.nan
    answer = trend(y, date(2022, 1, 1))
    assert answer.method == ("decomposed", "decomposed", "none")
    assert list(answer.first) == [0, 11, 41]
    assert np.isnan(answer.adjusted[1, :11]).all()
    assert not np.isnan(answer.adjusted[1, 11:]).any()
    assert answer.refused[2] == "Only 7 months follow the last missing one; a trend needs 24 without a gap."
    assert np.isnan(answer.p[2])
    alone = trend(y[1, 11:], date(2022, 12, 1))
    assert answer.index[1] == pytest.approx(alone.index[0])


def test_one_year_is_too_little_for_a_trend():
    answer = trend(np.ones((1, 12)), date(2025, 1, 1))
    assert answer.refused == ("12 months are too few for a trend; it needs 24.",)


def test_common_and_rare_things_are_each_described_in_their_way():
    t = np.arange(60)
    wave = 1 + 0.4 * np.cos(2 * np.pi * (t - 6) / 12)
    rng = np.random.default_rng(5)
    y = np.array([rng.poisson(200 * wave * 1.1 ** (t / 12)), rng.poisson(3 * wave)]).astype(float)
    answer = trend(y, date(2021, 1, 1))
    assert answer.method == ("decomposed", "smooth season")
    assert int(np.argmax(answer.index[0])) == 6
    assert answer.index[0, 6] == pytest.approx(140, abs=8)
    assert answer.percent_per_year[0] == pytest.approx(10, abs=2)
    assert answer.p[0] < 0.001
    assert answer.adjusted[0].std() < y[0].std()
    assert answer.percent_per_year[1] == pytest.approx(100 * answer.per_year[1] / answer.standard[1].mean())
    never = trend(np.zeros((1, 24)), date(2021, 1, 1))
    assert np.isnan(never.p[0])
    assert np.isnan(never.percent_per_year[0])


def test_a_robust_trend_is_not_bent_by_one_strange_month():
    y = np.tile([20, 22, 25, 30, 34, 38, 40, 39, 33, 28, 24, 21], 5).astype(float)
    y[30] = 400
    plainly, robustly = (trend(y, date(2021, 1, 1), robust=robust).level[0] for robust in (False, True))
    assert np.abs(robustly - 29.9).max() < 3 < np.abs(plainly - 29.9).max()
