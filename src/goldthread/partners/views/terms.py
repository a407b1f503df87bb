"""A group's terms of reference: its versions, writing the next, and recording that one was adopted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, rules
from goldthread.partners.forms import AdoptionForm, TermsForm
from goldthread.partners.models import Group, TermsOfReference
from goldthread.partners.submitting import status, submitted

CARRIED = (
    *("purpose", "frequency", "quorum", "quorum_kinds", "inputs", "outputs", "delegated_limits", "reporting"),
    "review_on",
)


@page(needs=Permission.SEE_PARTNERSHIP)
def versions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every version of a group's terms of reference, the newest first."""
    group = get_object_or_404(Group, slug=slug)
    may_write = rules.may_write_terms(request.person, group)  # type: ignore[attr-defined]
    told = {"group": group, "versions": group.terms.order_by("-number"), "may_write": may_write}
    return render(request, "partners/terms.html", told)


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version, adopted or not."""
    terms = get_object_or_404(TermsOfReference.objects.select_related("group"), group__slug=slug, number=number)
    may_adopt = rules.may_adopt_terms(request.person, terms)  # type: ignore[attr-defined]
    told = {"group": terms.group, "terms": terms, "may_adopt": may_adopt}
    return render(request, "partners/terms-version.html", told)


@page(needs=Permission.MANAGE_GROUPS, takes=FORM)
def drafted(request: HttpRequest, slug: str) -> HttpResponse:
    """Write the next version, beginning from what the newest says."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_write_terms(request.person, group).hold()  # type: ignore[attr-defined]
    last = group.terms.order_by("-number").first()
    was = {name: getattr(last, name) for name in CARRIED} if last else {"purpose": group.purpose}
    form = TermsForm(request.POST or None, initial=was, newest=last.number if last else 0)
    made = submitted(
        request,
        form,
        lambda: actions.draft_terms(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Version %(number)s is written. It holds once it is adopted.") % vars(made))
        return redirect("terms-version", slug=slug, number=made.number)
    told = {
        "form": form,
        "title": _("Write terms of reference"),
        "caption": group.name,
        "button": _("Save the version"),
    }
    lead = _("Members, chair and deputies are not written here: they are the roles that are held in the group.")
    back = reverse("terms", args=[slug])
    return render(request, "web/form.html", {**told, "lead": lead, "back": back}, status=status(form))


@page(needs=Permission.MANAGE_GROUPS, takes=FORM)
def adopted(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Record that a version was adopted, and by which decision."""
    terms = get_object_or_404(TermsOfReference.objects.select_related("group"), group__slug=slug, number=number)
    rules.may_adopt_terms(request.person, terms).hold()  # type: ignore[attr-defined]
    form = AdoptionForm(request.POST or None)
    made = submitted(
        request,
        form,
        lambda: actions.adopt_terms(by=request.person, terms=terms, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Version %(number)s is adopted, and holds.") % vars(made))
        return redirect("group", slug=slug)
    told = {"form": form, "title": _("Record that it was adopted"), "caption": str(terms), "button": _("Record it")}
    back = reverse("terms-version", args=[slug, number])
    return render(request, "web/form.html", {**told, "back": back}, status=status(form))
