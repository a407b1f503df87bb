"""What pages of agendas, attendance and declarations accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.meetings.models import AgendaItem, Meeting
from goldthread.meetings.queries import expected
from goldthread.partners.models import Person
from goldthread.partners.queries import people
from goldthread.partners.submitting import Changing
from goldthread.web.forms import asked, chosen


class ItemForm(forms.Form):
    """An item of an agenda."""

    title = forms.CharField(label=_("Title"), max_length=200, error_messages=asked("the title of the item"))
    about = forms.CharField(
        label=_("What it is about"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What the group is asked to do, and where its papers are; they may come later."),
    )
    lead = forms.ModelChoiceField(label=_("Led by"), queryset=Person.objects.none(), required=False)
    number = forms.IntegerField(
        label=_("Place in the agenda"),
        required=False,
        min_value=1,
        max_value=200,
        help_text=_("Left empty, a new item comes before any other business."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
    )
    confidential = forms.BooleanField(
        label=_("Confidential: only those who may read the group’s confidential items see its words"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"].queryset = people()  # type: ignore[attr-defined]


class ItemChanges(ItemForm, Changing):
    """An item of an agenda, changed."""


class AttendanceForm(forms.Form):
    """Who of those expected was there."""

    present = forms.ModelMultipleChoiceField(
        label=_("Who was there"),
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages=chosen("who was there"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {one.person.pk: str(one) for one in expected(meeting)}
        field = self.fields["present"]
        field.queryset = Person.objects.filter(pk__in=names)  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: names[person.pk]  # type: ignore[attr-defined]


class DeclarationForm(forms.Form):
    """An interest that somebody has in an item."""

    person = forms.ModelChoiceField(
        label=_("Whose interest"), queryset=Person.objects.none(), error_messages=chosen("whose interest it is")
    )
    interest = forms.CharField(
        label=_("The interest"), widget=forms.Textarea(attrs={"rows": 3}), error_messages=asked("what the interest is")
    )
    withdrew = forms.BooleanField(label=_("They withdrew from this item"), required=False)

    def __init__(self, *args: Any, item: AgendaItem, by: Person, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].initial = by.pk
        may_be = {by.pk, *(one.person.pk for one in expected(item.meeting))} if others else {by.pk}
        self.fields["person"].queryset = Person.objects.filter(pk__in=may_be)  # type: ignore[attr-defined]
