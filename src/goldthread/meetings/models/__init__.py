"""The tables of meetings."""

from goldthread.meetings.models.agenda import AgendaItem, Attendance, Declaration, Standing
from goldthread.meetings.models.following import Action, ActionState
from goldthread.meetings.models.meetings import Cycle, Meeting, Rhythm, State
from goldthread.meetings.models.minutes import Decision, How, Minute, Position, Stance

__all__ = [
    "Action",
    "ActionState",
    "AgendaItem",
    "Attendance",
    "Cycle",
    "Decision",
    "Declaration",
    "How",
    "Meeting",
    "Minute",
    "Position",
    "Rhythm",
    "Stance",
    "Standing",
    "State",
]
