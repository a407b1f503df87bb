"""The agenda of a meeting, who was there, and the interests declared."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.access.rulings import first_no
from goldthread.meetings import actions, log, queries, rules
from goldthread.meetings.forms.agenda import AttendanceForm, DeclarationForm, ItemChanges, ItemForm
from goldthread.meetings.models import Meeting, Minute
from goldthread.meetings.quorum import quorum
from goldthread.meetings.views.answering import answered


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def added(request: HttpRequest, meeting: int) -> HttpResponse:
    """Put an item on the agenda."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    rules.may_build(request.person, shown).hold()  # type: ignore[attr-defined]
    form = ItemForm(request.POST or None)
    return answered(
        request,
        form,
        lambda: actions.add_item(by=request.person, meeting=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meeting", args=[meeting]),
        done=lambda made: _("The item is on the agenda."),
        words={"title": _("Add an item"), "caption": str(shown), "button": _("Add the item")},
    )


@page(needs=Permission.SEE_MEETINGS)
def one(request: HttpRequest, item: int) -> HttpResponse:
    """An item: what it is about, and the interests declared at it."""
    shown = get_object_or_404(queries.item(item))
    person = request.person  # type: ignore[attr-defined]
    rules.may_see(person, shown).hold()
    told = {
        "item": shown,
        "declarations": shown.declarations.select_related("person__organisation"),
        "minute": Minute.objects.filter(item=shown).first(),
        "decisions": queries.decisions_at(shown),
        "actions": log.all_actions().filter(item=shown),
        "may_raise": log.may_raise(person, shown.meeting.group, item=shown),
        "may_write": rules.may_write(person, shown),
        "may_decide": rules.may_decide(person, shown),
        "may_state": first_no(rules.still_draft(shown.meeting), person.may(Permission.TAKE_PART, shown.meeting.group)),
        "may_change": rules.may_change_item(person, shown),
        "may_declare": rules.may_declare(person, shown),
    }
    return render(request, "meetings/item.html", told)


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def changed(request: HttpRequest, item: int) -> HttpResponse:
    """Change an item."""
    shown = get_object_or_404(queries.item(item))
    rules.may_change_item(request.person, shown).hold()  # type: ignore[attr-defined]
    names = ("title", "about", "lead", "number", "confidential", "version")
    form = ItemChanges(request.POST or None, initial={name: getattr(shown, name) for name in names})
    return answered(
        request,
        form,
        lambda: actions.change_item(by=request.person, item=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("item", args=[item]),
        done=lambda made: _("The item is changed."),
        words={"title": _("Change the item"), "caption": str(shown), "button": _("Save")},
    )


@page(needs=Permission.WRITE_MINUTES, takes=FORM)
def attended(request: HttpRequest, meeting: int) -> HttpResponse:
    """Record who was at a meeting."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    rules.may_record_attendance(request.person, shown).hold()  # type: ignore[attr-defined]
    there = list(shown.attendances.filter(present=True).values_list("person", flat=True))
    form = AttendanceForm(request.POST or None, meeting=shown, initial={"present": there})
    if request.method == "POST" and not request.POST:
        form = AttendanceForm({}, meeting=shown)
    return answered(
        request,
        form,
        lambda: actions.record_attendance(by=request.person, meeting=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meeting", args=[meeting]),
        done=lambda made: quorum(made).sentence,
        words={
            "title": _("Who was there"),
            "caption": str(shown),
            "lead": _("Those who held a role in the group on the day, and their named deputies."),
            "button": _("Save"),
        },
    )


@page(needs=Permission.TAKE_PART, takes=FORM)
def declared(request: HttpRequest, item: int) -> HttpResponse:
    """Declare an interest in an item."""
    shown = get_object_or_404(queries.item(item))
    person = request.person  # type: ignore[attr-defined]
    rules.may_declare(person, shown).hold()
    others = bool(person.may(Permission.WRITE_MINUTES, shown.meeting.group))
    form = DeclarationForm(request.POST or None, item=shown, by=person, others=others)
    return answered(
        request,
        form,
        lambda: actions.declare(by=person, item=shown, **form.cleaned_data),
        back=reverse("item", args=[item]),
        done=lambda made: _("The interest is recorded."),
        words={"title": _("Declare an interest"), "caption": str(shown), "button": _("Declare it")},
    )
