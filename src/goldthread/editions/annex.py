"""What Word, Writer and PDF editions say alike about their blocks: names of boxes, notes and cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from goldthread.chapters.model import Edition
from goldthread.chapters.words import Run
from goldthread.editions.document import (
    Document,
    PreparedBox,
    PreparedChart,
    PreparedFinding,
    PreparedMap,
    Section,
    Text,
)

# Contents of more lines than this would take a second page, and list chapters alone.
LONGEST_CONTENTS = 46
# Where the table behind a picture is, in files whose pages would be filled by such tables.
NUMBERS = "Numbers: data.xlsx."
CONTENTS_TITLE = "Contents"
CONTROL_TITLE = "Report control"

BOX_NAMES = {
    "caveat": "Take care",
    "definition": "Definition",
    "gap": "Knowledge gap",
    "recommendation": "Recommendation",
}


def running_title(document: Document) -> str:
    """Give the line that heads every page: the title and, where the title does not name it, the area."""
    return document.title if document.area in document.title else f"{document.title}, {document.area}"


def section_title(section: Section) -> str:
    """Give a section's heading: its number, when it has one, and its title."""
    return f"{section.number}\N{EN SPACE}{section.title}" if section.number else section.title


def contents_depth(levels: Iterable[int]) -> int:
    """Say how many levels of heading the contents list, so that they stay on one page when they can."""
    return 1 if sum(level <= 2 for level in levels) > LONGEST_CONTENTS else 2


def only_gap(section: Section) -> PreparedBox | None:
    """Give the words of a section that says no more than that its data did not come."""
    match section.blocks:
        case (PreparedBox(kind="gap") as box,):
            return box
    return None


def pictured(document: Document) -> Iterator[PreparedChart | PreparedMap]:
    """Yield every chart and map of a document, in order."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, PreparedChart | PreparedMap):
                yield block


def notes_under(note: str, source: str) -> str:
    """Join what stands under a table or picture: its notes, then where its numbers come from."""
    credit = f"Source: {source.rstrip('.')}." if source else ""
    return " ".join(part for part in (note, credit) if part)


def notes_under_picture(block: PreparedChart | PreparedMap, edition: Edition) -> str:
    """Join what stands under a picture; the analyst's edition says where its numbers are."""
    notes = notes_under(block.note, block.source)
    return f"{notes} {NUMBERS}".strip() if edition is Edition.ANALYST else notes


def picture_alternative(block: PreparedChart | PreparedMap) -> str:
    """Give the text alternative of a picture: what it shows and, of a map, the caveat that is printed on it."""
    return f"{block.describes} {block.caveat}".strip() if isinstance(block, PreparedMap) else block.describes


def finding_parts(finding: PreparedFinding) -> Iterator[Text]:
    """Yield the paragraphs of a finding's card after its title: what, so what and what to do."""
    yield finding.statement
    if finding.so_what:
        yield (Run("So what? ", strong=True), *finding.so_what)
    if finding.recommendation:
        yield (Run("Recommended: ", strong=True), *finding.recommendation)


def finding_foot(finding: PreparedFinding) -> str:
    """Say who owns a finding and how sure it is."""
    said = ". ".join(part for part in (f"Owner: {finding.owner}" if finding.owner else "", finding.certainty) if part)
    return f"{said}." if said else ""
