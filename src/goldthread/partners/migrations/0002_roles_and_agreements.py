"""Roles, deputies, nominations and agreements; and what must hold of all of them."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The rest of the tables, and their constraints."""

    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Holding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("partnership-manager", "Partnership manager"),
                            ("analyst", "Analyst"),
                            ("chair", "Chair"),
                            ("co-chair", "Co-chair"),
                            ("group-member", "Group member"),
                            ("agency-lead", "Agency lead"),
                            ("information-governance-lead", "Information governance lead"),
                            ("scrutiny-officer", "Scrutiny officer"),
                            ("committee-councillor", "Councillor on the committee"),
                            ("councillor", "Councillor"),
                            ("administrator", "Site administrator"),
                            ("marac-coordinator", "MARAC co-ordinator"),
                            ("marac-representative", "MARAC representative"),
                            ("auditor", "Read-only auditor"),
                        ],
                        max_length=40,
                        verbose_name="role",
                    ),
                ),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "group",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="holdings",
                        to="partners.group",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holdings", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ("starts_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "holding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to="partners.holding"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deputises", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ("starts_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="TermsOfReference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("frequency", models.CharField(max_length=100, verbose_name="how often it meets")),
                (
                    "quorum",
                    models.PositiveSmallIntegerField(
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(50),
                        ],
                        verbose_name="organisations needed for a quorum",
                    ),
                ),
                (
                    "quorum_kinds",
                    models.JSONField(blank=True, default=list, verbose_name="kinds of body that must be there"),
                ),
                ("inputs", models.TextField(verbose_name="what comes to it")),
                ("outputs", models.TextField(verbose_name="what it produces")),
                ("delegated_limits", models.TextField(verbose_name="what it may decide by itself")),
                ("reporting", models.TextField(verbose_name="what it reports, to whom")),
                ("review_on", models.DateField(verbose_name="to be reviewed on")),
                ("adopted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="adopted on")),
                (
                    "adopted_as",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="adopted by decision"),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="terms", to="partners.group"
                    ),
                ),
            ],
            options={
                "ordering": ("group", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("text", models.TextField(verbose_name="text")),
                (
                    "constitution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="articles", to="partners.constitution"
                    ),
                ),
            ],
            options={
                "ordering": ("constitution", "number"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("constitution", "number"), name="articles_are_numbered_in_their_version"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accountable_to__isnull", True), ("kind", "board")),
                    models.Q(models.Q(("kind", "board"), _negated=True), ("accountable_to__isnull", False)),
                    _connector="OR",
                ),
                name="only_the_board_answers_to_no_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "task-and-finish"), _negated=True), ("to_end_on__isnull", False), _connector="OR"
                ),
                name="task_and_finish_groups_say_when_they_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_on__isnull", False), ("kind", "task-and-finish"), _negated=True),
                    models.Q(("closing_report", ""), _negated=True),
                    _connector="OR",
                ),
                name="task_and_finish_groups_close_with_a_report",
            ),
        ),
        migrations.AddConstraint(
            model_name="group",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_on__isnull", True), ("strategy_group", True)),
                fields=("strategy_group",),
                name="one_strategy_group",
            ),
        ),
        migrations.AddConstraint(
            model_name="person",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at__isnull", True), ("closed_by", "")),
                    models.Q(("closed_at__isnull", False), models.Q(("closed_by", ""), _negated=True)),
                    _connector="OR",
                ),
                name="person_closed_at_and_by_together",
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)), fields=("organisation",), name="one_nominee_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="holding_ends_after_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="holding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ends_on__isnull", True)),
                fields=("person", "role", "group"),
                name="a_role_is_held_once_at_a_time",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="deputy",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"),
                name="deputy_ends_after_starting",
            ),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.UniqueConstraint(fields=("group", "number"), name="terms_are_numbered_in_their_group"),
        ),
        migrations.AddConstraint(
            model_name="termsofreference",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_as", ""), ("adopted_on__isnull", True)),
                    models.Q(("adopted_on__isnull", False), models.Q(("adopted_as", ""), _negated=True)),
                    _connector="OR",
                ),
                name="terms_adopted_on_and_as_together",
            ),
        ),
    ]
