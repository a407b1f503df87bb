"""Bodies of the partnership, typed as the Crime and Disorder Act 1998 types them."""

from __future__ import annotations

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded


class OrganisationKind(models.TextChoices):
    """What kind of body it is (sections 5(1) to 5(3) of the Act; the rest by custom)."""

    COUNCIL = "council", _("Responsible authority: council")
    POLICE = "police", _("Responsible authority: chief officer of police")
    FIRE = "fire", _("Responsible authority: fire and rescue authority")
    PROBATION = "probation", _("Responsible authority: probation provider")
    ICB = "icb", _("Responsible authority: integrated care board")
    HEALTH_BOARD = "health-board", _("Responsible authority: Local Health Board (Wales)")
    CO_OPERATING = "co-operating", _("Co-operating body")
    PARTICIPATING = "participating", _("Participating body")
    LOCAL_POLICING = "local-policing", _("Local policing body")
    PROVIDER = "provider", _("Provider of services")
    VOLUNTARY = "voluntary", _("Voluntary or community group")


RESPONSIBLE: Final = frozenset(
    {
        *(OrganisationKind.COUNCIL, OrganisationKind.POLICE, OrganisationKind.FIRE, OrganisationKind.PROBATION),
        *(OrganisationKind.ICB, OrganisationKind.HEALTH_BOARD),
    }
)


class Organisation(Recorded):
    """
    A body that belongs to the partnership.

    `why_absent` is the explanation that a responsible authority which nobody
    sits for on the strategy group owes.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    short_name = models.CharField(_("short name"), max_length=40, unique=True)
    kind = models.CharField(_("kind of body"), max_length=20, choices=OrganisationKind.choices)
    why_absent = models.TextField(_("why nobody sits for it on the strategy group"), blank=True)
    joined_on = models.DateField(_("joined on"))
    left_on = models.DateField(_("left on"), null=True, blank=True)

    classified = dict.fromkeys(
        ("id", "version", "name", "short_name", "kind", "why_absent", "joined_on", "left_on"), Classed.INTERNAL
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True) | models.Q(left_on__gte=models.F("joined_on")),
                name="organisation_leaves_after_it_joins",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def responsible(self) -> bool:
        """Whether it is a responsible authority."""
        return self.kind in RESPONSIBLE


class Nomination(Recorded):
    """The person whom a responsible authority nominates to facilitate sharing of information (regulation 4)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="nominations")
    person = models.ForeignKey("partners.Person", models.PROTECT, related_name="nominations")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    classified = dict.fromkeys(("id", "version", "organisation", "starts_on", "ends_on"), Classed.INTERNAL) | {
        "person": Classed.STAFF
    }

    class Meta:
        ordering = ("organisation", "starts_on")
        constraints = (
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ends_on__isnull=True), name="one_nominee_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} for {self.organisation}"
