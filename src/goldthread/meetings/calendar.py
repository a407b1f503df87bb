"""Meetings as a calendar that other programs read, and the secret addresses at which they find it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.core.signing import BadSignature, Signer
from icalendar import Calendar, Event

from goldthread.meetings.models import Meeting, State
from goldthread.partners.models import Group, Person

SALT = "goldthread.meetings.calendar"
STATUS = {State.PLANNED: "CONFIRMED", State.HELD: "CONFIRMED", State.CANCELLED: "CANCELLED"}


def feed_of(thing: Group | Person) -> str:
    """The part of an address that only this site can make, and that opens the calendar of a group or a person."""
    return Signer(salt=SALT).sign(thing.label)


def whose(feed: str) -> Group | Person | None:
    """The group or person whose calendar it is; None when the address was made up or the account is closed."""
    try:
        kind, _, pk = Signer(salt=SALT).unsign(feed).partition(":")
    except BadSignature:
        return None
    if kind == "group":
        return Group.objects.filter(pk=pk).first()
    return Person.objects.filter(pk=pk, closed_at__isnull=True).first()


def written(name: str, meetings: Iterable[Meeting], now: datetime) -> bytes:
    """The calendar as RFC 5545 has it: when, where and which group, and nothing of what is on the agenda."""
    calendar = Calendar()
    calendar.add("prodid", "-//Goldthread//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for meeting in meetings:
        event = Event()
        event.add("uid", f"meeting-{meeting.pk}@goldthread")
        event.add("dtstamp", now)
        event.add("sequence", meeting.version)
        event.add("summary", str(meeting.group))
        event.add("dtstart", meeting.begins_at)
        event.add("dtend", meeting.begins_at + timedelta(minutes=meeting.lasts))
        event.add("location", meeting.place)
        event.add("status", STATUS[State(meeting.state)])
        if meeting.why:
            event.add("description", meeting.why)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
