"""An edition as a test looks at it: prepared by its own rule, its words, and its blocks of one kind."""

from dataclasses import replace

from goldthread.chapters.model import (
    Assessment,
    Chapter,
    Chart,
    Edition,
    Figure,
    Map,
    Paragraph,
    Table,
)
from goldthread.chapters.words import plain
from goldthread.editions.prepared import (
    Document,
    PreparedText,
    prepare,
)
from goldthread.evidence.disclosure import rule_for
from tests.editions.sample import sample


def document(edition: Edition, assessment: Assessment | None = None) -> Document:
    return prepare(assessment or sample(), edition, rule_for(edition.value))


def with_blocks(*blocks: Paragraph | Table | Chart | Map, figures: tuple[Figure, ...] = ()) -> Assessment:
    chapter = Chapter("one", "One", blocks)
    return replace(sample(), chapters=(chapter,), findings=(), figures={figure.id: figure for figure in figures})


def words_of(document: Document) -> str:
    """Everything an edition says, in one string."""
    said: list[str] = [document.title, document.subtitle, document.footer]
    for section in document.sections:
        said.append(section.title)
        for block in section.blocks:
            said.append(repr(block) if not isinstance(block, PreparedText) else plain(block.runs))
    return "\n".join(said)


def only(document: Document, kind: type) -> list[object]:
    return [block for section in document.sections for block in section.blocks if isinstance(block, kind)]
