"""What somebody signs in with, and the invitation that leads to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded


class AccountManager(BaseUserManager["Account"]):
    """Makes accounts; only the acceptance of an invitation and single sign-on do."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Account:
        """An account for an address; without a password it can only be reached by single sign-on."""
        account = self.model(email=self.normalize_email(email).lower(), **fields)
        account.set_password(password) if password else account.set_unusable_password()
        account.save()
        return account


class Account(AbstractBaseUser):
    """
    A way in: an address and a password, or single sign-on.

    The library that signs people in writes it, so it is not Recorded itself;
    signing in and out, changed passwords and second factors are entered in the
    record as they happen (see partners/signing_in.py). What a person may do is
    never here: roles are held by people.
    """

    last_login = None  # the record says when somebody signed in
    email = models.EmailField(_("e-mail address"), unique=True)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[AccountManager] = AccountManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    classified = (
        dict.fromkeys(("id", "is_active"), Classed.INTERNAL) | {"email": Classed.STAFF} | {"password": Classed.SECRET}
    )

    def __str__(self) -> str:
        return f"account {self.pk}"


class Invitation(Recorded):
    """
    A link by which a person may make their account, once, until it expires.

    Only a digest of the link's secret is kept, so that the table lets nobody in.
    """

    person = models.ForeignKey("partners.Person", models.PROTECT, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    secret = ""  # of the link; only on the one that was just made

    classified = (
        dict.fromkeys(("id", "version", "expires_at", "accepted_at", "withdrawn_at"), Classed.INTERNAL)
        | {"person": Classed.STAFF}
        | {"digest": Classed.SECRET}
    )

    class Meta:
        ordering = ("-expires_at",)

    def __str__(self) -> str:
        return f"invitation of {self.person}"
