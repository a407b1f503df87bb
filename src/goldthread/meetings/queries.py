"""Every question that pages ask about meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from goldthread.meetings.models import AgendaItem, Meeting
from goldthread.meetings.rules import may_see
from goldthread.partners.models import Deputy, Group, Person
from goldthread.partners.queries import held_on


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


@dataclass(frozen=True)
class Expected:
    """Somebody who may sit at a meeting: in their own right, or for whom they stand in."""

    person: Person
    deputy_for: Person | None = None

    def __str__(self) -> str:
        body = (self.deputy_for or self.person).organisation.short_name
        return f"{self.person}, {body}" + (f" (for {self.deputy_for})" if self.deputy_for else "")


def expected(meeting: Meeting) -> Sequence[Expected]:
    """Who held a role in the group on the day, and who was named to stand in for them; each once."""
    day = meeting.held_on
    deputies = Deputy.objects.filter(held_on(day)).select_related("person__organisation")
    holdings = list(
        meeting.group.holdings.filter(held_on(day))
        .select_related("person__organisation")
        .prefetch_related(Prefetch("deputies", deputies, to_attr="standing_in"))
    )
    found = {held.person_id: Expected(held.person) for held in holdings}
    for held in holdings:
        for deputy in held.standing_in:
            found.setdefault(deputy.person_id, Expected(deputy.person, held.person))
    return sorted(found.values(), key=lambda one: one.person.name)


@dataclass(frozen=True)
class Shown:
    """An item as one person sees it: its words, or that they are confidential."""

    item: AgendaItem
    words: bool


def agenda(meeting: Meeting, person: Person) -> Sequence[Shown]:
    """The agenda in its order, with the words of those items that a person may read."""
    items = meeting.agenda.select_related("lead").order_by("number")
    seen = []
    for item in items:
        item.meeting = meeting
        seen.append(Shown(item, bool(may_see(person, item))))
    return seen


def item(pk: int) -> QuerySet[AgendaItem]:
    """One item with all that its page tells."""
    return AgendaItem.objects.filter(pk=pk).select_related("meeting__group", "lead")
