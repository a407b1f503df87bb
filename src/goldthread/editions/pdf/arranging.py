"""What stands beside what on a printed page: two pictures, a picture and its words, findings in columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from goldthread.chapters.model import Edition
from goldthread.chapters.words import plain
from goldthread.editions.columns import setting
from goldthread.editions.document import (
    PreparedBlock,
    PreparedBullets,
    PreparedChart,
    PreparedFinding,
    PreparedMap,
    PreparedTable,
    PreparedText,
)
from goldthread.editions.pictures import NARROW, Pictures

# How many letters the words before each of two pictures may have for these to stand side by side, words and all.
SHORT_WORDS: Final = 420
# The part of the line that one of two has for itself.
HALF: Final = 0.484
Picture = PreparedChart | PreparedMap


@dataclass(frozen=True)
class Beside:
    """A picture or a narrow table, and the words that stand before it."""

    words: tuple[PreparedText | PreparedBullets, ...]
    shown: Picture | PreparedTable

    @property
    def short(self) -> bool:
        """Whether the words are few enough to stand above one half of the line."""
        texts = [text for one in self.words for text in (one.items if isinstance(one, PreparedBullets) else [one.runs])]
        return sum(len(plain(text)) for text in texts) <= SHORT_WORDS


Pair = tuple[Beside, Beside]
Arranged = PreparedBlock | Pair | Beside | list[PreparedFinding]


def arranged(blocks: Iterable[PreparedBlock], edition: Edition, pictures: Pictures) -> Iterable[Arranged]:
    """
    Put together what stands side by side, in the editions that have narrow pictures.

    The executive edition has its pictures two and two, and its findings in columns; the analyst's has words
    beside a picture or a narrow table, or two of these where their words are few.
    """
    if edition is Edition.EXECUTIVE:
        return _in_columns(_two_and_two(blocks))
    if edition is not Edition.ANALYST:
        return blocks

    def narrow(block: Picture | PreparedTable) -> bool:
        if isinstance(block, PreparedTable):
            return width_of(block) <= HALF
        return pictures.drawn(block, edition).share <= NARROW

    return _side_by_side((block, isinstance(block, Beside) and narrow(block.shown)) for block in _beside(blocks))


def width_of(table: PreparedTable) -> float:
    """Say what part of the line a table takes; all of it, when it may run on to the next page."""
    set_as = setting(table)
    return sum(set_as.shares) if set_as.stays_together else 1.0


def _two_and_two(blocks: Iterable[PreparedBlock]) -> Iterator[PreparedBlock | Pair]:
    """Put pictures that follow one another two and two."""
    waiting: Picture | None = None
    for block in blocks:
        if isinstance(block, Picture) and waiting is not None:
            yield (Beside((), waiting), Beside((), block))
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = block if isinstance(block, Picture) else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting


def _in_columns(blocks: Iterable[PreparedBlock | Pair]) -> Iterator[Arranged]:
    """Put findings that follow one another into one list, to stand in columns."""
    for findings, some in groupby(blocks, lambda block: isinstance(block, PreparedFinding)):
        if findings:
            yield [one for one in some if isinstance(one, PreparedFinding)]
        else:
            yield from some


def _beside(blocks: Iterable[PreparedBlock]) -> Iterator[PreparedBlock | Beside]:
    """Put a picture or narrow table with the words before it, of which as many stand beside it as have room there."""
    words: list[PreparedText | PreparedBullets] = []
    for block in blocks:
        if isinstance(block, PreparedText | PreparedBullets):
            words.append(block)
            continue
        if isinstance(block, Picture) or (isinstance(block, PreparedTable) and width_of(block) <= NARROW):
            yield Beside(tuple(words), block)
        else:
            yield from words
            yield block
        words = []
    yield from words


def _side_by_side(blocks: Iterable[tuple[PreparedBlock | Beside, bool]]) -> Iterator[Arranged]:
    """Put what is narrow two and two, with what few words there are between; more of them go before both."""
    waiting: Beside | None = None
    for block, narrow in blocks:
        if waiting is not None and isinstance(block, Beside) and narrow and block.short:
            before = () if waiting.short else waiting.words[:-1]
            yield from before
            yield (Beside(waiting.words[len(before) :], waiting.shown), block)
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        waiting = block if isinstance(block, Beside) and narrow else None
        if waiting is None:
            yield block
    if waiting is not None:
        yield waiting
