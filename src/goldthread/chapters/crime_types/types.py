"""One type of crime and all that was measured of it, where it was measured."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from goldthread.analysis.outcomes import Cohort
from goldthread.chapters import changes, comparing
from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.alike import Alike, AlikeMonths
from goldthread.chapters.measuring.ended import Ended
from goldthread.chapters.measuring.harm import Harms, Weighed
from goldthread.chapters.measuring.hours import Hours, Seasonal
from goldthread.chapters.measuring.lines import ASB, STREET, TOTAL, Lines, Moved
from goldthread.chapters.measuring.peers import Peered, Peers
from goldthread.chapters.measuring.recording import RecordingChange, recording_changes
from goldthread.chapters.measuring.small_areas import SmallAreas
from goldthread.chapters.measuring.trend import Course, Courses
from goldthread.chapters.measuring.ward_changes import WardChange, WardChanges
from goldthread.chapters.topics import Topic, topic_of_series
from goldthread.evidence.periods import Period

LOCAL = "police-local-crime"  # the force's own extract, used where no police.uk file came


@dataclass(frozen=True)
class CrimeType:
    """One line of recorded crime, its topic, and what each measuring step says of it; None where it says nothing."""

    brief: Brief
    line: Line
    topic: Topic

    @property
    def n(self) -> float:
        """How many were recorded in the period."""
        return float(np.nansum(self.line.over(self.brief.period)))

    @property
    def moved(self) -> Moved | None:
        """How it moved from the year before."""
        return self.brief.found(Lines).moved.get(self.line.id)

    @property
    def verdict(self) -> str:
        """What can be said of its change (see `changes.verdict`)."""
        return changes.verdict(self.brief, self.moved)

    @property
    def peered(self) -> Peered | None:
        """Its rate beside other areas."""
        return self.brief.found(Peers).by_line.get(self.line.id)

    @property
    def standing(self) -> str:
        """Whether its rate stands out (see `comparing.verdict`); empty where nobody was there to compare with."""
        return comparing.verdict(self.brief, self.peered) if self.peered else ""

    @property
    def course(self) -> Course | None:
        """Its long view, where 24 months came."""
        return self.brief.found(Courses).by_line.get(self.line.id)

    @property
    def seasonal(self) -> Seasonal | None:
        """Its season, where there were enough of it over two years."""
        found = self.brief.measured.get(Hours)
        return found.seasons.get(self.line.id) if isinstance(found, Hours) else None

    @property
    def weighed(self) -> Weighed | None:
        """The harm of all crime by the main index, where this type has a weight in it."""
        weighed = self.brief.found(Harms).main
        return weighed if weighed and weighed.of(self.line.title) else None

    @property
    def areas(self) -> SmallAreas | None:
        """The small areas, where the type is known by small area."""
        found = self.brief.measured.get(SmallAreas)
        return found if isinstance(found, SmallAreas) and self.line.id in found.counts else None

    @property
    def ended(self) -> tuple[Cohort, Period] | None:
        """What became of those at least three months old, and their months; None where outcomes were not measured."""
        found = self.brief.measured.get(Ended)
        if not isinstance(found, Ended) or found.months is None or self.line.title not in found.by_type:
            return None
        return found.by_type[self.line.title], found.months

    @property
    def alike(self) -> Alike | None:
        """How the months moved that were recorded alike in both years, where the recording changed."""
        found = self.brief.measured.get(AlikeMonths)
        return found.by_line.get(self.line.id) if isinstance(found, AlikeMonths) else None

    @property
    def warded(self) -> WardChange | None:
        """The ward that moved beyond chance, where one did; None where none did or none could be asked."""
        found = self.brief.measured.get(WardChanges)
        one = found.by_line.get(self.line.id) if isinstance(found, WardChanges) else None
        return one if one is not None and self.brief.stands(one.test) else None

    @property
    def recording(self) -> tuple[RecordingChange, ...]:
        """Known changes in its recording between the first month compared and the last."""
        return recording_changes(self.brief, self.line)


def crime_types(brief: Brief) -> list[CrimeType]:
    """Every type of recorded crime, most first: police.uk's, or the force's own where no police.uk file came."""
    lines = brief.found(Lines)
    feed = STREET if lines.of_feed(STREET) else LOCAL
    found = []
    for line in lines.of_feed(feed):
        topic = topic_of_series(line.title)
        if line.id != TOTAL and line.title != ASB and topic is not None and topic.is_crime:
            found.append(CrimeType(brief, line, topic))
    return sorted(found, key=lambda t: (-t.n, t.line.id))
