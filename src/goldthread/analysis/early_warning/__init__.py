"""Is something new under way: early warnings over many series at once, and the rules used elsewhere for one."""

from goldthread.analysis.early_warning.across import Warnings, warnings_across
from goldthread.analysis.early_warning.cumulative import Cumulative, cusum, ewma, poisson_cusum
from goldthread.analysis.early_warning.ears import Ears, ears
from goldthread.analysis.early_warning.farrington import (
    FLEXIBLE_2013,
    MONTHLY,
    ORIGINAL_1996,
    Exceedance,
    Settings,
    farrington,
    negative_binomial_threshold,
    outbreak_weights,
    season_blocks,
    two_thirds_threshold,
)
from goldthread.analysis.early_warning.predictive import (
    chance_beyond,
    chance_of,
    count_quantile,
    predictive_p,
)

__all__ = [
    "FLEXIBLE_2013",
    "MONTHLY",
    "ORIGINAL_1996",
    "Cumulative",
    "Ears",
    "Exceedance",
    "Settings",
    "Warnings",
    "chance_beyond",
    "chance_of",
    "count_quantile",
    "cusum",
    "ears",
    "ewma",
    "farrington",
    "negative_binomial_threshold",
    "outbreak_weights",
    "poisson_cusum",
    "predictive_p",
    "season_blocks",
    "two_thirds_threshold",
    "warnings_across",
]
