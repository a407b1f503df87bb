"""Where a series is going: season, trend and remainder, and whether there is a trend at all."""

from goldthread.analysis.trends.calendar import (
    STANDARD_MONTH,
    days_in_months,
    last_unbroken_run,
    per_standard_month,
)
from goldthread.analysis.trends.direction import Direction, direction
from goldthread.analysis.trends.mann_kendall import MannKendall, mann_kendall, theil_sen
from goldthread.analysis.trends.seasons import Season, season, seasonal_index
from goldthread.analysis.trends.stl import Decomposition, Windows, periodic, stl, stl_operator
from goldthread.analysis.trends.trend import Trend, trend

__all__ = [
    "STANDARD_MONTH",
    "Decomposition",
    "Direction",
    "MannKendall",
    "Season",
    "Trend",
    "Windows",
    "days_in_months",
    "direction",
    "last_unbroken_run",
    "mann_kendall",
    "per_standard_month",
    "periodic",
    "season",
    "seasonal_index",
    "stl",
    "stl_operator",
    "theil_sen",
    "trend",
]
