"""What pages that plan meetings accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.meetings.models import Rhythm
from goldthread.partners.submitting import Changing
from goldthread.web.forms import Day, asked, chosen


class Hour(forms.TimeField):
    """A time of day, as 14:00 or 2pm."""

    def __init__(self, **kwargs: Any) -> None:
        wrong = _("Enter a time such as 14:00 or 2pm")
        super().__init__(
            input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%I%p", "%I:%M%p", "%I.%M%p"],
            help_text=_("For example, 14:00 or 2pm"),
            error_messages={"required": wrong, "invalid": wrong},
            **kwargs,
        )
        self.widget = forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"})


class WhenAndWhere(forms.Form):
    """The hour, the length and the place of a meeting."""

    starts_at = Hour(label=_("Starts at"))
    lasts = forms.IntegerField(
        label=_("Minutes that it lasts"),
        min_value=15,
        max_value=600,
        initial=120,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-4"}),
        error_messages={**asked("how many minutes it lasts"), "invalid": _("Enter minutes as a number, such as 120")},
    )
    place = forms.CharField(label=_("Place"), max_length=200, error_messages=asked("where it is held"))


class MeetingForm(WhenAndWhere):
    """One meeting."""

    held_on = Day(label=_("Day"), what="the day of the meeting")
    field_order: tuple[str, ...] = ("held_on", "starts_at", "lasts", "place")


class CycleForm(WhenAndWhere):
    """A year of meetings."""

    rhythm = forms.ChoiceField(
        label=_("How often"),
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        error_messages=chosen("how often the group meets"),
    )
    first_on = Day(label=_("First meeting on"), what="the day of the first meeting")
    field_order: tuple[str, ...] = ("rhythm", "first_on", "starts_at", "lasts", "place")


class MovingForm(MeetingForm, Changing):
    """A meeting on another day, at another hour or place."""

    why = forms.CharField(label=_("Why it is moved"), max_length=300, error_messages=asked("why the meeting is moved"))
    field_order: tuple[str, ...] = ("held_on", "starts_at", "lasts", "place", "why")


class CancellingForm(Changing):
    """A meeting that will not be held."""

    why = forms.CharField(
        label=_("Why it is cancelled"), max_length=300, error_messages=asked("why the meeting is cancelled")
    )
