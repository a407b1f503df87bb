"""Putting what a form gave into a thing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from goldthread.audit.recorded import Recorded

Thing = TypeVar("Thing", bound=Recorded)


def change(thing: Thing, fields: Mapping[str, Any], version: int | None = None) -> Thing:
    """
    Write these fields of a thing, and only these.

    `version` is the one that the person had before them; ChangedMeanwhile when
    somebody else has saved another since. ValidationError for a value that the
    model does not take.
    """
    for name, value in fields.items():
        setattr(thing, name, value)
    if version is not None:
        thing.version = version
    thing.full_clean(exclude=["version"])
    thing.save()
    return thing
