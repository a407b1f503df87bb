"""What the field template needs to know of a field."""

from __future__ import annotations

from django import forms, template
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString
from django.utils.translation import gettext

register = template.Library()


@register.filter
def widget_kind(field: BoundField) -> str:
    """Which of the four shapes of field it is: choices, checkbox, file or plain."""
    widget = field.field.widget
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    return "checkbox" if isinstance(widget, forms.CheckboxInput) else "plain"


@register.filter
def choice_class(field: BoundField) -> str:
    """The component that a set of choices is shown with."""
    many = isinstance(field.field.widget, forms.CheckboxSelectMultiple)
    return "govuk-checkboxes" if many else "govuk-radios"


@register.filter
def described_by(field: BoundField) -> str:
    """The ids of its hint and message, for those who hear the page."""
    ids = [f"{field.auto_id}-hint"] if field.help_text else []
    return " ".join([*ids, *([f"{field.auto_id}-error"] if field.errors else [])])


@register.filter
def first_input(field: BoundField) -> str:
    """The id of the control that a link to the field leads to; of a set of choices, the first."""
    return f"{field.auto_id}_0" if widget_kind(field) == "choices" else field.id_for_label or field.auto_id


@register.filter(name="input")
def shown(field: BoundField) -> SafeString:
    """The control itself, dressed and described."""
    widget = field.field.widget
    base = {
        forms.Textarea: "govuk-textarea",
        forms.Select: "govuk-select",
        forms.CheckboxInput: "govuk-checkboxes__input",
        forms.FileInput: "govuk-file-upload",
    }
    dress = next((name for kind, name in base.items() if isinstance(widget, kind)), "govuk-input")
    wrong = f" {dress}--error" if field.errors and dress != "govuk-checkboxes__input" else ""
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, [dress + wrong, widget.attrs.get("class", "")]))}
    if described := described_by(field):
        attrs["aria-describedby"] = described
    return field.as_widget(attrs=attrs)


@register.filter
def choice_input(choice: BoundWidget) -> SafeString:
    """One radio button or checkbox of a set, without the label that Django would put around it."""
    many = choice.data["type"] == "checkbox"
    choice.data["attrs"]["class"] = "govuk-checkboxes__input" if many else "govuk-radios__input"
    return choice.tag(wrap_label=False)


@register.simple_tag
def optional() -> str:
    """What is said of a field that may be left empty."""
    return gettext("optional")
