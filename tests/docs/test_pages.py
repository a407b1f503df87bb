"""Every command and every path that a document names exists, every picture is used, every abbreviation explained."""

from __future__ import annotations

import functools
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
import yaml
from typer.main import get_command

from goldthread.cli.commands import app
from goldthread.evidence.definitions import definition
from tests.docs.pages import (
    DOCS,
    REPOSITORY,
    code_words,
    commands_of,
    pages,
    pictures_of,
    prose_of,
    said,
    text_of,
)

OUR_FOLDERS = ("docs", "src", "definitions", "example", "tests", "benchmarks", "requirements", ".ci")
KINDS = ("tutorials", "how-to", "reference", "explanation", "decisions")
MOST_BYTES_OF_A_PICTURE = 300_000
ABBREVIATION = re.compile(r"\b[A-Z][A-Z0-9]*[A-Z](?:s\b|\b)")
# Words that are written in capitals and abbreviate nothing: a marking, what a command puts in, names of files.
NAMES = {"OFFICIAL", "NAME", "FOLDER", "SECURITY", "METHODS"}
# Paths that a guide has its reader make.
MADE_BY_THE_READER = {"definitions/feeds/cctv-incidents.yaml"}


@functools.cache
def explained() -> frozenset[str]:
    """Every word that is explained: in the glossary of assessments, or among the words of the software."""
    software = yaml.safe_load((DOCS / "words.yaml").read_text(encoding="utf-8"))["terms"]
    return frozenset(definition("glossary")["terms"]) | frozenset(software)


@pytest.mark.parametrize("page", pages(), ids=said)
def test_every_command_can_be_given_as_it_is_written(page: Path) -> None:
    group: Any = get_command(app)
    for command in commands_of(page):
        # `run.py` answers these by itself; anything else it hands to `goldthread`.
        if command.asked is None or command.asked[0] == "test" or command.asked == ("check",):
            continue
        name, *words = command.asked
        assert name in group.commands, f"{command} asks for something that there is not."
        one = group.commands[name]
        if "--help" not in words:
            one.make_context(name, list(words))


@pytest.mark.parametrize("page", pages(), ids=said)
def test_every_path_that_is_named_is_there(page: Path) -> None:
    gone = []
    for word in code_words(page):
        if (
            word.split("/")[0] in OUR_FOLDERS
            and "/" in word
            and " " not in word
            and not re.search(r"[A-Z*…{]{2,}|\*|…", word)
        ):
            path = word.split("::")[0].rstrip("/")
            if not (REPOSITORY / path).exists() and path not in MADE_BY_THE_READER:
                gone.append(word)
    assert not gone


@pytest.mark.parametrize("page", pages(), ids=said)
def test_every_module_that_is_named_is_there(page: Path) -> None:
    source = REPOSITORY / "src" / "goldthread"
    gone = []
    for word in code_words(page):
        if (
            re.fullmatch(r"(goldthread\.)?(evidence|analysis|chapters|editions|cli)(\.\w+)+", word)
            and "duckdb" not in word
        ):
            parts = word.removeprefix("goldthread.").split(".")
            places = [source.joinpath(*parts[:n]) for n in range(len(parts), 0, -1)]
            home = next((p for p in places if p.with_suffix(".py").exists() or p.is_dir()), source)
            rest = parts[len(home.relative_to(source).parts) :]
            told = home.with_suffix(".py") if home.with_suffix(".py").exists() else home / "__init__.py"
            if len(rest) > 1 or (rest and rest[0] not in told.read_text(encoding="utf-8")):
                gone.append(word)
    assert not gone


@pytest.mark.parametrize("page", pages(), ids=said)
def test_every_abbreviation_is_explained(page: Path) -> None:
    found = {m.removesuffix("s") for m in ABBREVIATION.findall(prose_of(page))}
    assert not sorted(found - explained() - NAMES)


def test_every_picture_is_there_used_described_and_small() -> None:
    shown = [(page, alt, path) for page in pages() for alt, path in pictures_of(page)]
    assert shown
    assert not [f"{said(page)}: {path.name}" for page, _, path in shown if not path.is_file()]
    assert not [f"{said(page)}: {path.name}" for page, alt, path in shown if len(alt.split()) < 6]
    kept = {p for p in (DOCS / "pictures").iterdir() if p.suffix in (".png", ".svg")}
    assert kept == {path for _, _, path in shown if path.parent == DOCS / "pictures"}
    assert not [p.name for p in kept if p.stat().st_size > MOST_BYTES_OF_A_PICTURE]


def test_a_page_stands_in_the_list_of_its_kind() -> None:
    unlisted = []
    for kind in KINDS:
        index = text_of(DOCS / kind / "README.md")
        unlisted += [
            said(p) for p in (DOCS / kind).glob("*.md") if p.name != "README.md" and f"({p.name})" not in index
        ]
    assert not unlisted


def test_every_page_begins_with_one_title() -> None:
    wrong = [
        said(p)
        for p in pages()
        if not text_of(p).startswith("# ") or len(re.findall(r"^# ", _without_code(p), re.M)) != 1
    ]
    assert not wrong


def _without_code(page: Path) -> str:
    return re.sub(r"^```.*?^```$", "", text_of(page), flags=re.MULTILINE | re.DOTALL)


def test_decisions_are_numbered_without_a_gap_and_say_why() -> None:
    records = sorted(p for p in (DOCS / "decisions").glob("*.md") if p.name != "README.md")
    assert [p.name[:4] for p in records] == [f"{n:04}" for n in range(1, len(records) + 1)]
    for page in records:
        headings = re.findall(r"^## (.+)$", text_of(page), re.MULTILINE)
        assert headings[:3] == ["Context", "Decision", "Consequences"], said(page)
        assert text_of(page).startswith(f"# {int(page.name[:4])}. "), said(page)


def test_every_setting_is_on_its_page() -> None:
    read = set()
    for path in [*(REPOSITORY / "src").rglob("*.py"), *(REPOSITORY / "tests").rglob("*.py"), REPOSITORY / "run.py"]:
        read |= set(re.findall(r"GOLDTHREAD_[A-Z_]+", path.read_text(encoding="utf-8")))
    page = text_of(DOCS / "reference" / "settings.md")
    assert not sorted(name for name in read if name not in page)


def test_every_page_that_is_made_from_the_code_is_current() -> None:
    made = runpy.run_path(str(DOCS / "generate.py"))
    stale = [n for n in made["PAGES"] if made["path_of"](n).read_text(encoding="utf-8") != made["made"](n)]
    assert not stale, "Run: python docs/generate.py"
    index = text_of(DOCS / "reference" / "README.md")
    assert not [n for n in made["PAGES"] if not re.search(rf"⚙ \[[^\]]+\]\({n}\.md\)", index)]
