"""The record, and what each of its entries was about."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """The tables of the record."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("event", models.CharField(db_index=True, max_length=80)),
                ("by_id", models.CharField(max_length=40)),
                ("by_name", models.CharField(max_length=200)),
                ("thing", models.CharField(max_length=80)),
                ("sentence", models.TextField()),
                ("changes", models.JSONField(default=list)),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
            options={
                "ordering": ("sequence",),
            },
        ),
        migrations.CreateModel(
            name="Mention",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sequence", models.BigIntegerField()),
                ("thing", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["thing", "-sequence"], name="audit_mention_by_thing")],
            },
        ),
    ]
