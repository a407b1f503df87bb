"""Minutes and decisions: written at the item, read together, and agreed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from goldthread.access.pages import FORM, page
from goldthread.access.permissions import Permission
from goldthread.meetings import actions, queries, rules
from goldthread.meetings.forms.minutes import AgreeingForm, DecisionForm, MinuteForm, PositionForm
from goldthread.meetings.models import Decision, Meeting, Minute
from goldthread.meetings.views.answering import answered
from goldthread.partners.models import Group


@page(needs=Permission.SEE_MEETINGS)
def read(request: HttpRequest, meeting: int) -> HttpResponse:
    """The minutes of a meeting, item by item, as this person may read them."""
    shown = get_object_or_404(Meeting.objects.select_related("group", "agreed_in__group"), pk=meeting)
    person = request.person  # type: ignore[attr-defined]
    rules.may_read(person, shown).hold()
    told = {"meeting": shown, "agenda": queries.minutes(shown, person), "may_agree": rules.may_agree(person, shown)}
    return render(request, "meetings/minutes.html", told)


@page(needs=Permission.SEE_MEETINGS)
def decisions(request: HttpRequest, slug: str) -> HttpResponse:
    """Every decision of a group, the newest first."""
    group = get_object_or_404(Group, slug=slug)
    person = request.person  # type: ignore[attr-defined]
    person.may(Permission.SEE_MEETINGS, group).hold()
    return render(
        request, "meetings/decisions.html", {"group": group, "decisions": queries.decisions_of(group, person)}
    )


@page(needs=Permission.WRITE_MINUTES, takes=FORM)
def written(request: HttpRequest, item: int) -> HttpResponse:
    """Write the minutes of an item."""
    shown = get_object_or_404(queries.item(item))
    rules.may_write(request.person, shown).hold()  # type: ignore[attr-defined]
    was = Minute.objects.filter(item=shown).first()
    seen = {"text": was.text, "version": was.version + 1} if was else {"version": 0}
    form = MinuteForm(request.POST or None, initial=seen)
    return answered(
        request,
        form,
        lambda: actions.write_minute(by=request.person, item=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("item", args=[item]),
        done=lambda made: _("The minutes of this item are saved."),
        words={"title": _("Minutes: %(item)s") % {"item": shown.title}, "caption": str(shown), "button": _("Save")},
    )


@page(needs=Permission.WRITE_MINUTES, takes=FORM)
def decided(request: HttpRequest, item: int) -> HttpResponse:
    """Record a decision."""
    shown = get_object_or_404(queries.item(item))
    rules.may_decide(request.person, shown).hold()  # type: ignore[attr-defined]
    form = DecisionForm(request.POST or None, steps=queries.steps_on(shown.meeting.held_on))
    return answered(
        request,
        form,
        lambda: actions.decide(by=request.person, item=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("item", args=[item]),
        done=lambda made: _("Decision %(reference)s is recorded.") % {"reference": made.reference},
        words={"title": _("Record a decision"), "caption": shown.title, "button": _("Record the decision")},
    )


@page(needs=Permission.TAKE_PART, takes=FORM)
def positioned(request: HttpRequest, decision: int) -> HttpResponse:
    """Record where an organisation stands that does not simply agree."""
    shown = get_object_or_404(Decision.objects.select_related("group", "item__meeting__group"), pk=decision)
    person = request.person  # type: ignore[attr-defined]
    rules.may_state_position(person, shown).hold()
    others = bool(person.may(Permission.WRITE_MINUTES, shown.group))
    form = PositionForm(request.POST or None, decision=shown, by=person, others=others)
    return answered(
        request,
        form,
        lambda: actions.state_position(by=person, decision=shown, **form.cleaned_data),
        back=reverse("item", args=[shown.item_id]),
        done=lambda made: _("The position of %(body)s is recorded.") % {"body": made.organisation},
        words={
            "title": _("Where an organisation stands on %(reference)s") % {"reference": shown.reference},
            "caption": shown.text,
            "button": _("Record it"),
        },
    )


@page(needs=Permission.CHAIR, takes=FORM)
def agreed(request: HttpRequest, meeting: int) -> HttpResponse:
    """Record at which meeting the minutes were agreed."""
    shown = get_object_or_404(Meeting.objects.select_related("group"), pk=meeting)
    rules.may_agree(request.person, shown).hold()  # type: ignore[attr-defined]
    form = AgreeingForm(request.POST or None, meeting=shown)
    return answered(
        request,
        form,
        lambda: actions.agree_minutes(by=request.person, meeting=shown, **form.cleaned_data),  # type: ignore[attr-defined]
        back=reverse("minutes", args=[meeting]),
        done=lambda made: _("The minutes are agreed."),
        words={
            "title": _("Agree the minutes"),
            "caption": str(shown),
            "lead": _("From then on they stay as they are."),
            "button": _("Agree the minutes"),
        },
    )
