"""What pages about people accept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from goldthread.access.roles import ROLES, Reach
from goldthread.partners import queries
from goldthread.partners.models import Group, Organisation, Person
from goldthread.partners.submitting import Changing
from goldthread.web.forms import Day, asked, chosen


class PersonForm(forms.Form):
    """Somebody who works in the partnership."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=asked("the person’s name"))
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("They are invited at this address, and sign in with it."),
        error_messages={
            **asked("the person’s e-mail address"),
            "invalid": _("Enter an e-mail address such as name@example.org"),
        },
    )
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        error_messages=chosen("the organisation they work for"),
    )
    post = forms.CharField(label=_("Post"), max_length=200, required=False)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations()  # type: ignore[attr-defined]

    def clean_email(self) -> str:
        """Addresses are compared without regard to capitals."""
        return str(self.cleaned_data["email"]).lower()


class PersonChanges(PersonForm, Changing):
    """What is known of a person, changed."""


class RoleForm(forms.Form):
    """A role that is given."""

    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect, error_messages=chosen("the role"))
    group = forms.ModelChoiceField(
        label=_("Group"),
        queryset=Group.objects.none(),
        required=False,
        help_text=_("Only for a chair, a co-chair or a member."),
    )
    starts_on = Day(label=_("From"), what="the day from which they hold it")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(n, r.title) for n, r in ROLES.items()]  # type: ignore[attr-defined]
        self.fields["group"].queryset = queries.groups()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A group's role names the group; a role across the partnership names none."""
        told = super().clean() or {}
        role, group = ROLES.get(told.get("role", "")), told.get("group")
        if role and role.reach is Reach.GROUP and not group:
            self.add_error("group", _("Select the group in which they hold it"))
        if role and role.reach is Reach.PARTNERSHIP and group:
            self.add_error("group", _("This role is held across the partnership: leave the group empty"))
        return told


class ClosingForm(forms.Form):
    """Why an account is closed."""

    why = forms.CharField(label=_("Why it is closed"), max_length=300, error_messages=asked("why it is closed"))


class PasswordForm(forms.Form):
    """The first password of somebody who was invited."""

    password = forms.CharField(
        label=_("Password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "class": "govuk-input--width-20"}),
        help_text=_("At least 12 characters. Three or four words that nobody would guess are easy to remember."),
        error_messages=asked("a password"),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        """Held to the site's rules for passwords, one of which is that it is not like the name or address."""
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)  # type: ignore[arg-type]  # only its name and address are looked at
        return password
