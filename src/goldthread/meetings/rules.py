"""Who may plan, read and run meetings; each answer gives its reason."""

from __future__ import annotations

from django.utils import timezone

from goldthread.access.permissions import Permission
from goldthread.access.rulings import YES, Ruling, first_no, no
from goldthread.meetings.models import AgendaItem, Meeting, State
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


def may_see(person: Person, item: AgendaItem) -> Ruling:
    """Whoever may read the group's meetings; the words of a confidential item are for fewer."""
    hidden = person.may(Permission.SEE_CONFIDENTIAL, item.meeting.group) if item.confidential else YES
    return first_no(may_read(person, item.meeting), hidden)


def may_build(person: Person, meeting: Meeting) -> Ruling:
    """Who may put items on the agenda and change them: until the meeting is called off."""
    return first_no(going_ahead(meeting), person.may(Permission.PLAN_MEETINGS, meeting.group))


def may_change_item(person: Person, item: AgendaItem) -> Ruling:
    """Nobody changes words that they may not read."""
    return first_no(may_see(person, item), may_build(person, item.meeting))


def may_record_attendance(person: Person, meeting: Meeting) -> Ruling:
    """Who was there is known once the day has come."""
    early = YES if meeting.is_over(timezone.localdate()) else no("The day of this meeting has not come yet.")
    return first_no(going_ahead(meeting), early, person.may(Permission.WRITE_MINUTES, meeting.group))


def may_declare(person: Person, item: AgendaItem, other: Person | None = None) -> Ruling:
    """People declare their own interests; whoever writes the minutes records those of others."""
    group = item.meeting.group
    if other is not None and other.pk != person.pk:
        return first_no(going_ahead(item.meeting), may_see(person, item), person.may(Permission.WRITE_MINUTES, group))
    return first_no(going_ahead(item.meeting), may_see(person, item), person.may(Permission.TAKE_PART, group))


def going_ahead(meeting: Meeting) -> Ruling:
    """Whether a meeting was not called off."""
    return no("This meeting was cancelled.") if meeting.state == State.CANCELLED else YES
