"""Every change to meetings and what comes of them: one verb each, one transaction, one entry in the record."""

from goldthread.meetings.actions.agenda import add_item, change_item, declare
from goldthread.meetings.actions.attendance import record_attendance
from goldthread.meetings.actions.following import close_action, raise_action, say_done
from goldthread.meetings.actions.meetings import cancel_meeting, move_meeting, plan_meeting, set_cycle
from goldthread.meetings.actions.minutes import agree_minutes, decide, state_position, write_minute

__all__ = [
    "add_item",
    "agree_minutes",
    "cancel_meeting",
    "change_item",
    "close_action",
    "decide",
    "declare",
    "move_meeting",
    "plan_meeting",
    "raise_action",
    "record_attendance",
    "say_done",
    "set_cycle",
    "state_position",
    "write_minute",
]
