"""Methods handbook: what may the next months bring?"""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.tsa.holtwinters import ExponentialSmoothing

from goldthread.analysis.forecasts import (
    Smoothing,
    State,
    ahead,
    fitted,
    follow,
    forecast,
    mase,
    naive_scale,
    rmse,
    seasonal_naive,
    widening,
)
from tests.plain import forecasts as plain
from tests.spec.reference import columns
from tests.spec.test_trends import nothing_going_on

title = "Forecasts"
question = (
    "What may the next months bring, if things go on as they have, and has that been better than repeating last year?"
)

# International airline passengers; 1960 forecast from 1949 to 1959.
#
#                            mean error, in usual year-on-year differences
#   repeating 1959                         1.57
#   damped trend and season                 .70


def passengers():
    return np.array(columns("method-references/airpassengers.csv")["y"], dtype=float)


@pytest.mark.real
def test_repeating_last_year_scores_as_in_r():
    """R: forecast::accuracy(snaive(window(AirPassengers, end = c(1959, 12)), 12), AirPassengers)."""
    y = passengers()
    repeated = seasonal_naive(y[:132], 12)
    assert mase(y[132:], repeated, y[:132])[0] == pytest.approx(1.570881, abs=1e-6)
    assert rmse(y[132:], repeated)[0] == pytest.approx(50.70832, abs=1e-5)


@pytest.mark.real
def test_airline_passengers_are_forecast_better_than_by_repeating_and_close_to_r():
    """R: ets(AirPassengers, "MAM") forecasts 448.97, 425.23 and 484.21; chosen by likelihood, ours by squares."""
    y = passengers()
    answer = forecast(y[:132])
    assert answer.kept[0]
    assert answer.multiplicative[0]
    assert mase(y[132:], answer.mean, y[:132])[0] < 0.8
    assert forecast(y).mean[0, :3] == pytest.approx([448.97, 425.23, 484.21], rel=0.02)


parts = st.floats(0.05, 0.9)


@settings(max_examples=40)
@given(
    st.lists(st.integers(25, 60).map(float), min_size=24, max_size=40),
    parts,
    parts,
    parts,
    st.floats(0.8, 0.98),
    st.booleans(),
)
def test_the_smoothing_is_the_textbooks(y, alpha, share, gamma, phi, multiplicative):
    season = [1.1, 0.9] * 6 if multiplicative else [2.0, -2.0] * 6
    how = Smoothing(*(np.array([[value]]) for value in (alpha, alpha * share, gamma * (1 - alpha), phi)))
    start = State(np.array([40.0]), np.array([0.3]), np.array([season]))
    squares, states, _ = follow(np.array([y]), start, how, multiplicative, keep=True)
    expected, next_year = plain.holt_winters(
        y, 40.0, 0.3, season, alpha, alpha * share, gamma * (1 - alpha), phi, multiplicative
    )
    assert squares[0, 0] == pytest.approx(expected)
    assert ahead(states[-1], how, 12, multiplicative)[0, 0] == pytest.approx(next_year)


@pytest.mark.parametrize("multiplicative", [False, True])
def test_the_smoothing_is_that_of_statsmodels(multiplicative):
    """But for the twelfth month ahead, for which statsmodels takes the season as it was before its last update."""
    y = np.random.default_rng(1).poisson(50, 48).astype(float)
    season = np.linspace(0.8, 1.2, 12) if multiplicative else np.linspace(-5, 5, 12)
    model = ExponentialSmoothing(
        y,
        trend="add",
        damped_trend=True,
        seasonal="mul" if multiplicative else "add",
        seasonal_periods=12,
        initialization_method="known",
        initial_level=50.0,
        initial_trend=0.2,
        initial_seasonal=season,
    )
    theirs = model.fit(0.3, 0.1, 0.2, damping_trend=0.9, optimized=False)
    how = Smoothing(*(np.array([[value]]) for value in (0.3, 0.03, 0.2, 0.9)))
    start = State(np.array([50.0]), np.array([0.2]), season[None])
    squares, states, means = follow(y[None], start, how, multiplicative, keep=True)
    assert squares[0, 0] == pytest.approx(theirs.sse)
    assert means[0, 0] == pytest.approx(theirs.fittedvalues)
    assert ahead(states[-1], how, 11, multiplicative)[0, 0] == pytest.approx(theirs.forecast(11))


@pytest.mark.parametrize("multiplicative", [False, True])
def test_settings_found_for_many_series_at_once_are_nearly_the_best(multiplicative):
    """statsmodels searches settings and thirteen starting values, ours the settings only, from averages."""
    t = np.arange(60)
    y = np.random.default_rng(2).poisson(60 * (1 + 0.3 * np.cos(2 * np.pi * t / 12)) * 1.005**t, (6, 60)).astype(float)
    _, _, squares = fitted(y, multiplicative)
    for row in range(6):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = ExponentialSmoothing(
                y[row], trend="add", damped_trend=True, seasonal="mul" if multiplicative else "add", seasonal_periods=12
            )
            assert squares[row] < 1.2 * model.fit().sse


def test_the_variance_widens_as_forecasts_reach_further():
    how = Smoothing(*(np.array([value]) for value in (0.3, 0.03, 0.2, 0.9)))
    wider = widening(how, 13)[0]
    assert wider[0] == 1
    assert np.all(np.diff(wider) > 0)
    assert wider[1] == pytest.approx(1 + (0.3 + 0.03 * 0.9) ** 2)
    assert np.diff(wider)[11] > np.diff(wider)[10]


# Is it shown? Only where it did better, month after month of the last year, than repeating the year before.


def test_four_months_in_five_lie_within_the_80_per_cent_interval_and_19_in_20_within_the_95():
    y = nothing_going_on(800, 72, 4, 500, 3)
    answer = forecast(y[:, :60])
    later = y[:, 60:]
    inside80 = np.mean((later >= answer.low80) & (later <= answer.high80))
    inside95 = np.mean((later >= answer.low95) & (later <= answer.high95))
    assert inside80 == pytest.approx(0.8, abs=0.05)
    assert inside95 == pytest.approx(0.95, abs=0.03)


def test_what_is_shown_does_better_than_repeating_last_year_afterwards_too():
    y = nothing_going_on(400, 72, 4, 500, 5, slope=0.05)
    answer = forecast(y[:, :60])
    ours, naive = mase(y[:, 60:], answer.mean, y[:, :60]), mase(y[:, 60:], answer.naive, y[:, :60])
    assert answer.kept.mean() > 0.6
    assert ours[answer.kept].mean() < 0.9 * naive[answer.kept].mean()


def test_a_series_that_repeats_itself_exactly_is_best_forecast_by_repeating():
    y = np.tile([20.0, 35, 10, 50, 44, 31, 60, 12, 25, 40, 33, 18], 5)
    answer = forecast(y)
    assert not answer.kept[0]
    assert answer.naive[0] == pytest.approx(y[:12])


def test_series_are_forecast_together_as_each_would_be_alone_but_for_the_width():
    y = nothing_going_on(5, 60, 20, 200, 9)
    together = forecast(y)
    for row in range(5):
        assert forecast(y[row]).mean[0] == pytest.approx(together.mean[row])
        assert forecast(y[row]).mase[0] == pytest.approx(together.mase[row])


def test_too_few_months_a_hole_or_too_few_events_are_refused_with_the_reason():
    y = np.full((4, 40), 30.0) + np.arange(40) % 3
    y[1, 20] = y[2, 39] = np.nan
    y[3] = np.arange(40) % 2
    answer = forecast(y)
    assert answer.refused == (
        "",
        "Only 19 months follow the last missing one; a forecast needs 36 without a gap.",
        "The latest month did not come, so there is nothing to forecast from.",
        "Fewer than two a month are too few to forecast.",
    )
    assert np.isnan(answer.mean[1:]).all()
    assert not answer.kept[1:].any()
    assert forecast(np.ones(30)).refused == ("30 months are too few for a forecast; it needs 36.",)
    with pytest.raises(ValueError, match="twelve months"):
        seasonal_naive(np.ones(6), 3)


def test_counts_are_never_forecast_below_nought():
    falling = np.maximum(60 - np.arange(48), 3) + np.random.default_rng(1).integers(0, 3, 48)
    answer = forecast(falling.astype(float))
    assert answer.mean.min() >= 0
    assert answer.low95.min() >= 0
    assert np.all((answer.low95 <= answer.low80) & (answer.high80 <= answer.high95))
    assert naive_scale(falling)[0] > 0
