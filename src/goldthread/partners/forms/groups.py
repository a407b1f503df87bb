"""What pages about groups accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from goldthread.partners import queries
from goldthread.partners.models import Group, GroupKind
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
