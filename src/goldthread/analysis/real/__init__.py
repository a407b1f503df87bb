"""Is it real: chance, season, recording, population, one place, or a change in what happens?"""

from goldthread.analysis.real.answers import (
    CategoryShift,
    Explanation,
    Places,
    Population,
    Reading,
    RecordingChange,
    Step,
)
from goldthread.analysis.real.question import is_it_real
from goldthread.analysis.real.recording import category_shifts, known_changes, step_everywhere
from goldthread.analysis.real.spread import where_from

__all__ = [
    "CategoryShift",
    "Explanation",
    "Places",
    "Population",
    "Reading",
    "RecordingChange",
    "Step",
    "category_shifts",
    "is_it_real",
    "known_changes",
    "step_everywhere",
    "where_from",
]
