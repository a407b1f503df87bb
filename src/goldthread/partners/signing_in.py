"""Who is signed in, and how the library that signs people in is held to this site's rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from goldthread.audit.recording import action, note
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Account, Person

# Where somebody may go who has not set up a second factor yet.
WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/brand.css", "/mark.svg", "/language/", "/accessibility", "/health")


class PersonMiddleware:
    """
    Put the signed-in person on the request, None for nobody.

    Whoever has no second factor is led to setting one up and can go nowhere
    else until then.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find the person, and see to the second factor."""
        request.person = person_of(request)  # type: ignore[attr-defined]
        if request.person and not request.path.startswith(WITHOUT_SECOND_FACTOR) and not secured(request):  # type: ignore[attr-defined]
            return HttpResponseRedirect(reverse("mfa_index"))
        return self.answer(request)


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in, unless their account was closed."""
    if not request.user.is_authenticated:
        return None
    return Person.objects.filter(account=request.user, closed_at__isnull=True).select_related("organisation").first()


def secured(request: HttpRequest) -> bool:
    """Whether this account has a second factor, or came by single sign-on, whose provider sees to it."""
    from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
    from allauth.mfa.utils import is_mfa_enabled

    ways = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
    return any(way.get("method") == "socialaccount" for way in ways) or is_mfa_enabled(request.user)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with an address and a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves: they are invited."""
        return False


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in through the organisation that somebody works for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Only somebody who is known here and was not closed, by the address that their provider verified."""
        return False


@action(EVENTS["account:signed-in"])
def sign_in(*, by: Person, at: Any) -> Person:
    """Enter that somebody signed in."""
    return by


@action(EVENTS["account:signed-out"])
def sign_out(*, by: Person, at: Any) -> Person:
    """Enter that somebody signed out."""
    return by


@action(EVENTS["account:secured"])
def secure(*, by: Person, at: Any, what: str) -> Person:
    """Enter that somebody changed how they sign in."""
    note(what=what)
    return by


@receiver(user_logged_in)
def _signed_in(user: Account, **_kwargs: Any) -> None:
    if person := Person.objects.filter(account=user).first():
        sign_in(by=person)


@receiver(user_logged_out)
def _signed_out(user: Account | None, **_kwargs: Any) -> None:
    if user and (person := Person.objects.filter(account=user).first()):
        sign_out(by=person)
