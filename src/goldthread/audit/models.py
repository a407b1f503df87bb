"""The record itself: entries that are added to and chained, and what each of them was about."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC
from typing import Any, ClassVar

from django.db import models

from goldthread.audit.classes import Classed

START = "0" * 64  # what the first entry is chained to


class Entry(models.Model):
    """
    One thing that happened.

    Text throughout and no foreign keys, so that it outlives whatever it speaks
    of. `digest` covers every other field and the digest before it. The database
    itself refuses to change or remove an entry (see the migrations).
    """

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    event = models.CharField(max_length=80, db_index=True)
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=200)
    thing = models.CharField(max_length=80)
    sentence = models.TextField()
    changes = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    classified: ClassVar[dict[str, Classed]] = {
        **dict.fromkeys(("sequence", "at", "event", "thing", "previous", "digest"), Classed.INTERNAL),
        **dict.fromkeys(("by_id", "by_name", "sentence", "changes"), Classed.STAFF),
    }

    class Meta:
        ordering = ("sequence",)

    def __str__(self) -> str:
        return f"{self.sequence}: {self.sentence}"

    def worked_out(self) -> str:
        """The digest that these fields should have."""
        told: dict[str, Any] = {
            "sequence": self.sequence,
            "at": self.at.astimezone(UTC).isoformat(timespec="microseconds"),
            **{n: getattr(self, n) for n in ("event", "by_id", "by_name", "thing", "sentence", "changes", "previous")},
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class Mention(models.Model):
    """That an entry was about a thing, such as group:12: how a thing's history is found."""

    sequence = models.BigIntegerField()
    thing = models.CharField(max_length=80)

    classified: ClassVar[dict[str, Classed]] = dict.fromkeys(("id", "sequence", "thing"), Classed.INTERNAL)

    class Meta:
        indexes = (models.Index(fields=["thing", "-sequence"], name="audit_mention_by_thing"),)

    def __str__(self) -> str:
        return f"{self.thing} in {self.sequence}"
