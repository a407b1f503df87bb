"""People of the partnership."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from goldthread.access.pages import page
from goldthread.access.permissions import Permission
from goldthread.partners import queries
from goldthread.partners.models import Person


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who works in the partnership today."""
    return render(request, "partners/people.html", {"people": queries.people()})


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: where they work, and every role they hold or held."""
    shown = get_object_or_404(Person.objects.select_related("organisation"), pk=pk)
    return render(
        request,
        "partners/person.html",
        {"shown": shown, "holdings": shown.holdings.select_related("group").order_by("-starts_on")},
    )
