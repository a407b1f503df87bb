"""What pages accept about what was agreed: terms of reference, the constitution, and that they were adopted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldthread.partners.articles import Unreadable, parted
from goldthread.partners.models import OrganisationKind
from goldthread.partners.submitting import told_of
from goldthread.web.forms import Day, asked, chosen


class Drafting(forms.Form):
    """The next version of something: it remembers which was the newest when the person began."""

    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: Any, newest: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.newest = newest
        self.fields["after"].initial = newest

    def clean(self) -> dict[str, Any]:
        """The second of two who write a version at once is told."""
        told = super().clean() or {}
        if "after" in told and told.pop("after") != self.newest:
            said = _(
                "Somebody else wrote version %(number)s while you had this open. What you typed is still here: "
                "look at theirs, and save again."
            )
            self.add_error(None, said % {"number": self.newest})
            told_of(self, "after", self.newest)
        return told


def _long(what: str, rows: int = 4, **kwargs: Any) -> forms.CharField:
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), error_messages=asked(what), **kwargs)


class TermsForm(Drafting):
    """The next version of a group's terms of reference."""

    purpose = _long("what the group is for", label=_("Purpose"))
    frequency = forms.CharField(
        label=_("How often it meets"), max_length=100, error_messages=asked("how often it meets")
    )
    quorum = forms.IntegerField(
        label=_("Organisations needed for a quorum"),
        min_value=1,
        max_value=50,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        help_text=_("Organisations count, never people: two people of one organisation are one."),
        error_messages={**asked("how many organisations make a quorum"), "invalid": _("Enter a whole number")},
    )
    quorum_kinds = forms.MultipleChoiceField(
        label=_("Kinds of body that must be among them"),
        choices=OrganisationKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=chosen("kinds of body from the list"),
    )
    inputs = _long("what comes to it", label=_("What comes to it"))
    outputs = _long("what it produces", label=_("What it produces"))
    delegated_limits = _long("what it may decide by itself", label=_("What it may decide by itself"))
    reporting = _long("what it reports, and to whom", label=_("What it reports, to whom"))
    review_on = Day(label=_("To be reviewed on"), what="the day by which it is to be reviewed")

    def clean_review_on(self) -> date:
        """A review that is past already would never be done."""
        day: date = self.cleaned_data["review_on"]
        if day <= timezone.localdate():
            raise forms.ValidationError(_("Enter a day after today"))
        return day

    def clean(self) -> dict[str, Any]:
        """A quorum has room for every kind that must be there."""
        told = super().clean()
        kinds, quorum = told.get("quorum_kinds") or [], told.get("quorum")
        if quorum is not None and len(kinds) > quorum:
            said = _("You ticked %(kinds)s kinds of body: a quorum of %(quorum)s organisations has no room for them")
            self.add_error("quorum", said % {"kinds": len(kinds), "quorum": quorum})
        return told


class ConstitutionForm(Drafting):
    """The next version of the constitution, its articles as one text."""

    articles = _long(
        "the articles",
        24,
        label=_("Articles"),
        help_text=_(
            "Each article begins with a line such as “1. Membership”; what follows is its text. "
            "Number lists inside an article as 1.1 or (a)."
        ),
    )
    fallback = _long(
        "at least one step",
        label=_("Steps when there is no consensus"),
        help_text=_("One step on each line, in the order in which they are tried."),
    )
    overdue_days = forms.IntegerField(
        label=_("Days overdue before an action goes up a level"),
        min_value=1,
        max_value=365,
        initial=14,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-3"}),
        error_messages={**asked("after how many days it goes up"), "invalid": _("Enter a whole number")},
    )

    def clean_articles(self) -> list[tuple[str, str]]:
        """Parted by their titles."""
        try:
            return parted(str(self.cleaned_data["articles"]))
        except Unreadable as error:
            raise forms.ValidationError(str(error)) from error

    def clean_fallback(self) -> list[str]:
        """A list of steps, empty lines left out."""
        return [line.strip() for line in str(self.cleaned_data["fallback"]).splitlines() if line.strip()]


class AdoptionForm(forms.Form):
    """That a version was adopted, when and by which decision."""

    on = Day(label=_("Adopted on"), what="the day on which it was adopted")
    decision = forms.CharField(
        label=_("By which decision"),
        max_length=200,
        help_text=_("For example, decision 4 of the Executive Board, 27 March 2026."),
        error_messages=asked("the decision by which it was adopted"),
    )

    def clean_on(self) -> date:
        """What is still to come has not been adopted."""
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Enter today or a day before today"))
        return day
