"""People of the partnership."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, queries, rules
from goldthread.partners.forms import ClosingForm, PersonChanges, PersonForm, RoleForm
from goldthread.partners.models import Person
from goldthread.partners.submitting import status, submitted


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """Everybody who works in the partnership today."""
    may_keep = rules.may_keep_people(request.person)  # type: ignore[attr-defined]
    return render(request, "partners/people.html", {"people": queries.people(), "may_keep": may_keep})


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """A person: where they work, and every role they hold or held."""
    shown = get_object_or_404(Person.objects.select_related("organisation"), pk=pk)
    person = request.person  # type: ignore[attr-defined]
    return render(
        request,
        "partners/person.html",
        {
            "shown": shown,
            "holdings": shown.holdings.select_related("group").order_by("-starts_on"),
            "may_keep": rules.may_keep_people(person),
            "may_invite": rules.may_invite(person, shown),
            "may_close": rules.may_close(person, shown),
        },
    )


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def added(request: HttpRequest) -> HttpResponse:
    """Add somebody."""
    form = PersonForm(request.POST or None)
    made = submitted(request, form, lambda: actions.add_person(by=request.person, **form.cleaned_data))  # type: ignore[attr-defined]
    if made:
        messages.success(request, _("%(person)s is added. Give them a role, and invite them.") % {"person": made})
        return redirect("person", pk=made.pk)
    told = {"form": form, "title": _("Add a person"), "button": _("Add"), "back": reverse("people")}
    return render(request, "web/form.html", told, status=status(form))


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def changed(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of somebody."""
    shown = get_object_or_404(Person, pk=pk)
    was = {n: getattr(shown, n) for n in ("name", "email", "organisation", "post", "telephone", "version")}
    form = PersonChanges(request.POST or None, initial=was)
    made = submitted(
        request,
        form,
        lambda: actions.change_person(by=request.person, person=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Changed."))
        return redirect("person", pk=pk)
    told = {"form": form, "title": _("Change %(person)s") % {"person": shown}, "button": _("Save")}
    return render(request, "web/form.html", {**told, "back": reverse("person", args=[pk])}, status=status(form))


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def role_given(request: HttpRequest, pk: int) -> HttpResponse:
    """Give somebody a role."""
    shown = get_object_or_404(Person, pk=pk)
    form = RoleForm(request.POST or None)
    made = submitted(
        request,
        form,
        lambda: actions.give_role(by=request.person, person=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("%(holding)s.") % {"holding": made})
        return redirect("person", pk=pk)
    told = {"form": form, "title": _("Give a role"), "caption": shown.name, "button": _("Give the role")}
    return render(request, "web/form.html", {**told, "back": reverse("person", args=[pk])}, status=status(form))


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def closed(request: HttpRequest, pk: int) -> HttpResponse:
    """Close somebody's account."""
    shown = get_object_or_404(Person, pk=pk)
    rules.may_close(request.person, shown).hold()  # type: ignore[attr-defined]
    form = ClosingForm(request.POST or None)
    made = submitted(
        request,
        form,
        lambda: actions.close_person(by=request.person, person=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(
            request, _("The account of %(person)s is closed, and their roles have ended.") % {"person": made}
        )
        return redirect("person", pk=pk)
    told = {"form": form, "title": _("Close the account"), "caption": shown.name, "button": _("Close the account")}
    lead = _("They are signed out, can no longer sign in, and their roles end today. What they did stays.")
    back = reverse("person", args=[pk])
    return render(request, "web/form.html", {**told, "lead": lead, "back": back}, status=status(form))
