"""Adding and changing organisations, and who shares their information."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from goldthread.audit.recording import Actor, action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Nomination, Organisation, Person
from goldthread.partners.rules import may_keep_organisations, may_nominate


@action(EVENTS["organisation:added"])
def add_organisation(*, by: Actor, at: datetime, **fields: Any) -> Organisation:
    """Add a body to the partnership."""
    if isinstance(by, Person):
        may_keep_organisations(by).hold()
    return change(Organisation(), fields)


@action(EVENTS["organisation:changed"])
def change_organisation(
    *, by: Person, at: datetime, organisation: Organisation, version: int | None = None, **fields: Any
) -> Organisation:
    """Change what is known of a body; a date of leaving ends its part in the partnership."""
    may_keep_organisations(by).hold()
    return change(organisation, fields, version)


@action(EVENTS["nominee:named"])
def nominate(*, by: Person, at: datetime, organisation: Organisation, person: Person, starts_on: date) -> Nomination:
    """Nominate the person who facilitates a responsible authority's sharing; the one before ends the day before."""
    may_nominate(by, organisation).hold()
    for before in organisation.nominations.filter(ends_on__isnull=True):
        before.ends_on = starts_on - timedelta(days=1)
        before.save()
    note(organisation.label, person.label)
    return change(Nomination(), {"organisation": organisation, "person": person, "starts_on": starts_on})
