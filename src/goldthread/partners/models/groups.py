"""Groups, whom they answer to, and the terms of reference that they agreed."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from goldthread.audit.classes import Classed
from goldthread.audit.recorded import Recorded
from goldthread.partners.models.organisations import OrganisationKind


class GroupKind(models.TextChoices):
    """The four kinds of group, from the top."""

    BOARD = "board", _("Executive Board")
    STRATEGIC = "strategic", _("Strategic group")
    TACTICAL = "tactical", _("Tactical group")
    TASK_AND_FINISH = "task-and-finish", _("Task-and-finish group")


class Group(Recorded):
    """
    A group of the partnership.

    Every group but the board answers to another. One group at a time is the
    strategy group of the 2007 regulations. A task-and-finish group says when it
    is to end, and closes with a report.
    """

    name = models.CharField(_("name"), max_length=200, unique=True)
    slug = models.SlugField(_("name in its address"), max_length=60, unique=True, editable=False)
    kind = models.CharField(_("kind of group"), max_length=20, choices=GroupKind.choices)
    accountable_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="answers_here", verbose_name=_("accountable to")
    )
    strategy_group = models.BooleanField(_("is the strategy group of the regulations"), default=False)
    purpose = models.TextField(_("purpose"))
    opened_on = models.DateField(_("opened on"))
    to_end_on = models.DateField(_("to end on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True, editable=False)
    closing_report = models.TextField(_("closing report"), blank=True, editable=False)

    classified = dict.fromkeys(
        (
            *("id", "version", "name", "slug", "kind", "accountable_to", "strategy_group", "purpose", "opened_on"),
            *("to_end_on", "closed_on", "closing_report"),
        ),
        Classed.INTERNAL,
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind="board", accountable_to__isnull=True)
                | (~models.Q(kind="board") & models.Q(accountable_to__isnull=False)),
                name="only_the_board_answers_to_no_group",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="task-and-finish") | models.Q(to_end_on__isnull=False),
                name="task_and_finish_groups_say_when_they_end",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="task-and-finish", closed_on__isnull=False) | ~models.Q(closing_report=""),
                name="task_and_finish_groups_close_with_a_report",
            ),
            models.UniqueConstraint(
                fields=["strategy_group"],
                condition=models.Q(strategy_group=True, closed_on__isnull=True),
                name="one_strategy_group",
            ),
        )

    def __str__(self) -> str:
        return self.name


class TermsOfReference(Recorded):
    """
    What a group agreed about itself, in versions: the newest adopted one holds.

    Members, chair and deputy are not typed here: they are the roles that are
    held. Quorum counts organisations, never people; `quorum_kinds` are kinds of
    body that must be among them.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="terms")
    number = models.PositiveSmallIntegerField(_("version"))
    purpose = models.TextField(_("purpose"))
    frequency = models.CharField(_("how often it meets"), max_length=100)
    quorum = models.PositiveSmallIntegerField(
        _("organisations needed for a quorum"), validators=[MinValueValidator(1), MaxValueValidator(50)]
    )
    quorum_kinds = models.JSONField(_("kinds of body that must be there"), default=list, blank=True)
    inputs = models.TextField(_("what comes to it"))
    outputs = models.TextField(_("what it produces"))
    delegated_limits = models.TextField(_("what it may decide by itself"))
    reporting = models.TextField(_("what it reports, to whom"))
    review_on = models.DateField(_("to be reviewed on"))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    adopted_as = models.CharField(_("adopted by decision"), max_length=200, blank=True, editable=False)

    classified = dict.fromkeys(
        (
            *("id", "version", "group", "number", "purpose", "frequency", "quorum", "quorum_kinds", "inputs"),
            *("outputs", "delegated_limits", "reporting", "review_on", "adopted_on", "adopted_as"),
        ),
        Classed.INTERNAL,
    )

    class Meta:
        ordering = ("group", "-number")
        constraints = (
            models.UniqueConstraint(fields=["group", "number"], name="terms_are_numbered_in_their_group"),
            models.CheckConstraint(
                condition=models.Q(adopted_on__isnull=True, adopted_as="")
                | (models.Q(adopted_on__isnull=False) & ~models.Q(adopted_as="")),
                name="terms_adopted_on_and_as_together",
            ),
        )

    def __str__(self) -> str:
        return f"terms of reference {self.number} of {self.group}"

    def rows(self) -> list[tuple[str, str]]:
        """Each thing that the terms say, under its name, for a page or a document."""
        shown = ("purpose", "frequency", "inputs", "outputs", "delegated_limits", "reporting")
        titles = {f.name: str(f.verbose_name).capitalize() for f in self._meta.concrete_fields}
        told = [(titles[name], getattr(self, name)) for name in shown]
        kinds = [OrganisationKind(kind).label for kind in self.quorum_kinds]
        among = f", {_('among them')}: {'; '.join(str(k) for k in kinds)}" if kinds else ""
        quorum = (str(_("Quorum")), f"{self.quorum} {_('organisations')}{among}")
        return [*told, quorum, (str(_("To be reviewed on")), date_format(self.review_on, "j F Y"))]
