"""Building the agenda, and declaring an interest in an item of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goldthread.audit.recording import action, note
from goldthread.meetings.events import EVENTS
from goldthread.meetings.models import AgendaItem, Declaration, Meeting, Standing
from goldthread.meetings.rules import may_build, may_change_item, may_declare
from goldthread.partners.actions.changing import change
from goldthread.partners.models import Person

BEYOND = 10_000  # where items wait while others take their numbers


@action(EVENTS["item:added"])
def add_item(*, by: Person, at: datetime, meeting: Meeting, number: int | None = None, **fields: Any) -> AgendaItem:
    """Put an item on the agenda, before any other business unless it is told where."""
    may_build(by, meeting).hold()
    there = list(meeting.agenda.order_by("number"))
    last = [i.number for i in there if i.standing == Standing.OTHER_BUSINESS]
    item = change(AgendaItem(meeting=meeting, number=len(there) + 1), fields)
    _placed(item, number or (last[0] if last else len(there) + 1))
    note(meeting.label)
    return item


@action(EVENTS["item:changed"])
def change_item(
    *, by: Person, at: datetime, item: AgendaItem, version: int | None = None, number: int | None = None, **fields: Any
) -> AgendaItem:
    """Change an item’s words, lead, confidence or place; the others make room."""
    may_change_item(by, item).hold()
    change(item, fields, version)
    if number:
        _placed(item, number)
    note(item.meeting.label)
    return item


@action(EVENTS["interest:declared"])
def declare(
    *, by: Person, at: datetime, item: AgendaItem, person: Person, interest: str, withdrew: bool
) -> Declaration:
    """Record an interest that somebody has in an item, and whether they withdrew from it."""
    may_declare(by, item, person).hold()
    note(item.label, item.meeting.label, how="withdrew" if withdrew else "stayed, and it was noted")
    return change(Declaration(), {"item": item, "person": person, "interest": interest, "withdrew": withdrew})


def lay_standing_items(meeting: Meeting) -> None:
    """The items that every agenda has, in their order; called by the actions that plan a meeting."""
    for number, (name, title) in enumerate(Standing.choices, start=1):
        change(AgendaItem(meeting=meeting, number=number, standing=name), {"title": str(title)})


def _placed(item: AgendaItem, number: int) -> None:
    """Give an item its place, and the others theirs, so that numbers run from one without a gap."""
    order = [each for each in item.meeting.agenda.order_by("number") if each.pk != item.pk]
    order.insert(max(number, 1) - 1, item)
    wrong = [(place, each) for place, each in enumerate(order, start=1) if each.number != place]
    for place, each in wrong:
        change(each, {"number": BEYOND + place})
    for place, each in wrong:
        change(each, {"number": place})
