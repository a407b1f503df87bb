"""Recording who was at a meeting."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from goldthread.audit.recording import action, note
from goldthread.meetings.events import EVENTS
from goldthread.meetings.models import Attendance, Meeting, State
from goldthread.meetings.queries import expected
from goldthread.meetings.rules import may_record_attendance
from goldthread.partners.actions.changing import change
from goldthread.partners.models import Person


@action(EVENTS["attendance:recorded"])
def record_attendance(*, by: Person, at: datetime, meeting: Meeting, present: Collection[Person]) -> Meeting:
    """
    Record who of those expected was there, for their own organisation or as a deputy for another’s; it was held.

    Recorded again, it takes the place of what was recorded before.
    """
    may_record_attendance(by, meeting).hold()
    there = {person.pk for person in present}
    known = {a.person_id: a for a in meeting.attendances.all()}
    for one in expected(meeting):
        fields = {
            "organisation": (one.deputy_for or one.person).organisation,
            "deputy_for": one.deputy_for,
            "present": one.person.pk in there,
        }
        was = known.get(one.person.pk) or Attendance(meeting=meeting, person=one.person)
        if was.pk is None or was.present != fields["present"]:
            change(was, fields)
    note(meeting.group.label, count=len(there))
    return change(meeting, {"state": State.HELD}) if meeting.state != State.HELD else meeting
