"""Letting somebody in: an invitation that works once, until it expires."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from goldthread.access.rulings import NotAllowed
from goldthread.audit.recording import Actor, action
from goldthread.partners.actions.changing import change
from goldthread.partners.events import EVENTS
from goldthread.partners.models import Account, Invitation, Person
from goldthread.partners.rules import may_invite, may_keep_people

LASTS = timedelta(days=7)


def digest_of(secret: str) -> str:
    """What is kept of an invitation's secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


@action(EVENTS["invitation:sent"])
def invite(*, by: Actor, at: datetime, person: Person) -> Invitation:
    """
    Invite a person to make their account; an invitation sent before no longer works.

    The secret of its link is on what is returned, as `secret`, and nowhere else.
    """
    if isinstance(by, Person):
        may_invite(by, person).hold()
    for before in person.invitations.filter(accepted_at__isnull=True, withdrawn_at__isnull=True):
        change(before, {"withdrawn_at": at})
    secret = secrets.token_urlsafe(32)
    made = change(Invitation(), {"person": person, "digest": digest_of(secret), "expires_at": at + LASTS})
    made.secret = secret
    return made


@action(EVENTS["invitation:withdrawn"])
def withdraw(*, by: Person, at: datetime, invitation: Invitation) -> Invitation:
    """Take an invitation back, so that its link no longer works."""
    may_keep_people(by).hold()
    if invitation.accepted_at:
        raise NotAllowed("This invitation has been accepted. Close the account instead.")
    return change(invitation, {"withdrawn_at": at})


@action(EVENTS["invitation:accepted"])
def accept(*, by: Person, at: datetime, invitation: Invitation, password: str) -> Person:
    """Make the account of a person who was invited, and use the invitation up."""
    why_not(invitation, at)
    account = Account.objects.create_user(invitation.person.email, password)
    change(invitation, {"accepted_at": at})
    return change(invitation.person, {"account": account})


def why_not(invitation: Invitation | None, at: datetime) -> None:
    """NotAllowed, in words for whoever followed the link, when an invitation does not work (any more)."""
    if invitation is None or invitation.withdrawn_at:
        raise NotAllowed("This invitation does not work any more. Ask whoever invited you for a new one.")
    if invitation.accepted_at:
        raise NotAllowed("This invitation has been used. Sign in instead.")
    if invitation.expires_at <= at:
        raise NotAllowed("This invitation has expired. Ask whoever invited you for a new one.")
