"""The library's forms for signing in, in this site's words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm, ResetPasswordForm
from django.forms import Field
from django.utils.translation import gettext_lazy as _

from goldthread.web.forms import asked


def _ours(field: Field, label: Any, what: str) -> None:
    """A label above the box says what belongs in it, and stays there once something is typed."""
    field.label, field.help_text = label, ""
    field.widget.attrs.pop("placeholder", None)
    field.widget.attrs["class"] = "govuk-input--width-20"
    field.error_messages |= asked(what)


class SignInForm(LoginForm):  # type: ignore[misc]
    """An address and a password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ours(self.fields["login"], _("E-mail address"), "your e-mail address")
        _ours(self.fields["password"], _("Password"), "your password")


class ForgottenForm(ResetPasswordForm):  # type: ignore[misc]
    """The address to which a link is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _ours(self.fields["email"], _("E-mail address"), "your e-mail address")
