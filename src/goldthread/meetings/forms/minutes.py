"""What pages of minutes and decisions accept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from goldthread.meetings.models import Decision, How, Meeting, Stance
from goldthread.meetings.queries import later_meetings
from goldthread.partners.models import Organisation, Person
from goldthread.partners.submitting import Changing
from goldthread.web.forms import asked, chosen


class MinuteForm(Changing):
    """What the minutes say of an item."""

    text = forms.CharField(
        label=_("Minutes"), widget=forms.Textarea(attrs={"rows": 10}), error_messages=asked("what the minutes say")
    )


class DecisionForm(forms.Form):
    """A decision, how it was reached, and what it means for crime and disorder."""

    text = forms.CharField(
        label=_("The decision"), widget=forms.Textarea(attrs={"rows": 4}), error_messages=asked("what was decided")
    )
    how = forms.ChoiceField(
        label=_("How it was reached"),
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages=chosen("how the decision was reached"),
    )
    step = forms.ChoiceField(label=_("Step of the constitution, where there was no consensus"), required=False)
    implications = forms.CharField(
        label=_("Implications for crime and disorder (section 17)"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Where there are none, say so and why."),
        error_messages=asked("the implications for crime and disorder"),
    )

    def __init__(self, *args: Any, steps: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["step"].choices = [("", "–"), *((step, step) for step in steps)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A step is named where there was no consensus, and only there."""
        told = super().clean() or {}
        if told.get("how") == How.FALLBACK and not told.get("step"):
            self.add_error("step", _("Select the step of the constitution by which it was reached"))
        if told.get("how") == How.CONSENSUS and told.get("step"):
            self.add_error("step", _("By consensus no step was needed: leave this empty"))
        return told


class PositionForm(forms.Form):
    """Where an organisation stands that does not simply agree."""

    organisation = forms.ModelChoiceField(
        label=_("Organisation"), queryset=Organisation.objects.none(), error_messages=chosen("the organisation")
    )
    stance = forms.ChoiceField(
        label=_("Where it stands"),
        choices=Stance.choices,
        widget=forms.RadioSelect,
        error_messages=chosen("where it stands"),
    )
    words = forms.CharField(label=_("In its words"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, decision: Decision, by: Person, others: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Q(attendances__meeting=decision.item.meeting_id, attendances__present=True)
        may_be = Q(pk=by.organisation_id) | there if others else Q(pk=by.organisation_id)
        self.fields["organisation"].queryset = Organisation.objects.filter(may_be).distinct()  # type: ignore[attr-defined]


class AgreeingForm(forms.Form):
    """The meeting at which minutes were agreed."""

    agreed_in = forms.ModelChoiceField(
        label=_("Agreed at"),
        queryset=Meeting.objects.none(),
        help_text=_("A later meeting of the group whose attendance is recorded."),
        error_messages=chosen("the meeting at which they were agreed"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agreed_in"].queryset = later_meetings(meeting)  # type: ignore[attr-defined]
