"""Pages of meetings: each translates a request to one action, or to a question or two."""

from goldthread.meetings.views import agenda, calendar, following, meetings, minutes

__all__ = ["agenda", "calendar", "following", "meetings", "minutes"]
