"""Minutes, decisions and where organisations stood; and what must hold of them."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of what meetings decide."""

    dependencies = [
        ("meetings", "0002_agenda_and_attendance"),
        ("partners", "0002_roles_and_agreements"),
    ]

    operations = [
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(verbose_name="the decision")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("consensus", "By consensus"),
                            ("fallback", "Without consensus, by a step of the constitution"),
                        ],
                        max_length=10,
                        verbose_name="how it was reached",
                    ),
                ),
                ("step", models.CharField(blank=True, max_length=300, verbose_name="step of the constitution")),
                ("implications", models.TextField(verbose_name="implications for crime and disorder (section 17)")),
            ],
            options={
                "ordering": ("group", "-year", "-number"),
            },
        ),
        migrations.CreateModel(
            name="Minute",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("text", models.TextField(verbose_name="minutes")),
            ],
            options={
                "ordering": ("item",),
            },
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                (
                    "stance",
                    models.CharField(
                        choices=[("dissents", "Dissents"), ("own-governance", "Agrees, subject to its own governance")],
                        max_length=20,
                        verbose_name="where it stands",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="in its words")),
            ],
            options={
                "ordering": ("decision", "organisation__name"),
            },
        ),
        migrations.AddField(
            model_name="meeting",
            name="agreed_in",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="agreed_here",
                to="meetings.meeting",
            ),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_agreed_at",
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name="minutes agreed at"),
        ),
        migrations.AddField(
            model_name="meeting",
            name="minutes_agreed_by",
            field=models.CharField(blank=True, editable=False, max_length=200, verbose_name="minutes agreed by"),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("agreed_in__isnull", True), ("minutes_agreed_at__isnull", True), ("minutes_agreed_by", "")
                    ),
                    models.Q(
                        ("agreed_in__isnull", False),
                        ("minutes_agreed_at__isnull", False),
                        ("state", "held"),
                        models.Q(("minutes_agreed_by", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="minutes_agreed_by_whom_when_and_where",
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="partners.group"
            ),
        ),
        migrations.AddField(
            model_name="decision",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="decisions", to="meetings.agendaitem"
            ),
        ),
        migrations.AddField(
            model_name="minute",
            name="item",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="minute", to="meetings.agendaitem"
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="decision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="meetings.decision"
            ),
        ),
        migrations.AddField(
            model_name="position",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="positions", to="partners.organisation"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                fields=("group", "year", "number"), name="decisions_are_numbered_in_group_and_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("how", "consensus"), ("step", "")),
                    models.Q(("how", "fallback"), models.Q(("step", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_decision_without_consensus_names_its_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.UniqueConstraint(
                fields=("decision", "organisation"),
                name="an_organisation_takes_one_position_on_a_decision",
                violation_error_message="This organisation’s position on the decision is already recorded.",
            ),
        ),
        migrations.AddConstraint(
            model_name="position",
            constraint=models.CheckConstraint(
                condition=models.Q(("stance__in", ["dissents", "own-governance"])),
                name="a_position_is_one_that_is_known",
            ),
        ),
    ]
