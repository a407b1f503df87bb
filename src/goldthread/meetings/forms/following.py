"""What pages of actions accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.access.permissions import Permission
from goldthread.meetings.models import ActionState
from goldthread.partners.models import Group, Person
from goldthread.partners.queries import groups, people
from goldthread.partners.submitting import Changing
from goldthread.web.forms import Day, asked, chosen


class ActionForm(forms.Form):
    """Something that is to be done; with a group to choose unless it is raised at an item."""

    what = forms.CharField(
        label=_("What is to be done"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=asked("what is to be done"),
    )
    group = forms.ModelChoiceField(
        label=_("For which group"), queryset=Group.objects.none(), error_messages=chosen("the group")
    )
    owner = forms.ModelChoiceField(
        label=_("Who does it"), queryset=Person.objects.none(), error_messages=chosen("who does it")
    )
    due_on = Day(label=_("By"), what="the day by which it is to be done")

    def __init__(self, *args: Any, by: Person, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        anybody = by.may(Permission.MANAGE_ACTIONS, group)
        self.fields["owner"].queryset = people() if anybody else people().filter(pk=by.pk)  # type: ignore[attr-defined]
        if group is not None:
            del self.fields["group"]
            return
        mine = {g.pk for g in groups() if by.may(Permission.TAKE_PART, g)}
        self.fields["group"].queryset = groups().filter(pk__in=mine)  # type: ignore[attr-defined]


class DoneForm(Changing):
    """That an action is done, and how one sees it."""

    evidence = forms.CharField(
        label=_("Evidence"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What was done and how it can be seen."),
        error_messages=asked("the evidence that it is done"),
    )


class ClosingForm(Changing):
    """What became of an action."""

    state = forms.ChoiceField(
        label=_("What became of it"),
        choices=[choice for choice in ActionState.choices if choice[0] != ActionState.OPEN],
        widget=forms.RadioSelect,
        error_messages=chosen("what became of it"),
    )
