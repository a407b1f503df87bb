"""What the page of the partnership's name and looks accepts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from goldthread.partners.contrast import OF_A_LINE, UNDER_TEXT, contrast
from goldthread.partners.logo import MOST, Unfit, cleaned
from goldthread.partners.models.constitution import COLOUR
from goldthread.partners.submitting import Changing
from goldthread.web.forms import asked


def _colour(label: Any, what: str, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=7,
        validators=[COLOUR],
        help_text=help_text,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "autocomplete": "off", "spellcheck": "false"}),
        error_messages=asked(what),
    )


class BrandForm(Changing):
    """The partnership's name, what it is for, and how its pages look."""

    name = forms.CharField(label=_("Name"), max_length=200, error_messages=asked("the name of the partnership"))
    area = forms.CharField(label=_("Area"), max_length=200, error_messages=asked("the area it works for"))
    vision = forms.CharField(label=_("Vision"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    mission = forms.CharField(label=_("Mission"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    colour = _colour(
        _("Main colour"),
        "the main colour",
        _("Six digits after a #, such as #1d4f5c. White text stands on it, so it has to be dark."),
    )
    accent = _colour(
        _("Second colour"), "the second colour", _("The line under the top of each page; no text stands on it.")
    )
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".svg,image/svg+xml"}),
        help_text=_("An SVG file of at most 100 kB. Whatever in it could act, or refers outside, is taken out."),
        error_messages={"empty": _("The file is empty"), "invalid": _("Send the logo as a file")},
    )
    without_logo = forms.BooleanField(label=_("Take the present logo away"), required=False)

    def clean_colour(self) -> str:
        """White text can be read on it."""
        return _told_apart(str(self.cleaned_data["colour"]), UNDER_TEXT, str(_("White text on this colour")))

    def clean_accent(self) -> str:
        """Its line can be seen on a white page."""
        return _told_apart(str(self.cleaned_data["accent"]), OF_A_LINE, str(_("A line of this colour on white")))

    def clean_logo(self) -> str | None:
        """The drawing, cleaned; None when no file came."""
        sent: UploadedFile[Any] | None = self.cleaned_data["logo"]
        if sent is None:
            return None
        try:
            return cleaned(sent.read(MOST + 1))
        except Unfit as error:
            raise forms.ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        """What becomes of the logo: the new one, none, or the one that is there."""
        told = super().clean() or {}
        without, logo = told.pop("without_logo", False), told.pop("logo", None)
        if logo and without:
            self.add_error("without_logo", _("Either send a logo or take it away"))
        if logo or without:
            told["logo"] = logo or ""
        return told


def _told_apart(colour: str, least: float, what: str) -> str:
    ratio = contrast(colour)
    if ratio < least:
        said = _("%(what)s has a contrast of %(ratio)s to 1, and needs %(least)s to 1: choose a darker colour")
        # Rounded down, so that a colour just short of what is needed is never said to have it.
        shown = {"what": what, "ratio": f"{int(ratio * 10) / 10:.1f}", "least": f"{least:.1f}"}
        raise forms.ValidationError(said % shown)
    return colour.lower()
