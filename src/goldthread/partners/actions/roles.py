"""Giving and ending roles, and naming deputies."""

from __future__ import annotations

from datetime import date, datetime

from goldthread.audit.recording import Actor, action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Deputy, Group, Holding, Person
from goldthread.partners.rules import may_end_deputy, may_end_role, may_give_role, may_name_deputy


@action(EVENTS["role:given"])
def give_role(
    *, by: Actor, at: datetime, person: Person, role: str, starts_on: date, group: Group | None = None
) -> Holding:
    """Give a person a role, in a group or across the partnership, from a day."""
    if isinstance(by, Person):
        may_give_role(by, group).hold()
    note(person.label, *([group.label] if group else []), start=starts_on.strftime("%-d %B %Y"))
    return change(Holding(), {"person": person, "role": role, "group": group, "starts_on": starts_on})


@action(EVENTS["role:ended"])
def end_role(*, by: Person, at: datetime, holding: Holding, on: date) -> Holding:
    """End a role: the day given is the last on which it is held."""
    may_end_role(by, holding).hold()
    note(holding.person.label, *([holding.group.label] if holding.group else []), end=on.strftime("%-d %B %Y"))
    return change(holding, {"ends_on": on})


@action(EVENTS["deputy:named"])
def name_deputy(*, by: Person, at: datetime, holding: Holding, person: Person, starts_on: date) -> Deputy:
    """Name somebody who stands in for a holder of a role in a group."""
    may_name_deputy(by, holding).hold()
    note(person.label, holding.person.label, *([holding.group.label] if holding.group else []))
    return change(Deputy(), {"holding": holding, "person": person, "starts_on": starts_on})


@action(EVENTS["deputy:ended"])
def end_deputy(*, by: Person, at: datetime, deputy: Deputy, on: date) -> Deputy:
    """End a deputy's term: the day given is the last on which they stand in."""
    may_end_deputy(by, deputy).hold()
    note(deputy.person.label, deputy.holding.person.label)
    return change(deputy, {"ends_on": on})
