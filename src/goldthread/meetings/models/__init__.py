"""The tables of meetings."""

from goldthread.meetings.models.agenda import AgendaItem, Attendance, Declaration, Standing
from goldthread.meetings.models.meetings import Cycle, Meeting, Rhythm, State

__all__ = ["AgendaItem", "Attendance", "Cycle", "Declaration", "Meeting", "Rhythm", "Standing", "State"]
