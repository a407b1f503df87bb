"""Who is signed in, and how the library that signs people in is held to this site's rules."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.signals import password_changed, password_reset
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.base import AuthProcess
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from goldthread.audit.recording import action, note
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Account, Person

# Where somebody may go who has not set up a second factor yet.
WITHOUT_SECOND_FACTOR = ("/account/", "/static/", "/brand.css", "/mark.svg", "/language/", "/accessibility", "/health")

# Pages of the library that this site does not have: an address is changed by whoever keeps people, so that it stays
# the one that they were invited at, and nobody adds a way in beside those that the partnership chose.
NOT_OFFERED = frozenset(
    {
        "account_email",
        "account_email_verification_sent",
        "account_confirm_email",
        "account_confirm_login_code",
        "account_set_password",
        "socialaccount_connections",
        "socialaccount_signup",
    }
)
OLD_ADDRESSES = "/account/social/"  # that the library keeps for sites which are older than this one


UNKNOWN = _(
    "Your organisation’s sign-in works, but the address that it vouches for is not one that the partnership knows. "
    "Ask the partnership manager to add you, with the address that your organisation has for you."
)


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

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Answer “not found” for what the library has and this site has not."""
        found = request.resolver_match
        if (found and found.url_name in NOT_OFFERED) or request.path.startswith(OLD_ADDRESSES):
            raise Http404("This site does not have that page.")


def person_of(request: HttpRequest) -> Person | None:
    """The person who is signed in, unless their account was closed."""
    if not request.user.is_authenticated:
        return None
    return Person.objects.filter(account=request.user, closed_at__isnull=True).select_related("organisation").first()


def secured(request: HttpRequest) -> bool:
    """Whether this account has a second factor, or came by single sign-on, whose provider sees to it."""
    ways = get_authentication_records(request, request.user)
    return any(way.get("method") == "socialaccount" for way in ways) or is_mfa_enabled(request.user)


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in with an address and a password."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers by themselves: they are invited."""
        return False

    def is_reauthentication_required(self, *, app: str | None = None) -> bool:
        """Whoever signed in within the last minutes is not asked for the same again before they change how they do."""
        records = get_authentication_records(self.request, self.request.user)
        return not any(time.time() - told["at"] < app_settings.REAUTHENTICATION_TIMEOUT for told in records)


class SingleSignOn(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Signing in through the organisation that somebody works for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody becomes known here by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """
        Only somebody who is known here and was not closed, by the address that their provider verified.

        Nothing of the provider's is kept: the address is asked about again each
        time. Somebody who was added and has not followed their invitation gets
        an account without a password.
        """
        told = [address for address in sociallogin.email_addresses if address.verified in (True, "true")]
        person = Person.objects.filter(email__in=[a.email.lower() for a in told], closed_at__isnull=True).first()
        if person is None or sociallogin.state.get("process") != AuthProcess.LOGIN:
            raise ImmediateHttpResponse(render(request, "web/not-allowed.html", {"reason": str(UNKNOWN)}, status=403))
        sociallogin.user = person.account or let_in(by=person).account


@action(EVENTS["account:made"])
def let_in(*, by: Person, at: Any) -> Person:
    """Make the account of somebody whose organisation says who they are; it has no password."""
    for invitation in by.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True):
        change(invitation, {"withdrawn_at": at})
    return change(by, {"account": Account.objects.create_user(by.email)})


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


NAMES = {
    Authenticator.Type.TOTP: "an authenticator app",
    Authenticator.Type.WEBAUTHN: "a passkey",
    Authenticator.Type.RECOVERY_CODES: "a set of recovery codes",
}


def _person(account: Account | None) -> Person | None:
    return Person.objects.filter(account=account).first() if account else None


@receiver(user_logged_in)
def _signed_in(user: Account, **_kwargs: Any) -> None:
    if person := _person(user):
        sign_in(by=person)


@receiver(user_logged_out)
def _signed_out(user: Account | None, **_kwargs: Any) -> None:
    if person := _person(user):
        sign_out(by=person)


@receiver(password_changed)
def _password_changed(user: Account, **_kwargs: Any) -> None:
    if person := _person(user):
        secure(by=person, what="a new password")


@receiver(password_reset)
def _password_reset(user: Account, **_kwargs: Any) -> None:
    if person := _person(user):
        secure(by=person, what="a new password, by a link sent to their address")


# The library's own signals of these come after the change was committed; the record is written with it or not at all.
@receiver(post_save, sender=Authenticator)
def _added(instance: Authenticator, created: bool, **_kwargs: Any) -> None:
    if created and (person := _person(instance.user)):
        secure(by=person, what=f"{NAMES[instance.type]} was added")


@receiver(post_delete, sender=Authenticator)
def _removed(instance: Authenticator, **_kwargs: Any) -> None:
    if person := _person(instance.user):
        secure(by=person, what=f"{NAMES[instance.type]} was removed")
