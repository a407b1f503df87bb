"""What a guide tells its reader to write works as it is written: the feed, the chapter, the imports."""

from __future__ import annotations

import ast
import importlib
import json
import os
import re
import shutil
import subprocess
import sys
import types
from dataclasses import fields
from pathlib import Path

import pytest

from goldthread.chapters.assembling import measured
from goldthread.chapters.brief import Brief, by_id
from goldthread.chapters.context import read_context
from goldthread.chapters.model import Paragraph
from goldthread.chapters.words import plain, resolve
from tests.chapters.evidence_of import evidence_of, monthly, small_areas, street_rows, write_rows
from tests.docs.pages import DOCS, FENCE, REPOSITORY, commands_of, pages, said, text_of
from tests.docs.test_tutorial import appears

FEED = DOCS / "how-to" / "add-a-feed.md"
CHAPTER = DOCS / "how-to" / "write-a-chapter.md"


def blocks(page: Path, kind: str) -> list[str]:
    return [block for found, block in FENCE.findall(text_of(page)) if found == kind]


@pytest.mark.parametrize("page", [p for p in pages() if "```python" in text_of(p)], ids=said)
def test_python_on_a_page_is_whole_and_imports_what_there_is(page: Path) -> None:
    for block in blocks(page, "python"):
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("goldthread"):
                module = importlib.import_module(node.module)
                assert not [a.name for a in node.names if not hasattr(module, a.name)]


def test_the_feed_of_the_guide_reads_the_file_of_the_guide(tmp_path: Path) -> None:
    definitions = tmp_path / "definitions"
    shutil.copytree(REPOSITORY / "definitions", definitions)
    [feed], [rows] = blocks(FEED, "yaml"), blocks(FEED, "csv")
    (definitions / "feeds" / "cctv-incidents.yaml").write_text(feed, encoding="utf-8")
    (tmp_path / "cctv.csv").write_text(rows, encoding="utf-8")
    [command] = [c for c in commands_of(FEED) if c.words[-1] == "cctv.csv"]
    assert command.asked is not None
    told = {**os.environ, "GOLDTHREAD_DEFINITIONS": str(definitions), "COLUMNS": "120", "PYTHONUTF8": "1"}
    ran = subprocess.run(
        [sys.executable, "-m", "goldthread", *command.asked], cwd=tmp_path, env=told, capture_output=True, text=True
    )
    assert not appears(command.shows, ran.stdout), ran.stdout + ran.stderr
    assert ran.returncode == 1


def test_the_chapter_of_the_guide_speaks_with_its_data_and_says_so_without(tmp_path: Path) -> None:
    chapter = types.ModuleType("graffiti_chapter")
    [code] = blocks(CHAPTER, "python")
    exec(compile(code, str(CHAPTER), "exec"), chapter.__dict__)
    street = street_rows({"Burglary": monthly("2025-01..2025-12", 3)})
    jobs = [
        {"Job Number": f"G{i}", "Date Recorded": f"2025-{i % 12 + 1:02}-07", "Type of Graffiti": "Tag", "LSOA": code}
        for i, (code, _) in enumerate(small_areas()[:36])
    ]
    other = write_rows(tmp_path / "graffiti.csv", jobs, tuple(jobs[0]))
    told = {}
    for name, files in (("with", [other]), ("without", [])):
        (tmp_path / name).mkdir()
        with evidence_of(tmp_path / name, street, *files) as evidence:
            told[name] = chapter.write(measured(Brief(evidence, read_context(None, "Saltmarsh"))))
    [paragraph] = [b for b in told["with"].blocks if isinstance(b, Paragraph)]
    assert plain(resolve(paragraph.text, by_id(told["with"].figures))) == "36 reports of graffiti came in 12 months."
    assert told["without"].missing
    assert told["without"].gaps[0].feed == "graffiti"


def test_what_is_said_of_the_record_is_what_is_in_it(tmp_path: Path) -> None:
    from goldthread.chapters.assembling import assess
    from goldthread.editions.record import record_of

    with evidence_of(tmp_path, street_rows({"Burglary": monthly("2024-01..2025-12", 9, 14, 11)})) as evidence:
        record = json.loads(json.dumps(record_of(assess(evidence, read_context(None, "Saltmarsh"))), default=str))
    page = text_of(DOCS / "reference" / "what-is-written.md")
    table = page.split("## `assessment.json`")[1].split("##")[0]
    named = {
        word
        for line in table.splitlines()
        if line.startswith("|")
        for word in re.findall(r"`(\w+)`", line.split("|")[1])
    }
    assert named == set(record)
    figure = record["figures"]["burglary.change"]
    assert {"asks", "question", "parameters", "answer", "rows", "caveats", "protected", "count_keys", "source"} <= set(
        figure
    )


def test_the_partnership_file_of_the_page_is_read_and_every_part_has_its_section(tmp_path: Path) -> None:
    page = text_of(DOCS / "reference" / "partnership-file.md")
    path = tmp_path / "partnership.yaml"
    path.write_text(blocks(DOCS / "reference" / "partnership-file.md", "yaml")[0], encoding="utf-8")
    context = read_context(path, "Saltmarsh")
    parts = [f.name for f in fields(context) if f.name != "supplied"]
    assert all(getattr(context, part) for part in parts)
    assert not [part for part in parts if f"## `{part}`" not in page]
    keys = {f.name for f in fields(context.partnership)} - {"logo_svg"} | {"logo"}
    assert not [key for key in keys if f"`{key}`" not in page]
