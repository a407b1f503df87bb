"""Adding, changing and closing people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from goldthread.audit.recording import Actor, action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Account, Person
from goldthread.partners.rules import may_close, may_keep_people


@action(EVENTS["person:added"])
def add_person(*, by: Actor, at: datetime, **fields: Any) -> Person:
    """Add somebody who works in the partnership; to sign in they are invited besides."""
    if isinstance(by, Person):
        may_keep_people(by).hold()
    note(organisation=fields["organisation"])
    return change(Person(), fields)


@action(EVENTS["person:changed"])
def change_person(*, by: Person, at: datetime, person: Person, version: int | None = None, **fields: Any) -> Person:
    """Change what is known of a person."""
    if by.pk != person.pk or set(fields) - {"telephone", "language", "post"}:
        may_keep_people(by).hold()
    changed = change(person, fields, version)
    if changed.account and changed.account.email != changed.email:
        _move(changed.account, changed.email)
    return changed


def _move(account: Account, address: str) -> None:
    """Let somebody sign in at their new address, and nobody any more at the old one."""
    EmailAddress.objects.filter(user=account).delete()
    account.email = address
    account.save()


@action(EVENTS["person:closed"])
def close_person(*, by: Person, at: datetime, person: Person, why: str) -> Person:
    """Close an account: roles and deputies end today, nobody is signed in as them any more, and their past stays."""
    may_close(by, person).hold()
    today = timezone.localdate(at)
    for held in [*person.holdings.filter(ends_on__isnull=True), *person.deputises.filter(ends_on__isnull=True)]:
        held.ends_on = max(today, held.starts_on)
        held.save()
    if person.account:
        person.account.is_active = False
        person.account.save()
    note(why=why)
    return change(person, {"closed_at": at, "closed_by": by.name})
