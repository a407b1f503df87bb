"""The one way in which a page with a form of this room answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldthread.audit.recorded import Recorded
from goldthread.partners.submitting import status, submitted

Thing = TypeVar("Thing", bound=Recorded)


def answered(
    request: HttpRequest,
    form: forms.Form,
    act: Callable[[], Thing],
    *,
    back: str,
    done: Callable[[Thing], str],
    words: dict[str, object],
) -> HttpResponse:
    """
    Act on the form and go back with a message, or show the form (again).

    `back` is the address that one came from and returns to, `done` gives the
    message, and `words` are what web/form.html says: title, button, and where
    wanted caption and lead.
    """
    made = submitted(request, form, act)
    if made is not None:
        messages.success(request, done(made))
        return redirect(back)
    return render(request, "web/form.html", {**words, "form": form, "back": back}, status=status(form))
