"""A theme written from small invented evidence, with its sentences in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.model import Box, Chapter, Figure, Paragraph, Table
from goldthread.chapters.words import plain, resolve
from goldthread.evidence.store import Evidence
from tests.chapters.evidence_of import evidence_of, monthly, street_rows
from tests.chapters.partner_files import BOTH

PERIOD = "2025-01..2025-12"


@dataclass(frozen=True)
class Read:
    """A chapter, its sentences put into words, and its figures."""

    chapter: Chapter
    text: str
    titles: tuple[str, ...]
    figures: Mapping[str, Figure]

    def table(self, name: str) -> Table:
        """The table of this id."""
        return next(b for b in self.chapter.blocks if isinstance(b, Table) and b.id == name)

    @property
    def gap_box(self) -> str:
        """What the page says did not come."""
        return " ".join(b.text for b in self.chapter.blocks if isinstance(b, Box) and b.kind == "gap")


def read(write: Callable[[Brief], Chapter], evidence: Evidence) -> Read:
    """A chapter written from evidence."""
    chapter = write(measured(Brief(evidence, read_context(None, "Saltmarsh"))))
    figures = by_id(chapter.figures)
    said = [plain(resolve(b.text, figures)) for b in chapter.blocks if isinstance(b, Paragraph | Box)]
    told = [plain(resolve(words, figures)) for f in chapter.findings for words in (f.title, f.statement, f.so_what)]
    titles = tuple(plain(resolve(f.title, figures)) for f in chapter.findings)
    return Read(chapter, " ".join([*said, *told]), titles, figures)


def theme(
    write: Callable[[Brief], Chapter], to: Path, *paths: Path, street: Iterable[Mapping[str, str]] | None = None
) -> Read:
    """A chapter written from these files beside a little street crime, for 2025."""
    rows = street if street is not None else street_rows({"Burglary": monthly(BOTH, 4)})
    with evidence_of(to, rows, *paths, period=PERIOD) as evidence:
        return read(write, evidence)
