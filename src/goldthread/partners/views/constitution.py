"""The constitution: what holds, its versions, writing the next, and recording that one was adopted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.partners import actions, queries, rules
from goldthread.partners.articles import joined
from goldthread.partners.forms import AdoptionForm, ConstitutionForm
from goldthread.partners.models import Constitution
from goldthread.partners.submitting import status, submitted


@page(needs=Permission.SEE_PARTNERSHIP)
def one(request: HttpRequest) -> HttpResponse:
    """Vision, mission and the articles in force."""
    may_write = rules.may_write_constitution(request.person)  # type: ignore[attr-defined]
    may_change = rules.may_change_partnership(request.person)  # type: ignore[attr-defined]
    told = {"constitution": queries.constitution_in_force(), "may_write": may_write, "may_change": may_change}
    return render(request, "partners/constitution.html", told)


@page(needs=Permission.SEE_PARTNERSHIP)
def versions(request: HttpRequest) -> HttpResponse:
    """Every version of the constitution, the newest first."""
    may_write = rules.may_write_constitution(request.person)  # type: ignore[attr-defined]
    told = {"versions": Constitution.objects.order_by("-number"), "may_write": may_write}
    return render(request, "partners/constitution-versions.html", told)


@page(needs=Permission.SEE_PARTNERSHIP)
def version(request: HttpRequest, number: int) -> HttpResponse:
    """One version, adopted or not."""
    shown = get_object_or_404(Constitution.objects.prefetch_related("articles"), number=number)
    may_adopt = rules.may_adopt_constitution(request.person, shown)  # type: ignore[attr-defined]
    return render(request, "partners/constitution-version.html", {"constitution": shown, "may_adopt": may_adopt})


@page(needs=Permission.MANAGE_CONSTITUTION, takes=FORM)
def drafted(request: HttpRequest) -> HttpResponse:
    """Write the next version, beginning from what the newest says."""
    rules.may_write_constitution(request.person).hold()  # type: ignore[attr-defined]
    last = Constitution.objects.order_by("-number").first()
    was = {}
    if last:
        articles = joined(last.articles.values_list("title", "text"))
        was = {"articles": articles, "fallback": "\n".join(last.fallback), "overdue_days": last.overdue_days}
    form = ConstitutionForm(request.POST or None, initial=was, newest=last.number if last else 0)
    made = submitted(request, form, lambda: actions.draft_constitution(by=request.person, **form.cleaned_data))  # type: ignore[attr-defined]
    if made:
        messages.success(request, _("Version %(number)s is written. It holds once it is adopted.") % vars(made))
        return redirect("constitution-version", number=made.number)
    told = {"form": form, "title": _("Write the constitution"), "button": _("Save the version")}
    return render(request, "web/form.html", {**told, "back": reverse("constitution-versions")}, status=status(form))


@page(needs=Permission.MANAGE_CONSTITUTION, takes=FORM)
def adopted(request: HttpRequest, number: int) -> HttpResponse:
    """Record that a version was adopted, and by which decision."""
    shown = get_object_or_404(Constitution, number=number)
    rules.may_adopt_constitution(request.person, shown).hold()  # type: ignore[attr-defined]
    form = AdoptionForm(request.POST or None)
    made = submitted(
        request,
        form,
        lambda: actions.adopt_constitution(by=request.person, constitution=shown, **form.cleaned_data),  # type: ignore[attr-defined]
    )
    if made:
        messages.success(request, _("Version %(number)s is adopted, and holds.") % vars(made))
        return redirect("constitution")
    caption = _("Constitution, version %(number)s") % {"number": number}
    told = {"form": form, "title": _("Record that it was adopted"), "caption": caption, "button": _("Record it")}
    back = reverse("constitution-version", args=[number])
    return render(request, "web/form.html", {**told, "back": back}, status=status(form))
