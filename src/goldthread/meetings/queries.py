"""Every question that pages ask about meetings."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from goldthread.meetings.models import Meeting
from goldthread.partners.models import Group, Person


def forward_plan(day: date | None = None) -> QuerySet[Meeting]:
    """All meetings of all groups from a day on (today), those that were cancelled among them."""
    return Meeting.objects.filter(held_on__gte=day or timezone.localdate()).select_related("group")


def meetings_of(group: Group) -> QuerySet[Meeting]:
    """A group's meetings, the newest first."""
    return Meeting.objects.filter(group=group).select_related("group").order_by("-held_on")


def meetings_for(person: Person) -> QuerySet[Meeting]:
    """Meetings of every group in which a person holds a role today, or stands in for somebody who does."""
    groups = {held.group_id for held in person.holdings_today if held.group_id}
    return Meeting.objects.filter(group__in=groups).select_related("group")
