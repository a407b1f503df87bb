"""What an evidence file is to be built of, and how each file of it was received."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from goldthread.evidence.feeds import Feed
from goldthread.evidence.periods import Period
from goldthread.evidence.reading import Opened


@dataclass(frozen=True)
class Received:
    """How a file was received, whether or not it could be read: what the `files` table says of it."""

    number: int
    opened: Opened | None
    name: str
    trouble: str = ""


@dataclass(frozen=True)
class Wanted:
    """What an evidence file is to be built of: paths, an area, and where they and the reference are."""

    paths: Sequence[Path]
    area: str
    period: Period | None = None
    reference: Path | None = None
    feed: Feed | None = None
    notes: dict[str, str] = field(default_factory=dict)
