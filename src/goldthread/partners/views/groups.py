"""Groups, the structure they make, and one group with its members and terms."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.access.rulings import Ruling
from goldthread.audit.queries import history
from goldthread.partners import actions, queries, rules
from goldthread.partners.forms import GroupChanges, GroupClosing, GroupForm
from goldthread.partners.models import Deputy, Group, Holding, Person
from goldthread.partners.structure import drawn
from goldthread.partners.submitting import status, submitted

SHOWN = ("name", "accountable_to", "purpose", "to_end_on", "strategy_group", "version")


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """The structure, as a drawing and as a list, and groups that closed."""
    branches = queries.tree()
    return render(
        request,
        "partners/groups.html",
        {
            "branches": [pair for branch in branches for pair in branch.walk()],
            "closed": queries.groups(closed=True),
            "drawing": drawn(branches),
            "may_open": rules.may_open_group(request.person),  # type: ignore[attr-defined]
        },
    )


@page(needs=Permission.SEE_PARTNERSHIP)
def chart(request: HttpRequest) -> HttpResponse:
    """The structure as an SVG file to keep."""
    made = HttpResponse(drawn(queries.tree(), alone=True), content_type="image/svg+xml")
    made.headers["Content-Disposition"] = 'attachment; filename="structure.svg"'
    made.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return made


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """A group: who holds which role on a day (today, unless another is asked for), its terms and its history."""
    group = get_object_or_404(Group.objects.select_related("accountable_to"), slug=slug)
    person = request.person  # type: ignore[attr-defined]
    day = parse_date(request.GET.get("on", "")) or timezone.localdate()
    reads = person.may(Permission.READ_HISTORY)
    return render(
        request,
        "partners/group.html",
        {
            "group": group,
            "day": day,
            "roles": [_held(person, held) for held in queries.roles_on(group, day)],
            "terms": queries.terms_in_force(group),
            "may_write_terms": rules.may_write_terms(person, group),
            "below": group.answers_here.filter(closed_on__isnull=True),
            "may_change": rules.may_change_group(person, group),
            "may_close": rules.may_close_group(person, group),
            "may_give": rules.may_give_role(person, group),
            "history": history(group.label)[:10] if reads else None,
        },
    )


@dataclass(frozen=True)
class Held:
    """A role as the group's page shows it, with what this person may do about it."""

    holding: Holding
    deputies: list[tuple[Deputy, Ruling]]
    may_end: Ruling
    may_name_deputy: Ruling


def _held(person: Person, holding: Holding) -> Held:
    deputies = [(d, rules.may_end_deputy(person, d)) for d in holding.standing_in]
    return Held(holding, deputies, rules.may_end_role(person, holding), rules.may_name_deputy(person, holding))


@page(needs=Permission.MANAGE_GROUPS, takes=FORM)
def opened(request: HttpRequest) -> HttpResponse:
    """Open a group."""
    form = GroupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        group = actions.open_group(by=request.person, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("%(group)s is open. Now give people their roles in it.") % {"group": group})
        return redirect("group", slug=group.slug)
    return render(request, "partners/open-group.html", {"form": form}, status=400 if form.errors else 200)


@page(needs=Permission.MANAGE_GROUPS, takes=FORM)
def changed(request: HttpRequest, slug: str) -> HttpResponse:
    """Change what a group is called and for, whom it answers to, or when it is to end."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_change_group(request.person, group).hold()  # type: ignore[attr-defined]
    was = {name: getattr(group, name) for name in SHOWN}
    form = GroupChanges(request.POST or None, initial=was, group=group)
    made = submitted(
        request,
        form,
        lambda: actions.change_group(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Changed."))
        return redirect("group", slug=slug)
    told = {"form": form, "title": _("Change a group"), "caption": was["name"], "button": _("Save")}
    return render(request, "web/form.html", {**told, "back": reverse("group", args=[slug])}, status=status(form))


@page(needs=Permission.MANAGE_GROUPS, takes=FORM)
def closed(request: HttpRequest, slug: str) -> HttpResponse:
    """Close a group; a task-and-finish group with its report."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_close_group(request.person, group).hold()  # type: ignore[attr-defined]
    form = GroupClosing(request.POST or None, group=group)
    made = submitted(
        request,
        form,
        lambda: actions.close_group(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("%(group)s is closed.") % {"group": made})
        return redirect("group", slug=slug)
    told = {"form": form, "title": _("Close the group"), "caption": group.name, "button": _("Close the group")}
    lead = _("Every role in it ends that day. Its page, its past and its report stay.")
    back = reverse("group", args=[slug])
    return render(request, "web/form.html", {**told, "lead": lead, "back": back}, status=status(form))
