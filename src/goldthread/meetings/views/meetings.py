"""The forward plan, a group's meetings, and planning them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.meetings import actions, queries, rules
from goldthread.meetings.calendar import feed_of
from goldthread.meetings.forms.meetings import CancellingForm, CycleForm, MeetingForm, MovingForm
from goldthread.meetings.models import Meeting
from goldthread.meetings.quorum import quorum
from goldthread.meetings.views.answering import answered
from goldthread.partners.models import Group


@page(needs=Permission.SEE_PARTNERSHIP)
def listed(request: HttpRequest) -> HttpResponse:
    """The forward plan of all meetings, and the address of one's own calendar."""
    own = request.build_absolute_uri(reverse("calendar", args=[feed_of(request.person)]))  # type: ignore[attr-defined]
    return render(request, "meetings/plan.html", {"meetings": queries.forward_plan(), "calendar": own})


@page(needs=Permission.SEE_PARTNERSHIP)
def of_group(request: HttpRequest, slug: str) -> HttpResponse:
    """All meetings of a group, and the address of its calendar."""
    group = get_object_or_404(Group, slug=slug)
    told = {
        "group": group,
        "meetings": queries.meetings_of(group),
        "calendar": request.build_absolute_uri(reverse("calendar", args=[feed_of(group)])),
        "may_plan": rules.may_plan(request.person, group),  # type: ignore[attr-defined]
    }
    return render(request, "meetings/of-group.html", told)


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def cycle_set(request: HttpRequest, slug: str) -> HttpResponse:
    """Set how often a group meets, and make a year's meetings."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_plan(request.person, group).hold()  # type: ignore[attr-defined]
    form = CycleForm(request.POST or None)
    return answered(
        request,
        form,
        lambda: actions.set_cycle(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meetings-of", args=[slug]),
        done=lambda made: _("%(count)s meetings are planned.") % {"count": made.meetings.count()},
        words={
            "title": _("Plan a year of meetings"),
            "caption": group.name,
            "lead": _("They fall on the same weekday of the month as the first. Any of them can be moved afterwards."),
            "button": _("Plan the meetings"),
        },
    )


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def planned(request: HttpRequest, slug: str) -> HttpResponse:
    """Plan one meeting."""
    group = get_object_or_404(Group, slug=slug)
    rules.may_plan(request.person, group).hold()  # type: ignore[attr-defined]
    form = MeetingForm(request.POST or None)
    return answered(
        request,
        form,
        lambda: actions.plan_meeting(by=request.person, group=group, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meetings-of", args=[slug]),
        done=lambda made: _("The meeting is planned."),
        words={"title": _("Plan a meeting"), "caption": group.name, "button": _("Plan the meeting")},
    )


@page(needs=Permission.SEE_MEETINGS)
def one(request: HttpRequest, meeting: int) -> HttpResponse:
    """A meeting: when and where it is, its agenda as this person may see it, and who was there."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    person = request.person  # type: ignore[attr-defined]
    rules.may_read(person, shown).hold()
    told = {
        "meeting": shown,
        "agenda": queries.agenda(shown, person),
        "attendances": shown.attendances.filter(present=True).select_related("person", "organisation", "deputy_for"),
        "quorum": quorum(shown),
        "may_move": rules.may_move(person, shown),
        "may_build": rules.may_build(person, shown),
        "may_record": rules.may_record_attendance(person, shown),
    }
    return render(request, "meetings/meeting.html", told)


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def moved(request: HttpRequest, meeting: int) -> HttpResponse:
    """Move a meeting, with its reason."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    rules.may_move(request.person, shown).hold()  # type: ignore[attr-defined]
    was = {n: getattr(shown, n) for n in ("held_on", "starts_at", "lasts", "place", "version")}
    form = MovingForm(request.POST or None, initial=was)
    return answered(
        request,
        form,
        lambda: actions.move_meeting(by=request.person, meeting=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meeting", args=[meeting]),
        done=lambda made: _("The meeting is moved."),
        words={"title": _("Move the meeting"), "caption": shown.group.name, "button": _("Move the meeting")},
    )


@page(needs=Permission.PLAN_MEETINGS, takes=FORM)
def cancelled(request: HttpRequest, meeting: int) -> HttpResponse:
    """Cancel a meeting, with its reason."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    rules.may_move(request.person, shown).hold()  # type: ignore[attr-defined]
    form = CancellingForm(request.POST or None, initial={"version": shown.version})
    return answered(
        request,
        form,
        lambda: actions.cancel_meeting(by=request.person, meeting=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("meeting", args=[meeting]),
        done=lambda made: _("The meeting is cancelled."),
        words={"title": _("Cancel the meeting"), "caption": str(shown), "button": _("Cancel the meeting")},
    )
