"""What each person must do, and the action log."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, SIGNED_IN, page
from goldthread.access.permissions import Permission
from goldthread.meetings import actions, log, queries
from goldthread.meetings.forms.following import ActionForm, ClosingForm, DoneForm
from goldthread.meetings.views.answering import answered
from goldthread.partners.queries import lacking

ROWS = 50


@page(needs=SIGNED_IN)
def home(request: HttpRequest) -> HttpResponse:
    """What I must do, by when, and why me; and the roles that say why."""
    person = request.person  # type: ignore[attr-defined]
    missing = lacking() if person.may(Permission.MANAGE_PEOPLE) else []
    told = {"roles": person.holdings_today, "lacking": missing, "actions": log.to_do(person)}
    return render(request, "meetings/home.html", told)


@page(needs=Permission.SEE_MEETINGS)
def listed(request: HttpRequest) -> HttpResponse:
    """Every open action that this person may read, the most overdue first."""
    person = request.person  # type: ignore[attr-defined]
    shown = Paginator(log.open_actions(person), ROWS).get_page(request.GET.get("page"))
    return render(request, "meetings/actions.html", {"actions": shown, "may_raise": person.may(Permission.TAKE_PART)})


@page(needs=Permission.SEE_MEETINGS)
def one(request: HttpRequest, action: int) -> HttpResponse:
    """An action, and what this person may do with it."""
    shown = get_object_or_404(log.all_actions(), pk=action)
    person = request.person  # type: ignore[attr-defined]
    log.may_see_action(person, shown).hold()
    return render(request, "meetings/action.html", {"action": shown, "may": log.answers(person, shown)})


@page(needs=Permission.TAKE_PART, takes=FORM)
def raised(request: HttpRequest) -> HttpResponse:
    """Raise an action anywhere."""
    person = request.person  # type: ignore[attr-defined]
    form = ActionForm(request.POST or None, by=person)
    return answered(
        request,
        form,
        lambda: actions.raise_action(by=person, **form.cleaned_data),
        back=reverse("actions"),
        done=lambda made: _("The action is raised."),
        words={"title": _("Raise an action"), "button": _("Raise the action")},
    )


@page(needs=Permission.TAKE_PART, takes=FORM)
def raised_at(request: HttpRequest, item: int) -> HttpResponse:
    """Raise an action at an item."""
    shown = get_object_or_404(queries.item(item))
    person, group = request.person, shown.meeting.group  # type: ignore[attr-defined]
    log.may_raise(person, group, item=shown).hold()
    form = ActionForm(request.POST or None, by=person, group=group)
    return answered(
        request,
        form,
        lambda: actions.raise_action(by=person, group=group, item=shown, **form.cleaned_data),
        back=reverse("item", args=[item]),
        done=lambda made: _("The action is raised."),
        words={"title": _("Raise an action"), "caption": shown.title, "button": _("Raise the action")},
    )


@page(needs=Permission.TAKE_PART, takes=FORM)
def done(request: HttpRequest, action: int) -> HttpResponse:
    """Say that an action is done, with evidence."""
    shown = get_object_or_404(log.all_actions(), pk=action)
    person = request.person  # type: ignore[attr-defined]
    log.may_say_done(person, shown).hold()
    form = DoneForm(request.POST or None, initial={"evidence": shown.evidence, "version": shown.version})
    return answered(
        request,
        form,
        lambda: actions.say_done(by=person, action=shown, **form.cleaned_data),
        back=reverse("action", args=[action]),
        done=lambda made: _("Thank you. The action is to be closed by the chair or the manager."),
        words={"title": _("It is done"), "caption": shown.what, "button": _("Save")},
    )


@page(needs=Permission.MANAGE_ACTIONS, takes=FORM)
def closed(request: HttpRequest, action: int) -> HttpResponse:
    """Close an action."""
    shown = get_object_or_404(log.all_actions(), pk=action)
    person = request.person  # type: ignore[attr-defined]
    log.may_close(person, shown).hold()
    form = ClosingForm(request.POST or None, initial={"version": shown.version})
    return answered(
        request,
        form,
        lambda: actions.close_action(by=person, action=shown, **form.cleaned_data),
        back=reverse("action", args=[action]),
        done=lambda made: _("The action is closed."),
        words={"title": _("Close the action"), "caption": shown.what, "button": _("Close the action")},
    )
