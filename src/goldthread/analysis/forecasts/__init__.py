"""What the next months may bring, always beside what repeating last year would give."""

from goldthread.analysis.forecasts.forecast import FEWEST_A_MONTH, FEWEST_MONTHS, Forecast, forecast
from goldthread.analysis.forecasts.measures import mase, naive_scale, rmse, seasonal_naive
from goldthread.analysis.forecasts.smoothing import Smoothing, State, ahead, fitted, follow, starting_state, widening

__all__ = [
    "FEWEST_A_MONTH",
    "FEWEST_MONTHS",
    "Forecast",
    "Smoothing",
    "State",
    "ahead",
    "fitted",
    "follow",
    "forecast",
    "mase",
    "naive_scale",
    "rmse",
    "seasonal_naive",
    "starting_state",
    "widening",
]
