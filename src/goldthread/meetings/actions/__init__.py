"""Every change to meetings and what comes of them: one verb each, one transaction, one entry in the record."""

from goldthread.meetings.actions.meetings import cancel_meeting, move_meeting, plan_meeting, set_cycle

__all__ = ["cancel_meeting", "move_meeting", "plan_meeting", "set_cycle"]
