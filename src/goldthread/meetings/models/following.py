"""What somebody is to do, by when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.meetings.models.agenda import AgendaItem
from goldthread.partners.models import Group, Organisation, Person


class ActionState(models.TextChoices):
    """What became of an action."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class Action(Recorded):
    """
    Something that its owner is to do for a group by a day; carried until it is closed.

    `agency` is the owner's organisation when it was raised. The owner says that
    it is done, with evidence; it stays open until the group's chair or the
    manager closes it. `item` is where it was raised, if at a meeting.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="actions")
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, blank=True, related_name="actions")
    what = models.TextField(_("what is to be done"))
    owner = models.ForeignKey(Person, models.PROTECT, related_name="actions")
    agency = models.ForeignKey(Organisation, models.PROTECT, related_name="actions")
    due_on = models.DateField(_("by"))
    state = models.CharField(_("state"), max_length=10, choices=ActionState.choices, default=ActionState.OPEN)
    evidence = models.TextField(_("evidence"), blank=True)
    said_done_at = models.DateTimeField(_("said to be done at"), null=True, blank=True)
    said_done_by = models.CharField(_("said to be done by"), max_length=200, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=200, blank=True)

    classified = dict.fromkeys(
        ("id", "version", "group", "item", "agency", "due_on", "state", "said_done_at", "closed_at"), Classed.INTERNAL
    ) | dict.fromkeys(("what", "owner", "evidence", "said_done_by", "closed_by"), Classed.STAFF)

    class Meta:
        ordering = ("due_on", "pk")
        indexes = (
            models.Index(fields=["owner", "state", "due_on"], name="action_by_owner"),
            models.Index(fields=["state", "due_on"], name="action_by_day"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(said_done_at__isnull=True, said_done_by="")
                | (models.Q(said_done_at__isnull=False) & ~models.Q(said_done_by="") & ~models.Q(evidence="")),
                name="an_action_is_said_to_be_done_with_evidence",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open", closed_at__isnull=True, closed_by="")
                | (models.Q(state__in=("done", "dropped"), closed_at__isnull=False) & ~models.Q(closed_by="")),
                name="an_action_is_closed_by_somebody_once",
            ),
        )

    def __str__(self) -> str:
        return f"action {self.pk} of {self.group}"

    def is_overdue(self, day: date | None = None) -> bool:
        """Whether its day has passed and nobody has said that it is done."""
        return self.state == ActionState.OPEN and not self.said_done_at and self.due_on < (day or timezone.localdate())
