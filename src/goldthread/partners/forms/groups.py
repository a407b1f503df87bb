"""What pages about groups accept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from goldthread.access.roles import ROLES, Reach
from goldthread.partners import queries
from goldthread.partners.models import Group, GroupKind, Holding, Person
from goldthread.partners.submitting import Changing
from goldthread.web.forms import Day, asked, chosen


class GroupForm(forms.Form):
    """A group that opens: what it is for, whom it answers to, and when a task-and-finish group is to end."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=asked("the name of the group"))
    kind = forms.ChoiceField(
        label=_("Kind of group"),
        choices=GroupKind.choices,
        widget=forms.RadioSelect,
        error_messages=chosen("the kind of group"),
    )
    accountable_to = forms.ModelChoiceField(
        label=_("Accountable to"),
        queryset=Group.objects.none(),
        required=False,
        help_text=_("The board answers to no other group; every other group answers to one."),
    )
    purpose = forms.CharField(
        label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 4}), error_messages=asked("what the group is for")
    )
    opened_on = Day(label=_("Opens on"), what="the day on which it opens")
    to_end_on = Day(label=_("To end on"), what="the day on which it is to end", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accountable_to"].queryset = queries.groups()  # type: ignore[attr-defined]

    def clean_name(self) -> str:
        """Two groups of one name could not be told apart."""
        name = str(self.cleaned_data["name"]).strip()
        if Group.objects.filter(name__iexact=name).exists():
            raise forms.ValidationError(_("There is already a group called %(name)s") % {"name": name})
        return name

    def clean(self) -> dict[str, Any]:
        """A board answers to none, the others to one; a task-and-finish group says when it is to end."""
        told = super().clean() or {}
        kind = told.get("kind")
        if kind == GroupKind.BOARD and told.get("accountable_to"):
            self.add_error("accountable_to", _("The board answers to no other group: leave this empty"))
        if kind and kind != GroupKind.BOARD and not told.get("accountable_to"):
            self.add_error("accountable_to", _("Select the group that it answers to"))
        if kind == GroupKind.TASK_AND_FINISH and not told.get("to_end_on") and "to_end_on" not in self.errors:
            self.add_error("to_end_on", _("Enter the day on which it is to end"))
        opened, ends = told.get("opened_on"), told.get("to_end_on")
        if opened and ends and ends < opened:
            self.add_error("to_end_on", _("It cannot end before it opens"))
        return told


class GroupChanges(Changing):
    """What a group is for and whom it answers to, changed; its kind and its address stay."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=asked("the name of the group"))
    accountable_to = forms.ModelChoiceField(
        label=_("Accountable to"),
        queryset=Group.objects.none(),
        help_text=_("Any open group but itself and those that answer to it."),
        error_messages=chosen("the group that it answers to"),
    )
    purpose = forms.CharField(
        label=_("Purpose"), widget=forms.Textarea(attrs={"rows": 4}), error_messages=asked("what the group is for")
    )
    to_end_on = Day(label=_("To end on"), what="the day on which it is to end", required=False)
    strategy_group = forms.BooleanField(
        label=_("It is the strategy group that the 2007 regulations ask for"), required=False
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        if group.kind == GroupKind.BOARD:
            del self.fields["accountable_to"]
        else:
            above = queries.groups().exclude(pk__in=queries.it_and_below(group))
            self.fields["accountable_to"].queryset = above  # type: ignore[attr-defined]
        self.fields["to_end_on"].required = group.kind == GroupKind.TASK_AND_FINISH

    def clean_name(self) -> str:
        """Two groups of one name could not be told apart."""
        name = str(self.cleaned_data["name"]).strip()
        if Group.objects.filter(name__iexact=name).exclude(pk=self.group.pk).exists():
            raise forms.ValidationError(_("There is already a group called %(name)s") % {"name": name})
        return name

    def clean_to_end_on(self) -> date | None:
        """It cannot end before it opens."""
        ends: date | None = self.cleaned_data["to_end_on"]
        if ends and ends < self.group.opened_on:
            raise forms.ValidationError(_("It cannot end before it opens"))
        return ends

    def clean_strategy_group(self) -> bool:
        """There is one strategy group at a time."""
        ticked = bool(self.cleaned_data["strategy_group"])
        other = queries.groups().filter(strategy_group=True).exclude(pk=self.group.pk).first()
        if ticked and other:
            raise forms.ValidationError(
                _("%(group)s is the strategy group now. Change that group first") % {"group": other}
            )
        return ticked


class GroupClosing(forms.Form):
    """The day on which a group closes, and what it leaves behind."""

    on = Day(label=_("Closed on"), what="the day on which it closed")
    report = forms.CharField(
        label=_("Closing report"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("What it was asked to do, what it did, and what others are to carry on."),
        error_messages=asked("the report with which it closes"),
    )

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["report"].required = group.kind == GroupKind.TASK_AND_FINISH

    def clean_on(self) -> date:
        """A group closes between the day it opened and today."""
        return _past(self.cleaned_data["on"], self.group.opened_on, gettext("the group opened"))


class GroupRoleForm(forms.Form):
    """A role given in one group."""

    person = forms.ModelChoiceField(
        label=_("Person"), queryset=Person.objects.none(), error_messages=chosen("the person")
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(name, role.title) for name, role in ROLES.items() if role.reach is Reach.GROUP],
        widget=forms.RadioSelect,
        error_messages=chosen("the role"),
    )
    starts_on = Day(label=_("From"), what="the day from which they hold it")

    def __init__(self, *args: Any, group: Group, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        self.fields["person"].queryset = queries.people()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Nobody holds the same role twice at a time, nor in a group before it opens."""
        told = super().clean() or {}
        person, starts = told.get("person"), told.get("starts_on")
        if person and self.group.holdings.filter(person=person, role=told.get("role"), ends_on=None).exists():
            self.add_error("person", _("%(person)s already holds this role in the group") % {"person": person})
        if starts and starts < self.group.opened_on:
            opened = date_format(self.group.opened_on, "j F Y")
            self.add_error(
                "starts_on", _("The group opened on %(day)s: enter that day or a later one") % {"day": opened}
            )
        return told


class Ending(forms.Form):
    """The last day of a role or of a deputy's term."""

    on = Day(label=_("Last day"), what="the last day")

    def __init__(self, *args: Any, starts_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.starts_on = starts_on

    def clean_on(self) -> date:
        """It ends between the day it started and today."""
        return _past(self.cleaned_data["on"], self.starts_on, gettext("it started"))


class DeputyForm(forms.Form):
    """Who stands in for somebody who holds a role in a group."""

    person = forms.ModelChoiceField(
        label=_("Deputy"), queryset=Person.objects.none(), error_messages=chosen("the deputy")
    )
    starts_on = Day(label=_("From"), what="the day from which they stand in")

    def __init__(self, *args: Any, holding: Holding, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holding = holding
        others = queries.people().exclude(pk=holding.person_id)
        self.fields["person"].queryset = others  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One person stands in once at a time, and not before there is a role to stand in for."""
        told = super().clean() or {}
        person, starts = told.get("person"), told.get("starts_on")
        if person and self.holding.deputies.filter(person=person, ends_on=None).exists():
            self.add_error("person", _("%(person)s already stands in") % {"person": person})
        if starts and starts < self.holding.starts_on:
            since = date_format(self.holding.starts_on, "j F Y")
            self.add_error(
                "starts_on", _("The role started on %(day)s: enter that day or a later one") % {"day": since}
            )
        return told


def _past(day: date, first: date, what: str) -> date:
    if day < first:
        told = {"what": what, "day": date_format(first, "j F Y")}
        raise forms.ValidationError(_("Enter a day on or after %(day)s, when %(what)s") % told)
    if day > timezone.localdate():
        raise forms.ValidationError(_("Enter today or a day before today"))
    return day
