"""People who work in the partnership, the roles that they hold, from when until when, and who stands in."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldthread.access.permissions import Permission
from goldthread.access.roles import ROLES, Role, titles_that_may
from goldthread.access.rulings import YES, Ruling, no
from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.partners.models.groups import Group
from goldthread.partners.models.organisations import Organisation


class Person(Recorded):
    """
    Somebody who works in the partnership, whether or not they can sign in.

    `account` is there once they accepted an invitation. `closed_at` and
    `closed_by` say when their account was closed, and by whom; what they did
    stays under their name.
    """

    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail address"), unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="people", verbose_name=_("organisation")
    )
    post = models.CharField(_("post"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES, default="en")
    account = models.OneToOneField(
        "partners.Account", models.PROTECT, null=True, blank=True, related_name="person", editable=False
    )
    closed_at = models.DateTimeField(_("account closed at"), null=True, blank=True, editable=False)
    closed_by = models.CharField(_("account closed by"), max_length=200, blank=True, editable=False)

    classified = dict.fromkeys(
        ("id", "version", "organisation", "language", "closed_at"), Classed.INTERNAL
    ) | dict.fromkeys(("name", "email", "post", "telephone", "account", "closed_by"), Classed.STAFF)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=True, closed_by="")
                | (models.Q(closed_at__isnull=False) & ~models.Q(closed_by="")),
                name="person_closed_at_and_by_together",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> str:
        """What the record knows them by."""
        return str(self.pk)

    def holdings_on(self, day: date) -> list[Holding]:
        """The roles held on a day, and those of others whose named deputy this person was."""
        then = models.Q(starts_on__lte=day) & (models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=day))
        standing_in = self.deputises.filter(then).values("holding")
        mine = models.Q(person=self) | models.Q(pk__in=standing_in)
        return list(Holding.objects.filter(then & mine).select_related("group", "person"))

    @cached_property
    def holdings_today(self) -> list[Holding]:
        """The roles held today; asked once for each page."""
        return self.holdings_on(timezone.localdate())

    def may(self, permission: Permission, group: Group | None = None) -> Ruling:
        """
        Whether any role held today lets this person do something.

        With a group, a role held in another group does not count; a role across
        the partnership always does. Without one, a role held anywhere counts:
        that is how a page for many groups is opened.
        """
        for held in self.holdings_today:
            if permission in held.kind.may and (group is None or held.group_id in (None, group.pk)):
                return YES
        where = f" of {group}" if group is not None else ""
        return no(
            f"To {permission.value} you need to be {_either(titles_that_may(permission))}{where}. "
            "The partnership manager can give you the role."
        )


ENDS_AFTER_IT_STARTS = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on"))


class Holding(Recorded):
    """
    A role that a person holds: in one group, or without a group across the partnership.

    Both days count. It is ended and never removed, so that who held which role
    on any past day can be asked. `standing_in` is there when the question was
    queries.roles_on: the deputies of that day.
    """

    standing_in: list[Deputy]

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    role = models.CharField(_("role"), max_length=40, choices=[(name, role.title) for name, role in ROLES.items()])
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="holdings")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    classified = dict.fromkeys(("id", "version", "role", "group", "starts_on", "ends_on"), Classed.INTERNAL) | {
        "person": Classed.STAFF
    }

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            models.CheckConstraint(condition=ENDS_AFTER_IT_STARTS, name="holding_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=["person", "role", "group"],
                condition=models.Q(ends_on__isnull=True),
                nulls_distinct=False,
                name="a_role_is_held_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} as {self.kind.title.lower()}" + (f" of {self.group}" if self.group else "")

    @property
    def kind(self) -> type[Role]:
        """The role itself, with its sentence and what it allows."""
        return ROLES[self.role]


class Deputy(Recorded):
    """Somebody named to stand in for a holder of a role in a group."""

    holding = models.ForeignKey(Holding, models.PROTECT, related_name="deputies")
    person = models.ForeignKey(Person, models.PROTECT, related_name="deputises")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    classified = dict.fromkeys(("id", "version", "holding", "starts_on", "ends_on"), Classed.INTERNAL) | {
        "person": Classed.STAFF
    }

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (models.CheckConstraint(condition=ENDS_AFTER_IT_STARTS, name="deputy_ends_after_starting"),)

    def __str__(self) -> str:
        return f"{self.person} for {self.holding}"


def _either(titles: list[str]) -> str:
    *most, last = titles
    return f"{', '.join(most)} or {last}" if most else last
