"""Who may plan, read and run meetings; each answer gives its reason."""

from __future__ import annotations

from goldthread.access.permissions import Permission
from goldthread.access.rulings import YES, Ruling, first_no, no
from goldthread.meetings.models import Meeting, State
from goldthread.partners.models import Group, Person


def may_read(person: Person, meeting: Meeting) -> Ruling:
    """Whoever may read what is not confidential in that group."""
    return person.may(Permission.SEE_MEETINGS, meeting.group)


def may_plan(person: Person, group: Group) -> Ruling:
    """Who may set a cycle or plan a meeting: not of a group that has closed."""
    return first_no(no(f"{group} is closed.") if group.closed_on else YES, person.may(Permission.PLAN_MEETINGS, group))


def may_move(person: Person, meeting: Meeting) -> Ruling:
    """A meeting that was held or cancelled stays as it was."""
    return first_no(still_planned(meeting), may_plan(person, meeting.group))


def still_planned(meeting: Meeting) -> Ruling:
    """Whether a meeting is still to come about."""
    if meeting.state == State.PLANNED:
        return YES
    return no("This meeting has been held." if meeting.state == State.HELD else "This meeting was cancelled.")
