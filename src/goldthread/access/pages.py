"""Who may open a page: said on the view itself, so that a test can find any that does not say."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

from goldthread.access.permissions import Permission
from goldthread.access.rulings import NotAllowed

View = Callable[..., HttpResponse]
FORM = ("GET", "HEAD", "POST")  # what a page with a form answers


class Anybody:
    """Nobody has to be signed in: sign-in itself, the accessibility statement, a one-time link."""


class SignedIn:
    """Whoever is signed in, whatever their roles."""


ANYBODY, SIGNED_IN = Anybody(), SignedIn()
Needs = Permission | Anybody | SignedIn


def page(*, needs: Needs, takes: tuple[str, ...] = ("GET", "HEAD")) -> Callable[[View], View]:
    """
    A view that only those who may are let into.

    `needs` is the permission that a person must hold somewhere; whether they
    hold it for this very thing is asked by the rules, with NotAllowed, which
    becomes a page that gives the reason. `takes` are the methods that it
    answers; a page that only shows something changes nothing by being posted to.
    """

    def made(view: View) -> View:
        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not isinstance(needs, Anybody) and request.person is None:  # type: ignore[attr-defined]
                return redirect_to_login(request.get_full_path())
            try:
                if isinstance(needs, Permission):
                    request.person.may(needs).hold()  # type: ignore[attr-defined]
                if request.method not in takes:
                    return HttpResponseNotAllowed(takes)
                return view(request, *args, **kwargs)
            except NotAllowed as error:
                return render(request, "web/not-allowed.html", {"reason": str(error)}, status=403)

        opened.needs = needs  # type: ignore[attr-defined]
        return opened

    return made
