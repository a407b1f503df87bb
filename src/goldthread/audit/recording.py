"""An action and its entry, together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, Protocol, TypeVar

from django.db import connection, transaction
from django.utils import timezone

from goldthread.audit.classes import Classed
from goldthread.audit.events import Event
from goldthread.audit.models import START, Entry, Mention

LOCK = 6_120_021  # the key under which PostgreSQL lets one writer at a time add to the chain
HIDDEN = "changed"  # stands in the record for a value that it may not hold

Thing = TypeVar("Thing")


class Unrecorded(Exception):
    """Something tried to write outside an action: a fault in the program, never in what a person typed."""


class Actor(Protocol):
    """Whoever acts: a person, or the site's own clock."""

    @property
    def actor_id(self) -> str:
        """What the record knows it by."""

    @property
    def name(self) -> str:
        """What the history calls it."""


@dataclass(frozen=True)
class Clock:
    """The site itself, when nobody pressed anything: schedules and reminders."""

    actor_id: str = "clock"
    name: str = "Goldthread, by its clock"


@dataclass
class Recording:
    """What one action has changed so far."""

    event: Event
    changes: list[dict[str, Any]] = field(default_factory=list)
    words: dict[str, Any] = field(default_factory=dict)
    about: dict[str, None] = field(default_factory=dict)

    def changed(self, label: str, fields: Mapping[str, tuple[Any, Any]], classified: Mapping[str, Classed]) -> None:
        """Note what changed of a thing; values only of fields whose class lets the record hold them."""
        self.about[label] = None
        for name, (old, new) in fields.items():
            shown = [_plain(old), _plain(new)] if classified[name].recorded else HIDDEN
            self.changes.append({"thing": label, "field": name, "was": shown})


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


def now_recording(thing: object) -> Recording:
    """The action that is going on; Unrecorded when there is none."""
    recording = _recording.get()
    if recording is None:
        raise Unrecorded(f"{type(thing).__name__} was written outside an action, so nobody would know who did it.")
    return recording


def note(*about: str, **words: object) -> None:
    """From inside an action: what else it is about, and words for the event's sentence."""
    recording = now_recording(None)
    recording.about.update(dict.fromkeys(about))
    recording.words.update(words)


def action(event: Event) -> Callable[[Callable[..., Thing]], Callable[..., Thing]]:
    """
    Make a function an action: one transaction, one entry, together or not at all.

    It is called with keywords only: `by` (an Actor) always, and `at` (a moment)
    where it should not be now. What it returns is the thing that the entry is
    about; it has a `label`.
    """

    def made(work: Callable[..., Thing]) -> Callable[..., Thing]:
        @wraps(work)
        def act(*, by: Actor, at: datetime | None = None, **words: Any) -> Thing:
            at = at or timezone.now()
            recording = Recording(event)
            with transaction.atomic():
                before = _recording.set(recording)
                try:
                    thing = work(by=by, at=at, **words)
                finally:
                    _recording.reset(before)
                _add(recording, thing, by, at)
            return thing

        act.event = event  # type: ignore[attr-defined]
        return act

    return made


def _add(recording: Recording, thing: Any, by: Actor, at: datetime) -> Entry:
    """Add the entry to the end of the chain."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-sequence").first()
    entry = Entry(
        sequence=last.sequence + 1 if last else 1,
        at=at,
        event=recording.event.name,
        by_id=by.actor_id,
        by_name=by.name,
        thing=thing.label,
        sentence=recording.event.said({**recording.words, "by": by.name, "thing": str(thing)}),
        changes=recording.changes,
        previous=last.digest if last else START,
    )
    entry.digest = entry.worked_out()
    entry.save(force_insert=True)
    labels = dict.fromkeys([thing.label, *recording.about, f"actor:{by.actor_id}"])
    Mention.objects.bulk_create([Mention(sequence=entry.sequence, thing=label) for label in labels])
    return entry


def _plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool | list | dict | None) else str(value)
