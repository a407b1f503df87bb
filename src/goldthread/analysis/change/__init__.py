"""Has it gone up or down, by how much, and is that more than the usual coming and going?"""

from goldthread.analysis.change.matched import (
    FEWEST_DIFFERING_MONTHS,
    Change,
    against_base_year,
    compare_months,
    year_on_year,
)
from goldthread.analysis.change.ratios import (
    SMALLEST_BASE,
    RateRatio,
    e_test,
    percent_change,
    rate_ratio,
)

__all__ = [
    "FEWEST_DIFFERING_MONTHS",
    "SMALLEST_BASE",
    "Change",
    "RateRatio",
    "against_base_year",
    "compare_months",
    "e_test",
    "percent_change",
    "rate_ratio",
    "year_on_year",
]
