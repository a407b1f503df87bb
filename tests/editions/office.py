"""LibreOffice, when the machine has it: an independent reader of what we write."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from goldthread.chapters.words import plain
from goldthread.editions.document import Document, PreparedFinding, PreparedTable, PreparedText

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice Writer is not installed (libreoffice-writer-nogui)"
)

needs_poppler = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="pdftotext is not installed (poppler-utils)"
)


def converted(files: Mapping[str, bytes], to: str) -> dict[str, bytes]:
    """Have LibreOffice open files and save them as another kind; its answers by name."""
    kinds = {"txt": "txt:Text (encoded):UTF8", "pdf": "pdf", "odt": "odt"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "in").mkdir()
        for file, content in files.items():
            (folder / "in" / file).write_bytes(content)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--convert-to",
            kinds[to],
        ]
        paths = [str(path) for path in sorted((folder / "in").iterdir())]
        subprocess.run(
            [*command, "--outdir", str(folder / "out"), *paths], check=True, capture_output=True, timeout=180
        )
        return {path.name: path.read_bytes() for path in (folder / "out").iterdir()}


def paragraphs_of(document: Document) -> Iterator[str]:
    """What a reader must find: headings, paragraphs, findings, and the cells of tables."""
    for section in document.sections:
        yield section.title
        for block in section.blocks:
            if isinstance(block, PreparedText):
                yield plain(block.runs)
            elif isinstance(block, PreparedFinding):
                yield plain(block.statement)
            elif isinstance(block, PreparedTable):
                yield from (cell for row in block.rows for cell in row)


def numbers_in(text: str) -> list[str]:
    """Every number in a text, in order."""
    return re.findall(r"\d[\d,.]*\d|\d", text)
