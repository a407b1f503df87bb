"""Calendars of a group's or a person's meetings, for other programs to read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from goldthread.access.pages import ANYBODY, page
from goldthread.meetings import queries
from goldthread.meetings.calendar import whose, written
from goldthread.partners.models import Group


@page(needs=ANYBODY)
def feed(request: HttpRequest, feed: str) -> HttpResponse:
    """The meetings of whoever this secret address belongs to; a calendar program cannot sign in."""
    owner = whose(feed)
    if owner is None:
        raise Http404
    meetings = queries.meetings_of(owner) if isinstance(owner, Group) else queries.meetings_for(owner)
    made = HttpResponse(written(str(owner), meetings, timezone.now()), content_type="text/calendar; charset=utf-8")
    made.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    made.headers["Cache-Control"] = "private, no-cache"
    return made
