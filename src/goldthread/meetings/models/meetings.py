"""Meetings of groups, and the cycles that make them."""

from __future__ import annotations

from datetime import date, datetime

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.partners.models import Group


class Rhythm(models.TextChoices):
    """How often a group meets."""

    MONTHLY = "monthly", _("Monthly")
    SIX_WEEKLY = "six-weekly", _("Every six weeks")
    BI_MONTHLY = "bi-monthly", _("Every two months")
    QUARTERLY = "quarterly", _("Quarterly")


class State(models.TextChoices):
    """What became of a meeting."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class Cycle(Recorded):
    """A year of a group's meetings: how often, from which first day."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="cycles")
    rhythm = models.CharField(_("how often"), max_length=20, choices=Rhythm.choices)
    first_on = models.DateField(_("first meeting on"))

    classified = dict.fromkeys(("id", "version", "group", "rhythm", "first_on"), Classed.INTERNAL)

    class Meta:
        ordering = ("group", "-first_on")
        constraints = (
            models.UniqueConstraint(fields=["group", "first_on"], name="a_group_has_one_cycle_from_a_day"),
            models.CheckConstraint(
                condition=models.Q(rhythm__in=Rhythm.values), name="cycle_has_a_rhythm_that_is_known"
            ),
        )

    def __str__(self) -> str:
        first = date_format(self.first_on, "j F Y")
        return f"a cycle of {self.group}, {self.get_rhythm_display().lower()} from {first}"


class Meeting(Recorded):
    """
    One meeting of a group.

    `was_on` is the day from which it was last moved; `why` says why it was
    moved or cancelled. `lasts` is in minutes. Its minutes are a draft until a
    later meeting, `agreed_in`, agreed them.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="meetings")
    cycle = models.ForeignKey(Cycle, models.PROTECT, null=True, blank=True, related_name="meetings")
    held_on = models.DateField(_("day"))
    starts_at = models.TimeField(_("starts at"))
    lasts = models.PositiveSmallIntegerField(
        _("minutes that it lasts"), default=120, validators=[MinValueValidator(15), MaxValueValidator(600)]
    )
    place = models.CharField(_("place"), max_length=200)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED, editable=False)
    was_on = models.DateField(_("moved from"), null=True, blank=True, editable=False)
    why = models.CharField(_("why it was moved or cancelled"), max_length=300, blank=True, editable=False)

    minutes_agreed_at = models.DateTimeField(_("minutes agreed at"), null=True, blank=True, editable=False)
    minutes_agreed_by = models.CharField(_("minutes agreed by"), max_length=200, blank=True, editable=False)
    agreed_in = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="agreed_here"
    )

    classified = dict.fromkeys(
        (
            *("id", "version", "group", "cycle", "held_on", "starts_at", "lasts", "place", "state", "was_on", "why"),
            *("minutes_agreed_at", "agreed_in"),
        ),
        Classed.INTERNAL,
    ) | {"minutes_agreed_by": Classed.STAFF}

    class Meta:
        ordering = ("held_on", "starts_at", "pk")
        indexes = (models.Index(fields=["held_on", "group"], name="meeting_by_day"),)
        constraints = (
            models.UniqueConstraint(
                fields=["group", "held_on"],
                condition=~models.Q(state="cancelled"),
                name="a_group_meets_once_a_day",
                violation_error_message=_("The group already meets on that day."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="meeting_has_a_state_that_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(was_on__isnull=True) & ~models.Q(state="cancelled") | ~models.Q(why=""),
                name="a_meeting_moved_or_cancelled_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(minutes_agreed_at__isnull=True, minutes_agreed_by="", agreed_in__isnull=True)
                | (
                    models.Q(minutes_agreed_at__isnull=False, agreed_in__isnull=False, state="held")
                    & ~models.Q(minutes_agreed_by="")
                ),
                name="minutes_agreed_by_whom_when_and_where",
            ),
        )

    def __str__(self) -> str:
        return f"the meeting of {self.group} on {date_format(self.held_on, 'j F Y')}"

    @property
    def begins_at(self) -> datetime:
        """The moment at which it starts, where the partnership is."""
        return timezone.make_aware(datetime.combine(self.held_on, self.starts_at))

    def is_over(self, day: date) -> bool:
        """Whether its day has come or passed."""
        return self.held_on <= day
