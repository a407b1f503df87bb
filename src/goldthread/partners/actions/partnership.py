"""Setting the partnership up, and changing its name, vision and looks."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from goldthread.audit.recording import Actor, action
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Partnership, Person
from goldthread.partners.rules import may_change_partnership


@action(EVENTS["partnership:founded"])
def found(*, by: Actor, at: datetime, **fields: Any) -> Partnership:
    """Set up the partnership; done from the machine, before anybody can sign in."""
    return change(Partnership(pk=1), fields)


@action(EVENTS["partnership:changed"])
def change_partnership(
    *, by: Person, at: datetime, partnership: Partnership, version: int | None = None, **fields: Any
) -> Partnership:
    """Change the partnership's name, area, vision, mission, colours or logo."""
    may_change_partnership(by).hold()
    return change(partnership, fields, version)
