"""What pages about organisations accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goldthread.partners import queries
from goldthread.partners.models import Organisation, OrganisationKind, Person
from goldthread.partners.submitting import Changing
from goldthread.web.forms import Day, asked, chosen


class OrganisationForm(forms.Form):
    """A body that joins the partnership, typed as the law types it."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=asked("the name of the organisation"))
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("What people call it, for tables and charts."),
        error_messages=asked("a short name"),
    )
    kind = forms.ChoiceField(
        label=_("Kind of body"),
        choices=OrganisationKind.choices,
        widget=forms.RadioSelect,
        error_messages=chosen("the kind of body"),
    )
    joined_on = Day(label=_("Joined on"), what="the day on which it joined")
    why_absent = forms.CharField(
        label=_("Why nobody sits for it on the strategy group"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only for a responsible authority that has nobody there."),
    )


class OrganisationChanges(OrganisationForm, Changing):
    """What is known of a body, changed; with a day of leaving it belongs to the partnership no more."""

    left_on = Day(label=_("Left on"), what="the day on which it left", required=False)

    def clean(self) -> dict[str, Any]:
        """Nothing leaves before it joins."""
        told = super().clean() or {}
        joined, left = told.get("joined_on"), told.get("left_on")
        if joined and left and left < joined:
            self.add_error("left_on", _("It cannot leave before it joins"))
        return told


class NomineeForm(forms.Form):
    """Whom a responsible authority nominates to facilitate the sharing of information."""

    person = forms.ModelChoiceField(
        label=_("Person"),
        queryset=Person.objects.none(),
        help_text=_("Somebody of this organisation."),
        error_messages=chosen("the person"),
    )
    starts_on = Day(label=_("From"), what="the day from which they do it")

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisation = organisation
        of_it = queries.people().filter(organisation=organisation)
        self.fields["person"].queryset = of_it  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One follows another: the next starts after the one before did."""
        told = super().clean() or {}
        now, starts = queries.nominee(self.organisation), told.get("starts_on")
        if now and told.get("person") == now.person:
            self.add_error("person", _("%(person)s is already nominated") % {"person": now.person})
        if now and starts and starts <= now.starts_on:
            since = {"person": now.person, "day": date_format(now.starts_on, "j F Y")}
            self.add_error("starts_on", _("%(person)s is nominated from %(day)s: enter a later day") % since)
        return told
