"""What was said and decided at an item, and where organisations stood."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.meetings.models.agenda import AgendaItem
from goldthread.partners.models import Group, Organisation


class Minute(Recorded):
    """What the minutes say of one item; they are agreed for the whole meeting at once (see Meeting)."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="minute")
    text = models.TextField(_("minutes"))

    classified = dict.fromkeys(("id", "version", "item"), Classed.INTERNAL) | {"text": Classed.STAFF}

    class Meta:
        ordering = ("item",)

    def __str__(self) -> str:
        return f"{self.item}"


class How(models.TextChoices):
    """How a decision was reached."""

    CONSENSUS = "consensus", _("By consensus")
    FALLBACK = "fallback", _("Without consensus, by a step of the constitution")


class Decision(Recorded):
    """
    Something that a group decided at an item, numbered within the group and the year, such as EB 2026/14.

    `step` is the step of the constitution by which it was reached without
    consensus. `implications` are those for crime and disorder (section 17 of
    the Crime and Disorder Act 1998).
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="decisions")
    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    year = models.PositiveSmallIntegerField(_("year"))
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("the decision"))
    how = models.CharField(_("how it was reached"), max_length=10, choices=How.choices)
    step = models.CharField(_("step of the constitution"), max_length=300, blank=True)
    implications = models.TextField(_("implications for crime and disorder (section 17)"))

    classified = dict.fromkeys(
        ("id", "version", "item", "group", "year", "number", "how", "step"), Classed.INTERNAL
    ) | dict.fromkeys(("text", "implications"), Classed.STAFF)

    class Meta:
        ordering = ("group", "-year", "-number")
        constraints = (
            models.UniqueConstraint(
                fields=["group", "year", "number"], name="decisions_are_numbered_in_group_and_year"
            ),
            models.CheckConstraint(
                condition=models.Q(how="consensus", step="") | (models.Q(how="fallback") & ~models.Q(step="")),
                name="a_decision_without_consensus_names_its_step",
            ),
        )

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Its number, after the first letters of the group's name."""
        letters = "".join(word[0] for word in self.group.name.replace("-", " ").split() if word[0].isupper())
        return f"{letters} {self.year}/{self.number}"


class Stance(models.TextChoices):
    """Where an organisation stood that did not simply agree."""

    DISSENTS = "dissents", _("Dissents")
    OWN_GOVERNANCE = "own-governance", _("Agrees, subject to its own governance")


class Position(Recorded):
    """That an organisation dissented from a decision, or agreed subject to its own governance, and its words."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="positions")
    stance = models.CharField(_("where it stands"), max_length=20, choices=Stance.choices)
    words = models.TextField(_("in its words"), blank=True)

    classified = dict.fromkeys(("id", "version", "decision", "organisation", "stance"), Classed.INTERNAL) | {
        "words": Classed.STAFF
    }

    class Meta:
        ordering = ("decision", "organisation__name")
        constraints = (
            models.UniqueConstraint(
                fields=["decision", "organisation"],
                name="an_organisation_takes_one_position_on_a_decision",
                violation_error_message=_("This organisation’s position on the decision is already recorded."),
            ),
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values), name="a_position_is_one_that_is_known"
            ),
        )

    def __str__(self) -> str:
        return f"the position of {self.organisation} on {self.decision}"
