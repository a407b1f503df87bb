"""The partnership's name and looks: changing them, and the files of them that every page asks for."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from goldthread.access.pages import ANYBODY, FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, queries, rules
from goldthread.partners.forms import BrandForm
from goldthread.partners.models import Partnership
from goldthread.partners.submitting import status, submitted

SHOWN = ("name", "area", "vision", "mission", "colour", "accent", "version")

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


@page(needs=Permission.MANAGE_CONSTITUTION, takes=FORM)
def changed(request: HttpRequest) -> HttpResponse:
    """Change the name, area, vision, mission, colours or logo; every page follows."""
    shown = get_object_or_404(Partnership, pk=1)
    rules.may_change_partnership(request.person).hold()  # type: ignore[attr-defined]
    was = {name: getattr(shown, name) for name in SHOWN}
    form = BrandForm(request.POST or None, request.FILES or None, initial=was)
    if not shown.logo:
        del form.fields["without_logo"]
    made = submitted(
        request,
        form,
        lambda: actions.change_partnership(by=request.person, partnership=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Changed. Every page now looks so."))
        return redirect("constitution")
    told = {"form": form, "title": _("Name, vision and looks"), "button": _("Save")}
    return render(request, "web/form.html", {**told, "back": reverse("constitution")}, status=status(form))
