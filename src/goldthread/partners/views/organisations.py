"""Organisations, by what kind of body the law says they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.audit.queries import history
from goldthread.partners import actions, queries, rules
from goldthread.partners.forms import NomineeForm, OrganisationChanges, OrganisationForm
from goldthread.partners.models import Organisation
from goldthread.partners.submitting import status, submitted

SHOWN = ("name", "short_name", "kind", "why_absent", "joined_on", "left_on", "version")


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """Every organisation, and what the law asks of the membership that is not there, each with where to mend it."""
    person = request.person  # type: ignore[attr-defined]
    lacking = [(one, rules.may_mend(person, one.organisation, one.mended_on)) for one in queries.lacking()]
    return render(
        request,
        "partners/organisations.html",
        {
            "organisations": queries.organisations(),
            "left": queries.organisations_that_left(),
            "lacking": lacking,
            "may_keep": rules.may_keep_organisations(person),
        },
    )


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest, organisation: int) -> HttpResponse:
    """An organisation: what kind of body it is, its people, and who shares its information and did before."""
    shown = get_object_or_404(Organisation, pk=organisation)
    person = request.person  # type: ignore[attr-defined]
    return render(
        request,
        "partners/organisation.html",
        {
            "shown": shown,
            "people": queries.people().filter(organisation=shown),
            "nominations": shown.nominations.select_related("person").order_by("-starts_on"),
            "lacking": [each for each in queries.lacking() if each.organisation == shown],
            "may_keep": rules.may_keep_organisations(person),
            "may_nominate": rules.may_nominate(person, shown),
            "history": history(shown.label)[:10] if person.may(Permission.READ_HISTORY) else None,
        },
    )


@page(needs=Permission.MANAGE_ORGANISATIONS, takes=FORM)
def added(request: HttpRequest) -> HttpResponse:
    """Add a body to the partnership."""
    form = OrganisationForm(request.POST or None)
    made = submitted(request, form, lambda: actions.add_organisation(by=request.person, **form.cleaned_data))  # type: ignore[attr-defined]
    if made:
        messages.success(request, _("%(organisation)s is added. Now add its people.") % {"organisation": made})
        return redirect("organisation", made.pk)
    told = {"form": form, "title": _("Add an organisation"), "button": _("Add"), "back": reverse("organisations")}
    return render(request, "web/form.html", told, status=status(form))


@page(needs=Permission.MANAGE_ORGANISATIONS, takes=FORM)
def changed(request: HttpRequest, organisation: int) -> HttpResponse:
    """Change what is known of a body, why nobody sits for it, or when it left."""
    shown = get_object_or_404(Organisation, pk=organisation)
    was = {name: getattr(shown, name) for name in SHOWN}
    form = OrganisationChanges(request.POST or None, initial=was)
    made = submitted(
        request,
        form,
        lambda: actions.change_organisation(by=request.person, organisation=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Changed."))
        return redirect("organisation", organisation)
    told = {"form": form, "title": _("Change an organisation"), "caption": was["name"], "button": _("Save")}
    return render(
        request, "web/form.html", {**told, "back": reverse("organisation", args=[organisation])}, status=status(form)
    )


@page(needs=Permission.SEE_PARTNERSHIP, takes=FORM)
def nominated(request: HttpRequest, organisation: int) -> HttpResponse:
    """Nominate the person who facilitates the sharing of a responsible authority's information."""
    shown = get_object_or_404(Organisation, pk=organisation)
    rules.may_nominate(request.person, shown).hold()  # type: ignore[attr-defined]
    form = NomineeForm(request.POST or None, organisation=shown)
    made = submitted(
        request,
        form,
        lambda: actions.nominate(by=request.person, organisation=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("%(person)s is nominated.") % {"person": made.person})
        return redirect("organisation", organisation)
    title = _("Nominate who shares its information")
    lead = _("One person for each responsible authority. Whoever was nominated before ends the day before.")
    told = {"form": form, "title": title, "caption": shown.name, "lead": lead, "button": _("Nominate")}
    return render(
        request, "web/form.html", {**told, "back": reverse("organisation", args=[organisation])}, status=status(form)
    )
