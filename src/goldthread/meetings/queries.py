"""Every question that pages ask about meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from goldthread.meetings.models import AgendaItem, Decision, Meeting, Minute, State
from goldthread.meetings.rules import may_see
from goldthread.partners.models import Constitution, Deputy, Group, Person
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


def steps_on(day: date) -> list[str]:
    """The steps, in order, by which the constitution in force on a day decides without consensus."""
    adopted = Constitution.objects.filter(adopted_on__lte=day).order_by("-number").first()
    return list(adopted.fallback) if adopted else []


def later_meetings(meeting: Meeting) -> QuerySet[Meeting]:
    """Meetings of the same group that were held later: where its minutes can be agreed."""
    held = Meeting.objects.filter(group=meeting.group_id, held_on__gt=meeting.held_on, state=State.HELD)
    return held.select_related("group")


def decisions_at(item: AgendaItem) -> QuerySet[Decision]:
    """The decisions at an item in the order in which they were taken, with where organisations stood."""
    found = Decision.objects.filter(item=item).order_by("number").select_related("group")
    ordered: QuerySet[Decision] = found.prefetch_related("positions__organisation")
    return ordered


@dataclass(frozen=True)
class Minuted:
    """An item with what the minutes say of it, for somebody who may read its words, and else without."""

    item: AgendaItem
    words: bool
    text: str
    decisions: Sequence[Decision]


def minutes(meeting: Meeting, person: Person) -> Sequence[Minuted]:
    """The minutes of a meeting, item by item."""
    texts = dict(Minute.objects.filter(item__meeting=meeting).values_list("item", "text"))
    taken: dict[int, list[Decision]] = {}
    found = Decision.objects.filter(item__meeting=meeting).select_related("group").order_by("number")
    for decision in found.prefetch_related("positions__organisation"):
        taken.setdefault(decision.item_id, []).append(decision)
    return [
        Minuted(one.item, True, texts.get(one.item.pk, ""), taken.get(one.item.pk, []))
        if one.words
        else Minuted(one.item, False, "", [])
        for one in agenda(meeting, person)
    ]


@dataclass(frozen=True)
class Entered:
    """A decision as the register shows it to somebody."""

    decision: Decision
    words: bool


def decisions_of(group: Group, person: Person) -> Sequence[Entered]:
    """Every decision of a group, the newest first; of confidential ones some see the number alone."""
    found = Decision.objects.filter(group=group).select_related("group", "item__meeting__group")
    return [Entered(each, bool(may_see(person, each.item))) for each in found.order_by("-year", "-number")]
