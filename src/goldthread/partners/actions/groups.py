"""Opening, changing and closing groups."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.text import slugify

from goldthread.audit.recording import action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Group, Person
from goldthread.partners.rules import may_change_group, may_close_group, may_open_group


@action(EVENTS["group:opened"])
def open_group(*, by: Person, at: datetime, **fields: Any) -> Group:
    """Open a group: what it is for, and whom it answers to."""
    may_open_group(by).hold()
    above = fields.get("accountable_to")
    note(*([above.label] if above else []), above=above or "nobody: it is the board")
    return change(Group(slug=slugify(fields["name"])[:60]), fields)


@action(EVENTS["group:changed"])
def change_group(*, by: Person, at: datetime, group: Group, version: int | None = None, **fields: Any) -> Group:
    """Change a group's name, purpose, end or whom it answers to; its address stays."""
    may_change_group(by, group).hold()
    return change(group, fields, version)


@action(EVENTS["group:closed"])
def close_group(*, by: Person, at: datetime, group: Group, on: date, report: str = "") -> Group:
    """Close a group, a task-and-finish group with its report; every role in it ends that day."""
    may_close_group(by, group).hold()
    for held in group.holdings.filter(ends_on__isnull=True):
        held.ends_on = max(on, held.starts_on)
        held.save()
    return change(group, {"closed_on": on, "closing_report": report})
