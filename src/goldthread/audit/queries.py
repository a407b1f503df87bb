"""A thing's history, in sentences."""

from __future__ import annotations

from django.db.models import QuerySet

from goldthread.audit.models import Entry, Mention


def history(label: str) -> QuerySet[Entry]:
    """Everything that happened to a thing or was done by an actor, the newest first."""
    mentioned = Mention.objects.filter(thing=label).values("sequence")
    return Entry.objects.filter(sequence__in=mentioned).order_by("-sequence")
