"""The tables of meetings."""

from goldthread.meetings.models.meetings import Cycle, Meeting, Rhythm, State

__all__ = ["Cycle", "Meeting", "Rhythm", "State"]
