"""What is on the agenda, who was there, and who had an interest in it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.meetings.models.meetings import Meeting
from goldthread.partners.models import Organisation, Person


class Standing(models.TextChoices):
    """Items that every agenda has, in their order; other items come before any other business."""

    APOLOGIES = "apologies", _("Apologies for absence")
    DECLARATIONS = "declarations", _("Declarations of interest")
    LAST_MINUTES = "last-minutes", _("Minutes of the last meeting")
    ACTION_LOG = "action-log", _("Action log")
    OTHER_BUSINESS = "other-business", _("Any other business")


class AgendaItem(Recorded):
    """
    One item of a meeting's agenda.

    `standing` says which of the items that every agenda has it is; empty for
    others. The words of a confidential one are for those alone who may read
    confidential items of the group, so the record does not hold them either.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="agenda")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    standing = models.CharField(_("standing item"), max_length=20, choices=Standing.choices, blank=True, editable=False)
    about = models.TextField(_("what it is about"), blank=True)
    confidential = models.BooleanField(_("confidential"), default=False)
    lead = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="leads_items")

    classified = dict.fromkeys(
        ("id", "version", "meeting", "number", "standing", "confidential"), Classed.INTERNAL
    ) | dict.fromkeys(("title", "about", "lead"), Classed.STAFF)

    class Meta:
        ordering = ("meeting", "number")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "number"], name="items_are_numbered_in_their_meeting"),
            models.CheckConstraint(condition=~models.Q(title=""), name="an_item_has_a_title"),
        )

    def __str__(self) -> str:
        return f"item {self.number} of {self.meeting}"


class Attendance(Recorded):
    """
    Whether somebody who was expected was at a meeting, and for which organisation.

    A deputy is there for the organisation of `deputy_for`.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, models.PROTECT, related_name="attendances")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="attendances")
    deputy_for = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="stood_in_for_at")
    present = models.BooleanField(_("was there"))

    classified = dict.fromkeys(("id", "version", "meeting", "organisation"), Classed.INTERNAL) | dict.fromkeys(
        ("person", "deputy_for", "present"), Classed.STAFF
    )

    class Meta:
        ordering = ("meeting", "organisation__name", "person__name")
        constraints = (
            models.UniqueConstraint(fields=["meeting", "person"], name="a_person_attends_a_meeting_once"),
            models.CheckConstraint(
                condition=models.Q(deputy_for__isnull=True) | ~models.Q(deputy_for=models.F("person")),
                name="nobody_is_their_own_deputy",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} at {self.meeting}"


class Declaration(Recorded):
    """An interest that somebody declared at an item, and whether they withdrew from it."""

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="declarations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="declarations")
    interest = models.TextField(_("the interest"))
    withdrew = models.BooleanField(_("withdrew from the item"), default=False)

    classified = dict.fromkeys(("id", "version", "item", "withdrew"), Classed.INTERNAL) | dict.fromkeys(
        ("person", "interest"), Classed.STAFF
    )

    class Meta:
        ordering = ("item", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["item", "person"],
                name="an_interest_is_declared_once_at_an_item",
                violation_error_message=_("This person has already declared an interest at this item."),
            ),
        )

    def __str__(self) -> str:
        return f"an interest of {self.person} at {self.item}"
