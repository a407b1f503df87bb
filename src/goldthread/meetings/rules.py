"""Who may plan, read and run meetings; each answer gives its reason."""

from __future__ import annotations

from django.utils import timezone

from goldthread.access.permissions import Permission
from goldthread.access.rulings import YES, Ruling, first_no, no
from goldthread.meetings.models import AgendaItem, Decision, Meeting, State
from goldthread.meetings.quorum import quorum
from goldthread.partners.models import Group, Organisation, Person


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
    return first_no(going_ahead(meeting), still_draft(meeting), person.may(Permission.PLAN_MEETINGS, meeting.group))


def may_change_item(person: Person, item: AgendaItem) -> Ruling:
    """Nobody changes words that they may not read."""
    return first_no(may_see(person, item), may_build(person, item.meeting))


def may_record_attendance(person: Person, meeting: Meeting) -> Ruling:
    """Who was there is known once the day has come."""
    early = YES if meeting.is_over(timezone.localdate()) else no("The day of this meeting has not come yet.")
    may = person.may(Permission.WRITE_MINUTES, meeting.group)
    return first_no(going_ahead(meeting), still_draft(meeting), early, may)


def may_declare(person: Person, item: AgendaItem, other: Person | None = None) -> Ruling:
    """People declare their own interests; whoever writes the minutes records those of others."""
    group, own = item.meeting.group, other is None or other.pk == person.pk
    needs = Permission.TAKE_PART if own else Permission.WRITE_MINUTES
    return first_no(
        going_ahead(item.meeting), still_draft(item.meeting), may_see(person, item), person.may(needs, group)
    )


def going_ahead(meeting: Meeting) -> Ruling:
    """Whether a meeting was not called off."""
    return no("This meeting was cancelled.") if meeting.state == State.CANCELLED else YES


def still_draft(meeting: Meeting) -> Ruling:
    """Minutes that were agreed stay as they are, and with them all that they tell."""
    return no("The minutes of this meeting have been agreed.") if meeting.minutes_agreed_at else YES


def may_write(person: Person, item: AgendaItem) -> Ruling:
    """Minutes are written from the day of the meeting on, by those who may read the item."""
    return first_no(may_see(person, item), may_record_attendance(person, item.meeting))


def may_decide(person: Person, item: AgendaItem) -> Ruling:
    """A decision needs a quorum at its item."""
    found = quorum(item.meeting, item)
    return first_no(may_write(person, item), YES if found.met else no(found.sentence))


def may_state_position(person: Person, decision: Decision, organisation: Organisation | None = None) -> Ruling:
    """Those who take part speak for their own organisation; whoever writes the minutes records others’."""
    own = organisation is None or organisation.pk == person.organisation_id
    needs = Permission.TAKE_PART if own else Permission.WRITE_MINUTES
    item = decision.item
    return first_no(still_draft(item.meeting), may_see(person, item), person.may(needs, decision.group))


def may_agree(person: Person, meeting: Meeting, later: Meeting | None = None) -> Ruling:
    """The chair agrees the minutes of a meeting that was held, at a later one of the same group."""
    if meeting.state != State.HELD:
        return no("Nobody’s attendance at this meeting has been recorded yet, so there are no minutes to agree.")
    if later is not None and (
        later.group_id != meeting.group_id or later.held_on <= meeting.held_on or later.state != State.HELD
    ):
        return no("Minutes are agreed at a later meeting of the same group, whose attendance is recorded.")
    return first_no(still_draft(meeting), person.may(Permission.CHAIR, meeting.group))
