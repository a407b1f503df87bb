"""Pages of meetings: each translates a request to one action, or to a question or two."""

from goldthread.meetings.views import calendar, meetings

__all__ = ["calendar", "meetings"]
