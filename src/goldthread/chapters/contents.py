"""The contents of an assessment: what is measured, which chapters there are, and in which order they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from goldthread.chapters import (
    area,
    caveats,
    concentration,
    crime_types,
    current_priorities,
    delivery,
    early_warning,
    equality,
    forecasts,
    gaps,
    harm,
    horizon,
    hotspots,
    interventions,
    methods,
    over_time,
    overview,
    peers,
    places,
    priorities,
    prioritisation,
    reality,
    recommendations,
    repeats,
    residents,
    sources,
    statutory,
    themes,
    times,
    triangles,
    triangulation,
    voices,
)
from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.again import measure_again
from goldthread.chapters.measuring.agreement import measure_agreement
from goldthread.chapters.measuring.alike import measure_alike
from goldthread.chapters.measuring.emerging import measure_emerging
from goldthread.chapters.measuring.forecast import measure_forecasts
from goldthread.chapters.measuring.gathered import measure_gathered
from goldthread.chapters.measuring.groups import measure_groups
from goldthread.chapters.measuring.harm import measure_harm
from goldthread.chapters.measuring.hot_cells import measure_hot_cells
from goldthread.chapters.measuring.hours import measure_hours
from goldthread.chapters.measuring.lines import measure_lines
from goldthread.chapters.measuring.peers import measure_peers
from goldthread.chapters.measuring.reality import measure_reality
from goldthread.chapters.measuring.small_areas import measure_small_areas
from goldthread.chapters.measuring.survey import measure_survey
from goldthread.chapters.measuring.trend import measure_trends
from goldthread.chapters.measuring.tried import measure_tried
from goldthread.chapters.measuring.ward_changes import measure_ward_changes
from goldthread.chapters.measuring.warning import measure_warnings
from goldthread.chapters.measuring.years import measure_years
from goldthread.chapters.model import Chapter

# Measured first, in this order; a step may use what an earlier one found.
STEPS: tuple[Callable[[Brief], object], ...] = (
    measure_lines,
    measure_peers,
    measure_harm,
    measure_trends,
    measure_years,
    measure_reality,
    measure_alike,
    measure_ward_changes,
    measure_warnings,
    measure_emerging,
    measure_forecasts,
    measure_survey,
    measure_tried,
    measure_groups,
    measure_small_areas,
    *themes.STEPS,
    measure_agreement,
    measure_gathered,
    measure_hot_cells,
    measure_hours,
    measure_again,
)

# Written next; none of them needs another.
CHAPTERS: tuple[Callable[[Brief], Chapter], ...] = (
    sources.write,
    area.write,
    overview.write,
    peers.write,
    over_time.write,
    crime_types.write,
    harm.write,
    early_warning.write,
    forecasts.write,
    reality.write,
    *themes.CHAPTERS,
    places.write,
    concentration.write,
    hotspots.write,
    times.write,
    repeats.write,
    triangulation.write,
    residents.write,
    voices.write,
    interventions.write,
    delivery.write,
    current_priorities.write,
    horizon.write,
)

# Written last, in this order, from what the others found.
CLOSING: tuple[Callable[[Brief, Sequence[Chapter]], Chapter], ...] = (
    prioritisation.write,
    priorities.write,
    triangles.write,
    equality.write,
    caveats.write,
    methods.write,
    statutory.write,
    gaps.write,
    recommendations.write,
)

# As they stand in the document; a chapter that is not named here stands at the end, in the order it was written.
ORDER = (
    *("statutory", "sources", "area", "overview", "peers", "changes", "crime-types", "harm", "outcomes"),
    *("early-warning", "forecasts", "reality", "domestic-abuse", "sexual-violence", "serious-violence", "health"),
    *("anti-social-behaviour", "hate-crime", "exploitation", "substance-misuse", "reoffending", "young-people"),
    *("fire", "environmental-crime", "road-safety", "staff-assaults", "people", "vulnerability", "stop-and-search"),
    *("places", "hotspots", "concentration", "repeats", "times", "triangulation", "residents", "voices"),
    *("delivery", "interventions", "current-priorities", "horizon", "prioritisation", "priorities", "triangles"),
    *("recommendations", "equality", "gaps", "caveats", "methods"),
)
