"""How forms are shown: the components of the GOV.UK Design System, with the field's own message beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _


class Renderer(TemplatesSetting):
    """Renders every field of every form with one template of ours."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"


class Day(forms.DateField):
    """
    A day, typed in three boxes or written out; every browser and screen reader manages a text box.

    Takes 5 March 2026, 05/03/2026 and 2026-03-05. `what` finishes “Enter …”.
    """

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%d/%m/%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"])
        kwargs.setdefault("help_text", _("For example, 27/3/2026"))
        messages = {
            "required": _("Enter %(what)s") % {"what": what},
            "invalid": _("Enter %(what)s as a real date, such as 27/3/2026") % {"what": what},
        }
        super().__init__(error_messages=messages, **kwargs)
        self.widget = forms.DateInput(
            format="%d/%m/%Y", attrs={"inputmode": "numeric", "class": "govuk-input--width-10"}
        )


def asked(what: str) -> dict[str, str]:
    """The message of a field that must be filled, in the field's own words: “Enter the name”."""
    return {"required": str(_("Enter %(what)s") % {"what": what})}


def chosen(what: str) -> dict[str, str]:
    """The messages of a field that must be chosen: “Select an organisation”."""
    told = str(_("Select %(what)s") % {"what": what})
    return {"required": told, "invalid_choice": told, "invalid_list": told}
