"""The constitution that is in force."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.access.pages import page
from goldthread.access.permissions import Permission
from goldthread.partners import queries, rules


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest) -> HttpResponse:
    """Vision, mission and the articles in force."""
    return render(
        request,
        "partners/constitution.html",
        {
            "constitution": queries.constitution_in_force(),
            "may_write": rules.may_write_constitution(request.person),  # type: ignore[attr-defined]
        },
    )
