"""Roles in a group and those who stand in: given, named and ended from the group's page."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, rules
from goldthread.partners.forms import DeputyForm, Ending, GroupRoleForm
from goldthread.partners.models import Deputy, Group, Holding
from goldthread.partners.submitting import status, submitted


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def given(request: HttpRequest, slug: str) -> HttpResponse:
    """Give somebody a role in this group."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_give_role(request.person, group).hold()  # type: ignore[attr-defined]
    form = GroupRoleForm(request.POST or None, group=group)
    made = submitted(
        request,
        form,
        lambda: actions.give_role(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("%(holding)s.") % {"holding": made})
        return redirect("group", slug=slug)
    told = {"form": form, "title": _("Give a role in this group"), "caption": group.name, "button": _("Give the role")}
    return render(request, "web/form.html", {**told, "back": reverse("group", args=[slug])}, status=status(form))


@page(needs=Permission.MANAGE_PEOPLE, takes=FORM)
def ended(request: HttpRequest, holding: int) -> HttpResponse:
    """End a role, in a group or across the partnership."""
    held = get_object_or_404(Holding.objects.select_related("group", "person"), pk=holding)
    rules.may_end_role(request.person, held).hold()  # type: ignore[attr-defined]
    form = Ending(request.POST or None, starts_on=held.starts_on)
    made = submitted(
        request,
        form,
        lambda: actions.end_role(by=request.person, holding=held, on=form.cleaned_data["on"]),  # type: ignore[attr-defined]
    )
    back = _page_of(held)
    if made:
        messages.success(request, _("The role has ended: %(holding)s.") % {"holding": made})
        return redirect(back)
    told = {"form": form, "title": _("End a role"), "caption": held, "button": _("End the role"), "back": back}
    lead = _("The role is held until the end of this day. That it was held stays.")
    return render(request, "web/form.html", {**told, "lead": lead}, status=status(form))


@page(needs=Permission.SEE_PARTNERSHIP, takes=FORM)
def deputy_named(request: HttpRequest, holding: int) -> HttpResponse:
    """Name somebody who stands in for a holder of a role in a group."""
    held = get_object_or_404(Holding.objects.select_related("group", "person"), pk=holding)
    rules.may_name_deputy(request.person, held).hold()  # type: ignore[attr-defined]
    form = DeputyForm(request.POST or None, holding=held)
    made = submitted(
        request,
        form,
        lambda: actions.name_deputy(by=request.person, holding=held, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    back = _page_of(held)
    if made:
        messages.success(request, _("%(deputy)s.") % {"deputy": made})
        return redirect(back)
    told = {"form": form, "title": _("Name a deputy"), "caption": held, "button": _("Name the deputy"), "back": back}
    lead = _("A deputy stands in with the same powers, and counts for the organisation that they stand in for.")
    return render(request, "web/form.html", {**told, "lead": lead}, status=status(form))


@page(needs=Permission.SEE_PARTNERSHIP, takes=FORM)
def deputy_ended(request: HttpRequest, deputy: int) -> HttpResponse:
    """End a deputy's term."""
    one = get_object_or_404(Deputy.objects.select_related("person", "holding__group", "holding__person"), pk=deputy)
    rules.may_end_deputy(request.person, one).hold()  # type: ignore[attr-defined]
    form = Ending(request.POST or None, starts_on=one.starts_on)
    made = submitted(
        request,
        form,
        lambda: actions.end_deputy(by=request.person, deputy=one, on=form.cleaned_data["on"]),  # type: ignore[attr-defined]
    )
    back = _page_of(one.holding)
    if made:
        messages.success(request, _("%(person)s no longer stands in.") % {"person": made.person})
        return redirect(back)
    told = {"form": form, "title": _("End a deputy’s term"), "caption": one, "button": _("End the term"), "back": back}
    return render(request, "web/form.html", told, status=status(form))


def _page_of(held: Holding) -> str:
    """Where a role is shown: its group, or the person who holds it across the partnership."""
    return reverse("group", args=[held.group.slug]) if held.group else reverse("person", args=[held.person_id])
