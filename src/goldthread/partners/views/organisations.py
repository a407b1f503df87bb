"""Organisations, by what kind of body the law says they are."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.access.pages import page
from goldthread.access.permissions import Permission
from goldthread.partners import queries


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """Every organisation, and what the law asks of the membership that is not there."""
    return render(
        request,
        "partners/organisations.html",
        {"organisations": queries.organisations(), "lacking": queries.lacking()},
    )
