"""Changes in how things are recorded, national and local, and which of a line's comparisons they fall across."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldthread.chapters.brief import Brief, Line
from goldthread.chapters.measuring.lines import STREET
from goldthread.evidence.definitions import definition
from goldthread.evidence.periods import Month, month_from

# A recording change seen in the counts may show a month early or some months late.
EARLY, LATE = 1, 3


@dataclass(frozen=True)
class RecordingChange:
    """A new way of recording: its first month, what changed, where the count was expected to go, and who says so."""

    month: Month
    what: str
    effect: str
    source: str

    def explains(self, month: Month) -> bool:
        """Whether a new level that begins with this month may be this change."""
        return -EARLY <= month - self.month <= LATE

    def fits(self, rose: bool) -> bool:
        """Whether the count went the way that was expected, where that was said."""
        return self.effect not in ("up", "down") or (self.effect == "up") == rose


def recording_changes(brief: Brief, line: Line) -> tuple[RecordingChange, ...]:
    """
    Which known changes in recording fall across the comparison of a line with the year before?

    Those that begin after the first month compared and not after the last. A
    change that names no series counts for all of its feed. Total recorded crime
    has the changes of the series within it.
    """
    mine = [
        *(_told(said, "the partnership") for said in brief.context.recording_changes if _is_about(said, line)),
        *(
            _told(said, "national")
            for said in definition("coverage-gaps").get("recording_changes") or ()
            if line.feed.name == STREET and _names(said, line) and said.get("force") in (None, "", _force(brief))
        ),
    ]
    across = [c for c in mine if brief.before.first < c.month <= brief.period.last]
    return tuple(sorted(across, key=lambda c: (c.month, c.what)))


def _force(brief: Brief) -> str:
    return brief.evidence.provenance.get("force", "").lower().replace(" ", "-")


def _is_about(said: Mapping[str, Any], line: Line) -> bool:
    return str(said.get("feed", "")) == line.feed.name and _names(said, line)


def _names(said: Mapping[str, Any], line: Line) -> bool:
    named = said.get("series") or ()
    return not named or bool(set(named) & set(line.series))


def _told(said: Mapping[str, Any], source: str) -> RecordingChange:
    when = said["month"]
    month = Month(when.year, when.month) if hasattr(when, "year") else month_from(str(when)[:7])
    return RecordingChange(
        month, " ".join(str(said.get("what", "")).split()), str(said.get("effect", "unknown")), source
    )
