"""The partnership's looks, as files that every page asks for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control

from goldthread.access.pages import ANYBODY, page
from goldthread.partners import queries
from goldthread.partners.models import Partnership

NO_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="{colour}"/>'
    '<path d="M4 22C10 8 22 24 28 10" fill="none" stroke="{accent}" stroke-width="4" stroke-linecap="round"/></svg>'
)


@page(needs=ANYBODY)
@cache_control(max_age=3600, public=True)
def colours(request: HttpRequest) -> HttpResponse:
    """The two colours, for the style sheet."""
    one = queries.partnership() or Partnership()
    text = f":root {{ --gt-colour: {one.colour}; --gt-accent: {one.accent}; }}\n"
    return HttpResponse(text, content_type="text/css")


@page(needs=ANYBODY)
@cache_control(max_age=3600, public=True)
def mark(request: HttpRequest) -> HttpResponse:
    """The logo, or a mark in the partnership's colours; nothing in it can run."""
    one = queries.partnership() or Partnership()
    drawn = one.logo or NO_LOGO.format(colour=one.colour, accent=one.accent)
    made = HttpResponse(drawn, content_type="image/svg+xml")
    made.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return made
