"""The sample assessment prepared and written once, for tests of what is written."""

from __future__ import annotations

import datetime
from functools import cache

from goldthread.chapters.model import Edition
from goldthread.editions.document import Document, PreparedTable
from goldthread.editions.docx import write_docx
from goldthread.editions.odt import write_odt
from goldthread.editions.pdf import write_pdf
from goldthread.editions.pictures import Pictures
from goldthread.editions.prepared import prepare
from goldthread.evidence.disclosure import rule_for
from tests.editions.sample import sample

MADE_ON = datetime.date(2025, 12, 31)
WRITERS = {"pdf": write_pdf, "docx": write_docx, "odt": write_odt}


@cache
def document(edition: Edition) -> Document:
    """The sample as one edition shows it."""
    return prepare(sample(), edition, rule_for(edition.value))


@cache
def pictures() -> Pictures:
    """The sample's pictures."""
    return Pictures(sample().geography, sample().partnership)


@cache
def written(edition: Edition, form: str) -> bytes:
    """The sample written in one edition and format."""
    return WRITERS[form](document(edition), pictures(), MADE_ON)


def tables(edition: Edition) -> list[PreparedTable]:
    """The tables that stand in an edition's text."""
    return [b for s in document(edition).sections for b in s.blocks if isinstance(b, PreparedTable)]
