"""What the partnership agreed about itself: its name, its looks, and a constitution in versions."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded

COLOUR = RegexValidator(r"^#[0-9a-fA-F]{6}$", _("Enter a colour as six digits after a #, like #1d70b8"))


class Partnership(Recorded):
    """The partnership itself; there is one."""

    name = models.CharField(_("name"), max_length=200)
    area = models.CharField(_("area"), max_length=200)
    vision = models.TextField(_("vision"), blank=True)
    mission = models.TextField(_("mission"), blank=True)
    colour = models.CharField(_("main colour"), max_length=7, default="#1d4f5c", validators=[COLOUR])
    accent = models.CharField(_("second colour"), max_length=7, default="#b5812c", validators=[COLOUR])
    logo = models.TextField(_("logo, as SVG"), blank=True)

    classified = dict.fromkeys(
        ("id", "version", "name", "area", "vision", "mission", "colour", "accent", "logo"), Classed.OPEN
    )

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(pk=1), name="there_is_one_partnership"),)

    def __str__(self) -> str:
        return self.name


class Constitution(Recorded):
    """
    One version of the constitution; the newest adopted one holds.

    `fallback` are the steps by which a decision is reached without consensus,
    in order. `overdue_days` is after how many days an overdue action goes to
    the group above, each time again.
    """

    number = models.PositiveSmallIntegerField(_("version"), unique=True)
    fallback = models.JSONField(_("steps when there is no consensus"), default=list)
    overdue_days = models.PositiveSmallIntegerField(
        _("days overdue before an action goes up a level"),
        default=14,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    adopted_as = models.CharField(_("adopted by decision"), max_length=200, blank=True, editable=False)

    classified = dict.fromkeys(
        ("id", "version", "number", "fallback", "overdue_days", "adopted_on", "adopted_as"), Classed.OPEN
    )

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(adopted_on__isnull=True, adopted_as="")
                | (models.Q(adopted_on__isnull=False) & ~models.Q(adopted_as="")),
                name="constitution_adopted_on_and_as_together",
            ),
        )

    def __str__(self) -> str:
        return f"constitution, version {self.number}"


class Article(Recorded):
    """One article of a version of the constitution."""

    constitution = models.ForeignKey(Constitution, models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    text = models.TextField(_("text"))

    classified = dict.fromkeys(("id", "version", "constitution", "number", "title", "text"), Classed.OPEN)

    class Meta:
        ordering = ("constitution", "number")
        constraints = (
            models.UniqueConstraint(fields=["constitution", "number"], name="articles_are_numbered_in_their_version"),
        )

    def __str__(self) -> str:
        return f"article {self.number} of {self.constitution}"
