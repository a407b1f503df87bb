"""Actions, and what must hold of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of what people are to do."""

    dependencies = [
        ("meetings", "0003_minutes_and_decisions"),
        ("partners", "0002_roles_and_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("what", models.TextField(verbose_name="what is to be done")),
                ("due_on", models.DateField(verbose_name="by")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")],
                        default="open",
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("evidence", models.TextField(blank=True, verbose_name="evidence")),
                ("said_done_at", models.DateTimeField(blank=True, null=True, verbose_name="said to be done at")),
                ("said_done_by", models.CharField(blank=True, max_length=200, verbose_name="said to be done by")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed at")),
                ("closed_by", models.CharField(blank=True, max_length=200, verbose_name="closed by")),
                (
                    "agency",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="partners.organisation"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="partners.group"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ("due_on", "pk"),
                "indexes": [
                    models.Index(fields=["owner", "state", "due_on"], name="action_by_owner"),
                    models.Index(fields=["state", "due_on"], name="action_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("said_done_at__isnull", True), ("said_done_by", "")),
                            models.Q(
                                ("said_done_at__isnull", False),
                                models.Q(("said_done_by", ""), _negated=True),
                                models.Q(("evidence", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_action_is_said_to_be_done_with_evidence",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("closed_by", ""), ("state", "open")),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("state__in", ("done", "dropped")),
                                models.Q(("closed_by", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_action_is_closed_by_somebody_once",
                    ),
                ],
            },
        ),
    ]
