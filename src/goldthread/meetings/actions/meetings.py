"""Planning, moving and cancelling meetings."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.utils.formats import date_format

from goldthread.audit.recording import action, note
from goldthread.meetings.actions.agenda import lay_standing_items
from goldthread.meetings.events import EVENTS
from goldthread.meetings.models import Cycle, Meeting, State
from goldthread.meetings.rhythms import days
from goldthread.meetings.rules import may_move, may_plan
from goldthread.partners.actions.changing import change
from goldthread.partners.models import Group, Person


@action(EVENTS["cycle:set"])
def set_cycle(
    *,
    by: Person,
    at: datetime,
    group: Group,
    rhythm: str,
    first_on: date,
    starts_at: time,
    place: str,
    lasts: int = 120,
) -> Cycle:
    """Set how often a group meets, and make a year's meetings; a day on which it meets already is left as it is."""
    may_plan(by, group).hold()
    cycle = change(Cycle(), {"group": group, "rhythm": rhythm, "first_on": first_on})
    taken = set(Meeting.objects.filter(group=group).exclude(state=State.CANCELLED).values_list("held_on", flat=True))
    free = [day for day in days(rhythm, first_on) if day not in taken]
    for day in free:
        _planned(group, cycle=cycle, held_on=day, starts_at=starts_at, place=place, lasts=lasts)
    note(group.label, count=len(free))
    return cycle


@action(EVENTS["meeting:planned"])
def plan_meeting(*, by: Person, at: datetime, group: Group, **fields: Any) -> Meeting:
    """Plan one meeting of a group, outside any cycle."""
    may_plan(by, group).hold()
    note(group.label)
    return _planned(group, **fields)


@action(EVENTS["meeting:moved"])
def move_meeting(
    *, by: Person, at: datetime, meeting: Meeting, why: str, version: int | None = None, **fields: Any
) -> Meeting:
    """Move a meeting to another day, hour or place, and say why."""
    may_move(by, meeting).hold()
    was = meeting.held_on
    note(meeting.group.label, was=date_format(was, "j F Y"), why=why)
    return change(meeting, {**fields, "was_on": was, "why": why}, version)


@action(EVENTS["meeting:cancelled"])
def cancel_meeting(*, by: Person, at: datetime, meeting: Meeting, why: str, version: int | None = None) -> Meeting:
    """Cancel a meeting, and say why; it stays in the list and in calendars as cancelled."""
    may_move(by, meeting).hold()
    note(meeting.group.label, why=why)
    return change(meeting, {"state": State.CANCELLED, "why": why}, version)


def _planned(group: Group, **fields: Any) -> Meeting:
    """A meeting that is planned, with the items that every agenda has."""
    meeting = change(Meeting(group=group), fields)
    lay_standing_items(meeting)
    return meeting
