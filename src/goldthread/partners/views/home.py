"""Search, what is known of oneself, and how accessible the site is."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.access.pages import ANYBODY, SIGNED_IN, page
from goldthread.access.permissions import Permission
from goldthread.partners import queries


@page(needs=SIGNED_IN)
def account(request: HttpRequest) -> HttpResponse:
    """What is known of oneself, and how one signs in."""
    return render(request, "partners/account.html")


@page(needs=Permission.SEE_PARTNERSHIP)
def search(request: HttpRequest) -> HttpResponse:
    """People and groups whose name or post has the words that were typed."""
    words = request.GET.get("q", "").strip()
    found = queries.search(words) if words else None
    return render(request, "partners/search.html", {"q": words, "found": found})


@page(needs=ANYBODY)
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and whom to tell when it is not."""
    return render(request, "partners/accessibility.html")
