"""The themes of an assessment, each on one page of the same plain form."""

from __future__ import annotations

from collections.abc import Callable

from goldthread.chapters.brief import Brief
from goldthread.chapters.measuring.ended import measure_ended
from goldthread.chapters.measuring.returns import measure_returns
from goldthread.chapters.measuring.searched import measure_searched
from goldthread.chapters.measuring.theme_lines import measure_theme_lines
from goldthread.chapters.model import Chapter
from goldthread.chapters.themes import (
    antisocial,
    domestic_abuse,
    environmental,
    exploitation,
    fire,
    hate_crime,
    health,
    outcomes,
    profile,
    reoffending,
    road_safety,
    serious_violence,
    sexual_violence,
    staff_assaults,
    stop_and_search,
    substance_misuse,
    vulnerability,
    young_people,
)

# Measured after the lines of the feeds, which they read.
STEPS: tuple[Callable[[Brief], object], ...] = (
    measure_theme_lines,
    measure_returns,
    measure_ended,
    measure_searched,
)

CHAPTERS: tuple[Callable[[Brief], Chapter], ...] = (
    outcomes.write,
    domestic_abuse.write,
    sexual_violence.write,
    serious_violence.write,
    health.write,
    antisocial.write,
    hate_crime.write,
    exploitation.write,
    substance_misuse.write,
    reoffending.write,
    young_people.write,
    fire.write,
    environmental.write,
    road_safety.write,
    staff_assaults.write,
    profile.write,
    vulnerability.write,
    stop_and_search.write,
)
