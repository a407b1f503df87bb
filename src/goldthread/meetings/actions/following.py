"""Raising actions, saying that they are done, and closing them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format

from goldthread.audit.recording import action, note
from goldthread.meetings.events import EVENTS
from goldthread.meetings.log import may_close, may_raise, may_say_done
from goldthread.meetings.models import Action, AgendaItem
from goldthread.partners.actions.changing import change
from goldthread.partners.models import Group, Person


@action(EVENTS["action:raised"])
def raise_action(
    *, by: Person, at: datetime, group: Group, owner: Person, what: str, due_on: date, item: AgendaItem | None = None
) -> Action:
    """Raise an action for a group, at an item of its meeting or anywhere; its agency is the owner's organisation."""
    may_raise(by, group, owner, item).hold()
    note(owner.label, group.label, *([item.label, item.meeting.label] if item else []))
    note(owner=owner, due=date_format(due_on, "j F Y"))
    fields = {"owner": owner, "agency": owner.organisation, "what": what, "due_on": due_on, "item": item}
    return change(Action(group=group), fields)


@action(EVENTS["action:said-done"])
def say_done(*, by: Person, at: datetime, action: Action, evidence: str, version: int | None = None) -> Action:
    """Say that an action is done, with the evidence; it stays open until it is closed."""
    may_say_done(by, action).hold()
    note(action.group.label)
    return change(action, {"evidence": evidence, "said_done_at": at, "said_done_by": by.name}, version)


@action(EVENTS["action:closed"])
def close_action(*, by: Person, at: datetime, action: Action, state: str, version: int | None = None) -> Action:
    """Close an action as done or dropped."""
    may_close(by, action).hold()
    note(action.group.label, action.owner.label, state=state)
    return change(action, {"state": state, "closed_at": at, "closed_by": by.name}, version)
