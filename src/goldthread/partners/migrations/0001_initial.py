"""Who we are: the partnership, organisations, people and groups."""

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The first tables of who we are."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Constitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("number", models.PositiveSmallIntegerField(unique=True, verbose_name="version")),
                ("fallback", models.JSONField(default=list, verbose_name="steps when there is no consensus")),
                (
                    "overdue_days",
                    models.PositiveSmallIntegerField(
                        default=14,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                        verbose_name="days overdue before an action goes up a level",
                    ),
                ),
                ("adopted_on", models.DateField(blank=True, editable=False, null=True, verbose_name="adopted on")),
                (
                    "adopted_as",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="adopted by decision"),
                ),
            ],
            options={
                "ordering": ("-number",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("adopted_as", ""), ("adopted_on__isnull", True)),
                            models.Q(("adopted_on__isnull", False), models.Q(("adopted_as", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="constitution_adopted_on_and_as_together",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Group",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                (
                    "slug",
                    models.SlugField(editable=False, max_length=60, unique=True, verbose_name="name in its address"),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("board", "Executive Board"),
                            ("strategic", "Strategic group"),
                            ("tactical", "Tactical group"),
                            ("task-and-finish", "Task-and-finish group"),
                        ],
                        max_length=20,
                        verbose_name="kind of group",
                    ),
                ),
                (
                    "strategy_group",
                    models.BooleanField(default=False, verbose_name="is the strategy group of the regulations"),
                ),
                ("purpose", models.TextField(verbose_name="purpose")),
                ("opened_on", models.DateField(verbose_name="opened on")),
                ("to_end_on", models.DateField(blank=True, null=True, verbose_name="to end on")),
                ("closed_on", models.DateField(blank=True, editable=False, null=True, verbose_name="closed on")),
                ("closing_report", models.TextField(blank=True, editable=False, verbose_name="closing report")),
                (
                    "accountable_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers_here",
                        to="partners.group",
                        verbose_name="accountable to",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=200, unique=True, verbose_name="name")),
                ("short_name", models.CharField(max_length=40, unique=True, verbose_name="short name")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("council", "Responsible authority: council"),
                            ("police", "Responsible authority: chief officer of police"),
                            ("fire", "Responsible authority: fire and rescue authority"),
                            ("probation", "Responsible authority: probation provider"),
                            ("icb", "Responsible authority: integrated care board"),
                            ("health-board", "Responsible authority: Local Health Board (Wales)"),
                            ("co-operating", "Co-operating body"),
                            ("participating", "Participating body"),
                            ("local-policing", "Local policing body"),
                            ("provider", "Provider of services"),
                            ("voluntary", "Voluntary or community group"),
                        ],
                        max_length=20,
                        verbose_name="kind of body",
                    ),
                ),
                (
                    "why_absent",
                    models.TextField(blank=True, verbose_name="why nobody sits for it on the strategy group"),
                ),
                ("joined_on", models.DateField(verbose_name="joined on")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="left on")),
            ],
            options={
                "ordering": ("name",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("left_on__isnull", True), ("left_on__gte", models.F("joined_on")), _connector="OR"
                        ),
                        name="organisation_leaves_after_it_joins",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Partnership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("area", models.CharField(max_length=200, verbose_name="area")),
                ("vision", models.TextField(blank=True, verbose_name="vision")),
                ("mission", models.TextField(blank=True, verbose_name="mission")),
                (
                    "colour",
                    models.CharField(
                        default="#1d4f5c",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Enter a colour as six digits after a #, like #1d70b8"
                            )
                        ],
                        verbose_name="main colour",
                    ),
                ),
                (
                    "accent",
                    models.CharField(
                        default="#b5812c",
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^#[0-9a-fA-F]{6}$", "Enter a colour as six digits after a #, like #1d70b8"
                            )
                        ],
                        verbose_name="second colour",
                    ),
                ),
                ("logo", models.TextField(blank=True, verbose_name="logo, as SVG")),
            ],
            options={
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="there_is_one_partnership")],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail address")),
                ("post", models.CharField(blank=True, max_length=200, verbose_name="post")),
                ("telephone", models.CharField(blank=True, max_length=40, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=[("en", "English"), ("cy", "Cymraeg")],
                        default="en",
                        max_length=5,
                        verbose_name="language",
                    ),
                ),
                (
                    "closed_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="account closed at"),
                ),
                (
                    "closed_by",
                    models.CharField(blank=True, editable=False, max_length=200, verbose_name="account closed by"),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="people",
                        to="partners.organisation",
                        verbose_name="organisation",
                    ),
                ),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="Nomination",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("starts_on", models.DateField(verbose_name="from")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="until")),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="nominations",
                        to="partners.organisation",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="nominations", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ("organisation", "starts_on"),
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("expires_at", models.DateTimeField()),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="partners.person"
                    ),
                ),
            ],
            options={
                "ordering": ("-expires_at",),
            },
        ),
    ]
