"""Meetings of groups, the cycles that make them, and what must hold of both."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of meetings, and their constraints."""

    initial = True

    dependencies = [
        ("partners", "0002_roles_and_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Cycle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "rhythm",
                    models.CharField(
                        choices=[
                            ("monthly", "Monthly"),
                            ("six-weekly", "Every six weeks"),
                            ("bi-monthly", "Every two months"),
                            ("quarterly", "Quarterly"),
                        ],
                        max_length=20,
                        verbose_name="how often",
                    ),
                ),
                ("first_on", models.DateField(verbose_name="first meeting on")),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cycles", to="partners.group"
                    ),
                ),
            ],
            options={
                "ordering": ("group", "-first_on"),
            },
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("held_on", models.DateField(verbose_name="day")),
                ("starts_at", models.TimeField(verbose_name="starts at")),
                (
                    "lasts",
                    models.PositiveSmallIntegerField(
                        default=120,
                        validators=[
                            django.core.validators.MinValueValidator(15),
                            django.core.validators.MaxValueValidator(600),
                        ],
                        verbose_name="minutes that it lasts",
                    ),
                ),
                ("place", models.CharField(max_length=200, verbose_name="place")),
                (
                    "state",
                    models.CharField(
                        choices=[("planned", "Planned"), ("held", "Held"), ("cancelled", "Cancelled")],
                        default="planned",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("was_on", models.DateField(blank=True, editable=False, null=True, verbose_name="moved from")),
                (
                    "why",
                    models.CharField(
                        blank=True, editable=False, max_length=300, verbose_name="why it was moved or cancelled"
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="meetings",
                        to="meetings.cycle",
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="meetings", to="partners.group"
                    ),
                ),
            ],
            options={
                "ordering": ("held_on", "starts_at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.UniqueConstraint(fields=("group", "first_on"), name="a_group_has_one_cycle_from_a_day"),
        ),
        migrations.AddConstraint(
            model_name="cycle",
            constraint=models.CheckConstraint(
                condition=models.Q(("rhythm__in", ["monthly", "six-weekly", "bi-monthly", "quarterly"])),
                name="cycle_has_a_rhythm_that_is_known",
            ),
        ),
        migrations.AddIndex(
            model_name="meeting",
            index=models.Index(fields=["held_on", "group"], name="meeting_by_day"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "cancelled"), _negated=True),
                fields=("group", "held_on"),
                name="a_group_meets_once_a_day",
                violation_error_message="The group already meets on that day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "held", "cancelled"])),
                name="meeting_has_a_state_that_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("was_on__isnull", True), models.Q(("state", "cancelled"), _negated=True)),
                    models.Q(("why", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_meeting_moved_or_cancelled_says_why",
            ),
        ),
    ]
