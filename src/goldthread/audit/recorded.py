"""Models that can be written only where it is recorded who wrote, and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from goldthread.audit.classes import Classed
from goldthread.audit.recording import Unrecorded, now_recording


class ChangedMeanwhile(Exception):
    """
    Somebody else saved the thing after this person opened it; nothing was written over.

    `version` is the one that is there now: who has been told may save again on top of it.
    """

    def __init__(self, said: str, version: int) -> None:
        super().__init__(said)
        self.version = version


class RecordedQuerySet(models.QuerySet[Any]):
    """Questions as usual; what would write many rows past the record is refused."""

    def _refuse(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unrecorded(f"{self.model.__name__} is written one at a time, by an action, so that each is recorded.")

    update = bulk_create = bulk_update = delete = _refuse


class Recorded(models.Model):
    """
    A thing whose every change is recorded, and which knows when somebody else changed it first.

    `version` counts its changes. `classified` says of each field of its own who
    may come to see it (see Classed); the promise tests refuse a field without.
    """

    version = models.PositiveIntegerField(default=0, editable=False)

    classified: ClassVar[dict[str, Classed]] = {}

    objects: ClassVar[models.Manager[Any]] = models.Manager.from_queryset(RecordedQuerySet)()

    class Meta:
        abstract = True
        base_manager_name = "objects"

    @property
    def label(self) -> str:
        """What the record calls it, such as group:12."""
        return f"{self._meta.model_name}:{self.pk}"

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **how: Any) -> Self:
        """Remember what was in the database, so that a change can be told."""
        made = super().from_db(db, field_names, values, **how)
        made._was = {f.attname: made.__dict__.get(f.attname) for f in cls._meta.concrete_fields}
        return made

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write it, and note what changed for the entry that the action will add."""
        recording = now_recording(self)
        was: dict[str, Any] = getattr(self, "_was", {})
        if not self._state.adding:
            models.QuerySet(type(self)).filter(pk=self.pk, version=self.version).update(
                version=self.version + 1
            ) or self._changed_meanwhile()
            self.version += 1
        super().save(*args, **kwargs)
        fields = {f.attname: f.name for f in self._meta.concrete_fields if f.name not in ("id", "version")}
        recording.changed(
            self.label,
            {name: (was.get(at), getattr(self, at)) for at, name in fields.items() if was.get(at) != getattr(self, at)},
            self.classified,
        )
        self._was = {f.attname: getattr(self, f.attname) for f in self._meta.concrete_fields}

    def _changed_meanwhile(self) -> NoReturn:
        now = models.QuerySet(type(self)).filter(pk=self.pk).values_list("version", flat=True).get()
        raise ChangedMeanwhile(
            f"Somebody else changed {self} while you had it open. What you typed is still here: look at theirs, "
            "and save again.",
            now,
        )

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Nothing is removed: it is ended, with a date."""
        raise Unrecorded(f"{type(self).__name__} is never removed; end it instead.")
