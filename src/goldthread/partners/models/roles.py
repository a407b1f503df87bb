"""Who holds which role, where, from when until when, and who stands in."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.access.roles import ROLES, Role
from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.partners.models.groups import Group
from goldthread.partners.models.people import Person

ENDS_AFTER_IT_STARTS = models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on"))


class Holding(Recorded):
    """
    A role that a person holds: in one group, or without a group across the partnership.

    Both days count. It is ended and never removed, so that who held which role
    on any past day can be asked.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="holdings")
    role = models.CharField(_("role"), max_length=40, choices=[(name, role.title) for name, role in ROLES.items()])
    group = models.ForeignKey(Group, models.PROTECT, null=True, blank=True, related_name="holdings")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    classified = {
        **dict.fromkeys(("id", "version", "role", "group", "starts_on", "ends_on"), Classed.INTERNAL),
        "person": Classed.STAFF,
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

    classified = {
        **dict.fromkeys(("id", "version", "holding", "starts_on", "ends_on"), Classed.INTERNAL),
        "person": Classed.STAFF,
    }

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (models.CheckConstraint(condition=ENDS_AFTER_IT_STARTS, name="deputy_ends_after_starting"),)

    def __str__(self) -> str:
        return f"{self.person} for {self.holding}"
