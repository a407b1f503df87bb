"""Has anybody altered, removed or put in an entry? Walks the whole chain and says where it breaks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from goldthread.audit.models import START, Entry


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold, and how."""

    sequence: int
    how: str


@dataclass(frozen=True)
class Checked:
    """What a walk of the chain found: how many entries, the last digest, and every break."""

    entries: int
    head: str
    breaks: tuple[Break, ...]


def verify(anchor: tuple[int, str] | None = None) -> Checked:
    """
    Does every entry follow from the one before it?

    `anchor` is a sequence number and digest that were written down elsewhere
    earlier: with one, entries cut off the end, or a chain made anew from there,
    are found as well.
    """
    seen, head, breaks = 0, START, []
    known = anchor is None
    for entry in _entries():
        seen += 1
        breaks += [Break(entry.sequence, how) for how in _wrong(entry, seen, head)]
        head = entry.digest
        if anchor and entry.sequence == anchor[0]:
            known = True
            if entry.digest != anchor[1]:
                breaks.append(Break(entry.sequence, "is not what it was when its digest was written down"))
        seen = entry.sequence
    if anchor and not known:
        breaks.append(Break(anchor[0], "was written down, and is not there any more"))
    return Checked(Entry.objects.count(), head, tuple(breaks))


def _entries() -> Iterator[Entry]:
    return Entry.objects.order_by("sequence").iterator(chunk_size=2000)


def _wrong(entry: Entry, expected: int, head: str) -> Iterator[str]:
    if entry.sequence != expected:
        yield f"comes where {expected} should: an entry was removed or put in"
    if entry.previous != head:
        yield "does not follow from the one before it"
    if entry.digest != entry.worked_out():
        yield "was altered"
