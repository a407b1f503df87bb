"""From a form that was sent to an action: what is wrong is said on the form, and what was typed stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, QueryDict

from goldthread.audit.recorded import ChangedMeanwhile, Recorded

Thing = TypeVar("Thing", bound=Recorded)


class Changing(forms.Form):
    """A form that changes a thing: it remembers which version the person had before them."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def submitted(request: HttpRequest, form: forms.Form, act: Callable[[], Thing]) -> Thing | None:
    """
    Carry the action out when the form was sent and holds; None when the form is to be shown (again).

    What the model refuses stands beside its field, and a change that somebody
    else made meanwhile at the top; nothing is written in either case.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        with transaction.atomic():
            return act()
    except ChangedMeanwhile as error:
        form.add_error(None, str(error))
        told_of(form, "version", error.version)
    except ValidationError as error:
        for name, messages in error.message_dict.items():
            form.add_error(name if name in form.fields else None, messages)
    return None


def told_of(form: forms.Form, field: str, now: int) -> None:
    """Let a form that was refused remember what is there now, so that saving again is on top of it."""
    if field in form.fields:
        data = cast(QueryDict, form.data).copy()
        data[field] = str(now)
        form.data = data


def status(form: forms.Form) -> int:
    """The status of a page with a form: 400 when what was sent did not hold."""
    return 400 if form.errors else 200
