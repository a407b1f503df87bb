"""The record, in sentences."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldthread.access.pages import page
from goldthread.access.permissions import Permission
from goldthread.audit.models import Entry
from goldthread.audit.queries import history

PER_PAGE = 50


@page(needs=Permission.READ_HISTORY)
def listed(request: HttpRequest) -> HttpResponse:
    """Everything that happened, the newest first."""
    shown = Paginator(Entry.objects.order_by("-sequence"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/history.html", {"entries": shown})


@page(needs=Permission.READ_HISTORY)
def of(request: HttpRequest, label: str) -> HttpResponse:
    """Everything that happened to one thing, such as group:12."""
    shown = Paginator(history(label), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "partners/history.html", {"entries": shown, "label": label})
